//! The protocol parameters of a received request ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::{borrow::Cow, vec::Vec};
use core::str;

use super::{Name, ProtocolParameters, Templated};
use crate::{
    encode::{Out, is_unreserved},
    form_urlencoded::Decode,
    parameters::{Bytes, Parameter, Writer},
};

/// The protocol parameters of a received request, decoded into one text.
pub(crate) struct Received {
    text: Vec<u8>,
    known: [Option<Slot>; Name::ALL.len()],
    /// Sorted by [`Received::finish`].
    extra: Vec<[Slot; 2]>,
}

/// A name or a value in the text.
#[derive(Clone, Copy)]
struct Slot {
    start: usize,
    end: usize,
    unreserved: bool,
}

/// Why a parameter was not taken.
pub(crate) enum NotTaken {
    Duplicate,
    NotText,
}

impl Received {
    /// Makes room for names and values of a total length, so that no secret is copied.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self {
            text: Vec::with_capacity(bytes),
            known: [None; Name::ALL.len()],
            extra: Vec::new(),
        }
    }

    /// Takes a parameter that is percent-encoded, with well-formed escapes. In a form, `PLUS` is a space.
    #[inline]
    pub(crate) fn take<const PLUS: u8>(
        &mut self,
        name: (&[u8], bool),
        value: (&[u8], bool),
    ) -> Result<(), NotTaken> {
        let (name, is_unreserved) = name;
        if is_unreserved && let Some(known) = Name::of_bytes(name) {
            return self.take_known::<PLUS>(known, value);
        }
        self.take_other::<PLUS>((name, is_unreserved), value)
    }

    #[inline]
    fn take_known<const PLUS: u8>(
        &mut self,
        name: Name,
        value: (&[u8], bool),
    ) -> Result<(), NotTaken> {
        if self.known[name as usize].is_some() {
            return Err(NotTaken::Duplicate);
        }
        self.known[name as usize] = Some(self.push::<PLUS>(value)?);
        Ok(())
    }

    #[cold]
    fn take_other<const PLUS: u8>(
        &mut self,
        name: (&[u8], bool),
        value: (&[u8], bool),
    ) -> Result<(), NotTaken> {
        let name = self.push::<PLUS>(name)?;
        if let Some(known) = Name::of_bytes(self.bytes(name)) {
            return self.take_known::<PLUS>(known, value);
        }
        let mut others = self.extra.iter();
        if others.any(|[other, _]| self.bytes(*other) == self.bytes(name)) {
            return Err(NotTaken::Duplicate);
        }
        let value = self.push::<PLUS>(value)?;
        self.extra.push([name, value]);
        Ok(())
    }

    #[inline]
    fn push<const PLUS: u8>(
        &mut self,
        (text, unreserved): (&[u8], bool),
    ) -> Result<Slot, NotTaken> {
        let start = self.text.len();
        if unreserved {
            self.text.extend_from_slice(text);
        } else {
            self.text.extend(Decode::<PLUS>::new(text));
            if str::from_utf8(&self.text[start..]).is_err() {
                return Err(NotTaken::NotText);
            }
        }
        Ok(Slot {
            start,
            end: self.text.len(),
            unreserved,
        })
    }

    /// Sorts the extra parameters, after the last one has been taken.
    pub(crate) fn finish(&mut self) {
        if self.extra.len() > 1 {
            let mut extra = core::mem::take(&mut self.extra);
            extra.sort_by(|left, right| self.parameter(left).order(&self.parameter(right)));
            self.extra = extra;
        }
    }

    /// How many parameters there are.
    pub(crate) fn len(&self) -> usize {
        self.known.iter().flatten().count() + self.extra.len()
    }

    /// The decoded value of a parameter.
    #[inline]
    pub(crate) fn get(&self, name: Name) -> Option<&str> {
        let slot = self.known[name as usize]?;
        Some(as_text(self.bytes(slot)))
    }

    /// The decoded value of an extra parameter.
    pub(crate) fn get_extra(&self, name: &str) -> Option<&str> {
        let mut extra = self.extra.iter();
        let [_, value] = extra.find(|[other, _]| self.bytes(*other) == name.as_bytes())?;
        Some(as_text(self.bytes(*value)))
    }

    /// All parameters as data.
    pub(crate) fn parameters(&self) -> ProtocolParameters<'_> {
        let extra = self.extra.iter().map(|extra| self.parameter(extra));
        ProtocolParameters {
            values: self.known.map(|slot| Some(self.spelled(slot?))),
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

    /// Writes the parameters with known names that are signed. Separators and names come from the blank,
    /// in one piece.
    #[inline]
    pub(crate) fn write_known<S: Templated, O: Out>(&self, writer: &mut Writer<'_, S, O>) {
        for (name, slot) in Name::ALL.into_iter().zip(self.known) {
            let Some(slot) = slot.filter(|_| name != Name::Signature) else {
                continue;
            };
            let gap = S::BLANK.gaps[name as usize];
            let separator = if writer.first { S::SEPARATOR.len() } else { 0 };
            writer.first = false;
            writer
                .out
                .literal(&S::BLANK.text[gap.start + separator..gap.value]);
            self.spelled(slot).write(S::TABLE, writer.out);
            writer.out.literal(S::END);
        }
    }

    fn parameter(&self, [name, value]: &[Slot; 2]) -> Parameter<'_> {
        Parameter::new(self.spelled(*name), self.spelled(*value))
    }

    #[inline]
    fn bytes(&self, slot: Slot) -> &[u8] {
        &self.text[slot.start..slot.end]
    }

    #[inline]
    fn spelled(&self, slot: Slot) -> Bytes<'_> {
        let bytes = self.bytes(slot);
        if slot.unreserved {
            debug_assert!(is_unreserved(bytes), "the reader says so");
            Bytes::Unreserved(bytes)
        } else {
            Bytes::Decoded(bytes)
        }
    }
}

fn as_text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("it was checked when it was taken")
}

/// With PLAINTEXT, the signature consists of the secrets.
#[cfg(feature = "zeroize")]
impl Drop for Received {
    fn drop(&mut self) {
        if self.get(Name::SignatureMethod) == Some("PLAINTEXT") {
            zeroize::Zeroize::zeroize(&mut self.text);
        }
    }
}
