//! Nonce and timestamp ([RFC 5849 §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.3)).

use alloc::borrow::Cow;
use core::fmt;

#[cfg(feature = "rand")]
use crate::encode::ascii;
use crate::{encode::is_unreserved, parameters::Bytes};

/// The nonce and the timestamp of one request: `oauth_nonce` and `oauth_timestamp`.
///
/// A stamp signs once. It is neither `Clone` nor `Copy`, so that a request that is sent again is
/// signed again; servers refuse a nonce they have seen.
///
/// ```
/// use oauth1_signer::Stamp;
///
/// # #[cfg(feature = "rand")]
/// let stamp = Stamp::now();
/// // In a test: the same call, the same signature every time.
/// let stamp = Stamp::new("kllo9940pd9333jh", 1191242096);
/// assert_eq!(stamp.nonce(), "kllo9940pd9333jh");
/// ```
///
/// Using one twice does not compile:
///
/// ```compile_fail,E0382
/// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
/// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// # let request = Request::get("https://api.example.com/").unwrap();
/// let stamp = Stamp::new("kllo9940pd9333jh", 1191242096);
/// let first = signer.sign(&request, stamp);
/// let second = signer.sign(&request, stamp); // error: use of moved value
/// ```
pub struct Stamp {
    nonce: Nonce,
    unix_seconds: u64,
}

impl Stamp {
    /// A fresh nonce, and the time of the system's clock.
    ///
    /// The nonce is 24 ASCII letters and digits from a cryptographic generator that the operating
    /// system seeds: 142 bits, and within the 20 to 30 characters that stock servers accept. A
    /// process that forks copies the generator and with it the nonces to come: there, sign in
    /// threads, or in a program started afresh.
    ///
    /// A clock before 1970 counts as 0. Where there is no clock (`wasm32-unknown-unknown`) this
    /// does not exist; use [`Stamp::at`].
    ///
    /// # Panics
    ///
    /// If the operating system cannot give the first random octets of a thread.
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

    /// A fresh nonce, as in [`Stamp::now`], at a given time in seconds since 1970-01-01 00:00 UTC:
    /// for a corrected clock, or a platform without one.
    ///
    /// # Panics
    ///
    /// If the operating system cannot give the first random octets of a thread.
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

    /// A given nonce and time, in seconds since 1970-01-01 00:00 UTC: for tests, and for nonces
    /// that are made elsewhere.
    ///
    /// Any text is a nonce: it is encoded wherever it is written.
    ///
    /// ```
    /// use oauth1_signer::Stamp;
    ///
    /// let stamp = Stamp::new("kllo9940pd9333jh", 1191242096);
    /// let stamp = Stamp::new(format!("{}-{}", "machine 7", 12), 1191242096);
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

/// Reads the system's clock, and nothing else in the crate does: the time in seconds since 1970-01-01 00:00 UTC, and 0 before.
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
