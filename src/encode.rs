//! Percent-encoding, once and twice ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

mod encoder;
mod table;

use alloc::string::String;
use core::{fmt, str};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

pub(crate) use self::{
    encoder::{BLOCK, Encoder},
    table::{ONCE, TWICE, Table, escaped, octet_is_unreserved},
};

/// Encodes octets as [RFC 5849 §3.6] asks: letters, digits, `-`, `.`, `_` and `~` stay, every
/// other octet becomes `%` and two upper-case hexadecimal digits.
///
/// This is neither what HTML forms do (a space becomes `%20`, never `+`) nor what a URL parser
/// does (`!`, `*`, `'`, `(` and `)` are encoded). Text is taken as its UTF-8 octets.
///
/// ```
/// use oauth1_signer::encode;
///
/// assert_eq!(encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
/// assert_eq!(encode("☃~"), "%E2%98%83~");
/// assert_eq!(encode(b"\xFF"), "%FF");
/// ```
///
/// [RFC 5849 §3.6]: https://www.rfc-editor.org/rfc/rfc5849#section-3.6
#[must_use]
pub fn encode(octets: impl AsRef<[u8]>) -> String {
    percent_encode(octets.as_ref(), RESERVED).collect()
}

/// How long a text becomes.
pub(crate) fn encoded_length(text: &str) -> usize {
    let reserved = text.bytes().filter(|octet| !octet_is_unreserved(*octet));
    text.len() + 2 * reserved.count()
}

/// Whether encoding would leave the text as it is.
pub(crate) fn is_unreserved(text: &str) -> bool {
    // By arithmetic and without an early end in a block, so that it is done with vectors.
    #[allow(clippy::needless_bitwise_bool)]
    let block_is_unreserved = |block: &[u8; 16]| {
        block.iter().fold(true, |all, octet| {
            let letter = (octet | 0x20).wrapping_sub(b'a') < 26;
            let digit = octet.wrapping_sub(b'0') < 10;
            let mark = (*octet == b'-') | (*octet == b'.') | (*octet == b'_') | (*octet == b'~');
            all & (letter | digit | mark)
        })
    };
    let (blocks, rest) = text.as_bytes().as_chunks();
    blocks.iter().all(block_is_unreserved)
        && match text.as_bytes().last_chunk() {
            Some(last) => block_is_unreserved(last),
            None => rest.iter().all(|octet| octet_is_unreserved(*octet)),
        }
}

/// Text that we have written ourselves: digits, letters, base64.
pub(crate) fn ascii(text: &[u8]) -> &str {
    str::from_utf8(text).expect("ASCII is UTF-8")
}

/// All that is encoded: everything but the unreserved characters.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Encodes into a string.
pub(crate) fn encode_to_string(write: impl FnOnce(&mut Encoder<&mut dyn FnMut(&[u8])>)) -> String {
    let mut text = String::new();
    encode_pieces(
        |piece| {
            if text.is_empty() {
                // Most texts are one piece: that much and no more.
                text.reserve_exact(piece.len());
            }
            text.push_str(piece);
            Ok(())
        },
        write,
    )
    .expect("all that is written is ASCII");
    text
}

/// Encodes into a formatter or a string.
pub(crate) fn encode_to<W: fmt::Write>(
    to: &mut W,
    write: impl FnOnce(&mut Encoder<&mut dyn FnMut(&[u8])>),
) -> fmt::Result {
    encode_pieces(|piece| to.write_str(piece), write)
}

#[inline]
fn encode_pieces(
    mut take: impl FnMut(&str) -> fmt::Result,
    write: impl FnOnce(&mut Encoder<&mut dyn FnMut(&[u8])>),
) -> fmt::Result {
    let mut result = Ok(());
    let mut sink = |piece: &[u8]| {
        let text = str::from_utf8(piece).map_err(|_| fmt::Error);
        result = result.and(text.and_then(&mut take));
    };
    let mut encoder = Encoder::new(&mut sink as &mut dyn FnMut(&[u8]));
    write(&mut encoder);
    encoder.finish();
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_known_beforehand() {
        for text in ["", "aZ0-._~", "a b", "☃&", "%25"] {
            assert_eq!(encoded_length(text), encode(text).len(), "{text}");
        }
    }

    #[test]
    fn unreserved_is_what_encoding_leaves_alone() {
        assert!(is_unreserved("AZaz09-._~"));
        assert!(is_unreserved(""));
        for text in ["a b", "%41", "ä", "+", "/", "="] {
            assert!(!is_unreserved(text), "{text}");
        }
    }
}
