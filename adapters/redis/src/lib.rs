//! OAuth 1.0a ([RFC 5849]) for servers on several machines: remembers nonces in Redis, so that no
//! request is accepted twice.
//!
//! ```no_run
//! use oauth1_signer::verifier::{Genuine, Refusal, Verified};
//! use oauth1_signer_redis::{RedisNonces, RedisNoncesError};
//!
//! # #[cfg(feature = "tokio")]
//! async fn connect() -> Result<RedisNonces, RedisNoncesError> {
//!     let nonces = RedisNonces::connect("redis://127.0.0.1/").await?;
//!     nonces.check().await?;
//!     Ok(nonces)
//! }
//!
//! # #[cfg(feature = "tokio")]
//! async fn accept(genuine: Genuine<'_>, nonces: &RedisNonces) -> Result<Verified<'static>, Refusal> {
//!     Ok(genuine.accept_async(nonces).await?.into_owned())
//! }
//! ```
//!
//! - `RedisNonces` is awaited, and shares one connection among all tasks. Needs the feature `tokio`,
//!   which is on by default.
//! - [`BlockingRedisNonces`] is for threads.
//!
//! Both have the same keys, so programs can share a Redis whichever they use.
//!
//! # What is promised
//!
//! A request is accepted only if Redis says that its nonce is new. One `SET … NX EXAT` looks it up and
//! stores it, in one round trip, so of any number of machines that present the same request at the same
//! time exactly one accepts it. If Redis cannot be reached, does not answer in time, is out of memory or
//! refuses for another reason, the request is refused with a [`RedisNoncesError`] that says why, and
//! the client is told to try again later (503). Nothing is sent twice: after a lost connection, the
//! requests that were waiting are refused, and the next ones use a new connection.
//!
//! Each nonce is kept for as long as the timestamp of its request is accepted, and for a margin of 60
//! seconds. Within the same round trip, the clock of Redis is compared with that of this machine. If they
//! differ by more than the margin, requests are refused, because Redis might forget a nonce too early.
//!
//! # What Redis has to do
//!
//! - It has to be Redis 6.2 or newer, or a server that speaks its protocol and knows `SET … NX EXAT`.
//! - **It must not evict.** With any `maxmemory-policy` other than `noeviction`, Redis forgets nonces to
//!   make room, and their requests can be replayed. Some hosted services evict unless told otherwise.
//!   `check` refuses such a server; call it when your program starts.
//! - **It has to survive a restart.** What Redis has not yet written to disk is forgotten when it crashes:
//!   nothing with `appendonly yes` and `appendfsync always`, up to a second or two with `everysec`, and
//!   everything without persistence. Requests of the last minutes can then be replayed, at most until
//!   their timestamps are too old.
//! - **A failover may lose writes**, because Redis replicates them after it has answered. Where that
//!   matters, have one Redis for nonces, and refuse requests while it is down.
//! - Nonces need their own database or prefix, and nobody should run `FLUSHDB` there.
//!
//! A nonce takes about 200 bytes, so 1,000 requests a second and the default window of 300 seconds need
//! some 80 MB.
//!
//! # Features
//!
//! | feature | adds |
//! | --- | --- |
//! | `tokio` (default) | `RedisNonces` |
//!
//! TLS (`rediss://`) is chosen with the features of the crate [`redis`], such as
//! `tokio-rustls-comp`.
//!
//! [RFC 5849]: https://www.rfc-editor.org/rfc/rfc5849#section-3.3
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod blocking;
mod command;
mod error;
#[cfg(feature = "tokio")]
mod multiplexed;

#[cfg(feature = "tokio")]
pub use self::multiplexed::RedisNonces;
pub use self::{blocking::BlockingRedisNonces, error::RedisNoncesError};

/// The code on the page, compiled and run as tests.
#[cfg(all(doctest, feature = "tokio"))]
#[doc = include_str!("../README.md")]
struct Readme;
