//! What the tests share.

mod implements;
pub mod reference;
