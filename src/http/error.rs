//! Why a request of the crate `http` could not be signed.

use core::convert::Infallible;

use thiserror::Error;

use super::OriginError;
use crate::request::{RequestError, TargetError};

/// Why a request of the crate `http` could not be signed. The request is as it was.
///
/// ```
/// use oauth1_signer::{Consumer, Signer, Stamp, http::HttpError};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let mut request = http::Request::get("/photos").body(())?;
/// let error = signer.sign_http(&mut request, Stamp::new("nonce", 1316657628)).unwrap_err();
/// assert_eq!(error, HttpError::Relative);
/// assert_eq!(
///     error.to_string(),
///     "the URI has no scheme and host: use `sign_http_at` and say where the request goes"
/// );
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum HttpError<E = Infallible> {
    /// The request has an `Authorization` header already. It is signed already, or its client turned
    /// the user information of the URL into one.
    #[error(
        "an Authorization header is set already: is this signed already, or did the client make one of user information in the URL?"
    )]
    Authorization,
    /// The signer hashes bodies, but the bytes of this one cannot be read. See
    /// [`Signer::with_http_body_hash`](crate::Signer::with_http_body_hash).
    #[error("the body is a stream: send it as text or bytes, which can be hashed")]
    BodyUnreadable,
    /// The request has more than one `Content-Type` header, so a server could read its body as a form
    /// or not.
    #[error("the Content-Type header is set more than once")]
    ContentTypeGivenTwice,
    /// The body is a form, which has to be signed, but its bytes cannot be read.
    #[error(
        "the body is a form, but its bytes cannot be read, as those of a stream: send it as text or bytes"
    )]
    FormUnreadable,
    /// The `Host` header names another host or port than the URI. Servers check the signature with
    /// that of the header.
    #[error(
        "the Host header and the URI name different hosts: leave the header out, or make the URI relative and use `sign_http_at`"
    )]
    Host,
    /// The key could not sign.
    #[error(transparent)]
    Key(E),
    /// The request does not go to the origin that it was to be signed for.
    #[error(transparent)]
    Origin(OriginError),
    /// The URI is relative. Use [`Signer::sign_http_at`](crate::Signer::sign_http_at).
    #[error("the URI has no scheme and host: use `sign_http_at` and say where the request goes")]
    Relative,
    /// The request cannot be signed.
    #[error(transparent)]
    Request(RequestError),
    /// There is no room for one more header.
    #[error("the request has too many headers")]
    TooManyHeaders,
}

impl<E> From<OriginError> for HttpError<E> {
    fn from(error: OriginError) -> Self {
        Self::Origin(error)
    }
}

impl<E> From<RequestError> for HttpError<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<E> From<TargetError> for HttpError<E> {
    fn from(error: TargetError) -> Self {
        Self::Request(error.into())
    }
}
