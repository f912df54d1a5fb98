//! An owned message says what the renderers of the same signed request write.

use oauth1_signer::{Call, FormBody, Placement};
use proptest::prelude::*;
use support::cases;

use crate::model;

/// The text that is sent for a URL: neither a fragment nor user information is.
fn sent(url: &str) -> String {
    let mut url = url::Url::parse(url).unwrap();
    url.set_fragment(None);
    url.set_username("").unwrap();
    url.set_password(None).unwrap();
    url.into()
}

fn headers(call: &Call) -> Vec<(&str, &str)> {
    call.headers().collect()
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_call_is_what_the_renderers_write(case in model::case()) {
        let (signer, request) = (case.signer(), case.request(None));
        let signed = signer.sign(&request, case.stamp());
        let target = request.target().as_str();
        let form = request.form_body().to_string();
        let header = signed.authorization_header().to_value();
        for placement in [Placement::Body, Placement::Header, Placement::Query] {
            let call = signed.call(placement);
            prop_assert_eq!(call.method(), &case.method);
            prop_assert_eq!(call.base_string(), signed.base_string().to_string());
            let in_query = signed.query().to_url();
            let url = if placement == Placement::Query { &in_query } else { target };
            prop_assert_eq!(call.url(), sent(url));
            let body = match placement {
                Placement::Body => signed.form_body().to_string(),
                Placement::Header | Placement::Query => form.clone(),
            };
            prop_assert_eq!(call.body(), &body);
            let mut expected = Vec::new();
            if placement == Placement::Header {
                expected.push(("Authorization", header.as_str()));
            }
            if !body.is_empty() {
                expected.push(("Content-Type", FormBody::CONTENT_TYPE));
            }
            prop_assert_eq!(headers(&call), expected);
        }
    }
}

#[test]
fn the_url_of_a_call_has_neither_a_fragment_nor_user_information() {
    use oauth1_signer::{Consumer, Request, Signer, Stamp};

    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let request = Request::get("https://user:pass@e.com:8443/a?b=c#d").unwrap();
    for placement in [Placement::Body, Placement::Header, Placement::Query] {
        let call = signer
            .sign(&request, Stamp::new("nonce", 1))
            .call(placement);
        assert!(call.url().starts_with("https://e.com:8443/a?b=c"));
        assert!(!call.url().contains(['#', '@']), "{}", call.url());
    }
}

#[test]
fn a_call_needs_neither_the_signer_nor_the_request() {
    let call = {
        use oauth1_signer::{Consumer, Request, Signer, Stamp};

        let signer = Signer::new(&Consumer::new("key", "secret"), None);
        let form = [("title", String::from("a b"))];
        let request = Request::post("https://example.com/").unwrap();
        let request = request.form(&form).unwrap();
        signer
            .sign(&request, Stamp::new("nonce", 1))
            .call(Placement::Header)
    };
    let there = std::thread::spawn(move || (call.method().to_owned(), call.body().to_owned()));
    let (method, body) = there.join().unwrap();
    assert_eq!((method.as_str(), body.as_str()), ("POST", "title=a%20b"));
}
