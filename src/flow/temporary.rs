//! What is kept between the legs ([RFC 5849 §2.1](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

use alloc::string::String;
use core::fmt;

use crate::{
    Fields, Token,
    credentials::{Secret, show},
};

/// Temporary credentials of a running flow (RFC 5849), the "request token and secret" of OAuth
/// Core 1.0.
///
/// They are no [`Token`]: nothing but the last leg can be signed with them, and that leg takes them
/// away. Keep them, the secret included, until the user is back; a server with many users stores
/// them by [`Temporary::token`], which the redirect brings along. With the feature `serde` they can
/// be stored.
///
/// ```
/// use oauth1_signer::Temporary;
///
/// // From a store of one's own:
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
}

impl Temporary {
    /// Takes the two as the service handed them out, decoded.
    #[must_use]
    pub fn new(token: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::from_parts(token.into(), Secret(secret.into()), Fields::default())
    }

    pub(super) fn from_parts(token: String, secret: Secret, fields: Fields) -> Self {
        Self {
            token,
            secret,
            fields,
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

    /// What the last leg is signed with.
    pub(super) fn into_token(self) -> Token {
        Token::from_parts(self.token, self.secret, Fields::default())
    }
}

/// Shows the token, and the names of the fields if there are any.
impl fmt::Debug for Temporary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, "Temporary", &self.token, &self.secret, &self.fields)
    }
}

/// What the user brings back, `oauth_verifier`: from the redirect, or typed in as a PIN.
///
/// ```
/// use oauth1_signer::VerificationCode;
///
/// // A line that was typed in: what surrounds the code is not part of it, dashes are.
/// let code = VerificationCode::typed("755-955-488\n");
/// assert_eq!(code.expose_secret(), "755-955-488");
/// assert_eq!(format!("{code:?}"), "VerificationCode([redacted])");
/// ```
#[derive(Clone)]
pub struct VerificationCode(Secret);

impl VerificationCode {
    /// Takes the code as it is.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self(Secret(code.into()))
    }

    /// Takes a code that was typed in, without the white space around it.
    #[must_use]
    pub fn typed(code: &str) -> Self {
        Self::new(code.trim())
    }

    /// The code. Whoever has it and the temporary credentials gets the token.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.0.0
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode([redacted])")
    }
}
