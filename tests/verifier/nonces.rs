//! Stores of nonces: each nonce is accepted once, by whoever comes first.

use std::{
    collections::HashSet,
    convert::Infallible,
    future::Future,
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    thread,
};

use oauth1_signer::verifier::{
    AcceptError, AsyncNonces, Insertion, MemoryNonces, MemoryNoncesError, NonceKey, Nonces, Policy,
    Refusal,
};

use crate::wire::{NOW, Wire, verifier};

fn insert(nonces: &MemoryNonces, nonce: NonceKey<'_>) -> Result<Insertion, MemoryNoncesError> {
    Nonces::insert(nonces, &nonce)
}

fn nonce(text: &str) -> NonceKey<'_> {
    NonceKey::new("key", Some("token"), text, NOW)
}

#[test]
fn of_many_threads_that_present_the_same_nonces_one_is_told_that_it_is_new() {
    const NONCES: usize = 10_000;
    let nonces = MemoryNonces::new();
    let accepted: Vec<_> = (0..NONCES).map(|_| AtomicUsize::new(0)).collect();
    let texts: Vec<_> = (0..NONCES).map(|number| number.to_string()).collect();
    thread::scope(|scope| {
        for thread in 0..64 {
            let (nonces, accepted, texts) = (&nonces, &accepted, &texts);
            scope.spawn(move || {
                for step in 0..NONCES {
                    // Every other thread begins at the other end.
                    let number = if thread % 2 == 0 {
                        step
                    } else {
                        NONCES - 1 - step
                    };
                    let timestamp = NOW + number as u64 % 7;
                    let key = NonceKey::new("key", None, &texts[number], timestamp);
                    if insert(nonces, key) == Ok(Insertion::New) {
                        accepted[number].fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    assert!(
        accepted
            .iter()
            .all(|times| times.load(Ordering::Relaxed) == 1)
    );
    assert_eq!(nonces.len(), NONCES);
}

/// The same with whole requests.
#[test]
fn of_many_threads_that_present_the_same_request_one_is_accepted() {
    let wire = Wire::get();
    let verifier = verifier(Policy::new());
    let (nonces, accepted) = (MemoryNonces::new(), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| {
                let incoming = wire.incoming().unwrap();
                let genuine = verifier.verify(&incoming, [wire.key.verifying()], NOW);
                match genuine.unwrap().accept(&nonces) {
                    Ok(_) => _ = accepted.fetch_add(1, Ordering::Relaxed),
                    Err(error) => assert_eq!(error, AcceptError::Replayed),
                }
            });
        }
    });
    assert_eq!(accepted.into_inner(), 1);
}

#[test]
fn a_nonce_is_new_with_another_consumer_token_or_timestamp() {
    let nonces = MemoryNonces::new();
    let keys = [
        NonceKey::new("key", Some("token"), "nonce", NOW),
        NonceKey::new("key2", Some("token"), "nonce", NOW),
        NonceKey::new("key", Some("token2"), "nonce", NOW),
        NonceKey::new("key", Some(""), "nonce", NOW),
        NonceKey::new("key", None, "nonce", NOW),
        NonceKey::new("key", Some("token"), "nonce2", NOW),
        NonceKey::new("key", Some("token"), "nonce", NOW + 1),
        NonceKey::new("keyt", Some("oken"), "nonce", NOW),
        NonceKey::new("key", Some("nonce"), "token", NOW),
    ];
    for key in keys {
        assert_eq!(insert(&nonces, key), Ok(Insertion::New), "{key:?}");
    }
    let mut texts: Vec<_> = keys.iter().map(NonceKey::to_string).collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), keys.len());
    for key in keys {
        assert_eq!(insert(&nonces, key), Ok(Insertion::Seen), "{key:?}");
    }
}

#[test]
fn a_full_store_refuses_and_forgets_nothing() {
    let nonces = MemoryNonces::with_capacity(3);
    for text in ["a", "b", "c"] {
        assert_eq!(insert(&nonces, nonce(text)), Ok(Insertion::New));
    }
    for _ in 0..3 {
        assert_eq!(insert(&nonces, nonce("d")), Err(MemoryNoncesError::Full));
        assert_eq!(insert(&nonces, nonce("a")), Ok(Insertion::Seen));
    }
    assert_eq!(nonces.len(), 3);
    // There is room again as soon as some have expired.
    let later = NonceKey::new("key", None, "d", NOW + 400);
    assert_eq!(insert(&nonces, later), Ok(Insertion::New));
    assert_eq!(nonces.len(), 1);
    assert!(!nonces.is_empty());
    assert_eq!(
        insert(&MemoryNonces::with_capacity(0), nonce("a")),
        Err(MemoryNoncesError::Full)
    );
}

#[test]
fn a_nonce_is_kept_for_as_long_as_its_timestamp_is_accepted() {
    let wire = Wire::get();
    for window in [0, 1, 29, 30, 31, 300, 86_400] {
        let verifier = verifier(Policy::new().window(window));
        let nonces = MemoryNonces::new();
        let present = |now: u64| -> Result<(), Refusal> {
            let incoming = wire.incoming().unwrap();
            let genuine = verifier.verify(&incoming, [wire.key.verifying()], now)?;
            genuine.accept(&nonces)?;
            Ok(())
        };
        assert_eq!(present(NOW - window), Ok(()));
        for now in [NOW - window, NOW, NOW + window / 2, NOW + window] {
            assert_eq!(present(now), Err(Refusal::NonceUsed), "{window} {now}");
            // Other requests sweep the store.
            let other = format!("{now}");
            let other = NonceKey::new("key", None, &other, now).at(now, now + window + 1);
            assert!(Nonces::insert(&nonces, &other).is_ok());
        }
        let refused = present(NOW + window + 1).unwrap_err();
        assert!(matches!(refused, Refusal::Timestamp { .. }), "{refused:?}");
    }
}

#[test]
fn what_may_have_been_forgotten_is_not_taken_for_new() {
    let nonces = MemoryNonces::new();
    assert_eq!(insert(&nonces, nonce("a")), Ok(Insertion::New));
    // The clock goes a day ahead, and back.
    let ahead = NonceKey::new("key", None, "b", NOW + 86_400);
    assert_eq!(insert(&nonces, ahead), Ok(Insertion::New));
    let forgotten = Err(MemoryNoncesError::Forgotten);
    assert_eq!(insert(&nonces, nonce("a")), forgotten);
    assert_eq!(insert(&nonces, nonce("never seen")), forgotten);
    // What is newer than all that was forgotten cannot have been.
    let newer = NonceKey::new("key", None, "a", NOW + 30);
    assert_eq!(insert(&nonces, newer), Ok(Insertion::New));
    assert_eq!(insert(&nonces, newer), Ok(Insertion::Seen));
    // What was accepted in the meantime is remembered until the clock gets there again.
    assert_eq!(insert(&nonces, ahead), Ok(Insertion::Seen));
    // A clock that is corrected by a few seconds does no harm.
    let back = NonceKey::new("key", None, "c", NOW + 86_390);
    assert_eq!(insert(&nonces, back), Ok(Insertion::New));
}

#[test]
fn verifiers_of_different_windows_can_share_a_store() {
    let wire = Wire::get();
    let present = |nonces: &MemoryNonces, window, now| {
        let incoming = wire.incoming().unwrap();
        let verifier = verifier(Policy::new().window(window));
        let genuine = verifier.verify(&incoming, [wire.key.verifying()], now)?;
        genuine.accept(nonces)?;
        Ok::<_, Refusal>(())
    };
    // Each of them sees what the other has accepted, for as long as it accepts it itself.
    for (first, second) in [(10, 300), (300, 10)] {
        let nonces = MemoryNonces::new();
        assert_eq!(present(&nonces, first, NOW + 1), Ok(()));
        for now in [NOW + 1, NOW + 10, NOW + 100, NOW + 300] {
            let refused = present(&nonces, second, now).unwrap_err();
            if now - NOW <= second {
                assert_eq!(refused, Refusal::NonceUsed, "{first} {second} {now}");
            }
        }
    }
    // What was forgotten before a wider window came is not accepted by it.
    let nonces = MemoryNonces::new();
    assert_eq!(present(&nonces, 10, NOW), Ok(()));
    let other = NonceKey::new("key", None, "nonce", NOW + 100);
    assert!(insert(&nonces, other.at(NOW + 100, NOW + 111)).is_ok());
    let refused = present(&nonces, 300, NOW + 100).unwrap_err();
    let forgotten = Refusal::from(AcceptError::Store(MemoryNoncesError::Forgotten));
    assert_eq!(refused, forgotten);
}

/// Whatever the clock does and whatever windows the verifiers have, no request is new twice. While the
/// clock is right, none is refused that is not a replay.
#[test]
fn no_request_is_new_twice_and_none_is_refused_for_nothing() {
    // Marsaglia's xorshift: the same numbers every time.
    let mut state = 1_u64;
    let mut below = |end: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % end
    };
    for clock_jumps in [false, true] {
        let (nonces, mut seen) = (MemoryNonces::new(), HashSet::new());
        let (mut time, mut ahead, mut forgotten) = (NOW, 0, 0);
        for _ in 0..200_000 {
            time += below(2);
            if clock_jumps && below(5_000) == 0 {
                ahead = below(1_000);
            } else if below(1_000) == 0 {
                ahead = 0;
            }
            let (now, window) = (time + ahead, 150 * below(3));
            let timestamp = now - window + below(2 * window + 1);
            let text = if below(2) == 0 { "a" } else { "b" };
            let key = NonceKey::new("key", None, text, timestamp);
            let is_new = !seen.contains(&(timestamp, text));
            match insert(&nonces, key.at(now, timestamp + window + 1)) {
                Ok(Insertion::New) => assert!(seen.insert((timestamp, text)), "{key:?}"),
                Ok(Insertion::Seen) => assert!(!is_new, "{key:?}"),
                Err(error) => {
                    assert_eq!(error, MemoryNoncesError::Forgotten);
                    forgotten += 1;
                }
            }
        }
        assert_eq!(forgotten > 0, clock_jumps);
        assert!(forgotten < 100_000, "{forgotten}");
    }
}

#[test]
fn any_time_can_be_remembered() {
    let nonces = MemoryNonces::new();
    for timestamp in [1, u64::MAX - 301, u64::MAX] {
        let key = NonceKey::new("key", None, "nonce", timestamp);
        assert_eq!(insert(&nonces, key), Ok(Insertion::New));
        assert_eq!(insert(&nonces, key), Ok(Insertion::Seen));
    }
}

/// A store that tells which keys it was asked for.
#[derive(Default)]
struct Asked(Mutex<Vec<String>>);

impl Nonces for Asked {
    type Error = Infallible;

    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, Infallible> {
        let times = (nonce.now(), nonce.keep_until());
        self.0.lock().unwrap().push(format!("{nonce} {times:?}"));
        Ok(Insertion::New)
    }
}

#[test]
fn the_key_is_decoded_and_kept_until_the_timestamp_is_too_old() {
    let asked = Asked::default();
    let wire = Wire::get();
    let incoming = wire.incoming().unwrap();
    let verifier = verifier(Policy::new().window(100));
    let genuine = verifier.verify(&incoming, [wire.key.verifying()], NOW + 5);
    genuine.unwrap().accept(&asked).unwrap();
    let expected = format!("3:key,5:token,{NOW},5:nonce ({}, {})", NOW + 5, NOW + 101);
    assert_eq!(*asked.0.lock().unwrap(), [expected]);
}

#[test]
fn a_store_is_not_asked_about_requests_that_are_refused() {
    let asked = Asked::default();
    let wire =
        Wire::with_authorization(|header| header.replace("oauth_nonce=\"", "oauth_nonce=\"x"));
    let incoming = wire.incoming().unwrap();
    let genuine = verifier(Policy::new()).verify(&incoming, [wire.key.verifying()], NOW);
    assert_eq!(genuine.err(), Some(Refusal::Signature));
    assert!(asked.0.lock().unwrap().is_empty());
}

/// A store that cannot be reached.
#[derive(Debug, thiserror::Error)]
#[error("no route to the store")]
struct Unreachable;

struct Nowhere;

impl Nonces for Nowhere {
    type Error = Unreachable;

    fn insert(&self, _: &NonceKey<'_>) -> Result<Insertion, Unreachable> {
        Err(Unreachable)
    }
}

impl AsyncNonces for Nowhere {
    type Error = Unreachable;

    async fn insert(&self, _: &NonceKey<'_>) -> Result<Insertion, Unreachable> {
        Err(Unreachable)
    }
}

#[test]
fn nothing_is_accepted_without_the_store() {
    let wire = Wire::get();
    let incoming = wire.incoming().unwrap();
    let verifier = verifier(Policy::new());
    let genuine = || {
        verifier
            .verify(&incoming, [wire.key.verifying()], NOW)
            .unwrap()
    };
    let refusal = Refusal::from(genuine().accept(&Nowhere).unwrap_err());
    assert_eq!(
        refusal.to_string(),
        "the nonce could not be checked: no route to the store"
    );
    assert_eq!((refusal.status(), refusal.body()), (503, String::new()));
    assert_eq!(refusal.www_authenticate(None), None);
    let refused = ready(genuine().accept_async(&Nowhere)).unwrap_err();
    assert_eq!(Refusal::from(refused), refusal);
}

#[test]
fn a_store_can_be_awaited() {
    let wire = Wire::get();
    let incoming = wire.incoming().unwrap();
    let verifier = verifier(Policy::new());
    let nonces = Arc::new(MemoryNonces::new());
    let present = || {
        let genuine = verifier
            .verify(&incoming, [wire.key.verifying()], NOW)
            .unwrap();
        let future = genuine.accept_async(&nonces);
        is_send(&future);
        ready(future).map(|verified| verified.consumer_key().to_owned())
    };
    assert_eq!(present().unwrap(), "key");
    assert_eq!(present().unwrap_err(), AcceptError::Replayed);
    assert_eq!(nonces.len(), 1);
}

fn is_send<T: Send>(_: &T) {}

/// What a future that never waits returns.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}
