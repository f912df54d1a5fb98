//! The parameters a request brings with it, collected and sorted once ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::vec::Vec;
use core::iter;

use super::{MalformedEscape, Octets, Parameter, Rank, octets::escaped};
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
    Query(Span),
    /// In a list of the caller; `position` only in that of the form.
    Given {
        position: Option<usize>,
        name: &'a [u8],
        value: &'a [u8],
    },
    /// In form-urlencoded text of the caller.
    Encoded {
        unreserved: bool,
        name: &'a [u8],
        value: &'a [u8],
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
        for span in split(query) {
            let span = span?;
            self.push(Pair::new(Source::Query(span), query), || {
                separators(&query[span.value_end..])
            });
        }
        Ok(())
    }

    pub(crate) fn extend_with_encoded(&mut self, text: &'a [u8]) -> Result<(), MalformedEscape> {
        for span in split(text) {
            let span = span?;
            let (name, value) = span.of(text);
            let source = Source::Encoded {
                unreserved: span.unreserved,
                name,
                value,
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
        let mut pairs = pairs.into_iter();
        while let Some((position, (name, value))) = pairs.next() {
            let source = Source::Given {
                position,
                name: name.as_ref(),
                value: value.as_ref(),
            };
            self.push(Pair::new(source, b""), || pairs.size_hint().0);
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
        source: Source::Encoded {
            unreserved: true,
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
                (
                    Octets::form_urlencoded(name, span.unreserved),
                    Octets::form_urlencoded(value, span.unreserved),
                )
            }
            Self::Given { name, value, .. } => (Octets::Decoded(name), Octets::Decoded(value)),
            Self::Encoded {
                unreserved,
                name,
                value,
            } => (
                Octets::form_urlencoded(name, unreserved),
                Octets::form_urlencoded(value, unreserved),
            ),
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
    /// Whether name and value have unreserved characters only, as most have.
    unreserved: bool,
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
        let (mut equals, mut unreserved) = (None, true);
        while let Some(octet) = text.get(next) {
            next += 1;
            if octet_is_unreserved(*octet) {
                continue;
            }
            match octet {
                b'&' => {
                    next -= 1;
                    break;
                }
                b'=' if equals.is_none() => equals = Some(next - 1),
                b'%' => match text[next..].first_chunk().and_then(escaped) {
                    Some(_) => {
                        unreserved = false;
                        next += 2;
                    }
                    None => return Some(Err(MalformedEscape { position: next - 1 })),
                },
                _ => unreserved = false,
            }
        }
        (next > name).then(|| {
            Ok(Span {
                name,
                name_end: equals.unwrap_or(next),
                value: equals.map_or(next, |equals| equals + 1),
                value_end: next,
                unreserved,
            })
        })
    })
}
