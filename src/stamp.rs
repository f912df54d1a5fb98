//! Nonce and timestamp ([RFC 5849 §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.3)).

use alloc::borrow::Cow;
use core::fmt;

#[cfg(feature = "rand")]
use crate::encode::ascii;
use crate::{encode::is_unreserved, parameters::Bytes};

/// The nonce and timestamp of one request ([RFC 5849 §3.3]), sent as `oauth_nonce` and
/// `oauth_timestamp`.
///
/// A stamp signs one request. It is neither `Clone` nor `Copy`, because servers reject a nonce that
/// they have seen before: a request that is sent again must be signed again.
///
/// ```
/// use oauth1_signer::Stamp;
///
/// # #[cfg(feature = "rand")]
/// let stamp = Stamp::now();
/// // In a test, a fixed stamp makes the signature the same every time.
/// let stamp = Stamp::new("kllo9940pd9333jh", 1191242096);
/// assert_eq!(stamp.nonce(), "kllo9940pd9333jh");
/// ```
///
/// Using a stamp twice does not compile:
///
/// ```compile_fail,E0382
/// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
/// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// # let request = Request::get("https://api.example.com/").unwrap();
/// let stamp = Stamp::new("kllo9940pd9333jh", 1191242096);
/// let first = signer.sign(&request, stamp);
/// let second = signer.sign(&request, stamp); // error: use of moved value
/// ```
///
/// [RFC 5849 §3.3]: https://www.rfc-editor.org/rfc/rfc5849#section-3.3
pub struct Stamp {
    nonce: Nonce,
    unix_seconds: u64,
}

impl Stamp {
    /// Creates a stamp with a fresh nonce and the time of the system clock.
    ///
    /// The nonce consists of 24 ASCII letters and digits (142 bits) from a cryptographic generator
    /// that is seeded by the operating system. Its length suits common servers, which accept 20 to
    /// 30 characters.
    ///
    /// A forked process copies the generator and would repeat its nonces. Sign in threads instead,
    /// or in a newly started program.
    ///
    /// A clock before 1970 counts as 0. `wasm32-unknown-unknown` has no clock and does not have
    /// this method; use [`Stamp::at`] there.
    ///
    /// # Panics
    ///
    /// Panics if the operating system cannot provide the random bytes that a thread's first stamp
    /// needs.
    ///
    /// ```
    /// use oauth1_signer::Stamp;
    ///
    /// let stamp = Stamp::now();
    /// assert_eq!(stamp.nonce().len(), 24);
    /// assert!(stamp.unix_seconds() > 1_700_000_000);
    /// ```
    #[cfg(all(
        feature = "rand",
        not(all(target_family = "wasm", target_os = "unknown"))
    ))]
    #[must_use]
    pub fn now() -> Self {
        Self::at(unix_now())
    }

    /// Creates a stamp with a fresh nonce, as [`Stamp::now`] does, and a given time, in seconds
    /// since 1970-01-01 00:00 UTC.
    ///
    /// Use it with a corrected clock, or on a platform that has none.
    ///
    /// # Panics
    ///
    /// Panics if the operating system cannot provide the random bytes that a thread's first stamp
    /// needs.
    ///
    /// ```
    /// use oauth1_signer::Stamp;
    ///
    /// let the_servers_clock = 1_316_657_628;
    /// let stamp = Stamp::at(the_servers_clock);
    /// assert_eq!(stamp.nonce().len(), 24);
    /// assert_ne!(stamp.nonce(), Stamp::at(the_servers_clock).nonce());
    /// ```
    #[cfg(feature = "rand")]
    #[must_use]
    pub fn at(unix_seconds: u64) -> Self {
        Self {
            nonce: Nonce::Fresh(fresh()),
            unix_seconds,
        }
    }

    /// Creates a stamp from a nonce and a time, in seconds since 1970-01-01 00:00 UTC.
    ///
    /// Use it in tests, and for nonces that are made elsewhere. The nonce may be any text, because
    /// it is encoded wherever it is written.
    ///
    /// ```
    /// use oauth1_signer::Stamp;
    ///
    /// let stamp = Stamp::new("kllo9940pd9333jh", 1191242096);
    ///
    /// let (machine, count) = ("machine 7", 12);
    /// let stamp = Stamp::new(format!("{machine}-{count}"), 1191242096);
    /// ```
    #[must_use]
    #[inline]
    pub fn new(nonce: impl Into<Cow<'static, str>>, unix_seconds: u64) -> Self {
        let text = nonce.into();
        Self {
            nonce: Nonce::Given {
                unreserved: is_unreserved(text.as_bytes()),
                text,
            },
            unix_seconds,
        }
    }

    /// The nonce.
    ///
    /// ```
    /// use oauth1_signer::Stamp;
    ///
    /// assert_eq!(Stamp::new("nonce", 1316657628).nonce(), "nonce");
    /// ```
    #[must_use]
    pub fn nonce(&self) -> &str {
        match &self.nonce {
            #[cfg(feature = "rand")]
            Nonce::Fresh(characters) => ascii(characters),
            Nonce::Given { text, .. } => text,
        }
    }

    /// The time, in seconds since 1970-01-01 00:00 UTC.
    ///
    /// ```
    /// use oauth1_signer::Stamp;
    ///
    /// assert_eq!(Stamp::new("nonce", 1316657628).unix_seconds(), 1316657628);
    /// ```
    #[inline]
    #[must_use]
    pub fn unix_seconds(&self) -> u64 {
        self.unix_seconds
    }

    pub(crate) fn nonce_bytes(&self) -> Bytes<'_> {
        match &self.nonce {
            #[cfg(feature = "rand")]
            Nonce::Fresh(characters) => Bytes::Unreserved(characters),
            Nonce::Given {
                text,
                unreserved: true,
            } => Bytes::Unreserved(text.as_bytes()),
            Nonce::Given { text, .. } => Bytes::Decoded(text.as_bytes()),
        }
    }
}

/// Reads the system clock, in seconds since 1970-01-01 00:00 UTC, or 0 before then. Nothing else in
/// the crate does.
#[cfg(all(
    feature = "rand",
    not(all(target_family = "wasm", target_os = "unknown"))
))]
pub(crate) fn unix_now() -> u64 {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since_1970.map_or(0, |elapsed| elapsed.as_secs())
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stamp")
            .field("nonce", &self.nonce())
            .field("unix_seconds", &self.unix_seconds())
            .finish()
    }
}

enum Nonce {
    #[cfg(feature = "rand")]
    Fresh([u8; NONCE_LENGTH]),
    Given {
        text: Cow<'static, str>,
        unreserved: bool,
    },
}

#[cfg(feature = "rand")]
fn fresh() -> [u8; NONCE_LENGTH] {
    use rand::{RngExt, distr::Alphanumeric};

    let mut generator = rand::rng();
    core::array::from_fn(|_| generator.sample(Alphanumeric))
}

#[cfg(feature = "rand")]
const NONCE_LENGTH: usize = 24;
