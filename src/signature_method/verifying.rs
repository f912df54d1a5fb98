//! Keys that check signatures ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

#[cfg(feature = "rsa")]
use super::RsaPublicKey;
use super::SharedSecrets;
use crate::base_string::BaseString;

/// A key that checks signatures (RFC 5849, section 3.2). [`SharedSecrets`] and `RsaPublicKey` are such
/// keys, and so are the HMAC keys that sign.
///
/// Implement it for a signature method of your own. `verify` must take the same time whatever is wrong
/// with a signature, and so must the key that `stand_in` returns.
///
/// ```
/// use oauth1_signer::{BaseString, signature_method::{SharedSecrets, VerifyingKey}};
///
/// let key = SharedSecrets::new("cs", "");
/// let base_string = BaseString::from_text("bs");
/// assert!(key.verify("HMAC-SHA1", &base_string, "egQqG5AJep5sJ7anhXju1unge2I="));
/// assert!(!key.verify("HMAC-SHA1", &base_string, "EgQqG5AJep5sJ7anhXju1unge2I="));
/// ```
pub trait VerifyingKey {
    /// Whether the key checks signatures of a method, by the value of `oauth_signature_method`.
    fn supports(&self, method: &str) -> bool;

    /// Whether a signature is that of a base string. `method` is one that the key supports, and
    /// `signature` is the decoded value of `oauth_signature`.
    fn verify(&self, method: &str, base_string: &BaseString<'_>, signature: &str) -> bool;

    /// A key that nobody has, with which the signatures of unknown consumers are checked: they take as
    /// long as those that are made with a wrong key.
    fn stand_in() -> Self
    where
        Self: Sized;
}

/// The secret of stand-ins. It is as long as those that services hand out, and a signature that is made
/// with it is refused like any other.
pub(super) const STAND_IN: &str = "a secret of common length, for nobody";

/// A key that checks signatures, for servers whose consumers have different kinds of keys.
///
/// ```
/// use oauth1_signer::signature_method::{AnyVerifyingKey, SharedSecrets, VerifyingKey};
///
/// let key = AnyVerifyingKey::from(SharedSecrets::new("consumer secret", "token secret"));
/// assert!(key.supports("HMAC-SHA1"));
/// assert!(!key.supports("RSA-SHA1"));
/// ```
#[derive(Clone)]
pub struct AnyVerifyingKey(Kind);

#[derive(Clone)]
enum Kind {
    Secrets(SharedSecrets),
    #[cfg(feature = "rsa")]
    Rsa(RsaPublicKey),
    Other(Other),
    /// Shared secrets, for methods that none of the others supports.
    StandIn(SharedSecrets, Vec<Other>),
}

type Other = Arc<dyn VerifyingKey + Send + Sync>;

impl AnyVerifyingKey {
    /// Wraps a key of your own. Tell the verifier about its type, with
    /// [`Verifier::with_key_type`](crate::verifier::Verifier::with_key_type): otherwise it refuses signature
    /// methods that only such keys support.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{AnyVerifyingKey, HmacSha1};
    ///
    /// let key = AnyVerifyingKey::new(HmacSha1::new("consumer secret", "token secret"));
    /// ```
    #[must_use]
    pub fn new(key: impl VerifyingKey + Send + Sync + 'static) -> Self {
        Self(Kind::Other(Arc::new(key)))
    }

    fn key(&self, method: &str) -> &dyn VerifyingKey {
        match &self.0 {
            Kind::Secrets(secrets) => secrets,
            #[cfg(feature = "rsa")]
            Kind::Rsa(key) => key,
            Kind::Other(key) => &**key,
            Kind::StandIn(secrets, others) => {
                let other = others.iter().find(|other| other.supports(method));
                other.map_or(secrets, |other| &**other)
            }
        }
    }

    /// A stand-in for the keys of one more type, which comes first.
    pub(crate) fn with_stand_in<K: VerifyingKey + Send + Sync + 'static>(mut self) -> Self {
        if let Kind::StandIn(_, others) = &mut self.0 {
            others.insert(0, Arc::new(K::stand_in()));
        }
        self
    }
}

impl From<SharedSecrets> for AnyVerifyingKey {
    fn from(secrets: SharedSecrets) -> Self {
        Self(Kind::Secrets(secrets))
    }
}

/// Needs the feature `rsa`.
#[cfg(feature = "rsa")]
impl From<RsaPublicKey> for AnyVerifyingKey {
    fn from(key: RsaPublicKey) -> Self {
        Self(Kind::Rsa(key))
    }
}

impl VerifyingKey for AnyVerifyingKey {
    fn supports(&self, method: &str) -> bool {
        self.key(method).supports(method)
    }

    fn verify(&self, method: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
        self.key(method).verify(method, base_string, signature)
    }

    fn stand_in() -> Self {
        let stand_in = Self(Kind::StandIn(SharedSecrets::stand_in(), Vec::new()));
        #[cfg(feature = "rsa")]
        let stand_in = stand_in.with_stand_in::<RsaPublicKey>();
        stand_in
    }
}

/// Shows the kind of the key.
impl fmt::Debug for AnyVerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::Secrets(_) => "AnyVerifyingKey(shared secrets, [redacted])",
            #[cfg(feature = "rsa")]
            Kind::Rsa(_) => "AnyVerifyingKey(RSA)",
            Kind::Other(_) => "AnyVerifyingKey(other, [redacted])",
            Kind::StandIn(..) => "AnyVerifyingKey(nobody's)",
        })
    }
}
