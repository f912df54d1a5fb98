//! Nonces in the memory of one process ([RFC 5849 §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.3)).

use core::{
    fmt,
    hash::{BuildHasher, BuildHasherDefault, Hasher},
};
use std::{
    collections::{HashSet, VecDeque, hash_map::RandomState},
    sync::{Mutex, PoisonError},
};

use thiserror::Error;

use super::{AsyncNonces, Insertion, NonceKey, Nonces};

/// Remembers nonces in memory, for a server that runs in one process. Needs the feature `std`.
///
/// Threads share it behind a reference or an `Arc`. What is forgotten is forgotten by the half minute
/// and all at once, so that sweeping costs next to nothing.
///
/// The store does not keep the texts, but 64 bits of a hash of each under a secret random key. Two
/// different requests of the same half minute are taken for one with a probability of about n / 2⁶⁴ for
/// n requests; then the second one is refused. A replay is always recognized.
///
/// Verifiers with different windows may share a store. It keeps the nonces of all of them for as long as
/// the widest window wants.
///
/// It never takes a nonce for new that it may have forgotten: see [`MemoryNoncesError::Forgotten`] for what
/// happens if the clock is wrong.
///
/// A restart forgets everything. If requests that arrived before it must not be replayed after it, do
/// not accept any for the length of the policy's window, or use a store outside the process. Several
/// processes need a common store.
///
/// ```
/// use oauth1_signer::verifier::{Insertion, MemoryNonces, NonceKey, Nonces};
///
/// let nonces = MemoryNonces::new();
/// let nonce = NonceKey::new("consumer key", None, "nonce", 1_316_657_628);
/// assert_eq!(Nonces::insert(&nonces, &nonce), Ok(Insertion::New));
/// assert_eq!(Nonces::insert(&nonces, &nonce), Ok(Insertion::Seen));
/// assert_eq!(nonces.len(), 1);
/// ```
pub struct MemoryNonces {
    /// Its key is random and never leaves the process.
    hasher: RandomState,
    capacity: usize,
    memory: Mutex<Memory>,
}

impl MemoryNonces {
    /// A store with room for 1,000,000 nonces at a time, which take about 20 MB. With the default policy,
    /// that is enough for 1,600 requests a second.
    ///
    /// ```
    /// use oauth1_signer::verifier::MemoryNonces;
    ///
    /// let nonces = MemoryNonces::new();
    /// assert!(nonces.is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(1_000_000)
    }

    /// A store with room for a number of nonces. Further ones are refused with
    /// [`MemoryNoncesError::Full`] until others expire.
    ///
    /// ```
    /// use oauth1_signer::verifier::{MemoryNonces, MemoryNoncesError, NonceKey, Nonces};
    ///
    /// let nonces = MemoryNonces::with_capacity(1);
    /// let nonce = |text| NonceKey::new("consumer key", None, text, 1_316_657_628);
    /// assert!(Nonces::insert(&nonces, &nonce("one")).is_ok());
    /// let error = Nonces::insert(&nonces, &nonce("two")).unwrap_err();
    /// assert_eq!(error, MemoryNoncesError::Full);
    /// ```
    #[must_use]
    pub fn with_capacity(nonces: usize) -> Self {
        Self {
            hasher: RandomState::new(),
            capacity: nonces,
            memory: Mutex::new(Memory::new()),
        }
    }

    /// The number of nonces in memory. Some of them may have expired and await the next sweep.
    ///
    /// ```
    /// use oauth1_signer::verifier::MemoryNonces;
    ///
    /// assert_eq!(MemoryNonces::new().len(), 0);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.memory().count
    }

    /// Whether no nonce is in memory.
    ///
    /// ```
    /// use oauth1_signer::verifier::MemoryNonces;
    ///
    /// assert!(MemoryNonces::new().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        // Nothing that runs under the lock leaves the memory half changed.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fingerprint(&self, nonce: &NonceKey<'_>) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        // One long text is hashed faster than several short ones (W2: 0.1).
        let mut text = [0; 256];
        let mut filled = 0;
        let mut add = |part: &[u8]| {
            if let Some(room) = text.get_mut(filled..filled + part.len()) {
                room.copy_from_slice(part);
                filled += part.len();
            } else {
                hasher.write(&text[..filled]);
                hasher.write(part);
                filled = 0;
            }
        };
        let (consumer_key, token) = (nonce.consumer_key(), nonce.token());
        add(&nonce.timestamp().to_ne_bytes());
        add(&consumer_key.len().to_ne_bytes());
        add(&token.map_or(usize::MAX, str::len).to_ne_bytes());
        add(consumer_key.as_bytes());
        add(token.unwrap_or_default().as_bytes());
        add(nonce.nonce().as_bytes());
        hasher.write(&text[..filled]);
        hasher.finish()
    }
}

impl Default for MemoryNonces {
    fn default() -> Self {
        Self::new()
    }
}

