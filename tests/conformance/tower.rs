//! Behind retries and redirects, each attempt is signed anew, and for one origin only.

mod network;

use std::{
    convert::Infallible,
    future::{Future, Ready, ready},
    pin::pin,
    sync::atomic::{AtomicU64, Ordering},
    task::{Context, Poll, Waker},
};

use http::{Request, Response};
use oauth1_signer::{
    Consumer, Signer, Stamp, Token,
    http::{HttpError, Origin, OriginError},
    signature_method::{HmacSha1, Plaintext, SigningError},
    tower::SignLayer,
};
use tower::{
    BoxError, Service, ServiceBuilder, ServiceExt,
    retry::{Policy, RetryLayer},
};
use tower_http::follow_redirect::FollowRedirectLayer;

use self::network::{Network, answer, redirect};

const FORM: &str = "application/x-www-form-urlencoded";

fn consumer() -> Consumer {
    Consumer::new("key", "secret")
}

fn origin(url: &str) -> Origin {
    Origin::new(url).unwrap()
}

/// Signs for `https://api.example.com`, with nonces that are counted.
fn layer() -> SignLayer {
    layer_for("https://api.example.com")
}

fn layer_for(url: &str) -> SignLayer {
    let signer = Signer::new(&consumer(), &Token::new("token", "hush"));
    SignLayer::with_stamps(signer, origin(url), counted())
}

fn counted() -> impl Fn() -> Stamp + Send + Sync {
    let count = AtomicU64::new(0);
    move || {
        let number = count.fetch_add(1, Ordering::Relaxed);
        Stamp::new(format!("nonce{number}"), 1_316_657_628)
    }
}

fn get(url: &str) -> Request<String> {
    Request::get(url).body(String::new()).unwrap()
}

/// Sends a request through services that do not wait for anything, but may want to be polled again.
fn send<S>(service: S, request: Request<String>) -> Result<Response<String>, BoxError>
where
    S: Service<Request<String>, Response = Response<String>, Error = BoxError>,
{
    polled(10, service.oneshot(request)).expect("it does not wait")
}

fn polled<F: Future>(times: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    (0..times).find_map(|_| match future.as_mut().poll(&mut context) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    })
}

/// Sends a request again until the answer is no 503, three times at most.
#[derive(Clone)]
struct ThreeTimes(u32);

impl<E> Policy<Request<String>, Response<String>, E> for ThreeTimes {
    type Future = Ready<()>;

    fn retry(
        &mut self,
        _: &mut Request<String>,
        result: &mut Result<Response<String>, E>,
    ) -> Option<Self::Future> {
        let again = self.0 > 1 && result.as_ref().is_ok_and(|answer| answer.status() == 503);
        self.0 -= 1;
        again.then(|| ready(()))
    }

    fn clone_request(&mut self, request: &Request<String>) -> Option<Request<String>> {
        Some(request.clone())
    }
}

#[test]
fn each_retry_has_a_nonce_of_its_own() {
    let network = Network::new(|_| answer(503));
    let service = ServiceBuilder::new()
        .layer(RetryLayer::new(ThreeTimes(3)))
        .layer(layer())
        .service(network.clone());
    let request = Request::post("https://api.example.com/posts?draft=1")
        .header("content-type", FORM)
        .body("title=a+b".to_owned());
    let answer = send(service, request.unwrap()).unwrap();
    assert_eq!(answer.status(), 503);
    network.check_signatures(&["nonce0", "nonce1", "nonce2"]);
}

#[test]
fn a_redirect_to_the_same_origin_is_signed_for_its_own_url() {
    let network = Network::new(|uri| match uri {
        "https://api.example.com/old?a=b" => redirect(307, "/new/%7E?c=d"),
        "https://api.example.com/new/%7E?c=d" => redirect(302, "https://api.example.com:443/newer"),
        _ => answer(200),
    });
    let service = ServiceBuilder::new()
        .layer(FollowRedirectLayer::new())
        .layer(layer())
        .service(network.clone());
    let answer = send(service, get("https://api.example.com/old?a=b")).unwrap();
    assert_eq!(answer.status(), 200);
    network.check_signatures(&["nonce0", "nonce1", "nonce2"]);
}

