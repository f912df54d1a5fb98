//! OAuth 1.0a (RFC 5849) request signing.
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod base_string;
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

pub use self::{
    base_string::BaseString,
    credentials::{Consumer, Token},
    encode::encode,
    parameters::{MalformedEscape, Parameters},
    protocol::ProtocolParameters,
    request::{Callback, Place, Request, RequestError},
    signature_method::{HmacSha1, Signature, SigningKey},
    signer::{Signed, Signer},
    stamp::Stamp,
    target::{Target, TargetError},
    transmission::{AuthorizationHeader, FormBody, Query, Realm, RealmError},
};
