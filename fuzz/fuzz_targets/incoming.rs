//! Any received request: it is refused with an error that shows nothing of it, or verified as the model of
//! the RFC has it.

#![no_main]

use fuzz::Message;
use libfuzzer_sys::fuzz_target;
use oauth1_signer::{
    AuthorizationParameters, Placement,
    signature_method::{SharedSecrets, VerifyingKey},
    verifier::{Body, Incoming, MemoryNonces, Policy, Refusal, Verifier},
};
use support::reference::{self, decode_form, encode};

const SECRETS: (&str, &str) = ("consumer secret", "token&secret");

fuzz_target!(|data: &[u8]| {
    let message = Message::parse(data);
    let (method, url) = message.first_line.split_once(' ').unwrap_or(("GET", ""));
    let authorization = message.text("authorization");
    let content_type = message.text("type");
    let body = Body::received(content_type.as_deref(), message.body.unwrap_or_default());
    match Incoming::read(method, url, authorization.as_deref(), body) {
        Ok(incoming) => check(&incoming, url, authorization.as_deref(), body),
        Err(error) => {
            let refusal = Refusal::from(error);
            for text in [
                refusal.to_string(),
                format!("{refusal:?}"),
                refusal.body(),
                refusal.www_authenticate(None).unwrap_or_default(),
            ] {
                // Names are shown up to the first odd character, but may be as long as they are.
                assert!(text.len() < 1024 + 3 * data.len(), "{text}");
            }
        }
    }
});

fn check(incoming: &Incoming, url: &str, authorization: Option<&str>, body: Body) {
    let base_string = model(incoming, url, authorization, body);
    assert_eq!(incoming.base_string().to_string(), base_string);
    let shown = format!("{incoming:?}");
    assert!(
        shown.len()
            < 4096 + 8 * (url.len() + authorization.map_or(0, str::len) + body.bytes().len())
    );

    let claimed = incoming
        .protocol_parameters()
        .get("oauth_signature")
        .expect("a signature");
    let expected = match incoming.signature_method() {
        "HMAC-SHA1" => reference::hmac_sha1(&base_string, SECRETS.0, SECRETS.1),
        "HMAC-SHA256" => reference::hmac_sha256(&base_string, SECRETS.0, SECRETS.1),
        "HMAC-SHA512" => reference::hmac_sha512(&base_string, SECRETS.0, SECRETS.1),
        "PLAINTEXT" => reference::plaintext(SECRETS.0, SECRETS.1),
        _ => String::new(),
    };
    let key = SharedSecrets::new(SECRETS.0, SECRETS.1);
    let method = incoming.signature_method();
    assert_eq!(key.supports(method), !expected.is_empty());
    if key.supports(method) {
        assert!(key.verify(method, &incoming.base_string(), &expected));
        let is_right = key.verify(method, &incoming.base_string(), claimed);
        assert_eq!(is_right, claimed == expected);
    }

    let policy = Policy::new().allow_plaintext_over_insecure_transport();
    let verifier = Verifier::new("https://a.example")
        .expect("an origin")
        .with_policy(policy);
    let now = incoming.timestamp().unwrap_or(0);
    assert!(
        verifier
            .verify(incoming, None::<SharedSecrets>, now)
            .is_err()
    );
    match verifier.verify(incoming, [&key], now) {
        Ok(genuine) => {
            assert_eq!(claimed, expected);
            let nonces = MemoryNonces::new();
            let verified = genuine
                .accept(&nonces)
                .expect("nothing was accepted before");
            assert_eq!(verified.consumer_key(), incoming.consumer_key());
            let again = verifier
                .verify(incoming, [&key], now)
                .expect("the same request");
            let has_nonce = incoming.nonce().is_some() && incoming.timestamp().is_some();
            assert_eq!(again.accept(&nonces).is_err(), has_nonce);
        }
        Err(Refusal::Signature) => assert_ne!(claimed, expected),
        Err(refusal) => assert!(!refusal.body().is_empty()),
    }
}

/// What section 3.4.1 makes of the request.
fn model(incoming: &Incoming, url: &str, authorization: Option<&str>, body: Body) -> String {
    let without_fragment = url.split('#').next().unwrap_or_default();
    let query = without_fragment
        .split_once('?')
        .map_or("", |(_, query)| query);
    let mut pairs = decode_form(query.as_bytes());
    if body.is_form() {
        pairs.extend(decode_form(body.bytes()));
    }
    if incoming.placement() == Placement::Header {
        let header = AuthorizationParameters::parse(authorization.unwrap_or_default());
        let header = header.expect("the header was read");
        let owned = |(name, value): (&str, &str)| (name.into(), value.into());
        pairs.extend(header.iter().map(owned));
    }
    pairs.retain(|(name, _)| name != b"oauth_signature");
    let mut encoded: Vec<_> = pairs
        .iter()
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    encoded.sort();
    let joined: Vec<_> = encoded
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    [
        encode(incoming.method().to_ascii_uppercase().as_bytes()),
        encode(reference::base_uri(url).as_bytes()),
        encode(joined.join("&").as_bytes()),
    ]
    .join("&")
}
