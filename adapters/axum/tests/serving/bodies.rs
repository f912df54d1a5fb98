//! Forms, JSON and other bodies.

use axum::{
    Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    http::{HeaderValue, Request},
    routing::post,
};
use oauth1_signer::{
    Stamp,
    verifier::{MemoryNonces, Policy},
};
use oauth1_signer_axum::{Gate, OAuth1};

use crate::{FORM, JSON, app, signed, signer, unsigned, wire::send};

fn json_with_hash(body: &[u8]) -> Request<Vec<u8>> {
    let mut request = unsigned("PUT", "/json", JSON, body);
    let signer = signer().with_http_body_hash().unwrap();
    signer.sign_http(&mut request, Stamp::now()).unwrap();
    request
}

#[tokio::test]
async fn json_is_verified_if_it_has_a_hash() {
    let app = app::start().await;
    let body = br#"{"title": "x"}"#;
    let signs = (200, "consumer for alice signs x");
    let answer = send(app, &json_with_hash(body)).await;
    assert_eq!(answer.parts(), signs);
    let mut changed = json_with_hash(body);
    *changed.body_mut() = br#"{"title": "y"}"#.to_vec();
    let answer = send(app, &changed).await;
    assert_eq!(answer.parts(), (401, "oauth_problem=body_hash_invalid"));

    let without = signed("PUT", "/json", JSON, body);
    let puts = (200, "consumer for alice puts x");
    assert_eq!(send(app, &without).await.parts(), puts);
    let app = app::start_with_policy(Policy::new().require_body_hash()).await;
    let answer = send(app, &without).await;
    let absent = "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_body_hash";
    assert_eq!(answer.parts(), (400, absent));
    assert_eq!(send(app, &json_with_hash(body)).await.parts(), signs);
    // There is nothing to hash in requests without a body, and forms are signed.
    assert_eq!(send(app, &crate::get("/hello")).await.status, 200);
    let form = signed("POST", "/posts", FORM, b"title=x");
    assert_eq!(send(app, &form).await.status, 200);
}

#[tokio::test]
async fn the_inner_extractor_rejects_in_its_own_way() {
    let app = app::start().await;
    let answer = send(app, &signed("POST", "/posts", FORM, b"other=x")).await;
    assert_eq!(answer.status, 422);
    let answer = send(app, &signed("POST", "/posts", JSON, b"{}")).await;
    assert_eq!(answer.status, 415);
    let answer = send(app, &signed("PUT", "/json", JSON, b"{")).await;
    assert_eq!(answer.status, 400);

    // A handler can tell them apart.
    let path = "/posts/careful";
    let answer = send(app, &signed("POST", path, FORM, b"other=x")).await;
    assert_eq!(answer.body, "inner: 422 Unprocessable Entity");
    let mut request = signed("POST", path, FORM, b"title=x");
    *request.body_mut() = b"other=x".to_vec();
    let answer = send(app, &request).await;
    let refused = "refused: the signature is not valid, or the consumer or the token is unknown";
    assert_eq!(answer.body, refused);
    let answer = send(app, &signed("POST", path, FORM, b"title=x")).await;
    assert_eq!(answer.body, "x");
}

/// `axum::Form` takes these types for forms, and a verifier does not. Whoever can change a request on its
/// way would get their fields past the signature.
#[tokio::test]
async fn a_type_that_begins_like_a_form_is_refused() {
    let app = app::start().await;
    for content_type in [
        "application/x-www-form-urlencodedx",
        "application/x-www-form-urlencoded, text/plain",
        "Application/X-WWW-Form-URLEncoded+json",
    ] {
        // Signed without a body.
        let mut request = signed("POST", "/posts", None, b"");
        *request.body_mut() = b"title=injected".to_vec();
        let content_type = HeaderValue::from_static(content_type);
        request.headers_mut().insert("content-type", content_type);
        assert_eq!(send(app, &request).await.parts(), (415, ""));
        *request.uri_mut() = "/posts/careful".parse().unwrap();
        let answer = send(app, &request).await;
        assert!(
            answer
                .body
                .starts_with("other: the Content-Type begins like")
        );
    }
    for content_type in [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "application/x-www-form-urlencoded;charset=utf-8",
    ] {
        let request = signed("POST", "/posts", Some(content_type), b"title=x");
        assert_eq!(send(app, &request).await.status, 200, "{content_type}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = app::start().await;
    let bytes = Some("application/octet-stream");
    let fits = signed("POST", "/bytes", bytes, &vec![b'x'; 2_000_000]);
    let answer = send(app, &fits).await;
    assert_eq!(
        answer.parts(),
        (200, "consumer for alice sends 2000000 bytes")
    );
    let too_large = signed("POST", "/bytes", bytes, &vec![b'x'; 2_200_000]);
    assert_eq!(send(app, &too_large).await.status, 413);

    // Forms have a limit of their own.
    let form = [b"title=".as_slice(), &vec![b'x'; 1_100_000]].concat();
    let answer = send(app, &signed("POST", "/posts", FORM, &form)).await;
    assert_eq!(answer.status, 400);
    let app = app::start_with_policy(Policy::new().form_bytes(2_000_000)).await;
    let answer = send(app, &signed("POST", "/posts", FORM, &form)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_limit_is_that_of_axum() {
    async fn bytes(OAuth1(_, bytes): OAuth1<Bytes>) -> String {
        bytes.len().to_string()
    }
    async fn ignored(_: OAuth1) {}
    let gate = Gate::new(app::verifier(), app::Accounts, MemoryNonces::new());
    let with = |limit| post(bytes).layer(limit);
    let router = Router::new()
        .route("/small", with(DefaultBodyLimit::max(1000)))
        .route("/large", with(DefaultBodyLimit::max(4_000_000)))
        .route("/ignored", post(ignored).layer(DefaultBodyLimit::max(1000)))
        .route("/any", with(DefaultBodyLimit::disable()))
        .with_state(gate);
    let app = app::serve(router).await;
    for (path, length, status) in [
        ("/small", 1000, 200),
        ("/small", 1001, 413),
        ("/ignored", 1000, 200),
        ("/ignored", 1001, 413),
        ("/large", 4_000_000, 200),
        ("/large", 4_000_001, 413),
        ("/any", 5_000_000, 200),
    ] {
        let request = signed("POST", path, None, &vec![b'x'; length]);
        assert_eq!(send(app, &request).await.status, status, "{path} {length}");
    }
}
