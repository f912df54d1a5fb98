//! The knobs that services turn, as `docs/services.md` shows them: what is sent in the end.

use oauth1_signer::signature_method::{BodyHash, Plaintext};
use oauth1_signer::{Callback, Consumer, Realm, Request, Signed, Signer, Token};
use support::samples::stamp;

#[track_caller]
fn check(signed: &Signed, sent: &[&str], not_sent: &[&str]) {
    let header = signed.authorization_header().to_value();
    let mut rest = header.as_str();
    for part in sent {
        let (_, behind) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part} is not, or not there, in {header}"));
        rest = behind;
    }
    for part in not_sent {
        assert!(!header.contains(part), "{part} is in {header}");
    }
}

fn consumer() -> Consumer {
    Consumer::new("ck", "cs")
}

fn token() -> Token {
    Token::new("tk", "ts")
}

#[test]
fn the_realm_is_first_and_not_signed() {
    let request = Request::get("https://example.com/").unwrap();
    let signer = Signer::new(&consumer(), &token());
    let without = signer.sign(&request, stamp());
    check(&without, &["OAuth oauth_consumer_key="], &["realm"]);
    for (realm, sent) in [
        ("", "OAuth realm=\"\", oauth_consumer_key="),
        ("123_SB1", "OAuth realm=\"123_SB1\", oauth_consumer_key="),
        (
            "Schoology API",
            "OAuth realm=\"Schoology API\", oauth_consumer_key=",
        ),
    ] {
        let signer = signer.clone().with_realm(Realm::new(realm).unwrap());
        let signed = signer.sign(&request, stamp());
        check(&signed, &[sent], &[]);
        assert_eq!(
            signed.signature().expose_secret(),
            without.signature().expose_secret()
        );
        assert!(!signed.query().to_string().contains("realm"));
    }
}

#[test]
fn version_and_empty_token_are_sent_or_not() {
    let request = Request::get("https://example.com/").unwrap();
    let signer = Signer::new(&consumer(), None);
    let signed = signer.sign(&request, stamp());
    check(&signed, &["oauth_version=\"1.0\""], &["oauth_token"]);
    let signer = signer.without_version();
    check(&signer.sign(&request, stamp()), &[], &["oauth_version"]);

    let signer = Signer::new(&consumer(), &Token::new("", ""));
    let signed = signer.sign(&request, stamp());
    check(&signed, &["oauth_token=\"\""], &[]);
    let text = signed.base_string().to_string();
    assert!(text.contains("%26oauth_token%3D%26"), "{text}");
}

#[test]
fn further_parameters_are_signed_and_in_order() {
    let request = Request::post("https://example.com/")
        .unwrap()
        .protocol_parameter("xoauth_requestor_id", "a@example.com")
        .unwrap()
        .protocol_parameter("oauth_session_handle", "h")
        .unwrap()
        .protocol_parameter("x_auth_mode", "client_auth")
        .unwrap()
        .callback(Callback::OutOfBand);
    let signer = Signer::new(&consumer(), &token());
    let signed = signer.sign(&request, stamp());
    let names = [
        "oauth_callback=\"oob\"",
        "oauth_consumer_key=",
        "oauth_nonce=",
        "oauth_session_handle=\"h\"",
        "oauth_signature=",
        "oauth_signature_method=",
        "oauth_timestamp=",
        "oauth_token=",
        "oauth_version=",
        "x_auth_mode=\"client_auth\"",
        "xoauth_requestor_id=\"a%40example.com\"",
    ];
    check(&signed, &names, &[]);
    let text = signed.base_string().to_string();
    for part in ["oauth_session_handle%3Dh", "x_auth_mode%3Dclient_auth"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn an_upload_signs_what_travels_elsewhere() {
    let fields = [("title", "A photo"), ("is_public", "0")];
    let request = Request::post("https://up.flickr.com/services/upload/")
        .unwrap()
        .signed_elsewhere(&fields)
        .unwrap();
    let signer = Signer::new(&consumer(), &token());
    let signed = signer.sign(&request, stamp());
    check(&signed, &[], &["title", "is_public"]);
    let parameters = signed.parameters().to_string();
    assert!(parameters.starts_with("is_public=0&oauth_"), "{parameters}");
    assert!(parameters.ends_with("&title=A%20photo"), "{parameters}");
    assert_eq!(request.form_body().to_string(), "");
}

#[test]
fn brackets_in_a_query_are_signed_encoded_however_they_stand() {
    let signer = Signer::new(&consumer(), None);
    let sign = |url: &str| {
        let request = Request::get(url).unwrap();
        let signed = signer.sign(&request, stamp());
        (signed.base_string().to_string(), signed.query().to_string())
    };
    let (bare, sent) = sign("http://example.com/wp-json/wc/v3/orders?status[0]=pending");
    let (encoded, _) = sign("http://example.com/wp-json/wc/v3/orders?status%5B0%5D=pending");
    assert_eq!(bare, encoded);
    assert!(bare.ends_with("%26status%255B0%255D%3Dpending"), "{bare}");
    assert!(sent.starts_with("status[0]=pending&oauth_"), "{sent}");
}

#[test]
fn a_body_hash_is_signed_also_of_no_body() {
    let signer = Signer::with_key_elsewhere("ck", None, "RSA-SHA1").unwrap();
    let hash = signer.body_hash("").unwrap();
    assert_eq!(hash, BodyHash::sha1(""));
    let request = Request::get("https://sandbox.api.mastercard.com/service?a=b")
        .unwrap()
        .body_hash(&hash)
        .unwrap();
    let prepared = signer.prepare(&request, stamp());
    let text = prepared.base_string().to_string();
    let signed = "a%3Db%26oauth_body_hash%3D2jmj7l5rSw0yVb%252FvlWAYkK%252FYBwk%253D%26oauth_";
    assert!(text.contains(signed), "{text}");
}

#[test]
fn a_consumer_without_a_secret_signs_with_plaintext() {
    let key = Plaintext::new("", "ts").allow_insecure_transport();
    let signer = Signer::with_key("ck", Some("tk"), key);
    let request = Request::get("http://maas.example.com:5240/MAAS/api/2.0/machines/").unwrap();
    let signed = signer.try_sign(&request, stamp()).unwrap();
    check(
        &signed,
        &[
            "oauth_nonce=",
            "oauth_signature=\"%26ts\"",
            "oauth_timestamp=",
        ],
        &[],
    );
    let signed = signer.sign_without_stamp(&request).unwrap();
    check(
        &signed,
        &["oauth_signature=\"%26ts\""],
        &["oauth_nonce", "oauth_timestamp"],
    );
}
