//! HMAC-SHA1 ([RFC 5849 §3.4.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.2)).

use alloc::string::String;
use core::{convert::Infallible, fmt};

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::percent_encode;
use sha1::Sha1;

use super::{Signature, SigningKey};
use crate::{
    BaseString,
    credentials::Secret,
    encode::{RESERVED, encoded_length},
};

/// HMAC-SHA1, the method nearly every service takes.
///
/// It holds the state of the hash after the key, not the secrets, so that a signature pays for the
/// key no more.
///
/// ```
/// use oauth1_signer::{BaseString, HmacSha1, SigningKey};
///
/// // No token yet: the key is "secret&".
/// let key = HmacSha1::new("kd94hf93k423kf44", "");
/// assert_eq!(key.method(), "HMAC-SHA1");
/// assert_eq!(format!("{key:?}"), "HmacSha1([redacted])");
/// ```
#[derive(Clone)]
pub struct HmacSha1(Hmac<Sha1>);

impl HmacSha1 {
    /// Prepares the key of RFC 5849, section 3.4.2: both secrets percent-encoded, with `&` between
    /// them. A secret that does not exist counts as empty; the `&` is always there.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, HmacSha1, SigningKey};
    ///
    /// let key = HmacSha1::new("cs", "");
    /// let Ok(signature) = key.sign(&BaseString::from_text("bs"));
    /// assert_eq!(signature.expose_secret(), "egQqG5AJep5sJ7anhXju1unge2I=");
    /// ```
    #[must_use]
    pub fn new(consumer_secret: &str, token_secret: &str) -> Self {
        Self(keyed(&key(consumer_secret, token_secret)))
    }
}

impl SigningKey for HmacSha1 {
    type Error = Infallible;

    fn method(&self) -> &'static str {
        "HMAC-SHA1"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Infallible> {
        let mut mac = self.0.clone();
        base_string.for_each_chunk(|chunk| mac.update(chunk));
        Ok(Signature::from_octets(&mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for HmacSha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HmacSha1([redacted])")
    }
}

fn keyed(key: &Secret) -> Hmac<Sha1> {
    Hmac::new_from_slice(key.0.as_bytes()).expect("HMAC takes keys of any length")
}

fn key(consumer_secret: &str, token_secret: &str) -> Secret {
    // Room for all of it, so that growing leaves no copy behind.
    let length = encoded_length(consumer_secret) + "&".len() + encoded_length(token_secret);
    let mut key = Secret(String::with_capacity(length));
    key.0
        .extend(percent_encode(consumer_secret.as_bytes(), RESERVED));
    key.0.push('&');
    key.0
        .extend(percent_encode(token_secret.as_bytes(), RESERVED));
    key
}
