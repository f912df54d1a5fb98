//! The blocking client. It must not run in an async test.

use oauth1_signer::{Placement, Stamp, Token, http::HttpError};
use oauth1_signer_reqwest::{Answer, FromCall, Sign, SignError, SignRequest};
use reqwest::{
    Method,
    blocking::{Body, Client, Request, RequestBuilder},
    header::{AUTHORIZATION, CONTENT_TYPE},
};

use crate::{
    server::{Received, Reply, Server},
    signer,
};

const FORM: &str = "application/x-www-form-urlencoded";

fn sent(server: &Server, builder: RequestBuilder) -> Received {
    builder.sign(&signer()).unwrap().send().unwrap();
    let received = server.received().pop().unwrap();
    received.verify();
    received
}

#[test]
fn requests_arrive_as_they_were_signed() {
    let server = Server::start();
    let client = Client::new();
    let url = server.url("/?q=a+b%20c");
    let received = sent(&server, client.post(&url).form(&[("b", "ä&="), ("a", "+")]));
    assert_eq!(received.body, b"b=%C3%A4%26%3D&a=%2B");
    let received = sent(&server, client.get(&url).query(&[("a", "c d")]));
    assert_eq!(received.target(), "/?q=a+b%20c&a=c+d");
    sent(&server, client.post(&url).form::<[(&str, &str)]>(&[]));
    sent(&server, client.post(&url).json(&["a=b"]));
    sent(&server, client.delete(&url));
    let reader = Body::new(&b"a=b"[..]);
    assert_eq!(sent(&server, client.put(&url).body(reader)).body, b"a=b");
}

#[test]
fn a_request_that_is_built_is_signed() {
    let server = Server::start();
    let mut request = Request::new(Method::POST, server.url("/").parse().unwrap());
    request
        .headers_mut()
        .insert(CONTENT_TYPE, FORM.parse().unwrap());
    *request.body_mut() = Some("c=d+e".into());
    signer().sign_request(&mut request, Stamp::now()).unwrap();
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    Client::new().execute(request).unwrap();
    server.only().verify();
}

#[test]
fn errors_are_those_of_the_async_client() {
    let client = Client::new();
    let error = client.get("/").sign(&signer()).unwrap_err();
    let text = "reqwest cannot build the request: relative URL without a base";
    assert_eq!(error.to_string(), text);
    let error = client.get("https://user@example.com/").sign(&signer());
    assert!(matches!(error, Err(SignError::BasicCredentials)));
    let post = client
        .post("https://example.com/")
        .header(CONTENT_TYPE, FORM);
    let error = post.body(Body::new(&b"a=b"[..])).sign(&signer());
    let unreadable = matches!(error, Err(SignError::Http(HttpError::FormUnreadable)));
    assert!(unreadable);
}

#[test]
fn an_answer_is_read() {
    let server =
        Server::answering(|_| Reply::new(200).body("oauth_token=hh5s&oauth_token_secret=secret"));
    let builder = Client::new().post(server.url("/")).sign(&signer()).unwrap();
    let answer = Answer::read_blocking(builder.send().unwrap()).unwrap();
    assert_eq!(answer.status(), 200);
    let token = Token::from_response(answer.response()).unwrap();
    assert_eq!(token.token(), "hh5s");
}

#[test]
fn a_call_arrives_as_it_was_signed() {
    let server = Server::start();
    let post = oauth1_signer::Request::post(server.url("/")).unwrap();
    let post = post.form([("status", "1 + 1")]).unwrap();
    let call = signer().sign(&post, Stamp::now()).call(Placement::Header);
    let request = Request::from_call(&call).unwrap();
    Client::new().execute(request).unwrap();
    server.only().verify();
}
