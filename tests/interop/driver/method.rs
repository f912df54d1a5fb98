//! What signs: every signature method, with the keys that the provider knows and with wrong ones.

use oauth1_signer::{
    Signer, Token, encode,
    flow::{Endpoints, Flow},
    signature_method::{AnyKey, MethodError, SignatureMethod},
};

/// The private key whose public key the provider has, and another.
const PRIVATE_KEY: &[u8] = include_bytes!("../../vectors/keys/rsa-2048.pkcs8.pem");
const WRONG_PRIVATE_KEY: &[u8] = include_bytes!("../../keys/rsa-3072.pkcs1.pem");

/// A consumer, as the provider knows it.
#[derive(Clone, Copy)]
pub(crate) struct Consumer {
    pub(crate) key: &'static str,
    pub(crate) secret: &'static str,
}

/// One signature method. Another one is added to [`Method::all`] and to `METHODS` of `provider.py`.
pub(crate) struct Method {
    right: SignatureMethod,
    /// With the wrong private key, if the key is not made of secrets.
    wrong: Option<SignatureMethod>,
}

impl Method {
    pub(crate) fn all() -> Result<Vec<Self>, MethodError> {
        Ok(vec![
            Self::shared(SignatureMethod::hmac_sha1()),
            Self::shared(SignatureMethod::hmac_sha256()),
            Self::shared(SignatureMethod::hmac_sha512()),
            Self::private("RSA-SHA1")?,
            Self::private("RSA-SHA256")?,
            Self::private("RSA-SHA512")?,
            Self::shared(SignatureMethod::plaintext_over_insecure_transport()),
        ])
    }

    fn shared(right: SignatureMethod) -> Self {
        Self { right, wrong: None }
    }

    fn private(name: &str) -> Result<Self, MethodError> {
        let method = |key| AnyKey::from_private_key(name, key).map(SignatureMethod::with_key);
        Ok(Self {
            right: method(PRIVATE_KEY)?,
            wrong: Some(method(WRONG_PRIVATE_KEY)?),
        })
    }

    pub(crate) fn name(&self) -> &str {
        self.right.name()
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.wrong.is_none()
    }

    pub(crate) fn signers(&self, consumer: Consumer) -> Signers {
        Signers {
            method: self.right.clone(),
            consumer: oauth1_signer::Consumer::new(consumer.key, consumer.secret),
        }
    }

    /// With the wrong secret of the consumer, or its wrong private key.
    pub(crate) fn wrong_signers(&self, consumer: Consumer) -> Signers {
        match &self.wrong {
            None => self.signers(Consumer {
                secret: "wrong",
                ..consumer
            }),
            Some(wrong) => Signers {
                method: wrong.clone(),
                ..self.signers(consumer)
            },
        }
    }

    /// Whether the signature has percent escapes of its own. oauthlib decodes `oauth_*` in a query
    /// or a body twice, and then sees another signature.
    pub(crate) fn signs_with_escapes(&self, consumer: Consumer) -> bool {
        self.name() == "PLAINTEXT" && encode(consumer.secret) != consumer.secret
    }
}

/// Signers of one method for one consumer.
pub(crate) struct Signers {
    method: SignatureMethod,
    consumer: oauth1_signer::Consumer,
}

impl Signers {
    pub(crate) fn signer(&self, token: &Token) -> Signer<AnyKey> {
        Signer::with_method(&self.method, &self.consumer, token)
    }

    pub(crate) fn flow(&self, endpoints: Endpoints) -> Flow {
        Flow::new(self.consumer.clone(), endpoints).signature_method(self.method.clone())
    }
}
