//! ureq.

use oauth1_signer::{Placement, Signer, Stamp};
use ureq::{
    Agent, Error,
    config::Config,
    http,
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::{Message, Result, Stopped, call, request, request_of};

pub(crate) fn agent(port: u16, redirects: u32) -> Agent {
    let config = Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(redirects)
        .max_redirects_will_error(false)
        .build();
    Agent::with_parts(config, DefaultConnector::default(), Loopback { port })
}

/// Every name leads to the server.
#[derive(Debug)]
struct Loopback {
    port: u16,
}

impl Resolver for Loopback {
    fn resolve(
        &self,
        _: &http::Uri,
        _: &Config,
        _: NextTimeout,
    ) -> std::result::Result<ResolvedSocketAddrs, Error> {
        let mut addresses = self.empty();
        addresses.push(([127, 0, 0, 1], self.port).into());
        Ok(addresses)
    }
}

pub(super) struct Text {
    placement: Placement,
    agent: Agent,
}

impl Text {
    pub(super) fn new(placement: Placement, port: u16) -> Self {
        let agent = agent(port, 0);
        Self { placement, agent }
    }
}

impl super::Client for Text {
    fn name(&self) -> &'static str {
        match self.placement {
            Placement::Query => "ureq, signed URL",
            _ => "ureq, text",
        }
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        run(
            &self.agent,
            request_of(call(signer, message, self.placement)?)?,
        )
    }
}

pub(super) struct Uri {
    agent: Agent,
}

impl Uri {
    pub(super) fn new(port: u16) -> Self {
        let agent = agent(port, 0);
        Self { agent }
    }
}

impl super::Client for Uri {
    fn name(&self) -> &'static str {
        "ureq, Uri"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let mut request = request(message)?;
        signer
            .sign_http(&mut request, Stamp::now())
            .map_err(Stopped::signer)?;
        run(&self.agent, request)
    }
}

/// A request without a form has no body, not an empty one.
pub(crate) fn run(agent: &Agent, request: http::Request<String>) -> Result {
    let response = if request.body().is_empty() {
        agent.run(request.map(drop))
    } else {
        agent.run(request)
    };
    Ok(response.map_err(Stopped::client)?.status().as_u16())
}
