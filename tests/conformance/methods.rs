//! Every signature method against the slow model, and what holds for all of them.

use oauth1_signer::signature_method::{Signature, SignatureMethod};
use oauth1_signer::{BaseString, Consumer, Request, Signer, Stamp, Token};
use proptest::prelude::*;
use support::{
    reference::{self, Input},
    samples::header,
};
use url::form_urlencoded;

mod body_hash;
mod chosen;
mod plaintext;
#[cfg(feature = "rsa")]
mod rsa;

type Model = fn(&str, &str, &str) -> String;

/// The methods with shared secrets.
const SHARED: &[(&str, Model)] = &[
    ("HMAC-SHA1", reference::hmac_sha1),
    #[cfg(feature = "sha2")]
    ("HMAC-SHA256", reference::hmac_sha256),
    #[cfg(feature = "sha2")]
    ("HMAC-SHA512", reference::hmac_sha512),
    ("PLAINTEXT", |_, consumer, token| {
        reference::plaintext(consumer, token)
    }),
];

fn octets() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        "[a-zA-Z0-9 +%&=~-]{0,12}".prop_map(String::into_bytes),
        "\\PC{0,8}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..6),
    ]
}

fn pairs() -> impl Strategy<Value = Vec<(Vec<u8>, Vec<u8>)>> {
    prop::collection::vec((octets(), octets()), 0..5)
}

proptest! {
    #[test]
    fn shared_secrets_sign_as_the_model(
        (query, form) in (pairs(), pairs()),
        (key, secret) in ("\\PC{0,9}", "\\PC{0,70}"),
        token in prop::option::of(("\\PC{0,9}", "\\PC{0,70}")),
        body in octets(),
        (nonce, timestamp) in ("[a-zA-Z0-9]{1,30}", any::<u64>()),
    ) {
        let url = url("https://api.example.com/a%20b", &query);
        let consumer = Consumer::new(&key, &secret);
        let token = token.map(|(token, secret)| Token::new(token, secret));
        let token_secret = token.as_ref().map_or("", Token::expose_secret);
        for (method, model) in SHARED {
            let any = SignatureMethod::from_name(method).map(|method| method.key(&secret, token_secret)).unwrap();
            let signer = Signer::with_key(&key, token.as_ref().map(Token::token), any);
            let hash = signer.body_hash(&body).unwrap();
            let mut request = Request::post(&url).unwrap();
            request = if form.is_empty() {
                request.body_hash(&hash).unwrap()
            } else {
                request.form(&form).unwrap()
            };
            let signed = signer.try_sign(&request, Stamp::new(nonce.clone(), timestamp)).unwrap();

            let protocol: Vec<_> = signed
                .protocol_parameters()
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let input = Input { method: "POST", url: &url, form: &form, protocol: &protocol };
            let base_string = reference::base_string(&input);
            prop_assert_eq!(&signed.base_string().to_string(), &base_string);
            let signature = model(&base_string, &secret, token_secret);
            prop_assert_eq!(signed.signature().expose_secret(), &signature);
            prop_assert!(protocol.contains(&("oauth_signature".into(), signature.clone())));
            prop_assert!(
                protocol.contains(&("oauth_signature_method".into(), (*method).to_owned()))
            );
            let sent = protocol.iter().find(|(name, _)| name == "oauth_body_hash");
            if form.is_empty() {
                let expected = match *method {
                    #[cfg(feature = "sha2")]
                    "HMAC-SHA256" => reference::body_hash::<sha2::Sha256>(&body),
                    #[cfg(feature = "sha2")]
                    "HMAC-SHA512" => reference::body_hash::<sha2::Sha512>(&body),
                    _ => reference::body_hash::<sha1::Sha1>(&body),
                };
                prop_assert_eq!(sent.map(|(_, value)| value), Some(&expected));
            } else {
                prop_assert!(sent.is_none());
            }

            // Taken away and brought back, unless the signature is the secrets.
            let elsewhere =
                Signer::with_key_elsewhere(&key, token.as_ref().map(Token::token), method);
            let Ok(elsewhere) = elsewhere else {
                prop_assert_eq!(*method, "PLAINTEXT");
                continue;
            };
            let prepared = elsewhere.prepare(&request, Stamp::new(nonce.clone(), timestamp));
            let text = prepared.base_string().to_string();
            let signature = Signature::from_text(model(&text, &secret, token_secret));
            let brought_back = prepared.with_signature(signature);
            prop_assert_eq!(
                brought_back.authorization_header().to_value(),
                signed.authorization_header().to_value()
            );
        }

        // The constructors make the same signers.
        let request = Request::get(&url).unwrap();
        let stamp = || Stamp::new(nonce.clone(), timestamp);
        let headers = [
            header(&Signer::new(&consumer, &token).sign(&request, stamp())),
            #[cfg(feature = "sha2")]
            header(&Signer::hmac_sha256(&consumer, &token).sign(&request, stamp())),
            #[cfg(feature = "sha2")]
            header(&Signer::hmac_sha512(&consumer, &token).sign(&request, stamp())),
            header(&Signer::plaintext(&consumer, &token).try_sign(&request, stamp()).unwrap()),
        ];
        for ((method, _), header) in SHARED.iter().zip(headers) {
            let any = SignatureMethod::from_name(method).map(|method| method.key(&secret, token_secret)).unwrap();
            let signer = Signer::with_key(&key, token.as_ref().map(Token::token), any);
            let signed = signer.try_sign(&request, stamp()).unwrap();
            prop_assert_eq!(signed.authorization_header().to_value(), header);
        }
    }
}

