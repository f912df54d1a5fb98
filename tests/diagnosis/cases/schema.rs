//! A case as it is written down, and the evidence it makes.

use std::fmt;

use oauth1_signer::{
    Consumer, Token,
    diagnosis::{Certainty, Evidence, Message},
    response::Response,
};
use serde::{
    Deserialize,
    de::{MapAccess, Visitor},
};

#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(super) note: Option<String>,
    ours: Ours,
    theirs: Theirs,
    credentials: Option<Credentials>,
    now: Option<u64>,
    pub(super) expected: Vec<Expected>,
    pub(super) equal: bool,
    pub(super) unexplained: bool,
    pub(super) never: Vec<String>,
}

#[derive(Deserialize)]
struct Ours {
    base_string: Option<String>,
    signature: Option<String>,
    request: Option<Request>,
    sent: Option<Sent>,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
    form: Option<Vec<(String, String)>>,
    oauth: Ordered,
    realm: Option<String>,
    body: Option<String>,
}

#[derive(Deserialize)]
struct Sent {
    method: String,
    url: String,
    authorization: Option<String>,
    content_type: Option<String>,
    body: Option<String>,
}

#[derive(Deserialize)]
struct Theirs {
    base_string: Option<String>,
    expected_signature: Option<String>,
    received_signature: Option<String>,
    answer: Option<Answer>,
    clock: Option<u64>,
}

#[derive(Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

#[derive(Deserialize)]
struct Credentials {
    consumer_secret: String,
    token_secret: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Expected {
    pub(super) code: String,
    #[serde(deserialize_with = "certainty")]
    pub(super) certainty: Certainty,
    pub(super) parameter: Option<String>,
    pub(super) alt: Option<u32>,
    pub(super) mistake: Option<String>,
}

fn certainty<'de, D: serde::Deserializer<'de>>(text: D) -> Result<Certainty, D::Error> {
    match String::deserialize(text)?.as_str() {
        "proven" => Ok(Certainty::Proven),
        "likely" => Ok(Certainty::Likely),
        "possible" => Ok(Certainty::Possible),
        other => Err(serde::de::Error::custom(format!("certainty {other}"))),
    }
}

/// An object in the order of the file: who does not sort, signs the parameters as they come.
struct Ordered(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: serde::Deserializer<'de>>(object: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Ordered;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Ordered(pairs))
            }
        }

        object.deserialize_map(Pairs)
    }
}

impl Case {
    /// The codes under which the case is counted.
    pub(super) fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.expected.iter().map(|e| e.code.clone()).collect();
        if codes.is_empty() {
            codes.push("(none)".into());
        }
        codes.dedup();
        codes
    }

    pub(crate) fn evidence(&self) -> Evidence {
        let Self { ours, theirs, .. } = self;
        let mut evidence = Evidence::new();
        if let Some(text) = &ours.base_string {
            evidence = evidence.our_base_string(text);
        }
        if let Some(text) = &ours.signature {
            evidence = evidence.our_signature(text);
        }
        if let Some(request) = &ours.request {
            evidence = evidence.request(request.message());
        }
        if let Some(sent) = &ours.sent {
            evidence = evidence.sent(sent.message());
        }
        if let Some(text) = &theirs.base_string {
            evidence = evidence.their_base_string(text);
        }
        if let Some(text) = &theirs.expected_signature {
            evidence = evidence.expected_signature(text);
        }
        if let Some(text) = &theirs.received_signature {
            evidence = evidence.received_signature(text);
        }
        if let Some(answer) = &theirs.answer {
            evidence = evidence.response(&answer.response());
        }
        if let Some(seconds) = theirs.clock {
            evidence = evidence.their_time(seconds);
        }
        if let Some(seconds) = self.now {
            evidence = evidence.our_time(seconds);
        }
        if let Some(credentials) = &self.credentials {
            let consumer = Consumer::new("", &credentials.consumer_secret);
            let token = credentials.token_secret.as_ref();
            let token = token.map(|secret| Token::new("", secret));
            evidence = evidence.credentials(&consumer, &token);
        }
        evidence
    }
}

impl Request {
    fn message(&self) -> Message {
        let message = Message::new(&self.method, &self.url);
        let mut message = message.protocol_parameters(&self.oauth.0);
        if let Some(form) = &self.form {
            message = message.form(form);
        }
        if let Some(realm) = &self.realm {
            message = message.realm(realm);
        }
        if let Some(body) = &self.body {
            message = message.body(body.as_str());
        }
        message
    }
}

impl Sent {
    fn message(&self) -> Message {
        let mut message = Message::new(&self.method, &self.url);
        if let Some(value) = &self.authorization {
            message = message.authorization(value);
        }
        if let Some(value) = &self.content_type {
            message = message.content_type(value);
        }
        if let Some(body) = &self.body {
            message = message.body(body.as_str());
        }
        message
    }
}

impl Answer {
    fn response(&self) -> Response<'_> {
        let header = |wanted: &str| {
            let mut headers = self.headers.iter();
            let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.as_str())
        };
        Response::new(self.status, &self.body)
            .www_authenticate(header("WWW-Authenticate"))
            .date(header("Date"))
    }
}
