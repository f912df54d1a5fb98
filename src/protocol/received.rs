//! The protocol parameters of a received request ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::ops::Range;

use super::{Name, ProtocolParameters, Templated};
use crate::{
    credentials::Secret,
    encode::{Out, ascii},
    form_urlencoded::decode,
    parameters::{Bytes, Parameter, Writer},
};

/// The protocol parameters of a received request. Most values are the same encoded and decoded, and stay
/// where they are.
pub(crate) struct Received<'a> {
    given: &'a str,
    /// Names and values that had to be decoded or copied.
    text: String,
    known: [Slot; Name::ALL.len()],
    /// Sorted.
    extra: Vec<[Slot; 2]>,
}

/// Where a name or a value is.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    start: u32,
    end: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Kind {
    Absent,
    /// Unreserved characters in the given text.
    Given,
    /// Unreserved characters among what was copied.
    Copied,
    Decoded,
}

impl Slot {
    const ABSENT: Self = Self {
        start: 0,
        end: 0,
        kind: Kind::Absent,
    };

    /// A name or a value: in the given text, where it consists of unreserved characters, or decoded.
    #[inline]
    pub(crate) fn in_header(start: usize, end: usize, is_decoded: bool) -> Self {
        let kind = if is_decoded {
            Kind::Decoded
        } else {
            Kind::Given
        };
        slot(start, end, kind)
    }

    #[inline]
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<'a> Received<'a> {
    /// None so far, of a text that is not longer than 4 GiB.
    #[inline]
    pub(crate) const fn new(given: &'a str) -> Self {
        Self {
            given,
            text: String::new(),
            known: [Slot::ABSENT; Name::ALL.len()],
            extra: Vec::new(),
        }
    }

    /// Makes room for copies of names and values of a total length, so that no secret is copied once
    /// more.
    pub(crate) fn reserve(&mut self, length: usize) {
        self.text.reserve(length);
    }

    /// Where text goes that is decoded before it is taken.
    #[inline]
    pub(crate) fn text_mut(&mut self) -> &mut String {
        &mut self.text
    }

    /// Takes a parameter whose name is known. Returns false if there is one already.
    #[inline]
    pub(crate) fn take_known(&mut self, name: Name, value: Slot) -> bool {
        let place = &mut self.known[name as usize];
        let is_new = place.kind == Kind::Absent;
        if is_new {
            *place = value;
        }
        is_new
    }

    /// Takes a parameter with any name. Returns false if there is one already.
    #[cold]
    pub(crate) fn take(&mut self, name: Slot, value: Slot) -> bool {
        let text = self.text_of(name);
        if let Some(known) = Name::of(text) {
            return self.take_known(known, value);
        }
        let mut others = self.extra.iter();
        if others.any(|[other, _]| self.text_of(*other) == text) {
            return false;
        }
        let new = self.parameter(&[name, value]);
        let is_before = |other: &[Slot; 2]| self.parameter(other).order(&new).is_lt();
        let place = self.extra.partition_point(is_before);
        self.extra.insert(place, [name, value]);
        true
    }

    /// Copies a name or a value of a query or a form, unless what it decodes to is not UTF-8.
    pub(crate) fn copy(&mut self, bytes: Bytes<'_>) -> Option<Slot> {
        let start = self.text.len();
        let (text, is_unreserved) = bytes.as_given();
        let kind = if is_unreserved {
            self.text.push_str(ascii(text));
            Kind::Copied
        } else {
            self.text.push_str(&Secret(decode(text)?).0);
            Kind::Decoded
        };
        Some(slot(start, self.text.len(), kind))
    }

    /// Whether there are as many parameters as there may be.
    #[inline]
    pub(crate) fn is_full(&self, most: usize) -> bool {
        let known = || Name::ALL.into_iter().filter(|name| self.has(*name)).count();
        self.extra.len() + Name::ALL.len() >= most && self.extra.len() + known() >= most
    }

    /// Whether there are no parameters.
    pub(crate) fn is_empty(&self) -> bool {
        let is_absent = |slot: &Slot| slot.kind == Kind::Absent;
        self.known.iter().all(is_absent) && self.extra.is_empty()
    }

    /// Whether there is a parameter.
    #[inline]
    pub(crate) fn has(&self, name: Name) -> bool {
        self.known[name as usize].kind != Kind::Absent
    }

    /// The decoded value of a parameter.
    #[inline]
    pub(crate) fn get(&self, name: Name) -> Option<&str> {
        let slot = self.known[name as usize];
        let is_there = slot.kind != Kind::Absent;
        is_there.then(|| self.text_of(slot))
    }

    /// The decoded value of an extra parameter.
    pub(crate) fn get_extra(&self, name: &str) -> Option<&str> {
        let mut extra = self.extra.iter();
        let [_, value] = extra.find(|[other, _]| self.text_of(*other) == name)?;
        Some(self.text_of(*value))
    }

    /// All parameters as data.
    pub(crate) fn parameters(&self) -> ProtocolParameters<'_> {
        let extra = self.extra.iter().map(|extra| self.parameter(extra));
        ProtocolParameters {
            values: self.known.map(|slot| self.spelled(slot)),
            extra: if self.extra.is_empty() {
                Cow::Borrowed(&[])
            } else {
                Cow::Owned(extra.collect())
            },
        }
    }

