//! What Redis cannot remember is refused, with the reason.

use std::{thread, time::Duration};

use oauth1_signer::verifier::{AcceptError, Insertion, Nonces, Refusal};
use oauth1_signer_redis::{BlockingRedisNonces, RedisNonces, RedisNoncesError};
use tokio::runtime::Runtime;

use crate::{Store, nonce, server::Server};

fn refused(code: &str) -> RedisNoncesError {
    RedisNoncesError::Refused { code: code.into() }
}

#[test]
fn a_lost_connection_refuses_and_the_next_one_is_used() {
    let Some(mut server) = Server::start(&["--appendonly", "yes", "--appendfsync", "always"])
    else {
        return;
    };
    let stores = Store::both(&server);
    for (store, text) in stores.iter().zip(["a", "b"]) {
        assert_eq!(store.insert(&nonce(text)), Ok(Insertion::New));
    }
    let (a, b) = (nonce("before a"), nonce("before b"));
    assert_eq!(stores[0].insert(&a), Ok(Insertion::New));
    assert_eq!(stores[1].insert(&b), Ok(Insertion::New));

    server.kill();
    for store in &stores {
        for _ in 0..3 {
            let error = store.insert(&nonce("meanwhile")).unwrap_err();
            assert_eq!(error, RedisNoncesError::Unreachable);
        }
    }

    server.restart();
    for store in &stores {
        // The connection may have to be made first.
        let first = store.insert(&a);
        assert_ne!(first, Ok(Insertion::New));
        let answer = (0..200).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            store.insert(&a).ok()
        });
        assert_eq!(answer, Some(Insertion::Seen));
        assert_eq!(store.insert(&b), Ok(Insertion::Seen));
    }
    assert_eq!(stores[0].insert(&nonce("after")), Ok(Insertion::New));
}

#[test]
fn threads_notice_a_restart_once() {
    let Some(mut server) = Server::start(&[]) else {
        return;
    };
    let nonces = BlockingRedisNonces::open(&server.url()).unwrap();
    thread::scope(|scope| {
        for number in 0..8 {
            let nonces = &nonces;
            scope.spawn(move || {
                for count in 0..500 {
                    let text = format!("{number} {count}");
                    assert_eq!(nonces.insert(&nonce(&text)), Ok(Insertion::New));
                }
            });
        }
    });
    server.restart();
    let lost = nonces.insert(&nonce("lost"));
    assert_eq!(lost, Err(RedisNoncesError::Unreachable));
    // The other threads' connections are not tried, although they were idle.
    for count in 0..8 {
        let text = format!("after {count}");
        assert_eq!(nonces.insert(&nonce(&text)), Ok(Insertion::New));
    }
}

#[test]
fn redis_has_half_a_second() {
    let Some(server) = Server::start(&[]) else {
        return;
    };
    for (store, text) in Store::both(&server).into_iter().zip(["a", "b"]) {
        let (late, next) = (nonce(text), [text, "next"].concat());
        assert!(store.insert(&nonce("connected")).is_ok());
        server.pause();
        let answer = store.insert(&late);
        server.resume();
        assert_eq!(answer, Err(RedisNoncesError::Timeout));
        // The answer that came too late is not taken for that of the next question.
        assert_eq!(store.insert(&nonce(&next)), Ok(Insertion::New));
        assert_eq!(store.insert(&late), Ok(Insertion::Seen));
    }
}

#[test]
fn full_memory_refuses() {
    let options = ["--maxmemory", "3mb", "--maxmemory-policy", "noeviction"];
    let Some(server) = Server::start(&options) else {
        return;
    };
    let [blocking, awaited] = Store::both(&server);
    assert_eq!(blocking.check(), Ok(()));
    assert_eq!(awaited.check(), Ok(()));
    let first = nonce("first");
    assert_eq!(blocking.insert(&first), Ok(Insertion::New));

    let long = "n".repeat(5000);
    for (store, name) in [(&blocking, "blocking"), (&awaited, "awaited")] {
        let error = (0..2000).find_map(|count| {
            let text = format!("{long} {name} {count}");
            store.insert(&nonce(&text)).err()
        });
        assert_eq!(error, Some(RedisNoncesError::Full));
        // What was remembered is not forgotten.
        assert_ne!(store.insert(&first), Ok(Insertion::New));
    }

    let refusal = Refusal::from(AcceptError::Store(RedisNoncesError::Full));
    assert_eq!((refusal.status(), refusal.body()), (503, String::new()));
}

#[test]
fn a_server_that_evicts_is_found_out() {
    let Some(server) = Server::start(&["--maxmemory-policy", "volatile-lru"]) else {
        return;
    };
    for store in Store::both(&server) {
        let policy = "volatile-lru".into();
        assert_eq!(store.check(), Err(RedisNoncesError::Evicts { policy }));
    }
}

#[test]
fn a_replica_refuses() {
    let Some(server) = Server::start(&["--replicaof", "127.0.0.1 1"]) else {
        return;
    };
    for store in Store::both(&server) {
        assert_eq!(store.insert(&nonce("nonce")), Err(refused("READONLY")));
    }
}

#[test]
fn a_password_is_needed() {
    let Some(server) = Server::start(&["--requirepass", "open sesame"]) else {
        return;
    };
    let runtime = Runtime::new().unwrap();
    let with = |password: &str| {
        let url = server.url();
        let url = url.replace("redis://", &format!("redis://:{password}@"));
        let blocking = Store::Blocking(Box::new(BlockingRedisNonces::open(&url).unwrap()));
        let awaited = runtime.block_on(RedisNonces::connect(&url));
        (blocking.check(), awaited.err())
    };
    let error = RedisNoncesError::Authentication;
    assert_eq!(with("wrong"), (Err(error.clone()), Some(error.clone())));
    assert_eq!(with("open%20sesame"), (Ok(()), None));

    for store in Store::both(&server) {
        assert_eq!(store.insert(&nonce("nonce")), Err(error.clone()));
        assert_eq!(store.check(), Err(error.clone()));
    }
}

#[test]
fn no_server_is_unreachable() {
    // Port 1 of the loopback interface.
    let url = "redis://127.0.0.1:1/";
    let error = RedisNoncesError::Unreachable;
    let blocking = BlockingRedisNonces::open(url).unwrap();
    let store = Store::Blocking(Box::new(blocking));
    assert_eq!(store.insert(&nonce("nonce")), Err(error.clone()));
    let runtime = Runtime::new().unwrap();
    let connected = runtime.block_on(RedisNonces::connect(url));
    assert_eq!(connected.unwrap_err(), error);
}
