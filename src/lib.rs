//! OAuth 1.0a ([RFC 5849]) request signing: a request and credentials go in, and an `Authorization`
//! header, a signed URL or a signed form comes out, ready for any HTTP client.
//!
//! ```
//! # #[cfg(feature = "rand")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp, Token};
//!
//! let consumer = Consumer::new("consumer key", "consumer secret");
//! let token = Token::new("token", "token secret");
//! let signer = Signer::new(&consumer, &token);
//!
//! let fields = [("title", "Zürich"), ("text", "1 + 1 = 2")];
//! let request = Request::post("https://api.example.com/posts?draft=1")?.form(&fields)?;
//! let call = signer.sign(&request, Stamp::now()).call(Placement::Header);
//!
//! println!("{} {}", call.method(), call.url());
//! for (name, value) in call.headers() {
//!     println!("{name}: {value}");
//! }
//! println!("\n{}", call.body());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "rand"))]
//! # fn main() {}
//! ```
//!
//! Build one [`Signer`] for each pair of credentials, and keep it; pass `None` if there is no token.
//! [`Request::get`] and its siblings take text, a [`Url`](url::Url) or, with the feature `http`, an
//! `http::Uri`. Make a new [`Stamp`] for each request that you send, also when you send one again:
//! services refuse a nonce that they have seen.
//!
//! # Sending
//!
//! A [`Call`] owns everything to send: method, URL, headers and body. Send [`Call::url`] as it is. An
//! HTTP client that encodes the query again, or follows a redirect, sends another request than the
//! one that was signed.
//!
//! A request that a client has made is signed as it is: with the feature `http` by `Signer::sign_http`
//! (hyper, ureq), with the feature `tower` by a layer, and with the crate `oauth1-signer-reqwest` by
//! `request.sign(&signer)?`.
//!
//! Only forms are signed. Leave any other body (JSON, XML, multipart) out of the [`Request`], and send
//! it in place of the empty [`Call::body`].
//!
//! # Header, query, form
//!
//! The signature is the same wherever the protocol parameters travel. Send them in one place only.
//!
//! | [`Placement`] | to send | by itself |
//! | --- | --- | --- |
//! | `Header` | the URL, an `Authorization` header, the form | [`Signed::authorization_header`] |
//! | `Query` | the signed URL, the form | [`Signed::query`] |
//! | `Body` | the URL, the signed form | [`Signed::form_body`] |
//!
//! [`Signed`] borrows the request and the signer, so bind the request to a variable before you sign it.
//! A form that you send by itself needs the content type [`FormBody::CONTENT_TYPE`]. A form that a
//! browser sends, as for LTI 1.1, is a page of HTML: [`Signed::html_form`] writes it.
//!
//! # Other signature methods
//!
//! [`Signer::new`] signs with HMAC-SHA1. The keys of all methods are in the module
//! [`signature_method`].
//!
//! | method | signer | feature |
//! | --- | --- | --- |
//! | HMAC-SHA1 | [`Signer::new`] | |
//! | HMAC-SHA256, HMAC-SHA512 | `Signer::hmac_sha256`, `Signer::hmac_sha512` | `sha2` |
//! | PLAINTEXT | [`Signer::plaintext`] | |
//! | RSA-SHA1, RSA-SHA256, RSA-SHA512 | [`Signer::with_key`] with `RsaSha1::from_pem`, … | `rsa` |
//! | one that is named in a configuration | [`Signer::with_method`] with a [`SignatureMethod`](signature_method::SignatureMethod) | |
//! | RSA, named in a configuration | [`Signer::with_method`] and `SignatureMethod::from_private_key` | `rsa` |
//! | with a key in a security module | [`Signer::with_key`] with your own [`SigningKey`](signature_method::SigningKey) | |
//! | with a key in a service that you `await` | [`Signer::with_key_elsewhere`] and [`Signer::prepare`] | |
//!
//! For services that sign the hash of a body that is not a form, there is [`Signer::body_hash`], and
//! `Signer::with_http_body_hash` for requests that are signed as they are.
//!
//! # Getting a token
//!
//! A token takes two signed calls, with the user's consent in between. A [`Flow`](flow::Flow) makes the
//! calls and reads the answers; you send them. It is in the module [`flow`], which also renews tokens
//! ([`Flow::renewal`](flow::Flow::renewal)) and exchanges a password for one
//! ([`Flow::xauth`](flow::Flow::xauth)).
//!
//! # When a server refuses
//!
//! [`Response::report`](response::Response::report) reads what the server says is wrong as a
//! [`ProblemReport`](response::ProblemReport), [`Retry`](response::Retry) says whether to send again,
//! and a [`Clock`](response::Clock) corrects the time by the server's. They are in the module
//! [`response`].
//!
//! If a server refuses a signature, a [`Diagnosis`](diagnosis::Diagnosis) says why: it compares what was
//! signed with what the server answers, or two base strings, or a request with the signature that
//! was expected. Its report shows no secrets, so it can be posted. More evidence proves more: see
//! [`Evidence`](diagnosis::Evidence) in the module [`diagnosis`]. With the feature `http`,
//! `Signed::check_http` compares a request that is about to be sent with what was signed.
//!
//! ```
//! use oauth1_signer::{Signed, diagnosis::Diagnosis, response::Response};
//!
//! fn explain(signed: &Signed, response: &Response) {
//!     println!("{}", Diagnosis::of(signed, response));
//! }
//! ```
//!
//! # On a server
//!
//! A [`Verifier`](verifier::Verifier) reads a request, verifies its signature, and accepts it once. What
//! a request claims, what is genuine, and what is verified are three types, so that no check can be
//! forgotten. It is in the module [`verifier`].
//!
//! # What is signed
//!
//! The method, the URL with its query, the form, and the `oauth_*` parameters. You can look at every
//! stage. This is the first leg of a published example, "OAuth and Flickr":
//!
//! ```
//! use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp};
//!
//! let consumer = Consumer::new("768fe946d252b119746fda82e1599980", "1a3c208e172d3edc");
//! let signer = Signer::new(&consumer, None);
//! let request = Request::get("http://www.flickr.com/services/oauth/request_token")?
//!     .callback(Callback::Url("http://www.wackylabs.net/oauth/test"));
//! let stamp = Stamp::new("C2F26CD5C075BA9050AD8EE90644CF29", 1_316_657_628);
//! let signed = signer.sign(&request, stamp);
//!
//! assert_eq!(
//!     signed.parameters().to_string(),
//!     "oauth_callback=http%3A%2F%2Fwww.wackylabs.net%2Foauth%2Ftest\
//!      &oauth_consumer_key=768fe946d252b119746fda82e1599980\
//!      &oauth_nonce=C2F26CD5C075BA9050AD8EE90644CF29&oauth_signature_method=HMAC-SHA1\
//!      &oauth_timestamp=1316657628&oauth_version=1.0"
//! );
//! assert_eq!(
//!     signed.base_string().to_string(),
//!     "GET&http%3A%2F%2Fwww.flickr.com%2Fservices%2Foauth%2Frequest_token\
//!      &oauth_callback%3Dhttp%253A%252F%252Fwww.wackylabs.net%252Foauth%252Ftest\
//!      %26oauth_consumer_key%3D768fe946d252b119746fda82e1599980\
//!      %26oauth_nonce%3DC2F26CD5C075BA9050AD8EE90644CF29\
//!      %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1316657628\
//!      %26oauth_version%3D1.0"
//! );
//! assert_eq!(signed.signature().expose_secret(), "0fhNGlzpFNAsTme/hDfUb5HPB5U=");
//! # Ok::<(), oauth1_signer::RequestError>(())
//! ```
//!
//! # Tests
//!
//! [`Stamp::new`] fixes nonce and time, and with them the signature. Take the stamp as an argument, and
//! you can test your code as it runs:
//!
//! ```
//! use oauth1_signer::{Consumer, Request, RequestError, Signer, Stamp};
//!
//! fn authorization(signer: &Signer, stamp: Stamp) -> Result<String, RequestError> {
//!     let request = Request::get("https://api.example.com/photos?size=original")?;
//!     Ok(signer.sign(&request, stamp).authorization_header().to_value())
//! }
//!
//! let signer = Signer::new(&Consumer::new("key", "secret"), None);
//! let header = authorization(&signer, Stamp::new("nonce", 1_316_657_628))?;
//! assert!(header.contains(r#"oauth_signature="3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D""#));
//! # Ok::<(), oauth1_signer::RequestError>(())
//! ```
//!
//! # Errors
//!
//! Making a [`Request`] can fail: it refuses what cannot be signed, and what different servers would
//! read differently, with a [`RequestError`]. Signing a request with HMAC cannot fail, so
//! [`Signer::sign`] does not return a `Result`. With other keys, use [`Signer::try_sign`].
//!
//! ```
//! use oauth1_signer::Request;
//!
//! let refused = |url| Request::get(url).unwrap_err().to_string();
//! assert_eq!(
//!     refused("ftp://example.com/"),
//!     "the scheme of the URL is neither http nor https"
//! );
//! assert_eq!(
//!     refused("https://example.com/?discount=100%"),
//!     "malformed percent escape at byte 12 of the query: write a percent sign as %25"
//! );
//! ```
//!
//! # Secrets
//!
//! [`Consumer`], [`Token`], [`Signer`], every key and every signature hide their secrets in `Debug`,
//! and have no `Display`. Only `expose_secret` reads them. `Debug` of [`Request`], [`Signed`] and
//! [`Call`] hides the values of parameters as well.
//!
//! [`BaseString`] and [`Parameters`] show everything that was signed, because they exist to be compared.
//! If a form contains a password, so do they.
//!
//! Secrets shipped in an app or in JavaScript are not secret.
//!
//! # Features, and `no_std`
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `std` | yes | the `std` features of the dependencies |
//! | `rand` | yes | [`Stamp::now`] and [`Stamp::at`], which make fresh nonces; turns on `std` |
//! | `zeroize` | yes | secrets and keys are wiped when dropped; texts made from them are yours to wipe |
//! | `sha2` | no | HMAC-SHA256 and HMAC-SHA512 |
//! | `rsa` | no | RSA-SHA1, RSA-SHA256 and RSA-SHA512; turns on `rand` and `sha2` |
//! | `serde` | no | [`Token`] and [`Temporary`] can be stored, secrets included |
//! | `normal-forms` | no | a diagnosis tells whether two texts are the same in different normal forms of Unicode |
//! | `http` | no | requests, responses and URIs of the crate `http` 1: the module `http`; turns on `std` |
//! | `tower` | no | a layer that signs each attempt of a request anew: the module `tower`; turns on `http` |
//!
//! Without `std` the crate needs only `alloc`; make the nonce yourself, and pass it with the time to
//! [`Stamp::new`]. Features only add, and never change what a call does.
//!
//! On `wasm32-unknown-unknown`, add `getrandom = { version = "0.4", features = ["wasm_js"] }` to your
//! program, because `getrandom` needs it there. There is no clock, so use [`Stamp::at`] in place of
//! `Stamp::now`.
//!
//! # Not included
//!
//! The crate does not send, follow, repeat or store anything, and does not know OAuth 2, which is another
//! protocol.
//!
//! # Words
//!
//! | here | RFC 5849 | OAuth Core 1.0 | services also say |
//! | --- | --- | --- | --- |
//! | [`Consumer`] | client credentials | consumer key and secret | API key and secret, app key |
//! | [`Token`] | token credentials | access token and secret | user token |
//! | [`Temporary`] | temporary credentials | request token and secret | |
//! | [`Callback`] | callback URI, `oob` | callback URL, `oob` | redirect URL; PIN-based |
//! | [`VerificationCode`](flow::VerificationCode) | verification code | verification code | verifier, PIN |
//! | [`Stamp`] | nonce and timestamp | nonce and timestamp | |
//! | [`ProtocolParameters`] | protocol parameters | OAuth protocol parameters | OAuth parameters |
//! | [`Target::base_uri`] | base string URI | request URL | base URL |
//! | [`Parameters`] | normalized parameters | normalized request parameters | parameter string |
//! | [`BaseString`] | signature base string | signature base string | `debug_sbs` |
//! | [`SigningKey`](signature_method::SigningKey) | signature method and its key | signature method | signing key |
//! | [`Realm`] | realm | realm | account ID |
//! | a signer with `None` | no token | | two-legged, application-only |
//!
//! [RFC 5849]: https://www.rfc-editor.org/rfc/rfc5849
#![cfg_attr(
    all(any(doc, doctest), feature = "rand", feature = "rsa"),
    doc = "",
    doc = "# Services",
    doc = "",
    doc = "What each service expects, and the lines that sign for it: [`services`]."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

