//! What may be sent again, and after what change.

use super::{Problem, ProblemReport};

/// What may be done after a call has failed.
///
/// No advice says to send the same signed call twice: whatever is sent again is signed again, with
/// another stamp. An answer with status 5xx, or none at all, may mean that the server has done what
/// it was asked; send again only what may be done twice.
///
/// ```
/// use oauth1_signer::response::{Response, Retry};
///
/// let response = Response::new(401, "oauth_problem=timestamp_refused");
/// assert_eq!(Retry::advise(401, response.report().as_ref()), Retry::WithCorrectedClock);
/// assert_eq!(Retry::advise(401, None), Retry::Never);
/// assert_eq!(Retry::advise(503, None), Retry::Later);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Retry {
    /// After the user has authorized again: the three legs from the beginning.
    AfterAuthorization,
    /// With a token that has been renewed ([`Flow::renewal`](crate::flow::Flow::renewal)); if it cannot
    /// be, after the user has authorized again.
    AfterRenewal,
    /// After a while, longer each time, or when `Retry-After` says; with a new stamp.
    Later,
    /// Not before the program or its settings have changed: sent again, it would be refused again.
    Never,
    /// At once, but only one time, after a [`Clock`](super::Clock) has learned from the answer.
    WithCorrectedClock,
    /// At once, but only one time, with a new stamp.
    WithNewStamp,
}

impl Retry {
    /// What to do after an answer of this status, in which the server said this.
    ///
    /// What the server says counts more than the status: some servers answer 400, and some 200,
    /// where 401 is meant.
    #[must_use]
    pub fn advise(status: u16, report: Option<&ProblemReport>) -> Self {
        match report.map(ProblemReport::problem) {
            Some(Problem::TimestampRefused) => Self::WithCorrectedClock,
            Some(Problem::NonceUsed) => Self::WithNewStamp,
            Some(Problem::TokenExpired) => Self::AfterRenewal,
            Some(
                Problem::AdditionalAuthorizationRequired
                | Problem::TokenRejected
                | Problem::TokenRevoked
                | Problem::TokenUsed
                | Problem::VerifierInvalid,
            ) => Self::AfterAuthorization,
            // "Please wait an hour, then try again."
            Some(Problem::ConsumerKeyRefused | Problem::PermissionUnknown) => Self::Later,
            Some(
                Problem::ConsumerKeyRejected
                | Problem::ConsumerKeyUnknown
                | Problem::ParameterAbsent
                | Problem::ParameterRejected
                | Problem::PermissionDenied
                | Problem::SignatureInvalid
                | Problem::SignatureMethodRejected
                | Problem::UserRefused
                | Problem::VersionRejected,
            ) => Self::Never,
            Some(Problem::Other(_)) | None => match status {
                408 | 425 | 429 | 500 | 502..=504 => Self::Later,
                _ => Self::Never,
            },
        }
    }
}
