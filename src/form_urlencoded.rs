//! Reading form-urlencoded text: queries, form bodies and server responses ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

mod search;

use alloc::{string::String, vec::Vec};
use core::slice;

use thiserror::Error;

pub(crate) use self::search::separators;
use self::search::{is_canonical, malformed_escape, position};
use crate::encode::{hexadecimal, is_unreserved_byte, run_of};

/// The position of a pair in form-urlencoded text.
///
/// Only `&` separates pairs, and the first `=` ends the name. Empty pairs are skipped. The pair `a`
/// means the same as `a=`, and `=` is a pair of two empty strings.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) name: usize,
    pub(crate) name_end: usize,
    /// Whether the name consists of unreserved characters, as most names do.
    pub(crate) name_unreserved: bool,
    pub(crate) value: usize,
    pub(crate) value_end: usize,
    pub(crate) value_unreserved: bool,
}

/// Calls `visit` with each pair of a text, and with whether it is canonical: see [`is_canonical`].
///
/// # Errors
///
/// [`MalformedEscape`], after all pairs have been visited.
#[inline]
pub(crate) fn split(text: &[u8], mut visit: impl FnMut(Span, bool)) -> Result<(), MalformedEscape> {
    let mut next = 0;
    // All escapes are checked at once, if there can be any.
    let mut canonical = None;
    while let Some(byte) = text.get(next) {
        if *byte == b'&' {
            next += 1;
            continue;
        }
        let span = Span::read(text, next);
        next = span.value_end;
        let unreserved = span.name_unreserved & span.value_unreserved;
        let canonical = unreserved || *canonical.get_or_insert_with(|| is_canonical(text));
        visit(span, canonical);
    }
    let malformed = match canonical {
        Some(false) => malformed_escape(text),
        _ => None,
    };
    malformed.map_or(Ok(()), |position| Err(MalformedEscape { position }))
}

/// A pair in text from a server or a browser, with name and value still encoded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Pair<'t> {
    pub(crate) name: &'t [u8],
    /// The text between the `=` and the next `&`, or `None` without a `=`.
    pub(crate) value: Option<&'t [u8]>,
    /// The value and everything after it, including further pairs. Empty without a `=`.
    pub(crate) value_to_end: &'t [u8],
}

impl<'t> Pair<'t> {
    /// The value, which is empty if the pair has no `=`.
    pub(crate) fn value(&self) -> &'t [u8] {
        self.value.unwrap_or_default()
    }
}

/// The pairs of a text, even if their escapes are malformed. Responses are read and redacted with
/// the same function, so that no secret is read in one place and missed in the other.
pub(crate) fn pairs(text: &[u8]) -> impl Iterator<Item = Pair<'_>> {
    let mut next = 0;
    core::iter::from_fn(move || {
        while text.get(next) == Some(&b'&') {
            next += 1;
        }
        text.get(next)?;
        let span = Span::read(text, next);
        next = span.value_end;
        let has_value = span.value > span.name_end;
        Some(Pair {
            name: &text[span.name..span.name_end],
            value: has_value.then(|| &text[span.value..span.value_end]),
            value_to_end: if has_value { &text[span.value..] } else { b"" },
        })
    })
}

/// Decodes a name or a value, unless an escape is malformed or the bytes are not UTF-8.
pub(crate) fn decode(text: &[u8]) -> Option<String> {
    decode_text(Decode::<b' '>::new(text))
}

/// Decodes a value in a header, where `+` stands for itself.
pub(crate) fn decode_in_header(text: &[u8]) -> Option<String> {
    decode_text(Decode::<b'+'>::new(text))
}

/// Decodes text for display. Text that cannot be decoded is returned as it is.
pub(crate) fn decode_or_keep(text: &[u8]) -> String {
    decode(text).unwrap_or_else(|| String::from_utf8_lossy(text).into_owned())
}

fn decode_text<const PLUS: u8>(bytes: Decode<'_, PLUS>) -> Option<String> {
    if malformed_escape(bytes.rest.as_slice()).is_some() {
        return None;
    }
    // Room for all of it: growing would leave copies of secrets that nobody wipes.
    let mut decoded = Vec::with_capacity(bytes.rest.len());
    decoded.extend(bytes);
    String::from_utf8(decoded).ok()
}

/// The decoded bytes of text with well-formed escapes. A `+` becomes `PLUS`, in a form a space.
pub(crate) struct Decode<'a, const PLUS: u8 = b' '> {
    rest: slice::Iter<'a, u8>,
}

impl<'a, const PLUS: u8> Decode<'a, PLUS> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Self { rest: text.iter() }
    }
}

impl<const PLUS: u8> Iterator for Decode<'_, PLUS> {
    type Item = u8;

    #[inline(always)]
    fn next(&mut self) -> Option<u8> {
        Some(match *self.rest.next()? {
            b'+' => PLUS,
            b'%' => match (self.rest.next(), self.rest.next()) {
                (Some(high), Some(low)) => hexadecimal(*high, *low),
                _ => b'%',
            },
            byte => byte,
        })
    }
}

impl Span {
    /// Reads the pair that begins at `name`. Most pairs take a single pass over their bytes.
    #[inline(always)]
    fn read(text: &[u8], name: usize) -> Self {
        let plain = name + run_of(&text[name..], is_unreserved_byte);
        let name_unreserved = matches!(text.get(plain), None | Some(b'=' | b'&'));
        let name_end = if name_unreserved {
            plain
        } else {
            let end = plain + position(&text[plain..], b'&');
            plain + position(&text[plain..end], b'=')
        };
        let value = name_end + usize::from(text.get(name_end) == Some(&b'='));
        let plain = value + run_of(&text[value..], is_unreserved_byte);
        let value_end = plain + position(&text[plain..], b'&');
        Self {
            name,
            name_end,
            name_unreserved,
            value,
            value_end,
            value_unreserved: value_end == plain,
        }
    }
}

/// An error for a `%` that is not followed by two hexadecimal digits, in a query or a form body
/// ([RFC 5849 §3.4.1.3.1]).
///
/// Servers disagree about such text: some keep the `%`, others reject the request. Write a percent
/// sign as `%25`.
///
/// ```
/// use oauth1_signer::Parameters;
///
/// let error = Parameters::from_form_urlencoded(b"discount=100%").unwrap_err();
/// assert_eq!(error.to_string(), "malformed percent escape at byte 12");
/// ```
///
/// [RFC 5849 §3.4.1.3.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("malformed percent escape at byte {position}")]
#[non_exhaustive]
pub struct MalformedEscape {
    /// The number of bytes before the `%`.
    pub position: usize,
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
    fn plus_is_a_space_and_escapes_are_in_either_case() {
        let decoded: Vec<u8> = Decode::<b' '>::new(b"a+%2b%ff%FF%00=&").collect();
        assert_eq!(decoded, b"a +\xFF\xFF\0=&");
    }

    #[test]
    fn text_does_not_grow_while_it_is_decoded() {
        for text in ["a".repeat(65), "%41".repeat(65), "+a".repeat(65)] {
            let decoded = decode(text.as_bytes()).map(|decoded| decoded.capacity());
            assert_eq!(decoded, Some(text.len()));
        }
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