// In the order in which they build on one another: a module imports from those above it only, which
// `tests/repository/layers.rs` checks.
mod encode;

mod form_urlencoded;

mod parameters;

mod credentials;

mod stamp;

mod request;

mod protocol;

mod base_string;

pub mod signature_method;

mod transmission;

mod signer;

pub mod response;

pub mod diagnosis;

pub mod verifier;

pub mod flow;

#[cfg(feature = "http")]
pub mod http;

#[cfg(feature = "tower")]
pub mod tower;

pub use self::{
    base_string::{BaseString, Parameters},
    credentials::{Consumer, Fields, OptionalToken, Temporary, Token},
    encode::encode,
    form_urlencoded::MalformedEscape,
    parameters::{Pair, Text},
    protocol::ProtocolParameters,
    request::{Callback, Place, Request, RequestError, Target, TargetError},
    signer::{KeyElsewhere, Prepared, Signed, Signer},
    stamp::Stamp,
    transmission::{
        AuthorizationError, AuthorizationHeader, AuthorizationParameters, Call, FormBody, HtmlForm,
        HtmlFormError, Placement, Query, Realm, RealmError,
    },
};

/// What each service expects, with the lines that sign for it.
#[cfg(all(any(doc, doctest), feature = "rand", feature = "rsa"))]
#[doc = include_str!("../docs/services.md")]
pub mod services {}

/// The code on the pages, compiled and run as tests.
#[cfg(all(doctest, feature = "rand"))]
#[doc = include_str!("../docs/three-legs.md")]
struct ThreeLegs;

#[cfg(doctest)]
#[doc = include_str!("../docs/refused.md")]
struct Refused;

#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../docs/verifying.md")]
struct Verifying;
