//! Error texts word for word, and that nothing shows the password.

use oauth1_signer_redis::{BlockingRedisNonces, RedisNonces, RedisNoncesError};
use tokio::runtime::Runtime;

use crate::server::Server;

#[test]
fn errors_say_what_to_do() {
    let text = |text: &str| String::from(text);
    for (error, message) in [
        (
            RedisNoncesError::Authentication,
            "Redis does not accept the user name or the password",
        ),
        (
            RedisNoncesError::Clock { margin: 60 },
            "the clocks of Redis and this machine differ by more than 60 s: synchronize them",
        ),
        (
            RedisNoncesError::Evicts {
                policy: text("allkeys-lru"),
            },
            "Redis evicts keys (maxmemory-policy is allkeys-lru): set it to noeviction",
        ),
        (
            RedisNoncesError::Full,
            "Redis is out of memory: raise maxmemory, or wait until nonces expire",
        ),
        (
            RedisNoncesError::Refused {
                code: text("READONLY"),
            },
            "Redis refused the command: READONLY",
        ),
        (RedisNoncesError::Timeout, "Redis did not answer in time"),
        (
            RedisNoncesError::Unexpected,
            "Redis answered something unexpected: is it Redis 6.2 or newer?",
        ),
        (
            RedisNoncesError::Unreachable,
            "Redis could not be reached, or the connection was lost",
        ),
        (RedisNoncesError::Url, "the URL of Redis is not valid"),
    ] {
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn nothing_shows_the_password() {
    let url = "redis://:sesame@127.0.0.1:1/";
    let nonces = BlockingRedisNonces::open(url).unwrap();
    let shown =
        "BlockingRedisNonces { prefix: \"oauth1:nonce:\", clock_margin: 60, timeout: 500ms, .. }";
    assert_eq!(format!("{nonces:?}"), shown);
    let error = BlockingRedisNonces::open("http://:sesame@127.0.0.1/").unwrap_err();
    assert_eq!(error, RedisNoncesError::Url);
    assert!(!format!("{error:?} {error}").contains("sesame"));

    let Some(server) = Server::start(&["--requirepass", "sesame"]) else {
        return;
    };
    let url = server.url().replace("redis://", "redis://:sesame@");
    let runtime = Runtime::new().unwrap();
    let nonces = runtime.block_on(RedisNonces::connect(&url)).unwrap();
    let shown = "RedisNonces { prefix: \"oauth1:nonce:\", clock_margin: 60, .. }";
    assert_eq!(format!("{nonces:?}"), shown);
}

#[test]
fn stores_are_shared_by_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<BlockingRedisNonces>();
    shared::<RedisNonces>();
    shared::<RedisNoncesError>();
}
