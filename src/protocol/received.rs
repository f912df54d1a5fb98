//! The protocol parameters of a received request ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::{mem, ops::Range};

use super::{Name, ProtocolParameters, Templated};
use crate::{
    encode::Out,
    form_urlencoded::Decode,
    parameters::{Bytes, Parameter, Writer},
};

/// The protocol parameters of a received request. Most values are the same encoded and decoded, and stay
/// where they are.
pub(crate) struct Received<'a> {
    given: &'a str,
    /// Room for names and values that have to be decoded or copied, until [`Received::finish`].
    bytes: Vec<u8>,
    filled: usize,
    /// And from then on.
    text: String,
    known: [Slot; Name::ALL.len()],
    /// Sorted by [`Received::finish`].
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

    /// A name or a value in the given text, where it consists of unreserved characters, or in the room.
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
    /// None so far.
    pub(crate) const fn new() -> Self {
        Self {
            given: "",
            bytes: Vec::new(),
            filled: 0,
            text: String::new(),
            known: [Slot::ABSENT; Name::ALL.len()],
            extra: Vec::new(),
        }
    }

    /// Takes parameters from a text, with room for names and values of a total length that have to be
    /// decoded or copied, so that no secret is copied once more. Neither is longer than 4 GiB.
    #[inline]
    pub(crate) fn begin(&mut self, given: &'a str, room: usize) {
        self.given = given;
        self.bytes.clear();
        self.bytes.resize(room, 0);
    }

    /// The room for what is decoded, and how much of it is filled.
    #[inline]
    pub(crate) fn room(&mut self) -> (&mut [u8], &mut usize) {
        (&mut self.bytes, &mut self.filled)
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
        let bytes = |slot: Slot| -> &[u8] {
            let text = match slot.kind {
                Kind::Given => self.given.as_bytes(),
                Kind::Absent | Kind::Copied | Kind::Decoded => &self.bytes,
            };
            &text[slot.range()]
        };
        if let Some(known) = Name::of_bytes(bytes(name)) {
            return self.take_known(known, value);
        }
        let mut others = self.extra.iter();
        let is_new = !others.any(|[other, _]| bytes(*other) == bytes(name));
        if is_new {
            self.extra.push([name, value]);
        }
        is_new
    }

    /// Takes a parameter of a query or a form, which is copied. Returns false if there is one already.
    pub(crate) fn take_encoded(&mut self, name: Bytes<'_>, value: Bytes<'_>) -> bool {
        let (name, value) = (self.copied(name), self.copied(value));
        self.take(name, value)
    }

    fn copied(&mut self, bytes: Bytes<'_>) -> Slot {
        let start = self.filled;
        let room = &mut self.bytes[start..];
        let (text, unreserved) = bytes.as_given();
        let (length, kind) = if unreserved {
            room[..text.len()].copy_from_slice(text);
            (text.len(), Kind::Copied)
        } else {
            let decoded = Decode::<b' '>::new(text).zip(room);
            let length = decoded.map(|(byte, place)| *place = byte).count();
            (length, Kind::Decoded)
        };
        self.filled += length;
        slot(start, self.filled, kind)
    }

    /// Ends taking parameters. Returns false if what was decoded is not UTF-8.
    #[inline]
    pub(crate) fn finish(&mut self) -> bool {
        self.bytes.truncate(self.filled);
        match String::from_utf8(mem::take(&mut self.bytes)) {
            Ok(text) => self.text = text,
            Err(error) => {
                self.bytes = error.into_bytes();
                return false;
            }
        }
        // The bytes of one value must not complete a character of the next.
        let begin_characters = |slot: &Slot| match slot.kind {
            Kind::Decoded => self.text.is_char_boundary(slot.start as usize),
            _ => true,
        };
        if !self.known.iter().all(begin_characters)
            || !self.extra.iter().flatten().all(begin_characters)
        {
            return false;
        }
        if self.extra.len() > 1 {
            let mut extra = mem::take(&mut self.extra);
            extra.sort_by(|left, right| self.parameter(left).order(&self.parameter(right)));
            self.extra = extra;
        }
        true
    }

    /// How many parameters have no known name.
    pub(crate) fn extra_len(&self) -> usize {
        self.extra.len()
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
        is_there.then(|| self.text(slot))
    }

    /// The decoded value of an extra parameter.
    pub(crate) fn get_extra(&self, name: &str) -> Option<&str> {
        let mut extra = self.extra.iter();
        let [_, value] = extra.find(|[other, _]| self.text(*other) == name)?;
        Some(self.text(*value))
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
    fn text(&self, slot: Slot) -> &str {
        let text = match slot.kind {
            Kind::Given => self.given,
            Kind::Absent | Kind::Copied | Kind::Decoded => &self.text,
        };
        &text[slot.range()]
    }

    #[inline]
    fn spelled(&self, slot: Slot) -> Option<Bytes<'_>> {
        let bytes = self.text(slot).as_bytes();
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

/// With PLAINTEXT, the signature consists of the secrets.
#[cfg(feature = "zeroize")]
impl Drop for Received<'_> {
    fn drop(&mut self) {
        let method = self.known[Name::SignatureMethod as usize];
        let text = match method.kind {
            Kind::Given => self.given.as_bytes(),
            // Reading may have ended with an error.
            _ if self.text.is_empty() => &self.bytes,
            _ => self.text.as_bytes(),
        };
        if text.get(method.range()) == Some(b"PLAINTEXT") {
            zeroize::Zeroize::zeroize(&mut self.text);
            zeroize::Zeroize::zeroize(&mut self.bytes);
        }
    }
}
