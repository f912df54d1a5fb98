//! What is known about a refused signature.

use alloc::string::{String, ToString};
use core::fmt;

use super::{Diagnosis, Message, cut};
use crate::{
    credentials::{Consumer, OptionalToken, Secret, into_option},
    response::{ProblemReport, Response},
    signer::Signed,
};

/// What is known about a refused signature. Every piece is optional, and each proves more.
///
/// ```
/// use oauth1_signer::diagnosis::{Cause, Evidence};
///
/// let ours = "GET&https%3A%2F%2Fapi.example.com%2F&q%3Da%2Bb";
/// let theirs = "GET&https%3A%2F%2Fapi.example.com%2F&q%3Da%2520b";
/// let diagnosis = Evidence::new()
///     .our_base_string(ours)
///     .their_base_string(theirs)
///     .diagnose();
/// assert_eq!(diagnosis.findings()[0].cause(), Cause::PlusForSpace);
/// ```
#[derive(Clone, Default)]
pub struct Evidence {
    pub(super) our_base_string: Option<String>,
    pub(super) our_signature: Option<Secret>,
    pub(super) request: Option<Message>,
    pub(super) sent: Option<Message>,
    pub(super) their_base_string: Option<String>,
    pub(super) expected_signature: Option<Secret>,
    pub(super) received_signature: Option<Secret>,
    pub(super) answer: Option<Answer>,
    pub(super) their_time: Option<u64>,
    pub(super) our_time: Option<u64>,
    pub(super) secrets: Option<Secrets>,
    /// Whether the base string and the signature are known to belong together.
    pub(super) is_signed: bool,
}

/// What an answer says.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) report: Option<ProblemReport>,
    /// The server's time, by its `Date` header.
    pub(super) date: Option<u64>,
}

/// The shared secrets, as the user has them.
#[derive(Clone)]
pub(super) struct Secrets {
    pub(super) consumer: Secret,
    /// `None` without a token.
    pub(super) token: Option<Secret>,
}

impl Evidence {
    /// Begins without evidence.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Evidence;
    ///
    /// let diagnosis = Evidence::new().diagnose();
    /// assert!(diagnosis.findings().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what this crate signed: the base string, the signature and the request.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp, diagnosis::Evidence, response::Response};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let (status, body) = (401, "oauth_problem=signature_invalid"); // what the server answered
    /// let evidence = Evidence::new().signed(&signed).response(&Response::new(status, body));
    /// assert!(evidence.diagnose().is_unexplained());
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn signed(self, signed: &Signed<'_>) -> Self {
        let signature = signed.signature().expose_secret();
        let evidence = self
            .our_base_string(signed.base_string().to_string())
            .our_signature(signature)
            .request(signed);
        Self {
            is_signed: true,
            ..evidence
        }
    }

    /// The base string that was signed, as any program printed it. What the line of a log has around
    /// it does not matter.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence};
    ///
    /// let printed = String::from("get&https%3A%2F%2Fapi.example.com%2F&q%3Da%2520b");
    /// let diagnosis = Evidence::new().our_base_string(printed).diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::Method);
    /// ```
    #[must_use]
    pub fn our_base_string(mut self, text: impl Into<String>) -> Self {
        self.our_base_string = Some(cut::base_string(&text.into()).into());
        self.is_signed = false;
        self
    }

    /// The signature that was computed, before any encoding.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence};
    ///
    /// let printed = String::from("d1f84d1a5ce914d02c4e67bf8437d46f91cf0795");
    /// let diagnosis = Evidence::new().our_signature(printed).diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::SignatureHex);
    /// ```
    #[must_use]
    pub fn our_signature(mut self, text: impl Into<String>) -> Self {
        self.our_signature = Some(Secret(text.into()));
        self.is_signed = false;
        self
    }

