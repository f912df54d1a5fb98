//! Encoding in pieces ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

use super::{Out, table::ROOM};

/// Encodes into a buffer on the stack and passes the text to `sink` whenever the buffer is full.
///
/// The buffer is large enough to hold a typical base string in one piece, and small enough that
/// clearing it costs next to nothing, provided that no store crosses a page boundary: hence the
/// alignment. The length of every piece but the last is a multiple of 64 bytes, so that a hash
/// receives whole blocks and need not copy them. All text is ASCII, so a piece may end anywhere.
#[repr(align(64))]
pub(crate) struct Encoder<F> {
    buffer: [u8; PIECE + ROOM],
    filled: usize,
    sink: F,
}

/// The length of a piece: a multiple of the block size of every hash.
const PIECE: usize = 512;

impl<F: FnMut(&[u8])> Encoder<F> {
    pub(crate) fn new(sink: F) -> Self {
        Self {
            buffer: [0; PIECE + ROOM],
            filled: 0,
            sink,
        }
    }

    #[inline]
    fn add(&mut self, length: usize) {
        self.filled += length;
        if self.filled >= PIECE {
            self.hand_on();
        }
    }

    /// Passes on the rest of the text.
    pub(crate) fn finish(&mut self) {
        (self.sink)(&self.buffer[..self.filled]);
    }

    #[cold]
    #[inline(never)]
    fn long_literal(&mut self, text: &[u8]) {
        text.chunks(ROOM).for_each(|part| self.literal(part));
    }

    #[inline(never)]
    fn hand_on(&mut self) {
        (self.sink)(&self.buffer[..PIECE]);
        self.buffer.copy_within(PIECE..self.filled, 0);
        self.filled -= PIECE;
    }
}

impl<F: FnMut(&[u8])> Out for Encoder<F> {
    #[inline]
    fn literal(&mut self, text: &[u8]) {
        let end = self.filled + text.len();
        match self.buffer.get_mut(self.filled..end) {
            Some(room) => {
                room.copy_from_slice(text);
                self.add(text.len());
            }
            None => self.long_literal(text),
        }
    }

    #[inline]
    fn fill(&mut self, fill: impl FnOnce(&mut [u8; ROOM]) -> usize) {
        let room = self.buffer[self.filled..].first_chunk_mut();
        let filled = fill(room.expect("there is room behind every piece"));
        self.add(filled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{ONCE, TWICE, table::BLOCK};
    use alloc::vec::Vec;

    #[test]
    fn pieces_join_to_the_same_text_wherever_they_end() {
        for length in (0..BLOCK + 2)
            .chain(PIECE - ROOM..PIECE + ROOM)
            .chain([5 * PIECE])
        {
            for (byte, encoded) in [(b'a', "a"), (b' ', "%2520")] {
                let text = "x".repeat(length);
                let mut written = Vec::new();
                let mut encoder = Encoder::new(|piece: &[u8]| written.extend_from_slice(piece));
                encoder.literal(b"&");
                encoder.bytes(&TWICE, &alloc::vec![byte; length]);
                encoder.literal(text.as_bytes());
                encoder.bytes(&ONCE, b" ");
                encoder.finish();
                let expected = ["&", &encoded.repeat(length), &text, "%20"].concat();
                assert_eq!(written, expected.as_bytes(), "{length}");
            }
        }
    }
}
