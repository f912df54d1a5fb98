//! The consumers and tokens that the server knows. `cases.json` has the same ones.

use oauth1_signer::signature_method::{
    AnyVerifyingKey, PublicKeyError, RsaPublicKey, SharedSecrets,
};

const PUBLIC_KEY: &[u8] = include_bytes!("../../vectors/keys/rsa-2048.pub.pem");

/// A consumer key, a token, and the secrets of both. Without a secret, the consumer has a key for RSA.
type Known = (
    &'static str,
    Option<&'static str>,
    Option<(&'static str, &'static str)>,
);

const KNOWN: [Known; 6] = [
    ("dpf43f3p2l4k3l03", None, Some(("kd94hf93k423kf44", ""))),
    (
        "dpf43f3p2l4k3l03",
        Some("nnch734d00sl2jdk"),
        Some(("kd94hf93k423kf44", "pfkkdhi9sl3r4s00")),
    ),
    ("odd key+&=%/ü☃~", None, Some(("s +&=%/ü☃~", ""))),
    (
        "odd key+&=%/ü☃~",
        Some("t +&=%/ü☃~"),
        Some(("s +&=%/ü☃~", "&ü ~%2B")),
    ),
    ("rsa", None, None),
    ("rsa", Some("nnch734d00sl2jdk"), None),
];

pub(crate) struct Consumers(Vec<(Known, AnyVerifyingKey)>);

impl Consumers {
    pub(crate) fn new() -> Result<Self, PublicKeyError> {
        let rsa = RsaPublicKey::from_pem(PUBLIC_KEY)?;
        let key = |known: Known| match known.2 {
            Some((consumer, token)) => SharedSecrets::new(consumer, token).into(),
            None => AnyVerifyingKey::from(rsa.clone()),
        };
        Ok(Self(KNOWN.map(|known| (known, key(known))).into()))
    }

    pub(crate) fn find(&self, consumer_key: &str, token: Option<&str>) -> Option<&AnyVerifyingKey> {
        let mut all = self.0.iter();
        let found = all.find(|((key, of, _), _)| *key == consumer_key && *of == token);
        found.map(|(_, key)| key)
    }
}
