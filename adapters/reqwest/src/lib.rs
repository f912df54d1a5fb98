//! OAuth 1.0a ([RFC 5849]) for [`reqwest`]: signs the request that is sent.
//!
//! ```no_run
//! use oauth1_signer::{Consumer, Signer, Token};
//! use oauth1_signer_reqwest::Sign;
//! use reqwest::{Client, redirect::Policy};
//!
//! # async fn example(status: String) -> Result<(), Box<dyn std::error::Error>> {
//! let signer = Signer::new(&Consumer::new("key", "secret"), &Token::new("token", "secret"));
//! let client = Client::builder().redirect(Policy::none()).build()?;
//!
//! let url = "https://api.example.com/statuses/update.json";
//! let request = client.post(url).form(&[("status", status)]);
//! let response = request.sign(&signer)?.send().await?;
//! println!("{}", response.status());
//! # Ok(())
//! # }
//! ```
//!
//! [`Sign`] works with every [`Signer`](oauth1_signer::Signer), whatever its signature method is, and
//! with the blocking client too. Call it last, right before `send`: what is added to a request after
//! it was signed is not signed. `form` and `query` of the builder need the features of the same
//! names of reqwest.
//!
//! - [`SignRequest`] signs a [`reqwest::Request`], for libraries with a hook that is called before
//!   sending.
//! - `SignMiddleware` signs every request of a client of the crate `reqwest-middleware`, each attempt
//!   anew.
//! - [`Answer`] reads problem reports and tokens from responses.
//! - [`FromCall`] makes requests from the calls of a [`Flow`](oauth1_signer::flow::Flow), which gets a
//!   token.
//!
//! # What is signed
//!
//! The method, the URL with its query, and the body if its `Content-Type` is
//! `application/x-www-form-urlencoded`. Other bodies (JSON, multipart, files) are sent and not signed,
//! as RFC 5849 has it. A form that is a stream cannot be signed, and is an error.
//!
//! User information in the URL is an error: reqwest turns it into an `Authorization` header, and a
//! request has one only. Headers that the *client* adds are not seen here. An `Authorization` among
//! the `default_headers` of a client gives way to the signature, and a `Host` among them is sent in
//! place of the host that is signed, so leave it out; set the `Content-Type` of a form on
//! the request.
//!
//! # Redirects
//!
//! Turn them off, as above. reqwest follows a redirect within the same origin with the old header,
//! whose signature is for another URL and whose nonce the server has seen. To another origin it sends
//! no header.
//!
//! With `Policy::none()`, a redirect is a response like any other. To follow it, sign again, but not
//! for a server that your credentials are not meant for:
//!
//! ```no_run
//! use oauth1_signer::Signer;
//! use oauth1_signer_reqwest::Sign;
//! use reqwest::{Client, Response, Url, header::LOCATION};
//!
//! async fn get(client: &Client, signer: &Signer, mut url: Url)
//!     -> Result<Response, Box<dyn std::error::Error>>
//! {
//!     for _ in 0..5 {
//!         let response = client.get(url.clone()).sign(signer)?.send().await?;
//!         let Some(location) = response.headers().get(LOCATION) else {
//!             return Ok(response);
//!         };
//!         if !response.status().is_redirection() {
//!             return Ok(response);
//!         }
//!         let next = url.join(location.to_str()?)?;
//!         if next.origin() != url.origin() {
//!             return Ok(response);
//!         }
//!         url = next;
//!     }
//!     Err("too many redirects".into())
//! }
//! ```
//!
//! `SignMiddleware::follow_redirects` is this loop for a client with middleware.
//!
//! # Retries
//!
//! Sign again for each attempt: servers refuse a nonce that they have seen. The retries that a client
//! makes by itself (`reqwest::retry`) send the same header again; by default reqwest repeats only what
//! the server has not processed. With `reqwest-retry`, put `SignMiddleware` after the middleware that
//! retries.
//!
//! If the server refuses the timestamp, correct a [`Clock`](oauth1_signer::response::Clock) and sign
//! once more; [`Answer`] shows how.
//!
//! # Features
//!
//! | feature | adds |
//! | --- | --- |
//! | `blocking` | [`Sign`], [`SignRequest`] and [`FromCall`] for `reqwest::blocking`, `Answer::read_blocking` |
//! | `middleware` | `SignMiddleware` for `reqwest-middleware` |
//!
//! Neither exists on `wasm32-unknown-unknown`. It has no clock either: pass a stamp to
//! [`Sign::sign_with`].
//!
//! TLS and everything else are chosen with the features of reqwest itself; those of the signature
//! methods (`sha2`, `rsa`) with the features of [`oauth1_signer`].
//!
//! [RFC 5849]: https://www.rfc-editor.org/rfc/rfc5849
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod answer;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;
mod call;
mod error;
#[cfg(all(feature = "middleware", not(target_arch = "wasm32")))]
mod middleware;
mod sign;

#[cfg(all(feature = "middleware", not(target_arch = "wasm32")))]
pub use self::middleware::SignMiddleware;
pub use self::{
    answer::Answer,
    call::{CallError, FromCall},
    error::SignError,
    sign::{Sign, SignRequest},
};

mod sealed {
    /// Of the types that this crate implements its traits for.
    pub trait Sealed {}
}

/// The code on the page, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
