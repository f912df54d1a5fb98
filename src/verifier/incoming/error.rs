//! Why a received request could not be read ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use alloc::string::String;

use thiserror::Error;

use crate::{
    request::{Place, TargetError},
    transmission::AuthorizationError,
};

/// Why a received request could not be read. No error contains a value.
///
/// ```
/// use oauth1_signer::verifier::{Body, Incoming};
///
/// let authorization = r#"OAuth oauth_consumer_key="key""#;
/// let error = Incoming::read("GET", "https://example.com/", Some(authorization), Body::none());
/// assert_eq!(error.unwrap_err().to_string(), "oauth_signature_method is missing");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum IncomingError {
    /// The `Authorization` header is of the scheme OAuth, but malformed.
    #[error(transparent)]
    Authorization(#[from] AuthorizationError),
    /// A protocol parameter occurs twice ([RFC 5849 §3.1]).
    ///
    /// [RFC 5849 §3.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.1
    #[error("{name} occurs twice in the {place}")]
    Duplicate {
        /// The name of the parameter, up to the first character other than a letter, digit or `_`.
        name: String,
        /// Where it occurs.
        place: Place,
    },
    /// The request has a header more than once that it may have once only. Programs differ in which one
    /// they read.
    #[error("there is more than one {name} header")]
    HeaderTwice {
        /// The name of the header.
        name: &'static str,
    },
    /// A `%` is not followed by two hexadecimal digits.
    #[error("malformed percent escape at byte {position} of the {place}")]
    MalformedEscape {
        /// The part of the request that contains the `%`.
        place: Place,
        /// The number of bytes before the `%`.
        position: usize,
    },
    /// The method is not a valid HTTP method.
    #[error("the method is not a valid HTTP method")]
    Method,
    /// A required protocol parameter is missing.
    #[error("{name} is missing")]
    Missing {
        /// The name of the parameter.
        name: &'static str,
    },
    /// The request has no protocol parameters at all.
    #[error("the request is not signed with OAuth 1.0")]
    NotSigned,
    /// The decoded name or value of a protocol parameter is not UTF-8.
    #[error("the value of {name} in the {place} is not UTF-8")]
    NotText {
        /// The name of the parameter, up to the first character other than a letter, digit or `_`.
        name: String,
        /// Where it occurs.
        place: Place,
    },
    /// Protocol parameters are in more than one place ([RFC 5849 §3.5]).
    ///
    /// [RFC 5849 §3.5]: https://www.rfc-editor.org/rfc/rfc5849#section-3.5
    #[error("{name} is in the {place}, and other protocol parameters are elsewhere")]
    SeveralPlaces {
        /// The name of the parameter, up to the first character other than a letter, digit or `_`.
        name: String,
        /// Where it occurs.
        place: Place,
    },
    /// The URL cannot be that of a signed request.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The timestamp is not a positive integer.
    #[error("oauth_timestamp is not a positive integer")]
    Timestamp,
    /// The query, with the rest of the URL, or the form is too long.
    #[error("the {place} is longer than {limit} bytes")]
    TooLong {
        /// The part of the request.
        place: Place,
        /// The number of bytes that are read.
        limit: usize,
    },
    /// The query or the form has too many parameters.
    #[error("the {place} has more than {limit} parameters")]
    TooManyParameters {
        /// The part of the request.
        place: Place,
        /// The number of parameters that are read.
        limit: usize,
    },
    /// The version is not `1.0`.
    #[error("oauth_version is not 1.0")]
    Version,
}
