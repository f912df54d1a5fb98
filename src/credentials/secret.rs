//! Shared secrets ([RFC 5849 §1.1](https://www.rfc-editor.org/rfc/rfc5849#section-1.1)).

use alloc::string::String;
use core::fmt;

/// Text that cannot be shown or compared. With the feature `zeroize`, it is wiped on drop.
#[derive(Clone)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(transparent)
)]
pub(crate) struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(feature = "zeroize")]
impl Drop for Secret {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}
