//! Signing the request of a builder, and a request that is built already.

use std::error::Error;

use oauth1_signer::{Signer, Stamp, Target, http::HttpError, signature_method::SigningKey};
use reqwest::{
    Method, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};

use crate::{SignError, sealed::Sealed};

/// Signs the request of a builder: the last call before `send`.
///
/// It is implemented for [`reqwest::RequestBuilder`] and, with the feature `blocking`, for
/// `reqwest::blocking::RequestBuilder`. The request is signed as it will be sent, so add the query,
/// the form and the headers first. What is added after signing is not signed: servers refuse a
/// request whose query or form has changed.
///
/// The `Authorization` header is marked as sensitive, so that `Debug` of the request does not show
/// it.
///
/// ```
/// use oauth1_signer::{Consumer, Signer, Token};
/// use oauth1_signer_reqwest::Sign;
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), &Token::new("token", "secret"));
/// let url = "https://api.example.com/statuses/update.json";
/// let fields = [("status", "Hello!")];
/// let client = reqwest::Client::new();
/// let request = client.post(url).form(&fields).sign(&signer)?.build()?;
/// assert!(request.headers().contains_key("Authorization"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Sign: Sized + Sealed {
    /// Signs the request with a fresh nonce and the time of the system clock.
    ///
    /// It does not exist on `wasm32-unknown-unknown`, which has no clock: use
    /// [`sign_with`](Self::sign_with) there.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the builder has failed already, or the request cannot be signed as it is.
    ///
    /// # Panics
    ///
    /// If the operating system cannot provide the random bytes for the first nonce of a thread.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Signer};
    /// # use oauth1_signer_reqwest::Sign;
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let client = reqwest::Client::new();
    /// let url = "https://api.example.com/photos";
    /// let builder = client.get(url).query(&[("size", "original")]).sign(&signer)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    fn sign<K: SigningKey>(self, signer: &Signer<K>) -> Result<Self, SignError<K::Error>> {
        self.sign_with(signer, Stamp::now())
    }

    /// Signs the request with the given stamp, for a clock that is corrected, and for tests.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the builder has failed already, or the request cannot be signed as it is.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Signer};
    /// # use oauth1_signer_reqwest::Sign;
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let client = reqwest::Client::new();
    /// use oauth1_signer::response::Clock;
    ///
    /// let mut clock = Clock::new();
    /// let url = "https://api.example.com/photos?size=original";
    /// let builder = client.get(url).sign_with(&signer, clock.stamp())?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn sign_with<K: SigningKey>(
        self,
        signer: &Signer<K>,
        stamp: Stamp,
    ) -> Result<Self, SignError<K::Error>>;
}

impl Sign for reqwest::RequestBuilder {
    fn sign_with<K: SigningKey>(
        self,
        signer: &Signer<K>,
        stamp: Stamp,
    ) -> Result<Self, SignError<K::Error>> {
        let (client, request) = self.build_split();
        let mut request = request.map_err(SignError::builder)?;
        signer.sign_request(&mut request, stamp)?;
        Ok(Self::from_parts(client, request))
    }
}

/// Signs a request that is built already, for clients with a hook between building and sending.
///
/// `R` is [`reqwest::Request`] or, with the feature `blocking`, `reqwest::blocking::Request`.
///
/// ```
/// use oauth1_signer::{Consumer, Signer, Stamp};
/// use oauth1_signer_reqwest::{SignError, SignRequest};
/// use reqwest::{Method, Request};
///
/// /// What a library of a service may ask for.
/// trait AuthProvider {
///     fn authenticate(&self, request: &mut Request) -> Result<(), SignError>;
/// }
///
/// struct OAuth1(Signer);
///
/// impl AuthProvider for OAuth1 {
///     fn authenticate(&self, request: &mut Request) -> Result<(), SignError> {
///         self.0.sign_request(request, Stamp::now())
///     }
/// }
///
/// let provider = OAuth1(Signer::new(&Consumer::new("key", "secret"), None));
/// let url = "https://api.example.com/photos?size=original".parse()?;
/// let mut request = Request::new(Method::GET, url);
/// provider.authenticate(&mut request)?;
/// assert!(request.headers().contains_key("Authorization"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait SignRequest<R>: Sealed {
    /// The error of the key, in [`SignError`].
    type Error: Error;

    /// Adds the `Authorization` header to the request, which must not change after that.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the request cannot be signed as it is. It is then unchanged.
    fn sign_request(&self, request: &mut R, stamp: Stamp) -> Result<(), SignError<Self::Error>>;
}

impl<K: SigningKey> SignRequest<reqwest::Request> for Signer<K> {
    type Error = K::Error;

    fn sign_request(
        &self,
        request: &mut reqwest::Request,
        stamp: Stamp,
    ) -> Result<(), SignError<K::Error>> {
        let body = request
            .body()
            .map_or(Some(&[][..]), reqwest::Body::as_bytes);
        let (method, url, headers) = (request.method(), request.url(), request.headers());
        let value = authorization(self, method, url, headers, body, stamp)?;
        add(request.headers_mut(), value)
    }
}

/// The body is `None` if it cannot be read, and empty if there is none.
pub(crate) fn authorization<K: SigningKey>(
    signer: &Signer<K>,
    method: &Method,
    url: &Url,
    headers: &HeaderMap,
    body: Option<&[u8]>,
    stamp: Stamp,
) -> Result<HeaderValue, SignError<K::Error>> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(SignError::UserInformation);
    }
    if headers.get_all(AUTHORIZATION).iter().any(is_basic) {
        return Err(SignError::BasicCredentials);
    }
    let target = Target::try_from(url).map_err(HttpError::from)?;
    Ok(signer.http_authorization(method, target, headers, body, stamp)?)
}

pub(crate) fn add<E: Error>(
    headers: &mut HeaderMap,
    value: HeaderValue,
) -> Result<(), SignError<E>> {
    match headers.try_insert(AUTHORIZATION, value) {
        Ok(_) => Ok(()),
        Err(_) => Err(HttpError::TooManyHeaders.into()),
    }
}

fn is_basic(value: &HeaderValue) -> bool {
    let scheme = value.as_bytes().split(|&byte| byte == b' ').next();
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"basic"))
}

impl Sealed for reqwest::RequestBuilder {}

impl<K> Sealed for Signer<K> {}
