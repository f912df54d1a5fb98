//! The flow: the calls of the three legs, and what the client makes of answers and redirects.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod answers;
mod clock;
mod legs;
mod redirect;
mod reports;
mod secrets;
