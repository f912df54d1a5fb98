//! What the extractor needs to verify a request.

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::http::{Uri, request::Parts};
use oauth1_signer::{
    Realm,
    signature_method::VerifyingKey,
    verifier::{AsyncNonces, Incoming, Refusal, Verified, Verifier},
};

use crate::Credentials;

/// What [`OAuth1`](crate::OAuth1) needs: a verifier, the credentials of the consumers, and a store of
/// nonces. Clones share them.
///
/// It is the state of a router, or a part of it:
///
/// ```
/// use axum::{Router, extract::{FromRef, State}, routing::get};
/// use oauth1_signer_axum::{Gate, OAuth1};
///
/// #[derive(Clone)]
/// struct AppState {
///     gate: Gate,
///     greeting: String,
/// }
///
/// impl FromRef<AppState> for Gate {
///     fn from_ref(state: &AppState) -> Gate {
///         state.gate.clone()
///     }
/// }
///
/// async fn hello(State(state): State<AppState>, OAuth1(verified, _): OAuth1) -> String {
///     format!("{}, {}", state.greeting, verified.consumer_key())
/// }
///
/// fn app(state: AppState) -> Router {
///     Router::new().route("/hello", get(hello)).with_state(state)
/// }
/// ```
#[derive(Clone)]
pub struct Gate {
    verify: Arc<dyn Verify>,
    on_refusal: Option<Arc<OnRefusal>>,
    realm: Option<Realm>,
}

impl Gate {
    /// Creates a gate. Its store of nonces is a `MemoryNonces` if the server runs in one process, and
    /// otherwise one that all processes share, such as `RedisNonces` of the crate `oauth1-signer-redis`.
    ///
    /// ```
    /// use oauth1_signer::{signature_method::SharedSecrets, verifier::{MemoryNonces, Verifier}};
    /// use oauth1_signer_axum::{Credentials, Gate};
    ///
    /// fn gate(database: impl Credentials) -> Result<Gate, oauth1_signer::TargetError> {
    ///     let verifier = Verifier::new("https://api.example.com")?;
    ///     Ok(Gate::new(verifier, database, MemoryNonces::new()))
    /// }
    /// ```
    #[must_use]
    pub fn new<K, C, N>(verifier: Verifier<K>, credentials: C, nonces: N) -> Self
    where
        K: VerifyingKey + Send + Sync + 'static,
        C: Credentials<K>,
        N: AsyncNonces + Send + Sync + 'static,
    {
        Self {
            verify: Arc::new(Server {
                verifier,
                credentials,
                nonces,
            }),
            on_refusal: None,
            realm: None,
        }
    }

    /// Sets the realm that answers with the status 401 name.
    ///
    /// ```
    /// use oauth1_signer::{Realm, RealmError};
    /// use oauth1_signer_axum::Gate;
    ///
    /// fn with_realm(gate: Gate) -> Result<Gate, RealmError> {
    ///     Ok(gate.with_realm(Realm::new("Photos")?))
    /// }
    /// ```
    #[must_use]
    pub fn with_realm(mut self, realm: Realm) -> Self {
        self.realm = Some(realm);
        self
    }

    /// Runs something for each refusal, such as writing it to the log. The request is `None` if it could
    /// not even be read. What it claims was not true, not new, or could not be checked. A refusal with the
    /// status 503 is yours to solve: the credentials or the nonces could not be looked up.
    ///
    /// ```
    /// use oauth1_signer_axum::Gate;
    ///
    /// fn with_log(gate: Gate) -> Gate {
    ///     gate.on_refusal(|refusal, incoming| {
    ///         let consumer_key = incoming.map(|incoming| incoming.consumer_key());
    ///         eprintln!("refused {consumer_key:?}: {refusal}");
    ///     })
    /// }
    /// ```
    ///
    /// While you look for the reason, `incoming.explain()` has the server's base string. It contains the
    /// whole form, with its passwords.
    #[must_use]
    pub fn on_refusal(
        mut self,
        run: impl Fn(&Refusal, Option<&Incoming<'_>>) + Send + Sync + 'static,
    ) -> Self {
        self.on_refusal = Some(Arc::new(run));
        self
    }

    pub(crate) fn realm(self) -> Option<Realm> {
        self.realm
    }

    pub(crate) async fn verify(
        &self,
        uri: &Uri,
        parts: &Parts,
        body: &[u8],
    ) -> Result<Verified<'static>, Refusal> {
        let on_refusal = self.on_refusal.as_deref();
        self.verify.verify(uri, parts, body, on_refusal).await
    }
}

/// Shows the realm.
impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate")
            .field("realm", &self.realm)
            .finish_non_exhaustive()
    }
}

type OnRefusal = dyn Fn(&Refusal, Option<&Incoming<'_>>) + Send + Sync;

/// A server whose types are forgotten, so that handlers need not name them.
trait Verify: Send + Sync {
    fn verify<'a>(
        &'a self,
        uri: &'a Uri,
        parts: &'a Parts,
        body: &'a [u8],
        on_refusal: Option<&'a OnRefusal>,
    ) -> Pin<Box<dyn Future<Output = Result<Verified<'static>, Refusal>> + Send + 'a>>;
}

struct Server<K, C, N> {
    verifier: Verifier<K>,
    credentials: C,
    nonces: N,
}

impl<K, C, N> Verify for Server<K, C, N>
where
    K: VerifyingKey + Send + Sync + 'static,
    C: Credentials<K>,
    N: AsyncNonces + Send + Sync + 'static,
{
    fn verify<'a>(
        &'a self,
        uri: &'a Uri,
        parts: &'a Parts,
        body: &'a [u8],
        on_refusal: Option<&'a OnRefusal>,
    ) -> Pin<Box<dyn Future<Output = Result<Verified<'static>, Refusal>> + Send + 'a>> {
        let refused = move |refusal: Refusal, incoming: Option<&Incoming<'_>>| {
            if let Some(run) = on_refusal {
                run(&refusal, incoming);
            }
            refusal
        };
        Box::pin(async move {
            let incoming = self
                .verifier
                .read_http_at(&parts.method, uri, &parts.headers, body)
                .map_err(|error| refused(error.into(), None))?;
            let keys = self
                .credentials
                .find(incoming.consumer_key(), incoming.token())
                .await
                .map_err(|error| {
                    let message = error.to_string();
                    refused(Refusal::Credentials { message }, Some(&incoming))
                })?;
            let genuine = self
                .verifier
                .verify(&incoming, keys, unix_seconds())
                .map_err(|refusal| refused(refusal, Some(&incoming)))?;
            match genuine.accept_async(&self.nonces).await {
                Ok(verified) => Ok(verified.into_owned()),
                Err(error) => Err(refused(error.into(), Some(&incoming))),
            }
        })
    }
}

/// A clock before 1970 refuses every timestamp.
fn unix_seconds() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_secs())
}
