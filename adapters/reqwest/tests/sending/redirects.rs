//! What becomes of a signature when a server redirects, or the client itself tries again.

use oauth1_signer_reqwest::Sign;
use reqwest::{Client, Response, StatusCode, Url, header::LOCATION, redirect::Policy};

use crate::{
    server::{Received, Reply, Server},
    signer,
};

/// Redirects `/old` to another URL.
fn redirecting(to: &str) -> Server {
    let to = to.to_owned();
    Server::answering(move |request: &Received| match request.target() {
        "/old" => Reply::new(302).header("Location", &to),
        _ => Reply::new(200),
    })
}

/// If this fails, reqwest has changed, and what the documentation says about redirects is wrong.
#[tokio::test]
async fn a_redirect_to_the_same_origin_sends_the_old_header_again() {
    let server = redirecting("/new");
    let builder = Client::new().get(server.url("/old"));
    builder.sign(&signer()).unwrap().send().await.unwrap();

    let [first, second]: [Received; 2] = server.received().try_into().ok().unwrap();
    first.verify();
    assert_eq!(second.target(), "/new");
    // A server that keeps nonces refuses this, and one that does not refuses the signature.
    assert_eq!(
        second.header("authorization"),
        first.header("authorization")
    );
    let signed = second.base_string().contains("%2Fold");
    assert!(!signed);
}

#[tokio::test]
async fn a_redirect_to_another_origin_sends_no_header() {
    let other = Server::start();
    let server = redirecting(&other.url("/new"));
    let builder = Client::new().get(server.url("/old"));
    builder.sign(&signer()).unwrap().send().await.unwrap();
    server.only().verify();
    assert_eq!(other.only().header("authorization"), None);
}

/// As above.
#[tokio::test]
async fn a_retry_of_the_client_sends_the_old_header_again() {
    let mut statuses = [503, 200].into_iter();
    let server = Server::answering(move |_| Reply::new(statuses.next().unwrap()));
    let retries =
        reqwest::retry::for_host("127.0.0.1").classify_fn(|attempt| match attempt.status() {
            Some(StatusCode::SERVICE_UNAVAILABLE) => attempt.retryable(),
            _ => attempt.success(),
        });
    let client = Client::builder().retry(retries).build().unwrap();
    let builder = client.get(server.url("/")).sign(&signer()).unwrap();
    assert_eq!(builder.send().await.unwrap().status(), 200);
    let [first, second]: [Received; 2] = server.received().try_into().ok().unwrap();
    assert_eq!(
        second.header("authorization"),
        first.header("authorization")
    );
}

#[tokio::test]
async fn without_redirects_each_request_is_signed_anew() {
    let server = redirecting("/new?a=b");
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let url = server.url("/old").parse().unwrap();
    let response = get(&client, url).await.unwrap();
    assert_eq!(response.url().path(), "/new");

    let [first, second]: [Received; 2] = server.received().try_into().ok().unwrap();
    first.verify();
    second.verify();
    assert_ne!(
        first.parameter("oauth_nonce"),
        second.parameter("oauth_nonce")
    );
}

#[tokio::test]
async fn the_loop_does_not_sign_for_another_origin() {
    let other = Server::start();
    let server = redirecting(&other.url("/new"));
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let url = server.url("/old").parse().unwrap();
    let response = get(&client, url).await.unwrap();
    assert_eq!(response.status(), 302);
    assert!(other.received().is_empty());
}

/// The loop of the documentation.
async fn get(client: &Client, mut url: Url) -> Result<Response, Box<dyn std::error::Error>> {
    let signer = signer();
    for _ in 0..5 {
        let response = client.get(url.clone()).sign(&signer)?.send().await?;
        let Some(location) = response.headers().get(LOCATION) else {
            return Ok(response);
        };
        let next = url.join(location.to_str()?)?;
        if next.origin() != url.origin() {
            return Ok(response);
        }
        url = next;
    }
    Err("too many redirects".into())
}
