//! The flow: what its calls are, and what it makes of answers and redirects.

use oauth1_signer::flow::{CallError, Endpoints, Flow, Redirect, VerificationCode};
use oauth1_signer::response::{Problem, Response, ResponseError, Retry};
use oauth1_signer::signature_method::{Signature, SignatureMethod, SigningError, SigningKey};
use oauth1_signer::{Call, Callback, Consumer, Placement, Signer, Stamp, Temporary, Token};
use proptest::prelude::*;

const URL: &str = "https://photos.example.net/oauth?service=photos";

fn flow() -> Flow {
    Flow::new(Consumer::new("key", "secret"), endpoints())
}

fn endpoints() -> Endpoints {
    Endpoints::new(URL, URL, URL).unwrap()
}

fn stamp() -> Stamp {
    Stamp::new("nonce", 1_316_657_628)
}

fn error(status: u16, body: &str) -> ResponseError {
    let flow = flow();
    let leg = flow.token_without_code(Temporary::new("t", "s"));
    leg.accept(Response::new(status, body)).unwrap_err()
}

#[test]
fn errors_of_answers_show_what_came() {
    for (status, body, text) in [
        (200, "", "the answer is not a form, but an empty body"),
        (
            200,
            "{\"oauth_token\":\"t\",\"oauth_token_secret\":\"hidden\"}",
            "the answer is not a form, but JSON: {\"oauth_token\":\"[...]\",\"oauth_token_secret\":\"[...]\"}",
        ),
        (
            200,
            "<!DOCTYPE html><html><body>Log <i>in</i></body>",
            "the answer is not a form, but HTML: Log in",
        ),
        (
            200,
            "<?xml version=\"1.0\"?><err>bad</err>",
            "the answer is not a form, but XML: bad",
        ),
        (
            200,
            "oauth_token=t",
            "the answer has no oauth_token_secret: text: oauth_token=[...]",
        ),
        (200, "hello", "the answer has no oauth_token: text: hello"),
        (
            200,
            "oauth_token=t&oauth_token=t&oauth_token_secret=s",
            "oauth_token occurs twice in the answer",
        ),
        (
            200,
            "oauth_token=%FF&oauth_token_secret=hidden",
            "the answer is a malformed form: text: oauth_token=[...]&oauth_token_secret=[...]",
        ),
        (
            200,
            "oauth_problem=token_rejected",
            "the server refused with status 200: token_rejected",
        ),
        (
            401,
            "oauth_problem=consumer_key_refused&oauth_problem_advice=Please%20wait",
            "the server refused with status 401: consumer_key_refused (Please wait)",
        ),
        (
            401,
            "Missing Required Consumer Key",
            "the server refused with status 401: consumer_key_unknown, with text: Missing Required Consumer Key",
        ),
        (
            500,
            " ",
            "the server answered with status 500 and an empty body",
        ),
        (
            302,
            "<html><a href=\"x\">Moved</a></html>",
            "the server answered with status 302 and HTML: Moved",
        ),
        // A token is no token if the status says it is not.
        (
            404,
            "oauth_token=t&oauth_token_secret=hidden",
            "the server answered with status 404 and text: oauth_token=[...]&oauth_token_secret=[...]",
        ),
    ] {
        let error = error(status, body);
        assert_eq!(error.to_string(), text);
        let debug = format!("{error:?}{error:#?}");
        assert!(!debug.contains("hidden"), "{debug}");
    }
}

#[test]
fn errors_of_answers_can_be_looked_into() {
    let refused = error(401, "oauth_problem=timestamp_refused");
    assert_eq!(
        refused.report().unwrap().problem(),
        &Problem::TimestampRefused
    );
    assert_eq!(refused.retry(), Retry::WithCorrectedClock);
    let ResponseError::Status { status: 503, body } = error(503, "<html>Down") else {
        panic!()
    };
    assert_eq!(body, "HTML: Down");
    assert_eq!(error(503, "").retry(), Retry::Later);
    assert_eq!(error(200, "").retry(), Retry::Never);
    assert_eq!(error(200, "").report(), None);
}

