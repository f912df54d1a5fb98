//! What the tests share.

// A test that cannot go on has failed, and what it calls may panic.
#![allow(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::unwrap_used
)]

mod implements;
pub mod reference;
