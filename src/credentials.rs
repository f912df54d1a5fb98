//! Client and token credentials ([RFC 5849 §1.1](https://www.rfc-editor.org/rfc/rfc5849#section-1.1)).

mod fields;
mod secret;
mod temporary;

use alloc::string::String;
use core::fmt;

pub(crate) use self::secret::Secret;
pub use self::{fields::Fields, temporary::Temporary};

/// Client credentials ([RFC 5849 §1.1]): the key and secret that a service gives to an app.
///
/// OAuth Core 1.0 calls them consumer key and secret, and many services API key and secret.
///
/// ```
/// use oauth1_signer::Consumer;
///
/// let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
/// assert_eq!(consumer.key(), "dpf43f3p2l4k3l03");
/// // `Debug` does not show the secret, so that it cannot end up in a log.
/// assert_eq!(
///     format!("{consumer:?}"),
///     r#"Consumer { key: "dpf43f3p2l4k3l03", secret: [redacted] }"#
/// );
/// ```
///
/// [RFC 5849 §1.1]: https://www.rfc-editor.org/rfc/rfc5849#section-1.1
#[derive(Clone, Debug)]
pub struct Consumer {
    key: String,
    secret: Secret,
}

impl Consumer {
    /// Creates credentials from the key and secret as the service hands them out, not encoded.
    ///
    /// Nothing is trimmed. A secret that is read from a file often ends in a line feed, which would
    /// make every signature wrong.
    ///
    /// ```
    /// use oauth1_signer::Consumer;
    ///
    /// let secret = String::from("kd94hf93k423kf44\n"); // read from a file
    /// let consumer = Consumer::new("dpf43f3p2l4k3l03", secret.trim_end());
    /// ```
    #[must_use]
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            secret: Secret(secret.into()),
        }
    }

    /// The client identifier, which is sent as `oauth_consumer_key`.
    ///
    /// ```
    /// use oauth1_signer::Consumer;
    ///
    /// assert_eq!(Consumer::new("key", "secret").key(), "key");
    /// ```
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The shared secret, which is only ever sent with PLAINTEXT.
    ///
    /// ```
    /// use oauth1_signer::Consumer;
    ///
    /// assert_eq!(Consumer::new("key", "secret").expose_secret(), "secret");
    /// ```
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.secret.0
    }
}

/// Token credentials ([RFC 5849 §1.1]): the token and secret with which an app acts for a user.
///
/// OAuth Core 1.0 calls them access token and secret.
///
/// To sign without a token, pass `None` to [`Signer::new`](crate::Signer::new), and no
/// `oauth_token` is sent. Some services want an empty token in two-legged calls:
/// `Token::new("", "")` is sent and signed.
///
/// ```
/// use oauth1_signer::Token;
///
/// let token = Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");
/// assert_eq!(token.token(), "nnch734d00sl2jdk");
/// assert_eq!(
///     format!("{token:?}"),
///     r#"Token { token: "nnch734d00sl2jdk", secret: [redacted] }"#
/// );
/// ```
///
/// [`Token::fields`] returns the extra fields that the service sent along with the token. With the
/// feature `serde`, a token can be stored. Its secret is stored with it, so protect the file.
///
/// [RFC 5849 §1.1]: https://www.rfc-editor.org/rfc/rfc5849#section-1.1
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Token {
    #[cfg_attr(feature = "serde", serde(rename = "token"))]
    identifier: String,
    secret: Secret,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Fields::is_empty")
    )]
    fields: Fields,
}

impl Token {
    /// Creates a token from the token and secret as the service hands them out, decoded.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// // From the response `oauth_token=ab%2Fcd&oauth_token_secret=ef%3D`:
    /// let token = Token::new("ab/cd", "ef=");
    /// ```
    #[must_use]
    pub fn new(token: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            identifier: token.into(),
            secret: Secret(secret.into()),
            fields: Fields::default(),
        }
    }

    pub(crate) fn from_parts(token: String, secret: Secret, fields: Fields) -> Self {
        Self {
            identifier: token,
            secret,
            fields,
        }
    }

    /// The token identifier, which is sent as `oauth_token`.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// assert_eq!(Token::new("token", "secret").token(), "token");
    /// ```
    #[must_use]
    pub fn token(&self) -> &str {
        &self.identifier
    }

    /// The shared secret of the token, which is only ever sent with PLAINTEXT.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// assert_eq!(Token::new("token", "secret").expose_secret(), "secret");
    /// ```
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.secret.0
    }

    /// Adds an extra field that came with the token, such as a stored `oauth_session_handle`, which
    /// [`Flow::renewal`](crate::flow::Flow::renewal) needs to renew the token. It replaces a field of the
    /// same name.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// let stored_handle = String::from("ALtT");
    /// let token = Token::new("A=q", "f3").with_field("oauth_session_handle", stored_handle);
    /// assert_eq!(token.fields().get("oauth_session_handle"), Some("ALtT"));
    /// ```
    #[must_use]
    pub fn with_field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.replace(name, value);
        self
    }

    /// The extra fields that came with the token, such as `user_nsid`, `screen_name` or
    /// `oauth_session_handle`.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// let token = Token::new("token", "secret").with_field("screen_name", "jamalfanaian");
    /// assert_eq!(token.fields().get("screen_name"), Some("jamalfanaian"));
    /// ```
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }
}

/// Shows the token identifier and the names of any extra fields.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, "Token", &self.identifier, &self.secret, &self.fields)
    }
}

/// Shows the token identifier and the names of any extra fields.
fn show(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    token: &str,
    secret: &Secret,
    fields: &Fields,
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    shown.field("token", &token).field("secret", secret);
    if !fields.is_empty() {
        shown.field("fields", fields);
    }
    shown.finish()
}

/// A token or none: a `&Token`, `None`, `Some(&token)` or a `&Option<Token>`.
///
/// ```
/// use oauth1_signer::{Consumer, Signer, Token};
///
/// let consumer = Consumer::new("key", "secret");
/// let token: Option<Token> = None;
/// let signer = Signer::new(&consumer, &token);
/// let signer = Signer::new(&consumer, token.as_ref());
/// let signer = Signer::new(&consumer, None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a reference to a token nor `None`",
    label = "must be a `&Token`, a `&Option<Token>` or `None`",
    note = "pass `&token`, where `token` is a `Token` or an `Option<Token>`; pass `None` if there is no token"
)]
pub trait OptionalToken<'t>: sealed::OptionalToken<'t> {}

impl<'t> OptionalToken<'t> for &'t Token {}
impl<'t> OptionalToken<'t> for Option<&'t Token> {}
impl<'t> OptionalToken<'t> for &'t Option<Token> {}

/// The token, if there is one.
#[inline]
pub(crate) fn into_option<'t>(token: impl OptionalToken<'t>) -> Option<&'t Token> {
    sealed::OptionalToken::into_option(token)
}

mod sealed {
    use super::Token;

    pub trait OptionalToken<'t> {
        fn into_option(self) -> Option<&'t Token>;
    }

    impl<'t> OptionalToken<'t> for &'t Token {
        #[inline]
        fn into_option(self) -> Option<&'t Token> {
            Some(self)
        }
    }

    impl<'t> OptionalToken<'t> for Option<&'t Token> {
        #[inline]
        fn into_option(self) -> Option<&'t Token> {
            self
        }
    }

    impl<'t> OptionalToken<'t> for &'t Option<Token> {
        #[inline]
        fn into_option(self) -> Option<&'t Token> {
            self.as_ref()
        }
    }
}
