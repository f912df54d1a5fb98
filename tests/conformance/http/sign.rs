//! `sign_http` signs what the model says, and changes nothing if it fails.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use oauth1_signer::{
    Consumer, RequestError, Signer, Target, Token,
    http::{BodyBytes, HttpError, Origin, OriginError},
    signature_method::SigningError,
};
use proptest::prelude::*;
use support::{cases, reference, samples::stamp};

const FORM: &str = "application/x-www-form-urlencoded";

fn signer() -> Signer {
    Signer::new(
        &Consumer::new("key", "secret"),
        &Token::new("token", "hush"),
    )
}

/// The signature in the header, which is the only one and is sensitive.
fn signature<B>(request: &Request<B>) -> String {
    let mut headers = request.headers().get_all("authorization").iter();
    let header = headers.next().unwrap();
    assert!(headers.next().is_none());
    assert!(header.is_sensitive());
    let header = header.to_str().unwrap();
    let (_, signature) = header.split_once("oauth_signature=\"").unwrap();
    signature.split_once('"').unwrap().0.to_owned()
}

/// The signature of the model, encoded.
fn expected(method: &str, url: &str, form: &[u8]) -> String {
    let protocol = [
        ("oauth_consumer_key", "key"),
        ("oauth_nonce", "nonce"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "1316657628"),
        ("oauth_token", "token"),
        ("oauth_version", "1.0"),
    ];
    let protocol = protocol.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let base_string = reference::base_string(&reference::Input {
        method,
        url,
        form: &reference::decode_form(form),
        protocol: &protocol,
    });
    reference::encode(reference::hmac_sha1(&base_string, "secret", "hush").as_bytes())
}

