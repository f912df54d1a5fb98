//! A layer of tower that signs each attempt of a request anew. Needs the feature `tower`.
//!
//! Put a [`SignLayer`] below all that sends a request more than once, such as the `Retry` of tower and
//! the `FollowRedirect` of tower-http, and above what connects: then each attempt has a nonce of its
//! own.
//!
//! ```
//! # #[cfg(feature = "rand")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use oauth1_signer::{Consumer, Signer, Token, http::Origin, tower::SignLayer};
//! use tower_layer::Layer;
//! use tower_service::Service;
//! # struct Client;
//! # impl Service<http::Request<String>> for Client {
//! #     type Response = http::Response<String>;
//! #     type Error = std::convert::Infallible;
//! #     type Future = std::future::Ready<Result<Self::Response, Self::Error>>;
//! #     fn poll_ready(
//! #         &mut self,
//! #         _: &mut std::task::Context<'_>,
//! #     ) -> std::task::Poll<Result<(), Self::Error>> {
//! #         std::task::Poll::Ready(Ok(()))
//! #     }
//! #     fn call(&mut self, request: http::Request<String>) -> Self::Future {
//! #         assert!(request.headers().contains_key("authorization"));
//! #         std::future::ready(Ok(http::Response::new(String::new())))
//! #     }
//! # }
//! # let client = Client;
//!
//! let signer = Signer::new(&Consumer::new("key", "secret"), &Token::new("token", "secret"));
//! let layer = SignLayer::new(signer, Origin::new("https://api.example.com")?);
//! let mut service = layer.layer(client); // any service for requests of the crate `http`
//!
//! let request = http::Request::get("https://api.example.com/photos").body(String::new())?;
//! let response = service.call(request);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "rand"))]
//! # fn main() {}
//! ```
//!
//! The signature is never sent to another origin than the one given, to which a redirect may lead.
//! Such a request is refused, or passed on unsigned with [`SignLayer::pass_foreign`]. A service with
//! several hosts gets several layers that pass what is not theirs.
//!
//! The body has to be [readable](crate::http::BodyBytes), because forms are signed: text or bytes. If
//! the client below wants another type, turn the body into it below this layer, for example with
//! `map_request(|request: http::Request<Bytes>| request.map(Full::new))` for hyper.

mod future;

use alloc::{boxed::Box, sync::Arc};
use core::{
    error::Error,
    fmt,
    task::{Context, Poll},
};

use tower_layer::Layer;
use tower_service::Service;

pub use self::future::SignFuture;
use crate::{
    http::{BodyBytes, HttpError, Origin, OriginError},
    signature_method::{HmacSha1, SigningKey},
    signer::Signer,
    stamp::Stamp,
};

/// Signs each request that passes with a stamp of its own, if it goes to one origin.
///
/// See the [module](self) for where to put it.
pub struct SignLayer<K = HmacSha1> {
    signer: Arc<Signer<K>>,
    origin: Arc<Origin>,
    stamp: Arc<dyn Fn() -> Stamp + Send + Sync>,
    passes_foreign: bool,
}

impl<K> SignLayer<K> {
    /// Signs the requests that go to an origin, with the time of the system clock. Needs the feature
    /// `rand`, and a clock: on `wasm32-unknown-unknown`, use [`SignLayer::with_stamps`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, http::Origin, tower::SignLayer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let layer = SignLayer::new(signer, Origin::new("https://api.example.com")?);
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[cfg(all(
        feature = "rand",
        not(all(target_family = "wasm", target_os = "unknown"))
    ))]
    #[must_use]
    pub fn new(signer: Signer<K>, origin: Origin) -> Self {
        Self::with_stamps(signer, origin, Stamp::now)
    }

