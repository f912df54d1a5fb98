//! The server that verifies.

use std::{
    net::TcpStream,
    time::{SystemTime, UNIX_EPOCH},
};

use oauth1_signer::{
    encode,
    signature_method::AnyVerifyingKey,
    verifier::{Body, MemoryNonces, Policy, Refusal, Verified, Verifier},
};

use crate::{
    Result,
    consumers::Consumers,
    message::{Answer, Message},
};

pub(crate) struct Server {
    verifier: Verifier<AnyVerifyingKey>,
    nonces: MemoryNonces,
    consumers: Consumers,
}

impl Server {
    pub(crate) fn new(origin: &str) -> Result<Self> {
        let policy = Policy::new().allow_plaintext_over_insecure_transport();
        Ok(Self {
            verifier: Verifier::for_keys(origin)?.with_policy(policy),
            nonces: MemoryNonces::new(),
            consumers: Consumers::new()?,
        })
    }

    pub(crate) fn answer(&self, stream: TcpStream) {
        let answer = match Message::receive(&stream) {
            Ok(message) => self.answer_to(&message),
            Err(error) => plain(400, error.to_string()),
        };
        // Whoever is gone gets none.
        let _ = answer.send(stream);
    }

    fn answer_to(&self, message: &Message) -> Answer {
        let mut headers = message.all("authorization");
        let (authorization, None) = (headers.next(), headers.next()) else {
            return plain(400, "several headers".into());
        };
        match self.verify(message, authorization) {
            Ok(verified) => plain(200, seen(&verified)),
            Err(refusal) => Answer {
                status: refusal.status(),
                www_authenticate: refusal.www_authenticate(None),
                body: refusal.body(),
            },
        }
    }

    fn verify(
        &self,
        message: &Message,
        authorization: Option<&str>,
    ) -> std::result::Result<Verified<'static>, Refusal> {
        let body = Body::received(message.header("content-type"), &message.body);
        let (method, target) = (&message.method, &message.target);
        let incoming = self.verifier.read(method, target, authorization, body)?;
        let key = self
            .consumers
            .find(incoming.consumer_key(), incoming.token());
        let genuine = self.verifier.verify(&incoming, key, now())?;
        Ok(genuine.accept(&self.nonces)?.into_owned())
    }
}

/// What the server has read, for the client to compare.
fn seen(verified: &Verified<'_>) -> String {
    let fields = [
        ("consumer_key", Some(verified.consumer_key())),
        ("token", verified.token()),
        ("callback", verified.callback()),
        ("verifier", verified.verification_code()),
    ];
    let fields = fields.into_iter();
    let fields = fields.filter_map(|(name, value)| Some(format!("{name}={}", encode(value?))));
    fields.collect::<Vec<_>>().join("&")
}

fn plain(status: u16, body: String) -> Answer {
    Answer {
        status,
        www_authenticate: None,
        body,
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |duration| duration.as_secs())
}
