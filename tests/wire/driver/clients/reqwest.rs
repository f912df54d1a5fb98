//! reqwest.

use std::{future::ready, net::SocketAddr};

use oauth1_signer::{Call, Placement, Signer, http::Origin, signature_method::SigningKey};
use oauth1_signer_reqwest::{Sign, SignMiddleware};
use reqwest::{
    Client, ClientBuilder,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use reqwest_middleware::{ClientBuilder as MiddlewareBuilder, Error, RequestBuilder};
use tokio::runtime::Runtime;

use super::{Message, Result, Stopped, call};

pub(crate) fn client(port: u16, redirects: Policy) -> Client {
    let client = builder(port).redirect(redirects).build();
    client.expect("a client without TLS")
}

/// Without a proxy, which the environment may name.
pub(crate) fn builder(port: u16) -> ClientBuilder {
    Client::builder().no_proxy().dns_resolver(Loopback { port })
}

/// Every name leads to the server.
struct Loopback {
    port: u16,
}

impl Resolve for Loopback {
    fn resolve(&self, _: Name) -> Resolving {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        Box::pin(ready(Ok(Box::new([address].into_iter()) as Addrs)))
    }
}

pub(super) struct ByHand<'a> {
    placement: Placement,
    client: Client,
    runtime: &'a Runtime,
}

impl<'a> ByHand<'a> {
    pub(super) fn new(placement: Placement, port: u16, runtime: &'a Runtime) -> Self {
        Self {
            placement,
            client: client(port, Policy::none()),
            runtime,
        }
    }
}

impl super::Client for ByHand<'_> {
    fn name(&self) -> &'static str {
        match self.placement {
            Placement::Query => "reqwest, signed URL",
            _ => "reqwest, text",
        }
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let call = call(signer, message, self.placement)?;
        self.runtime.block_on(send(&self.client, &call))
    }
}

pub(crate) async fn send(client: &Client, call: &Call) -> Result {
    let method = call.method().parse().map_err(Stopped::client)?;
    let mut request = client.request::<&str>(method, call.url());
    for (name, value) in call.headers() {
        request = request.header(name, value);
    }
    let response = request.body(call.body().to_owned()).send().await;
    Ok(response.map_err(Stopped::client)?.status().as_u16())
}

/// The adapter.
pub(super) struct Adapter<'a> {
    client: Client,
    runtime: &'a Runtime,
}

impl<'a> Adapter<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        let client = client(port, Policy::none());
        Self { client, runtime }
    }
}

impl super::Client for Adapter<'_> {
    fn name(&self) -> &'static str {
        "reqwest, sign"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let method = message.method.parse().map_err(Stopped::client)?;
        let mut request = self.client.request::<&str>(method, message.url);
        if !message.form.is_empty() {
            request = request.form(message.form);
        }
        let signed = request.sign(signer).map_err(Stopped::signer)?;
        let response = self.runtime.block_on(signed.send());
        Ok(response.map_err(Stopped::client)?.status().as_u16())
    }
}

/// The adapter in a client of reqwest-middleware.
pub(super) struct Middleware<'a> {
    client: Client,
    runtime: &'a Runtime,
}

impl<'a> Middleware<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        let client = client(port, Policy::none());
        Self { client, runtime }
    }
}

impl super::Client for Middleware<'_> {
    fn name(&self) -> &'static str {
        "reqwest-middleware"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let method = message.method.parse().map_err(Stopped::client)?;
        let origin = Origin::new(message.url).map_err(Stopped::signer)?;
        let client = MiddlewareBuilder::new(self.client.clone())
            .with(SignMiddleware::new(signer.clone(), origin))
            .build();
        let mut request = client.request::<&str>(method, message.url);
        if !message.form.is_empty() {
            request = request.form(message.form);
        }
        self.runtime.block_on(send_with_middleware(request))
    }
}

/// Signs for an origin on loopback.
pub(crate) fn middleware<K: SigningKey>(signer: &Signer<K>, port: u16) -> SignMiddleware<K>
where
    Signer<K>: Clone,
{
    let origin = Origin::new(format!("http://127.0.0.1:{port}")).expect("an origin");
    SignMiddleware::new(signer.clone(), origin)
}

pub(crate) async fn send_with_middleware(request: RequestBuilder) -> Result {
    match request.send().await {
        Ok(response) => Ok(response.status().as_u16()),
        Err(Error::Middleware(error)) => Err(Stopped::Signer(error.to_string())),
        Err(Error::Reqwest(error)) => Err(Stopped::client(error)),
    }
}
