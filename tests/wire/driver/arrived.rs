//! What has arrived at the server, and what the slow model says about it.

use std::collections::BTreeMap;

use serde::Deserialize;
use support::reference::{Input, base_string, decode_form, hmac_sha1, plaintext};
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
    pub(crate) fn take(&self) -> Result<Vec<Arrived>> {
        let mut response = self.agent.get(&self.url).call()?;
        Ok(serde_json::from_str(&response.body_mut().read_to_string()?)?)
    }
}

/// A request as it arrived.
#[derive(Debug, Deserialize)]
pub(crate) struct Arrived {
    pub(crate) origin: String,
    pub(crate) method: String,
    /// The request target, byte for byte.
    pub(crate) target: String,
    pub(crate) host: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    /// What oauthlib says.
    verdict: Verdict,
    why: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Accepted,
    Refused,
    Unsigned,
    Unread,
}

/// Who found the signature of a request genuine.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum By {
    /// The slow model and oauthlib.
    Oauthlib,
    /// The slow model alone, because oauthlib cannot read the request.
    Model,
}

impl Arrived {
    /// Whether the signature is genuine. oauthlib decides, and the model must agree with it.
    pub(crate) fn verify(&self) -> std::result::Result<By, String> {
        let line = format!(
            "{} {} with the host {}",
            self.method, self.target, self.host
        );
        if self.verdict == Verdict::Unsigned {
            return Err(format!("{line}: it is not signed"));
        }
        let model = self.agrees_with_model();
        match (self.verdict, model) {
            (Verdict::Accepted, true) => Ok(By::Oauthlib),
            (Verdict::Unread, true) => Ok(By::Model),
            (verdict, model) => Err(format!(
                "{line}: oauthlib says {verdict:?} ({}), the model {model}",
                self.why
            )),
        }
    }

    pub(crate) fn is_signed(&self) -> bool {
        self.verdict != Verdict::Unsigned
    }

    /// Whether a text stands anywhere in the request.
    pub(crate) fn contains(&self, text: &str) -> bool {
        let headers = self.headers.values();
        [&self.target, &self.host, &self.body]
            .into_iter()
            .chain(headers)
            .any(|part| part.contains(text))
    }

    /// The nonce of a request that is signed in its header.
    pub(crate) fn nonce(&self) -> Option<String> {
        let parameters = self.protocol_parameters();
        let (_, nonce) = parameters.into_iter().find(|(name, _)| name == "oauth_nonce")?;
        Some(nonce)
    }

    /// The signature base string that the model makes of what arrived.
    fn base_string(&self) -> String {
        let origin_form = self.target.starts_with('/');
        let url = match origin_form {
            true => format!("http://{}{}", self.host, self.target),
            false => self.target.clone(),
        };
        let mut protocol = self.protocol_parameters();
        protocol.retain(|(name, _)| name != "oauth_signature");
        base_string(&Input {
            method: &self.method,
            url: &url,
            form: &self.form(),
            protocol: &protocol,
        })
    }

    fn agrees_with_model(&self) -> bool {
        let parameters = self.protocol_parameters();
        let value = |wanted: &str| {
            let found = parameters.iter().find(|(name, _)| name == wanted);
            found.map_or("", |(_, value)| value)
        };
        let expected = match value("oauth_signature_method") {
            "PLAINTEXT" => plaintext(CONSUMER_SECRET, TOKEN_SECRET),
            _ => hmac_sha1(&self.base_string(), CONSUMER_SECRET, TOKEN_SECRET),
        };
        value("oauth_signature") == expected
    }

    /// Those of the header.
    fn protocol_parameters(&self) -> Vec<(String, String)> {
        let header = self.headers.get("Authorization");
        let Some(list) = header.and_then(|value| value.strip_prefix("OAuth ")) else {
            return Vec::new();
        };
        let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
        list.split(", ")
            .flat_map(|pair| decode_form(pair.replace('"', "").as_bytes()))
            .map(|(name, value)| (text(name), text(value)))
            .collect()
    }

    pub(crate) fn form(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let form = "application/x-www-form-urlencoded";
        match self.headers.get("Content-Type") {
            Some(media_type) if media_type.starts_with(form) => decode_form(self.body.as_bytes()),
            _ => Vec::new(),
        }
    }
}
