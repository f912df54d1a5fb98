//! What signs: every signature method, with the keys that the provider knows and with wrong ones.

use oauth1_signer::{
    AnyKey, HmacSha1, HmacSha256, HmacSha512, MakeSigner, MethodError, Plaintext, Signer,
    SigningKey, Token, encode,
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

/// One signature method. A further one is added to [`Method::all`] and to `METHODS` of
/// `provider.py`.
#[derive(Clone)]
pub(crate) enum Method {
    /// The key is made of the consumer's secret and the token's.
    Shared(fn(&str, &str) -> AnyKey),
    Private {
        right: Box<AnyKey>,
        wrong: Box<AnyKey>,
    },
}

impl Method {
    pub(crate) fn all() -> Result<Vec<Self>, MethodError> {
        Ok(vec![
            Self::Shared(|consumer, token| HmacSha1::new(consumer, token).into()),
            Self::Shared(|consumer, token| HmacSha256::new(consumer, token).into()),
            Self::Shared(|consumer, token| HmacSha512::new(consumer, token).into()),
            Self::private("RSA-SHA1")?,
            Self::private("RSA-SHA256")?,
            Self::private("RSA-SHA512")?,
            Self::Shared(|consumer, token| {
                let key = Plaintext::new(consumer, token);
                key.allow_insecure_transport().into()
            }),
        ])
    }

    fn private(name: &str) -> Result<Self, MethodError> {
        Ok(Self::Private {
            right: AnyKey::from_private_key(name, PRIVATE_KEY)?.into(),
            wrong: AnyKey::from_private_key(name, WRONG_PRIVATE_KEY)?.into(),
        })
    }

    pub(crate) fn name(&self) -> String {
        self.key("", "").method().into()
    }

    fn key(&self, consumer_secret: &str, token_secret: &str) -> AnyKey {
        match self {
            Self::Shared(key) => key(consumer_secret, token_secret),
            Self::Private { right, .. } => (**right).clone(),
        }
    }

    pub(crate) fn is_shared(&self) -> bool {
        matches!(self, Self::Shared(_))
    }

    pub(crate) fn signers(&self, consumer: Consumer) -> Signers {
        Signers {
            method: self.clone(),
            consumer,
        }
    }

    /// With the wrong secret of the consumer, or its wrong private key.
    pub(crate) fn wrong_signers(&self, consumer: Consumer) -> Signers {
        match self {
            Self::Shared(_) => self.signers(Consumer {
                secret: "wrong",
                ..consumer
            }),
            Self::Private { wrong, .. } => {
                let method = Self::Private {
                    right: wrong.clone(),
                    wrong: wrong.clone(),
                };
                method.signers(consumer)
            }
        }
    }

    /// Whether the signature has percent escapes of its own. oauthlib decodes `oauth_*` in a query
    /// or a body twice, and then sees another signature.
    pub(crate) fn signs_with_escapes(&self, consumer: Consumer) -> bool {
        self.name() == "PLAINTEXT" && encode(consumer.secret) != consumer.secret
    }
}

/// Signers of one method for one consumer.
#[derive(Clone)]
pub(crate) struct Signers {
    method: Method,
    consumer: Consumer,
}

impl MakeSigner for Signers {
    type Key = AnyKey;

    fn signer(&self, token: Option<&Token>) -> Signer<AnyKey> {
        let token_secret = token.map_or("", Token::expose_secret);
        let key = self.method.key(self.consumer.secret, token_secret);
        Signer::with_key(self.consumer.key, token.map(Token::token), key)
    }
}
