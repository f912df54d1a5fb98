//! Searches in form-urlencoded text, block by block ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

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
pub(super) fn position(text: &[u8], byte: u8) -> usize {
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
pub(super) fn is_canonical(text: &[u8]) -> bool {
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
pub(super) fn malformed_escape(text: &[u8]) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{encode::encode, form_urlencoded::Decode};

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
                assert_eq!(encode([byte]).as_bytes(), text);
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
}
