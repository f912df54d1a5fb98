//! What a request takes and what it sends: pairs of every kind, the query, the form and the URL.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use oauth1_signer::{Consumer, Placement, Request, RequestError, Signer, Stamp};

const URL: &str = "https://api.example.com/posts";

fn post() -> Request<'static> {
    Request::post(URL).unwrap()
}

fn base_string(request: &Request) -> String {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let signed = signer.sign(request, Stamp::new("nonce", 1));
    signed.base_string().to_string()
}

fn sent(request: Result<Request<'_>, RequestError>) -> String {
    request.unwrap().form_body().to_string()
}

#[test]
fn pairs_come_from_any_collection_of_any_text() {
    let (status, page) = (String::from("a b"), 7);
    let expected = "status=a%20b&page=7";
    let owned = vec![("status", status.clone()), ("page", page.to_string())];
    assert_eq!(
        sent(post().form([("status", &status), ("page", &page.to_string())])),
        expected
    );
    assert_eq!(
        sent(post().form([("status", status.as_str()), ("page", "7")])),
        expected
    );
    assert_eq!(
        sent(post().form(&[("status", status.as_str()), ("page", "7")])),
        expected
    );
    assert_eq!(sent(post().form(&owned)), expected);
    assert_eq!(sent(post().form(owned.as_slice())), expected);
    assert_eq!(sent(post().form(owned.iter())), expected);
    assert_eq!(sent(post().form(owned.clone())), expected);
    assert_eq!(
        sent(post().form(owned.iter().map(|(name, value)| (*name, value)))),
        expected
    );
    let bytes: [(&[u8], Vec<u8>); 2] = [(b"status", b"a b".to_vec()), (b"page", b"7".to_vec())];
    assert_eq!(sent(post().form(&bytes)), expected);
    assert_eq!(sent(post().form(bytes)), expected);
    let cows = [
        ("status", Cow::from(&status)),
        ("page", Cow::from(page.to_string())),
    ];
    assert_eq!(sent(post().form(cows)), expected);
    let cows = [
        ("status", Cow::from(&status)),
        ("page", Cow::from(page.to_string())),
    ];
    assert_eq!(sent(post().form(&cows)), expected);
    let (shared, boxed): (Arc<str>, Box<str>) = ("a b".into(), "7".into());
    let pointers = post().form([("status", &*shared), ("page", &*boxed)]);
    assert_eq!(sent(pointers), expected);
    assert_eq!(sent(post().form([("a", &shared)])), "a=a%20b");
    assert_eq!(sent(post().form([("a", boxed)])), "a=7");
    let mut list = owned;
    list.retain(|(name, _)| *name == "page");
    let page = [("page", "7")].into_iter().filter(|_| true);
    assert_eq!(sent(post().form(list)), sent(post().form(page)));
}

#[test]
fn pairs_come_from_maps_by_value_and_by_reference() {
    let map = BTreeMap::from([
        ("b", String::from("2")),
        ("a", String::from("1 ")),
        ("c", String::new()),
    ]);
    let expected = "a=1%20&b=2&c=";
    assert_eq!(sent(post().form(&map)), expected);
    assert_eq!(sent(post().form(map.iter())), expected);
    assert_eq!(sent(post().form(map.clone())), expected);
    let map: BTreeMap<String, String> = map.into_iter().map(|(n, v)| (n.into(), v)).collect();
    assert_eq!(sent(post().form(&map)), expected);
    let map = HashMap::from([(String::from("a"), "1")]);
    assert_eq!(sent(post().form(&map)), "a=1");
    assert_eq!(sent(post().form(map)), "a=1");
    assert_eq!(sent(post().form(HashMap::<String, String>::new())), "");
}

#[test]
fn pairs_may_live_shorter_than_the_url_and_longer_than_the_caller_thinks() {
    let url = String::from(URL);
    let request = {
        let status = String::from("moved");
        Request::post(&url)
            .unwrap()
            .form([("status", status)])
            .unwrap()
    };
    assert_eq!(request.form_body().to_string(), "status=moved");
}