    /// All parameters that are signed, as data.
    pub(crate) fn signed(&self) -> ProtocolParameters<'_> {
        let mut parameters = self.parameters();
        parameters.values[Name::Signature as usize] = None;
        parameters
    }

    /// Whether the names of all parameters are known.
    #[inline]
    pub(crate) fn are_known(&self) -> bool {
        self.extra.is_empty()
    }

    /// Writes the parameters with known names that are signed.
    #[inline]
    pub(crate) fn write_known<S: Templated, O: Out>(&self, writer: &mut Writer<'_, S, O>) {
        // In one loop over the names, the length of what is copied would not be known (W1: 0.1).
        self.write_one::<0, S, O>(writer);
        self.write_one::<1, S, O>(writer);
        self.write_one::<2, S, O>(writer);
        self.write_one::<3, S, O>(writer);
        self.write_one::<4, S, O>(writer);
        self.write_one::<5, S, O>(writer);
        self.write_one::<6, S, O>(writer);
        self.write_one::<7, S, O>(writer);
        self.write_one::<8, S, O>(writer);
    }

    /// Writes one parameter. Separator and name come from the blank, in one piece.
    #[inline(always)]
    fn write_one<const NAME: usize, S: Templated, O: Out>(&self, writer: &mut Writer<'_, S, O>) {
        if NAME == Name::Signature as usize {
            return;
        }
        if let Some(value) = self.spelled(self.known[NAME]) {
            let gap = S::BLANK.gaps[NAME];
            let with_separator = &S::BLANK.text[gap.start..gap.value];
            if writer.first {
                writer.out.literal(&with_separator[S::SEPARATOR.len()..]);
            } else {
                writer.out.literal(with_separator);
            }
            writer.first = false;
            match self.short(NAME) {
                Some((bytes, length)) => writer.out.fill(|room| {
                    room[..SHORT].copy_from_slice(bytes);
                    length
                }),
                None => value.write(S::TABLE, writer.out),
            }
            writer.out.literal(S::END);
        }
    }

    /// A short value and what stands behind it, to be copied in one piece: a copy of a length that is not
    /// known is a call (W1: 0.1).
    #[inline(always)]
    fn short(&self, name: usize) -> Option<(&[u8; SHORT], usize)> {
        let slot = self.known[name];
        let length = slot.range().len();
        if slot.kind != Kind::Given || length > SHORT {
            return None;
        }
        let bytes = self.given.as_bytes()[slot.start as usize..].first_chunk()?;
        Some((bytes, length))
    }

    fn parameter(&self, [name, value]: &[Slot; 2]) -> Parameter<'_> {
        let spelled = |slot| self.spelled(slot).unwrap_or(Bytes::Unreserved(b""));
        Parameter::new(spelled(*name), spelled(*value))
    }

    #[inline]
    fn text_of(&self, slot: Slot) -> &str {
        let text = match slot.kind {
            Kind::Given => self.given,
            Kind::Absent | Kind::Copied | Kind::Decoded => &self.text,
        };
        &text[slot.range()]
    }

    #[inline]
    fn spelled(&self, slot: Slot) -> Option<Bytes<'_>> {
        let bytes = self.text_of(slot).as_bytes();
        match slot.kind {
            Kind::Absent => None,
            Kind::Given | Kind::Copied => Some(Bytes::Unreserved(bytes)),
            Kind::Decoded => Some(Bytes::Decoded(bytes)),
        }
    }
}

/// The length of most nonces and keys.
const SHORT: usize = 32;

#[inline]
#[allow(clippy::cast_possible_truncation)] // No text is as long as 4 GiB.
fn slot(start: usize, end: usize, kind: Kind) -> Slot {
    debug_assert!(u32::try_from(end).is_ok());
    Slot {
        start: start as u32,
        end: end as u32,
        kind,
    }
}

/// With PLAINTEXT, the signature consists of the secrets. If reading ended before the method, it may be that.
#[cfg(feature = "zeroize")]
impl Drop for Received<'_> {
    fn drop(&mut self) {
        let method = self.get(Name::SignatureMethod);
        if method.is_none_or(|method| method == "PLAINTEXT") {
            zeroize::Zeroize::zeroize(&mut self.text);
        }
    }
}
