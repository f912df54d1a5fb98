//! Requests whose signature is right, and those that are accepted ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use alloc::{borrow::Cow, string::ToString};
use core::{error::Error, fmt};

use thiserror::Error;

use super::{AsyncNonces, Incoming, Insertion, NonceKey, Nonces, Refusal};
use crate::{signature_method::PLAINTEXT, transmission::Placement};

/// A request whose signature and time are right. It may still be a replay: only a store of nonces can
/// tell, and turns it into a [`Verified`] one.
///
/// What the request says is deliberately not to be had from here.
///
/// ```
/// use oauth1_signer::verifier::{AcceptError, Genuine, Nonces, Verified};
///
/// fn accept<'r, N: Nonces>(
///     genuine: Genuine<'r>,
///     nonces: &N,
/// ) -> Result<Verified<'r>, AcceptError<N::Error>> {
///     genuine.accept(nonces)
/// }
/// ```
#[must_use = "the request may be a replay: pass a store of nonces to `accept`"]
pub struct Genuine<'r> {
    pub(super) incoming: &'r Incoming<'r>,
    pub(super) key: usize,
    pub(super) now: u64,
    pub(super) keep_until: u64,
}

impl<'r> Genuine<'r> {
    /// Accepts the request if the store has never seen its nonce.
    ///
    /// A request that is signed with PLAINTEXT and has no nonce or no timestamp is accepted without
    /// asking the store. A policy has to allow PLAINTEXT.
    ///
    /// # Errors
    ///
    /// [`AcceptError::Replayed`] if the nonce was used before, and [`AcceptError::Store`] if the store
    /// cannot tell.
    ///
    /// ```
    /// use oauth1_signer::verifier::{Genuine, Nonces, Refusal, Verified};
    ///
    /// fn accept<'r>(genuine: Genuine<'r>, nonces: &impl Nonces) -> Result<Verified<'r>, Refusal> {
    ///     Ok(genuine.accept(nonces)?)
    /// }
    /// ```
    pub fn accept<N>(self, nonces: &N) -> Result<Verified<'r>, AcceptError<N::Error>>
    where
        N: Nonces + ?Sized,
    {
        match self.nonce_key() {
            Some(key) => self.decide(nonces.insert(&key)),
            None => Ok(self.verified()),
        }
    }

    /// Accepts the request if the store, which has to be awaited, has never seen its nonce. See
    /// [`Genuine::accept`].
    ///
    /// # Errors
    ///
    /// Those of [`Genuine::accept`].
    ///
    /// ```
    /// use oauth1_signer::verifier::{AsyncNonces, Genuine, Refusal, Verified};
    ///
    /// async fn accept<'r>(
    ///     genuine: Genuine<'r>,
    ///     nonces: &impl AsyncNonces,
    /// ) -> Result<Verified<'r>, Refusal> {
    ///     Ok(genuine.accept_async(nonces).await?)
    /// }
    /// ```
    pub async fn accept_async<N>(self, nonces: &N) -> Result<Verified<'r>, AcceptError<N::Error>>
    where
        N: AsyncNonces,
    {
        match self.nonce_key() {
            Some(key) => {
                let inserted = nonces.insert(&key).await;
                self.decide(inserted)
            }
            None => Ok(self.verified()),
        }
    }

    fn nonce_key(&self) -> Option<NonceKey<'r>> {
        let (nonce, timestamp) = (self.incoming.nonce()?, self.incoming.timestamp()?);
        let (consumer_key, token) = (self.incoming.consumer_key(), self.incoming.token());
        let key = NonceKey::new(consumer_key, token, nonce, timestamp);
        Some(key.at(self.now, self.keep_until))
    }

    fn decide<E>(self, inserted: Result<Insertion, E>) -> Result<Verified<'r>, AcceptError<E>> {
        match inserted {
            Ok(Insertion::New) => Ok(self.verified()),
            Ok(Insertion::Seen) => Err(AcceptError::Replayed),
            Err(error) => Err(AcceptError::Store(error)),
        }
    }

    fn verified(self) -> Verified<'r> {
        let incoming = self.incoming;
        let token = incoming.token().filter(|token| !token.is_empty());
        Verified {
            consumer_key: incoming.consumer_key().into(),
            token: token.map(Cow::Borrowed),
            callback: incoming.callback().map(Cow::Borrowed),
            verification_code: incoming.verification_code().map(Cow::Borrowed),
            timestamp: incoming.timestamp(),
            placement: incoming.placement(),
            key: self.key,
            body_is_signed: incoming.is_body_covered() && incoming.signature_method() != PLAINTEXT,
        }
    }
}

/// Shows the request.
impl fmt::Debug for Genuine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Genuine").field(self.incoming).finish()
    }
}

/// Who made a request that is verified: its signature and its time are right, and it is not a replay.
///
/// Only [`Genuine::accept`] and [`Genuine::accept_async`] make one, so a function that takes it cannot
/// be called for a request that was not checked.
///
/// ```
/// use oauth1_signer::verifier::Verified;
///
/// fn photos_of(user: &Verified<'_>) -> String {
///     format!("photos of {}", user.token().unwrap_or("nobody"))
/// }
/// ```
#[derive(Clone)]
pub struct Verified<'r> {
    consumer_key: Cow<'r, str>,
    token: Option<Cow<'r, str>>,
    callback: Option<Cow<'r, str>>,
    verification_code: Option<Cow<'r, str>>,
    timestamp: Option<u64>,
    placement: Placement,
    key: usize,
    body_is_signed: bool,
}

