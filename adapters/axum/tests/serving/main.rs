//! Signed requests over real sockets, to handlers that use the extractor.
#![allow(clippy::unwrap_used)]

mod accepted;
mod app;
mod bodies;
mod example;
mod redis;
#[allow(dead_code)]
#[path = "../../../redis/tests/redis/server.rs"]
mod redis_server;
mod refused;
mod types;
mod wire;

use axum::http::Request;
use oauth1_signer::{Consumer, Placement, Request as ToSign, Signer, Stamp, Token};

/// What clients believe to call. The sockets are elsewhere, as they are with a proxy.
const ORIGIN: &str = "https://api.example.com";

/// Of the consumer and the token that the app knows.
fn signer() -> Signer {
    let consumer = Consumer::new("consumer", "consumer secret");
    Signer::new(&consumer, &Token::new("alice", "secret of alice"))
}

/// A request without a body, signed now.
fn get(path: &str) -> Request<Vec<u8>> {
    signed("GET", path, None, b"")
}

/// A request that is signed now. The body is signed if it is a form.
fn signed(method: &str, path: &str, content_type: Option<&str>, body: &[u8]) -> Request<Vec<u8>> {
    let mut request = unsigned(method, path, content_type, body);
    signer().sign_http(&mut request, Stamp::now()).unwrap();
    request
}

fn unsigned(method: &str, path: &str, content_type: Option<&str>, body: &[u8]) -> Request<Vec<u8>> {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("{ORIGIN}{path}"));
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    request.body(body.to_vec()).unwrap()
}

/// A form with its signature in the header, the query or the body.
fn form(placement: Placement, path: &str, fields: &[(&str, &str)]) -> Request<Vec<u8>> {
    let url = format!("{ORIGIN}{path}");
    let request = ToSign::post(&url).unwrap().form(fields).unwrap();
    let signer = signer();
    let signed = signer.sign(&request, Stamp::now());
    (&signed.call(placement)).try_into().unwrap()
}

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");
const JSON: Option<&str> = Some("application/json");
