//! Signing in a client of reqwest-middleware.

use std::{collections::BTreeSet, convert::Infallible, time::Duration};

use crate::{
    secrets::Secrets,
    server::{Reply, Server},
    shown, signer,
};
use oauth1_signer::{
    Consumer, Signer, Stamp,
    http::{HttpError, Origin, OriginError},
};
use oauth1_signer_reqwest::{SignError, SignMiddleware};
use reqwest::{Client, redirect::Policy};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};

fn middleware(server: &Server) -> SignMiddleware {
    SignMiddleware::new(signer(), Origin::new(server.origin()).unwrap())
}

fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

fn client_with(middleware: SignMiddleware) -> ClientWithMiddleware {
    ClientBuilder::new(client()).with(middleware).build()
}

/// Answers 503 to all but every third request.
fn unreliable() -> Server {
    let mut count = 0;
    Server::answering(move |_| {
        count += 1;
        Reply::new(if count % 3 == 0 { 200 } else { 503 })
    })
}

#[tokio::test]
async fn requests_are_signed() {
    let server = Server::start();
    let client = client_with(middleware(&server));
    let post = client.post(server.url("/?a=b+c")).form(&[("d", "e & f")]);
    post.send().await.unwrap();
    let received = server.only();
    received.verify();
    assert!(received.base_string().contains("d%3De%2520%2526%2520f"));
}

#[tokio::test]
async fn each_attempt_is_signed_anew() {
    let server = unreliable();
    let policy = ExponentialBackoff::builder()
        .retry_bounds(Duration::from_millis(1), Duration::from_millis(2))
        .build_with_max_retries(3);
    let client = ClientBuilder::new(client())
        .with(RetryTransientMiddleware::new_with_policy(policy))
        .with(middleware(&server))
        .build();
    let post = client.post(server.url("/")).form(&[("a", "b c")]);
    assert_eq!(post.send().await.unwrap().status(), 200);
    let received = server.received();
    received.iter().for_each(crate::server::Received::verify);
    let nonces = received
        .iter()
        .map(|request| request.parameter("oauth_nonce"));
    assert_eq!(nonces.collect::<BTreeSet<_>>().len(), 3);
}

#[tokio::test]
async fn other_origins_are_refused_before_anything_is_sent() {
    let (server, other) = (Server::start(), Server::start());
    let client = client_with(middleware(&server));
    let error = client.get(other.url("/")).send().await.unwrap_err();
    assert_eq!(error.to_string(), OriginError::Foreign.to_string());
    let reqwest_middleware::Error::Middleware(error) = error else {
        panic!("{error}");
    };
    let error: &SignError = error.downcast_ref().unwrap();
    let foreign = HttpError::Origin(OriginError::Foreign);
    assert!(matches!(error, SignError::Http(error) if *error == foreign));
    assert!(other.received().is_empty());
    // Another name of the same server is another origin.
    let url = server.url("/").replace("127.0.0.1", "localhost");
    assert!(client.get(url).send().await.is_err());
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn other_origins_are_passed_unsigned_if_that_is_chosen() {
    let (server, other) = (Server::start(), Server::start());
    let client = client_with(middleware(&server).pass_foreign());
    client.get(other.url("/")).send().await.unwrap();
    assert_eq!(other.only().header("authorization"), None);
    client.get(server.url("/")).send().await.unwrap();
    server.only().verify();
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_old_signature() {
    let server = Server::answering(|_| Reply::new(302).header("Location", "/new"));
    let client = client_with(middleware(&server));
    let response = client.get(server.url("/old")).send().await.unwrap();
    assert_eq!(response.status(), 302);
    server.only().verify();
}

#[tokio::test]
async fn a_clock_of_ones_own_stamps() {
    let server = Server::start();
    let middleware = middleware(&server).stamped_by(|| Stamp::at(1_316_657_628));
    let get = client_with(middleware).get(server.url("/"));
    get.send().await.unwrap();
    let received = server.only();
    received.verify();
    assert_eq!(received.parameter("oauth_timestamp"), "1316657628");
}

#[tokio::test]
async fn what_cannot_be_signed_is_refused() {
    let server = Server::start();
    let origin = Origin::new(server.origin()).unwrap();
    let signer = Signer::plaintext(&Consumer::new("key", "secret"), None);
    let client = ClientBuilder::new(client())
        .with(SignMiddleware::new(signer, origin))
        .build();
    let error = client.get(server.url("/")).send().await.unwrap_err();
    assert!(error.to_string().contains("over http"));

    let client = client_with(middleware(&server));
    let error = client
        .get(server.url("/"))
        .bearer_auth("token")
        .send()
        .await;
    let expected = HttpError::<Infallible>::Authorization.to_string();
    assert_eq!(error.unwrap_err().to_string(), expected);
    assert!(server.received().is_empty());
}

#[test]
fn the_middleware_shows_no_secrets() {
    let origin = Origin::new("https://api.example.com").unwrap();
    let middleware = SignMiddleware::new(signer(), origin);
    let secrets = Secrets::new(&["consumer&secret", "token secret"]);
    let shown = secrets.stay_out_of(shown!(middleware));
    assert!(shown.contains("Origin(https://api.example.com)"));
}

#[tokio::test]
async fn redirects_within_the_origin_are_followed_and_signed_anew() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::answering(move |request| match request.target() {
            "/old" => Reply::new(status).header("Location", "/new?a=b#c"),
            "/new?a=b" => Reply::new(status).header("Location", "newer"),
            _ => Reply::new(200),
        });
        let client = client_with(middleware(&server).follow_redirects(2));
        let get = client
            .get(server.url("/old"))
            .header("Accept", "text/plain");
        assert_eq!(get.send().await.unwrap().url().path(), "/newer");
        let received = server.received();
        received.iter().for_each(crate::server::Received::verify);
        assert_eq!(received[2].header("accept"), Some("text/plain"));
        let nonces = received
            .iter()
            .map(|request| request.parameter("oauth_nonce"));
        assert_eq!(nonces.collect::<BTreeSet<_>>().len(), 3);

        let client = client_with(middleware(&server).follow_redirects(1));
        let response = client.get(server.url("/old")).send().await.unwrap();
        assert_eq!(response.status(), status);
        let response = client.post(server.url("/old")).send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(server.received().len(), 6);
    }
}

#[tokio::test]
async fn redirects_to_other_origins_are_not_followed() {
    let other = Server::start();
    let to = other.url("/new");
    let server = Server::answering(move |_| Reply::new(302).header("Location", &to));
    for middleware in [middleware(&server), middleware(&server).pass_foreign()] {
        let client = client_with(middleware.follow_redirects(5));
        let response = client.get(server.url("/old")).send().await.unwrap();
        assert_eq!(response.status(), 302);
    }
    assert!(other.received().is_empty());
    assert_eq!(server.received().len(), 2);
}
