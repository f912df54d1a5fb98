//! The works as a server receives them, each request with a nonce of its own.

use oauth1_signer::signature_method::VerifyingKey;
use oauth1_signer::{
    Stamp,
    verifier::{Body, Incoming, MemoryNonces, Nonces, Verifier},
};

use crate::Work;

/// Requests to be verified over and over. When all have been, a new store takes their nonces again.
pub struct Received {
    method: &'static str,
    url: String,
    form: Option<String>,
    /// In the order of their timestamps.
    requests: Vec<(u64, String)>,
    next: usize,
    nonces: MemoryNonces,
}

/// Requests of one second, and seconds that are too far apart to be remembered together.
const OF_A_SECOND: usize = 64;
const SECONDS: usize = 16;
const APART: u64 = 1000;

impl Received {
    /// Signs the requests of a work.
    pub fn of(work: &Work) -> Self {
        let signer = work.signer();
        let requests = (0..OF_A_SECOND * SECONDS).map(|number| {
            let timestamp = work.timestamp + APART * (number / OF_A_SECOND) as u64;
            let length = work.nonce.len() - 4;
            let nonce = format!("{}{number:04}", &work.nonce[..length]);
            let header = work.with_request(|request| {
                let stamp = Stamp::new(nonce.clone(), timestamp);
                let signed = signer.sign(request, stamp);
                signed.authorization_header().to_value()
            });
            (timestamp, header)
        });
        let has_form = !work.form.is_empty();
        Self {
            method: work.method,
            url: work.url.to_string(),
            form: has_form.then(|| work.with_request(|request| request.form_body().to_string())),
            requests: requests.collect(),
            next: 0,
            nonces: MemoryNonces::new(),
        }
    }

    /// What is measured: from the texts of the header, the URL and the form to the verdict.
    pub fn verify<K: VerifyingKey>(&mut self, verifier: &Verifier<K>, key: &K) {
        if self.next == self.requests.len() {
            self.next = 0;
            self.nonces = MemoryNonces::new();
        }
        let (now, header) = &self.requests[self.next];
        self.next += 1;
        self.verify_one(verifier, key, *now, header, &self.nonces);
    }

    #[inline]
    fn verify_one<K: VerifyingKey>(
        &self,
        verifier: &Verifier<K>,
        key: &K,
        now: u64,
        header: &str,
        nonces: &impl Nonces,
    ) {
        let body = self.form.as_ref().map(|form| Body::form(form.as_bytes()));
        let body = body.unwrap_or_else(Body::none);
        let incoming = Incoming::read(self.method, &self.url, Some(header), body);
        let incoming = incoming.expect("a request");
        let genuine = verifier.verify(&incoming, [key], now).expect("genuine");
        let verified = genuine.accept(nonces).expect("not a replay");
        assert!(verified.key_index() == 0);
    }
}
