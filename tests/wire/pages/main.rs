//! The programs of `docs/clients.md`. Each is a file here, which the page shows as it is, and runs
//! against a service on loopback.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(missing_docs, unreachable_pub, reason = "the page shows the programs")]

mod in_a_browser;
mod loopback;
mod with_a_connection;
mod with_hyper;
mod with_middleware;
mod with_multipart;
mod with_reqwest;
mod with_reqwest_by_hand;
mod with_serde;
mod with_tower;
mod with_tower_retry;
mod with_ureq;

use std::{error::Error, time::SystemTime};

use ::http::Uri;
use arrived::Arrived;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use oauth1_signer::{
    Call, Placement, Request, Signer, Stamp, Target, Token,
    http::{Origin, OriginError},
};
use oauth1_signer_reqwest::{FromCall, Sign};
use reqwest::multipart::Form;
use tokio::{net::TcpStream, runtime::Runtime};
use tower::ServiceExt;

use self::loopback::{Service, consumer, signer};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

const TITLE: &str = "Zürich & 1 + 1 = 2";

fn assert_is_post(arrived: &Arrived) {
    assert_eq!(
        (&*arrived.method, &*arrived.target),
        ("POST", "/posts?draft=1")
    );
    assert_eq!(arrived.form(), [(b"title".to_vec(), TITLE.into())]);
}

fn assert_is_get(arrived: &Arrived) {
    assert_eq!(
        (&*arrived.method, &*arrived.target),
        ("GET", "/photos?size=original")
    );
    assert_eq!(arrived.body, "");
}

/// A signer whose signatures the service refuses.
fn stranger() -> Signer {
    Signer::new(&consumer(), &Token::new("token", "another secret"))
}

/// Sends a call as every client can.
fn send(call: Call) -> Result<String> {
    let request = http::Request::<String>::try_from(call)?;
    Ok(with_ureq::agent()
        .run(request)?
        .body_mut()
        .read_to_string()?)
}

#[test]
fn the_page_shows_these_programs_and_no_others() {
    let page = include_str!("../../../docs/clients.md");
    let programs = [
        include_str!("with_reqwest.rs"),
        include_str!("with_reqwest_by_hand.rs"),
        include_str!("with_middleware.rs"),
        include_str!("with_ureq.rs"),
        include_str!("with_hyper.rs"),
        include_str!("with_a_connection.rs"),
        include_str!("with_tower.rs"),
        include_str!("with_tower_retry.rs"),
        include_str!("in_a_browser.rs"),
        include_str!("with_serde.rs"),
    ];
    let blocks = page.split("```rust\n").skip(1);
    let blocks: Vec<_> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks, programs);
}

#[test]
fn the_table_of_urls_is_right() -> Result {
    for (written, text, uri) in [
        ("http://e.com/a/../b", "http://e.com/b", Some("as written")),
        (
            "http://e.com/a/%2e%2e/b",
            "http://e.com/b",
            Some("as written"),
        ),
        (
            "http://e.com/{id}",
            "http://e.com/%7Bid%7D",
            Some("as written"),
        ),
        (
            "http://e.com/a\"b",
            "http://e.com/a%22b",
            Some("as written"),
        ),
        ("http://e.com/a\\b", "http://e.com/a/b", Some("as written")),
        ("http://127.1/", "http://127.0.0.1/", Some("as written")),
        ("http://0x7f.1/", "http://127.0.0.1/", Some("as written")),
        (
            "http://[0:0:0:0:0:0:0:1]/",
            "http://[::1]/",
            Some("refused"),
        ),
        (
            "http://e.com/zürich",
            "http://e.com/z%C3%BCrich",
            Some("refused"),
        ),
        (
            "http://e.com/?q=ü",
            "http://e.com/?q=%C3%BC",
            Some("refused"),
        ),
        ("http://e.com/a b", "http://e.com/a%20b", None),
        ("http://e.com/<a>", "http://e.com/%3Ca%3E", None),
        ("http://e.com/?q=a b", "http://e.com/?q=a%20b", None),
        ("http://e.com/?q=\"x\"", "http://e.com/?q=%22x%22", None),
        (
            "http://zürich.example/",
            "http://xn--zrich-kva.example/",
            None,
        ),
        (
            "http://e.com/?ids[]=1",
            "http://e.com/?ids[]=1",
            Some("as written"),
        ),
        (
            "http://e.com/?q={x}",
            "http://e.com/?q={x}",
            Some("as written"),
        ),
        (
            "http://e.com/?a=1;b=2",
            "http://e.com/?a=1;b=2",
            Some("as written"),
        ),
    ] {
        assert_eq!(Request::get(written)?.url(), text);
        let uri = uri.filter(|_| written.is_ascii() || written.parse::<Uri>().is_ok());
        assert_eq!(written.parse::<Uri>().is_ok(), uri.is_some(), "{written}");
        if let (Ok(parsed), Some(expected)) = (written.parse::<Uri>(), uri) {
            let target = Target::try_from(parsed);
            let as_written = target
                .as_ref()
                .is_ok_and(|target| target.as_str() == written);
            assert_eq!(as_written, expected == "as written", "{written}");
            assert_eq!(target.is_err(), expected == "refused", "{written}");
        }
    }
    assert!(Request::get("http://e.com/?q=100%").is_err());
    assert!(Request::get("http://e.com/?q=100%".parse::<Uri>()?).is_err());
    Ok(())
}

