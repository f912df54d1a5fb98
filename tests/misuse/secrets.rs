//! Does anything that is formatted for a log give away what nobody should read there?

use std::{
    convert::Infallible,
    fmt::{Debug, Display},
};
use support::implements;

use oauth1_signer::signature_method::{HmacSha1, Signature, SigningKey};
use oauth1_signer::{
    BaseString, Callback, Consumer, Parameters, Place, Realm, Request, RequestError, Signed,
    Signer, Stamp, Target, Token, encode,
};

const CONSUMER_SECRET: &str = "kd94/hf93k423kf44";
const TOKEN_SECRET: &str = "pfkk+dhi9sl3r4s00";
const PASSWORD: &str = "url-hunter2";
const QUERY_VALUE: &str = "query-hunter2";
const FORM_VALUE: &str = "form-hunter2";
const ELSEWHERE_VALUE: &str = "elsewhere-hunter2";

const URL: &str = "https://user:url-hunter2@api.example.com/photos?pin=query-hunter2#top";

/// The key of HMAC, and the whole signature of PLAINTEXT.
fn key() -> String {
    format!("{}&{}", encode(CONSUMER_SECRET), encode(TOKEN_SECRET))
}

fn consumer() -> Consumer {
    Consumer::new("dpf43f3p2l4k3l03", CONSUMER_SECRET)
}

fn token() -> Token {
    Token::new("nnch734d00sl2jdk", TOKEN_SECRET)
}

fn signer() -> Signer {
    Signer::new(&consumer(), &token()).with_realm(Realm::new("Photos").unwrap())
}

fn request() -> Request<'static> {
    Request::post(URL)
        .unwrap()
        .form(&[("pin", FORM_VALUE)])
        .unwrap()
        .signed_elsewhere(&[("pin", ELSEWHERE_VALUE)])
        .unwrap()
        .callback(Callback::OutOfBand)
        .verification_code("473f82d3")
        .protocol_parameter("oauth_session_handle", "hash")
        .unwrap()
}

fn stamp() -> Stamp {
    Stamp::new("kllo9940pd9333jh", 1_191_242_096)
}

/// A method whose signature is the secrets (RFC 5849, section 3.4.4).
struct Plaintext;

impl SigningKey for Plaintext {
    type Error = Infallible;

    fn method(&self) -> &'static str {
        "PLAINTEXT"
    }

    fn sign(&self, _: &BaseString<'_>) -> Result<Signature, Infallible> {
        Ok(Signature::from_text(key()))
    }
}

/// What must not be shown, encoded not at all, once, and twice.
struct Hidden(Vec<String>);

impl Hidden {
    fn new(values: &[&str]) -> Self {
        let mut all = Vec::new();
        for value in values {
            let once = encode(value);
            let twice = encode(&once);
            all.extend([(*value).to_owned(), once, twice]);
        }
        Self(all)
    }

    /// What no part of the crate shows.
    fn secrets() -> Self {
        let signer = signer();
        let request = request();
        let signed = signer.sign(&request, stamp());
        let signature = signed.signature().expose_secret();
        Self::new(&[CONSUMER_SECRET, TOKEN_SECRET, &key(), signature, PASSWORD])
    }

    /// And what only a base string shows.
    fn all() -> Self {
        let Self(mut all) = Self::secrets();
        all.extend(Self::new(&[QUERY_VALUE, FORM_VALUE, ELSEWHERE_VALUE]).0);
        Self(all)
    }

    fn found_in(&self, text: &str) -> Option<&str> {
        let found = self.0.iter().find(|value| text.contains(*value));
        found.map(String::as_str)
    }

    #[track_caller]
    fn stay_out_of(&self, value: impl Debug) {
        for text in [format!("{value:?}"), format!("{value:#?}")] {
            assert_eq!(self.found_in(&text), None, "in {text}");
        }
    }
}

