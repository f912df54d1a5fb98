//! The error of an answer without credentials ([RFC 5849 §2.1, §2.3](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

use alloc::{boxed::Box, format, string::String};

use thiserror::Error;

use super::{ProblemReport, Retry};

/// Why an answer did not give credentials.
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
    /// The server did not confirm that it has read the callback. See
    /// [`Leg::without_confirmation`](crate::flow::Leg::without_confirmation).
    #[error("the server did not confirm the callback: oauth_callback_confirmed is not true")]
    CallbackNotConfirmed,
    /// A field occurs twice that should occur once.
    #[error("{name} occurs twice in the answer")]
    DuplicateField {
        /// The name of the field.
        name: &'static str,
    },
    /// The form contains a malformed escape or bytes that are not UTF-8.
    #[error("the answer is a malformed form: {body}")]
    Malformed {
        /// The beginning of the body on one line, without anything that looks like a secret.
        body: String,
    },
    /// The token or its secret is missing, or the token is empty. (An empty secret is allowed.)
    #[error("the answer has no {name}: {body}")]
    MissingField {
        /// The name of the field.
        name: &'static str,
        /// The beginning of the body on one line, without anything that looks like a secret.
        body: String,
    },
    /// The body is not a form, but HTML or JSON, for example.
    #[error("the answer is not a form, but {body}")]
    NotAForm {
        /// The beginning of the body on one line, without anything that looks like a secret.
        body: String,
    },
    /// The server refused the request and said why.
    #[error("the server refused with status {status}: {report}{}", beside(.body.as_deref()))]
    Refused {
        /// The status of the answer.
        status: u16,
        /// The server's report.
        report: Box<ProblemReport>,
        /// The beginning of the body, unless the body is empty or contains only the report.
        body: Option<String>,
    },
    /// The status is not 2xx and the body contains no known problem report.
    #[error("the server answered with status {status}{} and {body}", hint(*status))]
    Status {
        /// The status of the answer.
        status: u16,
        /// The beginning of the body on one line, without anything that looks like a secret.
        body: String,
    },
}

impl ResponseError {
    /// The server's problem report, if the answer contains one.
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

    /// What you can do about it. See [`Retry::advise`].
    ///
    /// ```
    /// use oauth1_signer::{Token, response::{Response, Retry}};
    ///
    /// let (status, body) = (401, "oauth_problem=nonce_used");
    /// let error = Token::from_response(Response::new(status, &body)).unwrap_err();
    /// assert_eq!(error.retry(), Retry::WithNewStamp);
    /// ```
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Refused { status, report, .. } => Retry::advise(*status, Some(report)),
            Self::Status { status, .. } => Retry::advise(*status, None),
            _ => Retry::Never,
        }
    }
}

fn hint(status: u16) -> &'static str {
    match status {
        300..=399 => " (a redirect: is the URL of the endpoint right?)",
        _ => "",
    }
}

fn beside(body: Option<&str>) -> String {
    body.map_or_else(String::new, |body| format!(", with {body}"))
}
