//! The calls of the legs: where their parameters travel, and with which key they are signed.

use oauth1_signer::flow::{CallError, Endpoints, Flow, Redirect, VerificationCode};
use oauth1_signer::response::Response;
use oauth1_signer::signature_method::{Signature, SignatureMethod, SigningError, SigningKey};
use oauth1_signer::{BaseString, Call, Callback, Consumer, Placement, Stamp, Temporary, Token};
use support::samples::{ENDPOINT, endpoints, flow, stamp};

#[test]
fn calls_travel_where_they_should() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    let call = leg.call(stamp()).unwrap();
    assert_eq!(call.url(), ENDPOINT);
    assert_eq!(call.body(), "");
    assert_eq!(call.headers().count(), 1);

    let leg = leg.placement(Placement::Query).form_parameter("a b", "1&2");
    let call = leg.call(stamp()).unwrap();
    assert!(call.url().starts_with(ENDPOINT), "{}", call.url());
    assert!(
        call.url()
            .contains("&oauth_callback=oob&oauth_consumer_key=key&")
    );
    assert_eq!(call.body(), "a%20b=1%262");
    let headers: Vec<_> = call.headers().collect();
    assert_eq!(
        headers,
        [("Content-Type", "application/x-www-form-urlencoded")]
    );

    let call = leg.placement(Placement::Body).call(stamp()).unwrap();
    assert_eq!(call.url(), ENDPOINT);
    assert!(call.body().starts_with("a%20b=1%262&oauth_callback=oob&"));
    assert!(call.body().contains("&oauth_signature="));
}

#[test]
fn a_leg_is_signed_anew_for_another_attempt() {
    let flow = flow();
    let leg = flow.token(Temporary::new("t", "s"), VerificationCode::new("code"));
    let first = leg.call(Stamp::new("one", 1)).unwrap();
    let second = leg.call(Stamp::new("two", 2)).unwrap();
    assert_ne!(first.base_string(), second.base_string());
    assert!(second.base_string().contains("oauth_verifier%3Dcode"));
    assert!(second.base_string().contains("oauth_token%3Dt"));
}

#[test]
fn a_call_that_cannot_be_signed_says_why() {
    let flow = flow();
    let leg = || flow.temporary(Callback::OutOfBand);
    for (leg, text) in [
        (
            leg().method("GET").placement(Placement::Body),
            "a GET or HEAD request has no form body: use another placement, or `query_parameter`",
        ),
        (
            leg().method("get").form_parameter("a", "b"),
            "a GET or HEAD request has no form body: use another placement, or `query_parameter`",
        ),
        (leg().method("G T"), "the method is not a valid HTTP method"),
        (
            leg().query_parameter("oauth_token", "x"),
            "oauth_token is already in the query: oauth_* parameters are added by the signer; is this signed already?",
        ),
        (
            leg().form_parameter("oauth_x", "x"),
            "oauth_x is already in the form: oauth_* parameters are added by the signer; is this signed already?",
        ),
        (
            leg().protocol_parameter("oauth_verifier", "x"),
            "\"oauth_verifier\" cannot be an extra protocol parameter: set it with `Request::verification_code`",
        ),
    ] {
        assert_eq!(leg.call(stamp()).unwrap_err().to_string(), text);
    }
    let leg = |url| {
        let endpoints = Endpoints::token_only(url).unwrap();
        let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
        flow.xauth("name", "password").call(stamp())
    };
    assert_eq!(
        leg("http://localhost.example.com/").unwrap_err(),
        CallError::Insecure
    );
    assert_eq!(
        leg("http://127.0.0.1.example.com/").unwrap_err(),
        CallError::Insecure
    );
    assert!(leg("http://127.0.0.1:8080/").is_ok());
    assert!(leg("http://[::1]/").is_ok());
}

#[test]
fn a_key_that_fails_is_an_error_of_the_call() {
    struct Broken;
    impl SigningKey for Broken {
        type Error = SigningError;
        fn method(&self) -> &'static str {
            "RSA-SHA1"
        }
        fn sign(&self, _: &BaseString<'_>) -> Result<Signature, Self::Error> {
            Err(SigningError::other("the module is locked"))
        }
    }
    let flow = flow().signature_method(SignatureMethod::with_key(Broken));
    let error = flow
        .temporary(Callback::OutOfBand)
        .call(stamp())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the signing key failed: the module is locked"
    );
}

