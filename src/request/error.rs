//! Errors of requests that cannot be signed ([RFC 5849 §3.4.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1)).

use alloc::string::String;
use core::{convert::Infallible, fmt};

use thiserror::Error;

use super::TargetError;
use crate::parameters::Bytes;

/// A part of a request that contains parameters.
///
/// ```
/// use oauth1_signer::{Place, Request, RequestError};
///
/// let error = Request::get("https://api.example.com/?q=%").unwrap_err();
/// assert!(matches!(error, RequestError::MalformedEscape { place: Place::Query, .. }));
/// assert_eq!(Place::Query.to_string(), "query");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Place {
    /// The parameters given to [`Request::signed_elsewhere`](crate::Request::signed_elsewhere).
    Elsewhere,
    /// The form, given to [`Request::form`](crate::Request::form) or
    /// [`Request::form_bytes`](crate::Request::form_bytes).
    Form,
    /// The query of the target.
    Query,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Elsewhere => "parameters signed elsewhere",
            Self::Form => "form",
            Self::Query => "query",
        })
    }
}

/// An error in a request that makes it impossible to sign.
///
/// ```
/// use oauth1_signer::Request;
///
/// let error = Request::get("https://api.example.com/?oauth_nonce=1").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "oauth_nonce is already in the query: oauth_* parameters are added by the signer; is this signed already?"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RequestError {
    /// The request has a form and an `oauth_body_hash`, which is for other bodies only.
    #[error("a form cannot have a body hash: its parameters are signed already")]
    BodyHashOfForm,
    /// A protocol parameter is given twice, but each may occur only once ([RFC 5849 §3.1]).
    ///
    /// [RFC 5849 §3.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.1
    #[error("{name:?} is given twice")]
    DuplicateName {
        /// The name of the parameter.
        name: String,
    },
    /// The request already has a form, as pairs or as bytes.
    #[error("the request already has a form")]
    FormGivenTwice,
    /// The request was made with [`Request::get`](crate::Request::get) or
    /// [`Request::head`](crate::Request::head), and has no body for a form.
    #[error(
        "a GET or HEAD request has no form: add the parameters with `query`, or make the request with `Request::new` if the service does want a form"
    )]
    FormNotAllowed,
    /// A `%` is not followed by two hexadecimal digits. Write a percent sign as `%25`.
    #[error(
        "malformed percent escape at byte {position} of the {place}: write a percent sign as %25"
    )]
    MalformedEscape {
        /// The part of the request that contains the `%`.
        place: Place,
        /// The number of bytes before the `%`, in the query as it is sent or in the form as it was
        /// given.
        position: usize,
    },
    /// The method is not a valid HTTP method, which is a token (RFC 9110, section 5.6.2).
    #[error("the method is not a valid HTTP method")]
    Method,
    /// The body has a byte that cannot occur in an encoded form, such as a space, a `{` or a letter
    /// outside ASCII. It is not encoded, or it is not a form: other bodies, such as JSON, are not
    /// signed.
    #[error(
        "byte {position} of the form must be percent-encoded; a body that is not a form, such as JSON, is not signed and must not be sent as a form"
    )]
    NotFormUrlencoded {
        /// The number of bytes before that byte.
        position: usize,
    },
    /// The request already contains a protocol parameter. The URL is already signed, or the
    /// parameter is in the wrong place.
    #[error(
        "{name} is already in the {place}: {}", if let "oauth_callback" | "oauth_verifier" = name.as_str() { instead(name) } else { "oauth_* parameters are added by the signer; is this signed already?" }
    )]
    ProtocolParameter {
        /// The name of the parameter, up to the first character other than a letter, digit or `_`.
        name: String,
        /// The part of the request that contains the parameter.
        place: Place,
    },
    /// The parameter cannot be an extra one: the signer adds it, another method sets it, or it must
    /// not be sent as a parameter at all.
    #[error("{name:?} cannot be an extra protocol parameter: {}", instead(name))]
    ReservedName {
        /// The name of the parameter.
        name: String,
    },
    /// The target is not a URL that can be signed.
    #[error(transparent)]
    Target(#[from] TargetError),
}

impl RequestError {
    pub(super) fn protocol_parameter(name: Bytes<'_>, place: Place) -> Self {
        Self::ProtocolParameter {
            name: name.shown(),
            place,
        }
    }
}

/// What to do in place of adding a parameter with a reserved name.
fn instead(name: &str) -> &'static str {
    match name {
        "" => "its name is empty",
        "oauth_callback" => "set it with `Request::callback`",
        "oauth_verifier" => "set it with `Request::verification_code`",
        _ if name.eq_ignore_ascii_case("realm") => "set it with `Signer::with_realm`",
        _ if name.ends_with("_secret") => "secrets are never sent",
        _ => "the signer adds it",
    }
}

impl From<Infallible> for RequestError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
