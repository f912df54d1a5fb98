//! A call to send.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::{convert::Infallible, fmt};

use thiserror::Error;

use super::{Placement, endpoints::with_query};
use crate::{FormBody, Request, RequestError, Signed, Target, credentials::Secret};

/// A signed call, ready to send with any HTTP client.
///
/// Send it once: a second attempt wants another stamp. Do not follow redirects with it, and add no
/// conditional headers (`If-Modified-Since`), with which some servers answer without a token.
///
/// ```
/// use oauth1_signer::{Callback, Consumer, Endpoints, Flow, Stamp};
///
/// let endpoints = Endpoints::new(
///     "https://photos.example.net/initiate",
///     "https://photos.example.net/authorize",
///     "https://photos.example.net/token",
/// )?;
/// let flow = Flow::new(Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44"), endpoints);
/// let call = flow.temporary(Callback::OutOfBand).call(Stamp::new("wIjqoxSZ", 137131200))?;
/// assert_eq!((call.method(), call.url()), ("POST", "https://photos.example.net/initiate"));
/// let names: Vec<&str> = call.headers().map(|(name, _)| name).collect();
/// assert_eq!(names, ["Authorization"]);
/// assert_eq!(call.body(), "");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Call {
    method: String,
    url: Secret,
    authorization: Option<Secret>,
    /// `None` if there is no form.
    form: Option<Secret>,
    base_string: Secret,
}

impl Call {
    pub(super) fn new(signed: &Signed<'_>, request: &Request<'_>, placement: Placement) -> Self {
        let form = match placement {
            Placement::Body => Some(signed.form_body()),
            Placement::Header | Placement::Query => Some(request.form_body()),
        };
        let form = form
            .map(|form| form.to_string())
            .filter(|form| !form.is_empty());
        let url = match placement {
            Placement::Query => signed.query().to_url(),
            Placement::Body | Placement::Header => {
                with_query(request.target(), core::iter::empty())
            }
        };
        let authorization = match placement {
            Placement::Header => Some(Secret(signed.authorization_header().to_value())),
            Placement::Body | Placement::Query => None,
        };
        Self {
            method: request.method().to_string(),
            url: Secret(url),
            authorization,
            form: form.map(Secret),
            base_string: Secret(signed.base_string().to_string()),
        }
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The whole URL, with the signed parameters if they travel in the query.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url.0
    }

    /// The headers to set: `Authorization` and `Content-Type`, each only if it is needed.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let authorization = self.authorization.as_ref();
        let authorization = authorization.map(|value| ("Authorization", value.0.as_str()));
        let content_type = self.form.as_ref();
        let content_type = content_type.map(|_| ("Content-Type", FormBody::CONTENT_TYPE));
        authorization.into_iter().chain(content_type)
    }

    /// The body: a form, or nothing.
    #[must_use]
    pub fn body(&self) -> &str {
        self.form.as_ref().map_or("", |form| &form.0)
    }

    /// The signature base string, to compare with what the server made of the call. See
    /// [`ProblemReport::base_string`](crate::ProblemReport::base_string).
    #[must_use]
    pub fn base_string(&self) -> &str {
        &self.base_string.0
    }
}

/// Shows the URL without its query, the names of headers, and the length of the body.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("url", &Target::try_from(self.url()).ok())
            .field("headers", &headers)
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

/// Why a call cannot be made. `E` is the error of the signing key, which HMAC does not have.
///
/// ```
/// use oauth1_signer::{Consumer, Leg, Stamp};
///
/// let consumer = Consumer::new("key", "secret");
/// let leg = Leg::xauth(&consumer, "http://www.example.com/access_token", "name", "password");
/// assert_eq!(
///     leg.call(Stamp::new("nonce", 1316657628)).unwrap_err().to_string(),
///     "a password is sent over https only"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallError<E = Infallible> {
    /// A GET request has no body, in which signed parameters or a form could travel.
    #[error("a GET request has no form body")]
    BodyOfGet,
    /// The password of xAuth would travel without encryption.
    #[error("a password is sent over https only")]
    Insecure,
    /// The key cannot sign.
    #[error("the signing key failed: {0}")]
    Key(E),
    /// The request cannot be signed.
    #[error(transparent)]
    Request(#[from] RequestError),
}
