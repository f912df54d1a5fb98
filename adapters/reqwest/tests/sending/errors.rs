//! What cannot be signed is refused before anything is sent, with a text that helps.

use std::error::Error;

use crate::{secrets::Secrets, server::Server, shown, signer};
use oauth1_signer::{
    Consumer, Place, RequestError, Signer, Stamp, TargetError,
    http::HttpError,
    signature_method::{AnyKey, SignatureMethod},
};
use oauth1_signer_reqwest::{Sign, SignError, SignRequest};
use reqwest::{
    Body, Client, Method, Request, RequestBuilder,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};

const FORM: &str = "application/x-www-form-urlencoded";

fn error(builder: RequestBuilder) -> String {
    builder.sign(&signer()).unwrap_err().to_string()
}

/// An error of the crate, whose text is passed on.
fn http_error(builder: RequestBuilder) -> HttpError {
    let error = builder.sign(&signer()).unwrap_err();
    let text = error.to_string();
    let SignError::Http(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(text, error.to_string());
    error
}

#[test]
fn what_reqwest_cannot_build_is_told_with_its_cause() {
    let client = Client::new();
    for (url, text) in [
        ("/photos", "relative URL without a base"),
        ("https://", "empty host"),
        ("https://example.com:99999/", "invalid port number"),
        ("data:text/plain,x", "URL scheme is not allowed"),
    ] {
        let expected = format!("reqwest cannot build the request: {text}");
        assert_eq!(error(client.get(url)), expected);
    }
    let builder = client.get("https://example.com/");
    assert_eq!(
        error(builder.header("x", "a\nb")),
        "reqwest cannot build the request: failed to parse header value"
    );
    let builder = client.post("https://example.com/").form("text");
    assert!(error(builder).starts_with("reqwest cannot build the request: "));
}

#[test]
fn a_form_that_cannot_be_read_is_refused() {
    let stream = Body::wrap(String::from("a=b"));
    let post = Client::new().post("https://example.com/");
    let error = http_error(post.header(CONTENT_TYPE, FORM).body(stream));
    assert_eq!(error, HttpError::FormUnreadable);
}

#[test]
fn a_form_that_is_malformed_is_refused() {
    let post = || {
        let post = Client::new().post("https://example.com/");
        post.header(CONTENT_TYPE, FORM)
    };
    let malformed = RequestError::MalformedEscape {
        place: Place::Form,
        position: 2,
    };
    assert_eq!(http_error(post().body("a=%")), malformed.into());
    let not_encoded = RequestError::NotFormUrlencoded { position: 2 };
    assert_eq!(http_error(post().body("a=ä")), not_encoded.into());
    let error = http_error(post().header(CONTENT_TYPE, "text/plain"));
    assert_eq!(error, HttpError::ContentTypeGivenTwice);
}

#[test]
fn a_second_authorization_header_is_refused() {
    let get = |url| Client::new().get(url);
    let basic = "the request has HTTP Basic credentials already: remove the user information from \
                 the URL, or basic_auth";
    for url in [
        "https://user:password@example.com/",
        "https://user@example.com/",
    ] {
        assert_eq!(error(get(url)), basic);
    }
    let url = "https://example.com/";
    assert_eq!(error(get(url).basic_auth("user", Some("password"))), basic);
    assert_eq!(error(get(url).header(AUTHORIZATION, "basic eDp5")), basic);
    let bearer = get(url).bearer_auth("token");
    assert_eq!(http_error(bearer), HttpError::Authorization);
    let signed = get(url).sign(&signer()).unwrap();
    assert_eq!(http_error(signed), HttpError::Authorization);
}

#[test]
fn what_cannot_be_signed_with_any_client_is_refused() {
    let get = |url| Client::new().get(url);
    let malformed = RequestError::MalformedEscape {
        place: Place::Query,
        position: 2,
    };
    let error = http_error(get("https://example.com/?a=%zz"));
    assert_eq!(error, malformed.into());
    let signed = RequestError::ProtocolParameter {
        name: String::from("oauth_nonce"),
        place: Place::Query,
    };
    let error = http_error(get("https://example.com/?oauth_nonce=1"));
    assert_eq!(error, signed.into());
    let error = http_error(get("https://example.com/").header(HOST, "example.org"));
    assert_eq!(error, HttpError::Host);
    let error = http_error(get("ftp://example.com/"));
    assert_eq!(error, TargetError::Scheme.into());
}

#[test]
fn plaintext_is_refused_over_http() {
    let get = || Client::new().get("http://127.0.0.1:9/");
    let signer = Signer::plaintext(&Consumer::new("key", "secret"), None);
    let error = get().sign(&signer).unwrap_err();
    assert!(matches!(error, SignError::Http(HttpError::Key(_))));
    assert!(error.to_string().contains("over http"));

    let key: AnyKey = SignatureMethod::plaintext().key("secret", "");
    let signer = Signer::with_key("key", None, key);
    let any = get().sign(&signer).unwrap_err();
    assert_eq!(any.to_string(), error.to_string());
}

#[tokio::test]
async fn a_request_that_is_refused_is_unchanged_and_not_sent() {
    let server = Server::start();
    let url = server.url("/?a=b").replace("//", "//user:password@");
    let mut request = Request::new(Method::POST, url.parse().unwrap());
    request
        .headers_mut()
        .insert(CONTENT_TYPE, FORM.parse().unwrap());
    *request.body_mut() = Some("a=b".into());
    let error = signer()
        .sign_request(&mut request, Stamp::now())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the URL contains user information, which is not sent: remove it from the URL"
    );
    assert_eq!(request.url().as_str(), url);
    assert_eq!(request.headers().len(), 1);
    assert_eq!(request.body().unwrap().as_bytes(), Some(&b"a=b"[..]));

    for (name, password) in [("", None), ("user", None), ("", Some("password"))] {
        request.url_mut().set_username(name).unwrap();
        request.url_mut().set_password(password).unwrap();
        let result = signer().sign_request(&mut request, Stamp::now());
        assert_eq!(result.is_ok(), name.is_empty() && password.is_none());
        request.headers_mut().remove(AUTHORIZATION);
    }
    assert!(server.received().is_empty());
}

#[test]
fn errors_and_requests_show_no_secrets() {
    let secrets = Secrets::new(&["p&ssword", "consumer&secret", "token secret"]);
    let client = Client::new();
    let urls = [
        "ftp://example.com/?q=p%26ssword",
        "data:p%26ssword",
        "https://user:p%26ssword@example.com/",
        "https://example.com/?oauth_nonce=p%26ssword",
        "https://example.com/?a=%p%26ssword",
    ];
    for url in urls {
        let error = client.get(url).sign(&signer()).unwrap_err();
        secrets.stay_out_of(shown!(error));
        let mut source = error.source();
        while let Some(error) = source {
            assert_eq!(secrets.found_in(&format!("{error} {error:?}")), None);
            source = error.source();
        }
    }
    let builder = client.get("https://example.com/").sign(&signer()).unwrap();
    let shown = secrets.stay_out_of(shown!(builder));
    assert!(shown.contains(r#""authorization": Sensitive"#));
    assert!(!shown.contains("oauth_"));
}
