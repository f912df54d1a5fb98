//! Every signature method against the slow model, and what holds for all of them.

use oauth1_signer::signature_method::{
    AnyKey, BodyHash, MethodError, Plaintext, Signature, SignatureMethod, SigningError, SigningKey,
};
use oauth1_signer::{
    BaseString, Consumer, KeyElsewhere, Prepared, Request, RequestError, Signed, Signer, Stamp,
    Token,
};
use proptest::prelude::*;
use support::reference::{self, Input};
use url::form_urlencoded;

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
            let any = AnyKey::from_secrets(method, &secret, token_secret).unwrap();
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
            let any = AnyKey::from_secrets(method, &secret, token_secret).unwrap();
            let signer = Signer::with_key(&key, token.as_ref().map(Token::token), any);
            let signed = signer.try_sign(&request, stamp()).unwrap();
            prop_assert_eq!(signed.authorization_header().to_value(), header);
        }
    }
}

#[cfg(feature = "rsa")]
proptest! {
    // The model takes its time.
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn rsa_signs_what_its_public_key_opens(text in "\\PC{0,200}", more in 0_usize..200) {
        // Also texts that fill blocks of the hash to the last octet.
        let text = text + &"a".repeat(more);
        let modulus = rsa::modulus();
        for (method, model) in rsa::MODELS {
            let key = AnyKey::from_private_key(method, rsa::KEY).unwrap();
            let signature = key.sign(&BaseString::from_text(&text)).unwrap();
            prop_assert_eq!(
                reference::opened(signature.expose_secret(), &modulus),
                model(&text)
            );
        }
    }
}

#[cfg(feature = "rsa")]
mod rsa {
    use support::reference::encoded_message;

    pub(super) const KEY: &[u8] = include_bytes!("../keys/rsa-1024.pkcs8.der");

    /// As `openssl rsa -modulus` prints it.
    const MODULUS: &str = concat!(
        "ED6506DCCB238D3E258E8F2733AC70F7F9AE44F5506965ADD6B82FA18D1F1396",
        "64CA7A8E7368ADA01A9584B41801DC2C6C672420DDAF6014E5A8438DDD5CE4EF",
        "95031853C4B5D205778E177B6971645CC2B7A838C87C1612E0E396147403D4B6",
        "3A14012AEA4B701026F2E2043B13745BB8C3C155A6378319A58A14121B643B5F",
    );

    pub(super) fn modulus() -> Vec<u8> {
        (0..MODULUS.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&MODULUS[at..at + 2], 16).unwrap())
            .collect()
    }

    type Model = fn(&str) -> Vec<u8>;

    pub(super) const MODELS: [(&str, Model); 3] = [
        ("RSA-SHA1", |text| {
            encoded_message::<sha1::Sha1>(text, SHA1, 128)
        }),
        ("RSA-SHA256", |text| {
            encoded_message::<sha2::Sha256>(text, SHA256, 128)
        }),
        ("RSA-SHA512", |text| {
            encoded_message::<sha2::Sha512>(text, SHA512, 128)
        }),
    ];

    /// RFC 8017, section 9.2, note 1.
    const SHA1: &[u8] = b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14";
    const SHA256: &[u8] =
        b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
    const SHA512: &[u8] =
        b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40";
}

