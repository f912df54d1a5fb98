//! Problem reports (the Problem Reporting extension of OAuth Core 1.0).

mod read;
mod sentence;
mod shown;

use alloc::{string::String, vec::Vec};

use self::read::READ;
use super::{Problem, problem, values, values::is_signature};

/// A server's report of what is wrong with a request (an extension of OAuth Core 1.0). It comes in
/// the body of the answer or in the `WWW-Authenticate` header.
///
/// [`Response::report`](super::Response::report) reads it from both.
///
/// ```
/// use oauth1_signer::response::{Problem, ProblemReport};
///
/// let body = b"oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1199098800-1230721200";
/// let report = ProblemReport::parse(None, body).ok_or("no report")?;
/// assert_eq!(report.problem(), &Problem::TimestampRefused);
/// assert_eq!(report.acceptable_timestamps(), Some((1199098800, 1230721200)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct ProblemReport {
    problem: Problem,
    advice: Option<String>,
    acceptable_versions: Option<(String, String)>,
    acceptable_timestamps: Option<(u64, u64)>,
    parameters_absent: Vec<String>,
    parameters_rejected: Vec<(String, String)>,
    base_string: Option<String>,
    expected_signature: Option<String>,
    received_signature: Option<String>,
    /// The timestamp that the server received, and the server's time.
    times: Option<(u64, u64)>,
    /// The body hash that the server calculated, and the one that it received.
    body_hashes: Option<(String, String)>,
}

