//! The endpoints of a service ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).

use alloc::{borrow::ToOwned, format, string::String};
use core::fmt;

use thiserror::Error;
use url::Url;

use crate::{
    credentials::Temporary,
    request::{Request, RequestError, Target, TargetError},
    transmission::Placement,
};

/// The three endpoints of a service (RFC 5849, section 2), and how to call them.
///
/// By default, calls are POST requests with an `Authorization` header, as in RFC 5849.
///
/// ```
/// use oauth1_signer::{Placement, flow::Endpoints};
///
/// let flickr = Endpoints::new(
///     "https://www.flickr.com/services/oauth/request_token",
///     "https://www.flickr.com/services/oauth/authorize",
///     "https://www.flickr.com/services/oauth/access_token",
/// )?
/// .method("GET")
/// .placement(Placement::Query);
/// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
/// ```
#[derive(Clone)]
pub struct Endpoints {
    pub(super) temporary: String,
    authorize: Target<'static>,
    /// The fragment of the URL for authorization with its `#`, or nothing.
    authorize_fragment: String,
    pub(super) token: String,
    pub(super) method: String,
    pub(super) placement: Placement,
    token_name: String,
}

impl Endpoints {
    /// Takes three URLs: for temporary credentials ("request token URL"), for the user's
    /// authorization, and for token credentials ("access token URL"). They may have queries.
    ///
    /// # Errors
    ///
    /// [`EndpointsError`] if one of them is not an http or https URL, or has a query that cannot be
    /// signed.
    ///
    /// ```
    /// use oauth1_signer::flow::Endpoints;
    ///
    /// let endpoints = Endpoints::new(
    ///     "https://photos.example.net/initiate",
    ///     "https://photos.example.net/authorize",
    ///     "https://photos.example.net/token",
    /// )?;
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    pub fn new(temporary: &str, authorize: &str, token: &str) -> Result<Self, EndpointsError> {
        Request::post(temporary).map_err(EndpointsError::Temporary)?;
        Request::post(token).map_err(EndpointsError::Token)?;
        // A target has no fragment, but a URL that is opened in a browser may have one.
        let fragment = Url::parse(authorize).ok();
        let fragment = fragment.as_ref().and_then(Url::fragment);
        let authorize_fragment = fragment.map_or(String::new(), |text| format!("#{text}"));
        let authorize =
            Target::try_from(authorize.to_owned()).map_err(EndpointsError::Authorize)?;
        Ok(Self {
            temporary: temporary.to_owned(),
            authorize,
            authorize_fragment,
            token: token.to_owned(),
            method: "POST".to_owned(),
            placement: Placement::Header,
            token_name: "oauth_token".to_owned(),
        })
    }

    /// Sets the HTTP method of the calls, such as `GET` for Flickr and Netflix. The default is
    /// `POST`.
    ///
    /// ```
    /// # use oauth1_signer::flow::Endpoints;
    /// # let url = "https://photos.example.net/oauth";
    /// let endpoints = Endpoints::new(url, url, url)?.method("GET");
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// Sets where the protocol parameters of the calls travel. The default is the header.
    ///
    /// ```
    /// # use oauth1_signer::{Placement, flow::Endpoints};
    /// # let url = "https://photos.example.net/oauth";
    /// let endpoints = Endpoints::new(url, url, url)?.placement(Placement::Query);
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn placement(mut self, placement: Placement) -> Self {
        self.placement = placement;
        self
    }

    /// Takes one URL for all three, for services that only have the last leg: they give a token for
    /// a password (xAuth) or for an older token.
    ///
    /// # Errors
    ///
    /// As in [`Endpoints::new`].
    ///
    /// ```
    /// use oauth1_signer::flow::Endpoints;
    ///
    /// let endpoints =
    ///     Endpoints::token_only("https://www.instapaper.com/api/1/oauth/access_token")?;
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    pub fn token_only(token: &str) -> Result<Self, EndpointsError> {
        Request::post(token).map_err(EndpointsError::Token)?;
        Self::new(token, token, token)
    }

    /// Sets the name of the token in the URL for the user. It is `oauth_token`, except at E*TRADE.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Temporary, flow::{Endpoints, Flow}};
    ///
    /// let etrade = Endpoints::new(
    ///     "https://api.etrade.com/oauth/request_token",
    ///     "https://us.etrade.com/e/t/etws/authorize",
    ///     "https://api.etrade.com/oauth/access_token",
    /// )?
    /// .token_name("token");
    /// let temporary = Temporary::new("/iQRgQCRGPo7Xdk6G8QDSEzX0Jsy6sKNcULcDavAGgU=", "secret");
    /// let flow = Flow::new(Consumer::new("key", "secret"), etrade);
    /// assert_eq!(
    ///     flow.authorize_url(&temporary, &[("key", "c5bb4dcb7bd6826c7c4340df3f791188")]),
    ///     concat!(
    ///         "https://us.etrade.com/e/t/etws/authorize",
    ///         "?token=%2FiQRgQCRGPo7Xdk6G8QDSEzX0Jsy6sKNcULcDavAGgU%3D",
    ///         "&key=c5bb4dcb7bd6826c7c4340df3f791188",
    ///     )
    /// );
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn token_name(mut self, name: impl Into<String>) -> Self {
        self.token_name = name.into();
        self
    }

    /// See [`Flow::authorize_url`](super::Flow::authorize_url).
    pub(super) fn authorize_url(
        &self,
        temporary: &Temporary,
        parameters: &[(&str, &str)],
    ) -> String {
        let mut url = self.authorize.clone();
        let token = (self.token_name.as_str(), temporary.token());
        for (name, value) in [token].iter().chain(parameters) {
            url.push_to_query(name.as_bytes(), value.as_bytes());
        }
        [url.as_str(), &self.authorize_fragment].concat()
    }
}

/// Shows the URLs without their queries.
impl fmt::Debug for Endpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoints")
            .field("temporary", &Target::try_from(&self.temporary).ok())
            .field("authorize", &self.authorize)
            .field("token", &Target::try_from(&self.token).ok())
            .field("method", &self.method)
            .field("placement", &self.placement)
            .field("token_name", &self.token_name)
            .finish_non_exhaustive()
    }
}

/// Why an endpoint cannot be used.
///
/// ```
/// use oauth1_signer::flow::Endpoints;
///
/// let url = "https://api.example.com/oauth";
/// let error = Endpoints::new(url, "example.com/authorize", url).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the endpoint for authorization: the URL does not begin with http:// or https://"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum EndpointsError {
    /// The URL for the user's authorization cannot be used.
    #[error("the endpoint for authorization: {0}")]
    Authorize(TargetError),
    /// The URL for temporary credentials cannot be used.
    #[error("the endpoint for temporary credentials: {0}")]
    Temporary(RequestError),
    /// The URL for token credentials cannot be used.
    #[error("the endpoint for tokens: {0}")]
    Token(RequestError),
}
