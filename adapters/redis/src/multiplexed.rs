//! Nonces in Redis, for tasks.

use std::{fmt, time::Duration};

use oauth1_signer::verifier::{AsyncNonces, Insertion, NonceKey};
use redis::{
    Client,
    aio::{ConnectionLike, ConnectionManager, ConnectionManagerConfig},
};

use crate::{
    RedisNoncesError,
    command::{self, Command},
};

/// Remembers nonces in Redis. All tasks share one connection. Needs the feature `tokio`.
///
/// See the [crate](crate) for what Redis has to do.
///
/// ```no_run
/// use oauth1_signer_redis::{RedisNonces, RedisNoncesError};
///
/// async fn start() -> Result<RedisNonces, RedisNoncesError> {
///     let nonces = RedisNonces::connect("redis://127.0.0.1/").await?.with_prefix("api:nonce:");
///     nonces.check().await?;
///     Ok(nonces)
/// }
/// ```
#[derive(Clone)]
pub struct RedisNonces<C = ConnectionManager> {
    connection: C,
    command: Command,
}

impl RedisNonces {
    /// Connects to Redis. A connection that is lost is made again, for the requests that come after.
    ///
    /// Redis has half a second for each answer, and a second for each connection. To change that, pass a
    /// connection of your own to [`RedisNonces::new`].
    ///
    /// # Errors
    ///
    /// [`RedisNoncesError`] if the URL is not valid, or Redis cannot be reached.
    ///
    /// ```no_run
    /// use oauth1_signer_redis::{RedisNonces, RedisNoncesError};
    ///
    /// async fn start() -> Result<RedisNonces, RedisNoncesError> {
    ///     RedisNonces::connect("redis://127.0.0.1/").await
    /// }
    /// ```
    pub async fn connect(url: &str) -> Result<Self, RedisNoncesError> {
        // Whoever waits for a nonce should rather be refused soon than wait for several attempts.
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(Duration::from_secs(1)))
            .set_response_timeout(Some(Duration::from_millis(500)))
            .set_number_of_retries(0);
        let client = Client::open(url)?;
        let connection = ConnectionManager::new_with_config(client, config).await?;
        Ok(Self::new(connection))
    }
}

impl<C: ConnectionLike + Clone + Send + Sync> RedisNonces<C> {
    /// Uses a connection of your own: a `ConnectionManager` with another configuration, a
    /// `MultiplexedConnection`, or that of a cluster. It needs a timeout for answers.
    ///
    /// ```no_run
    /// use oauth1_signer_redis::RedisNonces;
    /// use redis::{RedisResult, aio::{ConnectionManager, ConnectionManagerConfig}};
    ///
    /// async fn nonces(client: redis::Client) -> RedisResult<RedisNonces> {
    ///     let config = ConnectionManagerConfig::new().set_number_of_retries(1);
    ///     Ok(RedisNonces::new(ConnectionManager::new_with_config(client, config).await?))
    /// }
    /// ```
    #[must_use]
    pub fn new(connection: C) -> Self {
        Self {
            connection,
            command: Command::default(),
        }
    }

    /// Sets what all keys begin with: `oauth1:nonce:` by default. Servers that accept the same requests
    /// need the same prefix, and policies with the same window.
    ///
    /// ```
    /// use oauth1_signer_redis::RedisNonces;
    ///
    /// fn of_the_api(nonces: RedisNonces) -> RedisNonces {
    ///     nonces.with_prefix("api:nonce:")
    /// }
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
    /// use oauth1_signer_redis::RedisNonces;
    ///
    /// fn with_good_clocks(nonces: RedisNonces) -> RedisNonces {
    ///     nonces.with_clock_margin(10)
    /// }
    /// ```
    #[must_use]
    pub fn with_clock_margin(mut self, seconds: u64) -> Self {
        self.command.margin = seconds;
        self
    }

    /// Checks that Redis does not evict keys. Call it when the program starts.
    ///
    /// # Errors
    ///
    /// [`RedisNoncesError::Evicts`] if it does, and another [`RedisNoncesError`] if it does not say.
    ///
    /// ```no_run
    /// use oauth1_signer_redis::{RedisNonces, RedisNoncesError};
    ///
    /// async fn start() -> Result<RedisNonces, RedisNoncesError> {
    ///     let nonces = RedisNonces::connect("redis://127.0.0.1/").await?;
    ///     nonces.check().await?;
    ///     Ok(nonces)
    /// }
    /// ```
    pub async fn check(&self) -> Result<(), RedisNoncesError> {
        let info: String = command::info()
            .query_async(&mut self.connection.clone())
            .await?;
        command::check_info(&info)
    }
}

impl<C: ConnectionLike + Clone + Send + Sync> AsyncNonces for RedisNonces<C> {
    type Error = RedisNoncesError;

    async fn insert(&self, nonce: &NonceKey<'_>) -> Result<Insertion, RedisNoncesError> {
        let pipeline = self.command.pipeline(nonce);
        let reply = pipeline.query_async(&mut self.connection.clone()).await?;
        self.command.judge(nonce, reply)
    }
}

/// Shows the prefix and the margin.
impl<C> fmt::Debug for RedisNonces<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisNonces")
            .field("prefix", &self.command.prefix)
            .field("clock_margin", &self.command.margin)
            .finish_non_exhaustive()
    }
}
