//! The `Authorization` header ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::string::String;
use core::fmt;

use thiserror::Error;

use crate::{
    ProtocolParameters,
    encode::{Out, encode_to, encode_to_string},
    parameters::{InHeader, Writer},
};

/// The value of the `Authorization` header: `OAuth`, the realm if there is one, and the protocol
/// parameters in the order of their names.
///
/// `Display` writes it; [`AuthorizationHeader::to_value`] gives it as text with one allocation.
/// Whoever holds it can send this one request: keep it out of logs.
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
    protocol: &'a ProtocolParameters<'a>,
}

impl<'a> AuthorizationHeader<'a> {
    pub(crate) fn new(realm: Option<&'a Realm>, protocol: &'a ProtocolParameters<'a>) -> Self {
        Self { realm, protocol }
    }

    /// The value as text: visible ASCII and spaces, and in a realm tabs, on one line.
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
        let realm = self.realm.map_or(0, |realm| realm.quoted.len());
        let expected = "OAuth realm=, ".len() + realm + self.protocol.length_at_most();
        encode_to_string(expected, |out| self.write(out))
    }

    #[inline]
    fn write(&self, out: &mut impl Out) {
        out.literal(b"OAuth ");
        let writer = match self.realm {
            None => Writer::<InHeader, _>::new(out),
            Some(realm) => {
                out.literal(b"realm=");
                out.literal(realm.quoted.as_bytes());
                Writer::behind(out)
            }
        };
        self.protocol.write_sent(writer);
    }
}

impl fmt::Display for AuthorizationHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode_to(f, |out| self.write(out))
    }
}

/// Shows the names of the parameters only.
impl fmt::Debug for AuthorizationHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationHeader")
            .field("realm", &self.realm)
            .field("protocol", &self.protocol)
            .finish()
    }
}

/// The realm of a header: a quoted-string (RFC 7235), which is neither percent-encoded nor signed.
///
/// ```
/// use oauth1_signer::Realm;
///
/// assert_eq!(Realm::new("Photos")?.to_string(), r#""Photos""#);
/// assert_eq!(Realm::new(r#"a "b" \ c"#)?.to_string(), r#""a \"b\" \\ c""#);
/// assert_eq!(
///     Realm::new("line\nbreak").unwrap_err().to_string(),
///     "the character at byte 4 cannot stand in a realm"
/// );
/// # Ok::<(), oauth1_signer::RealmError>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Realm {
    quoted: String,
}

impl Realm {
    /// Takes any text of visible ASCII characters, spaces and tabs, also an empty one.
    ///
    /// # Errors
    ///
    /// [`RealmError`] for any other character: it could end the header, or be read differently.
    ///
    /// ```
    /// use oauth1_signer::Realm;
    ///
    /// let realm = Realm::new("123456_SB1")?;
    /// assert_eq!(realm.to_string(), r#""123456_SB1""#);
    /// # Ok::<(), oauth1_signer::RealmError>(())
    /// ```
    pub fn new(realm: impl AsRef<str>) -> Result<Self, RealmError> {
        let realm = realm.as_ref();
        let mut quoted = String::with_capacity(realm.len() + 2);
        quoted.push('"');
        for (position, character) in realm.char_indices() {
            match character {
                '"' | '\\' => quoted.extend(['\\', character]),
                ' '..='~' | '\t' => quoted.push(character),
                _ => return Err(RealmError { position }),
            }
        }
        quoted.push('"');
        Ok(Self { quoted })
    }
}

/// Writes the realm as it stands in a header, with its quotation marks.
impl fmt::Display for Realm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.quoted)
    }
}

impl fmt::Debug for Realm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Realm({self})")
    }
}

/// A realm with a character that cannot stand in a quoted-string.
///
/// ```
/// use oauth1_signer::Realm;
///
/// assert_eq!(Realm::new("Café").unwrap_err().position, 3);
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("the character at byte {position} cannot stand in a realm")]
#[non_exhaustive]
pub struct RealmError {
    /// How many bytes stand before the character.
    pub position: usize,
}
