//! Signatures in Base64 and in hexadecimal digits (RFC 5849, section 3.4.2).

use alloc::vec::Vec;

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use crate::encode::digit;

/// Whether a text is what HMAC and RSA make: the Base64 of a hash or of as many bytes as an RSA key
/// has.
pub(super) fn is_signature(text: &str) -> bool {
    let is_padded = text.len().is_multiple_of(4);
    is_padded && bytes(text).is_some_and(|bytes| is_length(bytes.len()) || digits(&bytes).is_some())
}

/// The bytes of a text in Base64, with or without padding.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    LENIENT.decode(text).ok()
}

/// The bytes of a signature in hexadecimal digits, or in the Base64 of such digits.
pub(super) fn hex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().trim_matches(['"', '\'']);
    digits(text.as_bytes()).or_else(|| digits(&bytes(text)?))
}

fn digits(text: &[u8]) -> Option<Vec<u8>> {
    let is_even = text.len().is_multiple_of(2);
    if !is_even || !is_length(text.len() / 2) {
        return None;
    }
    let pairs = text.chunks_exact(2);
    pairs
        .map(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?))
        .collect()
}

/// Whether a hash or an RSA signature may have so many bytes.
fn is_length(bytes: usize) -> bool {
    matches!(bytes, 20 | 32 | 64) || (64..=1024).contains(&bytes) && bytes.is_multiple_of(8)
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
