//! Where nonces are remembered ([RFC 5849 §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.3)).

use alloc::{boxed::Box, sync::Arc};
use core::{error::Error, fmt};

/// A store that remembers nonces, so that no request is accepted twice (RFC 5849, section 3.3).
///
/// Looking a nonce up and storing it has to be one step: if two threads or two machines present the
/// same nonce at the same time, exactly one of them gets [`Insertion::New`]. A store that cannot
/// tell returns an error. It must never forget a nonce early to make room.
///
/// `MemoryNonces` is such a store for one process. For a store that you `await`, implement
/// [`AsyncNonces`].
///
/// ```
/// use std::{collections::HashSet, convert::Infallible, sync::Mutex};
///
/// use oauth1_signer::verifier::{Insertion, NonceKey, Nonces};
///
/// // For a test: it never forgets.
/// #[derive(Default)]
/// struct Forever(Mutex<HashSet<String>>);
///
/// impl Nonces for Forever {
///     type Error = Infallible;
///
///     fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Infallible> {
///         let mut seen = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
///         Ok(Insertion::of(seen.insert(nonce.to_string())))
///     }
/// }
///
/// let nonces = Forever::default();
/// let nonce = NonceKey::new("consumer key", Some("token"), "nonce", 1_316_657_628);
/// assert_eq!(nonces.insert(&nonce), Ok(Insertion::New));
/// assert_eq!(nonces.insert(&nonce), Ok(Insertion::Seen));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a store of nonces",
    note = "pass a `MemoryNonces`, or implement `Nonces` for your own store",
    note = "a store that has to be awaited implements `AsyncNonces`: use `Genuine::accept_async`"
)]
pub trait Nonces {
    /// Why the store could not remember the nonce.
    type Error: Error;

    /// Remembers a nonce until [`NonceKey::keep_until`], and says whether it is new.
    ///
    /// # Errors
    ///
    /// If the store is full or cannot be reached. The request is then refused.
    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Self::Error>;
}

/// A store that remembers nonces and has to be awaited, such as a database. See [`Nonces`] for what it
/// must guarantee.
///
/// A store that blocks its thread should not implement it.
///
/// ```
/// use std::convert::Infallible;
///
/// use oauth1_signer::verifier::{AsyncNonces, Insertion, NonceKey};
///
/// struct Database;
///
/// impl Database {
///     /// `INSERT … ON CONFLICT DO NOTHING`, which returns the number of new rows.
///     async fn insert_or_ignore(&self, key: String, keep_until: u64) -> Result<u64, Infallible> {
/// #       let _ = (key, keep_until);
///         Ok(1)
///     }
/// }
///
/// impl AsyncNonces for Database {
///     type Error = Infallible;
///
///     async fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Infallible> {
///         let rows = self.insert_or_ignore(nonce.to_string(), nonce.keep_until()).await?;
///         Ok(Insertion::of(rows == 1))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a store of nonces that can be awaited",
    note = "a store that does not have to be awaited implements `Nonces`: use `Genuine::accept`"
)]
pub trait AsyncNonces {
    /// Why the store could not remember the nonce.
    type Error: Error;

    /// Remembers a nonce until [`NonceKey::keep_until`], and says whether it is new.
    ///
    /// # Errors
    ///
    /// If the store is full or cannot be reached. The request is then refused.
    fn insert(
        &self,
        nonce: &NonceKey<'_>,
    ) -> impl Future<Output = Result<Insertion, Self::Error>> + Send;
}

/// What a store says about a nonce.
///
/// ```
/// use oauth1_signer::verifier::Insertion;
///
/// assert_eq!(Insertion::of(true), Insertion::New);
/// assert_eq!(Insertion::of(false), Insertion::Seen);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Insertion {
    /// The nonce was not in the store, and now it is.
    New,
    /// The nonce was in the store already: the request is a replay.
    Seen,
}

impl Insertion {
    /// Translates what most sets and databases say: whether the nonce was inserted.
    ///
    /// ```
    /// use oauth1_signer::verifier::Insertion;
    ///
    /// let rows_inserted = 1;
    /// assert_eq!(Insertion::of(rows_inserted == 1), Insertion::New);
    /// ```
    #[must_use]
    pub fn of(was_inserted: bool) -> Self {
        if was_inserted { Self::New } else { Self::Seen }
    }
}

/// What a store remembers of a request: consumer key, token, timestamp and nonce, all of them decoded.
///
/// `Display` writes them as one text in which each part has its length, so that no two requests share
/// a text. Use it as the key in your store.
///
/// ```
/// use oauth1_signer::verifier::NonceKey;
///
/// let nonce = NonceKey::new("consumer", Some("token"), "n:1", 1_316_657_628);
/// assert_eq!(nonce.to_string(), "8:consumer,5:token,1316657628,3:n:1");
/// let without_token = NonceKey::new("consumer", None, "n:1", 1_316_657_628);
/// assert_eq!(without_token.to_string(), "8:consumer,-,1316657628,3:n:1");
/// ```
///
/// Two are equal if they are of the same request, whenever it arrives.
#[derive(Clone, Copy, Debug)]
pub struct NonceKey<'a> {
    consumer_key: &'a str,
    token: Option<&'a str>,
    nonce: &'a str,
    timestamp: u64,
    now: u64,
    keep_until: u64,
}

