//! Misuse: what is refused and in which words, what is never shown, and what the types rule out.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod errors;
mod html_form;
#[cfg(feature = "http")]
mod http_errors;
#[cfg(feature = "rand")]
mod mistakes;
#[cfg(feature = "rand")]
mod nonces;
mod public_types;
mod secrets;
mod traps;
mod types;
