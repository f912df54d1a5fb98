//! Methods that are chosen at run time sign as those that are written in the program.

use std::{error::Error, fmt};

use oauth1_signer::signature_method::{
    AnyKey, HmacSha1, Plaintext, Signature, SignatureMethod, SigningError, SigningKey,
};
use oauth1_signer::{BaseString, Consumer, Request, Signer, Token};
use support::samples::{header, post, stamp};

use super::SHARED;

const CONSUMER_SECRET: &str = "c&s";
const TOKEN_SECRET: &str = "t s";

fn consumer() -> Consumer {
    Consumer::new("key", CONSUMER_SECRET)
}

fn token() -> Token {
    Token::new("token", TOKEN_SECRET)
}

/// Every method with shared secrets, as its constructor makes it.
fn methods() -> Vec<SignatureMethod> {
    vec![
        SignatureMethod::hmac_sha1(),
        #[cfg(feature = "sha2")]
        SignatureMethod::hmac_sha256(),
        #[cfg(feature = "sha2")]
        SignatureMethod::hmac_sha512(),
        SignatureMethod::plaintext(),
    ]
}

#[test]
fn a_method_makes_the_key_that_the_model_has() {
    let text = "GET&https%3A%2F%2Fexample.com%2F&a%3Db";
    for (method, (name, model)) in methods().into_iter().zip(SHARED) {
        let by_name = SignatureMethod::from_name(name).unwrap();
        for method in [&method, &by_name] {
            assert_eq!(method.name(), *name);
            let key = method.key(CONSUMER_SECRET, TOKEN_SECRET);
            assert_eq!(key.method(), *name);
            let signature = key.sign(&BaseString::from_text(text)).unwrap();
            let expected = model(text, CONSUMER_SECRET, TOKEN_SECRET);
            assert_eq!(signature.expose_secret(), expected, "{name}");
        }
    }
    assert_eq!(SignatureMethod::default().name(), "HMAC-SHA1");
}

#[test]
fn a_signer_with_a_method_signs_as_the_signer_of_that_method() {
    let request = Request::get("https://example.com/?a=b").unwrap();
    let with = |method: &SignatureMethod, token: Option<&Token>| {
        let signer = Signer::with_method(method, &consumer(), token);
        header(&signer.try_sign(&request, stamp()).unwrap())
    };
    let (consumer, token) = (consumer(), token());
    for token in [Some(&token), None] {
        let expected = [
            header(&Signer::new(&consumer, token).sign(&request, stamp())),
            #[cfg(feature = "sha2")]
            header(&Signer::hmac_sha256(&consumer, token).sign(&request, stamp())),
            #[cfg(feature = "sha2")]
            header(&Signer::hmac_sha512(&consumer, token).sign(&request, stamp())),
            header(
                &Signer::plaintext(&consumer, token)
                    .try_sign(&request, stamp())
                    .unwrap(),
            ),
        ];
        for (method, expected) in methods().iter().zip(expected) {
            assert_eq!(with(method, token), expected, "{method:?}");
        }
    }
    let insecure = SignatureMethod::plaintext_over_insecure_transport();
    assert_eq!(insecure.name(), "PLAINTEXT");
    assert_eq!(
        with(&insecure, None),
        with(&SignatureMethod::plaintext(), None)
    );
}

#[test]
fn a_method_with_a_key_of_its_own_ignores_the_secrets() {
    let method = SignatureMethod::with_key(HmacSha1::new("another", "pair"));
    let base_string = BaseString::from_text("GET&https%3A%2F%2Fexample.com%2F&a%3Db");
    let Ok(expected) = HmacSha1::new("another", "pair").sign(&base_string);
    let key = method.key(CONSUMER_SECRET, TOKEN_SECRET);
    let signature = key.sign(&base_string).unwrap();
    assert_eq!(signature.expose_secret(), expected.expose_secret());
    assert_eq!((method.name(), key.method()), ("HMAC-SHA1", "HMAC-SHA1"));
}

#[test]
fn any_key_keeps_the_errors_of_this_crate() {
    let key = AnyKey::new(Plaintext::new(CONSUMER_SECRET, TOKEN_SECRET));
    let signer = Signer::with_key("key", None, key);
    let insecure = Request::get("http://example.com/").unwrap();
    let error = signer.try_sign(&insecure, stamp()).unwrap_err();
    assert_eq!(error, SigningError::InsecureTransport);
}

/// What a key of another crate may say.
#[derive(Debug)]
struct Locked {
    slot: u8,
}

impl fmt::Display for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "slot {} is locked", self.slot)
    }
}

impl Error for Locked {}

impl From<Locked> for SigningError {
    fn from(locked: Locked) -> Self {
        Self::other(locked)
    }
}

#[test]
fn any_key_says_what_the_error_of_another_crate_says() {
    struct Module;
    impl SigningKey for Module {
        type Error = Locked;
        fn method(&self) -> &'static str {
            "RSA-SHA1"
        }
        fn sign(&self, _: &BaseString<'_>) -> Result<Signature, Locked> {
            Err(Locked { slot: 3 })
        }
    }
    let signer = Signer::with_key("key", Some("token"), AnyKey::new(Module));
    let request = post();
    let error = signer.try_sign(&request, stamp()).unwrap_err();
    assert_eq!(error.to_string(), "slot 3 is locked");
    assert_eq!(error, SigningError::other("slot 3 is locked"));
    let SigningError::Other { message } = error else {
        panic!()
    };
    assert_eq!(message, "slot 3 is locked");
}