fn post(content_types: &[&str], body: &'static str) -> Request<&'static str> {
    let mut request = Request::post("https://example.com/a?b=c")
        .body(body)
        .unwrap();
    for value in content_types {
        request
            .headers_mut()
            .append("content-type", value.parse().unwrap());
    }
    request
}

#[test]
fn a_form_is_one_by_its_media_type() {
    let body = "title=a+b&c=%26";
    let url = "https://example.com/a?b=c";
    for (content_type, is_form) in [
        (FORM, true),
        ("Application/X-WWW-Form-URLencoded", true),
        ("application/x-www-form-urlencoded; charset=UTF-8", true),
        (
            "application/x-www-form-urlencoded ;charset=iso-8859-1",
            true,
        ),
        ("application/x-www-form-urlencoded;", true),
        (" application/x-www-form-urlencoded\t", true),
        ("application/x-www-form-urlencoded, text/plain", false),
        ("application/x-www-form-urlencoded2", false),
        ("text/plain; a=application/x-www-form-urlencoded", false),
        ("multipart/form-data; boundary=a", false),
        ("application/json", false),
        ("", false),
    ] {
        let mut request = post(&[content_type], body);
        signer().sign_http(&mut request, stamp()).unwrap();
        let form = if is_form { body } else { "" };
        assert_eq!(
            signature(&request),
            expected("POST", url, form.as_bytes()),
            "{content_type}"
        );
    }
    let mut request = post(&[], body);
    signer().sign_http(&mut request, stamp()).unwrap();
    assert_eq!(signature(&request), expected("POST", url, b""));
}

#[test]
fn a_form_is_signed_with_any_method() {
    for method in ["GET", "PUT", "DELETE", "patch", "REPORT"] {
        let mut request = post(&[FORM], "a=b");
        *request.method_mut() = Method::from_bytes(method.as_bytes()).unwrap();
        signer().sign_http(&mut request, stamp()).unwrap();
        assert_eq!(
            signature(&request),
            expected(method, "https://example.com/a?b=c", b"a=b")
        );
    }
}

#[test]
fn other_bodies_are_not_read() {
    struct Stream;
    impl BodyBytes for Stream {
        fn body_bytes(&self) -> Option<&[u8]> {
            None
        }
    }
    let mut request = Request::post("https://example.com/").body(Stream).unwrap();
    signer().sign_http(&mut request, stamp()).unwrap();
    assert_eq!(
        signature(&request),
        expected("POST", "https://example.com/", b"")
    );

    let form = Request::post("https://example.com/").header("content-type", FORM);
    let mut request = form.body(Stream).unwrap();
    let error = signer().sign_http(&mut request, stamp()).unwrap_err();
    assert_eq!(error, HttpError::FormUnreadable);
    assert_eq!(request.headers().len(), 1);
}

#[test]
fn bodies_that_are_not_forms_are_hashed_if_that_is_chosen() {
    let signer = signer().with_http_body_hash().unwrap();
    for (content_type, body) in [
        (Some("application/json"), "{\"a\": \"b\"}"),
        (None, "a=b"),
        (None, ""),
        (Some(FORM), "a=b"),
    ] {
        let mut request = post(content_type.as_slice(), body);
        signer.sign_http(&mut request, stamp()).unwrap();
        let header = request.headers()["authorization"].to_str().unwrap();
        let hash =
            reference::encode(reference::body_hash::<sha1::Sha1>(body.as_bytes()).as_bytes());
        let expected = format!("OAuth oauth_body_hash=\"{hash}\", ");
        assert_eq!(
            header.starts_with(&expected),
            content_type != Some(FORM),
            "{header}"
        );
        assert_eq!(
            header.contains("oauth_body_hash"),
            content_type != Some(FORM)
        );
    }
}

#[test]
fn text_bytes_and_nothing_can_be_read() {
    fn read(body: impl BodyBytes) -> Vec<u8> {
        body.body_bytes().unwrap().to_vec()
    }
    let (text, bytes) = ("a=b".to_owned(), b"a=b".to_vec());
    for body in [
        read("a=b"),
        read(text.clone()),
        read(&text),
        read(std::borrow::Cow::from("a=b")),
        read(b"a=b"),
        read(*b"a=b"),
        read(&bytes[..]),
        read(bytes.clone()),
        read(std::borrow::Cow::from(&bytes)),
        read(Bytes::from(bytes.clone())),
        read(Box::<str>::from("a=b")),
        read(Arc::<[u8]>::from(bytes)),
        read(Some(text)),
    ] {
        assert_eq!(body, b"a=b");
    }
    assert_eq!(read(()), b"");
    assert_eq!(read(None::<Vec<u8>>), b"");
}

#[test]
fn a_request_that_cannot_be_signed_stays_as_it_is() {
    let with = |name: &'static str, value: &'static str| {
        let mut request = post(&[], "");
        request
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
        request
    };
    let at = |uri: &str| {
        let mut request = post(&[], "");
        *request.uri_mut() = uri.parse().unwrap();
        request
    };
    let requests = [
        with("authorization", "Basic dXNlcjp3b3Jk"),
        with("host", "example.org"),
        post(&[FORM, FORM], "a=b"),
        post(&[FORM, "text/plain"], "a=b"),
        post(&[FORM], "a=100%"),
        post(&[FORM], "{\"a\": 1}"),
        post(&[FORM], "oauth_token=token"),
        at("/photos"),
        at("ftp://example.com/"),
        at("https://example.com/?a=%"),
        at("https://example.com/?oauth_nonce=1"),
    ];
    for mut request in requests {
        let before = format!("{request:?}");
        signer().sign_http(&mut request, stamp()).unwrap_err();
        assert_eq!(format!("{request:?}"), before);
    }

    let plaintext = Signer::plaintext(&Consumer::new("key", "secret"), None);
    let mut request = Request::get("http://example.com/").body(()).unwrap();
    let error = plaintext.sign_http(&mut request, stamp()).unwrap_err();
    assert_eq!(error, HttpError::Key(SigningError::InsecureTransport));
    assert!(request.headers().is_empty());

    let mut request = Request::get("http://example.com/").body(()).unwrap();
    let names = (0..).map(|number| format!("x-{number}").parse::<HeaderName>().unwrap());
    let headers = request.headers_mut();
    let full = names
        .map(|name| headers.try_insert(name, HeaderValue::from_static("")))
        .take(1 << 16)
        .any(|added| added.is_err());
    assert!(full);
    let before = request.headers().len();
    let error = signer().sign_http(&mut request, stamp()).unwrap_err();
    assert_eq!(error, HttpError::TooManyHeaders);
    assert_eq!(request.headers().len(), before);
}

#[test]
fn a_host_header_names_the_host_of_the_uri() {
    let signs = |uri: &str, host: &'static [u8]| {
        let mut request = Request::get(uri).body(()).unwrap();
        let host = HeaderValue::from_bytes(host).unwrap();
        request.headers_mut().insert("host", host);
        match signer().sign_http(&mut request, stamp()) {
            Ok(()) => true,
            Err(error) => {
                assert_eq!(error, HttpError::Host);
                false
            }
        }
    };
    assert!(signs("https://example.com/a", b"example.com"));
    assert!(signs("https://example.com/a", b"EXAMPLE.com:443"));
    assert!(signs("https://example.com:8443/a", b"example.com:8443"));
    assert!(signs("http://[::1]:8080/a", b"[::1]:8080"));
    for other in [
        &b"example.org"[..],
        b"example.com:80",
        b"example.com:",
        b"example.com:a",
        b"example.com/",
        b"ex\xe4mple.com",
        b"",
    ] {
        let is_the_same = other == b"example.com:";
        assert_eq!(
            signs("https://example.com/a", other),
            is_the_same,
            "{other:?}"
        );
    }
    let mut twice = Request::get("https://example.com/").body(()).unwrap();
    for host in ["example.com", "example.org"] {
        twice
            .headers_mut()
            .append("host", HeaderValue::from_static(host));
    }
    let error = signer().sign_http(&mut twice, stamp()).unwrap_err();
    assert_eq!(error, HttpError::Host);
}

