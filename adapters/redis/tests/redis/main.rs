//! A real Redis server, which each test starts on a free port of the loopback interface and ends.
//!
//! They need `redis-server` (Debian's package of that name). Without it they say that they did not run,
//! and fail if `CI` is set.
#![cfg(feature = "tokio")]
#![allow(clippy::unwrap_used)]

mod failures;
mod insertions;
mod presenter;
mod processes;
mod server;
mod types;

use std::time::{SystemTime, UNIX_EPOCH};

use oauth1_signer::verifier::{AsyncNonces, Insertion, NonceKey, Nonces};
use oauth1_signer_redis::{BlockingRedisNonces, RedisNonces, RedisNoncesError};
use tokio::runtime::Runtime;

use crate::server::Server;

fn now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    elapsed.as_secs()
}

/// A nonce of a request that arrives now and was signed now.
fn nonce(text: &str) -> NonceKey<'_> {
    NonceKey::new("consumer", Some("token"), text, now())
}

/// Both kinds of stores, on one server.
enum Store {
    Blocking(Box<BlockingRedisNonces>),
    Awaited(RedisNonces, Runtime),
}

impl Store {
    fn both(server: &Server) -> [Self; 2] {
        Self::both_with(server, |nonces| nonces, |nonces| nonces)
    }

    fn both_with(
        server: &Server,
        blocking: impl FnOnce(BlockingRedisNonces) -> BlockingRedisNonces,
        awaited: impl FnOnce(RedisNonces) -> RedisNonces,
    ) -> [Self; 2] {
        let runtime = Runtime::new().unwrap();
        let url = server.url();
        let nonces = runtime.block_on(RedisNonces::connect(&url)).unwrap();
        [
            Self::Blocking(Box::new(blocking(BlockingRedisNonces::open(&url).unwrap()))),
            Self::Awaited(awaited(nonces), runtime),
        ]
    }

    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, RedisNoncesError> {
        match self {
            Self::Blocking(nonces) => nonces.insert(nonce),
            Self::Awaited(nonces, runtime) => runtime.block_on(nonces.insert(nonce)),
        }
    }

    fn check(&self) -> Result<(), RedisNoncesError> {
        match self {
            Self::Blocking(nonces) => nonces.check(),
            Self::Awaited(nonces, runtime) => runtime.block_on(nonces.check()),
        }
    }
}
