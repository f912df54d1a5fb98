//! Requests of all kinds arrive as they were signed.

use std::collections::BTreeSet;

use crate::{
    reference,
    server::{Received, Server},
    signer, verify,
};
use oauth1_signer::{
    Consumer, Realm, Signer, Stamp, Token,
    signature_method::{AnyKey, Plaintext, SignatureMethod},
};
use oauth1_signer_reqwest::{Sign, SignRequest};
use reqwest::{
    Body, Client, Method, Request, RequestBuilder,
    header::{AUTHORIZATION, CONTENT_TYPE},
};

/// Signs, sends, and returns what arrived, verified.
async fn sent(server: &Server, builder: RequestBuilder) -> Received {
    builder.sign(&signer()).unwrap().send().await.unwrap();
    let received = server.received().pop().unwrap();
    received.verify();
    received
}

#[tokio::test]
async fn a_status_update_is_accepted() {
    let server = Server::start();
    let fields = [("status", "Zürich: 1 + 1 = 2 & more")];
    let builder = Client::new().post(server.url("/update.json")).form(&fields);
    let received = sent(&server, builder).await;
    assert_eq!(received.method, "POST");
    assert_eq!(
        received.body,
        b"status=Z%C3%BCrich%3A+1+%2B+1+%3D+2+%26+more"
    );
    assert!(received.base_string().ends_with(
        "%26status%3DZ%25C3%25BCrich%253A%25201%2520%252B%25201%2520%253D%25202%2520%2526%2520more"
    ));
}

#[tokio::test]
async fn forms_with_odd_characters_are_accepted() {
    let server = Server::start();
    let ascii: String = (' '..='~').collect();
    let (long, controls) = ("ä".repeat(5000), "a\r\nb\n\tc\0d\u{7f}");
    let forms: [&[(&str, &str)]; 12] = [
        &[],
        &[("", "")],
        &[("a", "")],
        &[("", "a")],
        &[(&ascii, &ascii)],
        &[("text", controls)],
        &[("snowman", "☃"), ("😀", "😀")],
        &[("b", "1"), ("a", "2"), ("a", "1"), ("A", "3")],
        &[("a-b", "1"), ("a", "b"), ("a.b", "2"), ("a~", "3")],
        &[("percent", "100%"), ("escaped", "%41"), ("plus", "+")],
        &[("a[]", "1"), ("a[]", "2"), ("{", "}"), ("*", "~")],
        &[("long", &long)],
    ];
    for form in forms {
        let builder = Client::new().post(server.url("/post?a=b")).form(form);
        let received = sent(&server, builder).await;
        let decoded = form
            .iter()
            .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()));
        assert_eq!(
            reference::decode_form(&received.body),
            decoded.collect::<Vec<_>>()
        );
    }
}

#[tokio::test]
async fn queries_are_signed_as_they_are_sent() {
    let server = Server::start();
    for query in [
        "/",
        "/?",
        "/?a",
        "/?=",
        "/?b=2&a=1&a=0",
        "/?q=a+b&r=a%20b&s=a%2Bb",
        "/?q=%C3%A4&r=ä",
        "/?q='x'&r=\"y\"&s=<z>",
        "/?a[]=1&b{}=2&c|=3&d;e=4",
        "/a/../b?c=/d/../e",
        "/a/%2e%2e/b/%2E/c%2fd",
        "/ä/{id}/a\\b",
        "/a;b=c/@:,!$&'()*+=",
        "/#fragment",
        "/?a=b#c=d",
    ] {
        let received = sent(&server, Client::new().get(server.url(query))).await;
        assert_eq!(received.body, b"");
    }
}

#[tokio::test]
async fn pairs_that_the_builder_appends_are_signed() {
    let server = Server::start();
    let client = Client::new();
    let builder = client.get(server.url("/?z=1&a=%20"));
    let builder = builder.query(&[("b", "c d"), ("a", "+"), ("ä", "%")]);
    let received = sent(&server, builder).await;
    assert_eq!(received.target(), "/?z=1&a=%20&b=c+d&a=%2B&%C3%A4=%25");
}

#[tokio::test]
async fn every_method_is_signed() {
    let server = Server::start();
    let client = Client::new();
    for method in [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PURGE",
    ] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let received = sent(&server, client.request(method.clone(), server.url("/"))).await;
        assert_eq!(received.method, method.as_str());
    }
}

