//! OAuth 1.0a (RFC 5849) request signing.
#![cfg_attr(
    all(doc, feature = "rand", feature = "rsa"),
    doc = "",
    doc = "Which service wants what, with the lines that sign for it: [`services`]."
)]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod base_string;
mod body_hash;
mod credentials;
mod encode;
mod parameters;
mod protocol;
mod request;
mod signature_method;
mod signer;
mod stamp;
mod target;
mod transmission;

#[cfg(feature = "sha2")]
pub use self::signature_method::{HmacSha256, HmacSha512};
#[cfg(feature = "rsa")]
pub use self::signature_method::{PrivateKeyError, RsaSha1, RsaSha256, RsaSha512};
pub use self::{
    base_string::BaseString,
    body_hash::BodyHash,
    credentials::{Consumer, Token},
    encode::encode,
    parameters::{MalformedEscape, Parameters},
    protocol::ProtocolParameters,
    request::{Callback, Place, Request, RequestError},
    signature_method::{
        AnyKey, HmacSha1, MethodError, Plaintext, Signature, SigningError, SigningKey,
        StampOptional,
    },
    signer::{KeyElsewhere, Prepared, Signed, Signer},
    stamp::Stamp,
    target::{Target, TargetError},
    transmission::{AuthorizationHeader, FormBody, Query, Realm, RealmError},
};

/// Exists in the documentation only, and is tested with it.
#[cfg(all(any(doc, doctest), feature = "rand", feature = "rsa"))]
#[doc = include_str!("../docs/services.md")]
pub mod services {}
