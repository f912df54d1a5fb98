//! A network in memory: it answers as told, and remembers what was sent.

use std::{
    future::{Ready, ready},
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
};

use http::{Request, Response};
use support::reference;
use tower::Service;

#[derive(Clone)]
pub(super) struct Network {
    answer: Arc<dyn Answer>,
    seen: Arc<Mutex<Vec<Request<String>>>>,
    state: Arc<AtomicU8>,
    /// A service is ready before it is called.
    is_ready: bool,
}

trait Answer: Fn(&str) -> Response<String> + Send + Sync {}

impl<F: Fn(&str) -> Response<String> + Send + Sync> Answer for F {}

const WORKS: u8 = 0;
const BLOCKED: u8 = 1;
const FAILS: u8 = 2;
const CALLS_FAIL: u8 = 3;

impl Network {
    pub(super) fn new(answer: impl Fn(&str) -> Response<String> + Send + Sync + 'static) -> Self {
        Self {
            answer: Arc::new(answer),
            seen: Arc::default(),
            state: Arc::default(),
            is_ready: false,
        }
    }

    pub(super) fn block(&self) {
        self.state.store(BLOCKED, Ordering::Relaxed);
    }

    pub(super) fn fail(&self) {
        self.state.store(FAILS, Ordering::Relaxed);
    }

    pub(super) fn fail_calls(&self) {
        self.state.store(CALLS_FAIL, Ordering::Relaxed);
    }

    pub(super) fn unblock(&self) {
        self.state.store(WORKS, Ordering::Relaxed);
    }

    pub(super) fn seen(&self) -> Vec<Request<String>> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn nonces(&self) -> Vec<String> {
        let seen = self.seen();
        let parameters = seen.iter().map(authorization);
        parameters
            .map(|parameters| {
                let nonce = parameters
                    .into_iter()
                    .find(|(name, _)| name == "oauth_nonce");
                nonce.unwrap().1
            })
            .collect()
    }

    /// Each request has the nonce that is expected, and the signature of the model.
    #[track_caller]
    pub(super) fn check_signatures(&self, nonces: &[&str]) {
        self.check_signatures_at("", nonces);
    }

    /// The same for requests whose URIs are relative.
    #[track_caller]
    pub(super) fn check_signatures_at(&self, origin: &str, nonces: &[&str]) {
        assert_eq!(self.nonces(), nonces);
        for request in self.seen() {
            let mut protocol = authorization(&request);
            let is_signature = |(name, _): &(String, String)| name == "oauth_signature";
            let at = protocol.iter().position(is_signature).unwrap();
            let (_, signature) = protocol.remove(at);
            let form = match request.headers().get("content-type") {
                Some(_) => reference::decode_form(request.body().as_bytes()),
                None => Vec::new(),
            };
            let base_string = reference::base_string(&reference::Input {
                method: request.method().as_str(),
                url: &format!("{origin}{}", request.uri()),
                form: &form,
                protocol: &protocol,
            });
            let expected = reference::hmac_sha1(&base_string, "secret", "hush");
            assert_eq!(signature, expected, "{request:?}");
        }
    }
}

/// The parameters of the only `Authorization` header, decoded.
#[track_caller]
fn authorization(request: &Request<String>) -> Vec<(String, String)> {
    let mut headers = request.headers().get_all("authorization").iter();
    let header = headers.next().expect("the request is signed");
    assert!(headers.next().is_none());
    let parameters = header.to_str().unwrap().strip_prefix("OAuth ").unwrap();
    let decoded = |text: &str| {
        let (name, _) = reference::decode_form(text.as_bytes()).remove(0);
        String::from_utf8(name).unwrap()
    };
    let pairs = parameters
        .split(", ")
        .map(|pair| pair.split_once('=').unwrap());
    pairs
        .map(|(name, value)| (decoded(name), decoded(value.trim_matches('"'))))
        .collect()
}

impl Service<Request<String>> for Network {
    type Response = Response<String>;
    type Error = io::Error;
    type Future = Ready<io::Result<Response<String>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.state.load(Ordering::Relaxed) {
            BLOCKED => Poll::Pending,
            FAILS => Poll::Ready(Err(io::Error::other("the network is down"))),
            _ => {
                self.is_ready = true;
                Poll::Ready(Ok(()))
            }
        }
    }

    fn call(&mut self, request: Request<String>) -> Self::Future {
        assert!(std::mem::take(&mut self.is_ready), "it was not ready");
        if self.state.load(Ordering::Relaxed) == CALLS_FAIL {
            return ready(Err(io::Error::other("the network is down")));
        }
        let answer = (self.answer)(&request.uri().to_string());
        self.seen.lock().unwrap().push(request);
        ready(Ok(answer))
    }
}

pub(super) fn answer(status: u16) -> Response<String> {
    Response::builder()
        .status(status)
        .body(String::new())
        .unwrap()
}

pub(super) fn redirect(status: u16, location: &str) -> Response<String> {
    let mut redirect = answer(status);
    redirect
        .headers_mut()
        .insert("location", location.parse().unwrap());
    redirect
}
