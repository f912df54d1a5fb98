//! Calls that are signed already.

use oauth1_signer::{
    Callback, Consumer, Placement, Request, Stamp,
    flow::{Endpoints, Flow},
};
use oauth1_signer_reqwest::{Answer, CallError, FromCall};
use reqwest::{Client, header::AUTHORIZATION};

use crate::{
    server::{Reply, Server},
    signer,
};

#[tokio::test]
async fn a_call_arrives_as_it_was_signed() {
    let server = Server::start();
    let url = server.url("/?q=a+b%20c");
    let post = Request::post(&url).unwrap();
    let post = post.form([("status", "Zürich & 1 + 1")]).unwrap();
    let patch = Request::new("PATCH", &url).unwrap();
    for request in [&post, &patch] {
        let call = signer().sign(request, Stamp::now()).call(Placement::Header);
        let request = reqwest::Request::from_call(&call).unwrap();
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
        Client::new().execute(request).await.unwrap();
        let received = server.received().pop().unwrap();
        received.verify();
        assert_eq!(received.method, call.method());
        assert_eq!(received.body, call.body().as_bytes());
    }
}

#[tokio::test]
async fn a_signed_url_and_a_signed_form_arrive() {
    let server = Server::start();
    let request = Request::post(server.url("/?a=b")).unwrap();
    for placement in [Placement::Query, Placement::Body] {
        let call = signer().sign(&request, Stamp::now()).call(placement);
        let request = reqwest::Request::from_call(&call).unwrap();
        Client::new().execute(request).await.unwrap();
        let received = server.received().pop().unwrap();
        assert_eq!(received.url, call.url());
        assert_eq!(received.body, call.body().as_bytes());
        assert_eq!(received.header("authorization"), None);
    }
}

#[tokio::test]
async fn a_leg_gets_its_credentials() {
    let server = Server::answering(|request| {
        assert_eq!(request.parameter("oauth_callback"), "oob");
        Reply::new(200).body("oauth_token=t&oauth_token_secret=s&oauth_callback_confirmed=true")
    });
    let endpoints = Endpoints::token_only(&server.url("/token")).unwrap();
    let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    let leg = flow.temporary(Callback::OutOfBand);
    let call = leg.call(Stamp::now()).unwrap();
    let request = reqwest::Request::from_call(&call).unwrap();
    let response = Client::new().execute(request).await.unwrap();
    let answer = Answer::read(response).await.unwrap();
    assert_eq!(leg.accept(answer.response()).unwrap().token(), "t");
}

#[test]
fn a_call_that_reqwest_would_rewrite_is_refused() {
    for uri in [
        "https://example.com/a/../b",
        "https://example.com/a/%2e%2e/b",
        "https://example.com/{id}",
        "https://example.com/?q='x'",
        "http://192.168.257/",
    ] {
        let uri: http::Uri = uri.parse().unwrap();
        let request = Request::get(uri).unwrap();
        let call = signer()
            .sign(&request, Stamp::now())
            .call(Placement::Header);
        let error = reqwest::Request::from_call(&call).unwrap_err();
        assert_eq!(error, CallError::Url);
    }
    assert_eq!(
        CallError::Url.to_string(),
        "reqwest would send another URL than the one that was signed: sign a `Url`"
    );
    assert_eq!(
        CallError::Method.to_string(),
        "reqwest does not take the method of the call"
    );
}
