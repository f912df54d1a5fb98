//! reqwest.

use std::{future::ready, net::SocketAddr};

use oauth1_signer::Signer;
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use tokio::runtime::Runtime;

use super::{Message, Result, Stopped, call};

pub(crate) fn client(port: u16, redirects: Policy) -> Client {
    let builder = Client::builder().no_proxy().redirect(redirects);
    let client = builder.dns_resolver(Loopback { port }).build();
    client.expect("a client without TLS")
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
        let method = call.method().parse().map_err(Stopped::client)?;
        let mut request = self.client.request::<&str>(method, call.url());
        for (name, value) in call.headers() {
            request = request.header(name, value);
        }
        let sent = request.body(call.body().to_owned()).send();
        let response = self.runtime.block_on(sent).map_err(Stopped::client)?;
        Ok(response.status().as_u16())
    }
}
