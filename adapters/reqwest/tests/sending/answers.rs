//! Answers, and what is done about them.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::{
    secrets::Secrets,
    server::{Reply, Server},
    shown, signer,
};
use oauth1_signer::{
    Token,
    response::{Clock, Problem, Retry},
};
use oauth1_signer_reqwest::{Answer, Sign};
use reqwest::Client;

async fn answer_to(server: &Server) -> Answer {
    let response = Client::new().get(server.url("/")).send().await.unwrap();
    Answer::read(response).await.unwrap()
}

#[tokio::test]
async fn an_answer_has_status_headers_and_body() {
    let server = Server::answering(|_| Reply::new(404).header("X-A", "b").body("not here"));
    let answer = answer_to(&server).await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["x-a"], "b");
    assert_eq!(answer.body(), b"not here");
    assert_eq!(answer.response().status(), 404);
    assert_eq!(answer.response().body(), b"not here");
    assert_eq!(answer.response().retry(), Retry::Never);
}

#[tokio::test]
async fn a_report_is_read_from_the_header_of_oauth() {
    let server = Server::answering(|_| {
        Reply::new(401)
            .header("WWW-Authenticate", r#"Basic realm="x""#)
            .header("WWW-Authenticate", r#"OAuth oauth_problem="nonce_used""#)
    });
    let answer = answer_to(&server).await;
    let report = answer.response().report().unwrap();
    assert_eq!(report.problem(), &Problem::NonceUsed);
    assert_eq!(answer.response().retry(), Retry::WithNewStamp);
}

#[tokio::test]
async fn a_token_is_read_and_not_shown() {
    let server = Server::answering(|_| {
        let reply = Reply::new(200).header("Set-Cookie", "session=c%26okie");
        reply.body("oauth_token=hh5s&oauth_token_secret=s%26cret")
    });
    let answer = answer_to(&server).await;
    let token = Token::from_response(answer.response()).unwrap();
    assert_eq!(token.token(), "hh5s");
    let shown = Secrets::new(&["hh5s", "s&cret", "c&okie"]).stay_out_of(shown!(answer));
    assert_eq!(shown, "Answer { status: 200, body_bytes: 44, .. }");
}

/// The server's clock is an hour fast, and it says so only in its `Date` header.
#[tokio::test]
async fn a_refused_timestamp_is_corrected_and_signed_once_more() {
    const DATE: &str = "Sun, 06 Nov 2044 08:49:37 GMT";
    const UNIX_SECONDS: u64 = 2_362_034_977;
    let server = Server::answering(|request| {
        let timestamp: u64 = request.parameter("oauth_timestamp").parse().unwrap();
        let reply = Reply::new(if timestamp < UNIX_SECONDS { 401 } else { 200 });
        reply
            .header("Date", DATE)
            .body("oauth_problem=timestamp_refused")
    });
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let mut clock = Clock::new().with_limit(UNIX_SECONDS - now.as_secs());
    let (client, signer, url) = (Client::new(), signer(), server.url("/posts"));
    let request = || client.post(&url).form(&[("a", "b")]);

    let first = request().sign_with(&signer, clock.stamp()).unwrap();
    let answer = Answer::read(first.send().await.unwrap()).await.unwrap();
    assert_eq!(answer.response().retry(), Retry::WithCorrectedClock);
    clock.learn_from_response(&answer.response()).unwrap();
    let second = request().sign_with(&signer, clock.stamp()).unwrap();
    assert_eq!(second.send().await.unwrap().status(), 200);

    let received = server.received();
    assert_eq!(received.len(), 2);
    received.iter().for_each(crate::server::Received::verify);
    assert_ne!(
        received[0].parameter("oauth_nonce"),
        received[1].parameter("oauth_nonce")
    );
}
