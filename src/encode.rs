//! Percent-encoding, once and twice ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

use alloc::string::String;
use core::{fmt, str};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

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

pub(crate) const fn octet_is_unreserved(octet: u8) -> bool {
    UNRESERVED[octet as usize]
}

static UNRESERVED: [bool; 256] = {
    let mut unreserved = [false; 256];
    let mut octet = 0;
    while octet < 256 {
        unreserved[octet] = matches!(
            octet as u8,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~'
        );
        octet += 1;
    }
    unreserved
};

/// All that is encoded: everything but the unreserved characters.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What an octet becomes, once encoded or twice.
///
/// In the signature base string parameters are encoded, joined and encoded again, so that a space
/// ends as `%2520`. Doing both in one look-up, with one store of eight octets that does not depend
/// on the octet read, is what makes signing cost little more than its hash; a test holds the tables
/// against `percent-encoding` for all 256 octets.
pub(crate) struct Table([u64; 256]);

/// As in a header, a query, a form body, and in the base string the method and the URI.
pub(crate) static ONCE: Table = Table::new(b"%");

/// As in the base string names and values of parameters.
pub(crate) static TWICE: Table = Table::new(b"%25");

/// Octets that one look-up stores; those past its length are overwritten by the next.
const STORED: usize = 8;

impl Table {
    const fn new(escape: &[u8]) -> Self {
        let mut entries = [0; 256];
        let mut octet = 0;
        while octet < 256 {
            entries[octet] = Self::entry(octet as u8, escape);
            octet += 1;
        }
        Self(entries)
    }

    /// The text from the lowest octet up, its length in the highest.
    const fn entry(octet: u8, escape: &[u8]) -> u64 {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let mut text = [0; STORED];
        let mut length = 0;
        if octet_is_unreserved(octet) {
            text[0] = octet;
            length = 1;
        } else {
            while length < escape.len() {
                text[length] = escape[length];
                length += 1;
            }
            text[length] = DIGITS[(octet >> 4) as usize];
            text[length + 1] = DIGITS[(octet & 15) as usize];
            length += 2;
        }
        text[STORED - 1] = length as u8;
        u64::from_le_bytes(text)
    }

    /// Stores what an octet becomes behind what is filled, and returns where it ends.
    #[inline]
    fn store(&self, octet: u8, room: &mut [u8; ROOM], filled: usize) -> usize {
        let (stored, length) = self.look_up(octet);
        // The mask changes nothing. It saves asking whether the place exists.
        let place = filled & MASK;
        room[place..place + STORED].copy_from_slice(&stored);
        filled + length
    }

    /// What to store for an octet, and how much of it counts.
    #[inline]
    fn look_up(&self, octet: u8) -> ([u8; STORED], usize) {
        let entry = self.0[usize::from(octet)];
        (entry.to_le_bytes(), (entry >> 56) as usize)
    }
}

/// The octet that two hexadecimal digits stand for.
#[inline]
pub(crate) fn escaped(high: u8, low: u8) -> u8 {
    HEXADECIMAL[usize::from(high)] << 4 | HEXADECIMAL[usize::from(low)]
}

