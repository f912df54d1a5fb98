//! Why a request cannot be signed.

use alloc::string::String;
use core::{convert::Infallible, fmt};

use thiserror::Error;

use super::TargetError;
use crate::parameters::Bytes;

/// A part of a request that has parameters.
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
    /// [`Request::signed_elsewhere`](crate::Request::signed_elsewhere).
    Elsewhere,
    /// [`Request::form`](crate::Request::form) or
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

/// Why a request cannot be signed.
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
    /// The hash of a body is signed only where the body is no form.
    #[error("a form cannot have a body hash: its parameters are signed already")]
    BodyHashOfForm,
    /// A protocol parameter has been given before; each occurs once (section 3.1).
    #[error("{name:?} is given twice")]
    DuplicateName {
        /// The name of the parameter.
        name: String,
    },
    /// There is a form already. A request has one, as pairs or as bytes.
    #[error("the request already has a form")]
    FormGivenTwice,
    /// A `%` without two hexadecimal digits behind it. A percent sign is written `%25`.
    #[error("malformed percent escape at byte {position} of the {place}")]
    MalformedEscape {
        /// Where it stands.
        place: Place,
        /// How many bytes stand before the `%`, in the query as it is sent, or in the form as it
        /// is given.
        position: usize,
    },
    /// The method is no token of HTTP (RFC 9110, section 5.6.2).
    #[error("the method is not a valid HTTP method")]
    Method,
    /// A protocol parameter is there already: the URL is signed, or the parameter misplaced.
    #[error(
        "{name} is already in the {place}: oauth_* parameters are added by the signer; is this signed already?"
    )]
    ProtocolParameter {
        /// The name of the parameter, up to the first character that is no letter, digit or `_`.
        name: String,
        /// Where it stands.
        place: Place,
    },
    /// The parameter is written by the signer, or by a method of its own.
    #[error("{name:?} cannot be an extra protocol parameter")]
    ReservedName {
        /// The name of the parameter.
        name: String,
    },
    /// The request has no target.
    #[error(transparent)]
    Target(#[from] TargetError),
}

impl RequestError {
    pub(super) fn protocol_parameter(name: Bytes<'_>, place: Place) -> Self {
        // What follows the first odd character of a name may be a value that was encoded with it,
        // or a line for somebody's log.
        let name = name
            .decoded()
            .map(char::from)
            .take_while(|character| character.is_ascii_alphanumeric() || *character == '_')
            .collect();
        Self::ProtocolParameter { name, place }
    }
}

impl From<Infallible> for RequestError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
