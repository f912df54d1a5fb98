//! Signing requests ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

mod prepared;
mod signed;

#[cfg(all(
    feature = "rand",
    not(all(target_family = "wasm", target_os = "unknown"))
))]
use alloc::string::String;
use core::fmt;

pub use self::{
    prepared::{KeyElsewhere, Prepared},
    signed::Signed,
};
#[cfg(all(
    feature = "rand",
    not(all(target_family = "wasm", target_os = "unknown"))
))]
use crate::request::{RequestError, Target, TargetError};
#[cfg(feature = "sha2")]
use crate::signature_method::{HmacSha256, HmacSha512};
use crate::{
    base_string::BaseString,
    credentials::{Consumer, OptionalToken, Token, into_option},
    protocol::{Constants, Draft},
    request::Request,
    signature_method::{
        AnyKey, BodyHash, HmacSha1, MethodError, Never, Plaintext, SignatureMethod, SigningError,
        SigningKey, never,
    },
    stamp::Stamp,
    transmission::Realm,
};

/// Signs requests with the credentials of a consumer and a signature method (RFC 5849, section
/// 3.4).
///
/// Build one for each pair of credentials and use it for every request: the key and the constant
/// parameters are prepared once. A signer can be shared between threads.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp, Token};
/// use url::Url;
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), &Token::new("token", "secret"));
/// let url = Url::parse("https://api.example.com/photos?size=original")?;
/// let request = Request::get(&url)?;
/// # #[cfg(feature = "rand")]
/// let signed = signer.sign(&request, Stamp::now());
/// # #[cfg(not(feature = "rand"))]
/// # let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// let authorization = signed.authorization_header().to_value();
/// assert!(authorization.starts_with(r#"OAuth oauth_consumer_key="key", oauth_nonce=""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Signer<K = HmacSha1> {
    constants: Constants,
    realm: Option<Realm>,
    /// The hash of bodies that are not forms, for services that want them signed.
    #[cfg(feature = "http")]
    pub(crate) http_body_hash: Option<fn(&[u8]) -> BodyHash>,
    key: K,
}

impl Signer<HmacSha1> {
    /// Creates a signer with HMAC-SHA1 for a consumer and its token. Pass `None` if you have
    /// no token.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, Token};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let signer = Signer::new(&consumer, &Token::new("token", "secret"));
    /// let without_token = Signer::new(&consumer, None);
    /// ```
    #[must_use]
    pub fn new<'t>(consumer: &Consumer, token: impl OptionalToken<'t>) -> Self {
        Self::shared(consumer, into_option(token), HmacSha1::new)
    }
}

impl<K: SigningKey> Signer<K> {
    /// Signs a request. The result borrows the request, so bind the request to a variable first.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// assert_eq!(signed.signature().expose_secret(), "3wPJGUfQfGmzfcs4ww9jKmTTu3s=");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn sign<'a>(&'a self, request: &'a Request<'a>, stamp: Stamp) -> Signed<'a>
    where
        K: SigningKey<Error: Never>,
    {
        match self.try_sign(request, stamp) {
            Ok(signed) => signed,
            Err(error) => never(error),
        }
    }

