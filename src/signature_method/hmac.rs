//! HMAC-SHA1 ([RFC 5849 §3.4.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.2)), and the same with SHA-2.

use core::{convert::Infallible, fmt};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use sha1::Sha1;
#[cfg(feature = "sha2")]
use sha2::{Sha256, Sha512};

use super::{Signature, SigningKey, VerifyingKey, secrets::joined_secrets, verifying::STAND_IN};
use crate::{base_string::BaseString, credentials::Secret};

/// HMAC-SHA1 (RFC 5849, section 3.4.2), the method that nearly every service accepts.
///
/// The key is hashed once, in [`HmacSha1::new`], and not for each signature. The secrets are not
/// kept.
///
/// ```
/// use oauth1_signer::{BaseString, signature_method::{HmacSha1, SigningKey}};
///
/// // No token yet: the key is "secret&".
/// let key = HmacSha1::new("kd94hf93k423kf44", "");
/// assert_eq!(key.method(), "HMAC-SHA1");
/// assert_eq!(format!("{key:?}"), "HmacSha1([redacted])");
/// ```
#[derive(Clone)]
pub struct HmacSha1(Key<Sha1>);

impl HmacSha1 {
    /// Prepares the key: both secrets, percent-encoded and joined with `&`. Without a token,
    /// pass an empty token secret; the `&` is always there.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, signature_method::{HmacSha1, SigningKey}};
    ///
    /// let key = HmacSha1::new("cs", "");
    /// let Ok(signature) = key.sign(&BaseString::from_text("bs"));
    /// assert_eq!(signature.expose_secret(), "egQqG5AJep5sJ7anhXju1unge2I=");
    /// ```
    #[must_use]
    pub fn new(consumer_secret: &str, token_secret: &str) -> Self {
        Self(Key::new(consumer_secret, token_secret))
    }

    pub(super) fn from_joined(secrets: &Secret) -> Self {
        Self(Key::from_joined(secrets))
    }
}

impl SigningKey for HmacSha1 {
    type Error = Infallible;

    fn method(&self) -> &'static str {
        "HMAC-SHA1"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Infallible> {
        Ok(self.0.sign(base_string))
    }
}

impl VerifyingKey for HmacSha1 {
    fn supports(&self, method: &str) -> bool {
        method == self.method()
    }

    fn verify(&self, _method: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
        self.0.verify(base_string, signature)
    }

    fn stand_in() -> Self {
        Self::new(STAND_IN, STAND_IN)
    }
}

impl fmt::Debug for HmacSha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HmacSha1([redacted])")
    }
}

/// HMAC-SHA256: like [`HmacSha1`], with another hash. Needs the feature `sha2`.
///
/// RFC 5849 does not define it, but services agree on how it works.
///
/// Some services use the same key to sign a text of their own. Pass it to
/// [`BaseString::from_text`]:
///
/// ```
/// use oauth1_signer::{BaseString, encode, signature_method::{HmacSha256, SigningKey}};
///
/// let key = HmacSha256::new("consumer secret", "token secret");
/// let text = ["1234567", "key", "token", "nonce", "1316657628"].map(encode).join("&");
/// let Ok(signature) = key.sign(&BaseString::from_text(&text));
/// assert_eq!(signature.expose_secret(), "ccwyAkSZpk9txSZHYqiO0t+3iX8x3KqRBo1h14X3Ryk=");
/// ```
#[cfg(feature = "sha2")]
#[derive(Clone)]
pub struct HmacSha256(Key<Sha256>);

#[cfg(feature = "sha2")]
impl HmacSha256 {
    /// Prepares the key, as [`HmacSha1::new`] does.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, signature_method::{HmacSha256, SigningKey}};
    ///
    /// let key = HmacSha256::new("consumer secret", "token secret");
    /// let Ok(signature) = key.sign(&BaseString::from_text("text"));
    /// assert_eq!(signature.expose_secret().len(), 44);
    /// ```
    #[must_use]
    pub fn new(consumer_secret: &str, token_secret: &str) -> Self {
        Self(Key::new(consumer_secret, token_secret))
    }

    pub(super) fn from_joined(secrets: &Secret) -> Self {
        Self(Key::from_joined(secrets))
    }
}

