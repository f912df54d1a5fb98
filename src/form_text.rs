//! Reading form-urlencoded text that a server wrote.

use alloc::{string::String, vec::Vec};

/// A pair of form-urlencoded text as it stands, name and value still encoded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Pair<'t> {
    pub(crate) name: &'t [u8],
    /// What stands between the `=` and the next `&`. `None` without a `=`.
    pub(crate) value: Option<&'t [u8]>,
    /// The value and everything after it, whatever looks like a separator there. Empty without a `=`.
    pub(crate) value_to_end: &'t [u8],
}

impl<'t> Pair<'t> {
    /// The value. A pair without `=` has an empty one.
    pub(crate) fn value(&self) -> &'t [u8] {
        self.value.unwrap_or_default()
    }
}

/// The pairs of form-urlencoded text: what is taken from an answer and what is hidden when one is
/// shown follow this one reading.
///
/// Only `&` separates, the first `=` ends the name, and empty pairs are skipped.
pub(crate) fn pairs(text: &[u8]) -> impl Iterator<Item = Pair<'_>> {
    let mut rest = text;
    core::iter::from_fn(move || {
        while let [b'&', behind @ ..] = rest {
            rest = behind;
        }
        let here = rest;
        let end = position(here, b'&').unwrap_or(here.len());
        rest = &here[end..];
        let pair = &here[..end];
        let equals = position(pair, b'=');
        let name = &pair[..equals.unwrap_or(end)];
        (!pair.is_empty()).then_some(Pair {
            name,
            value: equals.map(|equals| &pair[equals + 1..]),
            value_to_end: equals.map(|equals| &here[equals + 1..]).unwrap_or_default(),
        })
    })
}

fn position(text: &[u8], wanted: u8) -> Option<usize> {
    text.iter().position(|octet| *octet == wanted)
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

/// The value of a hexadecimal digit.
pub(crate) fn digit(octet: u8) -> Option<u8> {
    u8::try_from(char::from(octet).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_split_as_in_a_form() {
        let split: Vec<_> = pairs(b"&a=b=c&&d&=&")
            .map(|pair| (pair.name, pair.value))
            .collect();
        assert_eq!(
            split,
            [
                (&b"a"[..], Some(&b"b=c"[..])),
                (b"d", None),
                (b"", Some(b""))
            ]
        );
        assert_eq!(pairs(b"").count(), 0);
        assert_eq!(pairs(b"&&").count(), 0);
    }

    #[test]
    fn a_value_can_be_read_to_the_end_of_the_text() {
        let ends: Vec<_> = pairs(b"a=b&c&d=e&&f=&")
            .map(|pair| (pair.value(), pair.value_to_end))
            .collect();
        assert_eq!(
            ends,
            [
                (&b"b"[..], &b"b&c&d=e&&f=&"[..]),
                (b"", b""),
                (b"e", b"e&&f=&"),
                (b"", b"&")
            ]
        );
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
