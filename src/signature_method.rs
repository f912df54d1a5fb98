//! Signature methods ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

mod any;
mod body_hash;
mod error;
mod hmac;
mod method;
mod plaintext;
#[cfg(feature = "rsa")]
mod rsa;
mod signature;

use alloc::{boxed::Box, string::String, sync::Arc};
use core::error::Error;

#[cfg(feature = "sha2")]
pub use self::hmac::{HmacSha256, HmacSha512};
#[cfg(feature = "rsa")]
pub use self::rsa::{PrivateKeyError, RsaSha1, RsaSha256, RsaSha512};
pub use self::{
    any::AnyKey,
    body_hash::BodyHash,
    error::{MethodError, SigningError},
    hmac::HmacSha1,
    method::SignatureMethod,
    plaintext::Plaintext,
    signature::Signature,
};
use crate::{base_string::BaseString, credentials::Secret, encode::push_encoded};

/// A signature method together with its key: what turns a base string into a signature.
///
/// Implement it for a key that is kept elsewhere, such as in a security module. Where the answer
/// takes an `await`, use [`Signer::prepare`](crate::Signer::prepare) instead.
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
    /// Why a key may fail to sign; [`Infallible`](core::convert::Infallible) if it never does.
    type Error: Error;

    /// The name of the signature method, sent as `oauth_signature_method`.
    fn method(&self) -> &str;

    /// Signs.
    ///
    /// # Errors
    ///
    /// If the key cannot be used, or not for this base string.
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

/// For a key that several signers share.
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

/// Both secrets percent-encoded, with `&` between them: the key of section 3.4.2, and the signature
/// of section 3.4.4.
fn joined_secrets(consumer_secret: &str, token_secret: &str) -> Secret {
    // Room for all of it, so that growing leaves no copy behind.
    let length = 3 * (consumer_secret.len() + token_secret.len()) + "&".len();
    let mut joined = Secret(String::with_capacity(length));
    push_encoded(consumer_secret, &mut joined.0);
    joined.0.push('&');
    push_encoded(token_secret, &mut joined.0);
    joined
}