    /// The request that was meant to be signed and sent.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence, Message};
    ///
    /// let url = String::from("https://api.example.com/?q=a%20b");
    /// let diagnosis = Evidence::new()
    ///     .our_base_string("GET&https%3A%2F%2Fapi.example.com%2F&q%3Da%2Bb")
    ///     .request(Message::new("GET", url))
    ///     .diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::PlusForSpace);
    /// ```
    #[must_use]
    pub fn request(mut self, message: impl Into<Message>) -> Self {
        self.request = Some(message.into());
        self
    }

    /// The request that was sent.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence, Message};
    ///
    /// let log = String::from("https://www.example.com/"); // what a proxy logged
    /// let diagnosis = Evidence::new()
    ///     .our_base_string("GET&https%3A%2F%2Fexample.com%2F&")
    ///     .sent(Message::new("GET", log))
    ///     .diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::HostWww);
    /// ```
    #[must_use]
    pub fn sent(mut self, message: impl Into<Message>) -> Self {
        self.sent = Some(message.into());
        self
    }

    /// The server's answer.
    ///
    /// ```
    /// use oauth1_signer::{diagnosis::{Cause, Evidence}, response::Response};
    ///
    /// let body = String::from("Expired timestamp, yours 1450247855, ours 1450334504");
    /// let diagnosis = Evidence::new().response(&Response::new(401, &body)).diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::TimeSkew);
    /// ```
    #[must_use]
    pub fn response(mut self, response: &Response<'_>) -> Self {
        // Whatever the status is, the answer is said to be a refusal.
        let sentence = || ProblemReport::of_sentence(response.body(), true);
        self.answer = Some(Answer {
            status: response.status(),
            report: response.report().or_else(sentence),
            date: response.unix_time(),
        });
        self
    }

    /// The base string that the server made, as it told or logged it. What the line of a log has around
    /// it does not matter.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence};
    ///
    /// let logged = String::from("GET&https%3A%2F%2Fapi.example.com%2F&q%3Da%2520b");
    /// let diagnosis = Evidence::new()
    ///     .our_base_string("GET&http%3A%2F%2Fapi.example.com%2F&q%3Da%2520b")
    ///     .their_base_string(logged)
    ///     .diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::Scheme);
    /// ```
    #[must_use]
    pub fn their_base_string(mut self, text: impl Into<String>) -> Self {
        self.their_base_string = Some(cut::base_string(&text.into()).into());
        self
    }

    /// The signature that the server expected, or that it accepted from another program for the same
    /// request.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, diagnosis::{Cause, Evidence}};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let diagnosis = Evidence::new()
    ///     .our_base_string("GET&https%3A%2F%2Fapi.example.com%2F&oauth_consumer_key%3Dkey")
    ///     .our_signature("bfL3zgWrsr44sFPE6WNPEC2AHMs=")
    ///     .expected_signature("VavLz+USaWUe5rzJl30+4YursQE=")
    ///     .credentials(&consumer, None)
    ///     .diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::KeyNoAmpersand);
    /// ```
    #[must_use]
    pub fn expected_signature(mut self, text: impl Into<String>) -> Self {
        self.expected_signature = Some(Secret(text.into()));
        self
    }

    /// The signature that the server says it received.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence};
    ///
    /// let diagnosis = Evidence::new()
    ///     .our_signature("0fhNGlzpFNAsTme/hDfUb5HPB5U=")
    ///     .received_signature(String::from("0fhNGlzpFNAsTme/hDfUb5HPB5U"))
    ///     .diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::SignaturePaddingLost);
    /// ```
    #[must_use]
    pub fn received_signature(mut self, text: impl Into<String>) -> Self {
        self.received_signature = Some(Secret(text.into()));
        self
    }

    /// The time by the server's clock, in seconds since 1970-01-01 00:00 UTC.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence};
    ///
    /// let diagnosis = Evidence::new().our_time(1_316_657_628).their_time(1_316_661_228).diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::TimeSkew);
    /// ```
    #[must_use]
    pub fn their_time(mut self, seconds: u64) -> Self {
        self.their_time = Some(seconds);
        self
    }

