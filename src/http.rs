//! Requests, responses and URIs of the crate [`http`](https://docs.rs/http/1), which hyper, ureq, tower
//! and others share. Needs the feature `http`.
//!
//! [`Signer::sign_http`](crate::Signer::sign_http) signs a request right before it is sent:
//!
//! ```
//! use oauth1_signer::{Consumer, Signer, Stamp, Token};
//!
//! let signer = Signer::new(&Consumer::new("key", "secret"), &Token::new("token", "secret"));
//! let mut request = http::Request::post("https://api.example.com/posts?draft=1")
//!     .header("content-type", "application/x-www-form-urlencoded")
//!     .body("title=Z%C3%BCrich")?;
//! # #[cfg(feature = "rand")]
//! signer.sign_http(&mut request, Stamp::now())?;
//! # #[cfg(not(feature = "rand"))]
//! # signer.sign_http(&mut request, Stamp::new("nonce", 1316657628))?;
//! assert!(request.headers().contains_key("authorization"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is signed is what these clients send: a URI as it is written, and the body if its
//! `Content-Type` says that it is a form. Sign after everything else has been done to the request,
//! and sign again for each retry and each redirect.
//!
//! - [`Signer::http_authorization`](crate::Signer::http_authorization) returns the value of the
//!   header, for clients that have request types of their own.
//! - An [`Origin`] binds signing to one scheme, host and port, and signs relative URIs.
//! - A [`Target`](crate::Target) is made from a [`Uri`](::http::Uri), so
//!   [`Request::get`](crate::Request::get) and the like accept one.
//! - [`Signed::check_http`](crate::Signed::check_http) compares a request that is about to be sent with
//!   what was signed.
//! - A [`Call`](crate::Call) turns into a [`Request`](::http::Request), and a
//!   [`Response`](::http::Response) into one that problem reports and tokens are
//!   [read from](crate::response::Response).
//! - A server reads received requests with [`Verifier::read_http`](crate::verifier::Verifier::read_http),
//!   and answers with [`Refusal::http_response`](crate::verifier::Refusal::http_response).

mod body;
mod check;
mod error;
mod messages;
mod origin;
mod receive;
mod sign;
mod uri;

pub use self::{
    body::BodyBytes,
    error::HttpError,
    origin::{Origin, OriginError},
};
