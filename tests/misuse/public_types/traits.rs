//! The one list of what the types promise: all are `Debug`, `Send` and `Sync` and can be `'static`,
//! and those that can be copied or compared are named.

use std::{convert::Infallible, fmt::Debug};

#[cfg(feature = "http")]
use oauth1_signer::http::{HttpError, Origin, OriginError};
#[cfg(feature = "sha2")]
use oauth1_signer::signature_method::{HmacSha256, HmacSha512};
#[cfg(feature = "rsa")]
use oauth1_signer::signature_method::{
    PrivateKeyError, PublicKeyError, RsaPublicKey, RsaSha1, RsaSha256, RsaSha512,
};
#[cfg(feature = "tower")]
use oauth1_signer::tower::{Sign, SignFuture, SignLayer};
#[cfg(feature = "std")]
use oauth1_signer::verifier::{MemoryNonces, MemoryNoncesError};
use oauth1_signer::{
    AuthorizationError, AuthorizationHeader, AuthorizationParameters, BaseString, Call, Callback,
    Consumer, Fields, FormBody, HtmlForm, HtmlFormError, KeyElsewhere, MalformedEscape, Parameters,
    Place, Placement, Prepared, ProtocolParameters, Query, Realm, RealmError, Request,
    RequestError, Signed, Signer, Stamp, Target, TargetError, Temporary, Token,
    diagnosis::{Cause, Certainty, Diagnosis, Evidence, Finding, Message},
    flow::{
        CallError, Endpoints, EndpointsError, Flow, Leg, Redirect, RedirectError, VerificationCode,
    },
    response::{Clock, ClockError, Problem, ProblemReport, Response, ResponseError, Retry},
    signature_method::{
        AnyKey, AnyVerifyingKey, BodyHash, HmacSha1, MethodError, Plaintext, SharedSecrets,
        Signature, SignatureMethod, SigningError,
    },
    verifier::{
        AcceptError, Body, Explanation, Genuine, Incoming, IncomingError, Insertion, NonceKey,
        Policy, Refusal, Verified, Verifier,
    },
};
use support::{implements, shown::short_name};

pub(super) struct Promise {
    pub(super) type_name: &'static str,
    promised: Vec<&'static str>,
    kept: Vec<&'static str>,
}

/// For each type, which of `Clone`, `Copy`, `Eq` and `Error` it implements, in this order.
macro_rules! promises {
    ($($(#[$feature:meta])? $type:ty: $($promised:ident)*;)*) => {
        pub(super) fn promises() -> Vec<Promise> {
            fn travels<T: Debug + Send + Sync + 'static>() {}
            vec![$(
                $(#[$feature])?
                {
                    travels::<$type>();
                    let all = [
                        ("Clone", implements!($type: Clone)),
                        ("Copy", implements!($type: Copy)),
                        ("Eq", implements!($type: Eq)),
                        ("Error", implements!($type: std::error::Error)),
                    ];
                    Promise {
                        type_name: short_name::<$type>(),
                        promised: vec![$(stringify!($promised)),*],
                        kept: all.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect(),
                    }
                },
            )*]
        }
    };
}

promises! {
    AuthorizationError: Clone Eq Error;
    AuthorizationHeader<'static>: Clone Copy;
    AuthorizationParameters<'static>: Clone;
    BaseString<'static>: Clone;
    Call: Clone;
    Callback<'static>: Clone Copy Eq;
    Cause: Clone Copy Eq;
    Certainty: Clone Copy Eq;
    Consumer: Clone;
    Diagnosis: Clone Eq;
    Evidence: Clone;
    Fields: Clone;
    Finding: Clone Eq;
    FormBody<'static>: Clone Copy;
    HtmlForm<'static>: Clone Copy;
    HtmlFormError: Clone Eq Error;
    KeyElsewhere: Clone Copy;
    MalformedEscape: Clone Eq Error;
    Message: Clone;
    Parameters<'static>: Clone;
    Place: Clone Copy Eq;
    Placement: Clone Copy Eq;
    Prepared<'static>: ;
    ProtocolParameters<'static>: Clone;
    Query<'static>: Clone Copy;
    Realm: Clone Eq;
    RealmError: Clone Eq Error;
    Request<'static>: Clone;
    RequestError: Clone Eq Error;
    Signed<'static>: ;
    Signer: Clone;
    Signer<AnyKey>: Clone;
    Signer<KeyElsewhere>: Clone;
    Stamp: ;
    Target<'static>: Clone;
    TargetError: Clone Eq Error;
    Temporary: Clone;
    Token: Clone;

    CallError: Clone Eq Error;
    Endpoints: Clone;
    EndpointsError: Clone Eq Error;
    Flow: Clone;
    Leg<Temporary>: Clone;
    Leg<Token>: Clone;
    Redirect: Clone;
    RedirectError: Clone Eq Error;
    VerificationCode: Clone;

    Clock: Clone;
    ClockError: Clone Eq Error;
    Problem: Clone Eq;
    ProblemReport: Clone Eq;
    Response<'static>: Clone Copy;
    ResponseError: Clone Eq Error;
    Retry: Clone Copy Eq;

    AnyKey: Clone;
    AnyVerifyingKey: Clone;
    BodyHash: Clone Copy Eq;
    HmacSha1: Clone;
    #[cfg(feature = "sha2")]
    HmacSha256: Clone;
    #[cfg(feature = "sha2")]
    HmacSha512: Clone;
    MethodError: Clone Eq Error;
    Plaintext: Clone;
    #[cfg(feature = "rsa")]
    PrivateKeyError: Clone Eq Error;
    #[cfg(feature = "rsa")]
    PublicKeyError: Clone Eq Error;
    #[cfg(feature = "rsa")]
    RsaPublicKey: Clone;
    #[cfg(feature = "rsa")]
    RsaSha1: Clone;
    #[cfg(feature = "rsa")]
    RsaSha256: Clone;
    #[cfg(feature = "rsa")]
    RsaSha512: Clone;
    SharedSecrets: Clone;
    Signature: Clone;
    SignatureMethod: Clone;
    SigningError: Clone Eq Error;

    AcceptError<Infallible>: Clone Eq Error;
    Body<'static>: Clone Copy;
    Explanation: Clone;
    Genuine<'static>: ;
    Incoming<'static>: ;
    IncomingError: Clone Eq Error;
    Insertion: Clone Copy Eq;
    #[cfg(feature = "std")]
    MemoryNonces: ;
    #[cfg(feature = "std")]
    MemoryNoncesError: Clone Eq Error;
    NonceKey<'static>: Clone Copy Eq;
    Policy: Clone;
    Refusal: Clone Eq Error;
    Verified<'static>: Clone;
    Verifier: Clone;

    #[cfg(feature = "http")]
    HttpError: Clone Eq Error;
    #[cfg(feature = "http")]
    Origin: Clone Eq;
    #[cfg(feature = "http")]
    OriginError: Clone Eq Error;

    #[cfg(feature = "tower")]
    Sign<()>: Clone;
    #[cfg(feature = "tower")]
    SignFuture<()>: ;
    #[cfg(feature = "tower")]
    SignLayer: Clone;
}

/// Nothing with a secret in it is compared in a time that tells where it differs, and a stamp cannot
/// be used twice.
#[test]
fn types_can_be_copied_and_compared_where_they_promise_it_and_nowhere_else() {
    for promise in promises() {
        assert_eq!(promise.kept, promise.promised, "{}", promise.type_name);
    }
}
