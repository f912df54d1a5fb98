//! Names and values, encoded or not ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::{borrow::Cow, string::String};
use core::str;

use crate::{
    encode::{Out, Table, is_unreserved},
    form_urlencoded::Decode,
};

/// The bytes of a name or a value. They are decoded as they are read, so that queries and forms are
/// never copied.
#[derive(Clone, Copy)]
pub(crate) enum Bytes<'a> {
    /// Unreserved characters only, which are the same encoded and decoded.
    Unreserved(&'a [u8]),
    /// Not encoded.
    Decoded(&'a [u8]),
    /// Form-urlencoded, with well-formed escapes.
    Encoded(&'a [u8]),
    /// The same as most programs write it: each escape is in upper case and stands for a character that
    /// has to be encoded.
    Canonical(&'a [u8]),
}

impl<'a> Bytes<'a> {
    /// Wraps bytes that are not encoded.
    #[inline]
    pub(crate) fn given(bytes: &'a [u8]) -> Self {
        if is_unreserved(bytes) {
            Self::Unreserved(bytes)
        } else {
            Self::Decoded(bytes)
        }
    }

    /// The number of bytes as given, without decoding them.
    pub(crate) fn len(&self) -> usize {
        self.spelled().len()
    }

    /// The text of a protocol parameter.
    pub(crate) fn as_text(&self) -> &'a str {
        str::from_utf8(self.spelled()).expect("protocol parameters are made from text")
    }

    /// Encodes and writes the bytes.
    #[inline(always)]
    pub(crate) fn write(&self, table: &Table, out: &mut impl Out) {
        match *self {
            Self::Unreserved(text) => out.literal(text),
            Self::Decoded(bytes) => out.bytes(table, bytes),
            Self::Encoded(text) => out.bytes_from(table, Decode::<b' '>::new(text)),
            Self::Canonical(text) => out.canonical(table, text),
        }
    }

    /// Iterates over the decoded bytes.
    pub(crate) fn decoded(self) -> impl Iterator<Item = u8> + 'a {
        let (decoded, encoded) = match self {
            Self::Unreserved(bytes) | Self::Decoded(bytes) => (bytes, &[][..]),
            Self::Encoded(text) | Self::Canonical(text) => (&[][..], text),
        };
        decoded.iter().copied().chain(Decode::<b' '>::new(encoded))
    }

    /// The decoded bytes, copied only if they were encoded.
    pub(crate) fn to_decoded(self) -> Cow<'a, [u8]> {
        match self {
            Self::Unreserved(bytes) | Self::Decoded(bytes) => bytes.into(),
            Self::Encoded(text) | Self::Canonical(text) => Decode::<b' '>::new(text).collect(),
        }
    }

    /// The beginning of a name, to show in an error. The rest could be a value that was encoded
    /// together with the name, or a forged log line.
    pub(crate) fn shown(self) -> String {
        self.decoded()
            .map(char::from)
            .take_while(|character| character.is_ascii_alphanumeric() || *character == '_')
            // An answer and a log that repeat it must not grow with what a client sends.
            .take(64)
            .collect()
    }

    /// The bytes as given, without decoding them, and whether they are unreserved characters.
    pub(crate) fn as_given(&self) -> (&'a [u8], bool) {
        (self.spelled(), matches!(self, Self::Unreserved(_)))
    }

    fn spelled(&self) -> &'a [u8] {
        let (Self::Unreserved(bytes)
        | Self::Decoded(bytes)
        | Self::Encoded(bytes)
        | Self::Canonical(bytes)) = *self;
        bytes
    }
}
