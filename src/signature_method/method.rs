//! Choosing a signature method at run time ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use core::fmt;

use super::{AnyKey, HmacSha1, MethodError, Plaintext, SigningError, SigningKey};
#[cfg(feature = "sha2")]
use super::{HmacSha256, HmacSha512};

/// A signature method that is chosen at run time. It makes a key for each pair of secrets.
///
/// Pass it to [`Signer::with_method`](crate::Signer::with_method) or to
/// [`Flow::signature_method`](crate::flow::Flow::signature_method).
///
/// ```
/// use oauth1_signer::{Consumer, Signer, Token, signature_method::SignatureMethod};
///
/// let from_configuration = String::from("HMAC-SHA1");
/// let method = SignatureMethod::from_name(&from_configuration)?;
/// let consumer = Consumer::new("key", "secret");
/// let signer = Signer::with_method(&method, &consumer, &Token::new("token", "secret"));
/// # Ok::<(), oauth1_signer::signature_method::MethodError>(())
/// ```
#[derive(Clone)]
pub struct SignatureMethod(Kind);

#[derive(Clone)]
enum Kind {
    /// The key is made from the secrets of the consumer and the token.
    Secrets {
        name: &'static str,
        key: fn(&str, &str) -> AnyKey,
    },
    /// The key is the same for every token.
    Key(AnyKey),
}

impl SignatureMethod {
    /// Finds a method with shared secrets (HMAC or PLAINTEXT) by its name. The name is the value of
    /// `oauth_signature_method`; case matters.
    ///
    /// # Errors
    ///
    /// [`MethodError`] if the method is unknown, signs with a private key (see
    /// [`SignatureMethod::with_key`]), or needs a feature of this crate.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SignatureMethod;
    ///
    /// assert!(SignatureMethod::from_name("PLAINTEXT").is_ok());
    /// assert_eq!(
    ///     SignatureMethod::from_name("hmac-sha1").unwrap_err().to_string(),
    ///     r#"unknown signature method "hmac-sha1"; did you mean HMAC-SHA1?"#
    /// );
    /// assert_eq!(
    ///     SignatureMethod::from_name("RSA-SHA1").unwrap_err().to_string(),
    ///     "RSA-SHA1 signs with a private key, not with shared secrets: use `SignatureMethod::from_private_key` (feature rsa)"
    /// );
    /// ```
    pub fn from_name(name: &str) -> Result<Self, MethodError> {
        match name {
            "HMAC-SHA1" => Ok(Self::hmac_sha1()),
            #[cfg(feature = "sha2")]
            "HMAC-SHA256" => Ok(Self::hmac_sha256()),
            #[cfg(feature = "sha2")]
            "HMAC-SHA512" => Ok(Self::hmac_sha512()),
            "PLAINTEXT" => Ok(Self::plaintext()),
            "RSA-SHA1" | "RSA-SHA256" | "RSA-SHA512" => {
                Err(MethodError::PrivateKey { name: name.into() })
            }
            _ => Err(MethodError::without(name)),
        }
    }

    /// A method with RSA, by its name and a private key in PEM or DER. See
    /// [`RsaSha256::from_pem`](super::RsaSha256::from_pem) and
    /// [`RsaSha256::from_der`](super::RsaSha256::from_der) for what can be read. Needs the feature
    /// `rsa`.
    ///
    /// # Errors
    ///
    /// [`MethodError::Key`] if the key cannot be read, and other [`MethodError`]s if the method is
    /// unknown or signs with shared secrets.
    ///
    /// ```no_run
    /// use oauth1_signer::signature_method::SignatureMethod;
    ///
    /// let method = SignatureMethod::from_private_key("RSA-SHA256", &std::fs::read("key.pem")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "rsa")]
    pub fn from_private_key(name: &str, pem_or_der: &[u8]) -> Result<Self, MethodError> {
        use super::{RsaSha1, RsaSha256, RsaSha512, rsa::is_pem};

        let is_der = !is_pem(pem_or_der);
        Ok(match (name, is_der) {
            ("RSA-SHA1", true) => Self::with_key(RsaSha1::from_der(pem_or_der)?),
            ("RSA-SHA1", false) => Self::with_key(RsaSha1::from_pem(pem_or_der)?),
            ("RSA-SHA256", true) => Self::with_key(RsaSha256::from_der(pem_or_der)?),
            ("RSA-SHA256", false) => Self::with_key(RsaSha256::from_pem(pem_or_der)?),
            ("RSA-SHA512", true) => Self::with_key(RsaSha512::from_der(pem_or_der)?),
            ("RSA-SHA512", false) => Self::with_key(RsaSha512::from_pem(pem_or_der)?),
            ("HMAC-SHA1" | "HMAC-SHA256" | "HMAC-SHA512" | "PLAINTEXT", _) => {
                return Err(MethodError::Secrets { name: name.into() });
            }
            _ => return Err(MethodError::without(name)),
        })
    }

