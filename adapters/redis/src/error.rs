//! Why Redis could not say whether a nonce is new.

use redis::{ErrorKind, RedisError};
use thiserror::Error;

/// Why Redis could not say whether a nonce is new. The request is refused, and can be signed and sent
/// again later.
///
/// No error contains a value, and none the URL of Redis, which may contain a password.
///
/// ```
/// use oauth1_signer_redis::BlockingRedisNonces;
///
/// let error = BlockingRedisNonces::open("localhost").unwrap_err();
/// assert_eq!(error.to_string(), "the URL of Redis is not valid");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RedisNoncesError {
    /// Redis does not accept the user name or the password.
    #[error("Redis does not accept the user name or the password")]
    Authentication,
    /// The clocks differ by more than the margin, so Redis might forget nonces too early.
    #[error(
        "the clocks of Redis and this machine differ by more than {margin} s: synchronize them"
    )]
    Clock {
        /// The margin, in seconds.
        margin: u64,
    },
    /// Redis would forget nonces to make room, and could then not recognize a replay.
    #[error("Redis evicts keys (maxmemory-policy is {policy}): set it to noeviction")]
    Evicts {
        /// The policy.
        policy: String,
    },
    /// The memory that Redis may use is full. There is room when nonces expire.
    #[error("Redis is out of memory: raise maxmemory, or wait until nonces expire")]
    Full,
    /// Redis refused the command, for example because it is a replica (`READONLY`) or still loading
    /// (`LOADING`).
    #[error("Redis refused the command: {code}")]
    Refused {
        /// The error code of Redis, such as `READONLY`.
        code: String,
    },
    /// Redis did not answer in time.
    #[error("Redis did not answer in time")]
    Timeout,
    /// What was answered is not what Redis answers.
    #[error("Redis answered something unexpected: is it Redis 6.2 or newer?")]
    Unexpected,
    /// No connection could be made, or it was lost.
    #[error("Redis could not be reached, or the connection was lost")]
    Unreachable,
    /// The URL is not one of Redis, or the features of the crate `redis` do not support it.
    #[error("the URL of Redis is not valid")]
    Url,
}

impl From<RedisError> for RedisNoncesError {
    fn from(error: RedisError) -> Self {
        if error.is_timeout() {
            return Self::Timeout;
        }
        match error.kind() {
            ErrorKind::AuthenticationFailed => return Self::Authentication,
            ErrorKind::InvalidClientConfig => return Self::Url,
            ErrorKind::Parse | ErrorKind::UnexpectedReturnType => return Self::Unexpected,
            _ => {}
        }
        // The first is that of `SET`, on which the next command depends.
        match error.into_server_errors().as_deref() {
            Some([(_, error), ..]) => Self::refused(error.code()),
            _ => Self::Unreachable,
        }
    }
}

impl RedisNoncesError {
    fn refused(code: &str) -> Self {
        match code {
            "OOM" => Self::Full,
            "NOAUTH" | "WRONGPASS" => Self::Authentication,
            _ => Self::Refused { code: code.into() },
        }
    }
}