#[test]
fn pairs_are_added_to_the_end_of_the_query() {
    let term = String::from("dark & stormy/ü");
    let encoded = "term=dark%20%26%20stormy%2F%C3%BC";
    for (url, expected) in [
        (
            "https://example.com",
            format!("https://example.com/?{encoded}"),
        ),
        (
            "https://example.com/?",
            format!("https://example.com/?{encoded}"),
        ),
        (
            "https://example.com/a?q=what?",
            format!("https://example.com/a?q=what?&{encoded}"),
        ),
        (
            "https://example.com/a??",
            format!("https://example.com/a??&{encoded}"),
        ),
        (
            "https://example.com/a?b",
            format!("https://example.com/a?b&{encoded}"),
        ),
        (
            "https://example.com/a?b+c=%2f&",
            format!("https://example.com/a?b+c=%2f&{encoded}"),
        ),
        (
            "https://example.com/a?b=c?",
            format!("https://example.com/a?b=c?&{encoded}"),
        ),
        (
            "https://example.com/a??",
            format!("https://example.com/a??&{encoded}"),
        ),
        (
            "https://u:p@example.com/a?b#c?d",
            format!("https://example.com/a?b&{encoded}"),
        ),
        (
            "https://example.com/a#c",
            format!("https://example.com/a?{encoded}"),
        ),
    ] {
        let request = Request::get(url).unwrap().query([("term", &term)]).unwrap();
        assert_eq!(request.url(), expected);
        // The text to send is what a parser would make of it.
        assert_eq!(Request::get(&expected).unwrap().url(), expected);
        let nothing = Request::get(url).unwrap().query([("", ""); 0]).unwrap();
        assert_eq!(nothing.url(), Request::get(url).unwrap().url());
    }
    let request = Request::get(URL).unwrap().query([("", "")]).unwrap();
    assert_eq!(request.url(), format!("{URL}?="));
    let owned = Request::get(String::from(URL))
        .unwrap()
        .query(HashMap::from([("a", 1.to_string())]));
    assert_eq!(owned.unwrap().url(), format!("{URL}?a=1"));
}

#[test]
fn pairs_of_the_query_are_signed_as_if_they_had_been_in_the_url() {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let sign = |request: &Request| {
        let signed = signer.sign(request, Stamp::new("nonce", 1));
        let call = signed.call(Placement::Query);
        assert_eq!(signed.query().to_url(), call.url());
        (signed.base_string().to_string(), call.url().to_owned())
    };
    let request = Request::get("https://example.com/?z=1&a=2").unwrap();
    let request = request.query([("a", "1"), ("z", "+")]).unwrap();
    let same = Request::get("https://example.com/?z=1&a=2&a=1&z=%2B").unwrap();
    assert_eq!(sign(&request), sign(&same));
    // In any order with a form.
    let first = Request::post(URL).unwrap().form([("f", "1")]).unwrap();
    let first = first.query([("q", "2")]).unwrap();
    let last = Request::post(URL).unwrap().query([("q", "2")]).unwrap();
    let last = last.form([("f", "1")]).unwrap();
    assert_eq!(sign(&first), sign(&last));
}

#[test]
fn fragment_and_user_information_are_not_sent() {
    for url in [
        "https://user:password@example.com/a?b=c#d",
        "https://user@example.com/a?b=c#d",
        "https://:password@example.com:443/a?b=c#",
        "https://example.com/a?b=c#d",
        "https://example.com/a?b=c",
    ] {
        let parsed = url::Url::parse(url).unwrap();
        for request in [
            Request::get(url).unwrap(),
            Request::get(String::from(url)).unwrap(),
            Request::get(&parsed).unwrap(),
            Request::get(parsed.clone()).unwrap(),
        ] {
            assert_eq!(request.url(), "https://example.com/a?b=c");
            assert_eq!(request.target().as_str(), request.url());
            assert_eq!(request.target().query(), Some("b=c"));
            assert!(!format!("{request:?}").contains("password"));
        }
    }
}

