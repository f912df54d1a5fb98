//! The works as a server receives them, each request with a nonce of its own.

use oauth1_signer::signature_method::VerifyingKey;
use oauth1_signer::{
    Stamp,
    verifier::{Body, Incoming, Insertion, MemoryNonces, NonceKey, Nonces, Verifier},
};

use crate::Work;

/// Requests to be verified over and over. In each round, the store of nonces is told a later second.
pub struct Received {
    method: &'static str,
    url: String,
    form: Option<String>,
    timestamp: u64,
    /// The headers. They are few, because a server finds a header in the cache: it was just received.
    requests: Vec<String>,
    next: usize,
    nonces: Later,
}

const OF_A_SECOND: usize = 32;

impl Received {
    /// Signs the requests of a work.
    pub fn of(work: &Work) -> Self {
        let signer = work.signer();
        let requests = (0..OF_A_SECOND).map(|number| {
            let length = work.nonce.len() - 2;
            let nonce = format!("{}{number:02}", &work.nonce[..length]);
            work.with_request(|request| {
                let signed = signer.sign(request, Stamp::new(nonce.clone(), work.timestamp));
                signed.authorization_header().to_value()
            })
        });
        let has_form = !work.form.is_empty();
        Self {
            method: work.method,
            url: work.url.to_string(),
            form: has_form.then(|| work.with_request(|request| request.form_body().to_string())),
            timestamp: work.timestamp,
            requests: requests.collect(),
            next: 0,
            nonces: Later {
                seconds: 0,
                nonces: MemoryNonces::new(),
            },
        }
    }

    /// What is measured: from the texts of the header, the URL and the form to the verdict.
    pub fn verify<K: VerifyingKey>(&mut self, verifier: &Verifier<K>, key: &K) {
        if self.next == self.requests.len() {
            self.next = 0;
            self.nonces.seconds += 1;
        }
        let header = &self.requests[self.next];
        self.next += 1;
        let body = self.form.as_ref().map(|form| Body::form(form.as_bytes()));
        let body = body.unwrap_or_else(Body::none);
        let incoming = Incoming::read(self.method, &self.url, Some(header), body);
        let incoming = incoming.expect("a request");
        let genuine = verifier.verify(&incoming, [key], self.timestamp);
        let verified = genuine.expect("genuine").accept(&self.nonces);
        assert!(verified.expect("not a replay").key_index() == 0);
    }
}

/// A store that takes each request for a later one, so that one request is accepted once a second.
struct Later {
    seconds: u64,
    nonces: MemoryNonces,
}

impl Nonces for Later {
    type Error = <MemoryNonces as Nonces>::Error;

    #[inline]
    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Self::Error> {
        let timestamp = nonce.timestamp() + self.seconds;
        let later = NonceKey::new(
            nonce.consumer_key(),
            nonce.token(),
            nonce.nonce(),
            timestamp,
        );
        let (now, keep_until) = (
            nonce.now() + self.seconds,
            nonce.keep_until() + self.seconds,
        );
        Nonces::insert(&self.nonces, &later.at(now, keep_until))
    }
}