    /// Signs a request that has no form, and returns the value of its `Authorization` header. The
    /// stamp is fresh. Needs the feature `rand`, and does not exist on `wasm32-unknown-unknown`,
    /// which has no system clock.
    ///
    /// Send the header with the same URL. Text is signed as [`Target`] reads it, which is what reqwest
    /// makes of it; ureq and hyper send text as it is written, so give them and this function the
    /// same `http::Uri` (feature `http`), or send [`Request::url`].
    ///
    /// A form must be signed too: use [`Request::form`] and [`Signer::sign`].
    ///
    /// # Errors
    ///
    /// The errors of [`Request::new`].
    ///
    /// # Panics
    ///
    /// If the operating system cannot provide the random bytes for the first nonce of a thread.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let url = String::from("https://api.example.com/photos?size=original");
    /// let authorization = signer.authorization("GET", &url)?;
    /// assert!(authorization.starts_with(r#"OAuth oauth_consumer_key="key", oauth_nonce=""#));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[cfg(all(
        feature = "rand",
        not(all(target_family = "wasm", target_os = "unknown"))
    ))]
    pub fn authorization<'a, T>(&self, method: &'a str, url: T) -> Result<String, RequestError>
    where
        K: SigningKey<Error: Never>,
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        let request = Request::new(method, url)?;
        let signed = self.sign(&request, Stamp::now());
        Ok(signed.authorization_header().to_value())
    }

    /// Signs a request with a key that can fail, such as PLAINTEXT, RSA or a key of your own. See
    /// [`SigningKey`].
    ///
    /// # Errors
    ///
    /// The error of the key.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::plaintext(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.try_sign(&request, Stamp::new("nonce", 1316657628))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn try_sign<'a>(
        &'a self,
        request: &'a Request<'a>,
        stamp: Stamp,
    ) -> Result<Signed<'a>, K::Error> {
        let mut draft = Draft::new(&self.constants, request);
        draft.set_stamp(stamp);
        let signature = self.key.sign(&BaseString::of_draft(&draft))?;
        Ok(Signed {
            realm: self.realm.as_ref(),
            draft,
            signature,
        })
    }

    /// Creates a signer with any signature method. `consumer_key` and `token` are sent; the secrets
    /// are in `key`. See [`SigningKey`].
    ///
    /// The two are independent, so a service that signs with a token secret but wants no
    /// `oauth_token` in the request gets `None` and a key with that secret.
    ///
    /// ```
    /// use oauth1_signer::{Signer, signature_method::HmacSha1};
    ///
    /// let (consumer_secret, token_secret) = (String::from("cs"), String::from("ts"));
    /// let key = HmacSha1::new(&consumer_secret, &token_secret);
    /// let signer = Signer::with_key("key", Some("token"), key.clone());
    /// let signer_without_token = Signer::with_key("key", None, key);
    /// ```
    #[must_use]
    pub fn with_key(consumer_key: impl AsRef<str>, token: Option<&str>, key: K) -> Self {
        Self {
            constants: Constants::new(consumer_key.as_ref(), key.method(), token, true),
            realm: None,
            #[cfg(feature = "http")]
            http_body_hash: None,
            key,
        }
    }

    #[inline]
    fn shared(
        consumer: &Consumer,
        token: Option<&Token>,
        key: impl FnOnce(&str, &str) -> K,
    ) -> Self {
        let token_secret = token.map_or("", Token::expose_secret);
        let key = key(consumer.expose_secret(), token_secret);
        Self::with_key(consumer.key(), token.map(Token::token), key)
    }

    fn sign_without<'a>(&'a self, request: &'a Request<'a>) -> Result<Signed<'a>, K::Error> {
        let draft = Draft::new(&self.constants, request);
        let signature = self.key.sign(&BaseString::of_draft(&draft))?;
        Ok(Signed {
            realm: self.realm.as_ref(),
            draft,
            signature,
        })
    }
}

impl<K> Signer<K> {
    /// Sets the realm, which comes first in the header and is not signed.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Realm, Signer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None)
    ///     .with_realm(Realm::new("123456_SB1")?);
    /// # Ok::<(), oauth1_signer::RealmError>(())
    /// ```
    #[must_use]
    pub fn with_realm(mut self, realm: Realm) -> Self {
        self.realm = Some(realm);
        self
    }

    /// Leaves out `oauth_version`, which is optional and sent by default.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// ```
    #[must_use]
    pub fn without_version(mut self) -> Self {
        self.constants = self.constants.without_version();
        self
    }

