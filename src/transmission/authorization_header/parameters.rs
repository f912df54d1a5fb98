//! The parameters of a received `Authorization` header ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::fmt;

use super::read::{AuthorizationError, Element, LONGEST, MOST, Part, read, unquoted};
use crate::encode::ascii;

/// The parameters of a received `Authorization` header ([RFC 5849 §3.5.1]), read strictly.
///
/// The scheme ignores case. Each parameter is a name, an equals sign at once, and a value in quotation
/// marks; commas separate parameters. Headers of up to 16 KiB and 100 parameters are read.
///
/// To verify a request, use [`Verifier`](crate::verifier::Verifier), which reads the header itself.
///
/// ```
/// use oauth1_signer::AuthorizationParameters;
///
/// let header = r#"OAuth realm="Photos", oauth_consumer_key="key", oauth_nonce="a%20b""#;
/// let parameters = AuthorizationParameters::parse(header)?;
/// assert_eq!(parameters.realm().as_deref(), Some("Photos"));
/// assert_eq!(parameters.get("oauth_nonce"), Some("a b"));
/// # Ok::<(), oauth1_signer::AuthorizationError>(())
/// ```
///
/// [RFC 5849 §3.5.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1
#[derive(Clone)]
pub struct AuthorizationParameters<'a> {
    realm: Option<&'a [u8]>,
    parameters: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> AuthorizationParameters<'a> {
    /// Reads the value of an `Authorization` header.
    ///
    /// # Errors
    ///
    /// [`AuthorizationError`], which says where.
    ///
    /// ```
    /// use oauth1_signer::{AuthorizationError, AuthorizationParameters};
    ///
    /// let error = AuthorizationParameters::parse("Bearer abc").unwrap_err();
    /// assert_eq!(error, AuthorizationError::Scheme);
    /// ```
    pub fn parse(header: &'a str) -> Result<Self, AuthorizationError> {
        if header.len() > LONGEST {
            return Err(AuthorizationError::TooLong { limit: LONGEST });
        }
        let mut realm = None;
        let mut parameters: Vec<(Cow<'a, str>, Cow<'a, str>)> = Vec::new();
        read(header.as_bytes(), |element| match element {
            Element::Realm { text, position } => match realm.replace(text) {
                None => Ok(()),
                Some(_) => Err(AuthorizationError::Duplicate { position }),
            },
            Element::Parameter {
                name,
                value,
                position,
                ..
            } => {
                if parameters.len() == MOST {
                    return Err(AuthorizationError::TooManyParameters { limit: MOST });
                }
                let (name, value) = (decoded(name)?, decoded(value)?);
                if parameters.iter().any(|(other, _)| *other == name) {
                    return Err(AuthorizationError::Duplicate { position });
                }
                parameters.push((name, value));
                Ok(())
            }
        })?;
        Ok(Self { realm, parameters })
    }

    /// The realm, without its quotation marks.
    #[must_use]
    pub fn realm(&self) -> Option<Cow<'a, str>> {
        let realm = self.realm?;
        Some(match str::from_utf8(realm) {
            Ok(text) if !text.contains('\\') => text.into(),
            _ => unquoted(realm).into(),
        })
    }

    /// The decoded value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.iter();
        all.find(|(other, _)| *other == name)
            .map(|(_, value)| value)
    }

    /// The decoded names and values, in the order of the header and without the realm.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.parameters.iter();
        all.map(|(name, value)| (&**name, &**value))
    }
}

fn decoded(part: Part<'_>) -> Result<Cow<'_, str>, AuthorizationError> {
    if part.unreserved {
        return Ok(ascii(part.text).into());
    }
    let mut bytes = Vec::with_capacity(part.text.len());
    part.decode(&mut bytes)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(_) => Err(AuthorizationError::NotText {
            position: part.position,
        }),
    }
}

/// Shows the names only, because a PLAINTEXT signature consists of the secrets.
impl fmt::Debug for AuthorizationParameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationParameters ")?;
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
