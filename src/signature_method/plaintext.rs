//! PLAINTEXT ([RFC 5849 §3.4.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.4)).

use super::{
    Signature, SigningError, SigningKey, VerifyingKey, secrets::joined_secrets,
    shared_secrets::is_same, verifying::STAND_IN,
};
use crate::{base_string::BaseString, credentials::Secret};

/// PLAINTEXT (RFC 5849, section 3.4.4): the signature is both secrets, percent-encoded and joined
/// with `&`. The header, the query or the form then percent-encodes it once more.
///
/// PLAINTEXT protects nothing by itself, so section 3.4.4 requires a secure channel: signing for
/// http is an error unless you call [`Plaintext::allow_insecure_transport`]. You may leave out the
/// nonce and the timestamp with [`Signer::sign_without_stamp`](crate::Signer::sign_without_stamp).
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp, Token, signature_method::SigningError};
///
/// let signer = Signer::plaintext(&Consumer::new("key", "c&s"), &Token::new("token", "ts"));
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.sign_without_stamp(&request)?;
/// assert_eq!(signed.signature().expose_secret(), "c%26s&ts");
/// assert!(
///     signed.authorization_header().to_value().contains(r#"oauth_signature="c%2526s%26ts""#)
/// );
///
/// let request = Request::get("http://api.example.com/")?;
/// let error = signer.try_sign(&request, Stamp::new("nonce", 1316657628)).unwrap_err();
/// assert_eq!(error, SigningError::InsecureTransport);
/// assert!(error.to_string().starts_with("PLAINTEXT would send the secrets unprotected over http"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plaintext {
    secrets: Secret,
    insecure_transport: bool,
}

impl Plaintext {
    /// Joins the secrets. Without a token, pass an empty token secret; the `&` is always there.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{Plaintext, SigningKey};
    ///
    /// assert_eq!(Plaintext::new("secret", "").method(), "PLAINTEXT");
    /// ```
    #[must_use]
    pub fn new(consumer_secret: &str, token_secret: &str) -> Self {
        Self {
            secrets: joined_secrets(consumer_secret, token_secret),
            insecure_transport: false,
        }
    }

    /// Allows signing for http, where the secrets travel in the clear: anyone who sees one request
    /// can make any other. Use it on a network that is secured by other means, such as a tunnel.
    ///
    /// ```
    /// use oauth1_signer::{Request, Signer, Stamp, signature_method::Plaintext};
    ///
    /// let key = Plaintext::new("", "secret").allow_insecure_transport();
    /// let signer = Signer::with_key("key", Some("token"), key);
    /// let request = Request::get("http://10.0.0.2:5240/MAAS/api/2.0/machines/")?;
    /// let signed = signer.try_sign(&request, Stamp::new("nonce", 1316657628))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn allow_insecure_transport(mut self) -> Self {
        self.insecure_transport = true;
        self
    }
}

impl SigningKey for Plaintext {
    type Error = SigningError;

    fn method(&self) -> &'static str {
        "PLAINTEXT"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        if self.insecure_transport || base_string.is_secure() {
            Ok(Signature::from_text(self.secrets.0.as_str()))
        } else {
            Err(SigningError::InsecureTransport)
        }
    }
}

/// A verifier refuses PLAINTEXT unless its policy allows it.
impl VerifyingKey for Plaintext {
    fn supports(&self, method: &str) -> bool {
        method == "PLAINTEXT"
    }

    fn verify(&self, _method: &str, _base_string: &BaseString<'_>, signature: &str) -> bool {
        is_same(&self.secrets, signature)
    }

    fn stand_in() -> Self {
        Self::new(STAND_IN, STAND_IN)
    }
}
