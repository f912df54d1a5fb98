//! The realm of the header ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::string::String;
use core::fmt;

use thiserror::Error;

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

    pub(super) fn as_quoted(&self) -> &str {
        &self.quoted
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
