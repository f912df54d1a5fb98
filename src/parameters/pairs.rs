//! The parameters that a request brings with it, collected and sorted once ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::vec::Vec;

use super::{Bytes, Parameter, Rank};
use crate::{
    encode::is_unreserved,
    form_urlencoded::{MalformedEscape, Span, separators, split},
};

/// A list of pairs, some of which refer to the text of a query: see [`Pairs::over`]. The first few
/// are kept in place: most requests have no more, and need no allocation for them.
#[derive(Clone)]
pub(crate) struct Pairs<'a> {
    few: [Pair<'a>; FEW],
    /// How many of `few` count; none do once there are `many`.
    count: usize,
    many: Vec<Pair<'a>>,
}

const FEW: usize = 2;

/// A pair, and what it is sorted by first.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    rank: Rank,
    source: Source<'a>,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    /// In the text of the query, by position: a target may own its text. The fields of a [`Span`],
    /// because copying one as a whole stalls on store forwarding (W3 query: 0.15).
    Query {
        name: usize,
        name_end: usize,
        value: usize,
        value_end: usize,
        name_unreserved: bool,
        value_unreserved: bool,
    },
    /// In the caller's list for the form.
    Form {
        position: u32,
        name: &'a [u8],
        name_unreserved: bool,
        value: &'a [u8],
    },
    /// In the caller's memory.
    Given {
        name: &'a [u8],
        name_spelling: Spelling,
        value: &'a [u8],
        value_spelling: Spelling,
    },
}

/// How bytes are spelled: the variants of [`Bytes`], without the bytes.
#[derive(Clone, Copy)]
enum Spelling {
    Unreserved,
    Decoded,
    Encoded,
}

impl<'a> Pairs<'a> {
    pub(crate) const fn new() -> Self {
        Self {
            few: [Pair::EMPTY; FEW],
            count: 0,
            many: Vec::new(),
        }
    }

    /// The pairs, with the text of the query that some of them refer to.
    #[inline]
    pub(crate) fn over<'s>(&'s self, query: &'s [u8]) -> PairsOver<'s> {
        PairsOver {
            pairs: self.as_slice(),
            query,
        }
    }

