//! Requests that something changes between signing and sending.

use http::{
    HeaderValue, Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};
use oauth1_signer::{
    Consumer, Placement, Realm, Request, Signed, Signer, Stamp, Token,
    diagnosis::{Certainty, Diagnosis, Evidence, Message},
    http::BodyBytes,
    signature_method::SigningKey,
};
use proptest::{collection::vec, prelude::*};
use support::samples::stamp;

type Http = http::Request<Vec<u8>>;

#[test]
fn what_leaves_as_it_was_signed_has_no_findings() {
    let form = [("a b", "c+d%"), ("k", ""), ("k", "\u{e9}~*")];
    for url in [
        "https://api.example.com",
        "http://API.example.com:80/a%20b/../c;d//e~*'()?q=a%20b%2Bc&&flag&=&x=%FF&x=1&q[]=%252B",
        "https://[::1]:8443/?oauth=1&realm=x&a=%0A%20",
    ] {
        let get = Request::get(url).unwrap();
        let post = Request::post(url).unwrap().form(form).unwrap();
        for request in [get, post] {
            let realm = Realm::new("a \"realm\"").unwrap();
            unchanged(&signer().with_realm(realm), &request);
            if url.starts_with("https") {
                unchanged(&Signer::plaintext(&consumer(), &token()), &request);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_request_is_suspected_that_leaves_as_it_was_signed(
        secrets in any::<[String; 4]>(),
        query in vec(any::<(String, String)>(), 0..4),
        form in vec(any::<(String, String)>(), 0..4),
        nonce in any::<u32>(),
    ) {
        let [key, secret, token, token_secret] = secrets;
        let consumer = Consumer::new(key, secret);
        let signer = Signer::new(&consumer, &Token::new(token, token_secret));
        let request = Request::post("https://api.example.com/").unwrap();
        let request = request.query(&query).unwrap().form(&form).unwrap();
        let signed = signer.sign(&request, Stamp::new(nonce.to_string(), 1_316_657_628));
        for placement in PLACEMENTS {
            let diagnosis = signed.check_http(&leaving(&signed, placement));
            prop_assert_eq!(diagnosis.findings(), [], "{}", diagnosis);
        }
    }
}

fn unchanged<K: SigningKey>(signer: &Signer<K>, request: &Request<'_>) {
    let Ok(signed) = signer.try_sign(request, stamp()) else {
        panic!("the key failed");
    };
    for placement in PLACEMENTS {
        let sent = leaving(&signed, placement);
        let diagnosis = signed.check_http(&sent);
        assert_eq!(diagnosis.findings(), [], "{placement:?}: {diagnosis:#}");
    }
}

#[test]
fn a_query_may_be_written_in_another_way_but_not_changed() {
    for (from, to, codes) in [
        ("q=a%20b", "q=a+b", ""),
        ("q=a%20b%2Bc&k=%C3%A9~", "k=%c3%a9%7E&q=a%20b%2bc", ""),
        ("q=a%20b%2Bc", "q=a%20b+c", "sent-differs value-differs"),
        ("%C3%A9", "%E9", "sent-differs latin-1"),
        ("&k=%C3%A9~", "", "sent-differs parameter-added"),
        ("?", "?locale=en&", "sent-differs parameter-missing"),
    ] {
        expect(&get(), |sent| rewrite(sent, from, to), codes);
    }
}

#[test]
fn a_path_and_an_origin_are_compared_as_servers_see_them() {
    for (from, to, codes) in [
        ("com/", "com:443/", ""),
        ("api.example", "API.Example", ""),
        ("com/", "com:8443/", "sent-differs port"),
        ("https:", "http:", "sent-differs scheme"),
        ("api.", "eu.", "sent-differs host"),
        ("api.", "www.api.", "sent-differs host-www"),
        ("/a%20b?", "/a%20b/?", "sent-differs path-trailing-slash"),
        ("/a%20b", "/a%2520b", "sent-differs path-encoding-level"),
        ("/photos/", "/photos/./", "sent-differs path"),
        ("/photos/", "/v2/photos/", "sent-differs path"),
    ] {
        expect(&get(), |sent| rewrite(sent, from, to), codes);
    }
}

#[test]
fn a_host_header_counts_in_place_of_the_host_of_the_uri() {
    expect(&get(), |sent| host(sent, "API.example.com:443"), "");
    let other = "cache.example.com";
    expect(&get(), |sent| host(sent, other), "sent-differs host");
}

#[test]
fn a_relative_uri_is_completed_by_the_host_header_or_by_what_was_signed() {
    let (signer, request) = (signer(), get());
    let signed = signer.sign(&request, stamp());
    let mut sent = leaving(&signed, Placement::Header);
    let relative = sent.uri().path_and_query().unwrap().as_str().parse();
    *sent.uri_mut() = relative.unwrap();
    assert_eq!(codes(&signed.check_http(&sent)), "");
    // Without a host, there is nothing to compare.
    let by_itself = |sent: &Http| Evidence::new().signed(&signed).sent(sent).diagnose();
    assert_eq!(codes(&by_itself(&sent)), "");
    host(&mut sent, "api.example.com");
    assert_eq!(codes(&by_itself(&sent)), "");
    host(&mut sent, "eu.example.com");
    assert_eq!(codes(&signed.check_http(&sent)), "sent-differs host");
    assert_eq!(codes(&by_itself(&sent)), "sent-differs host");
}

#[test]
fn a_redirect_may_change_the_method() {
    let change = |sent: &mut Http| *sent.method_mut() = Method::HEAD;
    expect(&get(), change, "sent-differs method");
}

#[test]
fn a_form_may_be_written_in_another_way_but_not_changed() {
    for (from, to, codes) in [
        ("a%20b=c%2Bd", "a+b=c%2bd", ""),
        ("~=%C3%A9", "%7E=%C3%A9", ""),
        ("c%2Bd", "c+d", "sent-differs space-as-plus-literal"),
        ("~=%C3%A9", "~=%E9", "sent-differs latin-1"),
        ("k=1&k=2", "k=2", "sent-differs parameter-added"),
        ("k=1", "x=1&k=1", "sent-differs parameter-missing"),
    ] {
        let change = |sent: &mut Http| {
            let body = String::from_utf8(sent.body().clone()).unwrap();
            assert!(body.contains(from), "{body}");
            *sent.body_mut() = body.replace(from, to).into_bytes();
        };
        expect(&post(), change, codes);
    }
}

#[test]
fn a_form_counts_only_with_its_media_type() {
    let typed = |media_type: &'static str| {
        move |sent: &mut Http| {
            let value = HeaderValue::from_static(media_type);
            sent.headers_mut().insert(CONTENT_TYPE, value);
        }
    };
    let charset = "Application/x-www-form-urlencoded; charset=utf-8";
    expect(&post(), typed(charset), "");
    let (signer, request) = (signer(), post());
    let signed = signer.sign(&request, stamp());
    for (placement, expected) in [
        (Placement::Header, "sent-differs parameter-added"),
        (Placement::Query, "sent-differs parameter-added"),
        // With the form, the signature is gone.
        (
            Placement::Body,
            "sent-differs parameter-added signature-missing",
        ),
    ] {
        let mut sent = leaving(&signed, placement);
        typed("application/json")(&mut sent);
        assert_eq!(codes(&signed.check_http(&sent)), expected, "{placement:?}");
    }
}

#[test]
fn a_header_that_was_dropped_is_missed() {
    let (signer, request) = (signer(), get());
    let signed = signer.sign(&request, stamp());
    let mut sent = leaving(&signed, Placement::Header);
    let basic = HeaderValue::from_static("Basic a2V5OnNlY3JldA==");
    sent.headers_mut().append(AUTHORIZATION, basic.clone());
    assert_eq!(codes(&signed.check_http(&sent)), "");
    sent.headers_mut().insert(AUTHORIZATION, basic);
    assert_eq!(codes(&signed.check_http(&sent)), "signature-missing");
    sent.headers_mut().remove(AUTHORIZATION);
    assert_eq!(codes(&signed.check_http(&sent)), "signature-missing");
}

#[test]
fn a_signature_that_is_written_in_another_way_is_found() {
    for (from, to, expected) in [
        ("%2F", "/", "signature-not-encoded"),
        ("%3D", "=", "signature-not-encoded"),
        ("%3D", "%3d", ""),
        ("%", "%25", "signature-encoded-twice"),
        ("%3D", "", "signature-padding-lost"),
        ("%2B", "%20", "signature-plus-lost"),
        ("%3D", "%3D%0A", "signature-newline"),
        ("%3D", "%3D%22", "signature-quotes"),
    ] {
        for placement in [Placement::Header, Placement::Query] {
            let (signer, request) = (signer(), get());
            let signed = (0..).map(|nonce: u32| {
                let stamp = Stamp::new(nonce.to_string(), 1_316_657_628);
                signer.sign(&request, stamp)
            });
            let has_all = |signed: &Signed<'_>| {
                let signature = signed.signature().expose_secret();
                signature.contains('+') && signature.contains('/')
            };
            let signed = { signed }.find(has_all).unwrap();
            let mut sent = leaving(&signed, placement);
            let change = |text: &str| {
                let at = text.find("oauth_signature=").unwrap();
                let end = text[at..]
                    .find(['&', ','])
                    .map_or(text.len(), |end| at + end);
                text[..at].to_owned() + &text[at..end].replace(from, to) + &text[end..]
            };
            if placement == Placement::Query {
                *sent.uri_mut() = change(&sent.uri().to_string()).parse().unwrap();
            } else {
                let header = sent.headers_mut().get_mut(AUTHORIZATION).unwrap();
                *header = change(header.to_str().unwrap()).parse().unwrap();
            }
            let diagnosis = signed.check_http(&sent);
            assert_eq!(codes(&diagnosis), expected, "{from} {to} {placement:?}");
        }
    }
}

#[test]
fn a_body_is_that_of_its_hash() {
    let signer = signer();
    let hash = signer.body_hash("{}").unwrap();
    let request = Request::put("https://api.example.com/photos").unwrap();
    let request = request.body_hash(&hash).unwrap();
    let signed = signer.sign(&request, stamp());
    for (body, expected) in [("{}", ""), ("{}\n", "body-hash"), ("", "body-hash")] {
        let mut sent = leaving(&signed, Placement::Header);
        *sent.body_mut() = body.into();
        assert_eq!(codes(&signed.check_http(&sent)), expected, "{body:?}");
    }
}

#[test]
fn a_body_that_cannot_be_read_is_not_compared() {
    struct Stream;
    impl BodyBytes for Stream {
        fn body_bytes(&self) -> Option<&[u8]> {
            None
        }
    }
    let (signer, request) = (signer(), post());
    let signed = signer.sign(&request, stamp());
    for placement in PLACEMENTS {
        let sent = leaving(&signed, placement).map(|_| Stream);
        assert_eq!(codes(&signed.check_http(&sent)), "", "{placement:?}");
    }
}

/// Changes a request in each placement, and compares it with what was signed, and with how it was
/// before.
fn expect(request: &Request<'_>, change: impl Fn(&mut Http), expected: &str) {
    let signer = signer();
    let signed = signer.sign(request, stamp());
    for placement in PLACEMENTS {
        let mut sent = leaving(&signed, placement);
        let before = Message::from(&sent);
        change(&mut sent);
        let diagnosis = signed.check_http(&sent);
        assert_eq!(codes(&diagnosis), expected, "{placement:?}: {diagnosis}");
        let diagnosis = Evidence::new().request(before).sent(&sent).diagnose();
        assert_eq!(codes(&diagnosis), expected, "{placement:?}: {diagnosis}");
    }
}

/// The codes of what is proven or likely.
fn codes(diagnosis: &Diagnosis) -> String {
    let sure = diagnosis.findings().iter();
    let sure = sure.filter(|finding| finding.certainty() > Certainty::Possible);
    let mut codes: Vec<_> = sure.map(|finding| finding.cause().code()).collect();
    codes.dedup();
    codes.join(" ")
}

fn leaving(signed: &Signed<'_>, placement: Placement) -> Http {
    (&signed.call(placement)).try_into().unwrap()
}

fn rewrite(sent: &mut Http, from: &str, to: &str) {
    let uri = sent.uri().to_string();
    assert!(uri.contains(from), "{uri}");
    *sent.uri_mut() = uri.replacen(from, to, 1).parse().unwrap();
}

fn host(sent: &mut Http, host: &'static str) {
    sent.headers_mut()
        .insert(HOST, HeaderValue::from_static(host));
}

fn get() -> Request<'static> {
    Request::get("https://api.example.com/photos/a%20b?q=a%20b%2Bc&k=%C3%A9~").unwrap()
}

fn post() -> Request<'static> {
    let request = Request::post("https://api.example.com/photos").unwrap();
    let form = [("a b", "c+d"), ("k", "1"), ("k", "2"), ("~", "\u{e9}")];
    request.form(form).unwrap()
}

fn signer() -> Signer {
    Signer::new(&consumer(), &token())
}

fn consumer() -> Consumer {
    Consumer::new("key", "s+/=&%t")
}

fn token() -> Token {
    Token::new("to ken", "a&b")
}

const PLACEMENTS: [Placement; 3] = [Placement::Header, Placement::Query, Placement::Body];
