//! Verifying signed requests on a server ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).
//!
//! A [`Verifier`] reads a request, the program looks up the key of its consumer and its token, the
//! verifier checks the signature, and a store makes sure that no request is accepted twice:
//!
//! ```
//! # #[cfg(feature = "std")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use std::collections::HashMap;
//!
//! use oauth1_signer::verifier::{Body, MemoryNonces, Refusal, Verified, Verifier};
//! use oauth1_signer::signature_method::SharedSecrets;
//!
//! struct Server {
//!     verifier: Verifier,
//!     nonces: MemoryNonces,
//!     consumers: HashMap<String, SharedSecrets>,
//! }
//!
//! impl Server {
//!     /// Who made a request?
//!     fn verify(
//!         &self,
//!         method: &str,
//!         path_and_query: &str,
//!         authorization: Option<&str>,
//!         body: Body<'_>,
//!         now: u64,
//!     ) -> Result<Verified<'static>, Refusal> {
//!         let incoming = self.verifier.read(method, path_and_query, authorization, body)?;
//!         // There are no tokens here, so a request that claims one has no key.
//!         let key = self.consumers.get(incoming.consumer_key());
//!         let key = key.filter(|_| incoming.token().is_none_or(str::is_empty));
//!         let genuine = self.verifier.verify(&incoming, key, now)?;
//!         Ok(genuine.accept(&self.nonces)?.into_owned())
//!     }
//! }
//!
//! let server = Server {
//!     verifier: Verifier::new("https://api.example.com")?,
//!     nonces: MemoryNonces::new(),
//!     consumers: HashMap::from([("key".into(), SharedSecrets::new("secret", ""))]),
//! };
//! # let now = 1316657628;
//! # let authorization = r#"OAuth oauth_consumer_key="key", oauth_nonce="nonce", oauth_signature="3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1316657628", oauth_version="1.0""#;
//! let path = "/photos?size=original";
//! let verified = server.verify("GET", path, Some(authorization), Body::none(), now)?;
//! assert_eq!(verified.consumer_key(), "key");
//!
//! let refusal = server.verify("GET", path, Some(authorization), Body::none(), now).unwrap_err();
//! assert_eq!(refusal, Refusal::NonceUsed);
//! assert_eq!(refusal.status(), 401);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "std"))]
//! # fn main() {}
//! ```
//!
//! Each step takes what the step before it returns, so none can be left out. If the key or the store
//! has to be awaited, only those two lines change: await the key, and use [`Genuine::accept_async`].
//!
//! # Order
//!
//! 1. The request is read strictly: see [`Incoming`].
//! 2. The signature method, the length of the nonce and the timestamp are checked by the [`Policy`]. None
//!    of this depends on the consumer.
//! 3. The signature is checked, for unknown consumers with a key that nobody has. So the answer and the
//!    time that it takes do not tell whether a consumer exists.
//! 4. The hash of the body is compared, if the request has one.
//! 5. The nonce is remembered. It comes last, so that nobody without a key can use up nonces or fill the
//!    store.

mod body;
mod explain;
mod genuine;
mod incoming;
#[cfg(feature = "std")]
mod memory;
mod nonces;
mod policy;
mod refusal;

use alloc::string::String;
use core::{borrow::Borrow, fmt, hint::black_box};

#[cfg(feature = "std")]
pub use self::memory::{MemoryNonces, MemoryNoncesError};
pub use self::{
    body::Body,
    explain::Explanation,
    genuine::{AcceptError, Genuine, Verified},
    incoming::{Incoming, IncomingError},
    nonces::{AsyncNonces, Insertion, NonceKey, Nonces},
    policy::Policy,
    refusal::Refusal,
};
use crate::{
    request::{Target, TargetError},
    signature_method::{AnyVerifyingKey, SharedSecrets, VerifyingKey},
};

