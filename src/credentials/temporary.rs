//! Temporary credentials ([RFC 5849 §2.1](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

use alloc::string::String;
use core::fmt;

use super::{Fields, Secret, Token, show};

/// The temporary credentials of a running flow ([RFC 5849 §2.1]).
///
/// OAuth Core 1.0 calls them request token and secret. They are not a [`Token`]: they can only sign
/// the last leg of the flow, which consumes them.
///
/// Keep them, including their secret, until the user returns. A server with many users can store
/// them under [`Temporary::token`], which is part of the redirect. With the feature `serde`, they
/// can be serialized.
///
/// ```
/// use oauth1_signer::Temporary;
///
/// // Read back from a store:
/// let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// assert_eq!(
///     format!("{temporary:?}"),
///     r#"Temporary { token: "hh5s93j4hdidpola", secret: [redacted] }"#
/// );
/// ```
///
/// A signer for other requests does not accept them:
///
/// ```compile_fail,E0277
/// # use oauth1_signer::{Consumer, Signer, Temporary};
/// # let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// let signer = Signer::new(&Consumer::new("key", "secret"), &temporary); // error: not a `Token`
/// ```
///
/// [RFC 5849 §2.1]: https://www.rfc-editor.org/rfc/rfc5849#section-2.1
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Temporary {
    // The name differs from that in `Token`, so that neither type can be read as the other.
    #[cfg_attr(feature = "serde", serde(rename = "temporary"))]
    token: String,
    secret: Secret,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Fields::is_empty")
    )]
    fields: Fields,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    callback_confirmed: bool,
}

impl Temporary {
    /// Creates credentials from the token and secret as the service handed them out, decoded.
    ///
    /// ```
    /// use oauth1_signer::Temporary;
    ///
    /// let (token, secret) = (String::from("hh5s93j4hdidpola"), String::from("hdhd0244k9j7ao03"));
    /// let temporary = Temporary::new(token, secret);
    /// ```
    #[must_use]
    pub fn new(token: impl Into<String>, secret: impl Into<String>) -> Self {
        let (token, secret) = (token.into(), Secret(secret.into()));
        Self::from_parts(token, secret, Fields::default(), false)
    }

    pub(crate) fn from_parts(
        token: String,
        secret: Secret,
        fields: Fields,
        callback_confirmed: bool,
    ) -> Self {
        Self {
            token,
            secret,
            fields,
            callback_confirmed,
        }
    }

    /// The identifier, which is sent as `oauth_token`.
    ///
    /// ```
    /// use oauth1_signer::Temporary;
    ///
    /// assert_eq!(Temporary::new("token", "secret").token(), "token");
    /// ```
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The shared secret, which signs the last leg.
    ///
    /// ```
    /// use oauth1_signer::Temporary;
    ///
    /// assert_eq!(Temporary::new("token", "secret").expose_secret(), "secret");
    /// ```
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.secret.0
    }

    /// The extra fields that came with the credentials, such as Netflix's `login_url`.
    ///
    /// ```
    /// use oauth1_signer::{Temporary, response::Response};
    ///
    /// let body = "oauth_token=hh5s93&oauth_token_secret=hdhd02&oauth_callback_confirmed=true\
    ///     &login_url=https%3A%2F%2Fapi.example.com%2Flogin";
    /// let temporary = Temporary::from_response(Response::new(200, body))?;
    /// assert_eq!(temporary.fields().get("login_url"), Some("https://api.example.com/login"));
    /// # Ok::<(), oauth1_signer::response::ResponseError>(())
    /// ```
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether the service confirmed the callback (`oauth_callback_confirmed`).
    ///
    /// A service that did not may implement OAuth Core 1.0 before its Revision A, or may have
    /// ignored the callback.
    ///
    /// ```
    /// use oauth1_signer::{Temporary, response::Response};
    ///
    /// let body = "oauth_token=hh5s93&oauth_token_secret=hdhd02&oauth_callback_confirmed=true";
    /// let temporary = Temporary::from_response(Response::new(200, body))?;
    /// assert!(temporary.callback_confirmed());
    /// # Ok::<(), oauth1_signer::response::ResponseError>(())
    /// ```
    #[must_use]
    pub fn callback_confirmed(&self) -> bool {
        self.callback_confirmed
    }

    /// Converts them into the token that signs the last leg.
    pub(crate) fn into_token(self) -> Token {
        Token::from_parts(self.token, self.secret, Fields::default())
    }
}

/// Shows the token identifier and the names of any extra fields.
impl fmt::Debug for Temporary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, "Temporary", &self.token, &self.secret, &self.fields)
    }
}
