//! Checking signatures with shared secrets ([RFC 5849 §3.4.2, §3.4.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.2)).

use ctutils::CtEq;

use super::{HmacSha1, VerifyingKey, secrets::joined_secrets, verifying::STAND_IN};
#[cfg(feature = "sha2")]
use super::{HmacSha256, HmacSha512};
use crate::{base_string::BaseString, credentials::Secret};

/// The secrets of a consumer and a token, to check signatures of every HMAC and of PLAINTEXT with. The
/// client chooses the method, and a verifier's policy says which methods it may choose.
///
/// HMAC-SHA1 and HMAC-SHA256 are prepared in [`SharedSecrets::new`], so a server that keeps the keys of its
/// consumers in memory checks signatures faster. HMAC-SHA256 and HMAC-SHA512 need the feature `sha2`.
///
/// ```
/// use oauth1_signer::signature_method::{SharedSecrets, VerifyingKey};
///
/// let key = SharedSecrets::new("kd94hf93k423kf44", "pfkkdhi9sl3r4s00");
/// assert!(key.supports("HMAC-SHA1") && key.supports("PLAINTEXT"));
/// assert_eq!(format!("{key:?}"), "SharedSecrets([redacted])");
/// ```
#[derive(Clone)]
pub struct SharedSecrets {
    joined: Secret,
    hmac_sha1: HmacSha1,
    /// Prepared as well: preparing it for each request takes longer if both secrets together are longer than
    /// a block of 64 bytes, and would tell unknown consumers from known ones by the time of a refusal.
    #[cfg(feature = "sha2")]
    hmac_sha256: HmacSha256,
}

impl SharedSecrets {
    /// Prepares the secrets, which are not encoded. Without a token, pass an empty token secret.
    ///
    /// ```
    /// use oauth1_signer::signature_method::SharedSecrets;
    ///
    /// let without_token = SharedSecrets::new("kd94hf93k423kf44", "");
    /// ```
    #[must_use]
    pub fn new(consumer_secret: &str, token_secret: &str) -> Self {
        let joined = joined_secrets(consumer_secret, token_secret);
        Self {
            hmac_sha1: HmacSha1::from_joined(&joined),
            #[cfg(feature = "sha2")]
            hmac_sha256: HmacSha256::from_joined(&joined),
            joined,
        }
    }
}

impl VerifyingKey for SharedSecrets {
    fn supports(&self, method: &str) -> bool {
        let needs_sha2 = matches!(method, "HMAC-SHA256" | "HMAC-SHA512");
        matches!(method, "HMAC-SHA1" | "PLAINTEXT") || needs_sha2 && cfg!(feature = "sha2")
    }

    fn verify(&self, method: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
        match method {
            "HMAC-SHA1" => self.hmac_sha1.verify(method, base_string, signature),
            #[cfg(feature = "sha2")]
            "HMAC-SHA256" => self.hmac_sha256.verify(method, base_string, signature),
            // Few secrets are longer than a block of 128 bytes.
            #[cfg(feature = "sha2")]
            "HMAC-SHA512" => {
                HmacSha512::from_joined(&self.joined).verify(method, base_string, signature)
            }
            "PLAINTEXT" => is_same(&self.joined, signature),
            _ => false,
        }
    }

    fn stand_in() -> Self {
        Self::new(STAND_IN, STAND_IN)
    }
}

/// Compares in a time that depends on the lengths only.
pub(super) fn is_same(secrets: &Secret, signature: &str) -> bool {
    let equal = secrets.0.as_bytes().ct_eq(signature.as_bytes());
    equal.to_bool()
}

impl core::fmt::Debug for SharedSecrets {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SharedSecrets([redacted])")
    }
}
