//! The crate `http`: what is signed is what its URIs, headers and bodies say.

mod messages;
mod sign;
mod uri;
