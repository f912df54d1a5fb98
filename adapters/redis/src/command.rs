//! What is sent to Redis for a nonce, and what the answer means.

use oauth1_signer::verifier::{Insertion, NonceKey};
use redis::Pipeline;

use crate::RedisNoncesError;

/// How nonces are stored.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) prefix: String,
    /// By how many seconds the clocks may differ, and nonces are kept longer.
    pub(crate) margin: u64,
}

/// Of `SET` and `PTTL`.
pub(crate) type Reply = (Option<String>, i64);

impl Command {
    /// Both commands are sent at once, so that they take one round trip. They have the same key, so that
    /// a cluster sends them to the same machine.
    pub(crate) fn pipeline(&self, nonce: &NonceKey<'_>) -> Pipeline {
        let key = format!("{}{nonce}", self.prefix);
        let mut pipeline = Pipeline::with_capacity(2);
        pipeline.cmd("SET").arg(&key).arg("1").arg("NX");
        pipeline.arg("EXAT").arg(self.forget_at(nonce));
        pipeline.cmd("PTTL").arg(&key);
        pipeline
    }

    /// A nonce is new only if Redis has stored it, and will keep it for long enough.
    ///
    /// The time that is left tells what Redis' clock says. Whoever accepts a request has found it to
    /// differ from its own by the margin at most. By its own clock, the request is then not older than
    /// `keep_until`, so by that of Redis the nonce has not expired.
    pub(crate) fn judge(
        &self,
        nonce: &NonceKey<'_>,
        reply: Reply,
    ) -> Result<Insertion, RedisNoncesError> {
        let left = match reply {
            (None, _) => return Ok(Insertion::Seen),
            (Some(ok), left) if ok == "OK" => left,
            _ => return Err(RedisNoncesError::Unexpected),
        };
        // The key has no expiry: this was not a server that knows EXAT.
        if left == -1 {
            return Err(RedisNoncesError::Unexpected);
        }
        let difference = u64::try_from(left)
            .ok()
            .and_then(|left| self.forget_at(nonce).checked_sub(left / 1000))
            .map(|redis_now| redis_now.abs_diff(nonce.now()));
        // Without a difference, the key has expired at once.
        if difference.is_none_or(|seconds| seconds > self.margin) {
            let margin = self.margin;
            return Err(RedisNoncesError::Clock { margin });
        }
        Ok(Insertion::New)
    }

    fn forget_at(&self, nonce: &NonceKey<'_>) -> u64 {
        nonce.keep_until().saturating_add(self.margin)
    }
}

impl Default for Command {
    fn default() -> Self {
        Self {
            prefix: "oauth1:nonce:".into(),
            margin: 60,
        }
    }
}

/// The command whose answer `check_info` reads.
pub(crate) fn info() -> redis::Cmd {
    let mut info = redis::cmd("INFO");
    info.arg("memory");
    info
}

/// Finds out whether Redis evicts. `INFO` is allowed where `CONFIG` is not.
pub(crate) fn check_info(info: &str) -> Result<(), RedisNoncesError> {
    let mut lines = info.lines();
    match lines.find_map(|line| line.strip_prefix("maxmemory_policy:")) {
        Some("noeviction") => Ok(()),
        Some(policy) => Err(RedisNoncesError::Evicts {
            policy: policy.into(),
        }),
        None => Err(RedisNoncesError::Unexpected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kept until 1301, and with the margin until 1361.
    fn judge(reply: Reply) -> Result<Insertion, RedisNoncesError> {
        let nonce = NonceKey::new("consumer", None, "nonce", 1000);
        Command::default().judge(&nonce, reply)
    }

    fn stored(seconds_left: i64) -> Reply {
        (Some("OK".into()), seconds_left * 1000)
    }

    #[test]
    fn clocks_may_differ_by_the_margin() {
        let clock = Err(RedisNoncesError::Clock { margin: 60 });
        assert_eq!(judge(stored(361)), Ok(Insertion::New));
        assert_eq!(judge(stored(361 - 60)), Ok(Insertion::New));
        assert_eq!(judge(stored(361 - 61)), clock);
        assert_eq!(judge(stored(361 + 60)), Ok(Insertion::New));
        assert_eq!(judge(stored(361 + 61)), clock);
        assert_eq!(judge(stored(i64::MAX / 1000)), clock);
    }

    #[test]
    fn what_expires_at_once_or_never_is_not_stored() {
        let expired = (Some("OK".into()), -2);
        assert_eq!(judge(expired), Err(RedisNoncesError::Clock { margin: 60 }));
        let forever = (Some("OK".into()), -1);
        assert_eq!(judge(forever), Err(RedisNoncesError::Unexpected));
    }

    #[test]
    fn only_ok_is_new() {
        assert_eq!(judge((None, 361_000)), Ok(Insertion::Seen));
        assert_eq!(judge((None, -2)), Ok(Insertion::Seen));
        let other = (Some("QUEUED".into()), 361_000);
        assert_eq!(judge(other), Err(RedisNoncesError::Unexpected));
    }

    #[test]
    fn the_policy_is_read() {
        assert_eq!(
            check_info("# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\n"),
            Ok(())
        );
        assert_eq!(
            check_info("maxmemory_policy:allkeys-lru\r\n"),
            Err(RedisNoncesError::Evicts {
                policy: "allkeys-lru".into()
            })
        );
        assert_eq!(check_info(""), Err(RedisNoncesError::Unexpected));
    }
}