#[test]
fn answers_are_read_whatever_surrounds_them() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    for body in [
        "oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true",
        "\r\n oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true\n\n",
        "&oauth_callback_confirmed=true&&oauth_token_secret=s&oauth_token=t&",
    ] {
        for status in [200, 201] {
            let temporary = leg.accept(Response::new(status, body)).unwrap();
            assert_eq!((temporary.token(), temporary.expose_secret()), ("t", "s"));
            assert!(temporary.fields().is_empty());
        }
    }
}

#[test]
fn the_callback_is_confirmed_by_true_in_any_case() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    for confirmed in ["true", "True", "TRUE", "tru%65"] {
        let body =
            format!("oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed={confirmed}");
        assert!(leg.accept(Response::new(200, &body)).is_ok(), "{confirmed}");
    }
    for confirmed in [
        "",
        "&oauth_callback_confirmed=false",
        "&oauth_callback_confirmed=1",
        "&oauth_callback_confirmed=+true",
        "&oauth_callback_confirmed=",
        "&Oauth_callback_confirmed=true",
    ] {
        let body = format!("oauth_token=t&oauth_token_secret=s{confirmed}");
        let error = leg.accept(Response::new(200, &body)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the server did not confirm the callback: oauth_callback_confirmed is not true"
        );
    }
}

#[test]
fn a_problem_in_the_header_is_read() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    let answer = Response::new(401, "<html>Unauthorized</html>").www_authenticate(Some(
        "OAuth realm=\"x\", oauth_problem=\"signature_invalid\"",
    ));
    assert_eq!(
        leg.accept(answer).unwrap_err().to_string(),
        "the server refused with status 401: signature_invalid, with HTML: Unauthorized"
    );
}

#[test]
fn a_refused_signature_leaves_something_to_look_at() {
    const BASE_STRING: &str = "GET&https%3A%2F%2Fe.com%2F&a%3Db%26x_auth_password%3Dhidden";
    let body = format!("Invalid signature. Expected signature base string: {BASE_STRING}");
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    let header = "OAuth oauth_problem=\"signature_invalid\"";
    for header in [None, Some(header)] {
        let answer = Response::new(401, &body).www_authenticate(header);
        let error = leg.accept(answer).unwrap_err();
        assert_eq!(error.report().unwrap().base_string(), Some(BASE_STRING));
        assert_eq!(
            error.to_string(),
            concat!(
                "the server refused with status 401: signature_invalid, with text: Invalid signature. ",
                "Expected signature base string: GET&https%3A%2F%2Fe.com%2F&a%3Db%26x_auth_password%3D[...]",
            )
        );
        assert!(!format!("{error:?}").contains("hidden"));
        let ResponseError::Refused {
            body: Some(body), ..
        } = error
        else {
            panic!()
        };
        assert!(body.starts_with("text: "));
    }
    for body in ["", "oauth_problem=signature_invalid"] {
        let answer = Response::new(401, body).www_authenticate(Some(header));
        let error = leg.accept(answer).unwrap_err();
        assert!(matches!(error, ResponseError::Refused { body: None, .. }));
    }
}

#[test]
fn only_the_secret_may_be_empty() {
    let flow = flow();
    let leg = flow.temporary_without_callback();
    for body in [
        "oauth_token=&oauth_token_secret=",
        "oauth_token&oauth_token_secret=",
    ] {
        let error = leg.accept(Response::new(200, body)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the answer has no oauth_token: text: {body}")
        );
    }
    let error = leg.accept(Response::new(
        200,
        "oauth_token=&oauth_token=t&oauth_token_secret=s",
    ));
    assert!(matches!(error, Err(ResponseError::DuplicateField { .. })));
    assert!(
        leg.accept(Response::new(200, "oauth_token=t&oauth_token_secret="))
            .is_ok()
    );
}

