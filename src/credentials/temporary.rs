//! Temporary credentials ([RFC 5849 §2.1](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

use alloc::string::String;
use core::fmt;

use super::{Fields, Secret, Token, show};

/// Temporary credentials of a running flow (RFC 5849), the "request token and secret" of OAuth
/// Core 1.0.
///
/// They are not a [`Token`]: only the last leg can be signed with them, and that leg consumes them.
/// Keep them, with their secret, until the user is back. A server with many users stores them under
/// [`Temporary::token`], which the redirect brings along. With the feature `serde` they can be
/// serialized.
///
/// ```
/// use oauth1_signer::Temporary;
///
/// // From your own store:
/// let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// assert_eq!(
///     format!("{temporary:?}"),
///     r#"Temporary { token: "hh5s93j4hdidpola", secret: [redacted] }"#
/// );
/// ```
///
/// They do not sign other requests:
///
/// ```compile_fail,E0277
/// # use oauth1_signer::{Consumer, Signer, Temporary};
/// # let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// let signer = Signer::new(&Consumer::new("key", "secret"), &temporary); // error: no `Token`
/// ```
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Temporary {
    // Under another name than in `Token`, so that one is not read where the other was stored.
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
    /// Takes the two as the service handed them out, decoded.
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

    /// The identifier, sent as `oauth_token`.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The shared secret, which signs the last leg.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.secret.0
    }

    /// What the service said beside the two, such as Netflix's `login_url`.
    #[must_use]
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether the service confirmed the callback (`oauth_callback_confirmed`). One that did not may
    /// be a server of OAuth Core 1.0, or may never have read the callback.
    #[must_use]
    pub fn callback_confirmed(&self) -> bool {
        self.callback_confirmed
    }

    /// Turns them into what signs the last leg.
    pub(crate) fn into_token(self) -> Token {
        Token::from_parts(self.token, self.secret, Fields::default())
    }
}

/// Shows the token, and the names of the fields if there are any.
impl fmt::Debug for Temporary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, "Temporary", &self.token, &self.secret, &self.fields)
    }
}
