//! Lists of parameters, their order and their syntax ([RFC 5849 §3.4.1.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3)).

mod bytes;
mod entry;
mod order;
mod pair;
mod pairs;
mod syntax;

pub use self::pair::{Pair, Text};
pub(crate) use self::{
    bytes::Bytes,
    order::{Merged, Parameter, Rank},
    pair::{into_bytes, text_into_bytes},
    pairs::{Pairs, PairsOver},
    syntax::{AsPairs, InBaseString, InHeader, Syntax, Writer},
};