/// Verifies requests to one public origin (RFC 5849, section 3.2). See the [module](self) for an
/// example.
///
/// `K` is the type of the consumers' keys: [`SharedSecrets`] for HMAC and PLAINTEXT, `RsaPublicKey` for
/// RSA, and [`AnyVerifyingKey`] for servers that have both.
///
/// ```
/// use oauth1_signer::verifier::Verifier;
///
/// let verifier = Verifier::new("https://api.example.com")?;
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
#[derive(Clone)]
pub struct Verifier<K = SharedSecrets> {
    /// Scheme, authority and path, without a slash at its end.
    base: String,
    policy: Policy,
    stand_in: K,
}

impl Verifier<SharedSecrets> {
    /// Creates a verifier for consumers with shared secrets, at the origin that clients see: scheme, host
    /// and port, and a path if a proxy removes one. See [`Verifier::for_keys`].
    ///
    /// # Errors
    ///
    /// [`TargetError`] if the text is not an http or https URL.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verifier;
    ///
    /// let verifier = Verifier::new("https://api.example.com")?;
    /// let behind_a_proxy_that_removes_v1 = Verifier::new("https://api.example.com/v1")?;
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    pub fn new(origin: &str) -> Result<Self, TargetError> {
        Self::for_keys(origin)
    }
}

impl Verifier<AnyVerifyingKey> {
    /// Also accepts keys of a type of your own, which [`AnyVerifyingKey::new`] wraps. The verifier then checks
    /// the signatures of unknown consumers with the stand-in of this type, if it supports their method.
    ///
    /// A signature method of your own has to be one that the [`Policy`] allows.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, signature_method::{AnyVerifyingKey, VerifyingKey}};
    /// use oauth1_signer::verifier::{Policy, Verifier};
    ///
    /// struct Ed25519([u8; 32]);
    ///
    /// impl VerifyingKey for Ed25519 {
    ///     fn supports(&self, method: &str) -> bool {
    ///         method == "ED25519"
    ///     }
    ///
    ///     fn verify(&self, _method: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
    /// #       let is_genuine = |key: &[u8; 32], text: &str, signature: &str| false;
    ///         is_genuine(&self.0, &base_string.to_string(), signature)
    ///     }
    ///
    ///     fn stand_in() -> Self {
    ///         Self([9; 32]) // of no consumer
    ///     }
    /// }
    ///
    /// let verifier = Verifier::<AnyVerifyingKey>::for_keys("https://api.example.com")?
    ///     .with_key_type::<Ed25519>()
    ///     .with_policy(Policy::new().methods(["HMAC-SHA256", "ED25519"]));
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn with_key_type<K: VerifyingKey + Send + Sync + 'static>(mut self) -> Self {
        self.stand_in = self.stand_in.with_stand_in::<K>();
        self
    }
}

impl<K: VerifyingKey> Verifier<K> {
    /// Creates a verifier for keys of any type, at the origin that clients see.
    ///
    /// The origin is configured, because headers such as `Host` and `X-Forwarded-Proto` are written by
    /// whoever sends the request. A query and a fragment are left out.
    ///
    /// # Errors
    ///
    /// [`TargetError`] if the text is not an http or https URL.
    ///
    /// ```
    /// use oauth1_signer::{signature_method::AnyVerifyingKey, verifier::Verifier};
    ///
    /// let verifier = Verifier::<AnyVerifyingKey>::for_keys("https://api.example.com")?;
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    pub fn for_keys(origin: &str) -> Result<Self, TargetError> {
        let target = Target::try_from(origin)?;
        Ok(Self {
            base: target.before_query().trim_end_matches('/').into(),
            policy: Policy::new(),
            stand_in: K::stand_in(),
        })
    }