#[cfg(feature = "sha2")]
impl SigningKey for HmacSha256 {
    type Error = Infallible;

    fn method(&self) -> &'static str {
        "HMAC-SHA256"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Infallible> {
        Ok(self.0.sign(base_string))
    }
}

#[cfg(feature = "sha2")]
impl VerifyingKey for HmacSha256 {
    fn supports(&self, method: &str) -> bool {
        method == self.method()
    }

    fn verify(&self, _method: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
        self.0.verify(base_string, signature)
    }

    fn stand_in() -> Self {
        Self::new(STAND_IN, STAND_IN)
    }
}

#[cfg(feature = "sha2")]
impl fmt::Debug for HmacSha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HmacSha256([redacted])")
    }
}

/// HMAC-SHA512: like [`HmacSha1`], with another hash. Needs the feature `sha2`.
///
/// ```
/// use oauth1_signer::signature_method::{HmacSha512, SigningKey};
///
/// assert_eq!(HmacSha512::new("consumer secret", "").method(), "HMAC-SHA512");
/// ```
#[cfg(feature = "sha2")]
#[derive(Clone)]
pub struct HmacSha512(Key<Sha512>);

#[cfg(feature = "sha2")]
impl HmacSha512 {
    /// Prepares the key, as [`HmacSha1::new`] does.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, signature_method::{HmacSha512, SigningKey}};
    ///
    /// let key = HmacSha512::new("consumer secret", "token secret");
    /// let Ok(signature) = key.sign(&BaseString::from_text("text"));
    /// assert_eq!(signature.expose_secret().len(), 88);
    /// ```
    #[must_use]
    pub fn new(consumer_secret: &str, token_secret: &str) -> Self {
        Self(Key::new(consumer_secret, token_secret))
    }

    pub(super) fn from_joined(secrets: &Secret) -> Self {
        Self(Key::from_joined(secrets))
    }
}

#[cfg(feature = "sha2")]
impl SigningKey for HmacSha512 {
    type Error = Infallible;

    fn method(&self) -> &'static str {
        "HMAC-SHA512"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Infallible> {
        Ok(self.0.sign(base_string))
    }
}

#[cfg(feature = "sha2")]
impl VerifyingKey for HmacSha512 {
    fn supports(&self, method: &str) -> bool {
        method == self.method()
    }

    fn verify(&self, _method: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
        self.0.verify(base_string, signature)
    }

    fn stand_in() -> Self {
        Self::new(STAND_IN, STAND_IN)
    }
}

#[cfg(feature = "sha2")]
impl fmt::Debug for HmacSha512 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HmacSha512([redacted])")
    }
}

/// An HMAC that has hashed its key already.
#[derive(Clone)]
struct Key<D: EagerHash>(Hmac<D>);

impl<D: EagerHash> Key<D>
where
    Hmac<D>: Clone + KeyInit + Mac,
{
    fn new(consumer_secret: &str, token_secret: &str) -> Self {
        Self::from_joined(&joined_secrets(consumer_secret, token_secret))
    }

    #[inline]
    fn from_joined(secrets: &Secret) -> Self {
        let hmac = <Hmac<D> as KeyInit>::new_from_slice(secrets.0.as_bytes());
        Self(hmac.expect("HMAC takes keys of any length"))
    }

    #[inline]
    fn sign(&self, base_string: &BaseString<'_>) -> Signature {
        let mut mac = self.0.clone();
        base_string.for_each_chunk(|chunk| mac.update(chunk));
        Signature::from_bytes(&mac.finalize().into_bytes())
    }

    /// Compares in constant time. Base64 that is not exactly as the standard has it is refused: section
    /// 3.2 compares the text.
    fn verify(&self, base_string: &BaseString<'_>, signature: &str) -> bool {
        let mut mac = self.0.clone();
        base_string.for_each_chunk(|chunk| mac.update(chunk));
        let mut bytes = [0; LONGEST];
        // The hash is computed in any case: a refusal takes the same time.
        let length = STANDARD.decode_slice(signature, &mut bytes).unwrap_or(0);
        mac.verify_slice(&bytes[..length]).is_ok()
    }
}

/// The length of the longest hash.
const LONGEST: usize = 64;