    /// Hashes a body for [`Request::body_hash`], with the hash that goes with the signature method:
    /// SHA-256 or SHA-512 if the method uses it, otherwise SHA-1.
    ///
    /// # Errors
    ///
    /// [`MethodError`] if this crate does not know the signature method, or needs the feature
    /// `sha2` for its hash.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let hash = signer.body_hash("Hello World!")?;
    /// assert_eq!(hash.as_str(), "Lve95gjOVATpfV8EL5X4nxwjKHE=");
    /// # Ok::<(), oauth1_signer::signature_method::MethodError>(())
    /// ```
    pub fn body_hash(&self, body: impl AsRef<[u8]>) -> Result<BodyHash, MethodError> {
        Ok(self.hash_of_bodies()?(body.as_ref()))
    }

    pub(crate) fn hash_of_bodies(&self) -> Result<fn(&[u8]) -> BodyHash, MethodError> {
        BodyHash::of_method(self.constants.signature_method())
    }
}

#[cfg(feature = "sha2")]
impl Signer<HmacSha256> {
    /// Creates a signer with HMAC-SHA256, like [`Signer::new`]. Needs the feature `sha2`.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, Token};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let signer = Signer::hmac_sha256(&consumer, &Token::new("token", "secret"));
    /// ```
    #[must_use]
    pub fn hmac_sha256<'t>(consumer: &Consumer, token: impl OptionalToken<'t>) -> Self {
        Self::shared(consumer, into_option(token), HmacSha256::new)
    }
}

#[cfg(feature = "sha2")]
impl Signer<HmacSha512> {
    /// Creates a signer with HMAC-SHA512, like [`Signer::new`]. Needs the feature `sha2`.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::hmac_sha512(&Consumer::new("key", "secret"), None);
    /// ```
    #[must_use]
    pub fn hmac_sha512<'t>(consumer: &Consumer, token: impl OptionalToken<'t>) -> Self {
        Self::shared(consumer, into_option(token), HmacSha512::new)
    }
}

impl Signer<Plaintext> {
    /// Creates a signer with PLAINTEXT, like [`Signer::new`]. It signs for https only; for http, see
    /// [`Plaintext::allow_insecure_transport`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::plaintext(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.try_sign(&request, Stamp::new("nonce", 1316657628))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn plaintext<'t>(consumer: &Consumer, token: impl OptionalToken<'t>) -> Self {
        Self::shared(consumer, into_option(token), Plaintext::new)
    }

    /// Signs a request without a nonce and a timestamp, which RFC 5849, section 3.1, allows for
    /// PLAINTEXT only. With any other method, the server could not tell a request from a replay, so
    /// signers with those methods do not have this function.
    ///
    /// # Errors
    ///
    /// [`SigningError::InsecureTransport`] if the URL is http.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer};
    ///
    /// let signer = Signer::plaintext(&Consumer::new("key", "secret"), None).without_version();
    /// let request = Request::get("https://api.example.com/")?;
    /// assert_eq!(
    ///     signer.sign_without_stamp(&request)?.authorization_header().to_value(),
    ///     concat!(
    ///         r#"OAuth oauth_consumer_key="key", oauth_signature="secret%26", "#,
    ///         r#"oauth_signature_method="PLAINTEXT""#,
    ///     )
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// ```compile_fail,E0599
    /// # use oauth1_signer::{Consumer, Request, Signer};
    /// # let request = Request::get("https://api.example.com/").unwrap();
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let signed = signer.sign_without_stamp(&request); // error: HMAC-SHA1 needs a stamp
    /// ```
    pub fn sign_without_stamp<'a>(
        &'a self,
        request: &'a Request<'a>,
    ) -> Result<Signed<'a>, SigningError> {
        self.sign_without(request)
    }
}

