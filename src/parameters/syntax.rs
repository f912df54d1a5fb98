//! How parameters are written, one after the other, in each place that RFC 5849 has for them.

use core::marker::PhantomData;

use super::Bytes;
use crate::encode::{ONCE, Out, TWICE, Table};

/// How parameters are written. These are types, so that their short texts are copied in place.
pub(crate) trait Syntax {
    const SEPARATOR: &'static [u8];
    const EQUALS: &'static [u8];
    const END: &'static [u8];
    const TABLE: &'static Table;
}

/// In the signature base string: normalized parameters, encoded once more.
pub(crate) struct InBaseString;

impl Syntax for InBaseString {
    const SEPARATOR: &'static [u8] = b"%26";
    const EQUALS: &'static [u8] = b"%3D";
    const END: &'static [u8] = b"";
    const TABLE: &'static Table = &TWICE;
}

/// In the `Authorization` header.
pub(crate) struct InHeader;

impl Syntax for InHeader {
    const SEPARATOR: &'static [u8] = b", ";
    const EQUALS: &'static [u8] = b"=\"";
    const END: &'static [u8] = b"\"";
    const TABLE: &'static Table = &ONCE;
}

/// As normalized parameters, in a query and in a form body.
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
    /// Whether nothing is there yet from which the next parameter has to be separated.
    pub(crate) first: bool,
    syntax: PhantomData<S>,
}

impl<'o, S: Syntax, O: Out> Writer<'o, S, O> {
    /// Nothing stands before the first parameter.
    pub(crate) fn new(out: &'o mut O) -> Self {
        Self {
            out,
            first: true,
            syntax: PhantomData,
        }
    }

    /// Other parameters stand before the first one.
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
