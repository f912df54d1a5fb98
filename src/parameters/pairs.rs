//! The parameters a request brings with it, collected and sorted once ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::vec::Vec;
use core::{iter, mem};

use super::{MalformedEscape, Octets, Parameter, Rank};
use crate::encode::octet_is_unreserved;

/// A list of pairs. The first few are kept in place: most requests have no more, and need no
/// allocation for them.
#[derive(Clone)]
pub(crate) struct Pairs<'a> {
    few: [Pair<'a>; FEW],
    /// How many of `few` count; none do once there are `many`.
    count: usize,
    many: Vec<Pair<'a>>,
}

const FEW: usize = 2;

/// A pair, with what it is sorted by first.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) rank: Rank,
    source: Source<'a>,
}

/// Where a pair stands.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// In the query of the target, by position: a target may own its text.
    Query {
        name: usize,
        name_end: usize,
        name_unreserved: bool,
        value: usize,
        value_end: usize,
        value_unreserved: bool,
    },
    /// In the caller's list of the form.
    Form {
        position: u32,
        name: &'a [u8],
        value: &'a [u8],
    },
    /// In another list of the caller.
    Given { name: &'a [u8], value: &'a [u8] },
    /// In form-urlencoded text of the caller.
    Encoded {
        name: &'a [u8],
        name_unreserved: bool,
        value: &'a [u8],
        value_unreserved: bool,
    },
}

impl<'a> Pairs<'a> {
    pub(crate) const fn new() -> Self {
        Self {
            few: [Pair::EMPTY; FEW],
            count: 0,
            many: Vec::new(),
        }
    }

    /// The pairs in order. `query` is the text that [`Pairs::extend_with_query`] has read.
    pub(crate) fn iter<'s>(&'s self, query: &'s [u8]) -> impl Iterator<Item = Parameter<'s>> {
        self.as_slice()
            .iter()
            .map(move |pair| pair.parameter(query))
    }

    /// The pairs that were given for the form, as they were given.
    pub(crate) fn form(&self) -> Vec<(&'a [u8], &'a [u8])> {
        let mut form: Vec<_> = self
            .as_slice()
            .iter()
            .filter_map(|pair| match pair.source {
                Source::Form {
                    position,
                    name,
                    value,
                } => Some((position, name, value)),
                _ => None,
            })
            .collect();
        form.sort_unstable_by_key(|(position, ..)| *position);
        form.into_iter()
            .map(|(_, name, value)| (name, value))
            .collect()
    }

    pub(crate) fn extend_with_query(&mut self, query: &[u8]) -> Result<(), MalformedEscape> {
        for span in split(query) {
            let span = span?;
            let source = Source::Query {
                name: span.name,
                name_end: span.name_end,
                name_unreserved: span.name_unreserved,
                value: span.value,
                value_end: span.value_end,
                value_unreserved: span.value_unreserved,
            };
            self.push(Pair::new(source, query), || {
                separators(&query[span.value_end..])
            });
        }
        Ok(())
    }

    pub(crate) fn extend_with_encoded(&mut self, text: &'a [u8]) -> Result<(), MalformedEscape> {
        for span in split(text) {
            let span = span?;
            let source = Source::Encoded {
                name: &text[span.name..span.name_end],
                name_unreserved: span.name_unreserved,
                value: &text[span.value..span.value_end],
                value_unreserved: span.value_unreserved,
            };
            self.push(Pair::new(source, b""), || {
                separators(&text[span.value_end..])
            });
        }
        Ok(())
    }

    pub(crate) fn extend_with_form<N, V>(&mut self, pairs: impl Iterator<Item = &'a (N, V)>)
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        // No list of pairs in memory is as long as the numbers go.
        let positions = 0..=u32::MAX;
        self.extend_with_sources(positions.zip(pairs).map(|(position, (name, value))| {
            Source::Form {
                position,
                name: name.as_ref(),
                value: value.as_ref(),
            }
        }));
    }

    pub(crate) fn extend_with_given<N, V>(&mut self, pairs: impl Iterator<Item = &'a (N, V)>)
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.extend_with_sources(pairs.map(|(name, value)| Source::Given {
            name: name.as_ref(),
            value: value.as_ref(),
        }));
    }

    /// The name of a protocol parameter among the pairs, if there is one.
    pub(crate) fn protocol_parameter<'s>(&'s self, query: &'s [u8]) -> Option<Octets<'s>> {
        self.as_slice()
            .iter()
            .find(|pair| pair.rank.is_protocol())
            .map(|pair| pair.parameter(query).name)
    }

