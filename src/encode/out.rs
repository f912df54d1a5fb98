//! Where encoded text goes ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

use alloc::vec::Vec;

use super::table::{BLOCK, ROOM, Table};

/// Takes octets, and encodes them while it writes them.
///
/// An [`Encoder`](super::Encoder) hands the text on in pieces, to a hash or a formatter; a vector
/// gathers the whole.
pub(crate) trait Out {
    /// Writes text that needs no encoding.
    fn literal(&mut self, text: &[u8]);

    /// Writes what `fill` puts into the room that it is given, and of which it returns the length.
    fn fill(&mut self, fill: impl FnOnce(&mut [u8; ROOM]) -> usize);

    /// Writes octets encoded.
    #[inline]
    fn bytes(&mut self, table: &Table, mut octets: &[u8]) {
        loop {
            let block;
            (block, octets) = octets.split_at(octets.len().min(BLOCK));
            self.fill(|room| table.encode(block, room));
            if octets.is_empty() {
                return;
            }
        }
    }

    /// Writes octets encoded that come one by one.
    #[inline]
    fn bytes_from(&mut self, table: &Table, mut octets: impl Iterator<Item = u8>) {
        let mut more = true;
        while more {
            self.fill(|room| {
                let mut filled = 0;
                for _ in 0..BLOCK {
                    let Some(octet) = octets.next() else {
                        more = false;
                        break;
                    };
                    filled = table.store(octet, room, filled);
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
