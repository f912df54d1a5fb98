//! A signature method that is chosen at run time.

use alloc::string::String;
use core::fmt;

use thiserror::Error;

use super::{HmacSha1, Plaintext, Signature, SigningError, SigningKey};
#[cfg(feature = "sha2")]
use super::{HmacSha256, HmacSha512};
#[cfg(feature = "rsa")]
use super::{PrivateKeyError, RsaSha1, RsaSha256, RsaSha512, rsa::is_pem};
use crate::BaseString;

/// A key for whichever signature method a configuration names.
///
/// Names are those of `oauth_signature_method`, and case sensitive.
///
/// ```
/// use oauth1_signer::{AnyKey, MethodError, Request, Signer, Stamp};
///
/// let from_configuration = "HMAC-SHA1";
/// let key = AnyKey::from_secrets(from_configuration, "consumer secret", "token secret")?;
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
pub struct AnyKey(Key);

#[derive(Clone)]
enum Key {
    HmacSha1(HmacSha1),
    #[cfg(feature = "sha2")]
    HmacSha256(HmacSha256),
    #[cfg(feature = "sha2")]
    HmacSha512(HmacSha512),
    Plaintext(Plaintext),
    #[cfg(feature = "rsa")]
    RsaSha1(RsaSha1),
    #[cfg(feature = "rsa")]
    RsaSha256(RsaSha256),
    #[cfg(feature = "rsa")]
    RsaSha512(RsaSha512),
}

impl AnyKey {
    /// A key for a method with shared secrets: one with HMAC, or PLAINTEXT.
    ///
    /// # Errors
    ///
    /// [`MethodError`] if the method is unknown, takes a private key, or needs a feature of this
    /// crate.
    pub fn from_secrets(
        method: &str,
        consumer_secret: &str,
        token_secret: &str,
    ) -> Result<Self, MethodError> {
        Ok(match method {
            "HMAC-SHA1" => HmacSha1::new(consumer_secret, token_secret).into(),
            #[cfg(feature = "sha2")]
            "HMAC-SHA256" => HmacSha256::new(consumer_secret, token_secret).into(),
            #[cfg(feature = "sha2")]
            "HMAC-SHA512" => HmacSha512::new(consumer_secret, token_secret).into(),
            "PLAINTEXT" => Plaintext::new(consumer_secret, token_secret).into(),
            "RSA-SHA1" | "RSA-SHA256" | "RSA-SHA512" => {
                return Err(MethodError::PrivateKey {
                    name: method.into(),
                });
            }
            _ => return Err(MethodError::without(method)),
        })
    }

    /// A key for a method with RSA, from a private key in PEM or DER. See
    /// [`RsaSha256::from_pem`] and [`RsaSha256::from_der`].
    ///
    /// # Errors
    ///
    /// [`MethodError`] if the method is unknown or takes shared secrets, and
    /// [`MethodError::Key`] if the key cannot be read.
    ///
    /// ```no_run
    /// use oauth1_signer::AnyKey;
    ///
    /// let key = AnyKey::from_private_key("RSA-SHA256", &std::fs::read("key.pem")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "rsa")]
    pub fn from_private_key(method: &str, pem_or_der: &[u8]) -> Result<Self, MethodError> {
        let is_der = !is_pem(pem_or_der);
        Ok(match (method, is_der) {
            ("RSA-SHA1", true) => RsaSha1::from_der(pem_or_der)?.into(),
            ("RSA-SHA1", false) => RsaSha1::from_pem(pem_or_der)?.into(),
            ("RSA-SHA256", true) => RsaSha256::from_der(pem_or_der)?.into(),
            ("RSA-SHA256", false) => RsaSha256::from_pem(pem_or_der)?.into(),
            ("RSA-SHA512", true) => RsaSha512::from_der(pem_or_der)?.into(),
            ("RSA-SHA512", false) => RsaSha512::from_pem(pem_or_der)?.into(),
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
        match &self.0 {
            Key::HmacSha1(key) => key.method(),
            #[cfg(feature = "sha2")]
            Key::HmacSha256(key) => key.method(),
            #[cfg(feature = "sha2")]
            Key::HmacSha512(key) => key.method(),
            Key::Plaintext(key) => key.method(),
            #[cfg(feature = "rsa")]
            Key::RsaSha1(key) => key.method(),
            #[cfg(feature = "rsa")]
            Key::RsaSha256(key) => key.method(),
            #[cfg(feature = "rsa")]
            Key::RsaSha512(key) => key.method(),
        }
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        match &self.0 {
            Key::HmacSha1(key) => Ok(key.sign(base_string)?),
            #[cfg(feature = "sha2")]
            Key::HmacSha256(key) => Ok(key.sign(base_string)?),
            #[cfg(feature = "sha2")]
            Key::HmacSha512(key) => Ok(key.sign(base_string)?),
            Key::Plaintext(key) => key.sign(base_string),
            #[cfg(feature = "rsa")]
            Key::RsaSha1(key) => key.sign(base_string),
            #[cfg(feature = "rsa")]
            Key::RsaSha256(key) => key.sign(base_string),
            #[cfg(feature = "rsa")]
            Key::RsaSha512(key) => key.sign(base_string),
        }
    }
}

/// Shows the method.
impl fmt::Debug for AnyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyKey({}, [redacted])", self.method())
    }
}

