//! Why an answer has no credentials.

use alloc::{boxed::Box, format, string::String};

use thiserror::Error;

use super::{ProblemReport, Retry};

/// Why an answer has no credentials.
///
/// ```
/// use oauth1_signer::{Token, response::Response};
///
/// let response = Response::new(503, "<html><title>Down</title><body>Come back <b>later</b></html>");
/// assert_eq!(
///     Token::from_response(response).unwrap_err().to_string(),
///     "the server answered with status 503 and HTML: Down Come back later"
/// );
/// let response = Response::new(401, "Timestamp is invalid");
/// assert_eq!(
///     Token::from_response(response).unwrap_err().to_string(),
///     "the server refused with status 401: timestamp_refused, with text: Timestamp is invalid"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ResponseError {
    /// The server does not say that it has read the callback. See
    /// [`Leg::without_confirmation`](crate::flow::Leg::without_confirmation).
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
        /// The beginning of the body, on one line and without what looks like a secret.
        body: String,
    },
    /// The token or its secret is not there, or the token is empty. (A secret may be.)
    #[error("the answer has no {name}: {body}")]
    MissingField {
        /// The name of the field.
        name: &'static str,
        /// The beginning of the body, on one line and without what looks like a secret.
        body: String,
    },
    /// The answer is something else.
    #[error("the answer is not a form, but {body}")]
    NotAForm {
        /// The beginning of the body, on one line and without what looks like a secret.
        body: String,
    },
    /// The server says what is wrong.
    #[error("the server refused with status {status}: {report}{}", beside(.body.as_deref()))]
    Refused {
        /// The status of the answer.
        status: u16,
        /// What the server says.
        report: Box<ProblemReport>,
        /// The beginning of the body, unless it is empty or nothing but the report.
        body: Option<String>,
    },
    /// The status is none of success, and the body says nothing that is known.
    #[error("the server answered with status {status} and {body}")]
    Status {
        /// The status of the answer.
        status: u16,
        /// The beginning of the body, on one line and without what looks like a secret.
        body: String,
    },
}

impl ResponseError {
    /// What the server says is wrong, if it does.
    ///
    /// ```
    /// use oauth1_signer::{Token, response::{Problem, Response}};
    ///
    /// let refused = Response::new(401, "oauth_problem=permission_denied");
    /// let error = Token::from_response(refused).unwrap_err();
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

fn beside(body: Option<&str>) -> String {
    body.map_or_else(String::new, |body| format!(", with {body}"))
}
