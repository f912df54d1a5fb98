//! The command `oauth1`, run as its users run it.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod body;
mod cases;
mod curl;
mod curl_sends;
mod diagnose;
mod diagnose_curl;
mod diagnose_errors;
mod diagnose_pasted;
mod errors;
mod exposure;
mod json;
mod leaks;
mod login;
mod login_errors;
mod methods;
mod odd_input;
mod output;
mod page;
mod refused;
mod secrets;
mod sign;
mod store;
mod support;
mod vectors;
mod verify;
mod verify_hints;
