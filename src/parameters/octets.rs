//! A name or a value, however it came, and its place in the order ([RFC 5849 §3.4.1.3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2)).

use core::{cmp::Ordering, slice, str};

use crate::encode::{Out, Table, escaped, is_unreserved, octet_is_unreserved};

/// The octets of a name or a value. They are decoded while they are read, so that no copy of a
/// query or a form is ever made.
#[derive(Clone, Copy)]
pub(crate) enum Octets<'a> {
    /// Unreserved characters only: the same before and after encoding.
    Unreserved(&'a [u8]),
    /// Not encoded.
    Decoded(&'a [u8]),
    /// As in a query or a form body, with well-formed escapes.
    Encoded(&'a [u8]),
}

impl<'a> Octets<'a> {
    /// Text that is not encoded.
    pub(crate) fn of_text(text: &'a str) -> Self {
        Self::not_encoded(text.as_bytes(), is_unreserved(text.as_bytes()))
    }

    #[inline]
    pub(crate) fn not_encoded(octets: &'a [u8], unreserved: bool) -> Self {
        if unreserved {
            Self::Unreserved(octets)
        } else {
            Self::Decoded(octets)
        }
    }

    #[inline]
    pub(crate) fn form_urlencoded(octets: &'a [u8], unreserved: bool) -> Self {
        if unreserved {
            Self::Unreserved(octets)
        } else {
            Self::Encoded(octets)
        }
    }

    /// How long they are as they are given.
    pub(crate) fn length(&self) -> usize {
        self.given().len()
    }

    fn given(&self) -> &'a [u8] {
        let (Self::Unreserved(octets) | Self::Decoded(octets) | Self::Encoded(octets)) = *self;
        octets
    }

    /// The text, where the octets came from text.
    pub(crate) fn as_text(&self) -> &'a str {
        str::from_utf8(self.given()).expect("protocol parameters are made from text")
    }

    /// Writes them encoded.
    #[inline(always)]
    pub(crate) fn write(&self, table: &Table, out: &mut impl Out) {
        match *self {
            Self::Unreserved(text) => out.literal(text),
            Self::Decoded(octets) => out.octets(table, octets),
            Self::Encoded(text) => out.octets_from(table, Decode::new(text)),
        }
    }

    /// As the encoded forms would compare.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        if let (Self::Unreserved(octets), Self::Unreserved(others)) = (self, other) {
            return octets.cmp(others);
        }
        let rank = |octet| RANKS[usize::from(octet)];
        self.decoded().map(rank).cmp(other.decoded().map(rank))
    }

    /// One octet after the other, decoded.
    pub(crate) fn decoded(self) -> impl Iterator<Item = u8> + 'a {
        let (given, rest) = match self {
            Self::Unreserved(octets) | Self::Decoded(octets) => (octets, &[][..]),
            Self::Encoded(octets) => (&[][..], octets),
        };
        given.iter().copied().chain(Decode::new(rest))
    }
}

/// The octets of form-urlencoded text whose escapes are well-formed.
struct Decode<'a> {
    rest: slice::Iter<'a, u8>,
}

impl<'a> Decode<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { rest: text.iter() }
    }
}

impl Iterator for Decode<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        Some(match *self.rest.next()? {
            b'+' => b' ',
            b'%' => match (self.rest.next(), self.rest.next()) {
                (Some(high), Some(low)) => escaped(*high, *low),
                _ => b'%',
            },
            octet => octet,
        })
    }
}

/// How the encoded form of a name begins: up to its first escape, and eight octets at most, as one
/// number that compares as they do. Equal numbers do not yet mean equal names.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Rank(u64);

impl Rank {
    const LENGTH: usize = 8;

    #[inline]
    pub(crate) fn of(name: Octets<'_>) -> Self {
        match name {
            Octets::Unreserved(octets) => Self::unreserved(octets),
            Octets::Decoded(_) | Octets::Encoded(_) => Self::reserved(name),
        }
    }

    /// The rank of a name of unreserved characters.
    #[inline]
    pub(crate) const fn unreserved(name: &[u8]) -> Self {
        if let Some(first) = name.first_chunk() {
            return Self(u64::from_be_bytes(*first));
        }
        let mut rank = 0;
        let mut octet = 0;
        while octet < name.len() {
            rank = rank << 8 | name[octet] as u64;
            octet += 1;
        }
        // What is missing of a short name ranks lowest.
        Self(if octet == 0 {
            0
        } else {
            rank << (8 * (Self::LENGTH - octet))
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

    fn reserved(name: Octets<'_>) -> Self {
        let mut rank = [0; Self::LENGTH];
        for (octet, place) in name.decoded().zip(&mut rank) {
            if !octet_is_unreserved(octet) {
                *place = b'%';
                break;
            }
            *place = octet;
        }
        Self(u64::from_be_bytes(rank))
    }

    /// Where the names begin that begin with `oauth_`.
    pub(crate) const PROTOCOL: Self = Self::unreserved(b"oauth_");

    /// Whether the name begins with `oauth_`.
    pub(crate) fn is_protocol(self) -> bool {
        const LENGTH_IN_BITS: usize = 8 * b"oauth_".len();
        (self.0 ^ Self::PROTOCOL.0) >> (u64::BITS as usize - LENGTH_IN_BITS) == 0
    }
}

/// The place of each octet in the order of the encoded forms.
///
/// Sorted after encoding, all escapes come first, because `%` sorts before every unreserved
/// character: `é` (`%C3%A9`) before `P`, `{` (`%7B`) before `a`. Among themselves both kinds keep
/// their numeric order. So there is no need to encode anything in order to sort.
#[allow(clippy::cast_possible_truncation)] // All numbers here are octets.
static RANKS: [u8; 256] = {
    let mut ranks = [0; 256];
    let mut rank = 0_usize;
    let mut pass = 0;
    while pass < 2 {
        let mut octet = 0_usize;
        while octet < 256 {
            if octet_is_unreserved(octet as u8) == (pass == 1) {
                ranks[octet] = rank as u8;
                rank += 1;
            }
            octet += 1;
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
    fn ranks_order_octets_as_their_encoded_forms() {
        for left in 0..=u8::MAX {
            for right in 0..=u8::MAX {
                let by_rank = Octets::Decoded(&[left]).order(&Octets::Decoded(&[right]));
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
        // Short names of all kinds of octets, alone and behind others of up to nine octets.
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
        let rank = |name| Rank::of(Octets::Decoded(name));
        for (encoded, name) in &names {
            assert_eq!(rank(name).is_protocol(), name.starts_with(b"oauth_"));
            assert!(rank(name) == Rank::of(Octets::Encoded(encoded.as_bytes())));
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
    fn encoded_octets_are_decoded_as_a_form() {
        let octets: Vec<u8> = Octets::Encoded(b"a+%2b%ff%FF%00=&").decoded().collect();
        assert_eq!(octets, b"a +\xFF\xFF\0=&");
    }

    #[test]
    fn only_the_prefix_makes_a_name_one_of_the_protocol() {
        for name in [&b"oauth_"[..], b"oauth_x", b"oauth_signature", b"oauth_\0"] {
            assert!(Rank::of(Octets::Decoded(name)).is_protocol(), "{name:?}");
        }
        for name in [
            &b""[..],
            b"oauth",
            b"Oauth_x",
            b"xoauth_x",
            b"oauth-x",
            b"oauth\0",
        ] {
            assert!(!Rank::of(Octets::Decoded(name)).is_protocol(), "{name:?}");
        }
        assert!(Rank::of(Octets::Encoded(b"%6Fauth%5ftoken")).is_protocol());
    }
}
