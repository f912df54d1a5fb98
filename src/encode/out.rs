//! Destinations of encoded text ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

use alloc::vec::Vec;

use super::table::{BLOCK, Entries, ROOM, Table};

/// A destination of encoded text.
///
/// An [`Encoder`](super::Encoder) passes the text on in pieces, to a hash or a formatter. A vector
/// collects all of it.
pub(crate) trait Out {
    /// Writes text that needs no encoding.
    fn literal(&mut self, text: &[u8]);

    /// Lets `fill` write into the given room, and keeps as many bytes as it returns.
    fn fill(&mut self, fill: impl FnOnce(&mut [u8; ROOM]) -> usize);

    /// Encodes and writes bytes.
    #[inline]
    fn bytes(&mut self, table: &Table, bytes: &[u8]) {
        self.blocks(&table.of_bytes, bytes);
    }

    /// Decodes canonical form-urlencoded text, and encodes and writes it.
    #[inline]
    fn canonical(&mut self, table: &Table, text: &[u8]) {
        self.blocks(&table.of_canonical, text);
    }

    /// Writes what the entries have for each byte.
    #[inline]
    fn blocks(&mut self, entries: &Entries, mut bytes: &[u8]) {
        loop {
            let block;
            (block, bytes) = bytes.split_at(bytes.len().min(BLOCK));
            self.fill(|room| entries.encode(block, room));
            if bytes.is_empty() {
                return;
            }
        }
    }

    /// Encodes and writes bytes that come one by one.
    #[inline]
    fn bytes_from(&mut self, table: &Table, mut bytes: impl Iterator<Item = u8>) {
        let mut more = true;
        while more {
            self.fill(|room| {
                let mut filled = 0;
                for _ in 0..BLOCK {
                    let Some(byte) = bytes.next() else {
                        more = false;
                        break;
                    };
                    filled = table.of_bytes.store(byte, room, filled);
                }
                filled
            });
        }
    }
}

impl Out for Vec<u8> {
    #[inline]
    fn literal(&mut self, text: &[u8]) {
        self.extend_from_slice(text);
    }

    #[inline]
    fn fill(&mut self, fill: impl FnOnce(&mut [u8; ROOM]) -> usize) {
        let mut room = [0; ROOM];
        let filled = fill(&mut room);
        self.extend_from_slice(&room[..filled]);
    }
}
