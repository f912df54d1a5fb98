//! The parameters a request brings with it, collected and sorted once ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::vec::Vec;

use super::{
    MalformedEscape, Octets, Parameter, Rank,
    form_urlencoded::{separators, split},
};
use crate::encode::is_unreserved;

/// A list of pairs. The first few are kept in place: most requests have no more, and need no
/// allocation for them.
#[derive(Clone)]
pub(crate) struct Pairs<'a> {
    few: [Pair<'a>; FEW],
    /// How many of `few` count; none do once there are `many`.
    count: usize,
    many: Vec<Pair<'a>>,
    /// Whether a name among them begins with `oauth_`.
    protocol: bool,
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
        name_unreserved: bool,
        value: &'a [u8],
    },
    /// In another list of the caller.
    Given {
        name: &'a [u8],
        name_unreserved: bool,
        value: &'a [u8],
    },
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
            protocol: false,
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
                    ..
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
        split(query, |span| {
            let source = Source::Query {
                name: span.name,
                name_end: span.name_end,
                name_unreserved: span.name_unreserved,
                value: span.value,
                value_end: span.value_end,
                value_unreserved: span.value_unreserved,
            };
            let rank = span.rank(query);
            self.push(Pair { rank, source }, || {
                separators(&query[span.value_end..])
            });
        })
    }

    pub(crate) fn extend_with_encoded(&mut self, text: &'a [u8]) -> Result<(), MalformedEscape> {
        split(text, |span| {
            let source = Source::Encoded {
                name: &text[span.name..span.name_end],
                name_unreserved: span.name_unreserved,
                value: &text[span.value..span.value_end],
                value_unreserved: span.value_unreserved,
            };
            let rank = span.rank(text);
            self.push(Pair { rank, source }, || {
                separators(&text[span.value_end..])
            });
        })
    }

    pub(crate) fn extend_with_form<N, V>(&mut self, pairs: impl Iterator<Item = &'a (N, V)>)
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        // No list of pairs in memory is as long as the numbers go.
        let positions = 0..=u32::MAX;
        self.extend_with_sources(positions.zip(pairs).map(|(position, (name, value))| {
            let name = name.as_ref();
            Source::Form {
                position,
                name,
                name_unreserved: is_unreserved(name),
                value: value.as_ref(),
            }
        }));
    }

    pub(crate) fn extend_with_given<N, V>(&mut self, pairs: impl Iterator<Item = &'a (N, V)>)
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.extend_with_sources(
            pairs.map(|(name, value)| Source::given(name.as_ref(), value.as_ref())),
        );
    }

    /// The name of a protocol parameter among the pairs, if there is one.
    pub(crate) fn protocol_parameter<'s>(&'s self, query: &'s [u8]) -> Option<Octets<'s>> {
        if !self.protocol {
            return None;
        }
        let mut pairs = self.as_slice().iter();
        let pair = pairs.find(|pair| pair.rank.is_protocol())?;
        Some(pair.parameter(query).name)
    }

    pub(crate) fn retain_signed(&mut self) {
        let mut signed = Pairs::new();
        for pair in self.as_slice() {
            let name = pair.parameter(b"").name;
            if !name.decoded().eq(b"oauth_signature".iter().copied()) {
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
        // Comparing nothing but numbers is much faster; what is equal is compared in full behind it.
        pairs.sort_unstable_by_key(|pair| pair.rank);
        for equal in pairs.chunk_by_mut(|left, right| left.rank == right.rank) {
            equal.sort_unstable_by(|left, right| {
                left.parameter(query).order(&right.parameter(query))
            });
        }
    }

    fn extend_with_sources(&mut self, mut sources: impl Iterator<Item = Source<'a>>) {
        while let Some(source) = sources.next() {
            self.push(Pair::new(source), || sources.size_hint().0);
        }
    }

    /// Adds a pair. `more` tells how many are still to come, as far as is known.
    #[inline(always)]
    fn push(&mut self, pair: Pair<'a>, more: impl FnOnce() -> usize) {
        self.protocol |= pair.rank.is_protocol();
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

    #[inline]
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
        rank: Rank::unreserved(b""),
        source: Source::Given {
            name: b"",
            name_unreserved: true,
            value: b"",
        },
    };

    /// A pair that is in no query.
    #[inline(always)]
    fn new(source: Source<'a>) -> Self {
        Self {
            rank: Rank::of(source.octets(b"").0),
            source,
        }
    }

    /// A pair that is not encoded, and in no form.
    pub(crate) fn given(name: &'a [u8], value: &'a [u8]) -> Self {
        Self::new(Source::given(name, value))
    }

    /// How many octets a pair has that is not in a query.
    pub(crate) fn length(&self) -> usize {
        let Parameter { name, value, .. } = self.parameter(b"");
        name.length() + value.length()
    }

    #[inline(always)]
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
    fn given(name: &'a [u8], value: &'a [u8]) -> Self {
        Self::Given {
            name,
            name_unreserved: is_unreserved(name),
            value,
        }
    }

    #[inline(always)]
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
            Self::Form {
                name,
                name_unreserved,
                value,
                ..
            }
            | Self::Given {
                name,
                name_unreserved,
                value,
            } => (
                Octets::not_encoded(name, name_unreserved),
                Octets::Decoded(value),
            ),
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
