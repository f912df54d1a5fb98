//! What a server answers ([RFC 5849 §2.1, §2.3](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

use alloc::{boxed::Box, format, string::String};
use core::fmt;

use thiserror::Error;

use crate::{
    Fields, ProblemReport, Retry,
    credentials::Secret,
    excerpt::{excerpt, is_page},
    form_text::{decode, pairs},
};

/// A server's answer: its status and its body, and what else is of use.
///
/// The content type plays no part: servers send forms as `text/html`.
///
/// ```
/// use oauth1_signer::{Answer, Problem};
///
/// let answer = Answer::new(401, "")
///     .www_authenticate(Some(r#"OAuth realm="x", oauth_problem="nonce_used""#));
/// let report = answer.report().ok_or("no report")?;
/// assert_eq!(report.problem(), &Problem::NonceUsed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    status: u16,
    www_authenticate: Option<&'a str>,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
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

    fn refusal(&self) -> Option<AnswerError> {
        let report = self.report()?;
        let body = BodyExcerpt::new(self.body);
        let shown = body.kind != BodyKind::Empty
            && ProblemReport::parse(None, self.body).as_ref() != Some(&report);
        Some(AnswerError::Refused {
            status: self.status,
            report: Box::new(report),
            body: shown.then_some(body),
        })
    }

    pub(super) fn credentials(&self) -> Result<Credentials, AnswerError> {
        if !(200..300).contains(&self.status) {
            return Err(self.refusal().unwrap_or_else(|| AnswerError::Status {
                status: self.status,
                body: BodyExcerpt::new(self.body),
            }));
        }
        // Some servers report problems with the status of success.
        Credentials::read(self.body).map_err(|error| self.refusal().unwrap_or(error))
    }
}

/// Shows the status, and of the body its length: a good one is full of secrets.
impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A token, its secret, and what else there is.
pub(super) struct Credentials {
    pub(super) parts: (String, Secret, Fields),
    pub(super) confirmed: Option<bool>,
}

impl Credentials {
    fn read(body: &[u8]) -> Result<Self, AnswerError> {
        let body = body.trim_ascii();
        let excerpt = || BodyExcerpt::new(body);
        if BodyKind::of(body) != BodyKind::Text {
            return Err(AnswerError::NotAForm { body: excerpt() });
        }
        let (mut token, mut secret, mut confirmed) = (None, None, None);
        let mut fields = Fields::default();
        for pair in pairs(body) {
            let (Some(name), Some(value)) = (decode(pair.name), decode(pair.value())) else {
                return Err(AnswerError::Malformed { body: excerpt() });
            };
            let (name, place) = match name.as_str() {
                TOKEN => (TOKEN, &mut token),
                SECRET => (SECRET, &mut secret),
                CONFIRMED => (CONFIRMED, &mut confirmed),
                _ => {
                    fields.push(name, value);
                    continue;
                }
            };
            if place.replace(Secret(value)).is_some() {
                return Err(AnswerError::DuplicateField { name });
            }
        }
        let missing = |name| AnswerError::MissingField {
            name,
            body: excerpt(),
        };
        let token = token.filter(|token| !token.0.is_empty());
        let token = token.ok_or_else(|| missing(TOKEN))?;
        Ok(Self {
            parts: (
                token.0.clone(),
                secret.ok_or_else(|| missing(SECRET))?,
                fields,
            ),
            // Servers written in Python answer `True`.
            confirmed: confirmed.map(|confirmed| confirmed.0.eq_ignore_ascii_case("true")),
        })
    }
}