#[test]
fn calls_travel_where_they_should() {
    let flow = flow();
    let leg = flow.temporary(Callback::OutOfBand);
    let call = leg.call(stamp()).unwrap();
    assert_eq!(call.url(), URL);
    assert_eq!(call.body(), "");
    assert_eq!(call.headers().count(), 1);

    let leg = leg.placement(Placement::Query).form_parameter("a b", "1&2");
    let call = leg.call(stamp()).unwrap();
    assert!(call.url().starts_with(URL), "{}", call.url());
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
    assert_eq!(call.url(), URL);
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
fn errors_of_calls() {
    let flow = flow();
    let leg = || flow.temporary(Callback::OutOfBand);
    for (leg, text) in [
        (
            leg().method("GET").placement(Placement::Body),
            "a GET request has no form body",
        ),
        (
            leg().method("get").form_parameter("a", "b"),
            "a GET request has no form body",
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
            "\"oauth_verifier\" cannot be an extra protocol parameter",
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
        fn sign(&self, _: &oauth1_signer::BaseString<'_>) -> Result<Signature, Self::Error> {
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
    use oauth1_signer::{Request, signature_method::RsaSha1};

    let key = RsaSha1::from_pem(include_bytes!("../vectors/keys/rsa-2048.pkcs8.pem")).unwrap();
    let (token, [first, last]) = three_legs(SignatureMethod::with_key(key.clone()));
    assert_eq!(token.expose_secret(), "access");

    let by_hand = |token: Option<&Token>, request: Request<'_>| {
        let signer = Signer::with_key("key", token.map(Token::token), key.clone());
        let signed = signer.try_sign(&request, stamp()).unwrap();
        signed.authorization_header().to_value()
    };
    let request = Request::post(URL).unwrap().callback(Callback::OutOfBand);
    assert_eq!(first, by_hand(None, request));
    assert!(first.contains("oauth_signature_method=\"RSA-SHA1\""));
    let request = Request::post(URL).unwrap().verification_code("c");
    assert_eq!(last, by_hand(Some(&Token::new("t", "another")), request));
}

proptest! {
    #[test]
    fn reading_never_panics(status: u16, body: Vec<u8>, header in "\\PC*") {
        let answer = Response::new(status, &body).www_authenticate(Some(&header));
        let flow = flow();
        let _ = flow.temporary(Callback::OutOfBand).accept(answer);
        if let Err(error) = flow.token_without_code(Temporary::new("", "")).accept(answer) {
            let _ = (error.to_string(), format!("{error:?}"), error.retry());
        }
    }

    #[test]
    fn what_was_written_is_read(token in "\\PC+", secret in "\\PC*", name in "[a-z]{1,8}", value in "\\PC*") {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("oauth_token", &token).append_pair(&name, &value);
        body.append_pair("oauth_token_secret", &secret);
        let flow = flow();
        let leg = flow.token_without_code(Temporary::new("", ""));
        let read = leg.accept(Response::new(200, &body.finish())).unwrap();
        prop_assert_eq!(read.token(), token);
        prop_assert_eq!(read.expose_secret(), secret);
        prop_assert_eq!(read.fields().get(&name), Some(&*value));
    }

    #[test]
    fn excerpts_have_no_secret(secret in "[a-zA-Z0-9+/_.~-]{8,40}", form in 0..6usize) {
        let body = match form {
            0 => format!("oauth_token_secret={secret}"),
            1 => format!("{{\"a\": {{\"oauth_token_secret\" : \"{secret}\"}}}}"),
            2 => format!("<r><oauth_token_secret>{secret}</oauth_token_secret></r>"),
            3 => format!("<html><input name='oauth_token_secret' value='{secret}'></html>"),
            4 => format!("token secret: {secret}"),
            _ => format!("[\"oauth_token_secret={secret}\"]"),
        };
        let error = error(500, &body);
        let text = format!("{error} {error:?}");
        prop_assert!(!text.contains(&secret), "{}", text);
    }
}
