//! The parameters a request brings with it, collected and sorted once ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::vec::Vec;
use core::iter;

use super::{MalformedEscape, Octets, Parameter, Rank, octets::escaped};

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
    Query(Span),
    /// In a list of the caller; `position` only in that of the form.
    Given {
        position: Option<usize>,
        name: &'a [u8],
        value: &'a [u8],
    },
    /// In form-urlencoded text of the caller.
    Encoded { name: &'a [u8], value: &'a [u8] },
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
                Source::Given {
                    position: Some(position),
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
        self.reserve(separators(query) + 1);
        for span in split(query) {
            let span = span?;
            self.push(Pair::new(Source::Query(span), query));
        }
        Ok(())
    }

    pub(crate) fn extend_with_encoded(&mut self, text: &'a [u8]) -> Result<(), MalformedEscape> {
        self.reserve(separators(text) + 1);
        for span in split(text) {
            let (name, value) = span?.of(text);
            self.push(Pair::new(Source::Encoded { name, value }, b""));
        }
        Ok(())
    }

    pub(crate) fn extend_with_form<N, V>(&mut self, pairs: impl Iterator<Item = &'a (N, V)>)
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.extend_with_given(
            pairs
                .enumerate()
                .map(|(position, pair)| (Some(position), pair)),
        );
    }

    pub(crate) fn extend_with_elsewhere<N, V>(&mut self, pairs: impl Iterator<Item = &'a (N, V)>)
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.extend_with_given(pairs.map(|pair| (None, pair)));
    }

    /// The name of a protocol parameter among the pairs, if there is one.
    pub(crate) fn protocol_parameter<'s>(&'s self, query: &'s [u8]) -> Option<Octets<'s>> {
        self.iter(query)
            .find(|parameter| parameter.rank.is_protocol())
            .map(|parameter| parameter.name)
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
                signed.push(*pair);
            }
        }
        *self = signed;
    }

    pub(crate) fn sort(&mut self, query: &[u8]) {
        self.as_mut_slice().sort_unstable_by(|left, right| {
            left.rank
                .cmp(&right.rank)
                .then_with(|| left.parameter(query).order(&right.parameter(query)))
        });
    }

    fn extend_with_given<N, V>(&mut self, pairs: impl Iterator<Item = (Option<usize>, &'a (N, V))>)
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.reserve(pairs.size_hint().0);
        for (position, (name, value)) in pairs {
            let source = Source::Given {
                position,
                name: name.as_ref(),
                value: value.as_ref(),
            };
            self.push(Pair::new(source, b""));
        }
    }

    fn push(&mut self, pair: Pair<'a>) {
        if self.many.is_empty() {
            if let Some(place) = self.few.get_mut(self.count) {
                *place = pair;
                self.count += 1;
                return;
            }
            self.many.extend(self.few);
        }
        self.many.push(pair);
    }

    fn reserve(&mut self, additional: usize) {
        if self.as_slice().len() + additional > FEW {
            self.many.reserve(self.count + additional);
        }
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
        source: Source::Encoded {
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
        let position = None;
        Self::new(
            Source::Given {
                position,
                name,
                value,
            },
            b"",
        )
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
            Self::Query(span) => {
                let (name, value) = span.of(query);
                (Octets::Encoded(name), Octets::Encoded(value))
            }
            Self::Given { name, value, .. } => (Octets::Decoded(name), Octets::Decoded(value)),
            Self::Encoded { name, value } => (Octets::Encoded(name), Octets::Encoded(value)),
        }
    }
}

/// A pair in form-urlencoded text.
#[derive(Clone, Copy)]
struct Span {
    name: usize,
    name_end: usize,
    value: usize,
    value_end: usize,
}

impl Span {
    fn of(self, text: &[u8]) -> (&[u8], &[u8]) {
        (
            &text[self.name..self.name_end],
            &text[self.value..self.value_end],
        )
    }
}

fn separators(text: &[u8]) -> usize {
    text.iter().filter(|octet| **octet == b'&').count()
}

/// The pairs of form-urlencoded text.
///
/// Only `&` separates, the first `=` ends the name, and an empty pair is none: `a` is the same as
/// `a=`, and `=` is a pair of two empty strings.
fn split(text: &[u8]) -> impl Iterator<Item = Result<Span, MalformedEscape>> {
    let mut next = 0;
    iter::from_fn(move || {
        while text.get(next) == Some(&b'&') {
            next += 1;
        }
        let name = next;
        let mut equals = None;
        while let Some(octet) = text.get(next) {
            match octet {
                b'&' => break,
                b'=' if equals.is_none() => equals = Some(next),
                b'%' => match text[next + 1..].first_chunk().and_then(escaped) {
                    Some(_) => next += 2,
                    None => return Some(Err(MalformedEscape { position: next })),
                },
                _ => {}
            }
            next += 1;
        }
        (next > name).then(|| {
            Ok(Span {
                name,
                name_end: equals.unwrap_or(next),
                value: equals.map_or(next, |equals| equals + 1),
                value_end: next,
            })
        })
    })
}
