//! Signing, and what comes of it ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use core::{convert::Infallible, fmt};

use crate::{
    AuthorizationHeader, BaseString, BodyHash, Consumer, FormBody, HmacSha1, MethodError,
    Parameters, Plaintext, ProtocolParameters, Query, Realm, Request, Signature, SigningKey, Stamp,
    StampOptional, Token, protocol::Standing,
};
#[cfg(feature = "sha2")]
use crate::{HmacSha256, HmacSha512};

/// Signs requests: credentials and a signature method, made ready once and used for all requests.
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
    standing: Standing,
    realm: Option<Realm>,
    key: K,
}

impl Signer<HmacSha1> {
    /// A signer with HMAC-SHA1, for a consumer and its token, or `None` where there is no token.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// ```
    #[must_use]
    pub fn new<'t>(consumer: &Consumer, token: impl Into<Option<&'t Token>>) -> Self {
        Self::shared(consumer, token.into(), HmacSha1::new)
    }
}

#[cfg(feature = "sha2")]
impl Signer<HmacSha256> {
    /// A signer with HMAC-SHA256, as [`Signer::new`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, Token};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let signer = Signer::hmac_sha256(&consumer, &Token::new("token", "secret"));
    /// ```
    #[must_use]
    pub fn hmac_sha256<'t>(consumer: &Consumer, token: impl Into<Option<&'t Token>>) -> Self {
        Self::shared(consumer, token.into(), HmacSha256::new)
    }
}

#[cfg(feature = "sha2")]
impl Signer<HmacSha512> {
    /// A signer with HMAC-SHA512, as [`Signer::new`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::hmac_sha512(&Consumer::new("key", "secret"), None);
    /// ```
    #[must_use]
    pub fn hmac_sha512<'t>(consumer: &Consumer, token: impl Into<Option<&'t Token>>) -> Self {
        Self::shared(consumer, token.into(), HmacSha512::new)
    }
}

impl Signer<Plaintext> {
    /// A signer with PLAINTEXT, for https only. See [`Plaintext`] for http.
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
    pub fn plaintext<'t>(consumer: &Consumer, token: impl Into<Option<&'t Token>>) -> Self {
        Self::shared(consumer, token.into(), Plaintext::new)
    }
}

/// In place of a key: the key is elsewhere, and signs in two steps. See [`Signer::prepare`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KeyElsewhere;

impl Signer<KeyElsewhere> {
    /// A signer without a key, which [prepares](Signer::prepare) requests: `consumer_key`, `token`
    /// and the name of the signature method are sent.
    ///
    /// ```
    /// use oauth1_signer::Signer;
    ///
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256");
    /// ```
    #[must_use]
    pub fn with_key_elsewhere(
        consumer_key: impl AsRef<str>,
        token: Option<&str>,
        signature_method: &str,
    ) -> Self {
        Self {
            standing: Standing::new(consumer_key.as_ref(), signature_method, token),
            realm: None,
            key: KeyElsewhere,
        }
    }
}

impl<K: SigningKey> Signer<K> {
    /// A signer with any signature method: `consumer_key` and `token` are sent, the secrets are
    /// in the key. See [`SigningKey`].
    ///
    /// ```
    /// use oauth1_signer::{HmacSha1, Signer};
    ///
    /// let signer = Signer::with_key("key", Some("token"), HmacSha1::new("cs", "ts"));
    /// ```
    #[must_use]
    pub fn with_key(consumer_key: impl AsRef<str>, token: Option<&str>, key: K) -> Self {
        Self {
            standing: Standing::new(consumer_key.as_ref(), key.method(), token),
            realm: None,
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

    /// Signs a request.
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
    pub fn sign<'a>(&'a self, request: &'a Request<'a>, stamp: Stamp) -> Signed<'a>
    where
        K: SigningKey<Error = Infallible>,
    {
        let Ok(signed) = self.try_sign(request, stamp);
        signed
    }

    /// Signs a request with a key that may fail to. See [`SigningKey`].
    ///
    /// # Errors
    ///
    /// What the key returns.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let Ok(signed) = signer.try_sign(&request, Stamp::new("nonce", 1316657628)); // HMAC never does
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn try_sign<'a>(
        &'a self,
        request: &'a Request<'a>,
        stamp: Stamp,
    ) -> Result<Signed<'a>, K::Error> {
        let mut signed = self.unsigned(request, Some(stamp));
        let signature = self.key.sign(&signed.base_string())?;
        signed.protocol.set_signature(signature);
        Ok(signed)
    }

    /// Signs a request without nonce and timestamp, which only PLAINTEXT allows.
    ///
    /// # Errors
    ///
    /// What the key returns.
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
    pub fn sign_without_stamp<'a>(
        &'a self,
        request: &'a Request<'a>,
    ) -> Result<Signed<'a>, K::Error>
    where
        K: StampOptional,
    {
        let mut signed = self.unsigned(request, None);
        let signature = self.key.sign(&signed.base_string())?;
        signed.protocol.set_signature(signature);
        Ok(signed)
    }
}

