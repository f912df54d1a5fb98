//! The errors of signing keys, and of names of signature methods.

use alloc::{
    format,
    string::{String, ToString},
};
use core::{convert::Infallible, fmt};

use thiserror::Error;

#[cfg(feature = "rsa")]
use super::PrivateKeyError;
use super::names::{NAMES, meant_by};

/// Why a key could not sign. HMAC never fails.
///
/// ```
/// use oauth1_signer::signature_method::SigningError;
///
/// assert_eq!(
///     SigningError::InsecureTransport.to_string(),
///     "PLAINTEXT would send the secrets unprotected over http: use https, or allow it with `allow_insecure_transport` or `plaintext_over_insecure_transport`"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SigningError {
    /// PLAINTEXT would send the secrets over http, and RFC 5849, section 3.4.4, requires a secure
    /// channel. To allow it, see
    /// [`Plaintext::allow_insecure_transport`](super::Plaintext::allow_insecure_transport) and
    /// [`SignatureMethod::plaintext_over_insecure_transport`](super::SignatureMethod::plaintext_over_insecure_transport).
    #[error(
        "PLAINTEXT would send the secrets unprotected over http: use https, or allow it with `allow_insecure_transport` or `plaintext_over_insecure_transport`"
    )]
    InsecureTransport,
    /// A key from another crate failed. See [`SigningError::other`].
    #[error("{message}")]
    Other {
        /// The error message of that crate.
        message: String,
    },
    /// The public key does not confirm the signature that the private key made: the key or the
    /// machine is damaged. The signature is not returned, because a wrong one could reveal the key.
    /// Needs the feature `rsa`.
    #[cfg(feature = "rsa")]
    #[error("the private key gave a signature that its public key does not confirm")]
    PrivateKey,
    /// The operating system gave no random bytes, which protect the private key while it signs.
    /// Needs the feature `rsa`.
    #[cfg(feature = "rsa")]
    #[error("the operating system gave no random bytes")]
    Random,
    /// The method is not PLAINTEXT, the only one that signs without a nonce and a timestamp. See
    /// [`Signer::sign_without_stamp`](crate::Signer::sign_without_stamp).
    #[error("only PLAINTEXT signs without nonce and timestamp")]
    StampNeeded,
}

impl SigningError {
    /// Wraps the error of another crate's key, so that [`AnyKey`](super::AnyKey) can hold the key.
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

/// Why the name of a signature method gave no key or body hash.
///
/// ```
/// use oauth1_signer::signature_method::{MethodError, SignatureMethod};
///
/// let error = SignatureMethod::from_name("RSA-SHA1").unwrap_err();
/// assert_eq!(error, MethodError::PrivateKey { name: "RSA-SHA1".into() });
/// assert_eq!(error.to_string(), "RSA-SHA1 signs with a private key, not with shared secrets: use `SignatureMethod::from_private_key` (feature rsa)");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum MethodError {
    /// The method needs a feature of this crate that is not enabled.
    #[error("{name} needs the feature {feature} of the crate oauth1-signer")]
    Feature {
        /// The name of the method.
        name: String,
        /// The feature to enable.
        feature: &'static str,
    },
    /// The private key could not be read. Needs the feature `rsa`.
    #[cfg(feature = "rsa")]
    #[error(transparent)]
    Key(#[from] PrivateKeyError),
    /// The method signs with a private key (feature rsa), not with shared secrets.
    #[error(
        "{name} signs with a private key, not with shared secrets: use `SignatureMethod::from_private_key` (feature rsa)"
    )]
    PrivateKey {
        /// The name of the method.
        name: String,
    },
    /// The method signs with shared secrets, not with a private key.
    #[error("{name} signs with shared secrets, not with a private key")]
    Secrets {
        /// The name of the method.
        name: String,
    },
    /// This crate does not know a method of this name.
    #[error("unknown signature method {name:?}; {}", known(name))]
    Unknown {
        /// The unknown name.
        name: String,
    },
}

impl MethodError {
    /// The error for a name that this build does not support.
    pub(crate) fn without(name: &str) -> Self {
        let feature = match name {
            "HMAC-SHA256" | "HMAC-SHA512" => "sha2",
            _ => return Self::Unknown { name: name.into() },
        };
        Self::Feature {
            name: name.into(),
            feature,
        }
    }
}

/// The known name that was meant, or all of them.
fn known(name: &str) -> String {
    match meant_by(name) {
        Some(known) => format!("did you mean {known}?"),
        None => format!("known are {}", NAMES.join(", ")),
    }
}

/// The error of a key that cannot fail, which is [`Infallible`]. Only with such a key does
/// [`Signer::sign`](crate::Signer::sign) return no `Result`.
#[diagnostic::on_unimplemented(
    message = "signing with this key can fail",
    label = "the key of this signer may fail with a `{Self}`",
    note = "call `try_sign`, which returns a `Result`"
)]
pub trait Never: sealed::Never {}

impl Never for Infallible {}

/// Takes the place of a result that there cannot be.
pub(crate) fn never(error: impl Never) -> ! {
    sealed::Never::never(error)
}

mod sealed {
    use super::Infallible;

    pub trait Never {
        fn never(self) -> !;
    }

    impl Never for Infallible {
        fn never(self) -> ! {
            match self {}
        }
    }
}
