//! What a server answers: credentials, or what is wrong ([RFC 5849 §2.1, §2.3](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).
//!
//! A [`Response`] is read for credentials by [`Token::from_response`](crate::Token::from_response)
//! and by the legs of a [`Flow`](crate::flow::Flow). When a server refuses, [`ProblemReport`] has
//! what it says, [`Retry`] what may be done about it, and a [`Clock`] learns what time it is there.

use core::fmt;

mod clock;
mod credentials;
mod error;
mod excerpt;
mod problem;
mod report;
mod retry;

pub use self::{
    clock::{Clock, ClockError},
    error::ResponseError,
    problem::Problem,
    report::ProblemReport,
    retry::Retry,
};

/// What a server answered: its status and its body, and what else is of use.
///
/// The content type plays no part: servers send forms as `text/html`.
///
/// ```
/// use oauth1_signer::response::{Problem, Response};
///
/// let response = Response::new(401, "")
///     .www_authenticate(Some(r#"OAuth realm="x", oauth_problem="nonce_used""#));
/// let report = response.report().ok_or("no report")?;
/// assert_eq!(report.problem(), &Problem::NonceUsed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Response<'a> {
    status: u16,
    www_authenticate: Option<&'a str>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Takes the status and the body.
    #[must_use]
    pub fn new(status: u16, body: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self {
            status,
            www_authenticate: None,
            body: body.as_ref(),
        }
    }

    /// Adds the `WWW-Authenticate` header, in which a server may say what is wrong.
    #[must_use]
    pub fn www_authenticate(mut self, value: Option<&'a str>) -> Self {
        self.www_authenticate = value;
        self
    }

    /// What the server says is wrong: its report, or one of the sentences that are known. A
    /// signature base string in the body is read also if the report is in the header.
    ///
    /// At most the first 64 KiB of the body are read. See [`ProblemReport::parse`].
    #[must_use]
    pub fn report(&self) -> Option<ProblemReport> {
        ProblemReport::parse(self.www_authenticate, self.body)
            .map(|report| report.or_base_string_of_sentence(self.body))
            .or_else(|| ProblemReport::from_sentence(self.body))
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

/// Shows the status, and of the body its length: a good one is full of secrets.
impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
