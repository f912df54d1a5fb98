//! The parameters that a request brings with it, collected and sorted once ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::{borrow::Cow, vec::Vec};
use core::{mem, ops::Range};

use super::{
    Bytes, Pair, Parameter, Rank,
    entry::{Entry, NOT_IN_FORM, Source, Spelling, Texts},
    into_bytes,
};
use crate::{
    encode::is_unreserved,
    form_urlencoded::{MalformedEscape, Span, separators, split},
};

/// A list of pairs, some of which refer to the text of a query: see [`Pairs::over`]. The first few
/// are kept in place: most requests have no more, and need no allocation for them.
#[derive(Clone)]
pub(crate) struct Pairs<'a> {
    few: [Entry<'a>; FEW],
    /// How many of `few` count; none do once there are `many`.
    count: usize,
    many: Vec<Entry<'a>>,
    /// The names and values that callers gave away, one after the other.
    kept: Vec<u8>,
}

const FEW: usize = 2;

impl<'a> Pairs<'a> {
    pub(crate) const fn new() -> Self {
        Self {
            few: [Entry::EMPTY; FEW],
            count: 0,
            many: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The pairs, with the text of the query that some of them refer to.
    #[inline]
    pub(crate) fn over<'s>(&'s self, query: &'s [u8]) -> PairsOver<'s> {
        PairsOver {
            entries: self.as_slice(),
            texts: self.texts(query),
        }
    }

    /// The pairs, none of which is in a query.
    pub(crate) fn over_nothing(&self) -> PairsOver<'_> {
        self.over(b"")
    }

    /// Leaves pairs out, none of which is in a query, and sorts the rest.
    pub(crate) fn retain_and_sort(&mut self, keep: impl Fn(&Parameter<'_>) -> bool) {
        let mut rest = Self {
            kept: mem::take(&mut self.kept),
            ..Self::new()
        };
        for entry in self.as_slice() {
            if keep(&entry.over(rest.texts(b""))) {
                rest.push(*entry, || 0);
            }
        }
        rest.sort(b"");
        *self = rest;
    }

    /// Leaves pairs out and keeps the others in order. `query` is the text that some of them refer to.
    pub(crate) fn retain(&mut self, query: &[u8], mut keep: impl FnMut(&Parameter<'_>) -> bool) {
        let texts = Texts {
            query,
            kept: &self.kept,
        };
        if self.many.is_empty() {
            let mut count = 0;
            for place in 0..self.count {
                if keep(&self.few[place].over(texts)) {
                    self.few[count] = self.few[place];
                    count += 1;
                }
            }
            self.count = count;
        } else {
            self.many.retain(|entry| keep(&entry.over(texts)));
        }
    }

    /// The pairs that were given for the form, in the order in which they were given.
    pub(crate) fn form(&self) -> impl Iterator<Item = Parameter<'_>> {
        let is_in_form = |entry: &&Entry<'_>| entry.source.in_form().is_some();
        let mut form: Vec<_> = self.as_slice().iter().filter(is_in_form).collect();
        form.sort_unstable_by_key(|entry| entry.source.in_form());
        form.into_iter().map(|entry| entry.over(self.texts(b"")))
    }

    /// Adds the pairs of the query from a position on.
    #[inline]
    pub(crate) fn extend_with_query(
        &mut self,
        query: &[u8],
        start: usize,
    ) -> Result<(), MalformedEscape> {
        self.extend_with_text(&query[start..], start, false)
    }

    /// Adds the pairs of encoded text that the caller gave away, and returns where it is kept.
    pub(crate) fn extend_with_owned(
        &mut self,
        text: &[u8],
    ) -> (Range<usize>, Result<(), MalformedEscape>) {
        let start = self.kept.len();
        self.kept.extend_from_slice(text);
        let read = self.extend_with_text(text, start, true);
        (start..self.kept.len(), read)
    }

    /// A part of what callers gave away.
    pub(crate) fn kept(&self, part: Range<usize>) -> &[u8] {
        &self.kept[part]
    }

    #[inline(always)]
    fn extend_with_text(
        &mut self,
        text: &[u8],
        start: usize,
        is_kept: bool,
    ) -> Result<(), MalformedEscape> {
        split(text, |span, canonical| {
            let source = Source::InText {
                is_kept,
                in_form: NOT_IN_FORM,
                name: start + span.name,
                name_end: start + span.name_end,
                name_spelling: Spelling::of_encoded(span.name_unreserved, canonical),
                value: start + span.value,
                value_end: start + span.value_end,
                value_spelling: Spelling::of_encoded(span.value_unreserved, canonical),
            };
            let entry = Entry {
                rank: span_rank(&span, text),
                source,
            };
            self.push(entry, || separators(&text[span.value_end..]));
        })
    }

    pub(crate) fn extend_with_encoded(&mut self, text: &'a [u8]) -> Result<(), MalformedEscape> {
        split(text, |span, canonical| {
            let source = Source::Given {
                in_form: NOT_IN_FORM,
                name: &text[span.name..span.name_end],
                value: &text[span.value..span.value_end],
                name_spelling: Spelling::of_encoded(span.name_unreserved, canonical),
                value_spelling: Spelling::of_encoded(span.value_unreserved, canonical),
            };
            let entry = Entry {
                rank: span_rank(&span, text),
                source,
            };
            self.push(entry, || separators(&text[span.value_end..]));
        })
    }

    #[inline]
    pub(crate) fn extend_with_form(&mut self, pairs: impl Iterator<Item: Pair<'a>>) {
        self.extend((0..NOT_IN_FORM).zip(pairs));
    }

    pub(crate) fn extend_with_given(&mut self, pairs: impl Iterator<Item: Pair<'a>>) {
        self.extend(pairs.map(|pair| (NOT_IN_FORM, pair)));
    }

    /// The first name that begins with a text of unreserved characters, eight at most.
    #[inline]
    pub(crate) fn name_with_prefix<'s>(
        &'s self,
        prefix: &[u8],
        query: &'s [u8],
    ) -> Option<Bytes<'s>> {
        let mut entries = self.as_slice().iter();
        let entry = entries.find(|entry| entry.rank.begins_with(prefix))?;
        Some(entry.over(self.texts(query)).name)
    }

