//! A request to sign, read from an input, and what the model says about it.

use oauth1_signer::{Callback, Request, RequestError, Stamp, signature_method::BodyHash};
use support::reference::{Input, base_string, decode_form};
use url::Url;

use crate::{Message, lossy, number};

/// A name and a value, decoded.
pub type Pair = (Vec<u8>, Vec<u8>);

/// A request and who signs it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The method, as it is given.
    pub method: String,
    /// The URL, as it is given.
    pub url: String,
    /// The form as pairs.
    pub form: Option<Vec<Pair>>,
    /// The form as bytes. With both, the request is refused.
    pub body: Option<Vec<u8>>,
    /// Pairs that travel in neither query nor form.
    pub elsewhere: Vec<Pair>,
    /// The body whose hash is signed.
    pub hashed: Option<Vec<u8>>,
    /// Key and secret.
    pub consumer: (String, String),
    /// Token and secret.
    pub token: Option<(String, String)>,
    /// The nonce.
    pub nonce: String,
    /// The timestamp.
    pub timestamp: u64,
    /// Whether `oauth_version` is sent.
    pub version: bool,
    /// The realm, as it is given.
    pub realm: Option<String>,
    /// `oauth_callback`.
    pub callback: Option<String>,
    /// `oauth_verifier`.
    pub code: Option<String>,
    /// Extra protocol parameters.
    pub extra: Vec<(String, String)>,
}

