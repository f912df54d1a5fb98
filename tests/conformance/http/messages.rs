//! A call becomes a request, and a response is read.

use oauth1_signer::{
    Call, Consumer, Placement, Request, Signer,
    response::{Problem, Response},
};
use proptest::prelude::*;
use support::{cases, samples::stamp};

use crate::model;

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_call_becomes_the_same_request(case in model::case()) {
        let (signer, request) = (case.signer(), case.request(None));
        let signed = signer.sign(&request, case.stamp());
        for placement in [Placement::Body, Placement::Header, Placement::Query] {
            let call = signed.call(placement);
            let Ok(request) = http::Request::<String>::try_from(call.clone()) else {
                // Not every URL is a URI, and old versions do not know every method.
                let is_uri = call.url().parse::<http::Uri>().is_ok();
                prop_assert!(!is_uri || call.method().parse::<http::Method>().is_err());
                continue;
            };
            prop_assert_eq!(request.method().as_str(), call.method());
            prop_assert_eq!(request.uri().to_string(), call.url());
            prop_assert_eq!(request.body(), call.body());
            let headers = request.headers().iter();
            let headers: Vec<_> = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
            let expected: Vec<_> = call.headers().map(|(name, value)| (name.to_lowercase(), value)).collect();
            prop_assert_eq!(headers.len(), expected.len());
            for (name, value) in &headers {
                prop_assert!(expected.contains(&((*name).to_owned(), value)));
                prop_assert_eq!(request.headers()[*name].is_sensitive(), *name == "authorization");
            }
        }
    }
}

fn call(url: &str) -> Call {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let request = Request::post(url).unwrap().form([("a", "b")]).unwrap();
    signer.sign(&request, stamp()).call(Placement::Header)
}

#[test]
fn the_body_is_of_any_type_that_a_text_becomes() {
    let call = call("https://example.com/");
    let text = http::Request::<String>::try_from(call.clone()).unwrap();
    let bytes = http::Request::<Vec<u8>>::try_from(call.clone()).unwrap();
    let shared = http::Request::<bytes::Bytes>::try_from(call).unwrap();
    assert_eq!(text.body(), "a=b");
    assert_eq!(bytes.body(), b"a=b");
    assert_eq!(shared.body(), "a=b");
}

#[test]
fn a_url_that_is_too_long_for_a_uri_is_an_error() {
    let url = format!("https://example.com/{}", "a".repeat(1 << 16));
    let error = http::Request::<String>::try_from(call(&url)).unwrap_err();
    assert_eq!(error.to_string(), "uri too long");
}

fn answer(headers: &[(&str, &[u8])]) -> http::Response<String> {
    let mut response = http::Response::builder().status(401);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body("a body".to_owned()).unwrap()
}

#[test]
fn the_challenge_of_oauth_is_picked() {
    let oauth = &b"OAuth realm=\"a\", oauth_problem=\"nonce_used\""[..];
    let small = &b"oauth oauth_problem=nonce_used"[..];
    let (basic, bad) = (&b"Basic realm=\"a\""[..], &b"OAuth realm=\"\xff\""[..]);
    let (www, other) = ("www-authenticate", "x-problem");
    for (headers, is_found) in [
        (&[(www, oauth)][..], true),
        (&[(www, small)], true),
        (&[(www, basic), (www, oauth)], true),
        (&[(www, oauth), (www, basic)], true),
        (&[(www, bad), (www, oauth)], true),
        (&[(www, basic)], false),
        (&[(www, bad)], false),
        (&[(other, oauth)], false),
        (&[], false),
    ] {
        let response = answer(headers);
        let response = Response::from(&response);
        let problem = response.report().map(|report| report.problem().clone());
        assert_eq!(
            problem,
            is_found.then_some(Problem::NonceUsed),
            "{headers:?}"
        );
        assert_eq!((response.status(), response.body()), (401, &b"a body"[..]));
    }
}

#[test]
fn the_date_is_read() {
    use oauth1_signer::response::Clock;

    let response = answer(&[("date", b"Sat, 11 Oct 2008 06:23:08 GMT")]);
    let mut clock = Clock::new();
    clock
        .learn_from_response_at(&Response::from(&response), 1_223_696_646)
        .unwrap();
    assert_eq!(clock.offset(), 9542);
}
