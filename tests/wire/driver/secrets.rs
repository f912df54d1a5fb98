//! Who signs.

use oauth1_signer::{Consumer, Signer, Token, signature_method::Plaintext};

pub(crate) const CONSUMER_SECRET: &str = "s +&=%/ü";
pub(crate) const TOKEN_SECRET: &str = "ts~☃";
const CONSUMER: &str = "consumer key&";
const TOKEN: &str = "token/=";

pub(crate) fn signer() -> Signer {
    let consumer = Consumer::new(CONSUMER, CONSUMER_SECRET);
    Signer::new(&consumer, &Token::new(TOKEN, TOKEN_SECRET))
}

/// A signature of this signer is the two secrets.
pub(crate) fn plaintext() -> Signer<Plaintext> {
    let consumer = Consumer::new(CONSUMER, CONSUMER_SECRET);
    Signer::plaintext(&consumer, &Token::new(TOKEN, TOKEN_SECRET))
}
