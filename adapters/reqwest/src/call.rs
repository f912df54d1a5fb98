//! Requests from calls, which are signed already.

use oauth1_signer::Call;
use reqwest::{
    Method, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
use thiserror::Error;

use crate::sealed::Sealed;

/// Makes a request from a [`Call`], such as those that get a token.
///
/// It is implemented for [`reqwest::Request`] and, with the feature `blocking`, for
/// `reqwest::blocking::Request`. Send the request once, with a client that does not follow redirects.
///
/// ```no_run
/// use oauth1_signer::{Callback, Stamp, Temporary, flow::Flow};
/// use oauth1_signer_reqwest::{Answer, FromCall};
/// use reqwest::{Client, Request};
///
/// async fn temporary(client: &Client, flow: &Flow)
///     -> Result<Temporary, Box<dyn std::error::Error>>
/// {
///     let leg = flow.temporary(Callback::OutOfBand);
///     let request = Request::from_call(&leg.call(Stamp::now())?)?;
///     let answer = Answer::read(client.execute(request).await?).await?;
///     Ok(leg.accept(answer.response())?)
/// }
/// ```
pub trait FromCall: Sized + Sealed {
    /// Takes the method, the URL, the headers and the body of a call. The `Authorization` header is
    /// marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`CallError`] if reqwest would send another request than the one that was signed.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    /// use oauth1_signer_reqwest::FromCall;
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let link = Request::get("https://api.example.com/photos?size=original")?;
    /// let call = signer.sign(&link, Stamp::now()).call(Placement::Query);
    /// let request = reqwest::Request::from_call(&call)?;
    /// assert_eq!(request.url().as_str(), call.url());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from_call(call: &Call) -> Result<Self, CallError>;
}

impl FromCall for reqwest::Request {
    fn from_call(call: &Call) -> Result<Self, CallError> {
        let (method, url, headers) = head(call)?;
        let mut request = Self::new(method, url);
        *request.headers_mut() = headers;
        *request.body_mut() = body(call).map(reqwest::Body::from);
        Ok(request)
    }
}

pub(crate) fn head(call: &Call) -> Result<(Method, Url, HeaderMap), CallError> {
    let method = Method::from_bytes(call.method().as_bytes()).map_err(|_| CallError::Method)?;
    let url = Url::parse(call.url()).map_err(|_| CallError::Url)?;
    if url.as_str() != call.url() {
        return Err(CallError::Url);
    }
    let headers = call.headers().map(|(name, value)| {
        let name = HeaderName::try_from(name).expect("the name of a known header");
        let mut value = HeaderValue::try_from(value).expect("a value in visible ASCII");
        value.set_sensitive(name == AUTHORIZATION);
        (name, value)
    });
    Ok((method, url, headers.collect()))
}

pub(crate) fn body(call: &Call) -> Option<String> {
    Some(call.body())
        .filter(|body| !body.is_empty())
        .map(str::to_owned)
}

/// Why a [`Call`] cannot be sent with reqwest.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use http::Uri;
/// use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
/// use oauth1_signer_reqwest::{CallError, FromCall};
///
/// // Signed as hyper would send it; reqwest would send `/b`.
/// let uri = Uri::from_static("https://api.example.com/a/../b");
/// let request = Request::get(uri)?;
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let call = signer.sign(&request, Stamp::now()).call(Placement::Header);
/// assert_eq!(reqwest::Request::from_call(&call).unwrap_err(), CallError::Url);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallError {
    /// reqwest does not take the method.
    #[error("reqwest does not take the method of the call")]
    Method,
    /// reqwest would write the URL in another way than it was signed. It sends a
    /// [`Url`](reqwest::Url), so make the request that is signed from one too.
    #[error("reqwest would send another URL than the one that was signed: sign a `Url`")]
    Url,
}

impl Sealed for reqwest::Request {}