#[test]
fn reqwest() -> Result {
    let service = Service::start();
    let url = format!("{}/posts?draft=1", service.origin());
    let (client, signer) = (with_reqwest::client()?, signer());
    let sent = with_reqwest::post(&client, &signer, &url, TITLE);
    assert_eq!(Runtime::new()?.block_on(sent)?, "verified");
    assert_is_post(&service.take_one());
    Ok(())
}

#[test]
fn reqwest_by_hand() -> Result {
    let service = Service::start();
    let url = format!("{}/posts?draft=1", service.origin());
    let client = reqwest::Client::new();
    let signer = signer();
    let sent = with_reqwest_by_hand::post(&client, &signer, &url, TITLE);
    assert_eq!(Runtime::new()?.block_on(sent)?, "verified");
    assert_is_post(&service.take_one());
    Ok(())
}

#[test]
fn ureq() -> Result {
    let service = Service::start();
    let url = format!("{}/posts?draft=1", service.origin());
    let answer = with_ureq::post(&with_ureq::agent(), &signer(), &url, TITLE)?;
    assert_eq!(answer, "verified");
    assert_is_post(&service.take_one());

    let moved = format!("{}/moved?/posts", service.origin());
    let error = with_ureq::post(&with_ureq::agent(), &signer(), &moved, TITLE).unwrap_err();
    assert_eq!(error.to_string(), "307 Temporary Redirect");
    assert_eq!(service.take().len(), 1);
    let error = with_ureq::post(&with_ureq::agent(), &stranger(), &url, TITLE).unwrap_err();
    assert_eq!(error.to_string(), "signature_invalid");
    Ok(())
}

#[test]
fn hyper() -> Result {
    let service = Service::start();
    let url = format!("{}/photos?size=original", service.origin());
    let client = Client::builder(TokioExecutor::new()).build_http();
    let signer = signer();
    let sent = with_hyper::get(&client, &signer, &url);
    assert_eq!(Runtime::new()?.block_on(sent)?, b"verified");
    assert_is_get(&service.take_one());
    let signer = stranger();
    let refused = with_hyper::get(&client, &signer, &url);
    let error = Runtime::new()?.block_on(refused).unwrap_err();
    assert_eq!(error.to_string(), "signature_invalid");
    Ok(())
}

#[test]
fn a_connection() -> Result {
    let service = Service::start();
    let origin = Origin::new(service.origin())?;
    let status = Runtime::new()?.block_on(async {
        let stream = hyper_util::rt::TokioIo::new(TcpStream::connect(origin.authority()).await?);
        let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
        tokio::spawn(connection);
        let path = "/photos?size=original";
        let response = with_a_connection::get(&mut sender, &signer(), &origin, path).await?;
        Result::Ok(response.status())
    })?;
    assert_eq!(status, 200);
    assert_is_get(&service.take_one());
    Ok(())
}

#[test]
fn reqwest_middleware_signs_retries_and_redirects_anew() -> Result {
    let (service, foreign) = (Service::start(), Service::start());
    let client = with_middleware::client(signer(), &service.origin())?;
    let status = |path: String| -> Result<u16> {
        let request = client.get(service.origin() + &path).send();
        Ok(Runtime::new()?.block_on(request)?.status().as_u16())
    };
    assert_eq!(status("/busy".into())?, 200);
    assert_eq!(service.take().len(), 2);
    assert_eq!(status("/moved?/photos".into())?, 200);
    assert_eq!(service.take().len(), 2);
    let away = format!("/moved?{}/photos", foreign.origin());
    assert_eq!(status(away)?, 307);
    assert_eq!(foreign.take().len(), 0);
    Ok(())
}

