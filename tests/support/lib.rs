//! What the tests share.

// A test that cannot go on has failed, and what it calls may panic.
#![allow(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::unwrap_used
)]

pub mod files;
mod implements;
pub mod reference;
pub mod samples;
pub mod secrets;
pub mod shown;
pub mod sources;

use proptest::test_runner::Config;

/// Runs a property so many times. Inputs that fail are printed and not written to a file.
pub fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
