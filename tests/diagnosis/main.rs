//! Diagnosis: what is found out about a refused signature, with all kinds of evidence.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

// Signatures of SHA-2 can only be recomputed with the feature, and so on.
#[cfg(all(feature = "normal-forms", feature = "sha2"))]
mod cases;
#[cfg(all(feature = "normal-forms", feature = "sha2"))]
mod leaks;
mod pasted;
mod properties;
#[cfg(all(feature = "normal-forms", feature = "sha2"))]
mod reports;
#[cfg(feature = "http")]
mod sent;
mod stories;
mod time;
mod transit;
