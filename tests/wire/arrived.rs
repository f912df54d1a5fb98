//! A request as it arrived at a server, and what the slow model of the tests says about its signature.

use std::collections::BTreeMap;

use serde::Deserialize;
use support::reference::{Input, base_string, decode_form, hmac_sha1, plaintext};

/// A request as it arrived.
#[derive(Clone, Debug, Deserialize)]
pub struct Arrived {
    /// The method.
    pub method: String,
    /// The request target, byte for byte.
    pub target: String,
    /// The headers, with names such as `Content-Type`.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

impl Arrived {
    /// Whether the signature in the header, the query or the form is the one of these secrets.
    #[must_use]
    pub fn is_genuine(&self, consumer_secret: &str, token_secret: &str) -> bool {
        let expected = match self.parameter("oauth_signature_method").as_deref() {
            Some("HMAC-SHA1") => hmac_sha1(&self.base_string(), consumer_secret, token_secret),
            Some("PLAINTEXT") => plaintext(consumer_secret, token_secret),
            _ => return false,
        };
        self.parameter("oauth_signature") == Some(expected)
    }

    /// Whether there is a signature anywhere.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.contains("oauth_signature")
    }

    /// Whether a text stands anywhere in the request.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        let parts = [&self.target, &self.body].into_iter();
        parts
            .chain(self.headers.values())
            .any(|part| part.contains(text))
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// A protocol parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let pairs = [self.in_header(), self.query(), self.form()].concat();
        let (_, value) = pairs.into_iter().find(|pair| pair.0 == name.as_bytes())?;
        String::from_utf8(value).ok()
    }

    /// The decoded pairs of the body if it is a form.
    #[must_use]
    pub fn form(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let form = "application/x-www-form-urlencoded";
        if self.header("Content-Type").starts_with(form) {
            decode_form(self.body.as_bytes())
        } else {
            Vec::new()
        }
    }

    /// What the model makes of the request.
    #[must_use]
    pub fn base_string(&self) -> String {
        let url = if self.target.starts_with('/') {
            format!("http://{}{}", self.header("Host"), self.target)
        } else {
            self.target.clone()
        };
        let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
        let in_header: Vec<_> = self.in_header().into_iter().collect();
        let protocol: Vec<_> = in_header
            .into_iter()
            .map(|(name, value)| (text(name), text(value)))
            .collect();
        base_string(&Input {
            method: &self.method,
            url: &url,
            form: &self.form(),
            protocol: &protocol,
        })
    }

    /// The protocol parameters in the header, without the realm.
    fn in_header(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let header = self.header("Authorization");
        let list = header.strip_prefix("OAuth ").unwrap_or_default();
        list.split(", ")
            .flat_map(|pair| decode_form(pair.replace('"', "").as_bytes()))
            .filter(|(name, _)| name != b"realm")
            .collect()
    }

    fn query(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        decode_form(query.as_bytes())
    }
}

/// The code on the pages that send with an HTTP client, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/migrating.md")]
struct Migrating;
