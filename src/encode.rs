//! Percent-encoding, once and twice ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

use alloc::string::String;

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

/// Whether encoding would leave the text as it is.
pub(crate) fn is_unreserved(text: &str) -> bool {
    text.bytes().all(octet_is_unreserved)
}

pub(crate) const fn octet_is_unreserved(octet: u8) -> bool {
    matches!(octet, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~')
}

/// All that is encoded: everything but the unreserved characters.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What each octet becomes in the signature base string.
///
/// Parameters are encoded, joined and encoded again there, so that a space ends as `%2520`. Doing
/// both in one look-up, with one store of eight octets that does not depend on the octet read, is
/// what makes signing cost little more than its hash; `tests` hold the tables against
/// `percent-encoding` for all 256 octets.
pub(crate) struct Table([u64; 256]);

/// Octets that one look-up stores at most; those past its length are overwritten by the next.
pub(crate) const STORED: usize = 8;

/// For the base string URI and the method: encoded once.
pub(crate) static ONCE: Table = Table::new(b"%");

/// For parameter names and values: encoded, and encoded again.
pub(crate) static TWICE: Table = Table::new(b"%25");

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

    /// What to store for an octet, and how much of it counts.
    #[inline]
    pub(crate) fn look_up(&self, octet: u8) -> ([u8; STORED], usize) {
        let entry = self.0[usize::from(octet)];
        (entry.to_le_bytes(), (entry >> 56) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn unreserved_is_what_encoding_leaves_alone() {
        assert!(is_unreserved("AZaz09-._~"));
        assert!(is_unreserved(""));
        for text in ["a b", "%41", "ä", "+", "/", "="] {
            assert!(!is_unreserved(text), "{text}");
        }
    }
}
