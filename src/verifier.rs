//! Verifying signed requests on a server ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).
//!
//! A signature alone does not keep a request from being sent twice. A server remembers the nonces of
//! the requests that it has accepted, in a store that implements [`Nonces`] or [`AsyncNonces`].

#[cfg(feature = "std")]
mod memory;
mod nonces;

#[cfg(feature = "std")]
pub use self::memory::{MemoryNonces, MemoryNoncesError};
pub use self::nonces::{AsyncNonces, Insertion, NonceKey, Nonces};
