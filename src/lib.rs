//! OAuth 1.0a (RFC 5849) request signing.
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod base_string;
mod clock;
mod credentials;
mod encode;
mod excerpt;
mod flow;
mod form_text;
mod parameters;
mod problem;
mod protocol;
mod request;
mod retry;
mod signature_method;
mod signer;
mod stamp;
mod target;
mod transmission;

pub use self::{
    base_string::BaseString,
    clock::{Clock, ClockError},
    credentials::{Consumer, Fields, Token},
    encode::encode,
    flow::{
        Answer, AnswerError, BodyExcerpt, BodyKind, Call, CallError, Endpoints, EndpointsError,
        Flow, Leg, MakeSigner, Placement, Redirect, RedirectError, Temporary, VerificationCode,
    },
    parameters::{MalformedEscape, Parameters},
    problem::{Problem, ProblemReport},
    protocol::ProtocolParameters,
    request::{Callback, Place, Request, RequestError},
    retry::Retry,
    signature_method::{HmacSha1, Signature, SigningKey},
    signer::{Signed, Signer},
    stamp::Stamp,
    target::{Target, TargetError},
    transmission::{AuthorizationHeader, FormBody, Query, Realm, RealmError},
};

/// The code of the documents, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/three-legs.md")]
struct ThreeLegs;
