//! A request on its way from a signer to a verifier.

use oauth1_signer::{
    Call, Consumer, Placement, Request, Signer, Stamp, Token,
    signature_method::{AnyVerifyingKey, SharedSecrets, SignatureMethod},
    verifier::{Body, Incoming, IncomingError, MemoryNonces, Policy, Refusal, Verifier},
};

pub(crate) const NOW: u64 = 1_316_657_628;

/// What arrives, and the secrets by which the server knows the client.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) authorization: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: String,
    pub(crate) key: Key,
}

#[derive(Clone, Debug)]
pub(crate) enum Key {
    Secrets(String, String),
    #[cfg(feature = "rsa")]
    Public(oauth1_signer::signature_method::RsaPublicKey),
}

impl Key {
    pub(crate) fn verifying(&self) -> AnyVerifyingKey {
        match self {
            Self::Secrets(consumer, token) => SharedSecrets::new(consumer, token).into(),
            #[cfg(feature = "rsa")]
            Self::Public(key) => key.clone().into(),
        }
    }
}

impl Wire {
    pub(crate) fn of(call: &Call, key: Key) -> Self {
        let header = |name: &str| {
            let mut headers = call.headers();
            headers
                .find(|(other, _)| *other == name)
                .map(|(_, value)| value.to_owned())
        };
        Self {
            method: call.method().to_owned(),
            url: call.url().to_owned(),
            authorization: header("Authorization"),
            content_type: header("Content-Type"),
            body: call.body().to_owned(),
            key,
        }
    }

    /// A GET of `key` and `secret` with its parameters in the header.
    pub(crate) fn get() -> Self {
        let request = Request::get("https://api.example.com/photos?size=original").unwrap();
        Self::signed(&request, "HMAC-SHA1")
    }

    pub(crate) fn signed(request: &Request<'_>, method: &str) -> Self {
        let (consumer, token) = (Consumer::new("key", "secret"), Token::new("token", "ts"));
        let method = SignatureMethod::from_name(method).unwrap();
        let signer = Signer::with_method(&method, &consumer, &token);
        let signed = signer.try_sign(request, Stamp::new("nonce", NOW)).unwrap();
        let key = Key::Secrets("secret".into(), "ts".into());
        Self::of(&signed.call(Placement::Header), key)
    }

    pub(crate) fn with_authorization(change: impl FnOnce(String) -> String) -> Self {
        let mut wire = Self::get();
        wire.authorization = wire.authorization.map(change);
        wire
    }

    pub(crate) fn incoming(&self) -> Result<Incoming<'_>, IncomingError> {
        let body = Body::received(self.content_type.as_deref(), self.body.as_bytes());
        Incoming::read(&self.method, &self.url, self.authorization.as_deref(), body)
    }

    pub(crate) fn verify(&self) -> Result<(), Refusal> {
        self.verify_by(Policy::new().allow_plaintext_over_insecure_transport())
    }

    pub(crate) fn verify_by(&self, policy: Policy) -> Result<(), Refusal> {
        self.verify_at(policy, NOW)
    }

    pub(crate) fn verify_at(&self, policy: Policy, now: u64) -> Result<(), Refusal> {
        let incoming = self.incoming()?;
        let genuine = verifier(policy).verify(&incoming, [self.key.verifying()], now)?;
        let verified = genuine.accept(&MemoryNonces::new())?;
        assert_eq!(verified.consumer_key(), incoming.consumer_key());
        let token = incoming.token().filter(|token| !token.is_empty());
        assert_eq!(verified.token(), token);
        assert_eq!(verified.placement(), incoming.placement());
        Ok(())
    }
}

pub(crate) fn verifier(policy: Policy) -> Verifier<AnyVerifyingKey> {
    let verifier = Verifier::for_keys("https://api.example.com").unwrap();
    verifier.with_policy(policy)
}
