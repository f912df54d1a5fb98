//! OAuth 1.0a ([RFC 5849]) for [`axum`]: an extractor that verifies signed requests.
//!
//! ```
//! use std::{collections::HashMap, convert::Infallible};
//!
//! use axum::{Form, Router, extract::FromRef, routing::post};
//! use oauth1_signer::signature_method::SharedSecrets;
//! use oauth1_signer::verifier::{MemoryNonces, Verifier};
//! use oauth1_signer_axum::{Credentials, Gate, OAuth1};
//!
//! #[derive(serde::Deserialize)]
//! struct Post {
//!     title: String,
//! }
//!
//! async fn create(OAuth1(verified, Form(post)): OAuth1<Form<Post>>) -> String {
//!     format!("{} posted {}", verified.consumer_key(), post.title)
//! }
//!
//! struct Consumers(HashMap<String, SharedSecrets>);
//!
//! impl Credentials for Consumers {
//!     type Keys = Option<SharedSecrets>;
//!     type Error = Infallible;
//!
//!     async fn find(
//!         &self,
//!         consumer_key: &str,
//!         token: Option<&str>,
//!     ) -> Result<Self::Keys, Infallible> {
//!         // There are no tokens here, so requests with one are refused.
//!         Ok(self.0.get(consumer_key).filter(|_| token.is_none_or(str::is_empty)).cloned())
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let consumers = HashMap::from([("key".into(), SharedSecrets::new("secret", ""))]);
//! let verifier = Verifier::new("https://api.example.com")?;
//! let gate = Gate::new(verifier, Consumers(consumers), MemoryNonces::new());
//! let app: Router = Router::new().route("/posts", post(create)).with_state(gate);
//! # Ok(())
//! # }
//! ```
//!
//! [`OAuth1`] wraps an extractor of the body: `OAuth1<Form<T>>`, `OAuth1<Json<T>>`, `OAuth1<Bytes>`, or
//! `OAuth1` alone for handlers that need no body. The handler runs only if the request is signed by
//! somebody known, recent, and new. It is the last argument of a handler, because it reads the body.
//!
//! [`Gate`] has what it needs: a verifier, the [`Credentials`] of your consumers, and a store of
//! nonces. It is the state of the router, or a part of it that [`FromRef`](axum::extract::FromRef)
//! finds.
//!
//! # What is verified
//!
//! - The method and the URL as the client sees it. Scheme and host are those of the verifier; no header
//!   changes them. The path is that of the whole request, also in a router that is nested.
//! - The query, and the body if it is a form: the raw bytes, which the inner extractor then gets.
//! - **JSON, bytes and any other body only if the request has an `oauth_body_hash`**, which few clients send
//!   unasked. Without it, the handler runs all the same, and only TLS protects the body: see
//!   [Bodies that are not forms](#bodies-that-are-not-forms).
//! - Headers and cookies are not signed.
//!
//! Bodies are buffered up to axum's `DefaultBodyLimit`, which is 2 MB, and forms up to the
//! [`Policy`](oauth1_signer::verifier::Policy)'s limit, which is 1 MiB. A layer that changes the body or
//! its headers before the extractor sees them, such as one that decompresses, breaks the signatures of
//! forms.
//!
//! # Bodies that are not forms
//!
//! OAuth 1.0a signs forms. For other bodies, an extension signs their hash. To refuse requests without it,
//! give the verifier a policy:
//!
//! ```
//! use oauth1_signer::{TargetError, verifier::{Policy, Verifier}};
//!
//! fn verifier() -> Result<Verifier, TargetError> {
//!     let policy = Policy::new().require_body_hash();
//!     Ok(Verifier::new("https://api.example.com")?.with_policy(policy))
//! }
//! ```
//!
//! If only some handlers need it, [`is_body_signed`](oauth1_signer::verifier::Verified::is_body_signed) tells:
//!
//! ```
//! use axum::{Json, http::StatusCode};
//! use oauth1_signer_axum::OAuth1;
//!
//! #[derive(serde::Deserialize)]
//! struct Transfer {
//!     amount: u64,
//! }
//!
//! async fn transfer(
//!     OAuth1(verified, Json(transfer)): OAuth1<Json<Transfer>>,
//! ) -> Result<String, (StatusCode, &'static str)> {
//!     if !verified.is_body_signed() {
//!         return Err((StatusCode::BAD_REQUEST, "sign the body with oauth_body_hash"));
//!     }
//!     Ok(format!("{} transfers {}", verified.consumer_key(), transfer.amount))
//! }
//! ```
//!
//! # Refusals
//!
//! [`Rejection`] answers with the status, the `WWW-Authenticate` header and the `oauth_problem` of a
//! [`Refusal`](oauth1_signer::verifier::Refusal). A body that is too large is answered with 413, as axum
//! does, and whatever the inner extractor rejects in its own way. To answer differently, extract
//! `Result<OAuth1<Form<T>>, Rejection<FormRejection>>`. To write refusals to the log, see
//! [`Gate::on_refusal`].
//!
//! [RFC 5849]: https://www.rfc-editor.org/rfc/rfc5849
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod credentials;
mod extract;
mod gate;
mod rejection;

pub use self::{
    credentials::Credentials,
    extract::{NoBody, OAuth1},
    gate::Gate,
    rejection::Rejection,
};

/// The code on the page, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