#[test]
fn a_form_that_a_redirect_drops_is_not_signed() {
    let network = Network::new(|uri| match uri {
        "https://api.example.com/posts" => redirect(303, "/posts/7"),
        _ => answer(200),
    });
    let service = ServiceBuilder::new()
        .layer(FollowRedirectLayer::new())
        .layer(layer())
        .service(network.clone());
    let request = Request::post("https://api.example.com/posts").header("content-type", FORM);
    send(service, request.body("a=b".to_owned()).unwrap()).unwrap();
    network.check_signatures(&["nonce0", "nonce1"]);
    let methods: Vec<_> = network
        .seen()
        .iter()
        .map(|seen| seen.method().to_string())
        .collect();
    assert_eq!(methods, ["POST", "GET"]);
}

#[test]
fn retries_of_redirects_are_signed_anew() {
    let network = Network::new(|uri| match uri {
        "https://api.example.com/old" => redirect(307, "/new"),
        _ => answer(503),
    });
    let service = ServiceBuilder::new()
        .layer(RetryLayer::new(ThreeTimes(2)))
        .layer(FollowRedirectLayer::new())
        .layer(layer())
        .service(network.clone());
    send(service, get("https://api.example.com/old")).unwrap();
    network.check_signatures(&["nonce0", "nonce1", "nonce2", "nonce3"]);
}

const ELSEWHERE: [&str; 5] = [
    "https://evil.example/",
    "http://api.example.com/",
    "https://api.example.com:8443/",
    "https://api.example.com@evil.example/",
    "//evil.example/",
];

#[test]
fn a_redirect_to_another_origin_is_refused() {
    for location in ELSEWHERE {
        let network = Network::new(move |_| redirect(307, location));
        let service = ServiceBuilder::new()
            .layer(FollowRedirectLayer::new())
            .layer(layer())
            .service(network.clone());
        let error = send(service, get("https://api.example.com/")).unwrap_err();
        let error = error.downcast_ref::<HttpError>().unwrap();
        assert_eq!(
            error,
            &HttpError::Origin(OriginError::Foreign),
            "{location}"
        );
        network.check_signatures(&["nonce0"]);
    }
}

#[test]
fn a_redirect_to_another_origin_is_passed_unsigned_if_that_is_chosen() {
    for location in ELSEWHERE {
        let network = Network::new(move |uri| match uri {
            "https://api.example.com/" => redirect(307, location),
            _ => answer(200),
        });
        // With PLAINTEXT, a signature would hand over both secrets.
        let signer = Signer::plaintext(&consumer(), &Token::new("token", "hush"));
        let origin = origin("https://api.example.com");
        let layer = SignLayer::with_stamps(signer, origin, counted()).pass_foreign();
        let service = ServiceBuilder::new()
            .layer(FollowRedirectLayer::new())
            .layer(layer)
            .service(network.clone());
        send(service, get("https://api.example.com/")).unwrap();
        let seen = network.seen();
        assert_eq!(seen.len(), 2, "{location}");
        assert!(format!("{:?}", seen[0].headers()).contains("authorization"));
        assert!(
            seen[1].headers().get("authorization").is_none(),
            "{location}"
        );
        assert!(!format!("{:?}", seen[1]).contains("hush"), "{location}");
    }
}

#[test]
fn two_layers_sign_for_two_hosts() {
    let network = Network::new(|_| answer(200));
    let mut service = ServiceBuilder::new()
        .layer(layer().pass_foreign())
        .layer(layer_for("https://upload.example.com").pass_foreign())
        .service(network.clone());
    for url in [
        "https://api.example.com/a",
        "https://upload.example.com/b",
        "https://other.example.com/c",
    ] {
        send(&mut service, get(url)).unwrap();
    }
    let is_signed = |seen: &Request<String>| seen.headers().contains_key("authorization");
    let signed: Vec<_> = network.seen().iter().map(is_signed).collect();
    assert_eq!(signed, [true, true, false]);
}

#[test]
fn a_relative_uri_is_signed_for_the_origin() {
    let network = Network::new(|_| answer(200));
    let service = layer_for("https://api.example.com:8443/");
    let service = ServiceBuilder::new()
        .layer(service)
        .service(network.clone());
    send(service, get("/photos?size=original")).unwrap();
    network.check_signatures_at("https://api.example.com:8443", &["nonce0"]);
}

