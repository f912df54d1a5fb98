//! The one writer: encodes, and hands on what it has in pieces.

use super::table::{STORED, Table, escaped};

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
pub(super) const ROOM: usize = MASK + STORED;
pub(super) const MASK: usize = 0xFF;
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
    pub(crate) fn octets(&mut self, table: &Table, mut octets: &[u8]) {
        loop {
            let block;
            (block, octets) = octets.split_at(octets.len().min(BLOCK));
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
            if octets.is_empty() {
                return;
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{ONCE, TWICE};
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
}
