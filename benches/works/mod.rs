//! The works that every benchmark measures: our signer, the best peer, and the limit.

#![allow(dead_code, unreachable_pub)] // Each benchmark includes this module and uses a part of it.

use std::num::NonZeroU64;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use oauth1_request::{Builder, Credentials, HMAC_SHA1, HmacSha1, ParameterList};
use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp, Token};
use sha1::Sha1;
use url::Url;

/// A request that is signed for a header.
pub struct Work {
    pub name: &'static str,
    pub about: &'static str,
    /// What the best turn may cost at most, as a multiple of the limit.
    pub at_most: f64,
    /// Allocations at most.
    pub allocations: u64,
    method: &'static str,
    url: Url,
    uri: String,
    form: Vec<(String, String)>,
    /// Query and form together, as the peer takes them.
    all: Vec<(String, String)>,
    callback: Option<&'static str>,
    consumer: [&'static str; 2],
    token: Option<[&'static str; 2]>,
    nonce: &'static str,
    timestamp: u64,
    base_string: String,
    limit: Hmac<Sha1>,
}

/// All works, each checked once: every contestant gives the same signature.
pub fn works() -> Vec<Work> {
    let works = vec![
        w1(),
        w2(),
        w3("W3 form", false, 1.8),
        w3("W3 query", true, 2.2),
        w4(64 * 1024),
    ];
    for work in &works {
        work.check();
    }
    works
}

/// Flickr's request token: GET, callback, no token.
pub fn w1() -> Work {
    Work::new(Work {
        name: "W1",
        about: "GET, callback, no token",
        at_most: 1.6,
        callback: Some("http://www.wackylabs.net/oauth/test"),
        consumer: ["768fe946d252b119746fda82e1599980", "1a3c208e172d3edc"],
        token: None,
        nonce: "C2F26CD5C075BA9050AD8EE90644CF29",
        timestamp: 1_316_657_628,
        ..Work::bare("GET", "http://www.flickr.com/services/oauth/request_token")
    })
}

/// Twitter's status update: POST, query and form.
fn w2() -> Work {
    let text = "Hello Ladies + Gentlemen, a signed OAuth request!";
    Work::new(Work {
        name: "W2",
        about: "POST, query and form",
        at_most: 1.6,
        form: vec![("status".to_owned(), text.to_owned())],
        ..Work::bare(
            "POST",
            "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
        )
    })
}

/// A hundred parameters with text that is not ASCII, in the form or in the query.
fn w3(name: &'static str, in_query: bool, at_most: f64) -> Work {
    let pairs: Vec<_> = (0..100)
        // 37 and 100 have no common divisor: every number once, in no order.
        .map(|i| (i * 37) % 100)
        .map(|i| {
            (
                format!("name_{i:02}"),
                format!("Größe {i}, naïve Café — 東京"),
            )
        })
        .collect();
    let mut work = Work {
        name,
        about: if in_query {
            "GET, 100 parameters in the query"
        } else {
            "GET, 100 parameters as pairs"
        },
        at_most,
        allocations: 2,
        ..Work::bare("GET", "https://api.example.com/search")
    };
    if in_query {
        work.url.query_pairs_mut().extend_pairs(&pairs);
    } else {
        work.form = pairs;
    }
    Work::new(work)
}

/// A form with one long value.
pub fn w4(length: usize) -> Work {
    let mixed = "Grüße aus München: 3 < 5 & 100 % of it, said “ok”; 東京. The rest is plain text. ";
    let mut text = mixed.repeat(length / mixed.len() + 1);
    while text.len() > length {
        text.pop();
    }
    Work::new(Work {
        name: "W4",
        about: "POST, one form value of 64 KiB",
        at_most: 1.4,
        form: vec![("text".to_owned(), text)],
        ..Work::bare("POST", "https://api.example.com/notes")
    })
}

/// A form with any number of short pairs.
pub fn many(count: usize) -> Work {
    let form = (0..count)
        .map(|i| (i * 7919) % count.max(1))
        .map(|i| (format!("n{i:07}"), "a value".to_owned()))
        .collect();
    Work::new(Work {
        form,
        ..Work::bare("POST", "https://api.example.com/notes")
    })
}

impl Work {
    fn bare(method: &'static str, url: &str) -> Self {
        Self {
            name: "",
            about: "",
            at_most: f64::INFINITY,
            allocations: 1,
            method,
            url: Url::parse(url).expect("a URL"),
            uri: String::new(),
            form: Vec::new(),
            all: Vec::new(),
            callback: None,
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
            base_string: String::new(),
            limit: Hmac::new_from_slice(b"").expect("any length"),
        }
    }

    fn new(mut work: Self) -> Self {
        let mut uri = work.url.clone();
        uri.set_query(None);
        work.uri = uri.into();
        work.all = work
            .url
            .query_pairs()
            .into_owned()
            .chain(work.form.clone())
            .collect();
        let signer = work.signer();
        let request = work.request();
        work.base_string = signer
            .sign(&request, work.stamp())
            .base_string()
            .to_string();
        let token_secret = work.token.map_or("", |[_, secret]| secret);
        let key = format!("{}&{token_secret}", work.consumer[1]);
        work.limit = Hmac::new_from_slice(key.as_bytes()).expect("any length");
        work
    }

    pub fn base_string_length(&self) -> usize {
        self.base_string.len()
    }

    /// Our signer, made once.
    pub fn signer(&self) -> Signer {
        let [key, secret] = self.consumer;
        let token = self.token.map(|[token, secret]| Token::new(token, secret));
        Signer::new(&Consumer::new(key, secret), &token)
    }

    pub fn stamp(&self) -> Stamp {
        Stamp::new(self.nonce, self.timestamp)
    }

    pub fn request(&self) -> Request<'_> {
        let mut request = Request::new(self.method, &self.url).expect("a request");
        if !self.form.is_empty() {
            request = request.form(&self.form).expect("a form");
        }
        if let Some(callback) = self.callback {
            request = request.callback(Callback::Url(callback));
        }
        request
    }

    /// What is measured: from a parsed URL and the pairs to the header's value.
    pub fn ours(&self, signer: &Signer) -> String {
        let request = self.request();
        signer
            .sign(&request, self.stamp())
            .authorization_header()
            .to_value()
    }

    pub fn just_request(&self) -> usize {
        let r = std::hint::black_box(self.request());
        r.method().len()
    }
    pub fn just_sign(&self, signer: &Signer) -> usize {
        let r = self.request();
        let s = std::hint::black_box(signer.sign(&r, self.stamp()));
        s.signature().expose_secret().len()
    }
    /// The same with the best peer.
    pub fn peers(&self) -> String {
        let [key, secret] = self.consumer;
        let mut builder = Builder::new(Credentials::new(key, secret), HMAC_SHA1);
        if let Some([token, secret]) = self.token {
            builder.token(Credentials::new(token, secret));
        }
        builder
            .nonce(self.nonce)
            .timestamp(NonZeroU64::new(self.timestamp))
            .version(true)
            .callback(self.callback);
        self.authorize(&builder)
    }

    fn authorize(&self, builder: &Builder<'_, HmacSha1, &str>) -> String {
        if self.all.is_empty() {
            return builder.authorize(self.method, &self.uri, &());
        }
        let pairs = ParameterList::new(self.all.iter().collect::<Vec<_>>());
        builder.authorize(self.method, &self.uri, &pairs)
    }

    /// The limit: the hash over a base string that is there already, with the key prepared.
    pub fn limit(&self) -> String {
        let mut mac = self.limit.clone();
        mac.update(self.base_string.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }

    fn check(&self) {
        let encoded: String =
            url::form_urlencoded::byte_serialize(self.limit().as_bytes()).collect();
        for header in [self.ours(&self.signer()), self.peers()] {
            assert!(
                header.contains(&format!("oauth_signature=\"{encoded}\"")),
                "{}: {header}",
                self.name
            );
        }
        let known = match self.name {
            "W1" => "0fhNGlzpFNAsTme/hDfUb5HPB5U=",
            "W2" => "hCtSmYh+iHYCEqBWrE7C7hYmtUk=",
            _ => return,
        };
        assert_eq!(self.limit(), known, "{}", self.name);
    }
}
