//! Verifying: reading, checking, replays, and what is answered.

#![cfg(feature = "std")] // Nonces are kept in memory.
#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod answers;
mod captured;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "rsa")]
mod keys;
mod nonces;
mod policy;
mod properties;
mod reading;
mod vectors;
mod which_key;
mod wire;
