//! Signing in two steps, for a key that is elsewhere ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use core::fmt;

use super::{Signed, Signer};
use crate::{BaseString, ProtocolParameters, Request, Signature, Stamp, protocol::Standing};

/// In place of a key: the key is elsewhere, and signs in two steps. See [`Signer::prepare`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KeyElsewhere;

impl Signer<KeyElsewhere> {
    /// A signer without a key, which [prepares](Signer::prepare) requests: `consumer_key`, `token`
    /// and the name of the signature method are sent. Not for PLAINTEXT, which signs nothing that
    /// could travel to a key: see [`Plaintext`](crate::Plaintext).
    ///
    /// ```
    /// use oauth1_signer::Signer;
    ///
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256");
    /// ```
    #[must_use]
    pub fn with_key_elsewhere(
        consumer_key: impl AsRef<str>,
        token: Option<&str>,
        signature_method: &str,
    ) -> Self {
        Self {
            standing: Standing::new(consumer_key.as_ref(), signature_method, token),
            realm: None,
            key: KeyElsewhere,
        }
    }
}

impl<K> Signer<K> {
    /// The first of two steps, for a key that answers later: all that is signed, without the
    /// signature. The base string goes to the key, and the second step is
    /// [`Prepared::with_signature`].
    ///
    /// ```
    /// use oauth1_signer::{Request, Signature, Signer, Stamp};
    ///
    /// # async fn key_service(base_string: String) -> std::io::Result<Vec<u8>> {
    /// #     Ok(base_string.into_bytes())
    /// # }
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256");
    /// let request = Request::get("https://api.example.com/")?;
    /// let prepared = signer.prepare(&request, Stamp::new("nonce", 1316657628));
    /// let octets = key_service(prepared.base_string().to_string()).await?;
    /// let signed = prepared.with_signature(Signature::from_octets(&octets));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn prepare<'a>(&'a self, request: &'a Request<'a>, stamp: Stamp) -> Prepared<'a> {
        let mut protocol = ProtocolParameters::new(&self.standing, request);
        protocol.set_stamp(stamp);
        Prepared(Signed {
            realm: self.realm.as_ref(),
            protocol,
        })
    }
}

/// A request that waits for its signature. See [`Signer::prepare`].
pub struct Prepared<'a>(Signed<'a>);

impl<'a> Prepared<'a> {
    /// What the key has to sign: `to_string` gives a text that can travel.
    #[must_use]
    pub fn base_string(&self) -> BaseString<'_> {
        self.0.base_string()
    }

    /// The second step: the signature that the key gave for this base string.
    #[must_use]
    pub fn with_signature(self, signature: Signature) -> Signed<'a> {
        Signed {
            protocol: self.0.protocol.with_signature(signature),
            ..self.0
        }
    }
}

/// Shows the request and the names of the protocol parameters.
impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Prepared").field(&self.0).finish()
    }
}