/// The key of each leg is made of the secret that belongs to it.
#[test]
fn each_leg_has_its_key() {
    let flow = flow().signature_method(SignatureMethod::plaintext());
    let secrets = |call: Call| {
        let (_, header) = call.headers().next().unwrap();
        let (_, signature) = header.split_once("oauth_signature=\"").unwrap();
        signature.split('"').next().unwrap().to_owned()
    };
    let call = flow.temporary(Callback::OutOfBand).call(stamp()).unwrap();
    assert_eq!(secrets(call), "secret%26");
    let leg = flow.token(Temporary::new("t", "temporary"), VerificationCode::new("c"));
    assert_eq!(secrets(leg.call(stamp()).unwrap()), "secret%26temporary");
    let body = "oauth_token=a&oauth_token_secret=access&oauth_session_handle=h";
    let token = leg.accept(Response::new(200, body)).unwrap();
    let call = flow.renewal(&token).unwrap().call(stamp()).unwrap();
    assert!(call.base_string().contains("oauth_session_handle%3Dh"));
    assert_eq!(secrets(call), "secret%26access");
    assert!(flow.renewal(&Token::new("a", "b")).is_none());
    let call = flow.xauth("name", "password").call(stamp()).unwrap();
    assert_eq!(secrets(call), "secret%26");
}

/// All three legs, over https, and the values of the `Authorization` header of both calls.
fn three_legs(method: SignatureMethod) -> (Token, [String; 2]) {
    let header = |call: &Call| call.headers().next().unwrap().1.to_owned();
    let flow = Flow::new(Consumer::new("key", "c s"), endpoints()).signature_method(method);
    let leg = flow.temporary(Callback::OutOfBand);
    let first = header(&leg.call(stamp()).unwrap());
    let body = "oauth_token=t&oauth_token_secret=temp%26&oauth_callback_confirmed=true";
    let temporary = leg.accept(Response::new(200, body)).unwrap();
    assert!(
        flow.authorize_url(&temporary, &[])
            .ends_with("&oauth_token=t")
    );
    let redirect = Redirect::parse("/ready?oauth_token=t&oauth_verifier=c").unwrap();
    let leg = flow.token(temporary.clone(), redirect.code_for(&temporary).unwrap());
    let last = header(&leg.call(stamp()).unwrap());
    let body = "oauth_token=a&oauth_token_secret=access";
    (leg.accept(Response::new(200, body)).unwrap(), [first, last])
}

#[test]
fn three_legs_with_plaintext() {
    let (token, [first, last]) = three_legs(SignatureMethod::plaintext());
    assert_eq!(token.expose_secret(), "access");
    assert!(
        first.contains(r#", oauth_signature="c%2520s%26", "#),
        "{first}"
    );
    assert!(
        last.contains(r#", oauth_signature="c%2520s%26temp%2526", "#),
        "{last}"
    );

    let url = "http://photos.example.net/";
    let flow = Flow::new(
        Consumer::new("key", "c s"),
        Endpoints::new(url, url, url).unwrap(),
    )
    .signature_method(SignatureMethod::plaintext());
    let leg = flow.temporary(Callback::OutOfBand);
    let error = leg.call(stamp()).unwrap_err();
    assert_eq!(error, CallError::Key(SigningError::InsecureTransport));
}

/// The secrets of tokens play no part.
#[cfg(feature = "rsa")]
#[test]
fn three_legs_with_rsa_sha1() {
    use oauth1_signer::{Request, Signer, signature_method::RsaSha1};

    let key = RsaSha1::from_pem(include_bytes!("../vectors/keys/rsa-2048.pkcs8.pem")).unwrap();
    let (token, [first, last]) = three_legs(SignatureMethod::with_key(key.clone()));
    assert_eq!(token.expose_secret(), "access");

    let by_hand = |token: Option<&Token>, request: Request<'_>| {
        let signer = Signer::with_key("key", token.map(Token::token), key.clone());
        let signed = signer.try_sign(&request, stamp()).unwrap();
        signed.authorization_header().to_value()
    };
    let request = Request::post(ENDPOINT)
        .unwrap()
        .callback(Callback::OutOfBand);
    assert_eq!(first, by_hand(None, request));
    assert!(first.contains("oauth_signature_method=\"RSA-SHA1\""));
    let request = Request::post(ENDPOINT).unwrap().verification_code("c");
    assert_eq!(last, by_hand(Some(&Token::new("t", "another")), request));
}