#[tokio::test]
async fn other_bodies_are_sent_and_not_signed() {
    let server = Server::start();
    let client = Client::new();
    let post = || client.post(server.url("/"));
    let multipart = reqwest::multipart::Form::new().text("a", "b");
    for (builder, body) in [
        (post().json(&[("a", "b")]), &br#"[["a","b"]]"#[..]),
        (post().body("a=b"), b"a=b"),
        (post().body(b"a=\xff".to_vec()), b"a=\xff"),
        (
            post().header(CONTENT_TYPE, "text/plain").body("a=b&c=%"),
            b"a=b&c=%",
        ),
    ] {
        let received = sent(&server, builder).await;
        assert_eq!(received.body, body);
        assert!(!received.base_string().contains("a%3Db"));
    }
    sent(&server, post().multipart(multipart)).await;
    sent(&server, post().body(Body::wrap(String::from("a=b")))).await;
}

#[tokio::test]
async fn a_form_is_recognized_by_its_media_type() {
    let server = Server::start();
    let client = Client::new();
    for media_type in [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "Application/X-WWW-Form-URLEncoded ;charset=utf-8",
    ] {
        let builder = client
            .post(server.url("/"))
            .header(CONTENT_TYPE, media_type);
        let received = sent(&server, builder.body("b=%7e&a=+")).await;
        assert_eq!(received.body, b"b=%7e&a=+");
        assert!(received.base_string().contains("a%3D%2520%26b%3D~"));
    }
}

#[tokio::test]
async fn each_signature_has_a_nonce_of_its_own() {
    let server = Server::start();
    let (client, signer) = (Client::new(), signer());
    for _ in 0..5 {
        let builder = client.get(server.url("/")).sign(&signer).unwrap();
        builder.send().await.unwrap();
    }
    let received = server.received();
    let nonces = received
        .iter()
        .map(|request| request.parameter("oauth_nonce"));
    assert_eq!(nonces.collect::<BTreeSet<_>>().len(), 5);
}

#[tokio::test]
async fn a_stamp_can_be_given() {
    let server = Server::start();
    let builder = Client::new().get(server.url("/"));
    let stamp = Stamp::new("nonce", 1_316_657_628);
    let builder = builder.sign_with(&signer(), stamp).unwrap();
    builder.send().await.unwrap();
    let received = server.only();
    received.verify();
    assert_eq!(received.parameter("oauth_nonce"), "nonce");
    assert_eq!(received.parameter("oauth_timestamp"), "1316657628");
}

#[tokio::test]
async fn a_request_that_is_built_is_signed() {
    let server = Server::start();
    let url = server.url("/?a=b#c").parse().unwrap();
    let mut request = Request::new(Method::POST, url);
    request.headers_mut().insert(
        CONTENT_TYPE,
        "application/x-www-form-urlencoded".parse().unwrap(),
    );
    *request.body_mut() = Some("c=d+e".into());
    signer().sign_request(&mut request, Stamp::now()).unwrap();
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
    assert_eq!(request.url().fragment(), Some("c"));
    Client::new().execute(request).await.unwrap();
    let received = server.only();
    received.verify();
    assert!(received.base_string().contains("c%3Dd%2520e"));
}

#[tokio::test]
async fn a_default_authorization_of_the_client_gives_way() {
    let server = Server::start();
    let headers = [(AUTHORIZATION, "Bearer token".parse().unwrap())];
    let client = Client::builder().default_headers(headers.into_iter().collect());
    sent(&server, client.build().unwrap().get(server.url("/"))).await;
}

#[tokio::test]
async fn every_key_signs() {
    let server = Server::start();
    let client = Client::new();
    let post = || client.post(server.url("/")).form(&[("a", "b c")]);

    let key = Plaintext::new(verify::CONSUMER.1, verify::TOKEN.1).allow_insecure_transport();
    let plaintext = Signer::with_key(verify::CONSUMER.0, Some(verify::TOKEN.0), key);
    post().sign(&plaintext).unwrap().send().await.unwrap();
    let received = server.received().pop().unwrap();
    let expected = reference::plaintext(verify::CONSUMER.1, verify::TOKEN.1);
    assert_eq!(received.parameter("oauth_signature"), expected);

    let method = SignatureMethod::from_name("HMAC-SHA1").unwrap();
    let key: AnyKey = method.key(verify::CONSUMER.1, verify::TOKEN.1);
    let any = Signer::with_key(verify::CONSUMER.0, Some(verify::TOKEN.0), key);
    post().sign(&any).unwrap().send().await.unwrap();
    server.received().pop().unwrap().verify();
}

#[tokio::test]
async fn the_realm_and_an_absent_token_are_kept() {
    let server = Server::start();
    let consumer = Consumer::new("key", "secret");
    let signer = Signer::new(&consumer, None).with_realm(Realm::new("photos").unwrap());
    let builder = Client::new().get(server.url("/"));
    builder.sign(&signer).unwrap().send().await.unwrap();
    let received = server.only();
    let header = received.header("authorization").unwrap();
    assert!(header.starts_with(r#"OAuth realm="photos", oauth_consumer_key="key", "#));
    let expected = reference::hmac_sha1(&received.base_string(), "secret", "");
    assert_eq!(received.parameter("oauth_signature"), expected);
    assert!(!header.contains("oauth_token="));

    let signer = Signer::new(&consumer, &Token::new("", ""));
    let builder = Client::new().get(server.url("/"));
    builder.sign(&signer).unwrap().send().await.unwrap();
}