#[test]
fn tower_signs_redirects_anew() -> Result {
    let (home, foreign) = (Service::start(), Service::start());
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut service = with_tower::service(client, signer(), Origin::new(home.origin())?);
    let url = format!("{}/moved?/photos", home.origin());
    let body = Runtime::new()?.block_on(with_tower::get(&mut service, &url));
    assert_eq!(body.map_err(|error| error as Box<dyn Error>)?, b"verified");
    assert_eq!(home.take().len(), 2);
    let send = |path: String, body: &str| -> Result<u16> {
        let request = http::Request::post(home.origin() + &path).body(body.into())?;
        let response = Runtime::new()?.block_on(service.clone().oneshot(request));
        Ok(response
            .map_err(|error| error as Box<dyn Error>)?
            .status()
            .as_u16())
    };
    assert_eq!(send("/moved?/photos".into(), "")?, 200);
    assert_eq!(home.take().len(), 2);
    assert_eq!(send("/moved?/photos".into(), "a body")?, 307);
    let error = send(format!("/moved?{}/photos", foreign.origin()), "").unwrap_err();
    assert_eq!(error.to_string(), OriginError::Foreign.to_string());
    assert_eq!(foreign.take().len(), 0);
    Ok(())
}

#[test]
fn tower_signs_retries_anew() -> Result {
    let home = Service::start();
    let client = Client::builder(TokioExecutor::new()).build_http();
    let service = with_tower_retry::service(client, signer(), Origin::new(home.origin())?);
    let request = http::Request::post(home.origin() + "/busy").body("a body".into())?;
    let response = Runtime::new()?.block_on(service.oneshot(request));
    let response = response.map_err(|error| error as Box<dyn Error>)?;
    assert_eq!(response.status(), 200);
    assert_eq!(home.take().len(), 2);
    Ok(())
}

#[test]
fn serde() -> Result {
    let service = Service::start();
    let url = format!("{}/posts?draft=1", service.origin());
    let post = with_serde::Post {
        title: TITLE,
        page: 7,
        draft: true,
        tags: vec!["a b", "c"],
        place: None,
    };
    assert_eq!(send(with_serde::call(&signer(), &url, &post)?)?, "verified");
    let form = "title=Z%C3%BCrich+%26+1+%2B+1+%3D+2&page=7&draft=true&tags=a+b&tags=c";
    assert_eq!(service.take_one().body, form);

    let client = reqwest::Client::new();
    assert!(client.post(&url).form(&post).build().is_err());
    let call = with_serde::call(&signer(), &url, &post)?;
    let sent = client.execute(reqwest::Request::from_call(&call)?);
    assert_eq!(Runtime::new()?.block_on(sent)?.status(), 200);
    assert_eq!(service.take_one().body, form);
    Ok(())
}

#[test]
fn a_multipart_body_of_reqwest() -> Result {
    let page = include_str!("../../../docs/services.md");
    assert!(page.contains(include_str!("with_multipart.rs")));

    let service = Service::start();
    let url = format!("{}/upload", service.origin());
    let request = Request::post(&url)?.signed_elsewhere([("title", TITLE)])?;
    let signed = signer()
        .sign(&request, Stamp::now())
        .call(Placement::Header);
    let form = Form::new().text("title", TITLE).text("photo", "bytes");
    let client = reqwest::Client::new();
    let sent = with_multipart::upload(&client, &signed, form).send();
    Runtime::new()?.block_on(sent)?;
    let arrived = service.take_one();
    let headers: Vec<_> = signed.headers().collect();
    assert_eq!(
        headers,
        [("Authorization", arrived.header("Authorization"))]
    );
    assert!(
        arrived
            .header("Content-Type")
            .starts_with("multipart/form-data; boundary=")
    );
    Ok(())
}

#[test]
fn bodies_with_a_hash() -> Result {
    let service = Service::start();
    let url = format!("{}/posts", service.origin());
    let signer = signer().with_http_body_hash()?;
    let value = serde_json::json!({ "title": TITLE });
    let request = reqwest::Client::new().post(&url).json(&value);
    let sent = request.sign(&signer)?.send();
    assert_eq!(Runtime::new()?.block_on(sent)?.status(), 200);
    let hash = signer.body_hash(value.to_string())?;
    let arrived = service.take_one();
    assert_eq!(
        arrived.parameter("oauth_body_hash").as_deref(),
        Some(hash.as_str())
    );
    Ok(())
}

#[test]
fn a_browser() -> Result {
    let service = Service::start();
    let url = format!("{}/photos?size=original", service.origin());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let call = in_a_browser::call(&signer(), &url, now.as_secs())?;
    assert_eq!(send(call)?, "verified");
    assert_is_get(&service.take_one());
    Ok(())
}
