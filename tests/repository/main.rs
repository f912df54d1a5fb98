//! The repository: how its modules build on one another, and that its examples run.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod examples;
mod layers;