impl Nonces for MemoryNonces {
    type Error = MemoryNoncesError;

    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, MemoryNoncesError> {
        let fingerprint = self.fingerprint(nonce);
        let keep_for = nonce.keep_until().saturating_sub(nonce.timestamp());
        let mut memory = self.memory();
        memory.sweep(nonce.now(), keep_for);
        memory.insert(fingerprint, nonce.timestamp(), self.capacity)
    }
}

/// Never waits for anything but other threads that insert a nonce.
impl AsyncNonces for MemoryNonces {
    type Error = MemoryNoncesError;

    fn insert(
        &self,
        nonce: &NonceKey<'_>,
    ) -> impl Future<Output = Result<Insertion, MemoryNoncesError>> + Send {
        core::future::ready(Nonces::insert(self, nonce))
    }
}

/// Shows how many nonces there are and how many there may be.
impl fmt::Debug for MemoryNonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryNonces")
            .field("len", &self.len())
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

/// Why a [`MemoryNonces`] refused a nonce. Needs the feature `std`.
///
/// ```
/// use oauth1_signer::verifier::MemoryNoncesError;
///
/// assert_eq!(
///     MemoryNoncesError::Full.to_string(),
///     "the store of nonces is full: give it a larger capacity"
/// );
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum MemoryNoncesError {
    /// Nonces of this timestamp are forgotten already, so the request may be a replay. Either the clock
    /// went ahead and back, or a request was checked long after the time that was given for it, or a
    /// verifier with a wider window began to use the store.
    ///
    /// It ends by itself, because requests are accepted if they are newer than those that were forgotten:
    /// usually within a minute after the clock is right again.
    #[error("nonces of that time are forgotten already: did the clock go ahead and back?")]
    Forgotten,
    /// There are as many nonces as the store has room for, and none has expired.
    #[error("the store of nonces is full: give it a larger capacity")]
    Full,
}

/// The fingerprints of nonces, by the half minute of their timestamp.
struct Memory {
    /// Sorted by number.
    generations: VecDeque<Generation>,
    /// A set that was cleared, so that a busy server does not allocate every half minute.
    spare: Fingerprints,
    count: usize,
    /// For how many seconds after its timestamp a nonce is kept.
    keep_for: u64,
    /// Generations from this number on have never been forgotten, whatever the clock has said.
    horizon: u64,
}

struct Generation {
    number: u64,
    fingerprints: Fingerprints,
}

type Fingerprints = HashSet<u64, BuildHasherDefault<AsItIs>>;

/// The seconds that are forgotten together.
const SPAN: u64 = 30;

/// As many generations as the default window takes, in both directions, and two that are not complete.
const GENERATIONS: usize = 2 * 300 / 30 + 2;

impl Memory {
    fn new() -> Self {
        Self {
            generations: VecDeque::with_capacity(GENERATIONS),
            spare: Fingerprints::default(),
            count: 0,
            keep_for: 0,
            horizon: 0,
        }
    }

    fn sweep(&mut self, now: u64, keep_for: u64) {
        self.keep_for = self.keep_for.max(keep_for);
        let first_to_keep = now.saturating_sub(self.keep_for) / SPAN;
        while let Some(oldest) = self.generations.front_mut() {
            if oldest.number >= first_to_keep {
                return;
            }
            self.horizon = oldest.number + 1;
            let mut fingerprints = core::mem::take(&mut oldest.fingerprints);
            self.generations.pop_front();
            let count = fingerprints.len();
            self.count -= count;
            fingerprints.clear();
            fingerprints.shrink_to(count);
            self.spare = fingerprints;
        }
    }

    fn insert(
        &mut self,
        fingerprint: u64,
        timestamp: u64,
        capacity: usize,
    ) -> Result<Insertion, MemoryNoncesError> {
        let number = timestamp / SPAN;
        if number < self.horizon {
            return Err(MemoryNoncesError::Forgotten);
        }
        let place = self
            .generations
            .partition_point(|generation| generation.number < number);
        let generation = self.generations.get_mut(place);
        let generation = generation.filter(|generation| generation.number == number);
        if self.count >= capacity {
            return match generation {
                Some(generation) if generation.fingerprints.contains(&fingerprint) => {
                    Ok(Insertion::Seen)
                }
                _ => Err(MemoryNoncesError::Full),
            };
        }
        let is_new = if let Some(generation) = generation {
            generation.fingerprints.insert(fingerprint)
        } else {
            let mut fingerprints = core::mem::take(&mut self.spare);
            fingerprints.insert(fingerprint);
            let generation = Generation {
                number,
                fingerprints,
            };
            self.generations.insert(place, generation);
            true
        };
        self.count += usize::from(is_new);
        Ok(Insertion::of(is_new))
    }
}

/// Fingerprints are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write_u64(&mut self, fingerprint: u64) {
        self.0 = fingerprint;
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
