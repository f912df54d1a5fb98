//! A signature method that is chosen at run time.

use core::fmt;

use super::{AnyKey, HmacSha1, MethodError, Plaintext, SigningError, SigningKey};
#[cfg(feature = "sha2")]
use super::{HmacSha256, HmacSha512};

/// A signature method that is chosen at run time: it makes a key for each pair of secrets.
///
/// [`Signer::with_method`](crate::Signer::with_method) and [`Flow`](crate::flow::Flow) take one.
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
    /// The secrets of consumer and token make the key.
    Secrets {
        name: &'static str,
        key: fn(&str, &str) -> AnyKey,
    },
    /// The key is the same for every token.
    Key(AnyKey),
}

impl SignatureMethod {
    /// A method with shared secrets, by its name in `oauth_signature_method`; case matters.
    ///
    /// # Errors
    ///
    /// [`MethodError`] if the method is unknown, takes a private key, or needs a feature of this
    /// crate.
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

    /// HMAC-SHA1.
    #[must_use]
    pub fn hmac_sha1() -> Self {
        Self::secrets("HMAC-SHA1", |consumer_secret, token_secret| {
            AnyKey::new(HmacSha1::new(consumer_secret, token_secret))
        })
    }

    /// HMAC-SHA256.
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn hmac_sha256() -> Self {
        Self::secrets("HMAC-SHA256", |consumer_secret, token_secret| {
            AnyKey::new(HmacSha256::new(consumer_secret, token_secret))
        })
    }

    /// HMAC-SHA512.
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn hmac_sha512() -> Self {
        Self::secrets("HMAC-SHA512", |consumer_secret, token_secret| {
            AnyKey::new(HmacSha512::new(consumer_secret, token_secret))
        })
    }

    /// PLAINTEXT, which signs for https only.
    #[must_use]
    pub fn plaintext() -> Self {
        Self::secrets("PLAINTEXT", |consumer_secret, token_secret| {
            AnyKey::new(Plaintext::new(consumer_secret, token_secret))
        })
    }

    /// PLAINTEXT for http as well, where the secrets travel in the clear. See
    /// [`Plaintext::allow_insecure_transport`].
    #[must_use]
    pub fn plaintext_over_insecure_transport() -> Self {
        Self::secrets("PLAINTEXT", |consumer_secret, token_secret| {
            let key = Plaintext::new(consumer_secret, token_secret);
            AnyKey::new(key.allow_insecure_transport())
        })
    }

    /// A method whose key does not depend on the secrets of consumer and token: one with RSA, or a
    /// key that is kept elsewhere.
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
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.0 {
            Kind::Secrets { name, .. } => name,
            Kind::Key(key) => key.method(),
        }
    }

    /// The key for the secrets of a consumer and a token.
    #[must_use]
    pub fn key(&self, consumer_secret: &str, token_secret: &str) -> AnyKey {
        match &self.0 {
            Kind::Secrets { key, .. } => key(consumer_secret, token_secret),
            Kind::Key(key) => key.clone(),
        }
    }

    fn secrets(name: &'static str, key: fn(&str, &str) -> AnyKey) -> Self {
        Self(Kind::Secrets { name, key })
    }
}

/// HMAC-SHA1, as with [`Signer::new`](crate::Signer::new).
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
