//! Requests that the libraries of others sent: see `interop/capturing`, which also judged them.

use std::fmt;

use oauth1_signer::{
    signature_method::{AnyVerifyingKey, SharedSecrets},
    verifier::{Body, Incoming, MemoryNonces, Policy, Refusal, Verifier},
};
use serde::Deserialize;

#[derive(Clone, Deserialize)]
struct Captured {
    credentials: Vec<Credentials>,
    clients: Vec<Client>,
    #[serde(skip, default = "policy")]
    policy: Policy,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Credentials {
    consumer_key: String,
    consumer_secret: String,
    token: Option<String>,
    token_secret: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Client {
    name: String,
    version: String,
    language: String,
    host: String,
    requests: Vec<Request>,
}

#[derive(Clone, Deserialize)]
struct Request {
    method: String,
    target: String,
    host: Option<String>,
    authorization: Option<String>,
    #[serde(rename = "type")]
    content_type: Option<String>,
    #[serde(default)]
    body: String,
    /// Why the client is wrong.
    refused: Option<String>,
}

#[test]
fn requests_of_right_clients_are_accepted_once_and_others_are_refused() {
    let captured = captured();
    let (mut accepted, mut refused) = (0, 0);
    for client in &captured.clients {
        let requests = client.requests.iter();
        for request in requests.filter(|request| request.has_feature()) {
            let what = format!("{client}: {} {}", request.method, request.target);
            let verified = captured.verify(client, request, &MemoryNonces::new());
            match (&request.refused, verified) {
                (None, Ok(())) => {
                    captured.check_accepted(client, request, &what);
                    accepted += 1;
                }
                (Some(_), Err(Refusal::BodyHashSha1)) => {
                    let mut others = captured.clone();
                    others.policy = others.policy.allow_sha1_body_hash();
                    let verified = others.verify(client, request, &MemoryNonces::new());
                    assert_eq!(verified, Ok(()), "{what}");
                    refused += 1;
                }
                (Some(_), Err(Refusal::Signature | Refusal::BodyHash | Refusal::Incoming(_))) => {
                    refused += 1;
                }
                (why, other) => panic!("{what} is wrong for {why:?}, but {other:?}"),
            }
        }
    }
    if cfg!(all(feature = "rsa", feature = "sha2")) {
        let all = captured.clients.iter();
        let all: usize = all.map(|client| client.requests.len()).sum();
        assert_eq!(accepted + refused, all);
    }
    assert!(captured.clients.len() >= 50 && accepted > 400 && refused > 80);
}

impl Captured {
    /// A second time, with one more parameter, or if the consumer has another secret, a request is refused.
    fn check_accepted(&self, client: &Client, request: &Request, what: &str) {
        let nonces = MemoryNonces::new();
        self.verify(client, request, &nonces).unwrap();
        if request.names("oauth_nonce") {
            let again = self.verify(client, request, &nonces);
            assert_eq!(again, Err(Refusal::NonceUsed), "{what}");
        }

        // Nothing but the secrets is signed with PLAINTEXT.
        if !request.names("PLAINTEXT") {
            let mut changed = request.clone();
            let is_first = !request.target.contains('?');
            changed.target += if is_first { "?more=" } else { "&more=" };
            let verified = self.verify(client, &changed, &MemoryNonces::new());
            assert_eq!(verified, Err(Refusal::Signature), "{what}");
        }
        if !request.names("RSA-SHA") {
            let mut others = self.clone();
            for known in &mut others.credentials {
                known.consumer_secret += "t";
            }
            let verified = others.verify(client, request, &MemoryNonces::new());
            assert_eq!(verified, Err(Refusal::Signature), "{what}");
        }
    }

    fn verify(
        &self,
        client: &Client,
        request: &Request,
        nonces: &MemoryNonces,
    ) -> Result<(), Refusal> {
        let host = request.host.as_ref().unwrap_or(&client.host);
        let verifier = Verifier::<AnyVerifyingKey>::for_keys(&format!("http://{host}")).unwrap();
        let verifier = verifier.with_policy(self.policy.clone());
        let body = Body::received(request.content_type.as_deref(), request.body.as_bytes());
        let authorization = request.authorization.as_deref();
        let incoming = verifier.read(&request.method, &request.target, authorization, body)?;
        let now = incoming.timestamp().unwrap_or(1);
        let genuine = verifier.verify(&incoming, self.key(&incoming), now)?;
        Ok(genuine.accept(nonces).map(drop)?)
    }

    fn key(&self, incoming: &Incoming<'_>) -> Option<AnyVerifyingKey> {
        // Some libraries send an empty token where there is none.
        let token = incoming.token().filter(|token| !token.is_empty());
        let mut known = self.credentials.iter();
        let known = known.find(|known| {
            known.consumer_key == incoming.consumer_key()
                && token.is_none_or(|token| known.token.as_deref() == Some(token))
        })?;
        #[cfg(feature = "rsa")]
        if incoming.signature_method().starts_with("RSA-") {
            let pem = support::files::read("vectors/keys/rsa-2048.pub.pem");
            let key = oauth1_signer::signature_method::RsaPublicKey::from_pem(&pem);
            return Some(key.unwrap().into());
        }
        let token_secret = known.token_secret.as_deref().filter(|_| token.is_some());
        Some(SharedSecrets::new(&known.consumer_secret, token_secret.unwrap_or_default()).into())
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.name, self.version, self.language)
    }
}

impl Request {
    fn names(&self, method: &str) -> bool {
        let parts = [
            Some(&self.target),
            self.authorization.as_ref(),
            Some(&self.body),
        ];
        parts
            .into_iter()
            .flatten()
            .any(|part| part.contains(method))
    }

    /// Whether this build has the signature method.
    fn has_feature(&self) -> bool {
        (cfg!(feature = "rsa") || !self.names("RSA-SHA"))
            && (cfg!(feature = "sha2") || !self.names("HMAC-SHA256") && !self.names("HMAC-SHA512"))
    }
}

fn captured() -> Captured {
    serde_json::from_slice(&support::files::read("verifier/captured.json")).unwrap()
}

fn policy() -> Policy {
    Policy::new().allow_plaintext_over_insecure_transport()
}
