//! What a server answered: credentials or a problem ([RFC 5849 §2.1, §2.3](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).
//!
//! [`Token::from_response`](crate::Token::from_response) and the legs of a
//! [`Flow`](crate::flow::Flow) read credentials from a [`Response`]. If the server refused a
//! request, [`ProblemReport`] contains what it reports, [`Retry`] tells what you can do about it, and
//! [`Clock`] corrects your timestamps.

use core::fmt;

mod clock;
mod credentials;
mod error;
mod excerpt;
mod problem;
mod report;
mod retry;
mod values;

pub(crate) use self::values::without_blanks;
pub use self::{
    clock::{Clock, ClockError},
    error::ResponseError,
    problem::Problem,
    report::ProblemReport,
    retry::Retry,
};

/// What a server answered (RFC 5849, section 2): the status, the body, and the headers
/// `WWW-Authenticate` and `Date` if they are there.
///
/// The content type does not matter, because servers often send forms as `text/html`.
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
    date: Option<&'a str>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// Takes the status and the body of an answer.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let body = String::from("oauth_token=hh5s&oauth_token_secret=hdhd");
    /// let response = Response::new(200, &body);
    /// ```
    #[must_use]
    pub fn new(status: u16, body: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self {
            status,
            www_authenticate: None,
            date: None,
            body: body.as_ref(),
        }
    }

    /// Adds the value of the `WWW-Authenticate` header, which may contain a problem report.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let header = Some(r#"OAuth oauth_problem="token_expired""#);
    /// let response = Response::new(401, "").www_authenticate(header);
    /// assert!(response.report().is_some());
    /// ```
    #[must_use]
    pub fn www_authenticate(mut self, value: Option<&'a str>) -> Self {
        self.www_authenticate = value;
        self
    }

    /// Adds the value of the `Date` header, from which a [`Clock`] can learn the server's time.
    ///
    /// ```
    /// use oauth1_signer::response::{Clock, Response};
    ///
    /// let header = Some("Sat, 11 Oct 2008 06:23:08 GMT");
    /// let response = Response::new(401, "Timestamp is invalid").date(header);
    /// let mut clock = Clock::new();
    /// clock.learn_from_response_at(&response, 1_223_696_646)?;
    /// assert_eq!(clock.offset(), 9542);
    /// # Ok::<(), oauth1_signer::response::ClockError>(())
    /// ```
    #[must_use]
    pub fn date(mut self, value: Option<&'a str>) -> Self {
        self.date = value;
        self
    }

    /// Reads what the server says is wrong: a problem report, or a sentence that this crate knows,
    /// such as `Timestamp is invalid`. A signature base string in the body is read even if the
    /// report is in the header. If the status is 4xx, a base string is reason enough for a report.
    ///
    /// At most the first 64 KiB of the body are read. See [`ProblemReport::parse`].
    ///
    /// ```
    /// use oauth1_signer::response::{Problem, Response};
    ///
    /// let report = Response::new(401, "Timestamp is invalid").report().ok_or("no report")?;
    /// assert_eq!(report.problem(), &Problem::TimestampRefused);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> Option<ProblemReport> {
        ProblemReport::parse(self.www_authenticate, self.body)
            .map(|report| report.or_of_body(self.body))
            .or_else(|| ProblemReport::of_sentence(self.body, self.is_refusal()))
    }

    /// Whether the status refuses the request for a reason that does not pass.
    fn is_refusal(&self) -> bool {
        (400..=499).contains(&self.status) && Retry::advise(self.status, None) == Retry::Never
    }

    /// What you can do about a refusal, by the status and the report. Sentences count only if the
    /// status is 4xx. See [`Retry::advise`].
    ///
    /// ```
    /// use oauth1_signer::response::{Response, Retry};
    ///
    /// let (status, body) = (401, "oauth_problem=timestamp_refused");
    /// let response = Response::new(status, &body);
    /// assert_eq!(response.retry(), Retry::WithCorrectedClock);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        // A page that explains an overload may contain any sentence.
        let report = match self.status {
            400..=499 => self.report(),
            _ => ProblemReport::parse(self.www_authenticate, self.body),
        };
        Retry::advise(self.status, report.as_ref())
    }

    /// The HTTP status.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// assert_eq!(Response::new(401, "").status(), 401);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// assert_eq!(Response::new(404, "Not found").body(), b"Not found");
    /// ```
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.body
    }
}

/// Shows the status and the length of the body, because the body may contain secrets.
impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