/// What every signer does, with a key or without.
impl<K> Signer<K> {
    /// Sets the realm, which stands first in the header and is not signed.
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

    /// Leaves `oauth_version` out, which is optional and sent by default.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// ```
    #[must_use]
    pub fn without_version(mut self) -> Self {
        self.standing.version = false;
        self
    }

    /// The hash of a body, for [`Request::body_hash`]: with SHA-1, or with the hash of the
    /// signature method if it is SHA-256 or SHA-512.
    ///
    /// # Errors
    ///
    /// [`MethodError`] if this crate does not know which hash belongs to the signature method, or
    /// needs its feature `sha2` for it.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let hash = signer.body_hash("Hello World!")?;
    /// assert_eq!(hash.as_str(), "Lve95gjOVATpfV8EL5X4nxwjKHE=");
    /// # Ok::<(), oauth1_signer::MethodError>(())
    /// ```
    pub fn body_hash(&self, body: impl AsRef<[u8]>) -> Result<BodyHash, MethodError> {
        BodyHash::of_method(self.standing.signature_method(), body.as_ref())
    }

    /// The first of two steps, for a key that answers later: all that is signed, without the
    /// signature. The base string goes to the key, and the second step is
    /// [`Prepared::with_signature`].
    ///
    /// ```
    /// use oauth1_signer::{Request, Signature, Signer, Stamp};
    ///
    /// # async fn key_service(base_string: String) -> std::io::Result<Vec<u8>> {
    /// #     Ok(base_string.into_bytes())
    /// # }
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256");
    /// let request = Request::get("https://api.example.com/")?;
    /// let prepared = signer.prepare(&request, Stamp::new("nonce", 1316657628));
    /// let octets = key_service(prepared.base_string().to_string()).await?;
    /// let signed = prepared.with_signature(Signature::from_octets(&octets));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn prepare<'a>(&'a self, request: &'a Request<'a>, stamp: Stamp) -> Prepared<'a> {
        Prepared(self.unsigned(request, Some(stamp)))
    }

    #[inline]
    fn unsigned<'a>(&'a self, request: &'a Request<'a>, stamp: Option<Stamp>) -> Signed<'a> {
        Signed {
            request,
            realm: self.realm.as_ref(),
            protocol: ProtocolParameters::new(&self.standing, request, stamp),
        }
    }
}

/// Shows the consumer key and the token, and no secret.
impl<K> fmt::Debug for Signer<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("consumer_key", &self.standing.consumer_key())
            .field("token", &self.standing.token())
            .field("signature_method", &self.standing.signature_method())
            .field("realm", &self.realm)
            .finish_non_exhaustive()
    }
}

/// A request that waits for its signature. See [`Signer::prepare`].
pub struct Prepared<'a>(Signed<'a>);

impl<'a> Prepared<'a> {
    /// What the key has to sign: `to_string` gives a text that can travel.
    #[must_use]
    pub fn base_string(&self) -> BaseString<'_> {
        self.0.base_string()
    }

    /// The second step: the signature that the key gave for this base string.
    #[must_use]
    pub fn with_signature(mut self, signature: Signature) -> Signed<'a> {
        self.0.protocol.set_signature(signature);
        self.0
    }
}

/// Shows the request and the names of the protocol parameters.
impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Prepared").field(&self.0).finish()
    }
}

