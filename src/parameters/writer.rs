//! Parameters one after the other, in each of the forms that RFC 5849 has for them.

use core::marker::PhantomData;

use super::Octets;
use crate::{
    encode::{ONCE, Out, TWICE, Table},
    protocol::{Prepared, Standing},
};

/// How parameters are written. These are types, so that their short texts are copied in place.
pub(crate) trait Syntax {
    const SEPARATOR: &'static [u8];
    const EQUALS: &'static [u8];
    const END: &'static [u8];
    const TABLE: &'static Table;
    /// What a signer has prepared in this syntax, if it has.
    fn prepared(standing: &Standing) -> Option<&Prepared>;
}

/// In the signature base string: as normalized parameters, encoded once more.
pub(crate) struct InBaseString;

impl Syntax for InBaseString {
    const SEPARATOR: &'static [u8] = b"%26";
    const EQUALS: &'static [u8] = b"%3D";
    const END: &'static [u8] = b"";
    const TABLE: &'static Table = &TWICE;

    fn prepared(standing: &Standing) -> Option<&Prepared> {
        Some(&standing.in_base_string)
    }
}

/// In the `Authorization` header.
pub(crate) struct InHeader;

impl Syntax for InHeader {
    const SEPARATOR: &'static [u8] = b", ";
    const EQUALS: &'static [u8] = b"=\"";
    const END: &'static [u8] = b"\"";
    const TABLE: &'static Table = &ONCE;

    fn prepared(standing: &Standing) -> Option<&Prepared> {
        Some(&standing.in_header)
    }
}

/// As normalized parameters, in a query and in a form body.
pub(crate) struct AsPairs;

impl Syntax for AsPairs {
    const SEPARATOR: &'static [u8] = b"&";
    const EQUALS: &'static [u8] = b"=";
    const END: &'static [u8] = b"";
    const TABLE: &'static Table = &ONCE;

    fn prepared(_: &Standing) -> Option<&Prepared> {
        None
    }
}

/// Writes parameters in a syntax.
pub(crate) struct Writer<'o, S, O> {
    pub(crate) out: &'o mut O,
    separated: bool,
    syntax: PhantomData<S>,
}

impl<'o, S: Syntax, O: Out> Writer<'o, S, O> {
    /// Nothing stands before the first parameter.
    pub(crate) fn new(out: &'o mut O) -> Self {
        Self {
            out,
            separated: true,
            syntax: PhantomData,
        }
    }

    /// Something does that has to be separated from it.
    pub(crate) fn behind(out: &'o mut O) -> Self {
        Self {
            separated: false,
            ..Self::new(out)
        }
    }

    #[inline]
    pub(crate) fn separate(&mut self) {
        if !self.separated {
            self.out.literal(S::SEPARATOR);
        }
        self.separated = false;
    }

    #[inline(always)]
    pub(crate) fn parameter(&mut self, name: Octets<'_>, value: Octets<'_>) {
        self.separate();
        name.write(S::TABLE, self.out);
        self.out.literal(S::EQUALS);
        value.write(S::TABLE, self.out);
        self.out.literal(S::END);
    }
}
