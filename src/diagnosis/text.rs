//! Percent-encoding of any text, right or wrong (RFC 5849, section 3.6).

use alloc::{string::String, vec::Vec};

use crate::encode::{digit, encode, is_unreserved_byte};

/// Percent-decodes once. What is not an escape stays.
pub(super) fn decode(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, behind)) = rest.split_first() {
        if let Some(byte) = escape(rest) {
            decoded.push(byte);
            rest = &rest[3..];
        } else {
            decoded.push(first);
            rest = behind;
        }
    }
    decoded
}

/// Decodes as often as there are escapes, within reason.
pub(super) fn to_the_end(text: &[u8]) -> Vec<u8> {
    /// More than anybody makes.
    const LEVELS: usize = 5;
    let mut text = text.to_vec();
    for _ in 0..LEVELS {
        if text.contains(&b'%') {
            text = decode(&text);
        }
    }
    text
}

/// Decodes once as a form: `+` is a space.
pub(super) fn decode_form(text: &[u8]) -> Vec<u8> {
    decode(&replace_byte(text, b'+', b' '))
}

/// The byte that the escape at the beginning of a text stands for.
pub(super) fn escape(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else {
        return None;
    };
    Some(digit(*high)? * 16 + digit(*low)?)
}

/// The bytes of `encode(text)`.
pub(super) fn encoded(text: impl AsRef<[u8]>) -> Vec<u8> {
    encode(text).into_bytes()
}

/// Whether a half is encoded as section 3.6 requires.
pub(super) fn is_well_formed(half: &[u8]) -> bool {
    let mut rest = half;
    while let Some((&first, behind)) = rest.split_first() {
        rest = match escape(rest) {
            Some(byte) if is_unreserved_byte(byte) => return false,
            Some(_) if rest[1..3].iter().any(u8::is_ascii_lowercase) => return false,
            Some(_) => &rest[3..],
            None if is_unreserved_byte(first) => behind,
            None => return false,
        };
    }
    true
}

/// The characters that should be escaped and are not.
pub(super) fn raw_characters(half: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    let mut rest = half;
    while let Some((first, behind)) = rest.split_first() {
        if escape(rest).is_some() {
            rest = &rest[3..];
            continue;
        }
        if !is_unreserved_byte(*first) {
            raw.push(*first);
        }
        rest = behind;
    }
    raw
}

/// Whether decoding would change a text.
pub(super) fn has_escape(text: &[u8]) -> bool {
    (0..text.len()).any(|at| escape(&text[at..]).is_some())
}

pub(super) fn replace_byte(text: &[u8], from: u8, to: u8) -> Vec<u8> {
    let replaced = text
        .iter()
        .map(|byte| if *byte == from { to } else { *byte });
    replaced.collect()
}

/// Replaces every occurrence.
pub(super) fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, behind)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(from) {
            replaced.extend_from_slice(to);
            rest = after;
        } else {
            replaced.push(first);
            rest = behind;
        }
    }
    replaced
}

pub(super) fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// The letters and digits of a text in upper case: the same for names that are spelled nearly the same.
pub(super) fn letters(text: &[u8]) -> Vec<u8> {
    let letters = text.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters.map(u8::to_ascii_uppercase).collect()
}

/// Text for people to read.
pub(super) fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}
