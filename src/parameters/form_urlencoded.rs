//! The pairs in the text of a query or of a form body ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use super::{MalformedEscape, Octets, Rank};
use crate::encode::octet_is_unreserved;

/// A pair in form-urlencoded text.
pub(super) struct Span {
    pub(super) name: usize,
    pub(super) name_end: usize,
    /// Whether the name has unreserved characters only, as most have.
    pub(super) name_unreserved: bool,
    pub(super) value: usize,
    pub(super) value_end: usize,
    pub(super) value_unreserved: bool,
}

/// How many `&` there are.
pub(super) fn separators(text: &[u8]) -> usize {
    // Blocks whose count fits an octet are counted as vectors of octets.
    text.chunks(128)
        .map(|block| {
            let count: u8 = block.iter().map(|octet| u8::from(*octet == b'&')).sum();
            usize::from(count)
        })
        .sum()
}

/// Visits the pairs of form-urlencoded text.
///
/// Only `&` separates, the first `=` ends the name, and an empty pair is none: `a` is the same as
/// `a=`, and `=` is a pair of two empty strings.
#[inline]
pub(super) fn split(text: &[u8], mut visit: impl FnMut(Span)) -> Result<(), MalformedEscape> {
    let mut next = 0;
    let mut unreserved = true;
    while let Some(octet) = text.get(next) {
        if *octet == b'&' {
            next += 1;
            continue;
        }
        let span = Span::read(text, next);
        next = span.value_end;
        unreserved &= span.name_unreserved & span.value_unreserved;
        visit(span);
    }
    // All at once, when there is something to check.
    let malformed = if unreserved {
        None
    } else {
        malformed_escape(text)
    };
    malformed.map_or(Ok(()), |position| Err(MalformedEscape { position }))
}

impl Span {
    #[inline]
    pub(super) fn rank(&self, text: &[u8]) -> Rank {
        if self.name_unreserved {
            Rank::of_beginning(&text[self.name..], self.name_end - self.name)
        } else {
            Rank::of(Octets::Encoded(&text[self.name..self.name_end]))
        }
    }

    /// The pair that begins at `name`. Most are read once, up to `=` and up to `&`.
    #[inline(always)]
    fn read(text: &[u8], name: usize) -> Self {
        let plain = name + unreserved(&text[name..]);
        let name_unreserved = matches!(text.get(plain), None | Some(b'=' | b'&'));
        let name_end = if name_unreserved {
            plain
        } else {
            let end = plain + position(&text[plain..], b'&');
            plain + position(&text[plain..end], b'=')
        };
        let value = name_end + usize::from(text.get(name_end) == Some(&b'='));
        let plain = value + unreserved(&text[value..]);
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

/// How many unreserved characters stand at the beginning.
fn unreserved(text: &[u8]) -> usize {
    text.iter()
        .position(|octet| !octet_is_unreserved(*octet))
        .unwrap_or(text.len())
}

/// Where an octet is found first, or else the length.
#[allow(clippy::needless_bitwise_bool)]
fn position(text: &[u8], octet: u8) -> usize {
    if text.first() == Some(&octet) {
        return 0;
    }
    let found = |block: &[u8]| block.iter().position(|other| *other == octet);
    // A block at a time, each without an early end, so that it is one comparison of vectors.
    let (blocks, rest) = text.as_chunks::<16>();
    let passed = blocks
        .iter()
        .take_while(|block| {
            block
                .iter()
                .fold(true, |none, other| none & (*other != octet))
        })
        .count();
    let rest = blocks.get(passed).map_or(rest, |block| &block[..]);
    16 * passed + found(rest).unwrap_or(rest.len())
}

/// Where a `%` stands that is not followed by two hexadecimal digits.
#[allow(clippy::needless_bitwise_bool)]
fn malformed_escape(text: &[u8]) -> Option<usize> {
    let is_malformed = |octet, high: u8, low: u8| {
        (octet == b'%') & !(high.is_ascii_hexdigit() & low.is_ascii_hexdigit())
    };
    // All of them without an early end, so that it is a comparison of vectors; only then which.
    let end = text.len().saturating_sub(2);
    let octets = || {
        let (octets, highs) = (text[..end].iter(), text.iter().skip(1));
        octets.zip(highs.zip(text.iter().skip(2)))
    };
    let any = octets().fold(false, |any, (octet, (high, low))| {
        any | is_malformed(*octet, *high, *low)
    });
    let first =
        any.then(|| octets().position(|(octet, (high, low))| is_malformed(*octet, *high, *low)));
    let cut_off = || text[end..].iter().position(|octet| *octet == b'%');
    first
        .flatten()
        .or_else(|| cut_off().map(|position| end + position))
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
}
