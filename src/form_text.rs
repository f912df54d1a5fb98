//! Reading form-urlencoded text that a server wrote.

use alloc::{string::String, vec::Vec};

/// The pairs of form-urlencoded text as they stand, names and values still encoded.
///
/// Only `&` separates, the first `=` ends the name, and an empty pair is none.
pub(crate) fn pairs(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    text.split(|octet| *octet == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| match pair.iter().position(|octet| *octet == b'=') {
            Some(equals) => (&pair[..equals], &pair[equals + 1..]),
            None => (pair, &[][..]),
        })
}

/// Decodes a name or a value of a form, where `+` is a space. `None` if an escape is malformed, or
/// the octets are no UTF-8.
pub(crate) fn decode(text: &[u8]) -> Option<String> {
    unescape(text, b' ')
}

/// Decodes a value of a header, where `+` is a plus.
pub(crate) fn decode_in_header(text: &[u8]) -> Option<String> {
    unescape(text, b'+')
}

/// Decodes what can be decoded, and takes it as it stands otherwise: for texts that are shown.
pub(crate) fn decode_or_keep(text: &[u8]) -> String {
    decode(text).unwrap_or_else(|| String::from_utf8_lossy(text).into_owned())
}

fn unescape(text: &[u8], plus: u8) -> Option<String> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (octet, behind) = match rest {
            [] => return String::from_utf8(octets).ok(),
            [b'+', behind @ ..] => (plus, behind),
            [b'%', high, low, behind @ ..] => (digit(*high)? << 4 | digit(*low)?, behind),
            [b'%', ..] => return None,
            [octet, behind @ ..] => (*octet, behind),
        };
        octets.push(octet);
        rest = behind;
    }
}

fn digit(octet: u8) -> Option<u8> {
    u8::try_from(char::from(octet).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_split_as_in_a_form() {
        let split: Vec<_> = pairs(b"&a=b=c&&d&=&").collect();
        assert_eq!(split, [(&b"a"[..], &b"b=c"[..]), (b"d", b""), (b"", b"")]);
        assert_eq!(pairs(b"").count(), 0);
    }

    #[test]
    fn what_is_malformed_is_not_decoded() {
        assert_eq!(decode(b"a+%2B%c3%A9").as_deref(), Some("a +\u{e9}"));
        assert_eq!(decode_in_header(b"a+b").as_deref(), Some("a+b"));
        for text in [&b"%"[..], b"%4", b"%zz", b"%+1", b"%FF"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
        assert_eq!(decode_or_keep(b"100%+"), "100%+");
    }
}
