//! Where a service hands out tokens, and how it wants to be asked ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use thiserror::Error;

use crate::{Request, RequestError, Target, TargetError, encode};

/// The three endpoints of a service, and how it wants to be asked.
///
/// Unless told otherwise, calls are POST requests with an `Authorization` header, as in RFC 5849.
///
/// ```
/// use oauth1_signer::{Endpoints, Placement};
///
/// let flickr = Endpoints::new(
///     "https://www.flickr.com/services/oauth/request_token",
///     "https://www.flickr.com/services/oauth/authorize",
///     "https://www.flickr.com/services/oauth/access_token",
/// )?
/// .method("GET")
/// .placement(Placement::Query);
/// # Ok::<(), oauth1_signer::EndpointsError>(())
/// ```
#[derive(Clone)]
pub struct Endpoints {
    pub(super) temporary: String,
    authorize: Target<'static>,
    pub(super) token: String,
    pub(super) method: String,
    pub(super) placement: Placement,
    token_name: String,
}

impl Endpoints {
    /// Takes the URLs for temporary credentials ("request token URL"), for the user's authorization
    /// and for token credentials ("access token URL"). They may have queries.
    ///
    /// # Errors
    ///
    /// [`EndpointsError`] if one of them is no http or https URL, or has a query that cannot be
    /// signed.
    pub fn new(temporary: &str, authorize: &str, token: &str) -> Result<Self, EndpointsError> {
        Request::post(temporary).map_err(EndpointsError::Temporary)?;
        Request::post(token).map_err(EndpointsError::Token)?;
        let authorize =
            Target::try_from(authorize.to_owned()).map_err(EndpointsError::Authorize)?;
        Ok(Self {
            temporary: temporary.to_owned(),
            authorize,
            token: token.to_owned(),
            method: "POST".to_owned(),
            placement: Placement::Header,
            token_name: "oauth_token".to_owned(),
        })
    }

    /// Sets the method of the calls, such as `GET` for Flickr and Netflix.
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// Sets where the signed parameters of the calls travel.
    #[must_use]
    pub fn placement(mut self, placement: Placement) -> Self {
        self.placement = placement;
        self
    }

    /// Sets the name that the token has in the URL for the user, which is `oauth_token` except at
    /// E*TRADE.
    ///
    /// ```
    /// use oauth1_signer::{Endpoints, Temporary};
    ///
    /// let etrade = Endpoints::new(
    ///     "https://api.etrade.com/oauth/request_token",
    ///     "https://us.etrade.com/e/t/etws/authorize",
    ///     "https://api.etrade.com/oauth/access_token",
    /// )?
    /// .token_name("token");
    /// let temporary = Temporary::new("/iQRgQCRGPo7Xdk6G8QDSEzX0Jsy6sKNcULcDavAGgU=", "secret");
    /// assert_eq!(
    ///     etrade.authorize_url(&temporary, &[("key", "c5bb4dcb7bd6826c7c4340df3f791188")]),
    ///     concat!(
    ///         "https://us.etrade.com/e/t/etws/authorize",
    ///         "?token=%2FiQRgQCRGPo7Xdk6G8QDSEzX0Jsy6sKNcULcDavAGgU%3D",
    ///         "&key=c5bb4dcb7bd6826c7c4340df3f791188",
    ///     )
    /// );
    /// # Ok::<(), oauth1_signer::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn token_name(mut self, name: impl Into<String>) -> Self {
        self.token_name = name.into();
        self
    }

    /// The URL to send the user to, with further parameters such as `perms`, `application_name` or,
    /// for a server of OAuth Core 1.0, `oauth_callback`. They are not signed.
    ///
    /// ```
    /// use oauth1_signer::{Endpoints, Temporary};
    ///
    /// let endpoints = Endpoints::new(
    ///     "https://www.flickr.com/services/oauth/request_token",
    ///     "https://www.flickr.com/services/oauth/authorize",
    ///     "https://www.flickr.com/services/oauth/access_token",
    /// )?;
    /// let temporary = Temporary::new("72157626737672178-022bbd2f4c2f3432", "fccb68c4e6103197");
    /// assert_eq!(
    ///     endpoints.authorize_url(&temporary, &[("perms", "write")]),
    ///     concat!(
    ///         "https://www.flickr.com/services/oauth/authorize",
    ///         "?oauth_token=72157626737672178-022bbd2f4c2f3432&perms=write",
    ///     )
    /// );
    /// # Ok::<(), oauth1_signer::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn authorize_url(
        &self,
        temporary: &crate::Temporary,
        parameters: &[(&str, &str)],
    ) -> String {
        let token = [(self.token_name.as_str(), temporary.token())];
        let mut url = with_query(&self.authorize, token.iter().chain(parameters).copied());
        url.push_str(self.authorize.after_query());
        url
    }
}

/// The text of a URL up to its fragment, with parameters behind the query it has.
pub(super) fn with_query<'p>(
    target: &Target<'_>,
    parameters: impl Iterator<Item = (&'p str, &'p str)>,
) -> String {
    let mut url = target.before_query().to_owned();
    let query = target.query();
    let mut separator = if query.is_some() { "" } else { "?" };
    if let Some(query) = query {
        url.push('?');
        url.push_str(query);
        if !query.is_empty() && !query.ends_with('&') {
            separator = "&";
        }
    }
    for (name, value) in parameters {
        url.push_str(separator);
        url.push_str(&encode(name));
        url.push('=');
        url.push_str(&encode(value));
        separator = "&";
    }
    url
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
            .finish()
    }
}

/// Where the signed parameters travel (RFC 5849, section 3.5).
///
/// ```
/// use oauth1_signer::{Consumer, Leg, Placement, Stamp};
///
/// let consumer = Consumer::new("key", "secret");
/// let leg = Leg::xauth(&consumer, "https://www.example.com/access_token", "name", "password")
///     .placement(Placement::Query);
/// let call = leg.call(Stamp::new("nonce", 1316657628))?;
/// assert!(call.url().starts_with("https://www.example.com/access_token?oauth_consumer_key=key&"));
/// # Ok::<(), oauth1_signer::CallError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Placement {
    /// In the form body.
    Body,
    /// In the `Authorization` header, which RFC 5849 prefers.
    #[default]
    Header,
    /// In the query of the URL.
    Query,
}

/// Why endpoints cannot be used.
///
/// ```
/// use oauth1_signer::Endpoints;
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
    /// The URL to send the user to.
    #[error("the endpoint for authorization: {0}")]
    Authorize(TargetError),
    /// The URL of the first leg.
    #[error("the endpoint for temporary credentials: {0}")]
    Temporary(RequestError),
    /// The URL of the last leg.
    #[error("the endpoint for tokens: {0}")]
    Token(RequestError),
}
