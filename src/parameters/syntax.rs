//! The syntax of parameters in a base string, a header, a query and a form body ([RFC 5849 §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.5)).

use core::marker::PhantomData;

use super::Bytes;
use crate::encode::{ONCE, Out, TWICE, Table};

/// A way to write parameters. Each syntax is a type, so that its short texts become constants in
/// the code that writes them.
pub(crate) trait Syntax {
    const SEPARATOR: &'static [u8];
    const EQUALS: &'static [u8];
    const END: &'static [u8];
    const TABLE: &'static Table;
}

/// The syntax of a signature base string: normalized parameters, encoded once more.
pub(crate) struct InBaseString;

impl Syntax for InBaseString {
    const SEPARATOR: &'static [u8] = b"%26";
    const EQUALS: &'static [u8] = b"%3D";
    const END: &'static [u8] = b"";
    const TABLE: &'static Table = &TWICE;
}

/// The syntax of an `Authorization` header.
pub(crate) struct InHeader;

impl Syntax for InHeader {
    const SEPARATOR: &'static [u8] = b", ";
    const EQUALS: &'static [u8] = b"=\"";
    const END: &'static [u8] = b"\"";
    const TABLE: &'static Table = &ONCE;
}

/// The syntax of normalized parameters, queries and form bodies.
pub(crate) struct AsPairs;

impl Syntax for AsPairs {
    const SEPARATOR: &'static [u8] = b"&";
    const EQUALS: &'static [u8] = b"=";
    const END: &'static [u8] = b"";
    const TABLE: &'static Table = &ONCE;
}

/// Writes parameters in a syntax.
pub(crate) struct Writer<'o, S, O> {
    pub(crate) out: &'o mut O,
    /// Whether the next parameter is the first one, which no separator precedes.
    pub(crate) first: bool,
    syntax: PhantomData<S>,
}

impl<'o, S: Syntax, O: Out> Writer<'o, S, O> {
    /// Starts a list of parameters.
    pub(crate) fn new(out: &'o mut O) -> Self {
        Self {
            out,
            first: true,
            syntax: PhantomData,
        }
    }

    /// Continues a list that already contains parameters.
    pub(crate) fn after_others(out: &'o mut O) -> Self {
        Self {
            first: false,
            ..Self::new(out)
        }
    }

    #[inline(always)]
    pub(crate) fn parameter(&mut self, name: Bytes<'_>, value: Bytes<'_>) {
        if !self.first {
            self.out.literal(S::SEPARATOR);
        }
        self.first = false;
        name.write(S::TABLE, self.out);
        self.out.literal(S::EQUALS);
        value.write(S::TABLE, self.out);
        self.out.literal(S::END);
    }
}
