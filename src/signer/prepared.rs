//! Signing in two steps, with a key that is kept elsewhere ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use core::fmt;

use super::Signed;
use crate::{
    base_string::BaseString, protocol::Draft, signature_method::Signature, transmission::Realm,
};

/// Takes the place of a key in a [`Signer`](crate::Signer) that signs in two steps. See
/// [`Signer::prepare`](crate::Signer::prepare).
///
/// ```
/// use oauth1_signer::{KeyElsewhere, Signer};
///
/// let signer: Signer<KeyElsewhere> = Signer::with_key_elsewhere("key", None, "RSA-SHA256")?;
/// # Ok::<(), oauth1_signer::signature_method::MethodError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KeyElsewhere;

/// A request that is waiting for its signature. See [`Signer::prepare`](crate::Signer::prepare).
///
/// ```
/// use oauth1_signer::{Request, Signer, Stamp, signature_method::Signature};
///
/// # let ask_the_key = |base_string: String| [base_string.len() as u8; 256];
/// let signer = Signer::with_key_elsewhere("consumer key", None, "RSA-SHA256")?;
/// let request = Request::get("https://api.example.com/")?;
/// let prepared = signer.prepare(&request, Stamp::new("nonce", 1316657628));
/// let bytes = ask_the_key(prepared.base_string().to_string());
/// let signed = prepared.with_signature(Signature::from_bytes(&bytes));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Prepared<'a> {
    pub(super) realm: Option<&'a Realm>,
    pub(super) draft: Draft<'a>,
}

impl<'a> Prepared<'a> {
    /// The base string for the key to sign. `to_string` makes a text of it that you can send.
    #[must_use]
    pub fn base_string(&self) -> BaseString<'_> {
        BaseString::of_draft(&self.draft)
    }

    /// Adds the signature that the key made of the base string. This is the second step.
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