impl PartialEq for NonceKey<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.consumer_key == other.consumer_key
            && self.token == other.token
            && self.nonce == other.nonce
            && self.timestamp == other.timestamp
    }
}

impl Eq for NonceKey<'_> {}

impl<'a> NonceKey<'a> {
    /// Makes a key to test a store with. It arrives at the second of its timestamp, and is kept for 300
    /// seconds. [`Genuine`](super::Genuine) makes the keys of requests.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", Some("token"), "nonce", 1316657628);
    /// assert_eq!(nonce.keep_until(), 1316657628 + 301);
    /// ```
    #[must_use]
    pub fn new(
        consumer_key: &'a str,
        token: Option<&'a str>,
        nonce: &'a str,
        timestamp: u64,
    ) -> Self {
        Self {
            consumer_key,
            token,
            nonce,
            timestamp,
            now: timestamp,
            keep_until: timestamp.saturating_add(301),
        }
    }

    /// The same at another time, and kept until another time.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", None, "nonce", 1000).at(1200, 1301);
    /// assert_eq!((nonce.now(), nonce.keep_until()), (1200, 1301));
    /// ```
    #[must_use]
    pub fn at(self, now: u64, keep_until: u64) -> Self {
        Self {
            now,
            keep_until,
            ..self
        }
    }

    /// The consumer key.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", Some("token"), "nonce", 1316657628);
    /// assert_eq!(nonce.consumer_key(), "consumer");
    /// ```
    #[must_use]
    pub fn consumer_key(&self) -> &'a str {
        self.consumer_key
    }

    /// The token, if the request has one.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", Some("token"), "nonce", 1316657628);
    /// assert_eq!(nonce.token(), Some("token"));
    /// ```
    #[must_use]
    pub fn token(&self) -> Option<&'a str> {
        self.token
    }

    /// The nonce.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", Some("token"), "nonce", 1316657628);
    /// assert_eq!(nonce.nonce(), "nonce");
    /// ```
    #[must_use]
    pub fn nonce(&self) -> &'a str {
        self.nonce
    }

    /// The timestamp of the request, in seconds since 1970-01-01 00:00 UTC.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", Some("token"), "nonce", 1316657628);
    /// assert_eq!(nonce.timestamp(), 1316657628);
    /// ```
    #[must_use]
    pub fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// The time by the verifier's clock, in seconds since 1970-01-01 00:00 UTC.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", Some("token"), "nonce", 1316657628);
    /// assert_eq!(nonce.now(), 1316657628);
    /// ```
    #[must_use]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// The first second in which the store may forget the nonce, since 1970-01-01 00:00 UTC. From then
    /// on, the timestamp of the request is too old.
    ///
    /// A store that goes by a clock of its own, such as that of another machine, has to keep the nonce
    /// longer: by as much as the clocks may differ.
    ///
    /// ```
    /// use oauth1_signer::verifier::NonceKey;
    ///
    /// let nonce = NonceKey::new("consumer", Some("token"), "nonce", 1316657628);
    /// let may_differ_by = 60; // seconds
    /// let expires_at = nonce.keep_until() + may_differ_by;
    /// ```
    #[must_use]
    pub fn keep_until(&self) -> u64 {
        self.keep_until
    }
}

impl fmt::Display for NonceKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            consumer_key,
            timestamp,
            nonce,
            ..
        } = self;
        write!(f, "{}:{consumer_key},", consumer_key.len())?;
        match self.token {
            Some(token) => write!(f, "{}:{token},", token.len())?,
            None => f.write_str("-,")?,
        }
        write!(f, "{timestamp},{}:{nonce}", nonce.len())
    }
}

impl<N: Nonces + ?Sized> Nonces for &N {
    type Error = N::Error;

    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Self::Error> {
        (**self).insert(nonce)
    }
}

impl<N: Nonces + ?Sized> Nonces for Arc<N> {
    type Error = N::Error;

    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Self::Error> {
        (**self).insert(nonce)
    }
}

impl<N: Nonces + ?Sized> Nonces for Box<N> {
    type Error = N::Error;

    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Self::Error> {
        (**self).insert(nonce)
    }
}

impl<N: AsyncNonces> AsyncNonces for &N {
    type Error = N::Error;

    fn insert(
        &self,
        nonce: &NonceKey<'_>,
    ) -> impl Future<Output = Result<Insertion, Self::Error>> + Send {
        (**self).insert(nonce)
    }
}

impl<N: AsyncNonces> AsyncNonces for Arc<N> {
    type Error = N::Error;

    fn insert(
        &self,
        nonce: &NonceKey<'_>,
    ) -> impl Future<Output = Result<Insertion, Self::Error>> + Send {
        (**self).insert(nonce)
    }
}

impl<N: AsyncNonces> AsyncNonces for Box<N> {
    type Error = N::Error;

    fn insert(
        &self,
        nonce: &NonceKey<'_>,
    ) -> impl Future<Output = Result<Insertion, Self::Error>> + Send {
        (**self).insert(nonce)
    }
}
