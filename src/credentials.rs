//! Client and token credentials ([RFC 5849 §1.1](https://www.rfc-editor.org/rfc/rfc5849#section-1.1)).

mod fields;
mod secret;
mod temporary;

use alloc::string::String;
use core::fmt;

pub(crate) use self::secret::Secret;
pub use self::{fields::Fields, temporary::Temporary};

/// Client credentials (RFC 5849), the "consumer key and secret" of OAuth Core 1.0, which services
/// also call API key and API secret.
///
/// ```
/// use oauth1_signer::Consumer;
///
/// let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
/// assert_eq!(consumer.key(), "dpf43f3p2l4k3l03");
/// // The secret does not get into a log.
/// assert_eq!(
///     format!("{consumer:?}"),
///     r#"Consumer { key: "dpf43f3p2l4k3l03", secret: [redacted] }"#
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Consumer {
    key: String,
    secret: Secret,
}

impl Consumer {
    /// Takes the two as the service hands them out, without any encoding.
    ///
    /// Nothing is trimmed: a line feed at the end of a secret that was read from a file makes every
    /// signature wrong.
    ///
    /// ```
    /// use oauth1_signer::Consumer;
    ///
    /// let file = "kd94hf93k423kf44\n";
    /// let consumer = Consumer::new("dpf43f3p2l4k3l03", file.trim_end());
    /// ```
    #[must_use]
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            secret: Secret(secret.into()),
        }
    }

    /// The client identifier, sent as `oauth_consumer_key`.
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

    /// The shared secret. It is never sent, except by PLAINTEXT.
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

/// Token credentials (RFC 5849), the "access token and secret" of OAuth Core 1.0.
///
/// No token at all is `None` in [`Signer::new`](crate::Signer::new): then no `oauth_token` is
/// sent. An empty token, which some services want in two-legged calls, is `Token::new("", "")`:
/// it is sent and signed.
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
/// What the service said beside the two when it gave the token is in [`Token::fields`]. With the
/// feature `serde` a token can be stored; its secret is stored with it, so keep the file to
/// yourself.
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
    /// Takes the two as the service hands them out, decoded.
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

    /// The token itself, sent as `oauth_token`.
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

    /// The shared secret of the token. It is never sent, except by PLAINTEXT.
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

    /// Adds a field that the service gave with the token, such as a stored `oauth_session_handle`,
    /// with which [`Flow::renewal`](crate::flow::Flow::renewal) renews the token.
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
        self.fields.push(name, value);
        self
    }

    /// What the service gave beside token and secret, such as `user_nsid`, `screen_name` or
    /// `oauth_session_handle`.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }
}

/// Shows the token, and the names of the fields if there are any.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, "Token", &self.identifier, &self.secret, &self.fields)
    }
}

/// Shows the token, and the names of the fields if there are any.
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