    pub(crate) fn retain_signed(&mut self) {
        let mut signed = Pairs::new();
        for pair in self.as_slice() {
            if !pair
                .parameter(b"")
                .name
                .decoded()
                .eq(b"oauth_signature".iter().copied())
            {
                signed.push(*pair, || 0);
            }
        }
        *self = signed;
    }

    pub(crate) fn sort(&mut self, query: &[u8]) {
        let pairs = self.as_mut_slice();
        if pairs.is_sorted_by(|left, right| left.rank < right.rank) {
            return;
        }
        pairs.sort_unstable_by(|left, right| {
            left.rank
                .cmp(&right.rank)
                .then_with(|| left.parameter(query).order(&right.parameter(query)))
        });
    }

    fn extend_with_sources(&mut self, mut sources: impl Iterator<Item = Source<'a>>) {
        while let Some(source) = sources.next() {
            self.push(Pair::new(source, b""), || sources.size_hint().0);
        }
    }

    /// Adds a pair. `more` tells how many are still to come, as far as is known.
    #[inline]
    fn push(&mut self, pair: Pair<'a>, more: impl FnOnce() -> usize) {
        if self.many.is_empty() {
            if let Some(place) = self.few.get_mut(self.count) {
                *place = pair;
                self.count += 1;
                return;
            }
            self.many.reserve(FEW + 1 + more());
            self.many.extend(self.few);
        }
        self.many.push(pair);
    }

    pub(crate) fn as_slice(&self) -> &[Pair<'a>] {
        if self.many.is_empty() {
            &self.few[..self.count]
        } else {
            &self.many
        }
    }

    fn as_mut_slice(&mut self) -> &mut [Pair<'a>] {
        if self.many.is_empty() {
            &mut self.few[..self.count]
        } else {
            &mut self.many
        }
    }
}

impl<'a> Pair<'a> {
    const EMPTY: Self = Self {
        rank: Rank::new(b""),
        source: Source::Given {
            name: b"",
            value: b"",
        },
    };

    fn new(source: Source<'a>, query: &[u8]) -> Self {
        Self {
            rank: Rank::of(source.octets(query).0),
            source,
        }
    }

    /// A pair that is not encoded, and in no form.
    pub(crate) fn given(name: &'a [u8], value: &'a [u8]) -> Self {
        Self::new(Source::Given { name, value }, b"")
    }

    #[inline]
    pub(crate) fn parameter<'s>(&self, query: &'s [u8]) -> Parameter<'s>
    where
        'a: 's,
    {
        let (name, value) = self.source.octets(query);
        Parameter {
            rank: self.rank,
            name,
            value,
        }
    }
}

impl<'a> Source<'a> {
    fn octets<'s>(&self, query: &'s [u8]) -> (Octets<'s>, Octets<'s>)
    where
        'a: 's,
    {
        match *self {
            Self::Query {
                name,
                name_end,
                name_unreserved,
                value,
                value_end,
                value_unreserved,
            } => (
                Octets::form_urlencoded(&query[name..name_end], name_unreserved),
                Octets::form_urlencoded(&query[value..value_end], value_unreserved),
            ),
            Self::Form { name, value, .. } | Self::Given { name, value } => {
                (Octets::Decoded(name), Octets::Decoded(value))
            }
            Self::Encoded {
                name,
                name_unreserved,
                value,
                value_unreserved,
            } => (
                Octets::form_urlencoded(name, name_unreserved),
                Octets::form_urlencoded(value, value_unreserved),
            ),
        }
    }
}

/// A pair in form-urlencoded text.
struct Span {
    name: usize,
    name_end: usize,
    /// Whether the name has unreserved characters only, as most have.
    name_unreserved: bool,
    value: usize,
    value_end: usize,
    value_unreserved: bool,
}

/// How many `&` there are.
fn separators(text: &[u8]) -> usize {
    // Blocks whose count fits an octet are counted as vectors of octets.
    text.chunks(128)
        .map(|block| {
            let count: u8 = block.iter().map(|octet| u8::from(*octet == b'&')).sum();
            usize::from(count)
        })
        .sum()
}