#[test]
fn every_method_has_its_constructor() {
    for (method, request) in [
        ("GET", Request::get(URL)),
        ("HEAD", Request::head(URL)),
        ("POST", Request::post(URL)),
        ("PUT", Request::put(URL)),
        ("PATCH", Request::patch(URL)),
        ("DELETE", Request::delete(URL)),
        ("OPTIONS", Request::new("OPTIONS", URL)),
    ] {
        let request = request.unwrap();
        assert_eq!(request.method(), method);
        let may_have_form = request.clone().form([("a", "b")]).is_ok();
        assert_eq!(may_have_form, !matches!(method, "GET" | "HEAD"), "{method}");
        assert_eq!(request.form_bytes("a=b").is_ok(), may_have_form);
        // Some services do want one.
        let request = Request::new(method, URL)
            .unwrap()
            .form([("a", "b")])
            .unwrap();
        assert!(request.has_form());
    }
}

#[test]
fn a_form_given_as_bytes_is_sent_as_it_is() {
    for body in [
        "",
        "&",
        "a",
        "a=b&&c=d&",
        "a+b=%2b%C3%bc&a=*-._~!'()",
        "a=[b];c,d/e?f:g@h$i\\j^k`l|m",
    ] {
        let request = post().form_bytes(body).unwrap();
        assert_eq!(request.form_body().to_string(), body);
        // Given away, beside other pairs that are.
        let owned = post().query([("q", 1.to_string())]).unwrap();
        let owned = owned.signed_elsewhere([("e", 2.to_string())]).unwrap();
        let owned = owned.form_bytes(body.to_owned()).unwrap();
        assert_eq!(owned.form_body().to_string(), body);
        let borrowed = Request::post(owned.url())
            .unwrap()
            .form_bytes(body)
            .unwrap();
        let borrowed = borrowed.signed_elsewhere([("e", "2")]).unwrap();
        assert_eq!(base_string(&owned), base_string(&borrowed));
        let signer = Signer::new(&Consumer::new("key", "secret"), None);
        let signed = signer.sign(&request, Stamp::new("nonce", 1));
        assert_eq!(signed.call(Placement::Header).body(), body);
        assert!(signed.call(Placement::Body).body().starts_with(body));
    }
}

/// The rule of the HTML Standard for the entries of a form.
#[test]
fn line_ends_of_a_form_for_browsers_are_cr_lf() {
    let text = "a\nb\rc\r\nd\n\re\r\r\n";
    let request = post()
        .browser_form([(text, text), ("plain", "a b")])
        .unwrap();
    let normalized = "a%0D%0Ab%0D%0Ac%0D%0Ad%0D%0A%0D%0Ae%0D%0A%0D%0A";
    assert_eq!(
        request.form_body().to_string(),
        format!("{normalized}={normalized}&plain=a%20b")
    );
    let again = post().browser_form([("x", "\r\n")]).unwrap();
    assert_eq!(again.form_body().to_string(), "x=%0D%0A");
}

#[cfg(feature = "rand")]
#[test]
fn authorization_is_a_header_with_a_fresh_stamp() {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let (method, url) = (String::from("GET"), format!("{URL}?a=b"));
    let [first, second] = [0; 2].map(|_| signer.authorization(&method, &url).unwrap());
    assert_ne!(first, second);
    let value = |name: &str| {
        let (_, rest) = first.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let stamp = Stamp::new(
        value("oauth_nonce"),
        value("oauth_timestamp").parse().unwrap(),
    );
    let request = Request::get(&url).unwrap();
    assert_eq!(
        signer
            .sign(&request, stamp)
            .authorization_header()
            .to_value(),
        first
    );
    assert_eq!(signer.authorization("G T", &url), Err(RequestError::Method));
}
