//! Verifying: reading, checking, replays, and what is answered.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod vectors;
