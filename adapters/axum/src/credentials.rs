//! Where the keys of consumers and tokens come from.

use std::{borrow::Borrow, fmt::Display};

use oauth1_signer::signature_method::SharedSecrets;

/// Finds the keys of a consumer and a token: in a database, a file or in memory.
///
/// The crate's [page](crate) implements it for a map of consumers. A function will do too:
///
/// ```
/// use std::convert::Infallible;
///
/// use oauth1_signer::{signature_method::SharedSecrets, verifier::{MemoryNonces, Verifier}};
/// use oauth1_signer_axum::Gate;
///
/// async fn find(consumer_key: String, token: Option<String>)
///     -> Result<Option<SharedSecrets>, Infallible>
/// {
///     Ok(match (&*consumer_key, token.as_deref()) {
///         ("key", None) => Some(SharedSecrets::new("secret", "")),
///         ("key", Some("token")) => Some(SharedSecrets::new("secret", "token secret")),
///         _ => None,
///     })
/// }
///
/// let gate = Gate::new(Verifier::new("https://api.example.com")?, find, MemoryNonces::new());
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
///
/// Do not ignore the token: without its secret, a consumer could claim any token.
///
/// [`SharedSecrets`] are prepared when they are made, so keep them instead of the secrets if you can.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not find keys of the type `{K}`",
    note = "implement `Credentials<{K}>`, or pass an `async fn(String, Option<String>) -> Result<Option<{K}>, _>`"
)]
pub trait Credentials<K = SharedSecrets>: Send + Sync + 'static {
    /// What is found: an `Option` or, while secrets are being rotated, an array or a `Vec`. Its items are
    /// keys, references or `Arc`s.
    type Keys: IntoIterator<Item: Borrow<K>>;
    /// Why nothing could be looked up. It is not sent to the client.
    type Error: Display;

    /// Finds the keys for a consumer key and a token, as a request claims them. If either is unknown, the
    /// answer is `None` or an empty list, and not an error.
    ///
    /// # Errors
    ///
    /// If nothing could be looked up. The request is refused with [`Refusal::Credentials`], which is answered
    /// with 503 and an empty body. What you write to the log in [`Gate::on_refusal`] has the message.
    ///
    /// [`Gate::on_refusal`]: crate::Gate::on_refusal
    /// [`Refusal::Credentials`]: oauth1_signer::verifier::Refusal::Credentials
    fn find(
        &self,
        consumer_key: &str,
        token: Option<&str>,
    ) -> impl Future<Output = Result<Self::Keys, Self::Error>> + Send;
}

impl<K, F, Found, Keys, E> Credentials<K> for F
where
    F: Fn(String, Option<String>) -> Found + Send + Sync + 'static,
    Found: Future<Output = Result<Keys, E>> + Send,
    Keys: IntoIterator<Item: Borrow<K>>,
    E: Display,
{
    type Keys = Keys;
    type Error = E;

    fn find(
        &self,
        consumer_key: &str,
        token: Option<&str>,
    ) -> impl Future<Output = Result<Keys, E>> + Send {
        self(consumer_key.into(), token.map(Into::into))
    }
}
