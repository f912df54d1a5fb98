//! Verifying: reading, checking, replays, and what is answered.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod answers;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "std")]
mod nonces;
mod policy;
mod properties;
mod reading;
mod vectors;
mod wire;