impl Case {
    /// Reads any input. What is not there has a default.
    #[must_use]
    pub fn parse(data: &[u8]) -> Self {
        let message = Message::parse(data);
        let first_line = &message.first_line;
        let (method, url) = first_line.split_once(' ').unwrap_or(("GET", first_line));
        let pair = |name: &str| message.pairs(name)?.into_iter().next();
        let text_pair = |name: &str| {
            let (name, value) = pair(name)?;
            Some((lossy(&name), lossy(&value)))
        };
        let (nonce, timestamp) = pair("stamp").unwrap_or_default();
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            form: message.pairs("form"),
            body: message.body.map(<[u8]>::to_vec),
            elsewhere: message.pairs("elsewhere").unwrap_or_default(),
            hashed: message.bytes("hashed").map(<[u8]>::to_vec),
            consumer: text_pair("consumer").unwrap_or_default(),
            token: text_pair("token"),
            nonce: lossy(&nonce),
            timestamp: number(&timestamp),
            version: message.bytes("version") != Some(b"none"),
            realm: message.decoded("realm"),
            callback: message.decoded("callback"),
            code: message.decoded("code"),
            extra: message.text_pairs("extra").unwrap_or_default(),
        }
    }

    /// The request, if the crate accepts it. `hash` is that of [`Case::hashed`].
    ///
    /// # Errors
    ///
    /// What the crate says.
    pub fn request<'a>(&'a self, hash: Option<&'a BodyHash>) -> Result<Request<'a>, RequestError> {
        let mut request = Request::new(&self.method, self.url.as_str())?;
        if let Some(form) = &self.form {
            request = request.form(form)?;
        }
        if let Some(body) = &self.body {
            request = request.form_bytes(body)?;
        }
        request = request.signed_elsewhere(&self.elsewhere)?;
        if let Some(hash) = hash {
            request = request.body_hash(hash)?;
        }
        for (name, value) in &self.extra {
            request = request.protocol_parameter(name, value)?;
        }
        if let Some(callback) = &self.callback {
            request = request.callback(Callback::Url(callback));
        }
        if let Some(code) = &self.code {
            request = request.verification_code(code);
        }
        Ok(request)
    }

    /// Whether the crate has to accept the request, by the rules that the documentation of
    /// `Request` states.
    #[must_use]
    pub fn is_acceptable(&self) -> bool {
        let method = !self.method.is_empty() && self.method.bytes().all(is_token);
        let url = self.sent_url().is_some_and(|url| {
            let query = url.query().unwrap_or_default().as_bytes();
            matches!(url.scheme(), "http" | "https")
                && is_well_formed(query)
                && !reserves(&decode_form(query))
        });
        let body = self.body.as_deref().unwrap_or_default();
        let form = !(self.form.is_some() && self.body.is_some())
            && body.iter().all(|byte| may_be_in_form(*byte))
            && is_well_formed(body)
            && !reserves(&self.form());
        let mut names: Vec<&str> = self.extra.iter().map(|(name, _)| name.as_str()).collect();
        names.extend(self.hashed.is_some().then_some("oauth_body_hash"));
        names.sort_unstable();
        let extra = names.iter().all(|name| may_be_extra(name))
            && names.windows(2).all(|two| two[0] != two[1])
            && !(names.contains(&"oauth_body_hash") && self.has_form());
        method && url && form && !reserves(&self.elsewhere) && extra
    }

    /// The URL as a client sends it.
    #[must_use]
    pub fn sent_url(&self) -> Option<Url> {
        let mut url = Url::parse(&self.url).ok()?;
        url.set_fragment(None);
        // URLs without a host cannot have user information.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Some(url)
    }

    /// Whether there is a form, also an empty one.
    #[must_use]
    pub fn has_form(&self) -> bool {
        self.form.is_some() || self.body.is_some()
    }

    /// The pairs of the form.
    #[must_use]
    pub fn form(&self) -> Vec<Pair> {
        match (&self.form, &self.body) {
            (Some(form), _) => form.clone(),
            (None, Some(body)) => decode_form(body),
            (None, None) => Vec::new(),
        }
    }

    /// The protocol parameters without the signature.
    #[must_use]
    pub fn protocol(&self, signature_method: &str, hash: Option<&str>) -> Vec<(String, String)> {
        let token = self.token.as_ref();
        let all = [
            ("oauth_body_hash", hash),
            ("oauth_callback", self.callback.as_deref()),
            ("oauth_consumer_key", Some(self.consumer.0.as_str())),
            ("oauth_nonce", Some(&self.nonce)),
            ("oauth_signature_method", Some(signature_method)),
            ("oauth_timestamp", Some(&self.timestamp.to_string())),
            ("oauth_token", token.map(|(token, _)| token.as_str())),
            ("oauth_verifier", self.code.as_deref()),
            ("oauth_version", self.version.then_some("1.0")),
        ];
        let present = all
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        present.chain(self.extra.iter().cloned()).collect()
    }

    /// The base string, as the model has it.
    #[must_use]
    pub fn base_string(&self, url: &Url, protocol: &[(String, String)]) -> String {
        let mut form = self.form();
        form.extend_from_slice(&self.elsewhere);
        base_string(&Input {
            method: &self.method,
            url: url.as_str(),
            form: &form,
            protocol,
        })
    }

    /// The stamp.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp::new(self.nonce.clone(), self.timestamp)
    }

    /// The secret of the token, or nothing.
    #[must_use]
    pub fn token_secret(&self) -> &str {
        self.token.as_ref().map_or("", |(_, secret)| secret)
    }
}

/// RFC 9110, section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Whether a byte may occur in a form that is encoded already.
fn may_be_in_form(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"<>{}".contains(&byte)
}

/// Whether each `%` starts an escape.
fn is_well_formed(text: &[u8]) -> bool {
    let mut after_percent = text.split(|byte| *byte == b'%').skip(1);
    after_percent.all(|part| part.len() >= 2 && part[..2].iter().all(u8::is_ascii_hexdigit))
}

/// Whether there is a name that belongs to the protocol.
fn reserves(pairs: &[Pair]) -> bool {
    pairs.iter().any(|(name, _)| name.starts_with(b"oauth_"))
}

fn may_be_extra(name: &str) -> bool {
    let written_by_signing = [
        "oauth_callback",
        "oauth_consumer_key",
        "oauth_nonce",
        "oauth_signature",
        "oauth_signature_method",
        "oauth_timestamp",
        "oauth_token",
        "oauth_verifier",
        "oauth_version",
    ];
    let secrets = ["oauth_consumer_secret", "oauth_token_secret"];
    !name.is_empty()
        && !name.eq_ignore_ascii_case("realm")
        && !written_by_signing.contains(&name)
        && !secrets.contains(&name)
}
