//! The parameters of a received `Authorization` header ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::{fmt, ops::Range};

use super::read::{AuthorizationError, MOST, NotTaken, Piece, Sink, read, unquoted};
use crate::protocol::Name;

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
    realm: Option<&'a str>,
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
        let mut taken = Taken {
            header,
            decoded: String::new(),
            realm: None,
            parameters: Vec::new(),
        };
        read(header, &mut taken)?;
        let text = |piece: &Piece| {
            if piece.is_decoded {
                Cow::Owned(taken.text(*piece).into())
            } else {
                Cow::Borrowed(&header[piece.start..piece.end])
            }
        };
        let parameters = taken.parameters.iter();
        let parameters = parameters.map(|[name, value]| (text(name), text(value)));
        Ok(Self {
            realm: taken.realm.clone().map(|realm| &header[realm]),
            parameters: parameters.collect(),
        })
    }

    /// The realm, without its quotation marks.
    ///
    /// ```
    /// use oauth1_signer::AuthorizationParameters;
    ///
    /// let header = r#"OAuth realm="Photos", oauth_consumer_key="key", oauth_nonce="a%20b""#;
    /// let parameters = AuthorizationParameters::parse(header)?;
    /// assert_eq!(parameters.realm().as_deref(), Some("Photos"));
    /// # Ok::<(), oauth1_signer::AuthorizationError>(())
    /// ```
    #[must_use]
    pub fn realm(&self) -> Option<Cow<'a, str>> {
        self.realm.map(unquoted)
    }

    /// The decoded value of a parameter.
    ///
    /// ```
    /// use oauth1_signer::AuthorizationParameters;
    ///
    /// let header = r#"OAuth realm="Photos", oauth_consumer_key="key", oauth_nonce="a%20b""#;
    /// let parameters = AuthorizationParameters::parse(header)?;
    /// assert_eq!(parameters.get("oauth_nonce"), Some("a b"));
    /// # Ok::<(), oauth1_signer::AuthorizationError>(())
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.iter();
        all.find(|(other, _)| *other == name)
            .map(|(_, value)| value)
    }

    /// The decoded names and values, in the order of the header and without the realm.
    ///
    /// ```
    /// use oauth1_signer::AuthorizationParameters;
    ///
    /// let header = r#"OAuth realm="Photos", oauth_consumer_key="key", oauth_nonce="a%20b""#;
    /// let parameters = AuthorizationParameters::parse(header)?;
    /// assert_eq!(parameters.iter().next(), Some(("oauth_consumer_key", "key")));
    /// # Ok::<(), oauth1_signer::AuthorizationError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.parameters.iter();
        all.map(|(name, value)| (&**name, &**value))
    }
}

/// What has been read.
struct Taken<'a> {
    header: &'a str,
    decoded: String,
    realm: Option<Range<usize>>,
    parameters: Vec<[Piece; 2]>,
}

impl Taken<'_> {
    fn text(&self, piece: Piece) -> &str {
        let text = if piece.is_decoded {
            &*self.decoded
        } else {
            self.header
        };
        &text[piece.start..piece.end]
    }
}

impl Sink for Taken<'_> {
    fn decoded(&mut self) -> &mut String {
        &mut self.decoded
    }

    fn realm(&mut self, text: Range<usize>) -> bool {
        self.realm.replace(text).is_none()
    }

    fn parameter(&mut self, _: Option<Name>, name: Piece, value: Piece) -> Result<(), NotTaken> {
        if self.parameters.len() == MOST {
            return Err(NotTaken::TooMany);
        }
        let mut others = self.parameters.iter();
        if others.any(|[other, _]| self.text(*other) == self.text(name)) {
            return Err(NotTaken::Duplicate);
        }
        self.parameters.push([name, value]);
        Ok(())
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
