//! What exactly is shown in the place of a secret, and where secrets are to be found.

use std::fmt::{self, Debug, Display};

use oauth1_signer::signature_method::{HmacSha1, Plaintext, Signature, SignatureMethod};
use oauth1_signer::{Consumer, Realm, Request, Signer, Stamp, Token, encode};
use support::{implements, samples::stamp, secrets::Secrets, shown, shown::Shown};

use crate::public_types::secret::{
    CONSUMER_SECRET, ELSEWHERE_VALUE, FORM_VALUE, QUERY_VALUE, TOKEN_SECRET, all, consumer, key,
    plaintext, request, signer, token,
};

const SECRETS: [&str; 2] = ["correct-horse", "battery-staple"];

#[track_caller]
fn check(shown: Shown, expected: &str) {
    let debug = Secrets::new(&SECRETS).stay_out_of(shown);
    assert_eq!(debug, expected);
}

/// One that is seen only in one of the ways in which a value is formatted, or only encoded.
#[test]
fn a_secret_is_found_wherever_it_is_shown() {
    struct Written(&'static str);
    impl Debug for Written {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let is_hidden = f.alternate() != (self.0 == "pretty");
            f.write_str(if is_hidden { "[redacted]" } else { "a b" })
        }
    }
    #[derive(Debug)]
    struct Told;
    impl Display for Told {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("it was a%20b")
        }
    }
    let secrets = Secrets::new(&["a b"]);
    assert_eq!(secrets.shown_by(&shown!(Some("a b"))), Some("a b"));
    assert_eq!(secrets.shown_by(&shown!(Some("a%2520b"))), Some("a%2520b"));
    assert_eq!(secrets.shown_by(&shown!(Written("plain"))), Some("a b"));
    assert_eq!(secrets.shown_by(&shown!(Written("pretty"))), Some("a b"));
    assert_eq!(secrets.shown_by(&shown!(Told)), Some("a%20b"));
    assert_eq!(secrets.shown_by(&shown!(Told).without_display()), None);
    assert_eq!(secrets.shown_by(&shown!(Some("a_b"))), None);
    assert_eq!(shown!(&Told).type_name, "Told");
}

/// Whatever is looked for in the list of public types can be found where it is meant to be.
#[test]
fn what_is_hidden_can_be_found() {
    let hidden = all();
    let finds = |text: &str, value: &str| {
        assert!(text.contains(value), "{value} in {text}");
        assert!(hidden.found_in(text).is_some(), "{text}");
        assert!(hidden.contain(value), "{value}");
    };
    finds(consumer().expose_secret(), CONSUMER_SECRET);
    finds(token().expose_secret(), TOKEN_SECRET);
    let request = request();
    let (hmac, plaintext) = (signer(), plaintext());
    let by_plaintext = plaintext.try_sign(&request, stamp()).unwrap();
    finds(by_plaintext.signature().expose_secret(), &key());
    finds(
        &by_plaintext.authorization_header().to_value(),
        &encode(key()),
    );

    let signed = hmac.sign(&request, stamp());
    let signature = signed.signature().expose_secret();
    assert_ne!(signature, encode(signature));
    finds(signature, signature);
    finds(
        &signed.authorization_header().to_value(),
        &encode(signature),
    );
    finds(&signed.query().to_url(), &encode(signature));
    finds(&signed.query().to_string(), QUERY_VALUE);
    finds(&signed.form_body().to_string(), FORM_VALUE);
    finds(&signed.parameters().to_string(), ELSEWHERE_VALUE);
    finds(&signed.base_string().to_string(), ELSEWHERE_VALUE);
}

#[test]
fn debug_of_credentials_is_pinned() {
    assert_eq!(
        format!("{:?}", consumer()),
        r#"Consumer { key: "dpf43f3p2l4k3l03", secret: [redacted] }"#
    );
    assert_eq!(
        format!("{:#?}", consumer()),
        "Consumer {\n    key: \"dpf43f3p2l4k3l03\",\n    secret: [redacted],\n}"
    );
    assert_eq!(
        format!("{:?}", token()),
        r#"Token { token: "nnch734d00sl2jdk", secret: [redacted] }"#
    );
    assert_eq!(
        format!("{:#?}", token()),
        "Token {\n    token: \"nnch734d00sl2jdk\",\n    secret: [redacted],\n}"
    );
    assert_eq!(
        format!("{:?}", signer()),
        concat!(
            r#"Signer { consumer_key: "dpf43f3p2l4k3l03", token: Some("nnch734d00sl2jdk"), "#,
            r#"signature_method: "HMAC-SHA1", realm: Some(Realm("Photos")), .. }"#,
        )
    );
    assert_eq!(
        format!("{:?}", Signer::new(&consumer(), None)),
        concat!(
            r#"Signer { consumer_key: "dpf43f3p2l4k3l03", token: None, "#,
            r#"signature_method: "HMAC-SHA1", realm: None, .. }"#,
        )
    );
    let key = HmacSha1::new(CONSUMER_SECRET, TOKEN_SECRET);
    assert_eq!(format!("{key:?}"), "HmacSha1([redacted])");
    let signature = Signature::from_text(CONSUMER_SECRET);
    assert_eq!(format!("{signature:?}"), "Signature([redacted])");
}

