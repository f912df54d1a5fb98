//! One pair of a list, in the caller's memory or in a text ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use super::{Bytes, Parameter, Rank};
use crate::encode::is_unreserved;

/// A pair, and what it is sorted by first.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) rank: Rank,
    pub(super) source: Source<'a>,
}

/// In place of the position in the caller's list for the form. No list in memory is as long.
pub(super) const NOT_IN_FORM: u32 = u32::MAX;

#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// In one of the [`Texts`], by position: a target may own its text. The fields of a `Span`,
    /// because copying one as a whole stalls on store forwarding (W3 query: 0.15).
    InText {
        is_kept: bool,
        in_form: u32,
        name: usize,
        name_end: usize,
        name_spelling: Spelling,
        value: usize,
        value_end: usize,
        value_spelling: Spelling,
    },
    /// In the caller's memory.
    Given {
        /// In both variants, where there is room: longer entries cost W2 0.05 and W3 query 0.07.
        in_form: u32,
        name: &'a [u8],
        name_spelling: Spelling,
        value: &'a [u8],
        value_spelling: Spelling,
    },
}

/// The texts that some of the pairs refer to.
#[derive(Clone, Copy)]
pub(super) struct Texts<'t> {
    pub(super) query: &'t [u8],
    pub(super) kept: &'t [u8],
}

/// How bytes are spelled: the variants of [`Bytes`], without the bytes.
#[derive(Clone, Copy)]
pub(super) enum Spelling {
    Unreserved,
    Decoded,
    Encoded,
    Canonical,
}

impl<'a> Entry<'a> {
    pub(super) const EMPTY: Self = Self {
        rank: Rank::unreserved(b""),
        source: Source::Given {
            in_form: NOT_IN_FORM,
            name: b"",
            name_spelling: Spelling::Unreserved,
            value: b"",
            value_spelling: Spelling::Unreserved,
        },
    };

    #[inline(always)]
    pub(super) fn given(in_form: u32, name: &'a [u8], value: &'a [u8]) -> Self {
        let name_spelling = Spelling::of_given(is_unreserved(name));
        Self {
            rank: Rank::of(name_spelling.of(name)),
            source: Source::Given {
                in_form,
                name,
                name_spelling,
                value,
                value_spelling: Spelling::Decoded,
            },
        }
    }

    #[inline(always)]
    pub(super) fn over<'s>(&self, texts: Texts<'s>) -> Parameter<'s>
    where
        'a: 's,
    {
        let (name, value) = self.source.over(texts);
        Parameter {
            rank: self.rank,
            name,
            value,
        }
    }
}

impl<'a> Source<'a> {
    /// The position in the caller's list for the form, if the pair is in the form.
    pub(super) fn in_form(&self) -> Option<u32> {
        let (Self::InText { in_form, .. } | Self::Given { in_form, .. }) = *self;
        (in_form != NOT_IN_FORM).then_some(in_form)
    }

    /// The name and the value.
    #[inline(always)]
    pub(super) fn over<'s>(&self, texts: Texts<'s>) -> (Bytes<'s>, Bytes<'s>)
    where
        'a: 's,
    {
        let (name, name_spelling, value, value_spelling) = match *self {
            Source::InText {
                is_kept,
                name,
                name_end,
                name_spelling,
                value,
                value_end,
                value_spelling,
                ..
            } => {
                let text = if is_kept { texts.kept } else { texts.query };
                let (name, value) = (&text[name..name_end], &text[value..value_end]);
                (name, name_spelling, value, value_spelling)
            }
            Source::Given {
                name,
                name_spelling,
                value,
                value_spelling,
                ..
            } => (name, name_spelling, value, value_spelling),
        };
        (name_spelling.of(name), value_spelling.of(value))
    }
}

impl Spelling {
    pub(super) fn of_given(unreserved: bool) -> Self {
        if unreserved {
            Self::Unreserved
        } else {
            Self::Decoded
        }
    }

    #[inline]
    pub(super) fn of_encoded(unreserved: bool, canonical: bool) -> Self {
        match (unreserved, canonical) {
            (true, _) => Self::Unreserved,
            (false, true) => Self::Canonical,
            (false, false) => Self::Encoded,
        }
    }

    #[inline]
    pub(super) fn of(self, bytes: &[u8]) -> Bytes<'_> {
        match self {
            Self::Unreserved => Bytes::Unreserved(bytes),
            Self::Decoded => Bytes::Decoded(bytes),
            Self::Encoded => Bytes::Encoded(bytes),
            Self::Canonical => Bytes::Canonical(bytes),
        }
    }
}