/// A request that has been signed: a value, which is written as a header, a query or a form body.
///
/// The signature does not depend on where the protocol parameters travel. Send them in one place:
/// most services count them twice otherwise.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let request = Request::get("https://api.example.com/photos?size=original")?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// let signature = "oauth_signature=3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D";
/// assert!(signed.query().to_url().contains(signature));
/// assert!(signed.form_body().to_string().contains(signature));
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
pub struct Signed<'a> {
    request: &'a Request<'a>,
    realm: Option<&'a Realm>,
    protocol: ProtocolParameters<'a>,
}

impl Signed<'_> {
    /// The protocol parameters as the value of the `Authorization` header (section 3.5.1).
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// let header = signed.authorization_header().to_string();
    /// assert!(header.starts_with(r#"OAuth oauth_consumer_key="key", oauth_nonce="nonce", "#));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn authorization_header(&self) -> AuthorizationHeader<'_> {
        AuthorizationHeader::new(self.realm, &self.protocol)
    }

    /// The protocol parameters in the query (section 3.5.3).
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// let url = signed.query().to_url();
    /// assert!(url.starts_with("https://api.example.com/photos?size=original&oauth_consumer_key=key&"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn query(&self) -> Query<'_> {
        Query::new(self.request.target(), &self.protocol)
    }

    /// The protocol parameters in the form body, behind what the request's form has (section
    /// 3.5.2). For the body without them see [`Request::form_body`].
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::post("https://api.example.com/posts")?.form(&[("title", "a b")])?;
    /// let signed = signer.sign(&request, stamp);
    /// let body = signed.form_body().to_string();
    /// assert!(body.starts_with("title=a%20b&oauth_consumer_key=key&oauth_nonce=nonce&"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn form_body(&self) -> FormBody<'_> {
        FormBody::new(self.request, Some(&self.protocol))
    }

    /// What was signed, for whoever must compare it.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// assert_eq!(
    ///     signed.base_string().to_string(),
    ///     "GET&https%3A%2F%2Fapi.example.com%2Fphotos&oauth_consumer_key%3Dkey\
    ///      %26oauth_nonce%3Dnonce%26oauth_signature_method%3DHMAC-SHA1\
    ///      %26oauth_timestamp%3D1316657628%26size%3Doriginal"
    /// );
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn base_string(&self) -> BaseString<'_> {
        BaseString::new(
            self.request.method(),
            self.request.target(),
            self.parameters(),
        )
    }

    /// The parameters that were signed, in order.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// assert_eq!(
    ///     signed.parameters().to_string(),
    ///     "oauth_consumer_key=key&oauth_nonce=nonce&oauth_signature_method=HMAC-SHA1\
    ///      &oauth_timestamp=1316657628&size=original"
    /// );
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn parameters(&self) -> Parameters<'_> {
        Parameters::of_request(
            &self.protocol,
            self.request.pairs(),
            self.request.query_octets(),
        )
    }

    /// The protocol parameters, for a service that wants them in a place of its own.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// let mut parameters = signed.protocol_parameters().iter();
    /// assert_eq!(parameters.next(), Some(("oauth_consumer_key", "key")));
    /// assert_eq!(parameters.next(), Some(("oauth_nonce", "nonce")));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn protocol_parameters(&self) -> &ProtocolParameters<'_> {
        &self.protocol
    }

    /// The bare signature.
    ///
    /// ```
    /// use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp};
    ///
    /// let consumer = Consumer::new("768fe946d252b119746fda82e1599980", "1a3c208e172d3edc");
    /// let request = Request::get("http://www.flickr.com/services/oauth/request_token")?
    ///     .callback(Callback::Url("http://www.wackylabs.net/oauth/test"));
    /// let stamp = Stamp::new("C2F26CD5C075BA9050AD8EE90644CF29", 1316657628);
    /// let signer = Signer::new(&consumer, None);
    /// let signed = signer.sign(&request, stamp);
    /// assert_eq!(signed.signature().expose_secret(), "0fhNGlzpFNAsTme/hDfUb5HPB5U=");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn signature(&self) -> &Signature {
        self.protocol.signature()
    }
}

/// Shows the request and the names of the protocol parameters, and not the signature.
impl fmt::Debug for Signed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field("request", self.request)
            .field("realm", &self.realm)
            .field("protocol", &self.protocol)
            .finish()
    }
}