/// The pairs of form-urlencoded text.
///
/// Only `&` separates, the first `=` ends the name, and an empty pair is none: `a` is the same as
/// `a=`, and `=` is a pair of two empty strings.
fn split(text: &[u8]) -> impl Iterator<Item = Result<Span, MalformedEscape>> {
    let (mut next, mut checked) = (0, false);
    iter::from_fn(move || {
        while text.get(next) == Some(&b'&') {
            next += 1;
        }
        if next == text.len() {
            return None;
        }
        let span = Span::read(text, next);
        next = span.value_end;
        // All the rest at once, when there is something to check.
        let plain = span.name_unreserved && span.value_unreserved;
        if !plain
            && !mem::replace(&mut checked, true)
            && let Some(position) = malformed_escape(&text[span.name..])
        {
            let position = span.name + position;
            return Some(Err(MalformedEscape { position }));
        }
        Some(Ok(span))
    })
}

impl Span {
    /// The pair that begins at `name`. Most are read once, up to `=` and up to `&`.
    fn read(text: &[u8], name: usize) -> Self {
        let plain = name + unreserved(&text[name..]);
        let name_unreserved = matches!(text.get(plain), None | Some(b'=' | b'&'));
        let name_end = if name_unreserved {
            plain
        } else {
            let end = plain + position(&text[plain..], b'&');
            plain + position(&text[plain..end], b'=')
        };
        let value = name_end + usize::from(text.get(name_end) == Some(&b'='));
        let plain = value + unreserved(&text[value..]);
        let value_end = plain + position(&text[plain..], b'&');
        Self {
            name,
            name_end,
            name_unreserved,
            value,
            value_end,
            value_unreserved: value_end == plain,
        }
    }
}

/// How many unreserved characters stand at the beginning.
fn unreserved(text: &[u8]) -> usize {
    text.iter()
        .position(|octet| !octet_is_unreserved(*octet))
        .unwrap_or(text.len())
}

/// Where an octet is found first, or else the length.
#[allow(clippy::needless_bitwise_bool)]
fn position(text: &[u8], octet: u8) -> usize {
    if text.first() == Some(&octet) {
        return 0;
    }
    let found = |block: &[u8]| block.iter().position(|other| *other == octet);
    // A block at a time, each without an early end, so that it is one comparison of vectors.
    let (blocks, rest) = text.as_chunks::<16>();
    let passed = blocks
        .iter()
        .take_while(|block| {
            block
                .iter()
                .fold(true, |none, other| none & (*other != octet))
        })
        .count();
    let rest = blocks.get(passed).map_or(rest, |block| &block[..]);
    16 * passed + found(rest).unwrap_or(rest.len())
}

/// Where a `%` stands that is not followed by two hexadecimal digits.
#[allow(clippy::needless_bitwise_bool)]
fn malformed_escape(text: &[u8]) -> Option<usize> {
    let is_malformed = |octet, high: u8, low: u8| {
        (octet == b'%') & !(high.is_ascii_hexdigit() & low.is_ascii_hexdigit())
    };
    // All of them without an early end, so that it is a comparison of vectors; only then which.
    let end = text.len().saturating_sub(2);
    let octets = || {
        let (octets, highs) = (text[..end].iter(), text.iter().skip(1));
        octets.zip(highs.zip(text.iter().skip(2)))
    };
    let any = octets().fold(false, |any, (octet, (high, low))| {
        any | is_malformed(*octet, *high, *low)
    });
    let first =
        any.then(|| octets().position(|(octet, (high, low))| is_malformed(*octet, *high, *low)));
    let cut_off = || text[end..].iter().position(|octet| *octet == b'%');
    first
        .flatten()
        .or_else(|| cut_off().map(|position| end + position))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_found_in_and_behind_blocks() {
        for length in 0..40 {
            let mut text = alloc::vec![b'x'; length];
            assert_eq!(position(&text, b'&'), length);
            for at in (0..length).rev() {
                text[at] = b'&';
                assert_eq!(position(&text, b'&'), at);
                assert_eq!(separators(&text), length - at);
            }
        }
        assert_eq!(separators(&[b'&'; 1000]), 1000);
    }

    #[test]
    fn malformed_escapes_are_found_at_every_place() {
        for length in 0..40 {
            for at in 0..length {
                let mut text = alloc::vec![b'a'; length];
                text[at] = b'%';
                // What follows is hexadecimal, if it is there.
                let cut_off = at + 2 >= length;
                assert_eq!(
                    malformed_escape(&text),
                    cut_off.then_some(at),
                    "{length} {at}"
                );
                for behind in (at + 1..length).take(2) {
                    text[behind] = b'g';
                    assert_eq!(malformed_escape(&text), Some(at), "{length} {at}");
                    text[behind] = b'F';
                }
            }
        }
    }
}
