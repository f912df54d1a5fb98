//! A signature ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use alloc::string::String;
use core::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{encode::ascii, parameters::Bytes};

/// A signature: the value of `oauth_signature` before percent-encoding (RFC 5849, section 3.4).
///
/// `Debug` does not show it, because a PLAINTEXT signature consists of the secrets.
///
/// ```
/// use oauth1_signer::signature_method::Signature;
///
/// let signature = Signature::from_bytes(b"bytes");
/// assert_eq!(format!("{signature:?}"), "Signature([redacted])");
/// ```
#[derive(Clone)]
pub struct Signature(Text);

#[derive(Clone)]
enum Text {
    /// Holds the base64 of HMAC-SHA1 and HMAC-SHA256, so that signing does not allocate.
    Short {
        text: [u8; SHORT],
        length: u8,
    },
    Long(String),
}

const SHORT: usize = 44;

impl Signature {
    /// Encodes the bytes of a signature in base64, as HMAC and RSA do.
    ///
    /// ```
    /// use oauth1_signer::signature_method::Signature;
    ///
    /// assert_eq!(Signature::from_bytes(b"bytes").expose_secret(), "Ynl0ZXM=");
    /// ```
    #[inline]
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut signature = Self(Text::Short {
            text: [0; SHORT],
            length: 0,
        });
        signature.write_base64(bytes);
        signature
    }

    /// Takes a text as it is, for methods whose signature is not base64.
    ///
    /// ```
    /// use oauth1_signer::signature_method::Signature;
    ///
    /// assert_eq!(Signature::from_text("as it is").expose_secret(), "as it is");
    /// ```
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(Text::Long(text.into()))
    }

    /// The signature as text.
    ///
    /// ```
    /// use oauth1_signer::signature_method::Signature;
    ///
    /// assert_eq!(Signature::from_bytes(&[0xff; 3]).expose_secret(), "////");
    /// ```
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        match &self.0 {
            Text::Short { text, length } => ascii(&text[..usize::from(*length)]),
            Text::Long(text) => text,
        }
    }

    /// Writes in place: copying freshly written bytes stalls on store forwarding.
    #[inline]
    fn write_base64(&mut self, bytes: &[u8]) {
        if let Text::Short { text, length } = &mut self.0 {
            match STANDARD.encode_slice(bytes, text) {
                #[allow(clippy::cast_possible_truncation)] // It is at most `SHORT`.
                Ok(written) => *length = written as u8,
                Err(_) => self.0 = Text::Long(STANDARD.encode(bytes)),
            }
        }
    }

    pub(crate) fn bytes(&self) -> Bytes<'_> {
        Bytes::Decoded(match &self.0 {
            Text::Short { text, length } => &text[..usize::from(*length)],
            Text::Long(text) => text.as_bytes(),
        })
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature([redacted])")
    }
}

#[cfg(feature = "zeroize")]
impl Drop for Signature {
    fn drop(&mut self) {
        // Only the long form can hold the secrets of PLAINTEXT. The short one is public.
        if let Text::Long(text) = &mut self.0 {
            zeroize::Zeroize::zeroize(text);
        }
    }
}
