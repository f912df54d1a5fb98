//! Verifies what a server received with the slow model of RFC 5849, which shares nothing with the
//! crate.

use crate::{
    reference::{self, Input, decode_form},
    server::Received,
};

pub(crate) const CONSUMER: (&str, &str) = ("consumer key", "consumer&secret");
pub(crate) const TOKEN: (&str, &str) = ("token", "token secret");

impl Received {
    /// The decoded protocol parameters of the `Authorization` header.
    pub(crate) fn protocol(&self) -> Vec<(String, String)> {
        let header = self.header("authorization").expect("a signed request");
        let header = header.strip_prefix("OAuth ").expect("OAuth");
        let pairs = header.split(", ").map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            let value = value.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
            let decoded = decode_form(format!("{name}={value}").as_bytes());
            let [(name, value)] = decoded.try_into().unwrap();
            (
                String::from_utf8(name).unwrap(),
                String::from_utf8(value).unwrap(),
            )
        });
        pairs.filter(|(name, _)| name != "realm").collect()
    }

    /// One protocol parameter.
    pub(crate) fn parameter(&self, name: &str) -> String {
        let mut parameters = self.protocol().into_iter();
        parameters.find(|parameter| parameter.0 == name).unwrap().1
    }

    /// The base string of the request as it arrived.
    pub(crate) fn base_string(&self) -> String {
        let media_type = self.header("content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap().trim();
        let form = if media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            decode_form(&self.body)
        } else {
            Vec::new()
        };
        reference::base_string(&Input {
            method: &self.method,
            url: &self.url,
            form: &form,
            protocol: &self.protocol(),
        })
    }

    /// Checks the HMAC-SHA1 signature of [`CONSUMER`] and [`TOKEN`].
    #[track_caller]
    pub(crate) fn verify(&self) {
        assert_eq!(self.parameter("oauth_consumer_key"), CONSUMER.0);
        assert_eq!(self.parameter("oauth_token"), TOKEN.0);
        let expected = reference::hmac_sha1(&self.base_string(), CONSUMER.1, TOKEN.1);
        assert_eq!(self.parameter("oauth_signature"), expected);
    }
}
