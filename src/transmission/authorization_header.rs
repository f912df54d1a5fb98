//! The `Authorization` header ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

mod parameters;
mod read;

use alloc::string::String;
use core::fmt;

pub(crate) use self::read::{MOST, NotTaken, Piece, Sink, read, unquoted};
pub use self::{parameters::AuthorizationParameters, read::AuthorizationError};
use super::Realm;
use crate::{
    encode::{Out, encode_to, encode_to_string},
    parameters::{InHeader, Writer},
    protocol::Draft,
    signature_method::Signature,
};

/// The value of the `Authorization` header (RFC 5849, section 3.5.1): `OAuth`, the realm if there
/// is one, and the protocol parameters in alphabetical order.
///
/// `Display` writes it, and [`AuthorizationHeader::to_value`] returns it with a single allocation.
/// Anyone who sees it can send the request, so keep it out of logs.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// assert_eq!(
///     signed.authorization_header().to_string(),
///     concat!(
///         r#"OAuth oauth_consumer_key="key", oauth_nonce="nonce", "#,
///         r#"oauth_signature="dh%2Fl%2BnfHOOfQLgOI5YeTfks6op0%3D", "#,
///         r#"oauth_signature_method="HMAC-SHA1", oauth_timestamp="1316657628""#,
///     )
/// );
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone, Copy)]
pub struct AuthorizationHeader<'a> {
    realm: Option<&'a Realm>,
    draft: &'a Draft<'a>,
    signature: &'a Signature,
}

impl<'a> AuthorizationHeader<'a> {
    pub(crate) fn new(
        realm: Option<&'a Realm>,
        draft: &'a Draft<'a>,
        signature: &'a Signature,
    ) -> Self {
        Self {
            realm,
            draft,
            signature,
        }
    }

    /// Returns the value: one line of visible ASCII characters and spaces, and tabs if the realm
    /// contains any.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Realm, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None)
    ///     .with_realm(Realm::new("Photos")?);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let value = signed.authorization_header().to_value();
    /// assert!(value.starts_with(r#"OAuth realm="Photos", oauth_consumer_key="key", "#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_value(&self) -> String {
        let realm = self.realm.map_or(0, |realm| realm.as_quoted().len());
        let parameters = self.draft.length_at_most(self.signature.bytes());
        let expected = "OAuth realm=, ".len() + realm + parameters;
        encode_to_string(expected, |out| self.write(out))
    }

    #[inline]
    fn write(&self, out: &mut impl Out) {
        out.literal(b"OAuth ");
        let writer = match self.realm {
            None => Writer::<InHeader, _>::new(out),
            Some(realm) => {
                out.literal(b"realm=");
                out.literal(realm.as_quoted().as_bytes());
                Writer::after_others(out)
            }
        };
        self.draft.write_sent(writer, self.signature.bytes());
    }
}

impl fmt::Display for AuthorizationHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode_to(f, |out| self.write(out))
    }
}

/// Shows only the names of the parameters.
impl fmt::Debug for AuthorizationHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationHeader")
            .field("realm", &self.realm)
            .field(
                "protocol",
                &self.draft.parameters(Some(self.signature.bytes())),
            )
            .finish()
    }
}
