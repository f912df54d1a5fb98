//! A key for any signature method ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use alloc::sync::Arc;
use core::fmt;

use super::{Signature, SigningError, SigningKey};
use crate::base_string::BaseString;

/// A key for any signature method: what a [`SignatureMethod`](super::SignatureMethod) makes from the
/// secrets of a consumer and a token.
///
/// ```
/// use oauth1_signer::{Request, Signer, Stamp, signature_method::SignatureMethod};
///
/// let from_configuration = String::from("HMAC-SHA1");
/// let method = SignatureMethod::from_name(&from_configuration)?;
/// let key = method.key("consumer secret", "token secret");
/// let signer = Signer::with_key("key", Some("token"), key);
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.try_sign(&request, Stamp::new("nonce", 1316657628))?;
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