fn url(base: &str, query: &[(Vec<u8>, Vec<u8>)]) -> String {
    if query.is_empty() {
        return base.to_owned();
    }
    let encoded: Vec<String> = query
        .iter()
        .map(|(name, value)| {
            let encode =
                |octets: &Vec<u8>| -> String { form_urlencoded::byte_serialize(octets).collect() };
            format!("{}={}", encode(name), encode(value))
        })
        .collect();
    format!("{base}?{}", encoded.join("&"))
}

#[test]
fn names_of_methods_are_case_sensitive() {
    for (name, meant) in [
        ("hmac-sha1", "HMAC-SHA1"),
        ("HMAC_SHA1", "HMAC-SHA1"),
        ("HMACSHA1", "HMAC-SHA1"),
        ("hmac sha256", "HMAC-SHA256"),
        ("plaintext", "PLAINTEXT"),
        (" PLAINTEXT", "PLAINTEXT"),
    ] {
        let error = SignatureMethod::from_name(name).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("unknown signature method {name:?}; did you mean {meant}?")
        );
    }
    for name in ["", "-", "HMAC-MD5", "SHA1"] {
        let error = SignatureMethod::from_name(name).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "unknown signature method {name:?}; known are HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, \
                 RSA-SHA1, RSA-SHA256, RSA-SHA512, PLAINTEXT"
            )
        );
    }
    let error = SignatureMethod::from_name("RSA-SHA512").unwrap_err();
    assert_eq!(
        error.to_string(),
        "RSA-SHA512 signs with a private key, not with shared secrets: use `SignatureMethod::from_private_key` (feature rsa)"
    );
    #[cfg(not(feature = "sha2"))]
    assert_eq!(
        SignatureMethod::from_name("HMAC-SHA256").unwrap_err(),
        oauth1_signer::signature_method::MethodError::Feature {
            name: "HMAC-SHA256".into(),
            feature: "sha2"
        }
    );
    for (name, _) in SHARED {
        assert_eq!(SignatureMethod::from_name(name).unwrap().name(), *name);
    }
}

#[test]
fn only_a_secure_target_is_secure() {
    for (text, secure) in [
        ("GET&https%3A%2F%2Fexample.com%2F&", true),
        ("GET&http%3A%2F%2Fexample.com%2F&", false),
        ("https%3A%2F%2Fexample.com%2F&", false),
        ("GET&https://example.com/", false),
        ("", false),
    ] {
        assert_eq!(BaseString::from_text(text).is_secure(), secure, "{text}");
    }
}