    /// HMAC-SHA1 (RFC 5849, section 3.4.2).
    ///
    /// ```
    /// use oauth1_signer::signature_method::SignatureMethod;
    ///
    /// assert_eq!(SignatureMethod::hmac_sha1().name(), "HMAC-SHA1");
    /// ```
    #[must_use]
    pub fn hmac_sha1() -> Self {
        Self::secrets("HMAC-SHA1", |consumer_secret, token_secret| {
            AnyKey::new(HmacSha1::new(consumer_secret, token_secret))
        })
    }

    /// HMAC-SHA256. Needs the feature `sha2`.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SignatureMethod;
    ///
    /// assert_eq!(SignatureMethod::hmac_sha256().name(), "HMAC-SHA256");
    /// ```
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn hmac_sha256() -> Self {
        Self::secrets("HMAC-SHA256", |consumer_secret, token_secret| {
            AnyKey::new(HmacSha256::new(consumer_secret, token_secret))
        })
    }

    /// HMAC-SHA512. Needs the feature `sha2`.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SignatureMethod;
    ///
    /// assert_eq!(SignatureMethod::hmac_sha512().name(), "HMAC-SHA512");
    /// ```
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn hmac_sha512() -> Self {
        Self::secrets("HMAC-SHA512", |consumer_secret, token_secret| {
            AnyKey::new(HmacSha512::new(consumer_secret, token_secret))
        })
    }

    /// PLAINTEXT (RFC 5849, section 3.4.4), which signs for https only.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SignatureMethod;
    ///
    /// assert_eq!(SignatureMethod::plaintext().name(), "PLAINTEXT");
    /// ```
    #[must_use]
    pub fn plaintext() -> Self {
        Self::secrets("PLAINTEXT", |consumer_secret, token_secret| {
            AnyKey::new(Plaintext::new(consumer_secret, token_secret))
        })
    }

    /// A method whose key does not depend on the secrets of the consumer and the token, such as
    /// RSA or a key that is kept elsewhere.
    ///
    /// ```no_run
    /// # #[cfg(feature = "rsa")] {
    /// use oauth1_signer::{Consumer, Signer, signature_method::{RsaSha1, SignatureMethod}};
    ///
    /// let key = RsaSha1::from_pem(&std::fs::read("key.pem")?)?;
    /// let method = SignatureMethod::with_key(key);
    /// let signer = Signer::with_method(&method, &Consumer::new("key", ""), None);
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_key<K>(key: K) -> Self
    where
        K: SigningKey<Error: Into<SigningError>> + Send + Sync + 'static,
    {
        Self(Kind::Key(AnyKey::new(key)))
    }

    /// The name of the method, sent as `oauth_signature_method`.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SignatureMethod;
    ///
    /// assert_eq!(SignatureMethod::default().name(), "HMAC-SHA1");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.0 {
            Kind::Secrets { name, .. } => name,
            Kind::Key(key) => key.method(),
        }
    }

    /// Makes the key for the secrets of a consumer and a token. Without a token, pass an empty
    /// token secret.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, signature_method::{SignatureMethod, SigningKey}};
    ///
    /// let key = SignatureMethod::hmac_sha1().key("cs", "");
    /// let signature = key.sign(&BaseString::from_text("bs"))?;
    /// assert_eq!(signature.expose_secret(), "egQqG5AJep5sJ7anhXju1unge2I=");
    /// # Ok::<(), oauth1_signer::signature_method::SigningError>(())
    /// ```
    #[must_use]
    pub fn key(&self, consumer_secret: &str, token_secret: &str) -> AnyKey {
        match &self.0 {
            Kind::Secrets { key, .. } => key(consumer_secret, token_secret),
            Kind::Key(key) => key.clone(),
        }
    }

    /// PLAINTEXT that also signs for http, where the secrets travel in the clear. See
    /// [`Plaintext::allow_insecure_transport`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, signature_method::SignatureMethod};
    ///
    /// let method = SignatureMethod::plaintext_over_insecure_transport();
    /// let signer = Signer::with_method(&method, &Consumer::new("key", "secret"), None);
    /// let request = Request::get("http://10.0.0.2:5240/MAAS/api/2.0/machines/")?;
    /// let signed = signer.sign_without_stamp(&request)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn plaintext_over_insecure_transport() -> Self {
        Self::secrets("PLAINTEXT", |consumer_secret, token_secret| {
            let key = Plaintext::new(consumer_secret, token_secret);
            AnyKey::new(key.allow_insecure_transport())
        })
    }

    fn secrets(name: &'static str, key: fn(&str, &str) -> AnyKey) -> Self {
        Self(Kind::Secrets { name, key })
    }
}

/// HMAC-SHA1, as in [`Signer::new`](crate::Signer::new).
impl Default for SignatureMethod {
    fn default() -> Self {
        Self::hmac_sha1()
    }
}

/// Shows the name.
impl fmt::Debug for SignatureMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SignatureMethod")
            .field(&self.name())
            .finish()
    }
}
