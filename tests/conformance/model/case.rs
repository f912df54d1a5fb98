//! A random request, who signs it, and what the model says about it.

use std::convert::Infallible;

use oauth1_signer::{
    BaseString, Callback, Realm, Request, Signed, Signer, Stamp,
    signature_method::{HmacSha1, Signature, SigningKey},
};
use support::reference::{self, Input, decode_form};
use url::Url;

use super::spelling::{Pair, Spelling, in_form};

/// A request and who signs it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) method: String,
    /// As it is given to the crate and to the model alike. `url` makes no other URL of it than the
    /// model does.
    pub(super) url: String,
    pub(super) form: Vec<Pair>,
    pub(super) elsewhere: Vec<Pair>,
    pub(super) spelling: Spelling,
    pub(super) signature_method: String,
    pub(super) consumer: (String, String),
    pub(super) token: Option<(String, String)>,
    pub(super) nonce: String,
    pub(super) timestamp: u64,
    pub(super) version: bool,
    pub(super) callback: Option<String>,
    pub(super) verifier: Option<String>,
    pub(super) further: Vec<(String, String)>,
    pub(super) realm: Option<String>,
}

impl Case {
    pub(crate) fn signer(&self) -> Signer<Named> {
        let (consumer_key, consumer_secret) = &self.consumer;
        let (token, token_secret) = self.token_and_secret();
        let key = Named {
            name: self.signature_method.clone(),
            key: HmacSha1::new(consumer_secret, token_secret),
        };
        self.set(Signer::with_key(consumer_key, token, key))
    }

    fn token_and_secret(&self) -> (Option<&str>, &str) {
        match &self.token {
            None => (None, ""),
            Some((token, secret)) => (Some(token), secret),
        }
    }

    pub(super) fn set<K: SigningKey>(&self, mut signer: Signer<K>) -> Signer<K> {
        if !self.version {
            signer = signer.without_version();
        }
        if let Some(realm) = &self.realm {
            signer = signer.with_realm(Realm::new(realm).unwrap());
        }
        signer
    }

    pub(crate) fn stamp(&self) -> Stamp {
        Stamp::new(self.nonce.clone(), self.timestamp)
    }

    /// With the form as bytes or, without bytes, as pairs.
    pub(crate) fn request<'a>(&'a self, form_bytes: Option<&'a [u8]>) -> Request<'a> {
        let mut request = Request::new(&self.method, self.url.as_str()).unwrap();
        request = match form_bytes {
            None => request.form(&self.form).unwrap(),
            Some(body) => request.form_bytes(body).unwrap(),
        };
        request = request.signed_elsewhere(&self.elsewhere).unwrap();
        if let Some(callback) = &self.callback {
            request = request.callback(Callback::Url(callback));
        }
        if let Some(code) = &self.verifier {
            request = request.verification_code(code);
        }
        for (name, value) in &self.further {
            request = request.protocol_parameter(name, value).unwrap();
        }
        request
    }

    pub(crate) fn form_bytes(&self) -> Vec<u8> {
        in_form(&self.form, self.spelling)
    }

    /// What the model signs besides query and form.
    fn protocol(&self) -> Vec<(String, String)> {
        let mut protocol = self.further.clone();
        let mut add = |name: &str, value: &str| protocol.push((name.into(), value.into()));
        add("oauth_consumer_key", &self.consumer.0);
        add("oauth_nonce", &self.nonce);
        add("oauth_signature_method", &self.signature_method);
        add("oauth_timestamp", &self.timestamp.to_string());
        if let Some(token) = self.token_and_secret().0 {
            add("oauth_token", token);
        }
        if self.version {
            add("oauth_version", "1.0");
        }
        if let Some(callback) = &self.callback {
            add("oauth_callback", callback);
        }
        if let Some(code) = &self.verifier {
            add("oauth_verifier", code);
        }
        protocol
    }