    /// Sorts the pairs. `query` is the text that some of them refer to.
    pub(crate) fn sort(&mut self, query: &[u8]) {
        let entries = if self.many.is_empty() {
            &mut self.few[..self.count]
        } else {
            &mut self.many
        };
        if entries.is_sorted_by(|left, right| left.rank < right.rank) {
            return;
        }
        let kept = &self.kept;
        let texts = Texts { query, kept };
        // Comparing numbers alone is much faster. Equal ranks are compared in full afterwards.
        entries.sort_unstable_by_key(|entry| entry.rank);
        for equal in entries.chunk_by_mut(|left, right| left.rank == right.rank) {
            equal.sort_unstable_by(|left, right| left.over(texts).order(&right.over(texts)));
        }
    }

    // Out of line, it costs W2 0.06.
    #[inline]
    fn extend(&mut self, mut pairs: impl Iterator<Item = (u32, impl Pair<'a>)>) {
        while let Some((in_form, pair)) = pairs.next() {
            let entry = match into_bytes(pair) {
                (Cow::Borrowed(name), Cow::Borrowed(value)) => Entry::given(in_form, name, value),
                (name, value) => self.keep(in_form, &name, &value),
            };
            self.push(entry, || pairs.size_hint().0);
        }
    }

    /// Copies a pair that the caller gave away.
    #[inline(never)]
    fn keep(&mut self, in_form: u32, name: &[u8], value: &[u8]) -> Entry<'a> {
        let given = Entry::given(in_form, name, value);
        let start = self.kept.len();
        self.kept.extend_from_slice(name);
        let name_end = self.kept.len();
        self.kept.extend_from_slice(value);
        Entry {
            rank: given.rank,
            source: Source::InText {
                is_kept: true,
                in_form,
                name: start,
                name_end,
                name_spelling: Spelling::of_given(is_unreserved(name)),
                value: name_end,
                value_end: self.kept.len(),
                value_spelling: Spelling::Decoded,
            },
        }
    }

    /// Adds a pair. `more` tells how many are still to come, as far as is known.
    #[inline(always)]
    fn push(&mut self, entry: Entry<'a>, more: impl FnOnce() -> usize) {
        if self.many.is_empty() {
            if let Some(place) = self.few.get_mut(self.count) {
                *place = entry;
                self.count += 1;
                return;
            }
            // An iterator may promise more than there is memory.
            self.many.reserve(FEW + 1 + more().min(1 << 16));
            self.many.extend(self.few);
            self.count = 0;
        }
        self.many.push(entry);
    }

    #[inline]
    fn as_slice(&self) -> &[Entry<'a>] {
        if self.many.is_empty() {
            &self.few[..self.count]
        } else {
            &self.many
        }
    }

    #[inline]
    fn texts<'s>(&'s self, query: &'s [u8]) -> Texts<'s> {
        Texts {
            query,
            kept: &self.kept,
        }
    }
}

/// Pairs together with the texts that some of them refer to.
#[derive(Clone, Copy)]
pub(crate) struct PairsOver<'a> {
    entries: &'a [Entry<'a>],
    texts: Texts<'a>,
}

impl<'a> PairsOver<'a> {
    #[inline]
    pub(crate) fn len(self) -> usize {
        self.entries.len()
    }

    #[inline]
    pub(crate) fn iter(self) -> impl Iterator<Item = Parameter<'a>> {
        self.entries.iter().map(move |entry| entry.over(self.texts))
    }

    /// The pairs before a rank, and the others.
    #[inline]
    pub(crate) fn split_at(self, rank: Rank) -> (Self, Self) {
        let middle = self.entries.partition_point(|entry| entry.rank < rank);
        let (before, after) = self.entries.split_at(middle);
        let over = |entries| Self { entries, ..self };
        (over(before), over(after))
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
