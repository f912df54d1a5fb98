//! Signing in a client of the crate `reqwest-middleware`.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use http::Extensions;
use oauth1_signer::{
    Signer, Stamp, Target, TargetError,
    http::{HttpError, Origin, OriginError},
    signature_method::{HmacSha1, SigningKey},
};
use reqwest::{Method, Request, Response, Url, header::LOCATION};
use reqwest_middleware::{Error, Middleware, Next};

use crate::{SignError, SignRequest};

/// Signs every request of a [`ClientWithMiddleware`](reqwest_middleware::ClientWithMiddleware) to
/// one origin.
///
/// Add it *after* a middleware that retries: then every attempt has a stamp and a signature of its
/// own, as servers require.
///
/// A request to another origin is refused with [`OriginError::Foreign`], because a signature gives
/// away what it was made for, and with PLAINTEXT both secrets. [`SignMiddleware::pass_foreign`] sends
/// it unsigned instead. The errors are [`SignError`]s in
/// [`Error::Middleware`](reqwest_middleware::Error::Middleware).
///
/// ```
/// use oauth1_signer::{Consumer, Signer, Token, http::Origin};
/// use oauth1_signer_reqwest::SignMiddleware;
/// use reqwest_middleware::ClientBuilder;
/// use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), &Token::new("token", "secret"));
/// let origin = Origin::new("https://api.example.com")?;
/// let retries = ExponentialBackoff::builder().build_with_max_retries(3);
///
/// // A redirect would be sent with the old signature, and the middleware would not see it.
/// let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
/// let client = ClientBuilder::new(client.build()?)
///     .with(RetryTransientMiddleware::new_with_policy(retries))
///     .with(SignMiddleware::new(signer, origin))
///     .build();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SignMiddleware<K = HmacSha1> {
    signer: Arc<Signer<K>>,
    origin: Origin,
    pass_foreign: bool,
    redirects: usize,
    stamp: Arc<dyn Fn() -> Stamp + Send + Sync>,
}

impl<K: SigningKey> SignMiddleware<K> {
    /// Signs requests to this origin, each with a fresh nonce and the time of the system clock.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, http::Origin};
    /// use oauth1_signer_reqwest::SignMiddleware;
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let middleware = SignMiddleware::new(signer, Origin::new("https://api.example.com")?);
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn new(signer: Signer<K>, origin: Origin) -> Self {
        Self {
            signer: Arc::new(signer),
            origin,
            pass_foreign: false,
            redirects: 0,
            stamp: Arc::new(Stamp::now),
        }
    }

    /// Sends requests to other origins unsigned, instead of refusing them.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, http::Origin};
    /// use oauth1_signer_reqwest::SignMiddleware;
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let origin = Origin::new("https://api.example.com")?;
    /// let middleware = SignMiddleware::new(signer, origin).pass_foreign();
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn pass_foreign(mut self) -> Self {
        self.pass_foreign = true;
        self
    }

    /// Follows up to so many redirects of a `GET` or `HEAD` request within the origin, and signs each
    /// request anew. Any other redirect is returned as it is, also one to a URL that cannot be signed.
    ///
    /// The client must not follow redirects itself, or the middleware does not see them: build it
    /// with `redirect(Policy::none())`.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, http::Origin};
    /// use oauth1_signer_reqwest::SignMiddleware;
    /// use reqwest::redirect::Policy;
    /// use reqwest_middleware::ClientBuilder;
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let origin = Origin::new("https://api.example.com")?;
    /// let client = reqwest::Client::builder().redirect(Policy::none()).build()?;
    /// let client = ClientBuilder::new(client)
    ///     .with(SignMiddleware::new(signer, origin).follow_redirects(5))
    ///     .build();
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn follow_redirects(mut self, limit: usize) -> Self {
        self.redirects = limit;
        self
    }

    /// Takes stamps from a function, such as one with a corrected clock, instead of
    /// [`Stamp::now`].
    ///
    /// ```
    /// use std::sync::Mutex;
    ///
    /// use oauth1_signer::{Consumer, Signer, http::Origin, response::Clock};
    /// use oauth1_signer_reqwest::SignMiddleware;
    ///
    /// static CLOCK: Mutex<Clock> = Mutex::new(Clock::new());
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let origin = Origin::new("https://api.example.com")?;
    /// let stamp = || CLOCK.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).stamp();
    /// let middleware = SignMiddleware::new(signer, origin).stamped_by(stamp);
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn stamped_by(mut self, stamp: impl Fn() -> Stamp + Send + Sync + 'static) -> Self {
        self.stamp = Arc::new(stamp);
        self
    }

    fn is_of_origin(&self, url: &Url) -> Result<bool, TargetError> {
        Ok(self.origin.is_of(&Target::try_from(url)?))
    }

    fn sign(&self, request: &mut Request) -> Result<(), SignError<K::Error>>
    where
        K: SigningKey,
    {
        self.signer.sign_request(request, (self.stamp)())
    }

    /// The request that a response redirects to, if it is one that is followed.
    fn redirected(&self, request: Option<Request>, response: &Response) -> Option<Request> {
        let mut request = request?;
        if !matches!(response.status().as_u16(), 301..=303 | 307 | 308) {
            return None;
        }
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        *request.url_mut() = request.url().join(location).ok()?;
        self.is_of_origin(request.url()).ok()?.then_some(request)
    }
}

#[async_trait]
impl<K> Middleware for SignMiddleware<K>
where
    K: SigningKey<Error: Send + Sync + 'static> + Send + Sync + 'static,
{
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        let refuse = |error| Error::middleware(SignError::<K::Error>::Http(error));
        if !self
            .is_of_origin(request.url())
            .map_err(HttpError::from)
            .map_err(refuse)?
        {
            if self.pass_foreign {
                return next.run(request, extensions).await;
            }
            return Err(refuse(OriginError::Foreign.into()));
        }
        let mut redirects = self.redirects;
        let mut unsigned = copy_to_follow(&request, redirects);
        self.sign(&mut request).map_err(Error::middleware)?;
        loop {
            let response = next.clone().run(request, extensions).await?;
            let Some(mut redirected) = self.redirected(unsigned, &response) else {
                return Ok(response);
            };
            redirects -= 1;
            unsigned = copy_to_follow(&redirected, redirects);
            if self.sign(&mut redirected).is_err() {
                return Ok(response);
            }
            request = redirected;
        }
    }
}

/// The request before it is signed, if redirects of it are followed.
fn copy_to_follow(request: &Request, redirects: usize) -> Option<Request> {
    let may_follow = redirects > 0 && [Method::GET, Method::HEAD].contains(request.method());
    may_follow.then(|| request.try_clone()).flatten()
}

// Derived, it would need a key that can be cloned.
impl<K> Clone for SignMiddleware<K> {
    fn clone(&self) -> Self {
        Self {
            signer: Arc::clone(&self.signer),
            origin: self.origin.clone(),
            pass_foreign: self.pass_foreign,
            redirects: self.redirects,
            stamp: Arc::clone(&self.stamp),
        }
    }
}

/// Shows the origin; the signer hides its secrets.
impl<K> fmt::Debug for SignMiddleware<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignMiddleware")
            .field("signer", &self.signer)
            .field("origin", &self.origin)
            .field("pass_foreign", &self.pass_foreign)
            .field("redirects", &self.redirects)
            .finish_non_exhaustive()
    }
}
