//! Who signs.

use oauth1_signer::{
    Consumer, Signer, Token,
    signature_method::{AnyKey, SignatureMethod},
};

pub(crate) const CONSUMER_SECRET: &str = "s +&=%/ü";
pub(crate) const TOKEN_SECRET: &str = "ts~☃";
const CONSUMER: &str = "consumer key&";
const TOKEN: &str = "token/=";

/// Credentials and secrets as they are on the wire, or a part of each.
pub(crate) const SECRETS: [&str; 4] = ["consumer%20key", "token%2F", "s%2520%252B", "ts~%25E2"];

pub(crate) fn signer() -> Signer {
    let (consumer, token) = credentials();
    Signer::new(&consumer, &token)
}

/// One of each method. With PLAINTEXT, a signature is the two secrets.
pub(crate) fn signers() -> [(&'static str, Signer<AnyKey>); 2] {
    let (consumer, token) = credentials();
    [
        ("HMAC-SHA1", SignatureMethod::hmac_sha1()),
        (
            "PLAINTEXT",
            SignatureMethod::plaintext_over_insecure_transport(),
        ),
    ]
    .map(|(name, method)| (name, Signer::with_method(&method, &consumer, &token)))
}

fn credentials() -> (Consumer, Token) {
    let consumer = Consumer::new(CONSUMER, CONSUMER_SECRET);
    (consumer, Token::new(TOKEN, TOKEN_SECRET))
}
