//! A name or a value, however it came, and its place in the order ([RFC 5849 §3.4.1.3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2)).

use core::{cmp::Ordering, slice, str};

use crate::encode::{Encoder, Table, escaped, octet_is_unreserved};

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
    pub(crate) fn text(text: &'a str, unreserved: bool) -> Self {
        if unreserved {
            Self::Unreserved(text.as_bytes())
        } else {
            Self::Decoded(text.as_bytes())
        }
    }

    pub(crate) fn form_urlencoded(octets: &'a [u8], unreserved: bool) -> Self {
        if unreserved {
            Self::Unreserved(octets)
        } else {
            Self::Encoded(octets)
        }
    }

    /// The text, where the octets came from text.
    pub(crate) fn as_text(&self) -> &'a str {
        let (Self::Unreserved(octets) | Self::Decoded(octets) | Self::Encoded(octets)) = *self;
        str::from_utf8(octets).expect("protocol parameters are made from text")
    }

    /// Writes them encoded.
    #[inline]
    pub(crate) fn write<F: FnMut(&[u8])>(&self, table: &Table, out: &mut Encoder<F>) {
        match *self {
            Self::Unreserved(text) => out.literal(text),
            Self::Decoded(octets) => out.octets(table, octets),
            Self::Encoded(text) => out.form_urlencoded(table, text),
        }
    }

    /// As the encoded forms would compare.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
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

/// The first eight octets of a name as one number that compares as their encoded forms do. Equal
/// numbers do not yet mean equal names.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Rank(u64);

impl Rank {
    /// The rank of a name that is not encoded.
    pub(crate) const fn new(name: &[u8]) -> Self {
        // What is missing of a short name ranks lowest.
        let mut ranks = [0; 8];
        let mut octet = 0;
        while octet < 8 && octet < name.len() {
            ranks[octet] = RANKS[name[octet] as usize];
            octet += 1;
        }
        Self(u64::from_be_bytes(ranks))
    }

    pub(crate) fn of(name: Octets<'_>) -> Self {
        match name {
            Octets::Unreserved(octets) | Octets::Decoded(octets) => Self::new(octets),
            Octets::Encoded(rest) => {
                let mut first = [0; 8];
                let length = Decode::new(rest)
                    .zip(&mut first)
                    .map(|(octet, place)| *place = octet)
                    .count();
                Self::new(&first[..length])
            }
        }
    }

    /// Where the names begin that begin with `oauth_`.
    pub(crate) const PROTOCOL: Self = Self::new(b"oauth_");

    /// Whether the name begins with `oauth_`.
    pub(crate) fn is_protocol(self) -> bool {
        const LENGTH_IN_BITS: usize = 8 * b"oauth_".len();
        // Unreserved characters have ranks above 0, so that a shorter name cannot look alike.
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
    fn encoded_octets_are_decoded_as_a_form() {
        let octets: Vec<u8> = Octets::Encoded(b"a+%2b%ff%FF%00=&").decoded().collect();
        assert_eq!(octets, b"a +\xFF\xFF\0=&");
    }

    #[test]
    fn only_the_prefix_makes_a_name_one_of_the_protocol() {
        for name in [&b"oauth_"[..], b"oauth_x", b"oauth_signature", b"oauth_\0"] {
            assert!(Rank::new(name).is_protocol(), "{name:?}");
        }
        for name in [
            &b""[..],
            b"oauth",
            b"Oauth_x",
            b"xoauth_x",
            b"oauth-x",
            b"oauth\0",
        ] {
            assert!(!Rank::new(name).is_protocol(), "{name:?}");
        }
        assert!(Rank::of(Octets::Encoded(b"%6Fauth%5ftoken")).is_protocol());
    }
}