/// Why an answer has no credentials.
///
/// ```
/// use oauth1_signer::{Answer, AnswerError, Consumer, Leg};
///
/// let consumer = Consumer::new("key", "secret");
/// let leg = Leg::xauth(&consumer, "https://www.example.com/access_token", "name", "password");
/// let answer = Answer::new(503, "<html><title>Down</title><body>Come back <b>later</b></html>");
/// assert_eq!(
///     leg.accept(answer).unwrap_err().to_string(),
///     "the server answered with status 503 and HTML: Down Come back later"
/// );
/// let answer = Answer::new(401, "Timestamp is invalid");
/// assert_eq!(
///     leg.accept(answer).unwrap_err().to_string(),
///     "the server refused with status 401: timestamp_refused, with text: Timestamp is invalid"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum AnswerError {
    /// The server does not say that it has read the callback. See
    /// [`Leg::without_confirmation`](super::Leg::without_confirmation).
    #[error("the server did not confirm the callback: oauth_callback_confirmed is not true")]
    CallbackNotConfirmed,
    /// A field that occurs once is there twice.
    #[error("{name} occurs twice in the answer")]
    DuplicateField {
        /// The name of the field.
        name: &'static str,
    },
    /// There is a malformed escape, or octets that are no UTF-8.
    #[error("the answer is a malformed form: {body}")]
    Malformed {
        /// What came.
        body: BodyExcerpt,
    },
    /// The token or its secret is not there, or the token is empty. (A secret may be.)
    #[error("the answer has no {name}: {body}")]
    MissingField {
        /// The name of the field.
        name: &'static str,
        /// What came.
        body: BodyExcerpt,
    },
    /// The answer is something else.
    #[error("the answer is not a form but {body}")]
    NotAForm {
        /// What came.
        body: BodyExcerpt,
    },
    /// The server says what is wrong.
    #[error("the server refused with status {status}: {report}{}", beside(.body.as_ref()))]
    Refused {
        /// The status of the answer.
        status: u16,
        /// What the server says.
        report: Box<ProblemReport>,
        /// What came, unless it is empty or nothing but the report.
        body: Option<BodyExcerpt>,
    },
    /// The status is none of success, and the body says nothing that is known.
    #[error("the server answered with status {status} and {body}")]
    Status {
        /// The status of the answer.
        status: u16,
        /// What came.
        body: BodyExcerpt,
    },
}

impl AnswerError {
    /// What the server says is wrong, if it does.
    ///
    /// ```
    /// use oauth1_signer::{Answer, Consumer, Leg, Problem};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let leg = Leg::xauth(&consumer, "https://www.example.com/access_token", "name", "password");
    /// let error = leg.accept(Answer::new(401, "oauth_problem=permission_denied")).unwrap_err();
    /// let report = error.report().ok_or("no report")?;
    /// assert_eq!(report.problem(), &Problem::PermissionDenied);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> Option<&ProblemReport> {
        match self {
            Self::Refused { report, .. } => Some(report),
            _ => None,
        }
    }

    /// What may be done about it. See [`Retry::advise`].
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Refused { status, report, .. } => Retry::advise(*status, Some(report)),
            Self::Status { status, .. } => Retry::advise(*status, None),
            _ => Retry::Never,
        }
    }
}

fn beside(body: Option<&BodyExcerpt>) -> String {
    body.map_or_else(String::new, |body| format!(", with {body}"))
}

/// The beginning of a body that was not expected, on one line and without what looks like a secret.
///
/// `Display` writes what it is, and what it says.
///
/// ```
/// use oauth1_signer::{Answer, AnswerError, BodyKind, Consumer, Leg};
///
/// let consumer = Consumer::new("key", "secret");
/// let leg = Leg::xauth(&consumer, "https://www.example.com/access_token", "name", "password");
/// let error = leg.accept(Answer::new(200, r#"{"oauth_token": "nnch734d"}"#)).unwrap_err();
/// if let AnswerError::NotAForm { body } = error {
///     assert_eq!(body.kind(), BodyKind::Json);
///     assert_eq!(body.text(), r#"{"oauth_token": "[...]"}"#);
/// }
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BodyExcerpt {
    kind: BodyKind,
    text: String,
}

impl BodyExcerpt {
    fn new(body: &[u8]) -> Self {
        Self {
            kind: BodyKind::of(body.trim_ascii()),
            text: excerpt(body),
        }
    }

    /// What the body seems to be.
    #[must_use]
    pub fn kind(&self) -> BodyKind {
        self.kind
    }

    /// What is shown of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for BodyExcerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            BodyKind::Empty => return f.write_str("an empty body"),
            BodyKind::Html => "HTML",
            BodyKind::Json => "JSON",
            BodyKind::Text => "text",
            BodyKind::Xml => "XML",
        };
        write!(f, "{kind}: {}", self.text)
    }
}

/// What a body seems to be, by how it begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BodyKind {
    /// Nothing, or white space.
    Empty,
    /// A page.
    Html,
    /// An object or a list.
    Json,
    /// Anything else: a form, or a sentence.
    Text,
    /// XML that is no page.
    Xml,
}

impl BodyKind {
    fn of(body: &[u8]) -> Self {
        match body.first() {
            None => Self::Empty,
            Some(b'{' | b'[') => Self::Json,
            Some(b'<') => {
                if is_page(body) {
                    Self::Html
                } else {
                    Self::Xml
                }
            }
            Some(_) => Self::Text,
        }
    }
}

const TOKEN: &str = "oauth_token";
const SECRET: &str = "oauth_token_secret";
const CONFIRMED: &str = "oauth_callback_confirmed";
