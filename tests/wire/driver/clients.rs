//! The HTTP clients, each on two roads: the text that was signed is given to the client, or the request
//! that the client made is signed.

pub(crate) mod hyper;
pub(crate) mod reqwest;
pub(crate) mod tower;
pub(crate) mod ureq;

use std::fmt;

use ::http::Request;
use oauth1_signer::{Call, Placement, Request as ToSign, Signer, Stamp};
use tokio::runtime::Runtime;

use crate::{Ports, secrets::signer};

/// What to send.
#[derive(Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    /// Empty for a request without one.
    pub(crate) form: &'a [(&'a str, &'a str)],
}

/// Who did not send a message, and why.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Stopped {
    Signer(String),
    Client(String),
}

impl Stopped {
    pub(crate) fn signer(error: impl std::error::Error) -> Self {
        Self::Signer(error.to_string())
    }

    pub(crate) fn client(error: impl std::error::Error) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            text = format!("{text}: {error}");
            source = error.source();
        }
        Self::Client(text)
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signer(why) => write!(f, "signer: {why}"),
            Self::Client(why) => write!(f, "client: {why}"),
        }
    }
}

pub(crate) type Result<T = u16> = std::result::Result<T, Stopped>;

pub(crate) trait Client {
    fn name(&self) -> &'static str;

    /// Signs and sends a message. Returns the status of the response.
    fn send(&self, signer: &Signer, message: &Message) -> Result;
}

pub(crate) fn all(ports: Ports, runtime: &Runtime) -> Vec<Box<dyn Client + '_>> {
    let port = ports.home;
    vec![
        Box::new(reqwest::ByHand::new(Placement::Header, port, runtime)),
        Box::new(reqwest::ByHand::new(Placement::Query, port, runtime)),
        Box::new(reqwest::Adapter::new(port, runtime)),
        Box::new(reqwest::Middleware::new(port, runtime)),
        Box::new(ureq::Text::new(Placement::Header, port)),
        Box::new(ureq::Text::new(Placement::Query, port)),
        Box::new(ureq::Uri::new(port)),
        Box::new(hyper::Text::new(port, runtime)),
        Box::new(hyper::Uri::new(port, runtime)),
        Box::new(tower::Layered::new(port, runtime)),
        Box::new(hyper::ConnectionText::new(port, runtime)),
        Box::new(hyper::ConnectionUri::new(port, runtime)),
    ]
}

/// The road of the text: signed first, and then given to the client.
fn call(signer: &Signer, message: &Message, placement: Placement) -> Result<Call> {
    let mut request = ToSign::new(message.method, message.url).map_err(Stopped::signer)?;
    if !message.form.is_empty() {
        request = request.form(message.form).map_err(Stopped::signer)?;
    }
    Ok(signer.sign(&request, Stamp::now()).call(placement))
}

pub(crate) fn request_of(call: Call) -> Result<Request<String>> {
    call.try_into().map_err(Stopped::client)
}

/// The road of the client: its own request, to be signed.
fn request(message: &Message) -> Result<Request<String>> {
    let mut request = Request::builder().method(message.method).uri(message.url);
    if !message.form.is_empty() {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(message.form)
        .finish();
    request.body(body).map_err(Stopped::client)
}

/// Signs one URL, and sends the request to another.
pub(crate) fn send_another(runtime: &Runtime, port: u16, signed: &str, sent: &str) -> Result {
    let (method, form) = ("GET", &[][..]);
    let url = signed;
    let message = Message { method, url, form };
    let mut request = request_of(call(&signer(), &message, Placement::Header)?)?;
    *request.uri_mut() = sent.parse().map_err(Stopped::client)?;
    runtime.block_on(hyper::send(&hyper::client(port), request))
}