impl Signer<AnyKey> {
    /// Creates a signer with a method that is chosen at run time, like [`Signer::new`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp, signature_method::SignatureMethod};
    ///
    /// let method = SignatureMethod::from_name("HMAC-SHA1")?;
    /// let signer = Signer::with_method(&method, &Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.try_sign(&request, Stamp::new("nonce", 1316657628))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_method<'t>(
        method: &SignatureMethod,
        consumer: &Consumer,
        token: impl OptionalToken<'t>,
    ) -> Self {
        Self::shared(
            consumer,
            into_option(token),
            |consumer_secret, token_secret| method.key(consumer_secret, token_secret),
        )
    }

    /// Signs a request without a nonce and a timestamp, if the method is PLAINTEXT (RFC 5849,
    /// section 3.1).
    ///
    /// # Errors
    ///
    /// [`SigningError::StampNeeded`] with any other method, and
    /// [`SigningError::InsecureTransport`] if the URL is http.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, signature_method::SignatureMethod};
    ///
    /// let method = SignatureMethod::from_name("PLAINTEXT")?;
    /// let signer = Signer::with_method(&method, &Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.sign_without_stamp(&request)?;
    /// assert_eq!(signed.protocol_parameters().get("oauth_nonce"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sign_without_stamp<'a>(
        &'a self,
        request: &'a Request<'a>,
    ) -> Result<Signed<'a>, SigningError> {
        if self.constants.signature_method() == "PLAINTEXT" {
            self.sign_without(request)
        } else {
            Err(SigningError::StampNeeded)
        }
    }
}

// Not in `prepared.rs`, because rustdoc shows the impls of child modules before `Signer::new`.
impl Signer<KeyElsewhere> {
    /// Creates a signer without a key, which [prepares](Signer::prepare) requests for a key that is
    /// kept elsewhere. `consumer_key`, `token` and the name of the signature method are sent.
    ///
    /// # Errors
    ///
    /// [`MethodError::Secrets`] for PLAINTEXT, whose signature consists of the secrets. Use
    /// [`Signer::plaintext`] instead.
    ///
    /// ```
    /// use oauth1_signer::Signer;
    ///
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256")?;
    /// # Ok::<(), oauth1_signer::signature_method::MethodError>(())
    /// ```
    pub fn with_key_elsewhere(
        consumer_key: impl AsRef<str>,
        token: Option<&str>,
        signature_method: &str,
    ) -> Result<Self, MethodError> {
        if signature_method == "PLAINTEXT" {
            return Err(MethodError::Secrets {
                name: signature_method.into(),
            });
        }
        Ok(Self {
            constants: Constants::new(consumer_key.as_ref(), signature_method, token, true),
            realm: None,
            #[cfg(feature = "http")]
            http_body_hash: None,
            key: KeyElsewhere,
        })
    }

    /// Prepares a request for a key that answers later. This is the first of two steps: send the
    /// base string to the key, then pass its signature to [`Prepared::with_signature`].
    ///
    /// ```
    /// use oauth1_signer::{Request, Signer, Stamp, signature_method::Signature};
    ///
    /// # async fn key_service(base_string: String) -> std::io::Result<Vec<u8>> {
    /// #     Ok(base_string.into_bytes())
    /// # }
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256")?;
    /// let request = Request::get("https://api.example.com/")?;
    /// let prepared = signer.prepare(&request, Stamp::new("nonce", 1316657628));
    /// let bytes = key_service(prepared.base_string().to_string()).await?;
    /// let signed = prepared.with_signature(Signature::from_bytes(&bytes));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn prepare<'a>(&'a self, request: &'a Request<'a>, stamp: Stamp) -> Prepared<'a> {
        let mut draft = Draft::new(&self.constants, request);
        draft.set_stamp(stamp);
        Prepared {
            realm: self.realm.as_ref(),
            draft,
        }
    }
}

/// Shows the consumer key, the token, the signature method and the realm, but not the secrets.
impl<K> fmt::Debug for Signer<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("consumer_key", &self.constants.consumer_key())
            .field("token", &self.constants.token())
            .field("signature_method", &self.constants.signature_method())
            .field("realm", &self.realm)
            .finish_non_exhaustive()
    }
}