    /// The time by the own clock, in seconds since 1970-01-01 00:00 UTC, when the request was signed.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Evidence};
    ///
    /// let base_string = "GET&https%3A%2F%2Fe.com%2F&oauth_timestamp%3D1316657628000";
    /// let diagnosis = Evidence::new().our_base_string(base_string).our_time(1_316_657_628).diagnose();
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::TimeMilliseconds);
    /// ```
    #[must_use]
    pub fn our_time(mut self, seconds: u64) -> Self {
        self.our_time = Some(seconds);
        self
    }

    /// The credentials, with which signatures can be recomputed. Pass `None` if there is no token.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Token, diagnosis::Evidence};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let token = Token::new("token", "token secret");
    /// let evidence = Evidence::new().credentials(&consumer, &token);
    /// assert!(!format!("{evidence:?}").contains("secret\""));
    /// ```
    #[must_use]
    pub fn credentials<'t>(mut self, consumer: &Consumer, token: impl OptionalToken<'t>) -> Self {
        let secret = |text: &str| Secret(text.into());
        self.secrets = Some(Secrets {
            consumer: secret(consumer.expose_secret()),
            token: into_option(token).map(|token| secret(token.expose_secret())),
        });
        self
    }

    /// The base string in the answer.
    pub(super) fn reported_base_string(&self) -> Option<&str> {
        self.report()?.base_string()
    }

    pub(super) fn report(&self) -> Option<&ProblemReport> {
        self.answer.as_ref()?.report.as_ref()
    }

    /// The signature that the server expected, told by itself or in the answer.
    pub(super) fn expected(&self) -> Option<&str> {
        let told = self.expected_signature.as_ref().map(|secret| &*secret.0);
        told.or_else(|| self.report()?.expected_signature())
    }

    pub(super) fn ours(&self) -> Option<&str> {
        self.our_signature.as_ref().map(|secret| &*secret.0)
    }

    pub(super) fn signatures_agree(&self) -> bool {
        self.ours().is_some() && self.ours() == self.expected()
    }

    /// Whether there is anything to explain.
    pub(super) fn is_refused(&self) -> bool {
        let signatures = self.ours().zip(self.expected());
        // Other statuses, such as 404 and 429, are not about the signature.
        let answered =
            |answer: &Answer| answer.report.is_some() || matches!(answer.status, 400 | 401 | 403);
        signatures.is_some_and(|(ours, expected)| ours != expected)
            || self.answer.as_ref().is_some_and(answered)
    }

    /// Finds out what is wrong.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Evidence;
    ///
    /// let (ours, theirs) = (String::from("GET&http%3A%2F%2Fe.com%2F&"), "GET&http%3A%2F%2Fe.com%2F&");
    /// let diagnosis = Evidence::new().our_base_string(ours).their_base_string(theirs).diagnose();
    /// println!("{diagnosis}");
    /// assert!(diagnosis.base_strings_are_equal());
    /// ```
    #[must_use]
    pub fn diagnose(&self) -> Diagnosis {
        Diagnosis::of_evidence(self)
    }
}

/// Says which evidence there is, but shows none of it.
impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence")
            .field("our_base_string", &self.our_base_string.is_some())
            .field("our_signature", &self.our_signature.is_some())
            .field("request", &self.request)
            .field("sent", &self.sent)
            .field("their_base_string", &self.their_base_string.is_some())
            .field("expected_signature", &self.expected_signature.is_some())
            .field("received_signature", &self.received_signature.is_some())
            .field("answer", &self.answer.as_ref().map(|answer| answer.status))
            .field("their_time", &self.their_time)
            .field("our_time", &self.our_time)
            .field("credentials", &self.secrets.is_some())
            .finish_non_exhaustive()
    }
}