#[test]
fn what_cannot_be_signed_is_not_sent() {
    let network = Network::new(|_| answer(200));
    let service = || {
        ServiceBuilder::new()
            .layer(layer())
            .service(network.clone())
    };
    let error_of = |request| {
        let error = send(service(), request).unwrap_err();
        error.downcast_ref::<HttpError>().unwrap().clone()
    };

    let mut request = get("https://api.example.com/");
    let header = http::HeaderValue::from_static("Basic dXNlcjp3b3Jk");
    request.headers_mut().insert("authorization", header);
    assert_eq!(error_of(request), HttpError::Authorization);
    let twice = ServiceBuilder::new().layer(layer()).service(service());
    let error = send(twice, get("https://api.example.com/")).unwrap_err();
    assert_eq!(
        error.downcast_ref(),
        Some(&HttpError::<Infallible>::Authorization)
    );

    let error = error_of(get("https://api.example.com/?oauth_nonce=1"));
    assert!(matches!(error, HttpError::Request(_)), "{error}");
    // A layer that passes foreign requests does not pass these.
    let passing = ServiceBuilder::new()
        .layer(layer().pass_foreign())
        .service(network.clone());
    send(passing, get("https://api.example.com/?a=%")).unwrap_err();

    let http = origin("http://api.example.com");
    let plaintext = SignLayer::with_stamps(Signer::plaintext(&consumer(), None), http, counted());
    let insecure = ServiceBuilder::new()
        .layer(plaintext)
        .service(network.clone());
    let error = send(insecure, get("http://api.example.com/")).unwrap_err();
    let expected = HttpError::Key(SigningError::InsecureTransport);
    assert_eq!(error.downcast_ref(), Some(&expected));
    assert!(network.seen().is_empty());
}

#[test]
fn the_service_is_as_ready_as_the_one_below_it() {
    let network = Network::new(|_| answer(200));
    let mut service = ServiceBuilder::new()
        .layer(layer())
        .service(network.clone());
    network.block();
    assert!(polled(2, service.ready()).is_none());
    network.fail();
    let error = polled(1, service.ready()).unwrap().err().unwrap();
    assert_eq!(error.to_string(), "the network is down");
    network.unblock();
    assert!(polled(1, service.ready()).unwrap().is_ok());
    let error = {
        network.fail_calls();
        send(&mut service, get("https://api.example.com/")).unwrap_err()
    };
    assert_eq!(error.to_string(), "the network is down");
}

#[test]
fn layers_and_services_are_shared() {
    fn is_shared<T: Clone + Send + Sync + 'static>(_: &T) {}

    /// Neither `Clone` nor `Debug`.
    struct Key(HmacSha1);
    impl oauth1_signer::signature_method::SigningKey for Key {
        type Error = Infallible;

        fn method(&self) -> &str {
            self.0.method()
        }

        fn sign(
            &self,
            base_string: &oauth1_signer::BaseString<'_>,
        ) -> Result<oauth1_signer::signature_method::Signature, Infallible> {
            self.0.sign(base_string)
        }
    }
    let signer = Signer::with_key("key", Some("token"), Key(HmacSha1::new("secret", "hush")));
    let layer = SignLayer::with_stamps(signer, origin("https://api.example.com"), counted());
    is_shared(&layer);
    is_shared(&SignLayer::<Plaintext>::clone(&SignLayer::with_stamps(
        Signer::plaintext(&consumer(), None),
        origin("https://a"),
        counted(),
    )));
    let network = Network::new(|_| answer(200));
    let service = ServiceBuilder::new().layer(layer).service(network.clone());
    is_shared(&service);
    let (first, second) = (service.clone(), service);
    let there = std::thread::spawn(move || send(first, get("https://api.example.com/a")).unwrap());
    there.join().unwrap();
    send(second, get("https://api.example.com/b")).unwrap();
    network.check_signatures(&["nonce0", "nonce1"]);
}

/// With the system's clock and fresh nonces.
#[test]
#[cfg(feature = "rand")]
fn stamps_are_made_now() {
    let network = Network::new(|_| answer(200));
    let layer = SignLayer::new(
        Signer::new(&consumer(), None),
        origin("https://api.example.com"),
    );
    let service = ServiceBuilder::new().layer(layer).service(network.clone());
    for _ in 0..2 {
        send(service.clone(), get("https://api.example.com/")).unwrap();
    }
    let nonces = network.nonces();
    assert_eq!(nonces.len(), 2);
    assert_ne!(nonces[0], nonces[1]);
}
