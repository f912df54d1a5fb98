//! Conformance: the crate signs what RFC 5849 says, on published, computed and random requests.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

mod call;
mod html_form;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "rsa")]
mod keys;
mod methods;
mod model;
mod parameters;
mod request;
mod services;
mod target;
#[cfg(feature = "tower")]
mod tower;
mod vectors;