    /// The pairs, none of which is in a query.
    pub(crate) fn over_nothing(&self) -> PairsOver<'_> {
        self.over(b"")
    }

    /// Leaves pairs out, none of which is in a query, and sorts the rest.
    pub(crate) fn retain_and_sort(&mut self, keep: impl Fn(&Parameter<'_>) -> bool) {
        let mut kept = Self::new();
        for pair in self.as_slice() {
            if keep(&pair.over(b"")) {
                kept.push(*pair, || 0);
            }
        }
        kept.sort(b"");
        *self = kept;
    }

    /// The pairs that were given for the form, in the order in which they were given.
    pub(crate) fn form(&self) -> impl Iterator<Item = Parameter<'a>> + use<'a> {
        let in_form = |pair: &Pair<'a>| match pair.source {
            Source::Form { position, .. } => Some((position, pair.over(b""))),
            _ => None,
        };
        let mut form: Vec<_> = self.as_slice().iter().filter_map(in_form).collect();
        form.sort_unstable_by_key(|(position, _)| *position);
        form.into_iter().map(|(_, parameter)| parameter)
    }

    pub(crate) fn extend_with_query(&mut self, query: &[u8]) -> Result<(), MalformedEscape> {
        split(query, |span| {
            let source = Source::Query {
                name: span.name,
                name_end: span.name_end,
                value: span.value,
                value_end: span.value_end,
                name_unreserved: span.name_unreserved,
                value_unreserved: span.value_unreserved,
            };
            let rank = span_rank(&span, query);
            self.push(Pair { rank, source }, || {
                separators(&query[span.value_end..])
            });
        })
    }

    pub(crate) fn extend_with_encoded(&mut self, text: &'a [u8]) -> Result<(), MalformedEscape> {
        split(text, |span| {
            let source = Source::Given {
                name: &text[span.name..span.name_end],
                value: &text[span.value..span.value_end],
                name_spelling: Spelling::of_encoded(span.name_unreserved),
                value_spelling: Spelling::of_encoded(span.value_unreserved),
            };
            let rank = span_rank(&span, text);
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
        let pairs = (0..=u32::MAX).zip(pairs);
        self.extend(pairs.map(|(position, (name, value))| {
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
        self.extend(pairs.map(|(name, value)| {
            let name = name.as_ref();
            Source::Given {
                name,
                name_spelling: Spelling::of_given(is_unreserved(name)),
                value: value.as_ref(),
                value_spelling: Spelling::Decoded,
            }
        }));
    }

    /// The first name that begins with a text of unreserved characters, eight at most.
    #[inline]
    pub(crate) fn name_with_prefix<'s>(
        &'s self,
        prefix: &[u8],
        query: &'s [u8],
    ) -> Option<Bytes<'s>> {
        let mut pairs = self.as_slice().iter();
        let pair = pairs.find(|pair| pair.rank.begins_with(prefix))?;
        Some(pair.over(query).name)
    }

    /// Sorts the pairs. `query` is the text that some of them refer to.
    pub(crate) fn sort(&mut self, query: &[u8]) {
        let pairs = self.as_mut_slice();
        if pairs.is_sorted_by(|left, right| left.rank < right.rank) {
            return;
        }
        // Comparing numbers alone is much faster. Equal ranks are compared in full afterwards.
        pairs.sort_unstable_by_key(|pair| pair.rank);
        for equal in pairs.chunk_by_mut(|left, right| left.rank == right.rank) {
            equal.sort_unstable_by(|left, right| left.over(query).order(&right.over(query)));
        }
    }

    // Out of line, it costs W2 0.06.
    #[inline]
    fn extend(&mut self, mut sources: impl Iterator<Item = Source<'a>>) {
        while let Some(source) = sources.next() {
            let rank = Rank::of(source.over(b"").0);
            self.push(Pair { rank, source }, || sources.size_hint().0);
        }
    }

    /// Adds a pair. `more` tells how many are still to come, as far as is known.
    #[inline(always)]
    fn push(&mut self, pair: Pair<'a>, more: impl FnOnce() -> usize) {
        if self.many.is_empty() {
            if let Some(place) = self.few.get_mut(self.count) {
                *place = pair;
                self.count += 1;
                return;
            }
            // An iterator may promise more than there is memory.
            self.many.reserve(FEW + 1 + more().min(1 << 16));
            self.many.extend(self.few);
            self.count = 0;
        }
        self.many.push(pair);
    }

    #[inline]
    fn as_slice(&self) -> &[Pair<'a>] {
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

/// Pairs together with the text that some of them refer to.
#[derive(Clone, Copy)]
pub(crate) struct PairsOver<'a> {
    pairs: &'a [Pair<'a>],
    query: &'a [u8],
}

impl<'a> PairsOver<'a> {
    #[inline]
    pub(crate) fn len(self) -> usize {
        self.pairs.len()
    }

    #[inline]
    pub(crate) fn iter(self) -> impl Iterator<Item = Parameter<'a>> {
        self.pairs.iter().map(move |pair| pair.over(self.query))
    }

    /// The pairs before a rank, and the others.
    #[inline]
    pub(crate) fn split_at(self, rank: Rank) -> (Self, Self) {
        let middle = self.pairs.partition_point(|pair| pair.rank < rank);
        let (before, after) = self.pairs.split_at(middle);
        let over = |pairs| Self { pairs, ..self };
        (over(before), over(after))
    }
}

impl<'a> Pair<'a> {
    const EMPTY: Self = Self {
        rank: Rank::unreserved(b""),
        source: Source::Given {
            name: b"",
            name_spelling: Spelling::Unreserved,
            value: b"",
            value_spelling: Spelling::Unreserved,
        },
    };

    #[inline(always)]
    fn over<'s>(&self, query: &'s [u8]) -> Parameter<'s>
    where
        'a: 's,
    {
        let (name, value) = self.source.over(query);
        Parameter {
            rank: self.rank,
            name,
            value,
        }
    }
}

impl<'a> Source<'a> {
    /// The name and the value.
    #[inline(always)]
    fn over<'s>(&self, query: &'s [u8]) -> (Bytes<'s>, Bytes<'s>)
    where
        'a: 's,
    {
        match *self {
            Source::Query {
                name,
                name_end,
                value,
                value_end,
                name_unreserved,
                value_unreserved,
            } => (
                Spelling::of_encoded(name_unreserved).of(&query[name..name_end]),
                Spelling::of_encoded(value_unreserved).of(&query[value..value_end]),
            ),
            Source::Form {
                name,
                name_unreserved,
                value,
                ..
            } => (
                Spelling::of_given(name_unreserved).of(name),
                Bytes::Decoded(value),
            ),
            Source::Given {
                name,
                name_spelling,
                value,
                value_spelling,
            } => (name_spelling.of(name), value_spelling.of(value)),
        }
    }
}

impl Spelling {
    fn of_given(unreserved: bool) -> Self {
        if unreserved {
            Self::Unreserved
        } else {
            Self::Decoded
        }
    }

    #[inline]
    fn of_encoded(unreserved: bool) -> Self {
        if unreserved {
            Self::Unreserved
        } else {
            Self::Encoded
        }
    }

    #[inline]
    fn of(self, bytes: &[u8]) -> Bytes<'_> {
        match self {
            Self::Unreserved => Bytes::Unreserved(bytes),
            Self::Decoded => Bytes::Decoded(bytes),
            Self::Encoded => Bytes::Encoded(bytes),
        }
    }
}

#[inline]
fn span_rank(span: &Span, text: &[u8]) -> Rank {
    if span.name_unreserved {
        Rank::of_beginning(&text[span.name..], span.name_end - span.name)
    } else {
        Rank::of(Bytes::Encoded(&text[span.name..span.name_end]))
    }
}
