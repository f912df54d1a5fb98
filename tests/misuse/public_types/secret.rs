//! What is secret in the values of this folder.

use oauth1_signer::{
    Callback, Consumer, Realm, Request, Signer, Token, encode, signature_method::Plaintext,
};
use support::{samples::stamp, secrets::Secrets};

pub(crate) const CONSUMER_SECRET: &str = "kd94/hf93k423kf44";
pub(crate) const TOKEN_SECRET: &str = "pfkk+dhi9sl3r4s00";
pub(crate) const PASSWORD: &str = "url-hunter2";
pub(crate) const QUERY_VALUE: &str = "query-hunter2";
pub(crate) const FORM_VALUE: &str = "form-hunter2";
pub(crate) const ELSEWHERE_VALUE: &str = "elsewhere-hunter2";
pub(crate) const CODE: &str = "code/hunter2";
pub(crate) const HANDLE: &str = "handle+hunter2";

/// Its password and its query are secret, and its fragment is of no interest.
pub(crate) const URL: &str =
    "https://user:url-hunter2@api.example.com/photos?pin=query-hunter2#top";

/// The key of HMAC, and the whole signature of PLAINTEXT.
pub(crate) fn key() -> String {
    format!("{}&{}", encode(CONSUMER_SECRET), encode(TOKEN_SECRET))
}

pub(crate) fn consumer() -> Consumer {
    Consumer::new("dpf43f3p2l4k3l03", CONSUMER_SECRET)
}

pub(crate) fn token() -> Token {
    Token::new("nnch734d00sl2jdk", TOKEN_SECRET)
}

pub(crate) fn signer() -> Signer {
    Signer::new(&consumer(), &token()).with_realm(Realm::new("Photos").unwrap())
}

pub(crate) fn plaintext() -> Signer<Plaintext> {
    Signer::plaintext(&consumer(), &token())
}

pub(crate) fn request() -> Request<'static> {
    Request::post(URL)
        .unwrap()
        .form(&[("pin", FORM_VALUE)])
        .unwrap()
        .signed_elsewhere(&[("pin", ELSEWHERE_VALUE)])
        .unwrap()
        .callback(Callback::OutOfBand)
        .verification_code(CODE)
        .protocol_parameter("oauth_session_handle", HANDLE)
        .unwrap()
}

/// What no part of the crate shows.
pub(crate) fn secrets() -> Secrets {
    let (signer, request) = (signer(), request());
    let signed = signer.sign(&request, stamp());
    let signature = signed.signature().expose_secret();
    Secrets::new(&[CONSUMER_SECRET, TOKEN_SECRET, &key(), signature, PASSWORD])
}

/// And what only a base string shows.
pub(crate) fn all() -> Secrets {
    let values = [QUERY_VALUE, FORM_VALUE, ELSEWHERE_VALUE, CODE, HANDLE];
    secrets().and(Secrets::new(&values))
}
