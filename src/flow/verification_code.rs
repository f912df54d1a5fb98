//! The verification code ([RFC 5849 §2.2](https://www.rfc-editor.org/rfc/rfc5849#section-2.2)).

use alloc::string::String;
use core::fmt;

use crate::credentials::Secret;

/// The verification code that the user brings back (RFC 5849, section 2.2), sent as
/// `oauth_verifier`. It comes from the redirect, or the user types it in as a PIN.
///
/// ```
/// use oauth1_signer::flow::VerificationCode;
///
/// // White space around a typed code is removed; dashes are part of the code.
/// let code = VerificationCode::typed("755-955-488\n");
/// assert_eq!(code.expose_secret(), "755-955-488");
/// assert_eq!(format!("{code:?}"), "VerificationCode([redacted])");
/// ```
#[derive(Clone)]
pub struct VerificationCode(Secret);

impl VerificationCode {
    /// Takes a code as it is. [`Redirect::code_for`](super::Redirect::code_for) gets it from a
    /// redirect for you.
    ///
    /// ```
    /// use oauth1_signer::flow::VerificationCode;
    ///
    /// let code = VerificationCode::new("hfdp7dh39dks9884");
    /// ```
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self(Secret(code.into()))
    }

    /// Takes a code that the user typed in, and removes the white space around it.
    ///
    /// ```
    /// use oauth1_signer::flow::VerificationCode;
    ///
    /// let typed = String::from(" 4711\n");
    /// assert_eq!(VerificationCode::typed(&typed).expose_secret(), "4711");
    /// ```
    #[must_use]
    pub fn typed(code: &str) -> Self {
        Self::new(code.trim())
    }

    /// The code. Anyone who has it and the temporary credentials can get the token.
    ///
    /// ```
    /// use oauth1_signer::flow::VerificationCode;
    ///
    /// assert_eq!(VerificationCode::new("hfdp7dh39dks9884").expose_secret(), "hfdp7dh39dks9884");
    /// ```
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
