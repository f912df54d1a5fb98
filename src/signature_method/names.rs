//! The names of signature methods, as sent in `oauth_signature_method` ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).

use alloc::string::String;

/// All that this crate knows, whatever its features.
pub(crate) const NAMES: [&str; 7] = [
    "HMAC-SHA1",
    "HMAC-SHA256",
    "HMAC-SHA512",
    "RSA-SHA1",
    "RSA-SHA256",
    "RSA-SHA512",
    PLAINTEXT,
];

pub(crate) const PLAINTEXT: &str = "PLAINTEXT";

/// The name that was meant by one that has the same letters and digits.
pub(crate) fn meant_by(name: &str) -> Option<&'static str> {
    let letters = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_uppercase()).collect()
    };
    let meant = letters(name);
    NAMES.into_iter().find(|known| letters(known) == meant)
}