    /// Sets what is accepted.
    ///
    /// ```
    /// use oauth1_signer::verifier::{Policy, Verifier};
    ///
    /// let policy = Policy::new().window(60);
    /// let verifier = Verifier::new("https://api.example.com")?.with_policy(policy);
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The origin, with its path, and without a slash at its end.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verifier;
    ///
    /// let verifier = Verifier::new("https://API.example.com:443/v1/")?;
    /// assert_eq!(verifier.origin(), "https://api.example.com/v1");
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.base
    }

    /// Reads a request. `path_and_query` is what stands in the request line, as it arrived, below the
    /// verifier's origin.
    ///
    /// `authorization` is the value of the only `Authorization` header. A request with several of them
    /// must be refused, because programs differ in which one they read.
    ///
    /// # Errors
    ///
    /// [`IncomingError`], which says what and where.
    ///
    /// ```
    /// use oauth1_signer::verifier::{Body, Verifier};
    ///
    /// let verifier = Verifier::new("https://api.example.com/v1")?;
    /// let path = "/photos?oauth_consumer_key=key&oauth_nonce=nonce&oauth_timestamp=1316657628\
    ///     &oauth_signature_method=HMAC-SHA1&oauth_signature=c2lnbmF0dXJl";
    /// let incoming = verifier.read("GET", path, None, Body::none())?;
    /// assert_eq!(incoming.target().base_uri(), "https://api.example.com/v1/photos");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read<'a>(
        &self,
        method: &'a str,
        path_and_query: &str,
        authorization: Option<&'a str>,
        body: Body<'a>,
    ) -> Result<Incoming<'a>, IncomingError> {
        incoming::check_url(path_and_query)?;
        let target = Target::received_below(&self.base, path_and_query)?;
        Incoming::read_target(method, target, authorization, body, self.policy.limits)
    }

    /// Checks the signature of a request, and everything that the policy wants. `now` is the server's time
    /// in seconds since 1970-01-01 00:00 UTC.
    ///
    /// `keys` are the keys of the consumer and the token that the request names: an `Option`, an array, a
    /// slice or any other list. Look them up by both: a request is trusted to have the token that it
    /// names if its key fits. While secrets are being rotated there are several; see
    /// [`Verified::key_index`]. If the consumer or the token is unknown there is none: pass `None` and do
    /// not return early, so that the answer takes the same time. If they could not be looked up, return
    /// [`Refusal::Credentials`].
    ///
    /// # Errors
    ///
    /// [`Refusal`], which knows what to answer.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SharedSecrets;
    /// use oauth1_signer::verifier::{Genuine, Incoming, Refusal, Verifier};
    ///
    /// fn verify<'r>(
    ///     verifier: &Verifier,
    ///     incoming: &'r Incoming<'_>,
    ///     now: u64,
    /// ) -> Result<Genuine<'r>, Refusal> {
    ///     let (new, old) = (SharedSecrets::new("new", ""), SharedSecrets::new("old", ""));
    ///     verifier.verify(incoming, [new, old], now)
    /// }
    /// ```
    pub fn verify<'r>(
        &self,
        incoming: &'r Incoming<'_>,
        keys: impl IntoIterator<Item: Borrow<K>>,
        now: u64,
    ) -> Result<Genuine<'r>, Refusal> {
        self.policy.check(incoming, now)?;
        let method = incoming.signature_method();
        if !self.stand_in.supports(method) {
            return Err(Refusal::SignatureMethod);
        }
        let (base_string, signature) = (incoming.base_string(), incoming.signature());
        let check = |key: &K| key.verify(method, &base_string, signature);
        let mut known = false;
        let mut fits = keys.into_iter().position(|key| {
            known = true;
            let key = key.borrow();
            // A key that is for other methods is as wrong as any other.
            let supports = key.supports(method);
            check(if supports { key } else { &self.stand_in }) & supports
        });
        if !known && black_box(check(&self.stand_in)) {
            fits = None;
        }
        let key = fits.ok_or(Refusal::Signature)?;
        self.policy.check_body(incoming)?;
        Ok(Genuine {
            incoming,
            key,
            now,
            keep_until: self.policy.keep_until(incoming.timestamp().unwrap_or(0)),
        })
    }
}

/// Shows the origin and the policy.
impl<K> fmt::Debug for Verifier<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("origin", &self.base)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
