//! No key, no signature and no error shows a secret.

use std::fmt::Debug;

use oauth1_signer::signature_method::{AnyKey, Plaintext, Signature};
use oauth1_signer::{Consumer, Request, Signer, Stamp, Token};

const SECRETS: [&str; 2] = ["correct-horse", "battery-staple"];

#[track_caller]
fn check(shown: &impl Debug, expected: &str) {
    assert_eq!(format!("{shown:?}"), expected);
    for text in [format!("{shown:?}"), format!("{shown:#?}")] {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[test]
fn keys_show_no_secrets() {
    let [consumer, token] = SECRETS;
    check(
        &Plaintext::new(consumer, token),
        "Plaintext { secrets: [redacted], insecure_transport: false }",
    );
    check(
        &AnyKey::from_secrets("PLAINTEXT", consumer, token),
        "Ok(AnyKey(PLAINTEXT, [redacted]))",
    );
    check(
        &AnyKey::from_secrets("HMAC-SHA1", consumer, token),
        "Ok(AnyKey(HMAC-SHA1, [redacted]))",
    );
    check(
        &AnyKey::from_secrets("RSA-SHA1", consumer, token),
        "Err(PrivateKey { name: \"RSA-SHA1\" })",
    );
}

#[cfg(feature = "sha2")]
#[test]
fn keys_of_sha_2_show_no_secrets() {
    use oauth1_signer::signature_method::{HmacSha256, HmacSha512};

    let [consumer, token] = SECRETS;
    check(&HmacSha256::new(consumer, token), "HmacSha256([redacted])");
    check(&HmacSha512::new(consumer, token), "HmacSha512([redacted])");
}

#[test]
fn a_request_with_plaintext_shows_no_secrets() {
    let [consumer, token] = SECRETS;
    let signer = Signer::plaintext(&Consumer::new("key", consumer), &Token::new("token", token));
    check(
        &signer,
        "Signer { consumer_key: \"key\", token: Some(\"token\"), \
         signature_method: \"PLAINTEXT\", realm: None, .. }",
    );
    let request = Request::post("https://example.com/").unwrap();
    let signed = signer.try_sign(&request, Stamp::new("nonce", 1)).unwrap();
    // It is the secrets,
    assert_eq!(
        signed.signature().expose_secret(),
        "correct-horse&battery-staple"
    );
    // and does not show them.
    check(signed.signature(), "Signature([redacted])");
    let shown: [&dyn Debug; 7] = [
        &signed,
        &signed.protocol_parameters(),
        &signed.authorization_header(),
        &signed.query(),
        &signed.form_body(),
        &signed.base_string(),
        &signed.parameters(),
    ];
    for shown in shown {
        for secret in SECRETS {
            assert!(!format!("{shown:?}{shown:#?}").contains(secret));
        }
    }
    let http = Request::post("http://example.com/").unwrap();
    check(
        &signer.sign_without_stamp(&http).unwrap_err(),
        "InsecureTransport",
    );
}

#[test]
fn a_prepared_request_shows_names_only() {
    let signer = Signer::with_key_elsewhere("key", None, "RSA-SHA256").unwrap();
    let request = Request::get("https://example.com/?password=correct-horse").unwrap();
    let prepared = signer.prepare(&request, Stamp::new("nonce", 1));
    check(
        &prepared,
        "Prepared { request: Request { method: \"GET\", \
         target: Target(\"https://example.com/\"), parameters: 1, .. }, realm: None, \
         protocol: ProtocolParameters {\"oauth_consumer_key\", \"oauth_nonce\", \
         \"oauth_signature_method\", \"oauth_timestamp\", \"oauth_version\"} }",
    );
    let signed = prepared.with_signature(Signature::from_text("battery-staple"));
    for secret in SECRETS {
        assert!(!format!("{signed:?}{signed:#?}").contains(secret));
    }
}

#[cfg(feature = "rsa")]
#[test]
fn private_keys_show_their_size_only() {
    use oauth1_signer::signature_method::{PrivateKeyError, RsaSha1, RsaSha256, RsaSha512};

    let der = include_bytes!("../keys/rsa-1024.pkcs1.der");
    check(
        &RsaSha1::from_der(der),
        "Ok(RsaSha1(1024 bits, [redacted]))",
    );
    check(
        &RsaSha256::from_der(der),
        "Ok(RsaSha256(1024 bits, [redacted]))",
    );
    check(
        &RsaSha512::from_der(der),
        "Ok(RsaSha512(1024 bits, [redacted]))",
    );
    check(
        &AnyKey::from_private_key("RSA-SHA1", der),
        "Ok(AnyKey(RSA-SHA1, [redacted]))",
    );
    // An error tells nothing of a file that turns out to be something else.
    for file in [
        SECRETS[0].to_owned(),
        SECRETS.join("\n-----BEGIN PRIVATE KEY-----\n"),
    ] {
        let error = RsaSha1::from_pem(&file).unwrap_err();
        assert!(matches!(
            error,
            PrivateKeyError::Malformed | PrivateKeyError::CutOff
        ));
        for secret in SECRETS {
            assert!(!format!("{error}{error:?}").contains(secret));
        }
    }
}
