//! Why a key does not sign, or a method has none.

use alloc::string::{String, ToString};
use core::{convert::Infallible, fmt};

use thiserror::Error;

#[cfg(feature = "rsa")]
use super::PrivateKeyError;

/// Why a key does not sign. HMAC never fails.
///
/// ```
/// use oauth1_signer::signature_method::SigningError;
///
/// assert_eq!(
///     SigningError::InsecureTransport.to_string(),
///     "PLAINTEXT would send the secrets unprotected over http"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SigningError {
    /// Section 3.4.4 asks for a secure channel. See [`Plaintext::allow_insecure_transport`].
    #[error("PLAINTEXT would send the secrets unprotected over http")]
    InsecureTransport,
    /// A key of another crate failed. See [`SigningError::other`].
    #[error("{message}")]
    Other {
        /// What that crate says.
        message: String,
    },
    /// The operation with the private key gave a result that its public key does not confirm: the
    /// key or the machine is damaged. A wrong signature would betray the key, and is not returned.
    #[cfg(feature = "rsa")]
    #[error("the private key gave a signature that its public key does not confirm")]
    PrivateKey,
    /// The operating system gave no random octets, without which the private key would not be
    /// protected while it signs.
    #[cfg(feature = "rsa")]
    #[error("the operating system gave no random bytes")]
    Random,
    /// Only PLAINTEXT signs without nonce and timestamp.
    #[error("only PLAINTEXT signs without nonce and timestamp")]
    StampNeeded,
}

impl SigningError {
    /// For the error of another crate's key, so that [`AnyKey`](super::AnyKey) can hold that key.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SigningError;
    ///
    /// struct ModuleError;
    ///
    /// impl From<ModuleError> for SigningError {
    ///     fn from(_: ModuleError) -> Self {
    ///         SigningError::other("the security module does not answer")
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn other(error: impl fmt::Display) -> Self {
        Self::Other {
            message: error.to_string(),
        }
    }
}

impl From<Infallible> for SigningError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// Why there is no key, or no body hash, for the name of a signature method.
///
/// ```
/// use oauth1_signer::signature_method::{AnyKey, MethodError};
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