/// Neither written by mistake nor compared in a time that tells where they differ.
#[test]
fn secrets_are_neither_displayed_nor_compared() {
    const {
        assert!(!implements!(Consumer: Display));
        assert!(!implements!(Consumer: PartialEq));
        assert!(!implements!(HmacSha1: Display));
        assert!(!implements!(HmacSha1: PartialEq));
        assert!(!implements!(Signature: Display));
        assert!(!implements!(Signature: PartialEq));
        assert!(!implements!(Signer: Display));
        assert!(!implements!(Signer: PartialEq));
        assert!(!implements!(Token: Display));
        assert!(!implements!(Token: PartialEq));

        // The question is asked in the right way.
        assert!(implements!(Consumer: Debug));
        assert!(implements!(Realm: Display));
        assert!(implements!(Realm: PartialEq));
        assert!(implements!(str: PartialEq<String>));
        assert!(!implements!(str: PartialEq<Token>));
    }
}

#[test]
fn keys_show_no_secrets() {
    let [consumer, token] = SECRETS;
    check(
        shown!(Plaintext::new(consumer, token)),
        "Plaintext { secrets: [redacted], insecure_transport: false }",
    );
    check(
        shown!(SignatureMethod::from_name("PLAINTEXT").map(|method| method.key(consumer, token))),
        "Ok(AnyKey(PLAINTEXT, [redacted]))",
    );
    check(
        shown!(SignatureMethod::from_name("HMAC-SHA1").map(|method| method.key(consumer, token))),
        "Ok(AnyKey(HMAC-SHA1, [redacted]))",
    );
    check(
        shown!(SignatureMethod::from_name("RSA-SHA1").map(|method| method.key(consumer, token))),
        "Err(PrivateKey { name: \"RSA-SHA1\" })",
    );
}

#[cfg(feature = "sha2")]
#[test]
fn keys_of_sha_2_show_no_secrets() {
    use oauth1_signer::signature_method::{HmacSha256, HmacSha512};

    let [consumer, token] = SECRETS;
    check(
        shown!(HmacSha256::new(consumer, token)),
        "HmacSha256([redacted])",
    );
    check(
        shown!(HmacSha512::new(consumer, token)),
        "HmacSha512([redacted])",
    );
}

#[test]
fn a_request_with_plaintext_shows_no_secrets() {
    let [consumer, token] = SECRETS;
    let signer = Signer::plaintext(&Consumer::new("key", consumer), &Token::new("token", token));
    check(
        shown!(signer),
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
    check(shown!(signed.signature()), "Signature([redacted])");
    let secrets = Secrets::new(&SECRETS);
    for shown in [
        shown!(signed),
        shown!(signed.protocol_parameters()),
        shown!(signed.base_string()),
    ] {
        secrets.stay_out_of(shown);
    }
    for shown in [
        shown!(signed.authorization_header()),
        shown!(signed.query()),
        shown!(signed.form_body()),
        shown!(signed.parameters()),
    ] {
        secrets.stay_out_of(shown.without_display());
    }
    let http = Request::post("http://example.com/").unwrap();
    check(
        shown!(signer.sign_without_stamp(&http).unwrap_err()),
        "InsecureTransport",
    );
}

#[test]
fn a_prepared_request_shows_names_only() {
    let signer = Signer::with_key_elsewhere("key", None, "RSA-SHA256").unwrap();
    let request = Request::get("https://example.com/?password=correct-horse").unwrap();
    let prepared = signer.prepare(&request, Stamp::new("nonce", 1));
    check(
        shown!(prepared),
        "Prepared { request: Request { method: \"GET\", \
         target: Target(\"https://example.com/\"), parameters: 1, .. }, realm: None, \
         protocol: ProtocolParameters {\"oauth_consumer_key\", \"oauth_nonce\", \
         \"oauth_signature_method\", \"oauth_timestamp\", \"oauth_version\"} }",
    );
    let signed = prepared.with_signature(Signature::from_text("battery-staple"));
    Secrets::new(&SECRETS).stay_out_of(shown!(signed));
}

#[cfg(feature = "rsa")]
#[test]
fn private_keys_show_their_size_only() {
    use oauth1_signer::signature_method::{PrivateKeyError, RsaSha1, RsaSha256, RsaSha512};

    let der = include_bytes!("../keys/rsa-1024.pkcs1.der");
    check(
        shown!(RsaSha1::from_der(der)),
        "Ok(RsaSha1(1024 bits, [redacted]))",
    );
    check(
        shown!(RsaSha256::from_der(der)),
        "Ok(RsaSha256(1024 bits, [redacted]))",
    );
    check(
        shown!(RsaSha512::from_der(der)),
        "Ok(RsaSha512(1024 bits, [redacted]))",
    );
    check(
        shown!(SignatureMethod::from_private_key("RSA-SHA1", der).map(|method| method.key("", ""))),
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
        Secrets::new(&SECRETS).stay_out_of(shown!(error));
    }
}
