//! An API with two consumers, whose nonces are in memory or in Redis, and a client that calls it.
//!
//! ```sh
//! cargo run --package oauth1-signer-axum --example api
//! REDIS_URL=redis://127.0.0.1/ cargo run --package oauth1-signer-axum --example api
//! ```
//!
//! With `SERVE=127.0.0.1:8080` it serves until it is stopped, and clients sign for `http://127.0.0.1:8080`.

mod client;

use std::{collections::HashMap, convert::Infallible, env, error::Error, sync::Mutex};

use axum::{
    Form, Json, Router,
    extract::{FromRef, State},
    routing::get,
};
use oauth1_signer::{
    Realm,
    signature_method::SharedSecrets,
    verifier::{MemoryNonces, Verifier},
};
use oauth1_signer_axum::{Credentials, Gate, OAuth1};
use oauth1_signer_redis::RedisNonces;
use serde::Deserialize;
use tokio::net::TcpListener;

/// The consumers, by their keys. None of them acts for a user, so there are no tokens.
struct Consumers(HashMap<String, SharedSecrets>);

impl Credentials for Consumers {
    type Keys = Option<SharedSecrets>;
    type Error = Infallible;

    async fn find(
        &self,
        consumer_key: &str,
        token: Option<&str>,
    ) -> Result<Self::Keys, Infallible> {
        Ok(match token {
            None => self.0.get(consumer_key).cloned(),
            Some(_) => None,
        })
    }
}

/// Each consumer has notes of its own.
type Notes = Mutex<HashMap<String, Vec<String>>>;

#[derive(Clone)]
struct App {
    gate: Gate,
    notes: &'static Notes,
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.gate.clone()
    }
}

#[derive(Deserialize)]
struct Note {
    text: String,
}

async fn list(State(app): State<App>, OAuth1(verified, _): OAuth1) -> Json<Vec<String>> {
    let notes = app.notes.lock().expect("no thread panics with the lock");
    Json(
        notes
            .get(verified.consumer_key())
            .cloned()
            .unwrap_or_default(),
    )
}

async fn add(State(app): State<App>, OAuth1(verified, Form(note)): OAuth1<Form<Note>>) -> String {
    let mut notes = app.notes.lock().expect("no thread panics with the lock");
    let notes = notes.entry(verified.consumer_key().to_owned()).or_default();
    notes.push(note.text);
    format!("note {}", notes.len())
}

#[tokio::main]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::var("SERVE").unwrap_or_else(|_| String::from("127.0.0.1:0"));
    let listener = TcpListener::bind(address).await?;
    let origin = format!("http://{}", listener.local_addr()?);

    let consumers = Consumers(HashMap::from([
        (String::from("web"), SharedSecrets::new("secret of web", "")),
        (
            String::from("batch"),
            SharedSecrets::new("secret of batch", ""),
        ),
    ]));
    // Behind a proxy, this is the proxy's public origin.
    let verifier = Verifier::new(&origin)?;
    let gate = if let Ok(url) = env::var("REDIS_URL") {
        let nonces = RedisNonces::connect(&url).await?;
        nonces.check().await?;
        println!("The nonces are in Redis.");
        Gate::new(verifier, consumers, nonces)
    } else {
        println!("The nonces are in memory.");
        Gate::new(verifier, consumers, MemoryNonces::new())
    };
    let gate = gate
        .with_realm(Realm::new("Notes")?)
        .on_refusal(|refusal, _| println!("  (the log of the server: {refusal})"));

    let notes = Box::leak(Box::default());
    let app = Router::new()
        .route("/notes", get(list).post(add))
        .with_state(App { gate, notes });
    if env::var_os("SERVE").is_some() {
        println!("Serving {origin}/notes for the consumers `web` and `batch`.");
        return Ok(axum::serve(listener, app).await?);
    }
    tokio::spawn(async { axum::serve(listener, app).await });
    client::call(&origin).await
}
