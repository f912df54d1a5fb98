//! When a failed request can be sent again.

use super::{Problem, ProblemReport};

/// What you can do after a call has failed.
///
/// Never send the same signed call twice: sign again, with a new stamp. After a 5xx status, or if
/// the server did not answer at all, the request may have been carried out, so repeat only what may
/// be done twice.
///
/// ```
/// use oauth1_signer::response::{Response, Retry};
///
/// let response = Response::new(401, "oauth_problem=timestamp_refused");
/// assert_eq!(response.retry(), Retry::WithCorrectedClock);
/// assert_eq!(Retry::advise(401, None), Retry::Never);
/// assert_eq!(Retry::advise(503, None), Retry::Later);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Retry {
    /// Retry after the user has authorized again: start with the first leg.
    AfterAuthorization,
    /// Retry after renewing the token with [`Flow::renewal`](crate::flow::Flow::renewal). If it
    /// cannot be renewed, the user has to authorize again.
    AfterRenewal,
    /// Retry with a new stamp after a while, longer each time, or at the time that the
    /// `Retry-After` header gives.
    Later,
    /// Do not retry: the server would refuse the request again until the program or its settings
    /// change.
    Never,
    /// Retry at once, but only one time, after a [`Clock`](super::Clock) has learned from the
    /// answer with [`learn_from_response`](super::Clock::learn_from_response_at).
    WithCorrectedClock,
    /// Retry at once, but only one time, with a new stamp.
    WithNewStamp,
}

impl Retry {
    /// Advises what to do after an answer with this status and, if it contains one, this report.
    ///
    /// The report counts more than the status, because some servers answer 400 or even 200 where
    /// they should answer 401. For an answer that you have as a [`Response`](super::Response), use
    /// [`Response::retry`](super::Response::retry).
    ///
    /// ```
    /// use oauth1_signer::response::{Response, Retry};
    ///
    /// let (status, body) = (400, "oauth_problem=token_expired");
    /// let report = Response::new(status, &body).report();
    /// assert_eq!(Retry::advise(status, report.as_ref()), Retry::AfterRenewal);
    /// ```
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
            // Refused only for now: "Please wait an hour, then try again."
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
