//! What has arrived at the server of `server.py`.

use arrived::Arrived;
use serde::Deserialize;
use ureq::Agent;

use crate::{
    Result,
    secrets::{CONSUMER_SECRET, TOKEN_SECRET},
};

/// The server's list of what has arrived.
pub(crate) struct Arrivals {
    agent: Agent,
    url: String,
}

impl Arrivals {
    pub(crate) fn new(port: u16) -> Self {
        let config = Agent::config_builder().proxy(None);
        Self {
            agent: config.build().into(),
            url: format!("http://127.0.0.1:{port}/"),
        }
    }

    /// Takes what has arrived since the last time.
    pub(crate) fn take(&self) -> Result<Vec<Arrival>> {
        let mut response = self.agent.get(&self.url).call()?;
        Ok(serde_json::from_str(
            &response.body_mut().read_to_string()?,
        )?)
    }
}

/// A request, where it arrived, and what oauthlib says about it.
#[derive(Debug, Deserialize)]
pub(crate) struct Arrival {
    pub(crate) origin: Origin,
    #[serde(flatten)]
    pub(crate) request: Arrived,
    verdict: Verdict,
    why: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    Foreign,
    Home,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Accepted,
    Refused,
    Unread,
    Unsigned,
}

/// Who found the signature of a request genuine.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum By {
    /// oauthlib and the slow model.
    Oauthlib,
    /// The slow model alone, because oauthlib cannot read the request.
    Model,
}

impl Arrival {
    /// Whether the signature is genuine. oauthlib decides, and the model must agree with it.
    pub(crate) fn verify(&self) -> std::result::Result<By, String> {
        let model = self.request.is_genuine(CONSUMER_SECRET, TOKEN_SECRET);
        match (self.verdict, model) {
            (Verdict::Accepted, true) => Ok(By::Oauthlib),
            (Verdict::Unread, true) => Ok(By::Model),
            (verdict, model) => Err(format!(
                "{} {} with the host {}: oauthlib says {verdict:?} ({}), the model {model}",
                self.request.method,
                self.request.target,
                self.request.header("Host"),
                self.why
            )),
        }
    }
}
