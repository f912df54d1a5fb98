//! The order of parameters ([RFC 5849 §3.4.1.3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2)).

use core::{cmp::Ordering, iter::Peekable};

use super::Bytes;
use crate::encode::is_unreserved_byte;

/// One name with its value.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<'a> {
    pub(crate) rank: Rank,
    pub(crate) name: Bytes<'a>,
    pub(crate) value: Bytes<'a>,
}

impl<'a> Parameter<'a> {
    pub(crate) fn new(name: Bytes<'a>, value: Bytes<'a>) -> Self {
        Self {
            rank: Rank::of(name),
            name,
            value,
        }
    }

    /// Compares as the encoded forms do: by name, then by value.
    #[inline]
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.rank
            .cmp(&other.rank)
            .then_with(|| order(self.name, other.name))
            .then_with(|| order(self.value, other.value))
    }
}

fn order(bytes: Bytes<'_>, others: Bytes<'_>) -> Ordering {
    if let (Bytes::Unreserved(bytes), Bytes::Unreserved(others)) = (bytes, others) {
        return bytes.cmp(others);
    }
    let rank = |byte| RANKS[usize::from(byte)];
    bytes.decoded().map(rank).cmp(others.decoded().map(rank))
}

/// Two ordered lists as one.
pub(crate) struct Merged<I: Iterator, J: Iterator> {
    left: Peekable<I>,
    right: Peekable<J>,
}

impl<'a, I, J> Merged<I, J>
where
    I: Iterator<Item = Parameter<'a>>,
    J: Iterator<Item = Parameter<'a>>,
{
    pub(crate) fn new(left: I, right: J) -> Self {
        Self {
            left: left.peekable(),
            right: right.peekable(),
        }
    }
}

impl<'a, I, J> Iterator for Merged<I, J>
where
    I: Iterator<Item = Parameter<'a>>,
    J: Iterator<Item = Parameter<'a>>,
{
    type Item = Parameter<'a>;

    fn next(&mut self) -> Option<Parameter<'a>> {
        match (self.left.peek(), self.right.peek()) {
            (Some(left), Some(right)) if right.order(left).is_lt() => self.right.next(),
            (None, _) => self.right.next(),
            _ => self.left.next(),
        }
    }
}

/// How the encoded form of a name begins: up to its first escape, and eight bytes at most, as one
/// number that compares as they do. Equal numbers do not yet mean equal names.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Rank(u64);

impl Rank {
    const LENGTH: usize = 8;

    #[inline]
    pub(crate) fn of(name: Bytes<'_>) -> Self {
        match name {
            Bytes::Unreserved(bytes) => Self::unreserved(bytes),
            Bytes::Decoded(_) | Bytes::Encoded(_) | Bytes::Canonical(_) => Self::reserved(name),
        }
    }

    /// The rank of a name of unreserved characters.
    #[inline]
    pub(crate) const fn unreserved(name: &[u8]) -> Self {
        if let Some(first) = name.first_chunk() {
            return Self(u64::from_be_bytes(*first));
        }
        let mut rank = 0;
        let mut byte = 0;
        while byte < name.len() {
            rank = rank << 8 | name[byte] as u64;
            byte += 1;
        }
        // What is missing of a short name ranks lowest.
        Self(if byte == 0 {
            0
        } else {
            rank << (8 * (Self::LENGTH - byte))
        })
    }

    /// The rank of a name of unreserved characters that begins a text: without a loop, if there is
    /// enough behind it.
    #[inline]
    pub(crate) fn of_beginning(text: &[u8], length: usize) -> Self {
        match text.first_chunk() {
            Some(first) if length > 0 => {
                let behind = 8 * Self::LENGTH.saturating_sub(length);
                Self(u64::from_be_bytes(*first) >> behind << behind)
            }
            _ => Self::unreserved(&text[..length]),
        }
    }

    fn reserved(name: Bytes<'_>) -> Self {
        let mut rank = [0; Self::LENGTH];
        for (byte, place) in name.decoded().zip(&mut rank) {
            if !is_unreserved_byte(byte) {
                *place = b'%';
                break;
            }
            *place = byte;
        }
        Self(u64::from_be_bytes(rank))
    }

