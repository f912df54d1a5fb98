//! Signing in two steps, for a key that is elsewhere ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use core::fmt;

use super::{Signed, Signer};
use crate::{
    base_string::BaseString,
    protocol::{Constants, Draft},
    request::Request,
    signature_method::{MethodError, Signature},
    stamp::Stamp,
    transmission::Realm,
};

/// In place of a key: the key is elsewhere, and signs in two steps. See [`Signer::prepare`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KeyElsewhere;

impl Signer<KeyElsewhere> {
    /// A signer without a key, which [prepares](Signer::prepare) requests: `consumer_key`, `token`
    /// and the name of the signature method are sent.
    ///
    /// # Errors
    ///
    /// [`MethodError::Secrets`] for PLAINTEXT, whose signature is the secrets themselves. See
    /// [`Plaintext`](crate::signature_method::Plaintext).
    ///
    /// ```
    /// use oauth1_signer::Signer;
    ///
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256")?;
    /// # Ok::<(), oauth1_signer::signature_method::MethodError>(())
    /// ```
    pub fn with_key_elsewhere(
        consumer_key: impl AsRef<str>,
        token: Option<&str>,
        signature_method: &str,
    ) -> Result<Self, MethodError> {
        if signature_method == "PLAINTEXT" {
            return Err(MethodError::Secrets {
                name: signature_method.into(),
            });
        }
        Ok(Self {
            constants: Constants::new(consumer_key.as_ref(), signature_method, token, true),
            realm: None,
            key: KeyElsewhere,
        })
    }

    /// The first of two steps, for a key that answers later: all that is signed, without the
    /// signature. The base string goes to the key, and the second step is
    /// [`Prepared::with_signature`].
    ///
    /// ```
    /// use oauth1_signer::{Request, Signer, Stamp, signature_method::Signature};
    ///
    /// # async fn key_service(base_string: String) -> std::io::Result<Vec<u8>> {
    /// #     Ok(base_string.into_bytes())
    /// # }
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256")?;
    /// let request = Request::get("https://api.example.com/")?;
    /// let prepared = signer.prepare(&request, Stamp::new("nonce", 1316657628));
    /// let bytes = key_service(prepared.base_string().to_string()).await?;
    /// let signed = prepared.with_signature(Signature::from_bytes(&bytes));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn prepare<'a>(&'a self, request: &'a Request<'a>, stamp: Stamp) -> Prepared<'a> {
        let mut draft = Draft::new(&self.constants, request);
        draft.set_stamp(stamp);
        Prepared {
            realm: self.realm.as_ref(),
            draft,
        }
    }
}

/// A request that waits for its signature. See [`Signer::prepare`].
pub struct Prepared<'a> {
    realm: Option<&'a Realm>,
    draft: Draft<'a>,
}

impl<'a> Prepared<'a> {
    /// What the key has to sign: `to_string` gives a text that can travel.
    #[must_use]
    pub fn base_string(&self) -> BaseString<'_> {
        BaseString::of_draft(&self.draft)
    }

    /// The second step: the signature that the key gave for this base string.
    #[must_use]
    pub fn with_signature(self, signature: Signature) -> Signed<'a> {
        Signed {
            realm: self.realm,
            draft: self.draft,
            signature,
        }
    }
}

/// Shows the request and the names of the protocol parameters.
impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("request", self.draft.request())
            .field("realm", &self.realm)
            .field("protocol", &self.draft.parameters(None))
            .finish()
    }
}