impl Verified<'_> {
    /// The consumer that signed the request.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verified;
    ///
    /// fn is_partner(verified: &Verified<'_>) -> bool {
    ///     verified.consumer_key() == "partner"
    /// }
    /// ```
    #[must_use]
    pub fn consumer_key(&self) -> &str {
        &self.consumer_key
    }

    /// The token, if the request has one. An empty one is none: a few clients send it before they have a
    /// token.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verified;
    ///
    /// fn user<'v>(verified: &'v Verified<'_>) -> &'v str {
    ///     verified.token().unwrap_or("nobody")
    /// }
    /// ```
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The callback URL or `oob`, in a request for temporary credentials.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verified;
    ///
    /// fn is_for_a_device(verified: &Verified<'_>) -> bool {
    ///     verified.callback() == Some("oob")
    /// }
    /// ```
    #[must_use]
    pub fn callback(&self) -> Option<&str> {
        self.callback.as_deref()
    }

    /// The verification code, in a request for a token. Compare it with the one that the user was given.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verified;
    ///
    /// fn is_confirmed(verified: &Verified<'_>, code: &str) -> bool {
    ///     verified.verification_code() == Some(code)
    /// }
    /// ```
    #[must_use]
    pub fn verification_code(&self) -> Option<&str> {
        self.verification_code.as_deref()
    }

    /// The timestamp in seconds since 1970-01-01 00:00 UTC, which only PLAINTEXT can do without.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verified;
    ///
    /// fn age(verified: &Verified<'_>, now: u64) -> Option<u64> {
    ///     Some(now.saturating_sub(verified.timestamp()?))
    /// }
    /// ```
    #[must_use]
    pub fn timestamp(&self) -> Option<u64> {
        self.timestamp
    }

    /// Where the protocol parameters stand. An LTI launch has them in its form.
    ///
    /// ```
    /// use oauth1_signer::{Placement, verifier::Verified};
    ///
    /// fn is_launch(verified: &Verified<'_>) -> bool {
    ///     verified.placement() == Placement::Body && verified.token().is_none()
    /// }
    /// ```
    #[must_use]
    pub fn placement(&self) -> Placement {
        self.placement
    }

    /// Whether the body is signed: it is a form, its `oauth_body_hash` was checked, or it is empty. Otherwise,
    /// such as for JSON without a hash, the body may have been changed on the way, and only the connection
    /// protects it.
    ///
    /// Of a form, each parameter is signed, but neither their order nor whether one stands in the form or in
    /// the query. With PLAINTEXT, nothing is signed. An empty body does not tell whether the client sent one.
    ///
    /// ```
    /// use oauth1_signer::verifier::{Refusal, Verified};
    ///
    /// /// For requests that have to be signed as a whole, while others need not be.
    /// fn transfer(verified: &Verified<'_>, json: &[u8]) -> Result<(), Refusal> {
    ///     if !verified.is_body_signed() {
    ///         return Err(Refusal::BodyHashMissing);
    ///     }
    /// #   let _ = json;
    ///     Ok(())
    /// }
    /// ```
    #[must_use]
    pub fn is_body_signed(&self) -> bool {
        self.body_is_signed
    }

    /// Which of the keys that were given to [`Verifier::verify`](super::Verifier::verify) fits, counted
    /// from 0. While secrets are being rotated, it tells who still uses the old one.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verified;
    ///
    /// fn uses_the_old_secret(verified: &Verified<'_>) -> bool {
    ///     verified.key_index() > 0
    /// }
    /// ```
    #[must_use]
    pub fn key_index(&self) -> usize {
        self.key
    }

    /// The same, without borrowing the request.
    ///
    /// ```
    /// use oauth1_signer::verifier::Verified;
    ///
    /// fn keep(verified: Verified<'_>) -> Verified<'static> {
    ///     verified.into_owned()
    /// }
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Verified<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Verified {
            consumer_key: owned(self.consumer_key),
            token: self.token.map(owned),
            callback: self.callback.map(owned),
            verification_code: self.verification_code.map(owned),
            timestamp: self.timestamp,
            placement: self.placement,
            key: self.key,
            body_is_signed: self.body_is_signed,
        }
    }
}

/// Shows consumer key and token. The verification code is as good as a secret, and a callback may
/// contain one.
impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("consumer_key", &self.consumer_key)
            .field("token", &self.token)
            .field("timestamp", &self.timestamp)
            .field("key_index", &self.key)
            .field("is_body_signed", &self.body_is_signed)
            .finish_non_exhaustive()
    }
}

/// Why a request whose signature is right was not accepted. `E` is the error of the store.
///
/// ```
/// # #[cfg(feature = "std")] {
/// use oauth1_signer::verifier::{AcceptError, MemoryNoncesError, Refusal};
///
/// let error: AcceptError<MemoryNoncesError> = AcceptError::Replayed;
/// assert_eq!(error.to_string(), "the nonce has been used before");
/// assert_eq!(Refusal::from(error).status(), 401);
/// # }
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum AcceptError<E> {
    /// The nonce was used before, with the same consumer key, token and timestamp.
    #[error("the nonce has been used before")]
    Replayed,
    /// The store could not tell. Nothing is accepted without it.
    #[error("the nonce could not be checked: {0}")]
    Store(E),
}

impl<E: Error> From<AcceptError<E>> for Refusal {
    fn from(error: AcceptError<E>) -> Self {
        match error {
            AcceptError::Replayed => Self::NonceUsed,
            AcceptError::Store(error) => Self::Store {
                message: error.to_string(),
            },
        }
    }
}
