//! OAuth 1.0a ([RFC 5849]) request signing.
//!
//! A request and a set of credentials go in; an `Authorization` header, a signed URL or a signed
//! form body comes out. Nothing is sent: any HTTP client will do, blocking or not.
//!
//! # A first request
//!
//! ```
//! # #[cfg(feature = "rand")] {
//! use oauth1_signer::{Consumer, Request, Signer, Stamp, Token};
//! use url::Url;
//!
//! let consumer = Consumer::new("consumer key", "consumer secret");
//! let token = Token::new("token", "token secret");
//! let signer = Signer::new(&consumer, &token); // or `None` where there is no token
//!
//! let url = Url::parse("https://api.example.com/photos?size=original")?;
//! let request = Request::get(&url)?;
//! let signed = signer.sign(&request, Stamp::now());
//! println!("GET {url}");
//! println!("Authorization: {}", signed.authorization_header());
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Build one [`Signer`] for a pair of credentials and keep it. Make a [`Request`] and a [`Stamp`]
//! for each time that something is sent, also when it is sent again: services refuse a nonce that
//! they have seen.
//!
//! [`Signed`] borrows the request. Give the request a name with `let`, as above, and it lives long
//! enough.
//!
//! # What is signed
//!
//! The method, the URL with its query, the form if the body is one, and the `oauth_*` parameters.
//! Other bodies (JSON, XML, multipart) are not signed, and the request does not mention them. Each
//! stage can be looked at. This is the first leg of a published example, "OAuth and Flickr":
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
//! If a service refuses a signature, compare its base string with
//! [`signed.base_string()`](Signed::base_string) first. If both are the same, a secret is wrong or
//! belongs to another token.
//!
//! What is signed is what is sent, so send the URL that was signed. A [`Url`](url::Url) is as HTTP
//! clients send it; text is parsed into one. An HTTP client that encodes a query once more, or
//! follows a redirect with the old header, makes another request than the signed one.
//!
//! # Header, query, form
//!
//! The signature is the same wherever the protocol parameters travel. Send them in one place only.
//!
//! | place | write | send |
//! | --- | --- | --- |
//! | header | [`Signed::authorization_header`] | the URL, this header, [`Request::form_body`] |
//! | query | [`Query::to_url`] of [`Signed::query`] | that URL, [`Request::form_body`] |
//! | form | [`Signed::form_body`] | the URL, that body |
//!
//! Without a form there is no [`Request::form_body`] to send. A form body goes with the content type
//! [`FormBody::CONTENT_TYPE`].
//!
//! ```
//! use oauth1_signer::{Consumer, FormBody, Request, Signer, Stamp};
//!
//! let signer = Signer::new(&Consumer::new("key", "secret"), None);
//! let request = Request::post("https://api.example.com/posts?draft=1")?
//!     .form(&[("title", "Zürich"), ("text", "1 + 1 = 2")])?;
//! let signed = signer.sign(&request, Stamp::new("nonce", 1_316_657_628));
//!
//! let header = signed.authorization_header().to_value();
//! assert!(header.starts_with(r#"OAuth oauth_consumer_key="key", oauth_nonce="nonce", "#));
//! assert_eq!(FormBody::CONTENT_TYPE, "application/x-www-form-urlencoded");
//! assert_eq!(request.form_body().to_string(), "title=Z%C3%BCrich&text=1%20%2B%201%20%3D%202");
//!
//! let url = signed.query().to_url();
//! assert!(url.starts_with("https://api.example.com/posts?draft=1&oauth_consumer_key=key&"));
//!
//! let body = signed.form_body().to_string();
//! assert!(body.starts_with("title=Z%C3%BCrich&text=1%20%2B%201%20%3D%202&oauth_consumer_key="));
//! # Ok::<(), oauth1_signer::RequestError>(())
//! ```
//!
//! # Signature methods
//!
//! | method | signer | feature |
//! | --- | --- | --- |
//! | HMAC-SHA1 | [`Signer::new`] | |
//! | HMAC-SHA256, HMAC-SHA512 | `Signer::hmac_sha256`, `Signer::hmac_sha512` | `sha2` |
//! | PLAINTEXT | [`Signer::plaintext`] | |
//! | RSA-SHA1, RSA-SHA256, RSA-SHA512 | [`Signer::with_key`] and `RsaSha256::from_pem` | `rsa` |
//! | one that a configuration names | [`Signer::with_key`] and [`AnyKey`] | |
//! | with a key in a security module | [`Signer::with_key`] and your [`SigningKey`] | |
//! | with a key that answers later | [`Signer::with_key_elsewhere`] and [`Signer::prepare`] | |
//!
//! A service that wants the hash of a body signed as well gets it with [`Signer::body_hash`].
//!
//! # The three legs
//!
//! Getting a token takes two signed calls, with the user's consent between them. [`Flow`] makes the
//! calls and takes the answers; sending is up to the program. It signs with HMAC-SHA1 for a
//! [`Consumer`], and with any other method for a closure that makes the [`Signer`]. When a server
//! refuses, [`ProblemReport`] has what it says, [`Retry`] what may be done about it, and a [`Clock`]
//! learns what time it is there.
//!
//! # Tests
//!
//! [`Stamp::new`] fixes nonce and time, and with them the signature. Code that takes the stamp as
//! an argument is tested as it runs:
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
//! [`Request`] is the door that can fail: what cannot be signed, or would be read differently by
//! different servers, is refused there with a [`RequestError`]. Behind it signing cannot fail, so
//! that [`Signer::sign`] returns no `Result` with HMAC. Other keys may fail ([`Signer::try_sign`]).
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
//!     "malformed percent escape at byte 12 of the query"
//! );
//! ```
//!
//! # Secrets
//!
//! [`Consumer`], [`Token`], [`Signer`], every key and [`Signature`] do not show their secrets in
//! `Debug`, and have no `Display`. `expose_secret` is the only reader. `Debug` of [`Request`],
//! [`Signed`] and what is rendered from it shows no values of parameters either. The `Display` of
//! [`BaseString`] and [`Parameters`] does, and the `Debug` of [`BaseString`]: they are there to be
//! compared. A password in a form stands in them.
//!
//! A secret in a program that is given to users, in JavaScript or in an app, is no secret.
//!
//! # Features, and `no_std`
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `std` | yes | the `std` features of the dependencies |
//! | `rand` | yes | [`Stamp::now`] and [`Stamp::at`]: fresh nonces; needs `std` |
//! | `serde` | no | [`Token`] and [`Temporary`] can be stored, with their secrets |
//! | `zeroize` | yes | secrets and keyed state are wiped when what holds them is dropped; not the texts it hands out |
//! | `sha2` | no | HMAC-SHA256 and HMAC-SHA512 |
//! | `rsa` | no | RSA-SHA1, RSA-SHA256 and RSA-SHA512; needs `rand` and `sha2` |
//!
//! Without `std` the crate needs `alloc` and nothing else; nonce and time then come from the caller,
//! with [`Stamp::new`]. Features only add; none changes what a call does.
//!
//! # What is not here
//!
//! - HTTP. Nothing is sent, followed, retried or stored.
//! - Checking signatures on a server.
//! - OAuth 2, which is another protocol.
//!
//! # Words
//!
//! | here | RFC 5849 | OAuth Core 1.0 | services also say |
//! | --- | --- | --- | --- |
//! | [`Consumer`] | client credentials | consumer key and secret | API key and secret, app key |
//! | [`Token`] | token credentials | access token and secret | user token |
//! | [`Temporary`] | temporary credentials | request token and secret | |
//! | [`Callback`] | callback URI, `oob` | callback URL, `oob` | redirect URL; PIN-based |
//! | [`VerificationCode`] | verification code | verification code | verifier, PIN |
//! | [`Stamp`] | nonce and timestamp | nonce and timestamp | |
//! | [`ProtocolParameters`] | protocol parameters | OAuth protocol parameters | OAuth parameters |
//! | [`Target::base_uri`] | base string URI | request URL | base URL |
//! | [`Parameters`] | normalized parameters | normalized request parameters | parameter string |
//! | [`BaseString`] | signature base string | signature base string | `debug_sbs` |
//! | [`SigningKey`] | signature method and its key | signature method | signing key |
//! | [`Realm`] | realm | realm | account id |
//! | a signer with `None` | no token | | two-legged, application-only |
//!
//! [RFC 5849]: https://www.rfc-editor.org/rfc/rfc5849
#![cfg_attr(
    all(any(doc, doctest), feature = "rand", feature = "rsa"),
    doc = "",
    doc = "# Services",
    doc = "",
    doc = "Which service wants what, with the lines that sign for it: [`services`]."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

// In the order in which they build on one another: a module imports from those above it only, which
// `tests/layers.rs` checks.
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

pub mod flow;

pub use self::{
    base_string::{BaseString, Parameters},
    credentials::{Consumer, Fields, Temporary, Token},
    encode::encode,
    form_urlencoded::MalformedEscape,
    protocol::ProtocolParameters,
    request::{Callback, Place, Request, RequestError, Target, TargetError},
    signer::{KeyElsewhere, Prepared, Signed, Signer},
    stamp::Stamp,
    transmission::{AuthorizationHeader, Call, FormBody, Placement, Query, Realm, RealmError},
};

/// Exists in the documentation only, and is tested with it.
#[cfg(all(any(doc, doctest), feature = "rand", feature = "rsa"))]
#[doc = include_str!("../docs/services.md")]
pub mod services {}

/// The code of the documents, compiled and run as tests.
#[cfg(all(doctest, feature = "rand"))]
#[doc = include_str!("../docs/three-legs.md")]
struct ThreeLegs;

#[cfg(all(doctest, feature = "rand"))]
#[doc = include_str!("../README.md")]
struct Readme;
