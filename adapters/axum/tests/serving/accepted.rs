//! Requests that reach their handlers, and what the handlers see.

use axum::http::Request;
use oauth1_signer::verifier::MemoryNonces;
use oauth1_signer::{Consumer, Placement, Signer, Stamp, signature_method::SharedSecrets};
use oauth1_signer_axum::Gate;

use crate::{app, form, get, signed, wire::send};

#[tokio::test]
async fn the_handler_sees_the_consumer_and_the_token() {
    let app = app::start().await;
    let answer = send(app, &get("/hello")).await;
    assert_eq!(answer.parts(), (200, "hello, consumer for alice"));

    let mut request = Request::get("https://api.example.com/hello")
        .body(vec![])
        .unwrap();
    let signer = Signer::new(&Consumer::new("consumer", "consumer secret"), None);
    signer.sign_http(&mut request, Stamp::now()).unwrap();
    let answer = send(app, &request).await;
    assert_eq!(answer.parts(), (200, "hello, consumer for nobody"));
}

#[tokio::test]
async fn the_signature_is_in_the_header_the_query_or_the_form() {
    let app = app::start().await;
    let fields = [("title", "Zürich & +1%"), ("empty", "")];
    for placement in [Placement::Header, Placement::Query, Placement::Body] {
        let answer = send(app, &form(placement, "/posts?draft=1", &fields)).await;
        let expected = (200, "consumer for alice posts Zürich & +1%");
        assert_eq!(answer.parts(), expected, "{placement:?}");
    }
}

#[tokio::test]
async fn the_whole_path_is_verified_in_a_nested_router() {
    let app = app::start().await;
    let answer = send(app, &get("/v1/api/hello")).await;
    assert_eq!(answer.parts(), (200, "hello, consumer for alice"));
    let request = form(Placement::Header, "/v1/api/posts", &[("title", "x")]);
    let answer = send(app, &request).await;
    assert_eq!(answer.parts(), (200, "consumer for alice posts x"));

    // Signed for the path that the inner router sees.
    let mut request = get("/hello");
    *request.uri_mut() = "/v1/api/hello".parse().unwrap();
    assert_eq!(send(app, &request).await.status, 401);
}

#[tokio::test]
async fn path_and_query_are_verified_as_they_were_written() {
    let app = app::start().await;
    for (path, answered) in [
        ("/files/a%2Fb%20c", "consumer for alice reads a/b c"),
        ("/files/a%2fb", "consumer for alice reads a/b"),
        ("/files/a+b", "consumer for alice reads a+b"),
        ("/search?title=a+b%20c", "consumer for alice seeks a b c"),
        ("/search?x&title=%C3%BC&x=", "consumer for alice seeks ü"),
    ] {
        let answer = send(app, &get(path)).await;
        assert_eq!(answer.parts(), (200, answered), "{path}");
    }
    let answer = send(app, &signed("DELETE", "/files/a", None, b"")).await;
    assert_eq!(answer.parts(), (200, "consumer for alice deletes a"));
    assert_eq!(
        send(app, &signed("HEAD", "/hello", None, b"")).await.status,
        200
    );
}

#[tokio::test]
async fn headers_do_not_change_the_origin() {
    let app = app::start().await;
    let mut request = get("/hello");
    for name in [
        "x-forwarded-proto",
        "x-forwarded-host",
        "x-forwarded-prefix",
    ] {
        request.headers_mut().insert(name, "evil".parse().unwrap());
    }
    assert_eq!(send(app, &request).await.status, 200);
}

#[tokio::test]
async fn a_function_finds_several_keys_while_secrets_are_rotated() {
    async fn find(_: String, token: Option<String>) -> Result<Vec<SharedSecrets>, String> {
        let token = token.map_or("", |_| "secret of alice");
        let secrets = |secret| SharedSecrets::new(secret, token);
        Ok(vec![secrets("newer secret"), secrets("consumer secret")])
    }
    let gate = Gate::new(app::verifier(), find, MemoryNonces::new());
    let app = app::start_with(gate).await;
    assert_eq!(send(app, &get("/hello")).await.status, 200);
}
