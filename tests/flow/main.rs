//! The flow: the calls of the three legs, and what the client makes of answers and redirects.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod answers;
mod calls;
mod client;
mod clock;
mod credentials;
mod hostile_answers;
mod legs;
mod redirect;
mod refusals;
mod reports;
mod secrets;
#[cfg(feature = "serde")]
mod storage;