impl ProblemReport {
    /// Reads the report from the `WWW-Authenticate` header or, if it is not there, from the body.
    /// Returns `None` if neither contains an `oauth_problem`.
    ///
    /// Anything else in the header or the body is skipped, and so is anything malformed. Only the
    /// first 64 KiB of the body are read, and a header longer than that is ignored, so that a
    /// hostile server cannot keep the client busy.
    ///
    /// ```
    /// use oauth1_signer::response::{Problem, ProblemReport};
    ///
    /// let header = r#"OAuth realm="http://sp.example.com/", oauth_problem="token_expired""#;
    /// let report = ProblemReport::parse(Some(header), b"").ok_or("no report")?;
    /// assert_eq!(report.problem(), &Problem::TokenExpired);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn parse(www_authenticate: Option<&str>, body: &[u8]) -> Option<Self> {
        www_authenticate
            .and_then(read::from_header)
            .or_else(|| read::from_body(body))
    }

    /// What is wrong: `oauth_problem`.
    ///
    /// ```
    /// use oauth1_signer::response::{Problem, ProblemReport};
    ///
    /// let report = ProblemReport::parse(None, b"oauth_problem=token_expired").ok_or("no report")?;
    /// assert_eq!(report.problem(), &Problem::TokenExpired);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The server's message to the user: `oauth_problem_advice`.
    ///
    /// ```
    /// use oauth1_signer::response::ProblemReport;
    ///
    /// let body = b"oauth_problem=consumer_key_refused&oauth_problem_advice=Please%20wait%20an%20hour.";
    /// let report = ProblemReport::parse(None, body).ok_or("no report")?;
    /// assert_eq!(report.advice(), Some("Please wait an hour."));
    /// assert_eq!(report.to_string(), "consumer_key_refused (Please wait an hour.)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.advice.as_deref()
    }

    /// The signature base string that the server made of the request. Flickr sends it as
    /// `debug_sbs`, and others in a sentence. It may contain secrets that were signed.
    ///
    /// A [`Diagnosis`](crate::diagnosis::Diagnosis) compares it with what was signed, and says what
    /// is wrong.
    ///
    /// ```
    /// use oauth1_signer::response::ProblemReport;
    ///
    /// let body = b"oauth_problem=signature_invalid&debug_sbs=GET&http%3A%2F%2Fwww.flickr.com%2F&a%3Db";
    /// let report = ProblemReport::parse(None, body).ok_or("no report")?;
    /// assert_eq!(report.base_string(), Some("GET&http%3A%2F%2Fwww.flickr.com%2F&a%3Db"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn base_string(&self) -> Option<&str> {
        self.base_string.as_deref()
    }

    /// The first and the last timestamp that the server accepts, in seconds since 1970-01-01 00:00
    /// UTC: `oauth_acceptable_timestamps`. Pass the report to
    /// [`Clock::learn_from_report`](super::Clock::learn_from_report) to correct your clock.
    ///
    /// ```
    /// use oauth1_signer::response::ProblemReport;
    ///
    /// let body = b"oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1199098800-1230721200";
    /// let report = ProblemReport::parse(None, body).ok_or("no report")?;
    /// assert_eq!(report.acceptable_timestamps(), Some((1199098800, 1230721200)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn acceptable_timestamps(&self) -> Option<(u64, u64)> {
        self.acceptable_timestamps
    }

    /// The lowest and the highest version that the server accepts: `oauth_acceptable_versions`.
    ///
    /// ```
    /// use oauth1_signer::response::ProblemReport;
    ///
    /// let body = b"oauth_problem=version_rejected&oauth_acceptable_versions=1.0-2.0";
    /// let report = ProblemReport::parse(None, body).ok_or("no report")?;
    /// assert_eq!(report.acceptable_versions(), Some(("1.0", "2.0")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn acceptable_versions(&self) -> Option<(&str, &str)> {
        let (low, high) = self.acceptable_versions.as_ref()?;
        Some((low, high))
    }

    /// The names of parameters that are missing: `oauth_parameters_absent`.
    ///
    /// ```
    /// use oauth1_signer::response::ProblemReport;
    ///
    /// let body = b"oauth_problem=parameter_absent&oauth_parameters_absent=oauth_token%26oauth_nonce";
    /// let report = ProblemReport::parse(None, body).ok_or("no report")?;
    /// assert_eq!(report.parameters_absent(), ["oauth_token", "oauth_nonce"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn parameters_absent(&self) -> &[String] {
        &self.parameters_absent
    }

    /// The names and values of parameters that the server does not accept:
    /// `oauth_parameters_rejected`. A value may be a secret.
    ///
    /// ```
    /// use oauth1_signer::response::ProblemReport;
    ///
    /// let body = b"oauth_problem=parameter_rejected&oauth_parameters_rejected=oauth_version%3D2.0";
    /// let report = ProblemReport::parse(None, body).ok_or("no report")?;
    /// assert_eq!(report.parameters_rejected(), [("oauth_version".into(), "2.0".into())]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn parameters_rejected(&self) -> &[(String, String)] {
        &self.parameters_rejected
    }

    /// The signature that the server expected, which some servers tell. It is as good as a secret:
    /// whoever knows it can send the request. It is not shown by `Debug`.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let body = "oauth_signature [INmKfxDrAKCzr2Y+CCUw3JGqa+g=] does not match expected value \
    ///             [3C+PbkkhnfJYwJiQZV/XuHTVXKE=]";
    /// let report = Response::new(403, body).report().ok_or("no report")?;
    /// assert_eq!(report.expected_signature(), Some("3C+PbkkhnfJYwJiQZV/XuHTVXKE="));
    /// assert_eq!(report.received_signature(), Some("INmKfxDrAKCzr2Y+CCUw3JGqa+g="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn expected_signature(&self) -> Option<&str> {
        self.expected_signature.as_deref()
    }

    /// The signature that the server received, which some servers tell. If it is not the one that
    /// was sent, it was damaged on its way.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let body = "Expected value \"cEWvmwSskPc+LnpusZ6j+aUd5UQ=\". \
    ///             Received value \"cEWvmwSskPc LnpusZ6j aUd5UQ=\"";
    /// let report = Response::new(401, body).report().ok_or("no report")?;
    /// assert_eq!(report.received_signature(), Some("cEWvmwSskPc LnpusZ6j aUd5UQ="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn received_signature(&self) -> Option<&str> {
        self.received_signature.as_deref()
    }

    /// The server's time, in seconds since 1970-01-01 00:00 UTC, if the answer compares it with the
    /// timestamp of the request. [`Clock::learn_from_response`](super::Clock::learn_from_response_at)
    /// uses it.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let body = "Expired timestamp, yours 1450247855, ours 1450334504";
    /// let report = Response::new(401, body).report().ok_or("no report")?;
    /// assert_eq!(report.server_time(), Some(1_450_334_504));
    /// assert_eq!(report.received_timestamp(), Some(1_450_247_855));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn server_time(&self) -> Option<u64> {
        self.times.map(|(_, own)| own)
    }

    /// The timestamp that the server received, if the answer compares it with the
    /// [server's time](ProblemReport::server_time).
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let body = "Expired timestamp: given 1326837029 and now 1326841425";
    /// let report = Response::new(401, body).report().ok_or("no report")?;
    /// assert_eq!(report.received_timestamp(), Some(1_326_837_029));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn received_timestamp(&self) -> Option<u64> {
        self.times.map(|(received, _)| received)
    }

    /// The hash of the body that the server calculated, if the answer compares it with the
    /// [`oauth_body_hash`](ProblemReport::received_body_hash) of the request. If they differ, the body
    /// was changed after it was hashed.
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let body = "The provided oauth_body_hash does not match the SHA256 hash of the request payload. \
    ///             Calculated: 8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8=, \
    ///             Received: 01NcCrM7J5FOzJrJiGs+5+UMnkZ5S5iveHoxY3inu+A=";
    /// let report = Response::new(400, body).report().ok_or("no report")?;
    /// let calculated = "8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8=";
    /// assert_eq!(report.calculated_body_hash(), Some(calculated));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn calculated_body_hash(&self) -> Option<&str> {
        let (calculated, _) = self.body_hashes.as_ref()?;
        Some(calculated)
    }

    /// The `oauth_body_hash` that the server received, if the answer compares it with the
    /// [hash of the body](ProblemReport::calculated_body_hash).
    ///
    /// ```
    /// use oauth1_signer::response::Response;
    ///
    /// let body = "The provided oauth_body_hash does not match the SHA256 hash of the request payload. \
    ///             Calculated: 8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8=, \
    ///             Received: 01NcCrM7J5FOzJrJiGs+5+UMnkZ5S5iveHoxY3inu+A=";
    /// let report = Response::new(400, body).report().ok_or("no report")?;
    /// let received = "01NcCrM7J5FOzJrJiGs+5+UMnkZ5S5iveHoxY3inu+A=";
    /// assert_eq!(report.received_body_hash(), Some(received));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn received_body_hash(&self) -> Option<&str> {
        let (_, received) = self.body_hashes.as_ref()?;
        Some(received)
    }

    /// Reads a sentence, a page or a JSON text with which some servers answer instead of a report,
    /// such as `Timestamp is invalid`. Returns `None` for one that this crate does not know. If the
    /// first 64 KiB of the body contain the signature base string, the signature or the body hash that the
    /// server expected, or its time, they are read as well.
    ///
    /// The report says what the server means, which is not always what the sentence says: Netflix
    /// answers `Missing Required Consumer Key` if it does not know the key, and Yelp answers
    /// `INVALID_SIGNATURE` if the timestamp is too old.
    ///
    /// ```
    /// use oauth1_signer::response::{Problem, ProblemReport};
    ///
    /// let report = ProblemReport::from_sentence(b"Missing Required Consumer Key\n").ok_or("unknown")?;
    /// assert_eq!(report.problem(), &Problem::ConsumerKeyUnknown);
    ///
    /// let body = b"Invalid signature. Expected signature base string: GET&https%3A%2F%2Fe.com%2F&a%3Db";
    /// let report = ProblemReport::from_sentence(body).ok_or("unknown")?;
    /// assert_eq!(report.base_string(), Some("GET&https%3A%2F%2Fe.com%2F&a%3Db"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_sentence(body: &[u8]) -> Option<Self> {
        Self::of_sentence(body, false)
    }

    /// Reads a sentence. In an answer that refuses a request, a base string is reason enough for a
    /// report, whatever the words around it.
    pub(crate) fn of_sentence(body: &[u8], is_refusal: bool) -> Option<Self> {
        let text = values::plain(&body[..body.len().min(READ)]);
        let problem = sentence::problem(&text).map(Problem::from);
        let problem = problem.or_else(|| problem::of_sentence(&text));
        // What a sentence compares tells what it is about, even if its words are not known.
        let compared = || {
            let has_base_string =
                || is_refusal && sentence::base_string(&text, body.len() <= READ).is_some();
            let about_signature = values::expected_signature(&text).is_some() || has_base_string();
            let about_time = values::times(&text).is_some();
            let about_body = values::body_hashes(&text).is_some();
            match (about_time, about_signature, about_body) {
                (true, ..) => Some(Problem::TimestampRefused),
                (false, true, _) => Some(Problem::SignatureInvalid),
                (false, false, true) => Some(Problem::from("body_hash_invalid")),
                (false, false, false) => None,
            }
        };
        let report = Self::new(problem.or_else(compared)?);
        Some(report.or_of_sentence(&text, body.len()))
    }

    /// Adds what a sentence tells, unless the report already tells it.
    pub(crate) fn or_of_body(self, body: &[u8]) -> Self {
        self.or_of_sentence(&values::plain(&body[..body.len().min(READ)]), body.len())
    }

    fn or_of_sentence(mut self, text: &str, sent: usize) -> Self {
        let base_string = || sentence::base_string(text, sent <= READ);
        self.base_string = self.base_string.or_else(base_string);
        if self.expected_signature.is_none() {
            self.expected_signature = values::expected_signature(text).map(String::from);
            self.received_signature = values::received_signature(text).map(String::from);
        }
        self.times = self.times.or_else(|| values::times(text));
        self.body_hashes = self.body_hashes.or_else(|| values::body_hashes(text));
        self
    }

    pub(crate) fn new(problem: Problem) -> Self {
        Self {
            problem,
            advice: None,
            acceptable_versions: None,
            acceptable_timestamps: None,
            parameters_absent: Vec::new(),
            parameters_rejected: Vec::new(),
            base_string: None,
            expected_signature: None,
            received_signature: None,
            times: None,
            body_hashes: None,
        }
    }
}
