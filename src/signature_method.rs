//! Signature methods ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

mod any;
mod hmac;
mod plaintext;
#[cfg(feature = "rsa")]
mod rsa;

use alloc::{boxed::Box, string::String, sync::Arc};
use core::{convert::Infallible, fmt};

use base64::{Engine, engine::general_purpose::STANDARD};
use thiserror::Error;

#[cfg(feature = "sha2")]
pub use self::hmac::{HmacSha256, HmacSha512};
#[cfg(feature = "rsa")]
pub use self::rsa::{PrivateKeyError, RsaSha1, RsaSha256, RsaSha512};
pub use self::{
    any::{AnyKey, MethodError},
    hmac::HmacSha1,
    plaintext::Plaintext,
};
use crate::{
    BaseString,
    credentials::Secret,
    encode::{ascii, push_encoded},
    parameters::Octets,
};

/// A signature method together with its key: what turns a base string into a signature.
///
/// Implement it for a key that is kept elsewhere, such as in a security module. Where the answer
/// takes an `await`, use [`Signer::prepare`](crate::Signer::prepare) instead.
///
/// ```
/// use oauth1_signer::{BaseString, Request, Signature, Signer, SigningKey, Stamp};
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
///         Ok(Signature::from_octets(&ask_the_module(&text)?))
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
    type Error;

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

/// A key with which nonce and timestamp may be left out, as RFC 5849, section 3.1, has it for
/// PLAINTEXT alone. With any other method the server could not tell a request from its repetition.
///
/// It is what [`Signer::sign_without_stamp`](crate::Signer::sign_without_stamp) asks for, so that
/// forgetting the stamp with another method does not compile:
///
/// ```compile_fail,E0277
/// # use oauth1_signer::{Consumer, Request, Signer};
/// # let request = Request::get("https://api.example.com/").unwrap();
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let signed = signer.sign_without_stamp(&request); // error: HmacSha1 is not StampOptional
/// ```
pub trait StampOptional: SigningKey {}

/// Why a key of this crate does not sign. With HMAC there is no reason.
///
/// ```
/// use oauth1_signer::SigningError;
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
    /// The operation with the private key gave a result that its public key does not confirm: the
    /// key or the machine is damaged. A wrong signature would betray the key, and is not returned.
    #[cfg(feature = "rsa")]
    #[error("the private key gave a signature that its public key does not confirm")]
    PrivateKey,
    /// The operating system gave no random octets, without which the private key would not be
    /// protected while it signs.
    #[cfg(feature = "rsa")]
    #[error("the operating system gave no random octets")]
    Random,
}

impl From<Infallible> for SigningError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// A signature: the value of `oauth_signature`, not percent-encoded.
///
/// It hides itself, because with PLAINTEXT it *is* the secrets.
///
/// ```
/// use oauth1_signer::Signature;
///
/// let signature = Signature::from_octets(b"octets");
/// assert_eq!(format!("{signature:?}"), "Signature([redacted])");
/// ```
#[derive(Clone)]
pub struct Signature(Text);

#[derive(Clone)]
enum Text {
    /// Room for the base64 of HMAC-SHA1 and HMAC-SHA256, so that signing allocates nothing.
    Short {
        text: [u8; SHORT],
        length: u8,
    },
    Long(String),
}

const SHORT: usize = 44;

impl Signature {
    /// Takes the octets that a signature method gives, and writes them as base64.
    ///
    /// ```
    /// use oauth1_signer::Signature;
    ///
    /// assert_eq!(Signature::from_octets(b"octets").expose_secret(), "b2N0ZXRz");
    /// ```
    #[inline]
    #[must_use]
    pub fn from_octets(octets: &[u8]) -> Self {
        let mut signature = Self(Text::Short {
            text: [0; SHORT],
            length: 0,
        });
        signature.write_base64(octets);
        signature
    }

    /// Takes a text as it is, for methods that do not end in base64.
    ///
    /// ```
    /// use oauth1_signer::Signature;
    ///
    /// assert_eq!(Signature::from_text("as it is").expose_secret(), "as it is");
    /// ```
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(Text::Long(text.into()))
    }

    /// The signature itself.
    ///
    /// ```
    /// use oauth1_signer::Signature;
    ///
    /// assert_eq!(Signature::from_octets(&[0xff; 3]).expose_secret(), "////");
    /// ```
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        match &self.0 {
            Text::Short { text, length } => ascii(&text[..usize::from(*length)]),
            Text::Long(text) => text,
        }
    }

    /// Writes the text where it stays: a copy of what has just been written would wait for it.
    #[inline]
    fn write_base64(&mut self, octets: &[u8]) {
        if let Text::Short { text, length } = &mut self.0 {
            match STANDARD.encode_slice(octets, text) {
                #[allow(clippy::cast_possible_truncation)] // It is at most `SHORT`.
                Ok(written) => *length = written as u8,
                Err(_) => self.0 = Text::Long(STANDARD.encode(octets)),
            }
        }
    }

    pub(crate) fn length(&self) -> usize {
        match &self.0 {
            Text::Short { length, .. } => usize::from(*length),
            Text::Long(text) => text.len(),
        }
    }

    pub(crate) fn octets(&self) -> Octets<'_> {
        Octets::Decoded(match &self.0 {
            Text::Short { text, length } => &text[..usize::from(*length)],
            Text::Long(text) => text.as_bytes(),
        })
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature([redacted])")
    }
}

#[cfg(feature = "zeroize")]
impl Drop for Signature {
    fn drop(&mut self) {
        // A short one is an HMAC, and public.
        if let Text::Long(text) = &mut self.0 {
            zeroize::Zeroize::zeroize(text);
        }
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
