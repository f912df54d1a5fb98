//! A key for any signature method ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use alloc::sync::Arc;
use core::fmt;

use super::{MethodError, Signature, SignatureMethod, SigningError, SigningKey};
use crate::base_string::BaseString;

/// A key for any signature method, so that the method can be chosen at run time.
///
/// If you have a [`Consumer`](crate::Consumer) and a [`Token`](crate::Token),
/// [`SignatureMethod`] makes the key from them.
///
/// ```
/// use oauth1_signer::{Request, Signer, Stamp};
/// use oauth1_signer::signature_method::{AnyKey, MethodError};
///
/// let from_configuration = String::from("HMAC-SHA1");
/// let key = AnyKey::from_secrets(&from_configuration, "consumer secret", "token secret")?;
/// let signer = Signer::with_key("key", Some("token"), key);
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.try_sign(&request, Stamp::new("nonce", 1316657628))?;
///
/// let error = AnyKey::from_secrets("hmac-sha1", "consumer secret", "").unwrap_err();
/// assert_eq!(error, MethodError::Unknown { name: "hmac-sha1".into() });
/// assert_eq!(error.to_string(), r#"unknown signature method "hmac-sha1" (case matters)"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct AnyKey(Arc<dyn SigningKey<Error = SigningError> + Send + Sync>);

impl AnyKey {
    /// Wraps a key from this crate or from another one.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{AnyKey, Plaintext, SigningKey};
    ///
    /// let key = AnyKey::new(Plaintext::new("secret", "").allow_insecure_transport());
    /// assert_eq!(key.method(), "PLAINTEXT");
    /// ```
    #[must_use]
    pub fn new<K>(key: K) -> Self
    where
        K: SigningKey<Error: Into<SigningError>> + Send + Sync + 'static,
    {
        Self(Arc::new(Converted(key)))
    }

    /// Makes a key for a method with shared secrets: HMAC or PLAINTEXT. The name is the value of
    /// `oauth_signature_method`; case matters.
    ///
    /// # Errors
    ///
    /// [`MethodError`] if the method is unknown, signs with a private key, or needs a feature of
    /// this crate.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{AnyKey, SigningKey};
    ///
    /// let key = AnyKey::from_secrets("PLAINTEXT", "consumer secret", "token secret")?;
    /// assert_eq!(key.method(), "PLAINTEXT");
    /// # Ok::<(), oauth1_signer::signature_method::MethodError>(())
    /// ```
    pub fn from_secrets(
        method: &str,
        consumer_secret: &str,
        token_secret: &str,
    ) -> Result<Self, MethodError> {
        Ok(SignatureMethod::from_name(method)?.key(consumer_secret, token_secret))
    }

    /// Makes a key for a method with RSA from a private key in PEM or DER. See
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
    /// use oauth1_signer::signature_method::AnyKey;
    ///
    /// let key = AnyKey::from_private_key("RSA-SHA256", &std::fs::read("key.pem")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "rsa")]
    pub fn from_private_key(method: &str, pem_or_der: &[u8]) -> Result<Self, MethodError> {
        use super::{RsaSha1, RsaSha256, RsaSha512, rsa::is_pem};

        let is_der = !is_pem(pem_or_der);
        Ok(match (method, is_der) {
            ("RSA-SHA1", true) => Self::new(RsaSha1::from_der(pem_or_der)?),
            ("RSA-SHA1", false) => Self::new(RsaSha1::from_pem(pem_or_der)?),
            ("RSA-SHA256", true) => Self::new(RsaSha256::from_der(pem_or_der)?),
            ("RSA-SHA256", false) => Self::new(RsaSha256::from_pem(pem_or_der)?),
            ("RSA-SHA512", true) => Self::new(RsaSha512::from_der(pem_or_der)?),
            ("RSA-SHA512", false) => Self::new(RsaSha512::from_pem(pem_or_der)?),
            ("HMAC-SHA1" | "HMAC-SHA256" | "HMAC-SHA512" | "PLAINTEXT", _) => {
                return Err(MethodError::Secrets {
                    name: method.into(),
                });
            }
            _ => return Err(MethodError::without(method)),
        })
    }
}

impl SigningKey for AnyKey {
    type Error = SigningError;

    fn method(&self) -> &str {
        self.0.method()
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        self.0.sign(base_string)
    }
}

/// Shows the name of the method.
impl fmt::Debug for AnyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyKey({}, [redacted])", self.method())
    }
}

/// Converts the errors of a key to [`SigningError`].
struct Converted<K>(K);

impl<K: SigningKey<Error: Into<SigningError>>> SigningKey for Converted<K> {
    type Error = SigningError;

    fn method(&self) -> &str {
        self.0.method()
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        self.0.sign(base_string).map_err(Into::into)
    }
}
