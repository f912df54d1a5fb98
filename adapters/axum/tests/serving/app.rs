//! The handlers, and how the app is started.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    body::Bytes,
    extract::{FromRef, Path, Query, State, rejection::FormRejection},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use oauth1_signer::{
    Realm,
    signature_method::SharedSecrets,
    verifier::{AsyncNonces, MemoryNonces, Policy, Refusal, Verified, Verifier},
};
use oauth1_signer_axum::{Credentials, Gate, NoBody, OAuth1, Rejection};
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::ORIGIN;

/// Knows one consumer with one token, and itself.
pub(crate) struct Accounts;

impl Credentials for Accounts {
    type Keys = Option<Arc<SharedSecrets>>;
    type Error = Infallible;

    async fn find(
        &self,
        consumer_key: &str,
        token: Option<&str>,
    ) -> Result<Self::Keys, Infallible> {
        let token_secret = match token {
            None => "",
            Some("alice") => "secret of alice",
            Some(_) => return Ok(None),
        };
        let secrets = || Arc::new(SharedSecrets::new("consumer secret", token_secret));
        Ok((consumer_key == "consumer").then(secrets))
    }
}

/// What the app has noted.
pub(crate) type Log = Arc<Mutex<Vec<String>>>;

#[derive(Clone)]
struct AppState {
    gate: Gate,
    greeting: &'static str,
}

impl FromRef<AppState> for Gate {
    fn from_ref(state: &AppState) -> Self {
        state.gate.clone()
    }
}

pub(crate) fn verifier() -> Verifier {
    Verifier::new(ORIGIN).unwrap()
}

/// With nonces in memory and the default policy.
pub(crate) async fn start() -> SocketAddr {
    start_with(Gate::new(verifier(), Accounts, MemoryNonces::new())).await
}

pub(crate) async fn start_with_policy(policy: Policy) -> SocketAddr {
    let verifier = verifier().with_policy(policy);
    start_with(Gate::new(verifier, Accounts, MemoryNonces::new())).await
}

pub(crate) async fn start_with_nonces(
    nonces: impl AsyncNonces + Send + Sync + 'static,
) -> SocketAddr {
    start_with(Gate::new(verifier(), Accounts, nonces)).await
}

pub(crate) async fn start_with(gate: Gate) -> SocketAddr {
    let gate = gate.with_realm(Realm::new("Photos").unwrap());
    serve(router().with_state(AppState {
        gate,
        greeting: "hello",
    }))
    .await
}

/// Until the test ends.
pub(crate) async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
    address
}

/// Notes what is refused.
pub(crate) fn noting(gate: Gate) -> (Gate, Log) {
    let log = Log::default();
    let notes = Arc::clone(&log);
    let gate = gate.on_refusal(move |refusal: &Refusal, incoming| {
        let who = incoming.map(|incoming| incoming.consumer_key().to_owned());
        notes.lock().unwrap().push(format!("{who:?}: {refusal}"));
    });
    (gate, log)
}

fn router() -> Router<AppState> {
    let api = Router::new()
        .route("/hello", get(hello))
        .route("/files/{name}", get(file).delete(delete_file))
        .route("/posts", post(create));
    Router::new()
        .route("/hello", get(hello))
        .route("/search", get(search))
        .route("/files/{name}", get(file).delete(delete_file))
        .route("/posts", post(create))
        .route("/posts/careful", post(create_carefully))
        .route("/json", put(json))
        .route("/bytes", post(bytes))
        .nest("/v1", Router::new().nest("/api", api))
}

fn name(verified: &Verified<'_>) -> String {
    let token = verified.token().unwrap_or("nobody");
    format!("{} for {token}", verified.consumer_key())
}

#[derive(Deserialize)]
struct Post {
    title: String,
}

async fn hello(State(state): State<AppState>, OAuth1(verified, NoBody): OAuth1) -> String {
    format!("{}, {}", state.greeting, name(&verified))
}

async fn search(Query(post): Query<Post>, OAuth1(verified, _): OAuth1) -> String {
    format!("{} seeks {}", name(&verified), post.title)
}

async fn file(Path(path): Path<String>, OAuth1(verified, _): OAuth1) -> String {
    format!("{} reads {path}", name(&verified))
}

async fn delete_file(Path(path): Path<String>, OAuth1(verified, _): OAuth1) -> String {
    format!("{} deletes {path}", name(&verified))
}

async fn create(OAuth1(verified, Form(post)): OAuth1<Form<Post>>) -> String {
    format!("{} posts {}", name(&verified), post.title)
}

async fn create_carefully(
    request: Result<OAuth1<Form<Post>>, Rejection<FormRejection>>,
) -> Response {
    match request {
        Ok(OAuth1(_, Form(post))) => post.title.into_response(),
        Err(Rejection::Refused { refusal, .. }) => format!("refused: {refusal}").into_response(),
        Err(Rejection::Inner(inner)) => format!("inner: {}", inner.status()).into_response(),
        Err(other) => format!("other: {other}").into_response(),
    }
}

async fn json(OAuth1(verified, Json(post)): OAuth1<Json<Post>>) -> String {
    let how = if verified.is_body_signed() {
        "signs"
    } else {
        "puts"
    };
    format!("{} {how} {}", name(&verified), post.title)
}

async fn bytes(OAuth1(verified, bytes): OAuth1<Bytes>) -> String {
    format!("{} sends {} bytes", name(&verified), bytes.len())
}
