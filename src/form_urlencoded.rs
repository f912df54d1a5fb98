//! Reading form-urlencoded text: queries, form bodies and server responses ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::{string::String, vec::Vec};
use core::slice;

use thiserror::Error;

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

/// The number of `&` in a text, which is about the number of its pairs.
pub(crate) fn separators(text: &[u8]) -> usize {
    // Sums that fit into a byte are vectorized (W3 query: 0.35).
    text.chunks(128)
        .map(|block| {
            let count: u8 = block.iter().map(|byte| u8::from(*byte == b'&')).sum();
            usize::from(count)
        })
        .sum()
}

/// The position of the first `byte` in a text, or the length of the text if there is none.
#[allow(clippy::needless_bitwise_bool)]
fn position(text: &[u8], byte: u8) -> usize {
    if text.first() == Some(&byte) {
        return 0;
    }
    let found = |block: &[u8]| block.iter().position(|other| *other == byte);
    // Comparisons of whole blocks without an early exit are vectorized (W3 query: 0.22).
    let (blocks, rest) = text.as_chunks::<16>();
    let passed = blocks
        .iter()
        .take_while(|block| {
            block
                .iter()
                .fold(true, |none, other| none & (*other != byte))
        })
        .count();
    let rest = blocks.get(passed).map_or(rest, |block| &block[..]);
    16 * passed + found(rest).unwrap_or(rest.len())
}

/// Whether each escape is as most programs write it: in upper case, and of a byte that has to be encoded.
/// Those of `@` and of brackets, which take longer to tell, count as others.
#[allow(clippy::needless_bitwise_bool)]
fn is_canonical(text: &[u8]) -> bool {
    const BLOCK: usize = 16;
    const WINDOW: usize = BLOCK + "XX".len();
    let Some(last) = text.last_chunk::<WINDOW>() else {
        let is_right = |(at, byte): (usize, &u8)| {
            let digits = || text.get(at + 1..)?.first_chunk();
            *byte != b'%' || digits().is_some_and(|[high, low]| is_canonical_escape(*high, *low))
        };
        return text.iter().enumerate().all(is_right);
    };
    // Comparisons of whole blocks without an early exit are vectorized.
    let mut is_wrong = [false; BLOCK];
    let mut check = |window: &[u8; WINDOW]| {
        for at in 0..BLOCK {
            let is_right = is_canonical_escape(window[at + 1], window[at + 2]);
            is_wrong[at] |= (window[at] == b'%') & !is_right;
        }
    };
    let mut rest = text;
    while let Some(window) = rest.first_chunk() {
        check(window);
        rest = &rest[BLOCK..];
    }
    check(last);
    !is_wrong.contains(&true) && !last[BLOCK..].contains(&b'%')
}

#[allow(clippy::needless_bitwise_bool)]
#[inline(always)]
fn is_canonical_escape(high: u8, low: u8) -> bool {
    let is_digit = |byte: u8| byte.wrapping_sub(b'0') < 10;
    let is_letter = |byte: u8| byte.wrapping_sub(b'A') < 6;
    // Controls, and all that is not ASCII.
    let is_outside = (is_digit(high) | is_letter(high)) & (high.wrapping_sub(b'2') >= 6);
    // Neither `-` nor `.` is among the punctuation.
    let is_punctuation =
        (high == b'2') & (low.wrapping_sub(b'D') >= 2) | (high == b'3') & is_letter(low);
    (is_digit(low) | is_letter(low)) & (is_outside | is_punctuation)
}

/// The position of the first `%` that is not followed by two hexadecimal digits.
#[allow(clippy::needless_bitwise_bool)]
fn malformed_escape(text: &[u8]) -> Option<usize> {
    let is_malformed = |byte, high: u8, low: u8| {
        (byte == b'%') & !(high.is_ascii_hexdigit() & low.is_ascii_hexdigit())
    };
    // A search without an early exit is vectorized (W3 query: 0.43). The position is only looked up
    // on a hit.
    let end = text.len().saturating_sub(2);
    let bytes = || {
        let (bytes, highs) = (text[..end].iter(), text.iter().skip(1));
        bytes.zip(highs.zip(text.iter().skip(2)))
    };
    let any = bytes().fold(false, |any, (byte, (high, low))| {
        any | is_malformed(*byte, *high, *low)
    });
    let first =
        any.then(|| bytes().position(|(byte, (high, low))| is_malformed(*byte, *high, *low)));
    let cut_off = || text[end..].iter().position(|byte| *byte == b'%');
    first
        .flatten()
        .or_else(|| cut_off().map(|position| end + position))
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
    fn positions_are_found_in_and_behind_blocks() {
        for length in 0..40 {
            let mut text = alloc::vec![b'x'; length];
            assert_eq!(position(&text, b'&'), length);
            for at in (0..length).rev() {
                text[at] = b'&';
                assert_eq!(position(&text, b'&'), at);
                assert_eq!(separators(&text), length - at);
            }
        }
        assert_eq!(separators(&[b'&'; 1000]), 1000);
    }

    #[test]
    fn malformed_escapes_are_found_at_every_place() {
        for length in 0..40 {
            for at in 0..length {
                let mut text = alloc::vec![b'a'; length];
                text[at] = b'%';
                // What follows is hexadecimal, if it is there.
                let cut_off = at + 2 >= length;
                assert_eq!(
                    malformed_escape(&text),
                    cut_off.then_some(at),
                    "{length} {at}"
                );
                for behind in (at + 1..length).take(2) {
                    text[behind] = b'g';
                    assert_eq!(malformed_escape(&text), Some(at), "{length} {at}");
                    text[behind] = b'F';
                }
            }
        }
    }

    #[test]
    fn canonical_escapes_are_of_reserved_bytes_and_in_upper_case() {
        let mut canonical = 0;
        for high in 0..=u8::MAX {
            for low in 0..=u8::MAX {
                if !is_canonical_escape(high, low) {
                    continue;
                }
                canonical += 1;
                let text = [b'%', high, low];
                let byte = Decode::<b' '>::new(&text).next().unwrap_or_default();
                assert_eq!(crate::encode([byte]).as_bytes(), text);
            }
        }
        // 32 controls, 14 and 6 of the punctuation, and 128 that are not ASCII.
        assert_eq!(canonical, 32 + 14 + 6 + 128);
    }

    #[test]
    fn one_escape_that_is_not_canonical_is_found_at_every_place() {
        for length in 0..60 {
            let mut text = alloc::vec![b'a'; length];
            assert!(is_canonical(&text));
            for at in 0..length {
                let escape = &b"%2C"[..(length - at).min(3)];
                text[at..at + escape.len()].copy_from_slice(escape);
                assert_eq!(is_canonical(&text), escape.len() == 3, "{length} {at}");
                for (place, wrong) in [(1, b'g'), (2, b'c'), (2, b'D')] {
                    if place < escape.len() {
                        text[at + place] = wrong;
                        assert!(!is_canonical(&text), "{length} {at}");
                        text[at + place] = escape[place];
                    }
                }
                text[at..at + escape.len()].fill(b'a');
            }
        }
    }

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