/// The value of each hexadecimal digit.
static HEXADECIMAL: [u8; 256] = {
    let mut values = [0; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        values[b"0123456789abcdef"[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

/// Encodes into a buffer on the stack, and hands on what has gathered there.
///
/// The buffer is large enough that a usual header leaves in one piece, and small enough that
/// clearing it costs next to nothing. What is handed on before the end is a multiple of 64 octets,
/// so that a hash finds whole blocks and copies none of it. All that is written is ASCII, so that
/// pieces may end anywhere.
pub(crate) struct Encoder<F> {
    buffer: [u8; PIECE + ROOM],
    filled: usize,
    handed_on: usize,
    sink: F,
}

/// What is handed on at a time: a multiple of the block size of every hash.
const PIECE: usize = 512;

/// Octets that are encoded without asking for room in between.
pub(crate) const BLOCK: usize = 48;

/// Room for an encoded block.
const ROOM: usize = MASK + STORED;
const MASK: usize = 0xFF;
const _: () = assert!(BLOCK * "%25XX".len() <= MASK);

impl<F: FnMut(&[u8])> Encoder<F> {
    pub(crate) fn new(sink: F) -> Self {
        Self {
            buffer: [0; PIECE + ROOM],
            filled: 0,
            handed_on: 0,
            sink,
        }
    }

    /// Writes text that needs no encoding.
    #[inline]
    pub(crate) fn literal(&mut self, text: &[u8]) {
        if text.len() <= ROOM {
            self.short_literal(text);
        } else {
            text.chunks(ROOM).for_each(|part| self.short_literal(part));
        }
    }

    #[inline]
    fn short_literal(&mut self, text: &[u8]) {
        let end = self.filled + text.len();
        self.buffer[self.filled..end].copy_from_slice(text);
        self.add(text.len());
    }

    /// Writes octets encoded.
    #[inline]
    pub(crate) fn octets(&mut self, table: &Table, octets: &[u8]) {
        for block in octets.chunks(BLOCK) {
            let room = self.room();
            let mut filled = 0;
            // Eight without asking for the end in between.
            let (eights, rest) = block.as_chunks::<8>();
            for eight in eights {
                for octet in eight {
                    filled = table.store(*octet, room, filled);
                }
            }
            for octet in rest {
                filled = table.store(*octet, room, filled);
            }
            self.add(filled);
        }
    }

    /// Writes octets encoded, at most [`BLOCK`] of them.
    #[inline]
    pub(crate) fn block(&mut self, table: &Table, octets: impl Iterator<Item = u8>) {
        let room = self.room();
        let filled = octets.fold(0, |filled, octet| table.store(octet, room, filled));
        self.add(filled);
    }

    /// Writes octets encoded that stand in form-urlencoded text with well-formed escapes.
    #[inline]
    pub(crate) fn form_urlencoded(&mut self, table: &Table, mut text: &[u8]) {
        while !text.is_empty() {
            let room = self.room();
            let mut filled = 0;
            for _ in 0..BLOCK {
                let (octet, rest) = match text {
                    [b'%', high, low, rest @ ..] => (escaped(*high, *low), rest),
                    [b'+', rest @ ..] => (b' ', rest),
                    [octet, rest @ ..] => (*octet, rest),
                    [] => break,
                };
                filled = table.store(octet, room, filled);
                text = rest;
            }
            self.add(filled);
        }
    }

    #[inline]
    fn room(&mut self) -> &mut [u8; ROOM] {
        self.buffer[self.filled..]
            .first_chunk_mut()
            .expect("there is room behind every piece")
    }

    #[inline]
    fn add(&mut self, length: usize) {
        self.filled += length;
        if self.filled >= PIECE {
            self.hand_on();
        }
    }

    /// How much has been written.
    pub(crate) fn written(&self) -> usize {
        self.handed_on + self.filled
    }

    /// Hands on what is left.
    pub(crate) fn finish(&mut self) {
        (self.sink)(&self.buffer[..self.filled]);
    }

    fn hand_on(&mut self) {
        (self.sink)(&self.buffer[..PIECE]);
        self.buffer.copy_within(PIECE..self.filled, 0);
        self.filled -= PIECE;
        self.handed_on += PIECE;
    }
}

/// Encodes into a formatter or a string.
pub(crate) fn encode_to<W: fmt::Write>(
    to: &mut W,
    write: impl FnOnce(&mut Encoder<&mut dyn FnMut(&[u8])>),
) -> fmt::Result {
    let mut result = Ok(());
    let mut sink = |piece: &[u8]| {
        let text = str::from_utf8(piece).map_err(|_| fmt::Error);
        result = result.and(text.and_then(|text| to.write_str(text)));
    };
    let mut encoder = Encoder::new(&mut sink as &mut dyn FnMut(&[u8]));
    write(&mut encoder);
    encoder.finish();
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn pieces_join_to_the_same_text_wherever_they_end() {
        for length in (0..BLOCK + 2)
            .chain(PIECE - ROOM..PIECE + ROOM)
            .chain([5 * PIECE])
        {
            for (octet, encoded) in [(b'a', "a"), (b' ', "%2520")] {
                let text = "x".repeat(length);
                let mut written = Vec::new();
                let mut encoder = Encoder::new(|piece: &[u8]| written.extend_from_slice(piece));
                encoder.literal(b"&");
                encoder.octets(&TWICE, &alloc::vec![octet; length]);
                encoder.literal(text.as_bytes());
                encoder.octets(&ONCE, b" ");
                encoder.finish();
                let expected = ["&", &encoded.repeat(length), &text, "%20"].concat();
                assert_eq!(written, expected.as_bytes(), "{length}");
            }
        }
    }

    #[test]
    fn tables_agree_with_percent_encoding_for_every_octet() {
        for octet in 0..=u8::MAX {
            let once = encode([octet]);
            let twice = encode(&once);
            for (table, text) in [(&ONCE, &once), (&TWICE, &twice)] {
                let (stored, length) = table.look_up(octet);
                assert_eq!(&stored[..length], text.as_bytes(), "octet {octet:#04x}");
            }
            assert_eq!(octet_is_unreserved(octet), once.len() == 1);
        }
    }

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
