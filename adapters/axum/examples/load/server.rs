//! The server, in a process of its own.

use std::{
    env,
    error::Error,
    io::{self, Read},
    sync::Arc,
};

use axum::{Router, routing::get};
use oauth1_signer::{
    signature_method::SharedSecrets,
    verifier::{MemoryNonces, Policy, Verifier},
};
use oauth1_signer_axum::{Gate, OAuth1};
use oauth1_signer_redis::RedisNonces;
use tokio::net::TcpListener;

use crate::client::{CONSUMER, ORIGIN, SECRET};

async fn plain() -> &'static str {
    "hello"
}

async fn verified(OAuth1(_verified, _): OAuth1) -> &'static str {
    "hello"
}

/// Prints its address, and serves until the input ends.
#[tokio::main]
pub(crate) async fn run(window: u64) -> Result<(), Box<dyn Error>> {
    let secrets = Arc::new(SharedSecrets::new(SECRET, ""));
    let find = move |consumer: String, token: Option<String>| {
        let known = consumer == CONSUMER && token.is_none();
        let secrets = known.then(|| Arc::clone(&secrets));
        async move { Ok::<_, &str>(secrets) }
    };
    let verifier = Verifier::new(ORIGIN)?.with_policy(Policy::new().window(window));
    let memory = Arc::new(MemoryNonces::with_capacity(2_000_000));
    let gate = match env::var("REDIS_URL") {
        Ok(url) => Gate::new(verifier, find, RedisNonces::connect(&url).await?),
        Err(_) => Gate::new(verifier, find, Arc::clone(&memory)),
    };
    let count = move || async move { memory.len().to_string() };
    let app = Router::new()
        .route("/plain", get(plain))
        .route("/verified", get(verified))
        .route("/count", get(count))
        .with_state(gate);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    tokio::spawn(async { axum::serve(listener, app).await });
    tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}