    /// Whether the name begins with a text of unreserved characters, eight at most.
    pub(crate) const fn begins_with(self, prefix: &[u8]) -> bool {
        let prefix_bits = 8 * prefix.len();
        (self.0 ^ Self::unreserved(prefix).0).leading_zeros() as usize >= prefix_bits
    }
}

/// The place of each byte in the order of the encoded forms.
///
/// Sorted after encoding, all escapes come first, because `%` sorts before every unreserved
/// character: `é` (`%C3%A9`) before `P`, `{` (`%7B`) before `a`. Among themselves both kinds keep
/// their numeric order. So there is no need to encode anything in order to sort.
#[allow(clippy::cast_possible_truncation)] // All numbers here are bytes.
static RANKS: [u8; 256] = {
    let mut ranks = [0; 256];
    let mut rank = 0_usize;
    let mut pass = 0;
    while pass < 2 {
        let mut byte = 0_usize;
        while byte < 256 {
            if is_unreserved_byte(byte as u8) == (pass == 1) {
                ranks[byte] = rank as u8;
                rank += 1;
            }
            byte += 1;
        }
        pass += 1;
    }
    ranks
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode;
    use alloc::vec::Vec;

    #[test]
    fn ranks_order_bytes_as_their_encoded_forms() {
        for left in 0..=u8::MAX {
            for right in 0..=u8::MAX {
                let by_rank = order(Bytes::Decoded(&[left]), Bytes::Decoded(&[right]));
                assert_eq!(
                    by_rank,
                    encode([left]).cmp(&encode([right])),
                    "{left:#04x} {right:#04x}"
                );
            }
        }
    }

    #[test]
    fn ranks_that_differ_order_names_as_their_encoded_forms() {
        // Short names of all kinds of bytes, alone and after others of up to nine bytes.
        let kinds = b"\0 %+.0=A_az~\xA0\xFF";
        let short = kinds.iter().flat_map(|first| {
            let two = kinds.iter().map(|second| alloc::vec![*first, *second]);
            two.chain([alloc::vec![*first]])
        });
        let short: Vec<_> = short.chain([Vec::new()]).collect();
        let names: Vec<_> = [&b""[..], b"oauth_", b"seven__", b"eight___", b"a b"]
            .iter()
            .flat_map(|start| short.iter().map(move |end| [start, &end[..]].concat()))
            .map(|name| (encode(&name), name))
            .collect();
        let rank = |name| Rank::of(Bytes::Decoded(name));
        for (encoded, name) in &names {
            assert_eq!(
                rank(name).begins_with(b"oauth_"),
                name.starts_with(b"oauth_")
            );
            assert!(rank(name) == Rank::of(Bytes::Encoded(encoded.as_bytes())));
            if encoded.len() == name.len() {
                let unreserved = Rank::unreserved(name);
                assert!(rank(name) == unreserved);
                for behind in [&b""[..], b"=", b"=value&more"] {
                    let text = [name, behind].concat();
                    assert!(Rank::of_beginning(&text, name.len()) == unreserved);
                }
            }
            for (other_encoded, other) in &names {
                let order = rank(name).cmp(&rank(other));
                assert!(
                    order.is_eq() || order == encoded.cmp(other_encoded),
                    "{encoded} {other_encoded}"
                );
            }
        }
    }

    #[test]
    fn only_the_prefix_makes_a_name_one_of_the_protocol() {
        for name in [&b"oauth_"[..], b"oauth_x", b"oauth_signature", b"oauth_\0"] {
            assert!(
                Rank::of(Bytes::Decoded(name)).begins_with(b"oauth_"),
                "{name:?}"
            );
        }
        for name in [
            &b""[..],
            b"oauth",
            b"Oauth_x",
            b"xoauth_x",
            b"oauth-x",
            b"oauth\0",
        ] {
            assert!(
                !Rank::of(Bytes::Decoded(name)).begins_with(b"oauth_"),
                "{name:?}"
            );
        }
        assert!(Rank::of(Bytes::Encoded(b"%6Fauth%5ftoken")).begins_with(b"oauth_"));
    }
}