#[test]
fn a_request_is_signed_for_its_origin_only() {
    let origin = Origin::new("https://example.com:8443").unwrap();
    for uri in ["/a/../b?c=d", "https://EXAMPLE.com:8443/a/../b?c=d"] {
        let mut request = Request::get(uri).body("").unwrap();
        signer()
            .sign_http_at(&origin, &mut request, stamp())
            .unwrap();
        let url = "https://example.com:8443/a/../b?c=d";
        assert_eq!(signature(&request), expected("GET", url, b""));
        assert_eq!(request.uri(), uri);
    }
    let mut request = Request::get("https://example.com/a").body("").unwrap();
    let error = signer()
        .sign_http_at(&origin, &mut request, stamp())
        .unwrap_err();
    assert_eq!(error, HttpError::Origin(OriginError::Foreign));
    assert!(request.headers().is_empty());
}

#[test]
fn errors_of_requests_are_passed_on() {
    let mut request = post(&[FORM], "a=b c");
    let error = signer().sign_http(&mut request, stamp()).unwrap_err();
    assert_eq!(
        error,
        HttpError::Request(RequestError::NotFormUrlencoded { position: 3 })
    );
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_request_is_signed_as_the_model_says(
        path_and_query in "/[!$-;=@-_a-~]{0,20}(\\?[a-f0-9=&+/?;:@~-]{0,30})?",
        form in "[a-f0-9=&+/?;:@~'-]{0,30}",
        is_form: bool,
        method in "[A-Za-z]{1,10}",
    ) {
        let url = format!("https://example.com{path_and_query}");
        let mut request = Request::builder().method(method.as_str()).uri(&url);
        if is_form {
            request = request.header("content-type", FORM);
        }
        let mut request = request.body(form.clone()).unwrap();
        signer().sign_http(&mut request, stamp()).unwrap();
        let signed_form = if is_form { form.as_bytes() } else { b"" };
        prop_assert_eq!(signature(&request), expected(&method, &url, signed_form));
        prop_assert_eq!(request.body(), &form);

        // The building block gives the same.
        let mut headers = HeaderMap::new();
        if is_form {
            headers.insert("content-type", HeaderValue::from_static(FORM));
        }
        let target = Target::try_from(request.uri()).unwrap();
        let body = Some(form.as_bytes());
        let value = signer()
            .http_authorization(request.method(), target, &headers, body, stamp())
            .unwrap();
        prop_assert_eq!(&value, &request.headers()["authorization"]);
    }
}
