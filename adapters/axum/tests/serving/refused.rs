//! Requests that do not reach their handlers, and what is answered.

use std::{convert::Infallible, fmt};

use axum::http::{HeaderValue, Request};
use oauth1_signer::{
    Consumer, Placement, Signer, Stamp, Token,
    signature_method::SharedSecrets,
    verifier::{AsyncNonces, Insertion, MemoryNonces, NonceKey},
};
use oauth1_signer_axum::Gate;

use crate::{
    FORM, app, form, get, signed, signer, unsigned,
    wire::{Answer, send},
};

const INVALID: (u16, &str) = (401, "oauth_problem=signature_invalid");

#[tokio::test]
async fn a_request_that_is_not_signed_is_asked_to_be() {
    let app = app::start().await;
    let answer = send(app, &unsigned("GET", "/hello", None, b"")).await;
    assert_eq!(answer.status, 401);
    assert!(answer.body.starts_with("oauth_problem=parameter_absent"));
    let challenge = answer.header("www-authenticate");
    assert_eq!(challenge, Some(r#"OAuth realm="Photos""#));
    let form = "application/x-www-form-urlencoded";
    assert_eq!(answer.header("content-type"), Some(form));
}

#[tokio::test]
async fn a_replay_is_refused() {
    let app = app::start().await;
    let request = form(Placement::Header, "/posts", &[("title", "x")]);
    assert_eq!(send(app, &request).await.status, 200);
    let answer = send(app, &request).await;
    assert_eq!(answer.parts(), (401, "oauth_problem=nonce_used"));
    let challenge = r#"OAuth realm="Photos", oauth_problem="nonce_used""#;
    assert_eq!(answer.header("www-authenticate"), Some(challenge));
}

#[tokio::test]
async fn of_many_replays_at_the_same_time_one_is_accepted() {
    let app = app::start().await;
    let request = get("/hello");
    let answers: Vec<_> = (0..64)
        .map(|_| {
            let request = request.clone();
            tokio::spawn(async move { send(app, &request).await.status })
        })
        .collect();
    let mut accepted = 0;
    for answer in answers {
        match answer.await.unwrap() {
            200 => accepted += 1,
            status => assert_eq!(status, 401),
        }
    }
    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn every_change_is_refused() {
    let app = app::start().await;
    let post = || form(Placement::Header, "/posts?draft=1", &[("title", "x")]);
    let mut changes: Vec<Request<Vec<u8>>> = Vec::new();
    let mut change = |change: &dyn Fn(&mut Request<Vec<u8>>)| {
        let mut request = post();
        change(&mut request);
        changes.push(request);
    };
    change(&|request| *request.body_mut() = b"title=y".to_vec());
    change(&|request| request.body_mut().extend(b"&title=x"));
    change(&|request| request.body_mut().clear());
    change(&|request| *request.uri_mut() = "/posts?draft=2".parse().unwrap());
    change(&|request| *request.uri_mut() = "/posts".parse().unwrap());
    change(&|request| *request.uri_mut() = "/v1/api/posts?draft=1".parse().unwrap());
    for request in changes {
        assert_eq!(send(app, &request).await.parts(), INVALID, "{request:?}");
    }

    let mut request = get("/files/a");
    *request.method_mut() = "DELETE".parse().unwrap();
    assert_eq!(send(app, &request).await.parts(), INVALID);

    // Nothing of it has used up a nonce.
    let request = get("/hello");
    let mut changed = request.clone();
    *changed.uri_mut() = "/search?title=x".parse().unwrap();
    assert_eq!(send(app, &changed).await.parts(), INVALID);
    assert_eq!(send(app, &request).await.status, 200);
}

#[tokio::test]
async fn nobody_learns_which_consumers_and_tokens_exist() {
    let app = app::start().await;
    let with = async |consumer: (&str, &str), token: (&str, &str)| -> Answer {
        let mut request = unsigned("GET", "/hello", None, b"");
        let (consumer, token) = (
            Consumer::new(consumer.0, consumer.1),
            Token::new(token.0, token.1),
        );
        let signer = Signer::new(&consumer, &token);
        signer.sign_http(&mut request, Stamp::now()).unwrap();
        let mut answer = send(app, &request).await;
        answer.headers_without_date();
        answer
    };
    let (consumer, token) = (
        ("consumer", "consumer secret"),
        ("alice", "secret of alice"),
    );
    assert_eq!(with(consumer, token).await.status, 200);
    let wrong = with(consumer, ("alice", "wrong")).await;
    assert_eq!(wrong.parts(), INVALID);
    assert_eq!(with(("consumer", "wrong"), token).await, wrong);
    assert_eq!(with(("unknown", "consumer secret"), token).await, wrong);
    assert_eq!(with(consumer, ("unknown", "secret of alice")).await, wrong);
    assert_eq!(with(consumer, ("unknown", "")).await, wrong);
}

#[tokio::test]
async fn two_headers_of_a_kind_are_refused() {
    let app = app::start().await;
    for other in ["Basic YTpi", "OAuth realm=\"\""] {
        let mut request = get("/hello");
        let other = HeaderValue::from_static(other);
        request.headers_mut().append("authorization", other);
        let answer = send(app, &request).await;
        assert_eq!(answer.status, 400);
        assert!(answer.body.starts_with("oauth_problem=parameter_rejected"));
    }
    let mut request = signed("POST", "/posts", FORM, b"title=x");
    let other = HeaderValue::from_static("text/plain");
    request.headers_mut().append("content-type", other);
    assert_eq!(send(app, &request).await.status, 400);
}

#[tokio::test]
async fn timestamps_have_to_be_recent() {
    let app = app::start().await;
    for ago in [-310, 310] {
        let now = Stamp::now().unix_seconds();
        let stamp = Stamp::new("nonce", now.saturating_add_signed(ago));
        let mut request = unsigned("GET", "/hello", None, b"");
        signer().sign_http(&mut request, stamp).unwrap();
        let answer = send(app, &request).await;
        assert_eq!(answer.status, 401);
        let problem = "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=";
        assert!(answer.body.starts_with(problem));
    }
}

#[tokio::test]
async fn a_store_that_fails_is_the_servers_problem() {
    #[derive(Debug)]
    struct Down;

    impl fmt::Display for Down {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("down")
        }
    }

    impl std::error::Error for Down {}

    impl AsyncNonces for Down {
        type Error = Down;

        async fn insert(&self, _: &NonceKey<'_>) -> Result<Insertion, Down> {
            Err(Down)
        }
    }

    async fn lost(_: String, _: Option<String>) -> Result<Option<SharedSecrets>, &'static str> {
        Err("the database is down")
    }

    for (gate, noted) in [
        (
            Gate::new(app::verifier(), app::Accounts, Down),
            "Some(\"consumer\"): the nonce could not be checked: down",
        ),
        (
            Gate::new(app::verifier(), lost, MemoryNonces::new()),
            "Some(\"consumer\"): the credentials could not be looked up: the database is down",
        ),
    ] {
        let (gate, log) = app::noting(gate);
        let app = app::start_with(gate).await;
        let answer = send(app, &get("/hello")).await;
        assert_eq!(answer.parts(), (503, ""));
        assert_eq!(answer.header("www-authenticate"), None);
        assert_eq!(*log.lock().unwrap(), [noted]);
    }
}

#[tokio::test]
async fn refusals_are_noted() {
    async fn nobody(_: String, _: Option<String>) -> Result<Option<SharedSecrets>, Infallible> {
        Ok(None)
    }
    let (gate, log) = app::noting(Gate::new(app::verifier(), nobody, MemoryNonces::new()));
    let app = app::start_with(gate).await;
    send(app, &unsigned("GET", "/hello", None, b"")).await;
    send(app, &get("/hello")).await;
    let log = log.lock().unwrap();
    let invalid = "the signature is not valid, or the consumer or the token is unknown";
    assert_eq!(
        *log,
        [
            String::from("None: the request is not signed with OAuth 1.0"),
            format!("Some(\"consumer\"): {invalid}"),
        ]
    );
}