fn header(signed: &Signed) -> String {
    signed.authorization_header().to_value()
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
fn plaintext_is_for_https_unless_allowed() {
    let consumer = Consumer::new("key", "secret");
    let signer = Signer::plaintext(&consumer, None);
    let secure = Request::get("https://example.com/").unwrap();
    let insecure = Request::get("http://example.com/").unwrap();
    assert!(signer.try_sign(&secure, stamp()).is_ok());
    assert!(signer.sign_without_stamp(&secure).is_ok());
    for refused in [
        signer.try_sign(&insecure, stamp()),
        signer.sign_without_stamp(&insecure),
    ] {
        let error = refused.unwrap_err();
        assert_eq!(error, SigningError::InsecureTransport);
        assert_eq!(
            error.to_string(),
            "PLAINTEXT would send the secrets unprotected over http"
        );
    }
    let key = Plaintext::new("secret", "").allow_insecure_transport();
    let signer = Signer::with_key("key", None, key);
    assert!(signer.try_sign(&insecure, stamp()).is_ok());
    assert!(signer.sign_without_stamp(&insecure).is_ok());
    // Whoever boxes the key does not get around it.
    let boxed: Box<dyn SigningKey<Error = SigningError>> = Box::new(Plaintext::new("secret", ""));
    let signer = Signer::with_key("key", None, boxed);
    assert!(signer.try_sign(&insecure, stamp()).is_err());
}

#[test]
fn plaintext_is_encoded_once_more_in_every_place() {
    let signer = Signer::plaintext(&Consumer::new("k", "a&b"), &Token::new("t", "c%"));
    let request = Request::post("https://example.com/").unwrap();
    let signed = signer.sign_without_stamp(&request).unwrap();
    assert_eq!(signed.signature().expose_secret(), "a%26b&c%25");
    let sent = "a%2526b%26c%2525";
    assert_eq!(
        signed.authorization_header().to_value(),
        format!(
            "OAuth oauth_consumer_key=\"k\", oauth_signature=\"{sent}\", \
             oauth_signature_method=\"PLAINTEXT\", oauth_token=\"t\", oauth_version=\"1.0\""
        )
    );
    let pairs = format!(
        "oauth_consumer_key=k&oauth_signature={sent}&oauth_signature_method=PLAINTEXT\
         &oauth_token=t&oauth_version=1.0"
    );
    assert_eq!(signed.query().to_string(), pairs);
    assert_eq!(signed.form_body().to_string(), pairs);
    let parameters = signed.parameters().to_string();
    assert!(!parameters.contains("oauth_signature="), "{parameters}");
    assert!(!parameters.contains("oauth_nonce"), "{parameters}");
    assert!(!parameters.contains("oauth_timestamp"), "{parameters}");
}

#[test]
fn a_form_has_no_body_hash() {
    const TEXT: &str = "a form cannot have a body hash: its parameters are signed already";
    let hash = BodyHash::sha1("body");
    let post = || Request::post("https://example.com/").unwrap();
    let form = [("a", "b")];
    for refused in [
        post().form(&form).unwrap().body_hash(&hash),
        post().form_bytes("").unwrap().body_hash(&hash),
        post().body_hash(&hash).unwrap().form(&form),
        post().body_hash(&hash).unwrap().form_bytes("a=b"),
        post()
            .form(&form)
            .unwrap()
            .protocol_parameter("oauth_body_hash", "computed elsewhere"),
    ] {
        let error = refused.unwrap_err();
        assert_eq!(error, RequestError::BodyHashOfForm);
        assert_eq!(error.to_string(), TEXT);
    }
    let twice = post().body_hash(&hash).unwrap().body_hash(&hash);
    assert_eq!(
        twice.unwrap_err().to_string(),
        "\"oauth_body_hash\" is given twice"
    );
    // What an upload has signed elsewhere is no form.
    let elsewhere = post().signed_elsewhere(&form).unwrap().body_hash(&hash);
    assert!(elsewhere.is_ok());
}

/// It would go past the check of the transport.
#[test]
fn plaintext_does_not_sign_in_two_steps() {
    assert_eq!(
        Signer::with_key_elsewhere("key", None, "PLAINTEXT").unwrap_err(),
        MethodError::Secrets {
            name: "PLAINTEXT".into()
        }
    );
}

/// Only PLAINTEXT may leave nonce and timestamp out, also where the method is chosen at run time.
#[test]
fn a_method_that_is_chosen_at_run_time_signs_without_a_stamp_only_with_plaintext() {
    let consumer = Consumer::new("key", "secret");
    let request = Request::get("https://api.example.com/").unwrap();
    let signer = Signer::with_method(&SignatureMethod::plaintext(), &consumer, None);
    let signed = signer.sign_without_stamp(&request).unwrap();
    assert_eq!(signed.protocol_parameters().get("oauth_timestamp"), None);
    let signer = Signer::with_method(&SignatureMethod::hmac_sha1(), &consumer, None);
    let error = signer.sign_without_stamp(&request).unwrap_err();
    assert_eq!(error, SigningError::StampNeeded);
    assert_eq!(
        error.to_string(),
        "only PLAINTEXT signs without nonce and timestamp"
    );

    let request = Request::get("http://api.example.com/").unwrap();
    let refused = Signer::with_method(&SignatureMethod::plaintext(), &consumer, None);
    let error = refused.sign_without_stamp(&request).unwrap_err();
    assert_eq!(error, SigningError::InsecureTransport);
    let allowed = SignatureMethod::plaintext_over_insecure_transport();
    let allowed = Signer::with_method(&allowed, &consumer, None);
    assert!(allowed.sign_without_stamp(&request).is_ok());
}

#[test]
fn the_body_hash_follows_the_method_or_is_refused() {
    let hash = |method| {
        Signer::with_key_elsewhere("key", None, method)
            .unwrap()
            .body_hash("")
    };
    for method in ["HMAC-SHA1", "RSA-SHA1"] {
        assert_eq!(hash(method), Ok(BodyHash::sha1("")));
    }
    let plaintext = Signer::plaintext(&Consumer::new("key", "secret"), None);
    assert_eq!(plaintext.body_hash(""), Ok(BodyHash::sha1("")));
    for method in ["", "HMAC-MD5", "hmac-sha1", "RSA-SHA384"] {
        let unknown = MethodError::Unknown {
            name: method.into(),
        };
        assert_eq!(hash(method), Err(unknown));
    }
    #[cfg(feature = "sha2")]
    for (method, expected) in [
        ("HMAC-SHA256", BodyHash::sha256("")),
        ("RSA-SHA256", BodyHash::sha256("")),
        ("HMAC-SHA512", BodyHash::sha512("")),
        ("RSA-SHA512", BodyHash::sha512("")),
    ] {
        assert_eq!(hash(method), Ok(expected));
    }
    #[cfg(not(feature = "sha2"))]
    assert_eq!(
        hash("RSA-SHA256").unwrap_err().to_string(),
        "RSA-SHA256 needs the feature sha2 of the crate oauth1-signer"
    );
}

#[test]
fn names_of_methods_are_case_sensitive() {
    for name in [
        "hmac-sha1",
        "HMAC_SHA1",
        "HMACSHA1",
        "plaintext",
        " PLAINTEXT",
        "",
    ] {
        let error = AnyKey::from_secrets(name, "secret", "").unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("unknown signature method {name:?} (case matters)")
        );
    }
    let error = AnyKey::from_secrets("RSA-SHA512", "secret", "").unwrap_err();
    assert_eq!(
        error.to_string(),
        "RSA-SHA512 signs with a private key, not with shared secrets"
    );
    #[cfg(not(feature = "sha2"))]
    assert_eq!(
        AnyKey::from_secrets("HMAC-SHA256", "secret", "").unwrap_err(),
        MethodError::Feature {
            name: "HMAC-SHA256".into(),
            feature: "sha2"
        }
    );
    for (name, _) in SHARED {
        assert_eq!(AnyKey::from_secrets(name, "", "").unwrap().method(), *name);
    }
}

/// A request may wait for its signature in any thread.
#[test]
fn what_travels_is_send_and_sync() {
    fn check<T: Send + Sync + 'static>() {}
    check::<AnyKey>();
    check::<BodyHash>();
    check::<MethodError>();
    check::<Plaintext>();
    check::<Prepared<'static>>();
    check::<Signer<AnyKey>>();
    check::<Signer<KeyElsewhere>>();
    check::<SigningError>();
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

fn stamp() -> Stamp {
    Stamp::new("nonce", 1_316_657_628)
}