impl From<HmacSha1> for AnyKey {
    fn from(key: HmacSha1) -> Self {
        Self(Key::HmacSha1(key))
    }
}

#[cfg(feature = "sha2")]
impl From<HmacSha256> for AnyKey {
    fn from(key: HmacSha256) -> Self {
        Self(Key::HmacSha256(key))
    }
}

#[cfg(feature = "sha2")]
impl From<HmacSha512> for AnyKey {
    fn from(key: HmacSha512) -> Self {
        Self(Key::HmacSha512(key))
    }
}

impl From<Plaintext> for AnyKey {
    fn from(key: Plaintext) -> Self {
        Self(Key::Plaintext(key))
    }
}

#[cfg(feature = "rsa")]
impl From<RsaSha1> for AnyKey {
    fn from(key: RsaSha1) -> Self {
        Self(Key::RsaSha1(key))
    }
}

#[cfg(feature = "rsa")]
impl From<RsaSha256> for AnyKey {
    fn from(key: RsaSha256) -> Self {
        Self(Key::RsaSha256(key))
    }
}

#[cfg(feature = "rsa")]
impl From<RsaSha512> for AnyKey {
    fn from(key: RsaSha512) -> Self {
        Self(Key::RsaSha512(key))
    }
}

/// Why there is no key, or no body hash, for the name of a signature method.
///
/// ```
/// use oauth1_signer::{AnyKey, MethodError};
///
/// let error = AnyKey::from_secrets("RSA-SHA1", "consumer secret", "").unwrap_err();
/// assert_eq!(error, MethodError::PrivateKey { name: "RSA-SHA1".into() });
/// assert_eq!(error.to_string(), "RSA-SHA1 signs with a private key, not with shared secrets");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum MethodError {
    /// This crate knows the method, but has been built without it.
    #[error("{name} needs the feature {feature} of the crate oauth1-signer")]
    Feature {
        /// The name of the method.
        name: String,
        /// The feature it takes.
        feature: &'static str,
    },
    /// The private key cannot be read.
    #[cfg(feature = "rsa")]
    #[error(transparent)]
    Key(#[from] PrivateKeyError),
    /// The method takes a private key.
    #[error("{name} signs with a private key, not with shared secrets")]
    PrivateKey {
        /// The name of the method.
        name: String,
    },
    /// The method takes shared secrets.
    #[error("{name} signs with shared secrets, not with a private key")]
    Secrets {
        /// The name of the method.
        name: String,
    },
    /// No method has this name.
    #[error("unknown signature method {name:?} (case matters)")]
    Unknown {
        /// The name.
        name: String,
    },
}

impl MethodError {
    /// For a name that this build does not know.
    pub(crate) fn without(name: &str) -> Self {
        let feature = match name {
            "HMAC-SHA256" | "HMAC-SHA512" => "sha2",
            "RSA-SHA1" | "RSA-SHA256" | "RSA-SHA512" => "rsa",
            _ => return Self::Unknown { name: name.into() },
        };
        Self::Feature {
            name: name.into(),
            feature,
        }
    }
}
