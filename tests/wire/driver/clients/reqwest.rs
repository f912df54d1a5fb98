//! reqwest.

use std::{future::ready, net::SocketAddr};

use oauth1_signer::{Call, Signer};
use reqwest::{
    Client, ClientBuilder,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
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
    client: Client,
    runtime: &'a Runtime,
}

impl<'a> ByHand<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        let client = client(port, Policy::none());
        Self { client, runtime }
    }
}

impl super::Client for ByHand<'_> {
    fn name(&self) -> &'static str {
        "reqwest, text"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let call = call(signer, message)?;
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
