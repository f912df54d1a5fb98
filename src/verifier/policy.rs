//! What a server accepts ([RFC 5849 §3.2, §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use alloc::{borrow::Cow, vec::Vec};
use core::ops::RangeInclusive;

use super::{Incoming, Refusal, incoming::Limits};
use crate::signature_method::{BodyHash, NAMES, PLAINTEXT};

/// What a server accepts. The default is safe: every HMAC and RSA but no PLAINTEXT, timestamps of at
/// most 300 seconds ago or ahead, and nonces of 1 to 255 bytes.
///
/// ```
/// use oauth1_signer::verifier::{Policy, Verifier};
///
/// let policy = Policy::new().methods(["HMAC-SHA256"]).window(60).require_body_hash();
/// let verifier = Verifier::new("https://api.example.com")?.with_policy(policy);
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    methods: Vec<Cow<'static, str>>,
    insecure_plaintext: bool,
    window: u64,
    nonce_bytes: RangeInclusive<usize>,
    body_hash: bool,
    sha1_body_hash: bool,
    pub(super) limits: Limits,
}

impl Policy {
    /// The default.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new();
    /// ```
    #[must_use]
    pub fn new() -> Self {
        let safe = NAMES.into_iter().filter(|name| *name != PLAINTEXT);
        Self {
            methods: safe.map(Cow::Borrowed).collect(),
            insecure_plaintext: false,
            window: 300,
            nonce_bytes: 1..=255,
            body_hash: false,
            sha1_body_hash: false,
            limits: Limits::default(),
        }
    }

    /// Sets the signature methods that clients may choose, by their names. The case of names matters.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().methods(["HMAC-SHA256", "RSA-SHA256"]);
    /// ```
    #[must_use]
    pub fn methods(mut self, names: impl IntoIterator<Item: Into<Cow<'static, str>>>) -> Self {
        self.methods = names.into_iter().map(Into::into).collect();
        self
    }

    /// Also accepts PLAINTEXT, over https only. Its signature consists of the secrets, and protects
    /// neither the request nor against replays.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().allow_plaintext();
    /// ```
    #[must_use]
    pub fn allow_plaintext(mut self) -> Self {
        self.methods.push(PLAINTEXT.into());
        self
    }

    /// Also accepts PLAINTEXT, even over http, where anyone on the way can read the secrets. Use it on a
    /// network that is secured by other means.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().allow_plaintext_over_insecure_transport();
    /// ```
    #[must_use]
    pub fn allow_plaintext_over_insecure_transport(mut self) -> Self {
        self.insecure_plaintext = true;
        self.allow_plaintext()
    }

    /// Sets by how many seconds a timestamp may differ from the server's clock, in either direction.
    /// Nonces are remembered for as long.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().window(60);
    /// ```
    #[must_use]
    pub fn window(mut self, seconds: u64) -> Self {
        self.window = seconds;
        self
    }

    /// Sets the least and the most bytes of a nonce.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().nonce_bytes(8..=64);
    /// ```
    #[must_use]
    pub fn nonce_bytes(mut self, length: RangeInclusive<usize>) -> Self {
        self.nonce_bytes = length;
        self
    }

    /// Refuses bodies that are not signed: a body that is not a form and not empty needs an
    /// `oauth_body_hash` (OAuth Request Body Hash 1.0, an extension). A hash that is there is checked in
    /// any case. If only some requests need it, see
    /// [`Verified::is_body_signed`](super::Verified::is_body_signed).
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().require_body_hash();
    /// ```
    #[must_use]
    pub fn require_body_hash(mut self) -> Self {
        self.body_hash = true;
        self
    }

    /// Also accepts the SHA-1 hash of a body with signature methods that go with another one, such as
    /// HMAC-SHA256. Python's oauthlib and what is built on it, such as requests-oauthlib, send it with every
    /// method (oauthlib 4.0.1).
    ///
    /// Somebody who has a say in a body before it is signed can make two bodies with the same SHA-1 hash
    /// (a collision), and replace one by the other afterwards. Nobody is known to be able to find another
    /// body for the hash of a given one. So allow it if consumers write their bodies themselves.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().require_body_hash().allow_sha1_body_hash();
    /// ```
    #[must_use]
    pub fn allow_sha1_body_hash(mut self) -> Self {
        self.sha1_body_hash = true;
        self
    }

    /// Sets the most bytes of a form that are read: 1 MiB by default.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().form_bytes(64 * 1024);
    /// ```
    #[must_use]
    pub fn form_bytes(mut self, most: usize) -> Self {
        self.limits.form_bytes = most;
        self
    }

    /// Sets the most parameters that are read, in the query and in the form each: 10,000 by default.
    ///
    /// ```
    /// use oauth1_signer::verifier::Policy;
    ///
    /// let policy = Policy::new().parameters(100);
    /// ```
    #[must_use]
    pub fn parameters(mut self, most: usize) -> Self {
        self.limits.parameters = most;
        self
    }

    /// Checks what does not depend on a key, so that an answer tells nothing about consumers and tokens.
    pub(super) fn check(&self, incoming: &Incoming<'_>, now: u64) -> Result<(), Refusal> {
        let method = incoming.signature_method();
        if !self.methods.iter().any(|allowed| allowed == method) {
            return Err(Refusal::SignatureMethod);
        }
        if method == PLAINTEXT && !self.insecure_plaintext && !incoming.target().is_secure() {
            return Err(Refusal::InsecureTransport);
        }
        let nonce = incoming.nonce();
        if nonce.is_some_and(|nonce| !self.nonce_bytes.contains(&nonce.len())) {
            return Err(Refusal::NonceLength {
                least: *self.nonce_bytes.start(),
                most: *self.nonce_bytes.end(),
            });
        }
        let timestamp = incoming.timestamp();
        if timestamp.is_some_and(|timestamp| timestamp.abs_diff(now) > self.window) {
            return Err(Refusal::Timestamp {
                earliest: now.saturating_sub(self.window),
                latest: now.saturating_add(self.window),
            });
        }
        Ok(())
    }

    /// Compares the hash of the body, if there is one or has to be one.
    pub(super) fn check_body(&self, incoming: &Incoming<'_>) -> Result<(), Refusal> {
        let body = incoming.body();
        let Some(claimed) = incoming.body_hash() else {
            return if self.body_hash && !incoming.is_body_covered() {
                Err(Refusal::BodyHashMissing)
            } else {
                Ok(())
            };
        };
        let is_hash = |hash: BodyHash| hash.as_str() == claimed;
        let is_sha1 = || is_hash(BodyHash::sha1(body.bytes()));
        match BodyHash::of_method(incoming.signature_method()) {
            Ok(hash) if is_hash(hash(body.bytes())) => Ok(()),
            _ if !is_sha1() => Err(Refusal::BodyHash),
            _ if self.sha1_body_hash => Ok(()),
            _ => Err(Refusal::BodyHashSha1),
        }
    }

    /// The first second in which the nonce of a request with this timestamp may be forgotten.
    pub(super) fn keep_until(&self, timestamp: u64) -> u64 {
        timestamp.saturating_add(self.window).saturating_add(1)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}