    /// Signs the requests that go to an origin, with stamps that are made elsewhere, for example with
    /// a corrected [`Clock`](crate::response::Clock). Each must have a new nonce.
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    ///
    /// use oauth1_signer::{Consumer, Signer, Stamp, http::Origin, tower::SignLayer};
    /// # let sequence = Mutex::new(0..);
    /// # let my_stamp = move || {
    /// #     let number = sequence.lock().unwrap().next().unwrap();
    /// #     Stamp::new(number.to_string(), 1316657628)
    /// # };
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let origin = Origin::new("https://api.example.com")?;
    /// let layer = SignLayer::with_stamps(signer, origin, move || my_stamp());
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn with_stamps(
        signer: Signer<K>,
        origin: Origin,
        stamp: impl Fn() -> Stamp + Send + Sync + 'static,
    ) -> Self {
        Self {
            signer: Arc::new(signer),
            origin: Arc::new(origin),
            stamp: Arc::new(stamp),
            passes_foreign: false,
        }
    }

    /// Passes requests to other origins on as they are. Otherwise they are refused.
    ///
    /// ```
    /// # #[cfg(feature = "rand")]
    /// # fn main() -> Result<(), oauth1_signer::TargetError> {
    /// use oauth1_signer::{Consumer, Signer, http::Origin, tower::SignLayer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let api = Origin::new("https://api.example.com")?;
    /// let layer = SignLayer::new(signer, api).pass_foreign();
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "rand"))]
    /// # fn main() {}
    /// ```
    #[must_use]
    pub fn pass_foreign(mut self) -> Self {
        self.passes_foreign = true;
        self
    }
}

impl<S, K> Layer<S> for SignLayer<K> {
    type Service = Sign<S, K>;

    fn layer(&self, inner: S) -> Sign<S, K> {
        Sign {
            inner,
            layer: self.clone(),
        }
    }
}

// Written by hand, because keys need not be `Clone`.
impl<K> Clone for SignLayer<K> {
    fn clone(&self) -> Self {
        Self {
            signer: Arc::clone(&self.signer),
            origin: Arc::clone(&self.origin),
            stamp: Arc::clone(&self.stamp),
            passes_foreign: self.passes_foreign,
        }
    }
}

/// Shows the signer without its secrets.
impl<K> fmt::Debug for SignLayer<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignLayer")
            .field("signer", &self.signer)
            .field("origin", &self.origin)
            .field("passes_foreign", &self.passes_foreign)
            .finish_non_exhaustive()
    }
}

/// A service that signs requests before another service sends them. A [`SignLayer`] makes it.
///
/// A request that cannot be signed is not sent: the error is an [`HttpError`] in a box, as tower's own
/// layers have it. To find it there, downcast to `HttpError<K::Error>` with the error of the key:
///
/// ```
/// use oauth1_signer::{http::HttpError, signature_method::SigningError};
///
/// // `HttpError` alone is that of HMAC, which never fails.
/// fn is_signed_already(error: &(dyn std::error::Error + 'static)) -> bool {
///     matches!(error.downcast_ref(), Some(HttpError::<SigningError>::Authorization))
/// }
/// # let error = HttpError::<SigningError>::Authorization;
/// # assert!(is_signed_already(&error));
/// ```
pub struct Sign<S, K = HmacSha1> {
    inner: S,
    layer: SignLayer<K>,
}

impl<S, K, B> Service<::http::Request<B>> for Sign<S, K>
where
    S: Service<::http::Request<B>, Error: Into<Box<dyn Error + Send + Sync>>>,
    K: SigningKey<Error: Send + Sync + 'static>,
    B: BodyBytes,
{
    type Response = S::Response;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = SignFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, mut request: ::http::Request<B>) -> Self::Future {
        let SignLayer {
            signer,
            origin,
            stamp,
            passes_foreign,
        } = &self.layer;
        match signer.sign_http_at(origin, &mut request, stamp()) {
            Err(HttpError::Origin(OriginError::Foreign)) if *passes_foreign => {}
            Err(error) => return SignFuture::refused(error.into()),
            Ok(()) => {}
        }
        SignFuture::sent(self.inner.call(request))
    }
}

impl<S: Clone, K> Clone for Sign<S, K> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            layer: self.layer.clone(),
        }
    }
}

impl<S: fmt::Debug, K> fmt::Debug for Sign<S, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sign")
            .field("inner", &self.inner)
            .field("layer", &self.layer)
            .finish()
    }
}
