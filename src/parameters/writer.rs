//! Parameters one after the other, in each of the forms that RFC 5849 has for them.

use super::Octets;
use crate::encode::{Encoder, ONCE, TWICE, Table};

/// How parameters are written.
#[derive(Clone, Copy)]
pub(crate) enum Syntax {
    /// In the signature base string: as normalized parameters, encoded once more.
    BaseString,
    /// In the `Authorization` header.
    Header,
    /// As normalized parameters, in a query and in a form body.
    Pairs,
}

impl Syntax {
    pub(crate) const ALL: [Self; 3] = [Self::BaseString, Self::Header, Self::Pairs];

    pub(crate) const fn separator(self) -> &'static str {
        match self {
            Self::BaseString => "%26",
            Self::Header => ", ",
            Self::Pairs => "&",
        }
    }

    pub(crate) const fn equals(self) -> &'static str {
        match self {
            Self::BaseString => "%3D",
            Self::Header => "=\"",
            Self::Pairs => "=",
        }
    }

    pub(crate) const fn end(self) -> &'static str {
        match self {
            Self::Header => "\"",
            Self::BaseString | Self::Pairs => "",
        }
    }

    pub(crate) const fn table(self) -> &'static Table {
        match self {
            Self::BaseString => &TWICE,
            Self::Header | Self::Pairs => &ONCE,
        }
    }
}

/// Writes parameters in a syntax.
pub(crate) struct Writer<'o, F> {
    pub(crate) syntax: Syntax,
    pub(crate) out: &'o mut Encoder<F>,
    separator: &'static str,
}

impl<'o, F: FnMut(&[u8])> Writer<'o, F> {
    /// Nothing stands before the first parameter.
    pub(crate) fn new(syntax: Syntax, out: &'o mut Encoder<F>) -> Self {
        Self {
            syntax,
            out,
            separator: "",
        }
    }

    /// Something does that has to be separated from it.
    pub(crate) fn behind(syntax: Syntax, out: &'o mut Encoder<F>) -> Self {
        Self {
            syntax,
            out,
            separator: syntax.separator(),
        }
    }

    #[inline]
    pub(crate) fn separate(&mut self) {
        self.out.literal(self.separator);
        self.separator = self.syntax.separator();
    }

    #[inline]
    pub(crate) fn parameter(&mut self, name: Octets<'_>, value: Octets<'_>) {
        self.separate();
        name.write(self.syntax.table(), self.out);
        self.out.literal(self.syntax.equals());
        value.write(self.syntax.table(), self.out);
        self.out.literal(self.syntax.end());
    }
}
