//! The works that every benchmark measures: our signer, the best peer, and the limit.

// Nobody reads the documentation of a benchmark's parts, and they may panic.
#![allow(
    missing_debug_implementations,
    missing_docs,
    clippy::missing_panics_doc,
    clippy::must_use_candidate
)]
// Times and counts are far below what the types can hold.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

pub mod received;
pub mod turns;

use std::{convert::Infallible, num::NonZeroU64};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use oauth1_request::{Builder, Credentials, HMAC_SHA1, ParameterList};
use oauth1_signer::{
    Callback, Consumer, Request, Signer, Stamp, Target, TargetError, Token,
    signature_method::SigningKey,
};
use sha1::Sha1;
use url::Url;

/// A request that is signed for a header.
pub struct Work {
    pub name: &'static str,
    pub about: &'static str,
    /// What the best turn may cost at most, as a multiple of the limit.
    pub at_most: f64,
    /// The same when the URL is given as text.
    pub at_most_from_text: f64,
    url: Url,
    /// Pairs of the form.
    form: Vec<(String, String)>,
    consumer: [&'static str; 2],
    token: Option<[&'static str; 2]>,
    nonce: &'static str,
    timestamp: u64,
    method: &'static str,
    parameters: Parameters,
    /// The same as the peer takes it: the URL without its query, and all pairs decoded.
    uri: String,
    pairs: Vec<(String, String)>,
    base_string: String,
    limit: Hmac<Sha1>,
}

/// Where a work has its parameters.
#[derive(Clone, Copy)]
enum Parameters {
    Callback(&'static str),
    Query,
    /// In the form, and maybe also in the query.
    Form,
}

/// All works, each checked: every contestant gives the same signature.
pub fn works() -> Vec<Work> {
    vec![w1(), w2(), w3_form(), w3_query(), w4(64 * 1024)]
}

/// Flickr's request token: GET, callback, no token.
pub fn w1() -> Work {
    Work {
        name: "W1",
        about: "GET with a callback, no token",
        at_most: 1.6,
        at_most_from_text: 1.8,
        parameters: Parameters::Callback("http://www.wackylabs.net/oauth/test"),
        consumer: ["768fe946d252b119746fda82e1599980", "1a3c208e172d3edc"],
        token: None,
        nonce: "C2F26CD5C075BA9050AD8EE90644CF29",
        timestamp: 1_316_657_628,
        ..Work::new("GET", "http://www.flickr.com/services/oauth/request_token")
    }
    .checked(Some("0fhNGlzpFNAsTme/hDfUb5HPB5U="))
}

/// Twitter's status update: POST, query and form.
pub fn w2() -> Work {
    Work {
        name: "W2",
        about: "POST with query and form",
        at_most: 1.6,
        at_most_from_text: 1.8,
        form: vec![(
            "status".to_owned(),
            "Hello Ladies + Gentlemen, a signed OAuth request!".to_owned(),
        )],
        ..Work::new(
            "POST",
            "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
        )
    }
    .checked(Some("hCtSmYh+iHYCEqBWrE7C7hYmtUk="))
}

/// A hundred parameters with text that is not ASCII, as pairs.
pub fn w3_form() -> Work {
    Work {
        name: "W3 form",
        about: "100 parameters as pairs",
        at_most: 1.8,
        at_most_from_text: 1.8,
        form: hundred(),
        ..Work::new("GET", "https://api.example.com/search")
    }
    .checked(None)
}

/// The same in the query, where they have to be read first.
pub fn w3_query() -> Work {
    let mut work = Work {
        name: "W3 query",
        about: "100 parameters in the query",
        at_most: 2.2,
        at_most_from_text: 2.2,
        parameters: Parameters::Query,
        ..Work::new("GET", "https://api.example.com/search")
    };
    work.url.query_pairs_mut().extend_pairs(hundred());
    work.checked(None)
}

fn hundred() -> Vec<(String, String)> {
    // 37 and 100 have no common divisor: every number once, in no order.
    (0..100)
        .map(|i| (i * 37) % 100)
        .map(|i| {
            (
                format!("name_{i:02}"),
                format!("Größe {i:02}, Café à Málaga"),
            )
        })
        .collect()
}

/// A form with one long value of mixed text.
pub fn w4(length: usize) -> Work {
    let mixed = "Grüße aus München, said Zoë; and all of it is plain text, or nearly. ";
    let mut text = mixed.repeat(length / mixed.len() + 1);
    while text.len() > length {
        text.pop();
    }
    Work {
        name: "W4",
        about: "POST with one form value of 64 KiB",
        at_most: 1.4,
        at_most_from_text: 1.4,
        form: vec![("text".to_owned(), text)],
        ..Work::new("POST", "https://api.example.com/notes")
    }
    .checked(None)
}

/// A form with any number of short pairs.
pub fn many(count: usize) -> Work {
    let form = (0..count)
        .map(|i| (i * 7919) % count)
        .map(|i| (format!("n{i:07}"), "a value".to_owned()))
        .collect();
    Work {
        form,
        ..Work::new("POST", "https://api.example.com/notes")
    }
    .checked(None)
}

impl Work {
    fn new(method: &'static str, url: &str) -> Self {
        Self {
            name: "",
            about: "",
            at_most: f64::INFINITY,
            at_most_from_text: f64::INFINITY,
            url: Url::parse(url).expect("a URL"),
            form: Vec::new(),
            consumer: [
                "xvz1evFS4wEEPTGEFPHBog",
                "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            ],
            token: Some([
                "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
                "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
            ]),
            nonce: "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
            timestamp: 1_318_622_958,
            method,
            parameters: Parameters::Form,
            uri: String::new(),
            pairs: Vec::new(),
            base_string: String::new(),
            limit: Hmac::new_from_slice(b"").expect("any length"),
        }
    }

    /// Prepares peer and limit, and sees that all give the signature that is known.
    fn checked(mut self, known: Option<&str>) -> Self {
        let mut uri = self.url.clone();
        uri.set_query(None);
        self.uri = uri.into();
        self.pairs = self.decoded();
        self.base_string = self.base_string(&self.signer());
        let token_secret = self.token.map_or("", |[_, secret]| secret);
        let key = format!("{}&{token_secret}", self.consumer[1]);
        self.limit = Hmac::new_from_slice(key.as_bytes()).expect("any length");

        let signature = self.limit();
        let signature = str::from_utf8(&signature).expect("base64");
        if let Some(known) = known {
            assert_eq!(signature, known, "{}", self.name);
        }
        let written = format!("oauth_signature=\"{}\"", oauth1_signer::encode(signature));
        assert!(
            self.ours(&self.signer()).contains(&written),
            "{}",
            self.name
        );
        assert!(
            self.ours_from_text(&self.signer()).contains(&written),
            "{}: from text",
            self.name
        );
        assert!(self.peers().contains(&written), "{}: peer", self.name);
        self
    }

    /// What a signer signs.
    pub fn base_string<K: SigningKey>(&self, signer: &Signer<K>) -> String {
        self.with_request(|request| {
            let signed = signer.try_sign(request, self.stamp()).ok();
            signed.expect("the key signs").base_string().to_string()
        })
    }

    /// Makes the request from the parsed URL and the pairs.
    #[inline(always)]
    pub fn with_request<T>(&self, used: impl Fn(&Request<'_>) -> T) -> T {
        self.with_request_to(&self.url, used)
    }

    /// Makes the request where it is used, as in a program of its own.
    #[inline(always)]
    fn with_request_to<'a, U, T>(&'a self, url: U, used: impl Fn(&Request<'_>) -> T) -> T
    where
        U: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        match self.parameters {
            Parameters::Callback(callback) => {
                let request = Request::get(url).expect("a request");
                used(&request.callback(Callback::Url(callback)))
            }
            Parameters::Query => used(&Request::get(url).expect("a request")),
            Parameters::Form => {
                let request = match self.method {
                    "POST" => Request::post(url),
                    method => Request::new(method, url),
                };
                used(
                    &request
                        .expect("a request")
                        .form(&self.form)
                        .expect("a form"),
                )
            }
        }
    }

    pub fn stamp(&self) -> Stamp {
        Stamp::new(self.nonce, self.timestamp)
    }

    pub fn base_string_length(&self) -> usize {
        self.base_string.len()
    }

    pub fn credentials(&self) -> (Consumer, Option<Token>) {
        let [key, secret] = self.consumer;
        let token = self.token.map(|[token, secret]| Token::new(token, secret));
        (Consumer::new(key, secret), token)
    }

    /// Our signer, made once.
    pub fn signer(&self) -> Signer {
        let (consumer, token) = self.credentials();
        Signer::new(&consumer, &token)
    }

    /// What is measured: from a parsed URL and the pairs to the header's value.
    pub fn ours<K>(&self, signer: &Signer<K>) -> String
    where
        K: SigningKey<Error = Infallible>,
    {
        self.with_request(|request| self.header(signer, request))
    }

    /// The same from the text of the URL.
    pub fn ours_from_text<K>(&self, signer: &Signer<K>) -> String
    where
        K: SigningKey<Error = Infallible>,
    {
        self.with_request_to(self.url.as_str(), |request| self.header(signer, request))
    }

    #[inline(always)]
    fn header<K>(&self, signer: &Signer<K>, request: &Request<'_>) -> String
    where
        K: SigningKey<Error = Infallible>,
    {
        signer
            .sign(request, self.stamp())
            .authorization_header()
            .to_value()
    }

    /// The same with the best peer. It takes decoded pairs, so that those of a query have to be
    /// decoded first, as they are by us.
    pub fn peers(&self) -> String {
        let [key, secret] = self.consumer;
        let mut builder = Builder::new(Credentials::new(key, secret), HMAC_SHA1);
        if let Some([token, secret]) = self.token {
            builder.token(Credentials::new(token, secret));
        }
        builder
            .nonce(self.nonce)
            .timestamp(NonZeroU64::new(self.timestamp))
            .version(true);
        match (self.parameters, &*self.pairs) {
            (Parameters::Callback(url), _) => {
                builder.callback(url);
                builder.authorize(self.method, &self.uri, &())
            }
            (Parameters::Query, _) => {
                let pairs = ParameterList::new(self.url.query_pairs().collect::<Vec<_>>());
                builder.authorize(self.method, &self.uri, &pairs)
            }
            // So few are in order already where a program knows them.
            (Parameters::Form, [_] | [_, _]) => {
                let pairs = ParameterList::from_sorted(&*self.pairs).expect("they are in order");
                builder.authorize(self.method, &self.uri, &pairs)
            }
            (Parameters::Form, pairs) => {
                let pairs = ParameterList::new(pairs.iter().collect::<Vec<_>>());
                builder.authorize(self.method, &self.uri, &pairs)
            }
        }
    }

    /// The pairs of query and form.
    fn decoded(&self) -> Vec<(String, String)> {
        let query = self.url.query_pairs().into_owned();
        query.chain(self.form.iter().cloned()).collect()
    }

    /// The limit: the hash over a base string that is there already, with the key prepared, and
    /// base64 of it.
    pub fn limit(&self) -> [u8; 28] {
        let mut text = [0; 28];
        limit(&self.limit, &self.base_string, &mut text);
        text
    }
}

/// The limit with any hash.
#[inline]
pub fn limit<D: EagerHash>(mac: &Hmac<D>, base_string: &str, text: &mut [u8])
where
    Hmac<D>: Clone + Mac,
{
    let mut mac = mac.clone();
    mac.update(base_string.as_bytes());
    STANDARD
        .encode_slice(mac.finalize().into_bytes(), text)
        .expect("there is room for the text");
}
