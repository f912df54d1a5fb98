//! Why a request was not signed.

use std::{convert::Infallible, error::Error};

use oauth1_signer::http::HttpError;
use thiserror::Error as ThisError;

/// Why a request was not signed. Nothing was sent, and a [`reqwest::Request`] is as it was.
///
/// `E` is the error of the key, which cannot fail if it is HMAC.
///
/// ```
/// use oauth1_signer::{Consumer, Signer};
/// use oauth1_signer_reqwest::{Sign, SignError};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let client = reqwest::Client::new();
/// let error = client.get("https://user@api.example.com/").sign(&signer).unwrap_err();
/// assert!(matches!(error, SignError::BasicCredentials));
/// ```
#[derive(Debug, ThisError)]
#[non_exhaustive]
pub enum SignError<E: Error = Infallible> {
    /// The request has an `Authorization` header with HTTP Basic credentials. reqwest makes one from
    /// user information in the URL, and `basic_auth` does too. A request can have one
    /// `Authorization` header only.
    #[error(
        "the request has HTTP Basic credentials already: remove the user information from the URL, or basic_auth"
    )]
    BasicCredentials,
    /// The builder has failed before it was signed, for example because the URL is invalid. The
    /// text contains the cause.
    #[error("reqwest cannot build the request: {}", cause(.0))]
    Builder(reqwest::Error),
    /// The request cannot be signed as it is.
    #[error(transparent)]
    Http(#[from] HttpError<E>),
    /// The URL of a [`reqwest::Request`] contains user information, which would not be sent.
    #[error("the URL contains user information, which is not sent: remove it from the URL")]
    UserInformation,
}

impl<E: Error> SignError<E> {
    /// The URL may contain secrets in its query.
    pub(crate) fn builder(error: reqwest::Error) -> Self {
        Self::Builder(error.without_url())
    }
}

/// What an error was caused by in the first place; reqwest itself says no more than "builder error".
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
