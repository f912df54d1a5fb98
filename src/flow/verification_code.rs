//! What the user brings back ([RFC 5849 §2.2](https://www.rfc-editor.org/rfc/rfc5849#section-2.2)).

use alloc::string::String;
use core::fmt;

use crate::credentials::Secret;

/// What the user brings back, `oauth_verifier`: from the redirect, or typed in as a PIN.
///
/// ```
/// use oauth1_signer::flow::VerificationCode;
///
/// // White space around a code that was typed in is not part of it; dashes are.
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
