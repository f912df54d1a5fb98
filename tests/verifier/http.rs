//! Requests and answers of the crate `http`.

use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use oauth1_signer::{
    Consumer, Signer, Stamp, Token,
    signature_method::SharedSecrets,
    verifier::{Incoming, IncomingError, MemoryNonces, Refusal, Verifier},
};

use crate::wire::NOW;

fn signed(uri: &str, content_type: Option<&str>, body: &'static str) -> Request<&'static str> {
    let mut request = Request::post(uri);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    let mut request = request.body(body).unwrap();
    let signer = Signer::new(&Consumer::new("key", "secret"), &Token::new("token", "ts"));
    let signer = signer.with_http_body_hash().unwrap();
    signer
        .sign_http(&mut request, Stamp::new("nonce", NOW))
        .unwrap();
    request
}

fn verify(
    verifier: &Verifier,
    incoming: Result<Incoming<'_>, IncomingError>,
) -> Result<(), Refusal> {
    let incoming = incoming?;
    let genuine = verifier.verify(&incoming, [SharedSecrets::new("secret", "ts")], NOW)?;
    genuine.accept(&MemoryNonces::new())?;
    Ok(())
}

fn verify_request(request: Request<&str>) -> Result<(), Refusal> {
    let verifier = Verifier::new("https://api.example.com").unwrap();
    let (parts, body) = request.into_parts();
    verify(&verifier, verifier.read_http(&parts, body.as_bytes()))
}

#[test]
fn what_is_signed_for_http_is_verified() {
    let form = Some("Application/X-WWW-Form-Urlencoded;charset=utf-8");
    for (uri, content_type, body) in [
        ("https://api.example.com", None, ""),
        ("https://api.example.com?a=b", None, ""),
        (
            "https://api.example.com/a/../b?c='d'",
            form,
            "title=Z%C3%BCrich",
        ),
        (
            "https://api.example.com/posts",
            Some("application/json"),
            "{}",
        ),
    ] {
        let request = signed(uri, content_type, body);
        assert_eq!(verify_request(request), Ok(()), "{uri}");
        // HTTP/1.1 has no origin in the request line, and a proxy may have another one.
        for origin in ["", "http://10.0.0.7:8080"] {
            let mut request = signed(uri, content_type, body);
            let path = request
                .uri()
                .path_and_query()
                .map_or("/", |path| path.as_str());
            let slash = if path.starts_with('?') { "/" } else { "" };
            *request.uri_mut() = format!("{origin}{slash}{path}").parse().unwrap();
            assert_eq!(verify_request(request), Ok(()), "{origin} {uri}");
        }
    }
    let mut changed = signed("https://api.example.com/", Some("application/json"), "{}");
    *changed.body_mut() = "{ }";
    assert_eq!(verify_request(changed), Err(Refusal::BodyHash));
}

#[test]
fn a_router_can_hand_in_the_original_uri() {
    let request = signed("https://api.example.com/v1/photos", None, "");
    let (parts, _) = request.into_parts();
    let verifier = Verifier::new("https://api.example.com").unwrap();
    let original = Uri::from_static("/v1/photos");
    let read = verifier.read_http_at(&parts.method, &original, &parts.headers, b"");
    assert_eq!(verify(&verifier, read), Ok(()));
    let shortened = Uri::from_static("/photos");
    let read = verifier.read_http_at(&parts.method, &shortened, &parts.headers, b"");
    assert_eq!(verify(&verifier, read), Err(Refusal::Signature));
}

#[test]
fn headers_that_occur_twice_are_refused() {
    let refused = |name: &'static str| {
        let mut request = signed("https://api.example.com/", Some("text/plain"), "");
        request
            .headers_mut()
            .append(name, HeaderValue::from_static("x"));
        verify_request(request).unwrap_err().to_string()
    };
    assert_eq!(
        refused("authorization"),
        "there is more than one Authorization header"
    );
    assert_eq!(
        refused("content-type"),
        "there is more than one Content-Type header"
    );
    let mut headers = HeaderMap::new();
    let value = HeaderValue::from_bytes(b"OAuth a=\"\xFF\"").unwrap();
    headers.insert("authorization", value);
    let verifier = Verifier::new("https://api.example.com").unwrap();
    let uri = Uri::from_static("/");
    let error = verifier
        .read_http_at(&Method::GET, &uri, &headers, b"")
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "byte 9 of the Authorization header must be percent-encoded"
    );
    for uri in ["*", "example.com:443"] {
        let uri: Uri = uri.parse().unwrap();
        let headers = HeaderMap::new();
        let error = verifier.read_http_at(&Method::OPTIONS, &uri, &headers, b"");
        assert!(error.is_err(), "{uri}");
    }
}

#[test]
fn a_refusal_is_a_response() {
    let answer = Refusal::NonceUsed.http_response(None);
    assert_eq!(answer.status(), 401);
    assert_eq!(
        answer.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(
        answer.headers()["www-authenticate"],
        "OAuth oauth_problem=\"nonce_used\""
    );
    assert_eq!(answer.body(), "oauth_problem=nonce_used");
    let store = Refusal::Store {
        message: "redis://user:password@host".into(),
    };
    let answer = store.http_response(None);
    assert_eq!(answer.status(), 503);
    assert!(answer.body().is_empty() && !answer.headers().contains_key("www-authenticate"));
}
