//! What is new, and what has been seen.

use std::{thread, time::Duration};

use oauth1_signer::verifier::{Insertion, NonceKey};
use oauth1_signer_redis::RedisNoncesError;
use redis::Commands;

use crate::{Store, nonce, now, server::Server};

#[test]
fn a_nonce_is_new_once_whoever_asks() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let [blocking, awaited] = Store::both(&server);
    let (one, two) = (nonce("one"), nonce("two"));
    assert_eq!(blocking.insert(&one), Ok(Insertion::New));
    assert_eq!(blocking.insert(&one), Ok(Insertion::Seen));
    assert_eq!(awaited.insert(&one), Ok(Insertion::Seen));
    assert_eq!(awaited.insert(&two), Ok(Insertion::New));
    assert_eq!(awaited.insert(&two), Ok(Insertion::Seen));
    assert_eq!(blocking.insert(&two), Ok(Insertion::Seen));
}

#[test]
fn consumers_tokens_and_times_are_told_apart() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let now = now();
    let different = [
        NonceKey::new("a", None, "n", now),
        NonceKey::new("a", Some(""), "n", now),
        NonceKey::new("a", Some("t"), "n", now),
        NonceKey::new("b", Some("t"), "n", now),
        NonceKey::new("b", Some("t"), "n", now - 1).at(now, now + 300),
        NonceKey::new("b", Some("t\0\r\n"), "n", now),
        NonceKey::new("b", Some("ü"), "n", now),
        NonceKey::new("b,1:t", None, "n", now),
    ];
    for store in Store::both(&server) {
        let expected = match store {
            Store::Blocking(_) => Insertion::New,
            Store::Awaited(..) => Insertion::Seen,
        };
        for nonce in &different {
            assert_eq!(store.insert(nonce), Ok(expected), "{nonce}");
            assert_eq!(store.insert(nonce), Ok(Insertion::Seen), "{nonce}");
        }
    }
}

#[test]
fn prefixes_are_stores_of_their_own() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let nonce = nonce("nonce");
    let [blocking, awaited] = Store::both_with(
        &server,
        |nonces| nonces.with_prefix("a:"),
        |nonces| nonces.with_prefix("b:"),
    );
    assert_eq!(blocking.insert(&nonce), Ok(Insertion::New));
    assert_eq!(awaited.insert(&nonce), Ok(Insertion::New));

    let client = redis::Client::open(server.url()).unwrap();
    let mut connection = client.get_connection().unwrap();
    let mut keys: Vec<String> = connection.keys("*").unwrap();
    keys.sort();
    assert_eq!(keys, [format!("a:{nonce}"), format!("b:{nonce}")]);
}

#[test]
fn a_nonce_is_kept_for_the_margin_longer() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let stores = Store::both_with(
        &server,
        |nonces| nonces.with_clock_margin(3).with_prefix("a:"),
        |nonces| nonces.with_clock_margin(3).with_prefix("b:"),
    );
    let now = now();
    let nonce = NonceKey::new("consumer", None, "nonce", now).at(now, now + 1);
    for store in &stores {
        assert_eq!(store.insert(&nonce), Ok(Insertion::New));
    }
    thread::sleep(Duration::from_millis(1500));
    for store in &stores {
        assert_eq!(store.insert(&nonce), Ok(Insertion::Seen));
    }
    thread::sleep(Duration::from_secs(3));
    // Nobody would ask any more. It shows that Redis has forgotten.
    let nonce = nonce.at(now + 5, now + 10);
    for store in &stores {
        assert_eq!(store.insert(&nonce), Ok(Insertion::New));
    }
}

#[test]
fn nothing_is_new_if_the_clocks_differ() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    let now = now();
    for store in Store::both(&server) {
        let clock = Err(RedisNoncesError::Clock { margin: 60 });
        for (text, there) in [("behind", now - 3600), ("ahead", now + 3600), ("far", 1)] {
            let nonce = NonceKey::new("consumer", None, text, there);
            for _ in 0..2 {
                assert_ne!(store.insert(&nonce), Ok(Insertion::New), "{text}");
            }
        }
        // Redis would have forgotten it at once, and take it for new again and again.
        let past = NonceKey::new("consumer", None, "past", now - 3600);
        assert_eq!(store.insert(&past), clock);
        assert_eq!(store.insert(&past), clock);
        let near = NonceKey::new("consumer", None, "near", now - 50);
        assert_ne!(store.insert(&near), clock);
    }
}