    pub(super) fn check_stages(&self, request: &Request, signed: &Signed) {
        let form = [&self.form[..], &self.elsewhere].concat();
        let input = Input {
            method: &self.method,
            url: &self.url,
            form: &form,
            protocol: &self.protocol(),
        };
        let base_string = reference::base_string(&input);
        let signature =
            reference::hmac_sha1(&base_string, &self.consumer.1, self.token_and_secret().1);

        let base_uri = reference::base_uri(&self.url);
        assert_eq!(request.target().base_uri(), base_uri);
        assert_eq!(
            signed.parameters().to_string(),
            reference::parameters(&input)
        );
        assert_eq!(signed.base_string().to_string(), base_string);
        let mut chunks = Vec::new();
        let view = signed.base_string();
        view.for_each_chunk(|chunk| chunks.extend_from_slice(chunk));
        assert_eq!(chunks, base_string.as_bytes());
        assert_eq!(signed.signature().expose_secret(), signature);
    }

    pub(super) fn check_renderings(&self, request: &Request, signed: &Signed) {
        let mut sent = self.protocol();
        let signature = signed.signature().expose_secret();
        sent.push(("oauth_signature".into(), signature.into()));
        sent.sort_by_key(|(name, _)| reference::encode(name.as_bytes()));
        let listed: Vec<(String, String)> = signed
            .protocol_parameters()
            .iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        assert_eq!(listed, sent);
        let sent: Vec<Pair> = sent
            .into_iter()
            .map(|(name, value)| (name.into_bytes(), value.into_bytes()))
            .collect();

        let header = signed.authorization_header().to_value();
        assert_eq!(header, signed.authorization_header().to_string());
        assert_eq!(self.pairs_in_header(&header), sent);

        // Nothing of what is sent of the URL is lost.
        let mut before = Url::parse(&self.url).unwrap();
        before.set_fragment(None);
        before.set_username("").unwrap();
        before.set_password(None).unwrap();
        assert_eq!(request.url(), before.as_str());
        let url = signed.query().to_url();
        let after = Url::parse(&url).unwrap();
        assert_eq!(after.as_str(), url, "a parser leaves the URL alone");
        let query = after.query().unwrap();
        assert_eq!(query, signed.query().to_string());
        let mut expected = decode_form(before.query().unwrap_or("").as_bytes());
        expected.extend_from_slice(&sent);
        assert_eq!(decode_form(query.as_bytes()), expected);
        let mut restored = after.clone();
        restored.set_query(before.query());
        assert_eq!(restored, before);

        let form = request.form_body().to_string();
        assert!(form.is_ascii());
        assert_eq!(decode_form(form.as_bytes()), self.form);
        let form = signed.form_body().to_string();
        assert!(form.is_ascii());
        assert_eq!(
            decode_form(form.as_bytes()),
            [&self.form[..], &sent].concat()
        );
    }

    fn pairs_in_header(&self, header: &str) -> Vec<Pair> {
        let mut rest = header.strip_prefix("OAuth ").unwrap();
        if let Some(realm) = &self.realm {
            let realm = Realm::new(realm).unwrap().to_string();
            rest = rest.strip_prefix("realm=").unwrap();
            rest = rest.strip_prefix(realm.as_str()).unwrap();
            rest = rest.strip_prefix(", ").unwrap();
        }
        assert!(!rest.contains('+'), "{rest}");
        rest.split(", ")
            .flat_map(|parameter| {
                let (name, value) = parameter.split_once('=').unwrap();
                let value = value.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
                decode_form(format!("{name}={value}").as_bytes())
            })
            .collect()
    }
}

/// HMAC-SHA1 by any name.
pub(crate) struct Named {
    name: String,
    key: HmacSha1,
}

impl SigningKey for Named {
    type Error = Infallible;

    fn method(&self) -> &str {
        &self.name
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Infallible> {
        self.key.sign(base_string)
    }
}
