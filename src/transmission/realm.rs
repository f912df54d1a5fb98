//! The realm of the `Authorization` header ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::string::String;
use core::fmt;

use thiserror::Error;

/// The realm of the `Authorization` header (RFC 5849, section 3.5.1). It is written as a quoted
/// string (RFC 7235), and neither percent-encoded nor signed.
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
    /// Makes a realm from visible ASCII characters, spaces and tabs. The text may be empty.
    ///
    /// # Errors
    ///
    /// [`RealmError`] for any other character, because it could end the header, or be read
    /// differently by different servers.
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

    pub(super) fn as_quoted(&self) -> &str {
        &self.quoted
    }
}

/// Writes the realm as it appears in the header, with its quotation marks.
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

/// The text contains a character that is not allowed in a realm.
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
    /// The position of the character: the number of bytes before it.
    pub position: usize,
}
