//! The errors of requests of the crate `http`, word for word.

use http::{HeaderName, HeaderValue, Request, Uri};
use oauth1_signer::{
    Consumer, Signer, Target, TargetError,
    http::{BodyBytes, HttpError, Origin},
    signature_method::{HmacSha1, MethodError},
};
use support::samples::stamp;

fn signer() -> Signer {
    Signer::new(&Consumer::new("key", "secret"), None)
}

#[track_caller]
fn says<B: BodyBytes>(mut request: Request<B>, text: &str) {
    let error = signer().sign_http(&mut request, stamp()).unwrap_err();
    assert_eq!(error.to_string(), text);
}

fn post(headers: &[(&'static str, &'static str)], body: &'static str) -> Request<&'static str> {
    let mut request = Request::post("https://api.example.com/posts")
        .body(body)
        .unwrap();
    for (name, value) in headers {
        let (name, value) = (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
        request.headers_mut().append(name, value);
    }
    request
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

struct Stream;

impl BodyBytes for Stream {
    fn body_bytes(&self) -> Option<&[u8]> {
        None
    }
}

#[test]
fn a_header_that_is_there_already() {
    says(
        post(&[("authorization", "Basic dXNlcjp3b3Jk")], ""),
        "an Authorization header is set already: is this signed already, or did the client make one of user information in the URL?",
    );
}

#[test]
fn headers_that_servers_could_read_differently() {
    says(
        post(&[FORM, FORM], "a=b"),
        "the Content-Type header is set more than once",
    );
    says(
        post(&[("host", "example.com")], ""),
        "the Host header and the URI name different hosts: leave the header out, or make the URI relative and use `sign_http_at`",
    );
}

#[test]
fn bodies_that_are_no_form_or_cannot_be_read() {
    says(
        post(&[FORM], "{\"a\": 1}"),
        "byte 0 of the form must be percent-encoded; a body that is not a form, such as JSON, is not signed and must not be sent as a form",
    );
    let stream = || Request::post("https://api.example.com/posts");
    says(
        stream().header(FORM.0, FORM.1).body(Stream).unwrap(),
        "the body is a form, but its bytes cannot be read, as those of a stream: send it as text or bytes",
    );
    let hashing = signer().with_http_body_hash().unwrap();
    let mut request = stream().body(Stream).unwrap();
    let error = hashing.sign_http(&mut request, stamp()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the body is a stream: send it as text or bytes, which can be hashed"
    );
}

#[test]
fn uris_that_cannot_be_signed() {
    says(
        Request::get("/photos").body(()).unwrap(),
        "the URI has no scheme and host: use `sign_http_at` and say where the request goes",
    );
    let says = |uri: &str, text| {
        let uri: Uri = uri.parse().unwrap();
        let error = Target::try_from(&uri).unwrap_err();
        assert_eq!(error.to_string(), text);
        says(Request::get(uri).body(()).unwrap(), text);
    };
    says(
        "ftp://example.com/",
        "the scheme of the URL is neither http nor https",
    );
    says("http://:80/", "the URL has no host");
    says(
        "http://a:65536/",
        "the URL cannot be parsed: invalid port number",
    );
    says(
        "http://[0:0:0:0:0:0:0:1]/",
        "the IPv6 address is not in its shortest form: write [::1] in place of [0:0:0:0:0:0:0:1]",
    );

    // Older versions of the crate refuse such a URI.
    assert_eq!(
        TargetError::NotAscii { position: 2 }.to_string(),
        "byte 2 of the path and query is not visible ASCII: percent-encode it"
    );
    assert_eq!(
        TargetError::Fragment.to_string(),
        "the path and query has a `#`, which a client has to percent-encode"
    );
    let origin = Origin::new("https://api.example.com").unwrap();
    let error = |uri| {
        origin
            .target(&Uri::from_static(uri))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error("*"),
        "the path of the URL does not begin with a slash"
    );
    assert_eq!(
        error("https://example.com/"),
        "the request goes to another origin than the signer is for"
    );
    assert_eq!(
        Origin::new("api.example.com").unwrap_err().to_string(),
        "the URL does not begin with http:// or https://"
    );
}

#[test]
fn a_request_with_too_many_headers() {
    let error = HttpError::<std::convert::Infallible>::TooManyHeaders;
    assert_eq!(error.to_string(), "the request has too many headers");
}

#[test]
fn a_method_without_a_body_hash() {
    struct Own(HmacSha1);
    impl oauth1_signer::signature_method::SigningKey for Own {
        type Error = std::convert::Infallible;

        fn method(&self) -> &'static str {
            "OWN"
        }

        fn sign(
            &self,
            base_string: &oauth1_signer::BaseString<'_>,
        ) -> Result<oauth1_signer::signature_method::Signature, Self::Error> {
            self.0.sign(base_string)
        }
    }
    let signer = Signer::with_key("key", None, Own(HmacSha1::new("secret", "")));
    let error = signer.with_http_body_hash().unwrap_err();
    assert_eq!(error, MethodError::Unknown { name: "OWN".into() });
}
