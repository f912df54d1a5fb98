//! Signature methods and their keys ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).
//!
//! [`Signer::new`](crate::Signer::new) signs with HMAC-SHA1. For a method that is chosen at run
//! time, use [`SignatureMethod`]; for RSA, `RsaSha256` and its siblings; and for a key that is kept
//! elsewhere, implement [`SigningKey`].
//!
//! A server checks signatures with a [`VerifyingKey`]: [`SharedSecrets`] or an `RsaPublicKey`.
//!
//! HMAC never fails, so [`Signer::sign`](crate::Signer::sign) returns no `Result`. Every other key may
//! fail: sign with [`Signer::try_sign`](crate::Signer::try_sign).

mod any;
mod body_hash;
mod error;
mod hmac;
mod method;
mod names;
mod plaintext;
#[cfg(feature = "rsa")]
mod rsa;
mod secrets;
mod shared_secrets;
mod signature;
mod verifying;

use alloc::{boxed::Box, sync::Arc};
use core::error::Error;

#[cfg(feature = "sha2")]
pub use self::hmac::{HmacSha256, HmacSha512};
#[cfg(feature = "rsa")]
pub use self::rsa::{PrivateKeyError, PublicKeyError, RsaPublicKey, RsaSha1, RsaSha256, RsaSha512};
pub use self::{
    any::AnyKey,
    body_hash::BodyHash,
    error::{MethodError, Never, SigningError},
    hmac::HmacSha1,
    method::SignatureMethod,
    plaintext::Plaintext,
    shared_secrets::SharedSecrets,
    signature::Signature,
    verifying::{AnyVerifyingKey, VerifyingKey},
};
pub(crate) use self::{
    error::never,
    names::{NAMES, PLAINTEXT, meant_by},
};
use crate::base_string::BaseString;

/// A signature method together with its key (RFC 5849, section 3.4). It turns a base string into a
/// signature.
///
/// Implement it for a key that is kept elsewhere, such as in a security module. If you have to
/// `await` the signature, use [`Signer::prepare`](crate::Signer::prepare) instead.
///
/// ```
/// use oauth1_signer::{BaseString, Request, Signer, Stamp};
/// use oauth1_signer::signature_method::{Signature, SigningKey};
///
/// struct Module;
///
/// impl SigningKey for Module {
///     type Error = std::io::Error;
///
///     fn method(&self) -> &str {
///         "RSA-SHA1"
///     }
///
///     fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Self::Error> {
///         let text = base_string.to_string();
/// #       let ask_the_module = |text: &str| Ok::<_, std::io::Error>([text.len() as u8; 256]);
///         Ok(Signature::from_bytes(&ask_the_module(&text)?))
///     }
/// }
///
/// let signer = Signer::with_key("consumer key", None, Module);
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.try_sign(&request, Stamp::new("nonce", 1316657628))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait SigningKey {
    /// The error if the key fails to sign; [`Infallible`](core::convert::Infallible) if it never
    /// does.
    type Error: Error;

    /// The name of the signature method, sent as `oauth_signature_method`.
    fn method(&self) -> &str;

    /// Signs a base string.
    ///
    /// # Errors
    ///
    /// If the key cannot be used, or cannot be used for this base string.
    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Self::Error>;
}

impl<K: SigningKey + ?Sized> SigningKey for &K {
    type Error = K::Error;

    fn method(&self) -> &str {
        (**self).method()
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Self::Error> {
        (**self).sign(base_string)
    }
}

/// Lets several signers share one key.
impl<K: SigningKey + ?Sized> SigningKey for Arc<K> {
    type Error = K::Error;

    fn method(&self) -> &str {
        (**self).method()
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Self::Error> {
        (**self).sign(base_string)
    }
}

impl<K: SigningKey + ?Sized> SigningKey for Box<K> {
    type Error = K::Error;

    fn method(&self) -> &str {
        (**self).method()
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Self::Error> {
        (**self).sign(base_string)
    }
}
