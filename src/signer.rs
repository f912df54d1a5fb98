//! Signing, and what comes of it ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use core::{convert::Infallible, fmt};

use crate::{
    AuthorizationHeader, BaseString, Consumer, FormBody, HmacSha1, Parameters, ProtocolParameters,
    Query, Realm, Request, Signature, SigningKey, Stamp, Token, protocol::Standing,
};

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
        let token = token.into();
        let key = HmacSha1::new(
            consumer.expose_secret(),
            token.map_or("", Token::expose_secret),
        );
        Self::with_key(consumer.key(), token.map(Token::token), key)
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

    /// Signs a request with a key that may fail to.
    ///
    /// # Errors
    ///
    /// What the key returns.
    ///
    /// See [`SigningKey`] for a key that may fail.
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
        let mut signed = Signed {
            request,
            realm: self.realm.as_ref(),
            protocol: ProtocolParameters::new(&self.standing, request, stamp),
        };
        let signature = self.key.sign(&signed.base_string())?;
        signed.protocol.set_signature(signature);
        Ok(signed)
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