#[test]
fn credentials_and_keys() {
    let hidden = Hidden::all();
    hidden.stay_out_of(consumer());
    hidden.stay_out_of(token());
    hidden.stay_out_of(HmacSha1::new(CONSUMER_SECRET, TOKEN_SECRET));
    hidden.stay_out_of(Signature::from_text(key()));
    hidden.stay_out_of(signer());
    hidden.stay_out_of(Signer::with_key("key", Some("token"), Plaintext));
}

#[test]
fn requests() {
    let hidden = Hidden::all();
    hidden.stay_out_of(request());
    hidden.stay_out_of(request().form_body());
    hidden.stay_out_of(request().target());
    hidden.stay_out_of(Target::try_from(URL).unwrap());
    let body = format!("pin={FORM_VALUE}");
    let request = Request::post(URL).unwrap().form_bytes(&body).unwrap();
    hidden.stay_out_of(&request);
    hidden.stay_out_of(request.form_body());
    hidden.stay_out_of(Parameters::from_pairs(&[("pin", FORM_VALUE)]));
    hidden.stay_out_of(Parameters::from_form_urlencoded(body.as_bytes()).unwrap());
    hidden.stay_out_of(stamp());
    hidden.stay_out_of(Realm::new("Photos").unwrap());
    hidden.stay_out_of(Callback::Url("https://example.com/back"));
    hidden.stay_out_of(Place::Form);
}

#[test]
fn signed_requests() {
    let request = request();
    let hmac = signer();
    let plaintext = Signer::with_key("key", Some("token"), Plaintext);
    check(&hmac.sign(&request, stamp()));
    check(&plaintext.sign(&request, stamp()));
}

#[track_caller]
fn check(signed: &Signed) {
    let hidden = Hidden::all();
    hidden.stay_out_of(signed);
    hidden.stay_out_of(signed.signature());
    hidden.stay_out_of(signed.authorization_header());
    hidden.stay_out_of(signed.query());
    hidden.stay_out_of(signed.form_body());
    hidden.stay_out_of(signed.protocol_parameters());
    hidden.stay_out_of(signed.parameters());
    // It is there to be looked at, and has all parameters but the signature.
    Hidden::secrets().stay_out_of(signed.base_string());
    let text = signed.base_string().to_string();
    assert_eq!(Hidden::secrets().found_in(&text), None);
}

#[test]
fn errors() {
    let hidden = Hidden::all();
    let form = [("pin", FORM_VALUE), ("oauth_token", FORM_VALUE)];
    let pairs = [("pin", FORM_VALUE)];
    let signed_already = URL.replace('#', "&oauth_token=query-hunter2#");
    let errors: [RequestError; 8] = [
        Request::post("ftp://user:url-hunter2@example.com").unwrap_err(),
        Request::post("https://user:url-hunter2@example.com:99999").unwrap_err(),
        Request::post(&signed_already).unwrap_err(),
        Request::post("https://example.com/?pin=query-hunter2%").unwrap_err(),
        request().form(&pairs).unwrap_err(),
        request().signed_elsewhere(&form).unwrap_err(),
        request()
            .protocol_parameter("oauth_token", TOKEN_SECRET)
            .unwrap_err(),
        request()
            .protocol_parameter("oauth_session_handle", TOKEN_SECRET)
            .unwrap_err(),
    ];
    for error in errors {
        assert_eq!(hidden.found_in(&error.to_string()), None);
        hidden.stay_out_of(error);
    }
}

/// Whatever is looked for above can be found where it is meant to be.
#[test]
fn what_is_hidden_can_be_found() {
    let hidden = Hidden::all();
    let finds = |text: &str, value: &str| {
        assert!(text.contains(value), "{value} in {text}");
        assert!(hidden.found_in(text).is_some(), "{text}");
        assert!(hidden.0.iter().any(|hidden| hidden == value), "{value}");
    };
    finds(consumer().expose_secret(), CONSUMER_SECRET);
    finds(token().expose_secret(), TOKEN_SECRET);
    let request = request();
    let (hmac, plaintext) = (signer(), Signer::with_key("key", None, Plaintext));
    let by_plaintext = plaintext.sign(&request, stamp());
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
    finds(&signed.query().to_url(), PASSWORD);
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
