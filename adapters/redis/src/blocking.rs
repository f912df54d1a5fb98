//! Nonces in Redis, for threads.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use oauth1_signer::verifier::{Insertion, NonceKey, Nonces};
use redis::{Client, Connection, RedisResult};

use crate::{
    RedisNoncesError,
    command::{self, Command},
};

/// Remembers nonces in Redis, and blocks the thread meanwhile. Threads share it behind a reference or an
/// `Arc`; there are as many connections as threads use at the same time.
///
/// See the [crate](crate) for what Redis has to do.
///
/// ```no_run
/// use oauth1_signer::verifier::{Genuine, Refusal, Verified};
/// use oauth1_signer_redis::{BlockingRedisNonces, RedisNoncesError};
///
/// fn start() -> Result<BlockingRedisNonces, RedisNoncesError> {
///     let nonces = BlockingRedisNonces::open("redis://127.0.0.1/")?.with_prefix("api:nonce:");
///     nonces.check()?;
///     Ok(nonces)
/// }
///
/// fn accept<'r>(
///     genuine: Genuine<'r>,
///     nonces: &BlockingRedisNonces,
/// ) -> Result<Verified<'r>, Refusal> {
///     Ok(genuine.accept(nonces)?)
/// }
/// ```
pub struct BlockingRedisNonces {
    client: Client,
    command: Command,
    timeout: Duration,
    idle: Mutex<Vec<Connection>>,
}

impl BlockingRedisNonces {
    /// Reads the URL of Redis. Connections are made when they are needed.
    ///
    /// # Errors
    ///
    /// [`RedisNoncesError::Url`] if the URL is not valid.
    ///
    /// ```
    /// use oauth1_signer_redis::BlockingRedisNonces;
    ///
    /// let nonces = BlockingRedisNonces::open("redis://127.0.0.1:6379/")?;
    /// # Ok::<(), oauth1_signer_redis::RedisNoncesError>(())
    /// ```
    pub fn open(url: &str) -> Result<Self, RedisNoncesError> {
        Ok(Self::new(Client::open(url)?))
    }

    /// Uses a client of your own.
    ///
    /// ```
    /// use oauth1_signer_redis::BlockingRedisNonces;
    ///
    /// fn nonces(client: redis::Client) -> BlockingRedisNonces {
    ///     BlockingRedisNonces::new(client)
    /// }
    /// ```
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self {
            client,
            command: Command::default(),
            timeout: Duration::from_millis(500),
            idle: Mutex::default(),
        }
    }

    /// Sets what all keys begin with: `oauth1:nonce:` by default. Servers that accept the same requests
    /// need the same prefix, and policies with the same window.
    ///
    /// ```
    /// use oauth1_signer_redis::BlockingRedisNonces;
    ///
    /// let nonces = BlockingRedisNonces::open("redis://127.0.0.1/")?.with_prefix("api:nonce:");
    /// # Ok::<(), oauth1_signer_redis::RedisNoncesError>(())
    /// ```
    #[must_use]
    pub fn with_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.command.prefix = prefix.into();
        self
    }

    /// Sets by how many seconds the clocks of this machine and of Redis may differ: 60 by default.
    /// Nonces are kept for so much longer. Use the same margin on every machine.
    ///
    /// ```
    /// use oauth1_signer_redis::BlockingRedisNonces;
    ///
    /// let nonces = BlockingRedisNonces::open("redis://127.0.0.1/")?.with_clock_margin(10);
    /// # Ok::<(), oauth1_signer_redis::RedisNoncesError>(())
    /// ```
    #[must_use]
    pub fn with_clock_margin(mut self, seconds: u64) -> Self {
        self.command.margin = seconds;
        self
    }

    /// Sets how long Redis may take to connect, and how long to answer: half a second each by default.
    /// Zero means one millisecond.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use oauth1_signer_redis::BlockingRedisNonces;
    ///
    /// let timeout = Duration::from_millis(100);
    /// let nonces = BlockingRedisNonces::open("redis://127.0.0.1/")?.with_timeout(timeout);
    /// # Ok::<(), oauth1_signer_redis::RedisNoncesError>(())
    /// ```
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout.max(Duration::from_millis(1));
        self
    }

    /// Checks that Redis does not evict keys. Call it when the program starts.
    ///
    /// # Errors
    ///
    /// [`RedisNoncesError::Evicts`] if it does, and another [`RedisNoncesError`] if it does not say.
    ///
    /// ```no_run
    /// use oauth1_signer_redis::BlockingRedisNonces;
    ///
    /// let nonces = BlockingRedisNonces::open("redis://127.0.0.1/")?;
    /// nonces.check()?;
    /// # Ok::<(), oauth1_signer_redis::RedisNoncesError>(())
    /// ```
    pub fn check(&self) -> Result<(), RedisNoncesError> {
        let info: String = self.ask(|connection| command::info().query(connection))?;
        command::check_info(&info)
    }

    fn ask<T>(
        &self,
        query: impl FnOnce(&mut Connection) -> RedisResult<T>,
    ) -> Result<T, RedisNoncesError> {
        let idle = self.idle().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let answer = query(&mut connection);
        let mut idle = self.idle();
        match answer {
            Ok(answer) => {
                idle.push(connection);
                Ok(answer)
            }
            Err(error) => {
                // An answer that comes too late would be taken for that of the next command, so the
                // connection is dropped. If Redis was restarted, the others are lost too.
                if error.is_io_error() {
                    idle.clear();
                }
                Err(error.into())
            }
        }
    }

    fn connect(&self) -> RedisResult<Connection> {
        let connection = self.client.get_connection_with_timeout(self.timeout)?;
        connection.set_read_timeout(Some(self.timeout))?;
        connection.set_write_timeout(Some(self.timeout))?;
        Ok(connection)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Nonces for BlockingRedisNonces {
    type Error = RedisNoncesError;

    fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, RedisNoncesError> {
        let pipeline = self.command.pipeline(nonce);
        let reply = self.ask(|connection| pipeline.query(connection))?;
        self.command.judge(nonce, reply)
    }
}

/// Shows the prefix, the margin and the timeout.
impl fmt::Debug for BlockingRedisNonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingRedisNonces")
            .field("prefix", &self.command.prefix)
            .field("clock_margin", &self.command.margin)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
