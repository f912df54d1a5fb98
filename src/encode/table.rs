//! Tables for encoding and decoding single bytes ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

#![allow(clippy::cast_possible_truncation)] // Every number cast here fits into a byte.

/// Whether percent-encoding leaves a byte unchanged.
pub(crate) const fn is_unreserved_byte(byte: u8) -> bool {
    UNRESERVED[byte as usize]
}

static UNRESERVED: [bool; 256] = {
    let mut unreserved = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        unreserved[byte] = matches!(
            byte as u8,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~'
        );
        byte += 1;
    }
    unreserved
};

/// The text that each byte becomes when it is encoded once or twice.
///
/// In the signature base string, parameters are encoded, joined and encoded again, so that a space
/// ends up as `%2520`. A single look-up does both and stores eight bytes, whichever byte it
/// encodes. This is why signing costs little more than its hash. A test compares the tables with
/// `percent-encoding` for all 256 bytes.
pub(crate) struct Table {
    pub(super) of_bytes: Entries,
    /// The same for canonical form-urlencoded text, which need not be decoded first (W4: 0.06): a `+` is a
    /// space, a `%` becomes the beginning of an escape, and the digits behind it are copied.
    pub(super) of_canonical: Entries,
}

pub(crate) struct Entries([u64; 256]);

/// Encodes once: headers, queries, form bodies, and the method and URI of a base string.
pub(crate) static ONCE: Table = Table::new(b"%");

/// Encodes twice: the names and values of parameters in a base string.
pub(crate) static TWICE: Table = Table::new(b"%25");

/// The bytes that one look-up stores. The next look-up overwrites those past the text.
const STORED: usize = 8;

/// The most bytes that are encoded without asking for more room.
pub(super) const BLOCK: usize = 48;

/// The room that an encoded block needs.
pub(super) const ROOM: usize = MASK + STORED;
const MASK: usize = 0xFF;
const _: () = assert!(BLOCK * "%25XX".len() <= MASK);

impl Table {
    const fn new(escape: &[u8]) -> Self {
        let mut entries = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            entries[byte] = Self::entry(byte as u8, escape);
            byte += 1;
        }
        let of_bytes = Entries(entries);
        entries[b'+' as usize] = entries[b' ' as usize];
        entries[b'%' as usize] = pack(escape, &[]);
        Self {
            of_bytes,
            of_canonical: Entries(entries),
        }
    }

    const fn entry(byte: u8, escape: &[u8]) -> u64 {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        if is_unreserved_byte(byte) {
            return pack(&[byte], &[]);
        }
        let digits = [DIGITS[(byte >> 4) as usize], DIGITS[(byte & 15) as usize]];
        pack(escape, &digits)
    }
}

/// Packs a text of two parts, starting at the lowest byte, and its length into the highest byte.
const fn pack(text: &[u8], rest: &[u8]) -> u64 {
    let mut packed = [0; STORED];
    let length = text.len() + rest.len();
    let mut at = 0;
    while at < length {
        packed[at] = if at < text.len() {
            text[at]
        } else {
            rest[at - text.len()]
        };
        at += 1;
    }
    packed[STORED - 1] = length as u8;
    u64::from_le_bytes(packed)
}

impl Entries {
    /// Encodes at most [`BLOCK`] bytes, and returns the length of the text.
    ///
    /// Not inlined: a single copy of this hot loop is as fast as many, and smaller.
    #[inline(never)]
    pub(super) fn encode(&self, block: &[u8], room: &mut [u8; ROOM]) -> usize {
        debug_assert!(block.len() <= BLOCK);
        let mut filled = 0;
        // Eight bytes at a time, without a check for the end in between.
        let (eights, rest) = block.as_chunks::<8>();
        for eight in eights {
            for byte in eight {
                filled = self.store(*byte, room, filled);
            }
        }
        for byte in rest {
            filled = self.store(*byte, room, filled);
        }
        filled
    }

    /// Stores the text of a byte after the first `filled` bytes, and returns the new length.
    #[inline]
    pub(super) fn store(&self, byte: u8, room: &mut [u8; ROOM], filled: usize) -> usize {
        let (stored, length) = self.look_up(byte);
        // The mask changes nothing, but it saves a bounds check.
        let place = filled & MASK;
        room[place..place + STORED].copy_from_slice(&stored);
        filled + length
    }

    /// The text to store for a byte, and its length without the padding.
    #[inline]
    fn look_up(&self, byte: u8) -> ([u8; STORED], usize) {
        let entry = self.0[usize::from(byte)];
        (entry.to_le_bytes(), (entry >> 56) as usize)
    }
}

/// The byte that two hexadecimal digits stand for.
#[inline]
pub(crate) fn hexadecimal(high: u8, low: u8) -> u8 {
    HEXADECIMAL[usize::from(high)] << 4 | HEXADECIMAL[usize::from(low)]
}

/// The value of a hexadecimal digit.
pub(crate) fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_hexdigit()
        .then(|| HEXADECIMAL[usize::from(byte)])
}

/// The value of each hexadecimal digit, and 0 for every other byte.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode;
    use alloc::format;

    #[test]
    fn tables_agree_with_percent_encoding_for_every_byte() {
        for byte in 0..=u8::MAX {
            let once = encode([byte]);
            let twice = encode(&once);
            for (table, text) in [(&ONCE, &once), (&TWICE, &twice)] {
                let (stored, length) = table.of_bytes.look_up(byte);
                assert_eq!(&stored[..length], text.as_bytes(), "byte {byte:#04x}");
            }
            assert_eq!(is_unreserved_byte(byte), once.len() == 1);
        }
    }

    #[test]
    fn two_digits_are_a_byte_in_either_case() {
        for byte in 0..=u8::MAX {
            for text in [format!("{byte:02x}"), format!("{byte:02X}")] {
                let [high, low] = [text.as_bytes()[0], text.as_bytes()[1]];
                assert_eq!(hexadecimal(high, low), byte);
            }
        }
    }
}
