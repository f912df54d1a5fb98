//! Getting a token: the three legs, without I/O ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).

mod answer;
mod call;
mod endpoints;
mod leg;
mod redirect;
mod temporary;

use alloc::string::String;
use core::fmt;

pub use self::{
    answer::{Answer, AnswerError, BodyExcerpt, BodyKind},
    call::{Call, CallError},
    endpoints::{Endpoints, EndpointsError, Placement},
    leg::Leg,
    redirect::{Redirect, RedirectError},
    temporary::{Temporary, VerificationCode},
};
use crate::{Callback, Consumer, HmacSha1, Signer, SigningKey, Token};

/// The way to a token: temporary credentials, the user's authorization, token credentials.
///
/// Nothing here sends anything. Each leg gives a [`Call`] to send with any HTTP client, and takes
/// the [`Answer`]. The order cannot be got wrong: the last leg is made of the first one's answer
/// and of what the user brings back.
///
/// ```
/// use oauth1_signer::{Answer, Call, Callback, Consumer, Endpoints, Flow, Redirect, Stamp};
///
/// # let answers = std::cell::RefCell::new(vec![
/// #     "oauth_token=nnch734d00sl2jdk&oauth_token_secret=pfkkdhi9sl3r4s00",
/// #     "oauth_token=hh5s93j4hdidpola&oauth_token_secret=hdhd0244k9j7ao03&oauth_callback_confirmed=true",
/// # ]);
/// # let send = |call: &Call| (200, answers.borrow_mut().pop().unwrap_or_default());
/// # let ask_the_user = |url: &str| {
/// #     "http://printer.example.com/ready?oauth_token=hh5s93j4hdidpola&oauth_verifier=hfdp7dh39dks9884"
/// # };
/// let endpoints = Endpoints::new(
///     "https://photos.example.net/initiate",
///     "https://photos.example.net/authorize",
///     "https://photos.example.net/token",
/// )?;
/// let flow = Flow::new(Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44"), endpoints);
///
/// # #[cfg(feature = "rand")]
/// # {
/// let leg = flow.temporary(Callback::Url("http://printer.example.com/ready"));
/// let (status, body) = send(&leg.call(Stamp::now())?);
/// let temporary = leg.accept(Answer::new(status, body))?;
///
/// let redirected_to = ask_the_user(&flow.authorize_url(&temporary, &[]));
/// let code = Redirect::parse(redirected_to)?.code_for(&temporary)?;
///
/// let leg = flow.token(temporary, code);
/// let (status, body) = send(&leg.call(Stamp::now())?);
/// let token = leg.accept(Answer::new(status, body))?;
/// assert_eq!(token.token(), "nnch734d00sl2jdk");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Temporary credentials are spent by the last leg:
///
/// ```compile_fail,E0382
/// # use oauth1_signer::{Consumer, Endpoints, Flow, Temporary, VerificationCode};
/// # let url = "https://photos.example.net/";
/// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url).unwrap());
/// # let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// let leg = flow.token(temporary, VerificationCode::new("hfdp7dh39dks9884"));
/// let again = flow.token(temporary, VerificationCode::new("hfdp7dh39dks9884")); // error: moved
/// ```
#[derive(Clone)]
pub struct Flow<M = Consumer> {
    signers: M,
    endpoints: Endpoints,
}

impl<M: MakeSigner> Flow<M> {
    /// A flow for a [`Consumer`], which signs with HMAC-SHA1, or for anything else that makes
    /// signers.
    #[must_use]
    pub fn new(signers: M, endpoints: Endpoints) -> Self {
        Self { signers, endpoints }
    }

    /// The first leg: asks for temporary credentials ("request token"), and says where the user is
    /// to be sent afterwards. The answer must confirm the callback.
    #[must_use]
    pub fn temporary(&self, callback: Callback<'_>) -> Leg<'_, Temporary, M> {
        self.temporary_without_callback()
            .callback(callback)
            .with_confirmation()
    }

    /// The first leg with a server that predates `oauth_callback` (OAuth Core 1.0, such as
    /// Netflix): the callback is a parameter of [`Flow::authorize_url`], nothing is confirmed, and
    /// the user brings no code back. Such a server cannot tell whether the user who authorized is
    /// the one who comes back; check what you can.
    ///
    /// ```
    /// use oauth1_signer::{Answer, Consumer, Endpoints, Flow, Placement, Redirect, Stamp};
    ///
    /// let endpoints = Endpoints::new(
    ///     "http://api.netflix.com/oauth/request_token",
    ///     "https://api-user.netflix.com/oauth/login",
    ///     "http://api.netflix.com/oauth/access_token",
    /// )?
    /// .method("GET")
    /// .placement(Placement::Query);
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// let leg = flow.temporary_without_callback();
    /// let body = "oauth_token=sjevj&oauth_token_secret=7wjD2de&application_name=YourWonderfulApp";
    /// let temporary = leg.accept(Answer::new(200, body))?;
    /// let name = temporary.fields().get("application_name").ok_or("no name")?;
    /// let url = flow.authorize_url(
    ///     &temporary,
    ///     &[
    ///         ("oauth_consumer_key", "key"),
    ///         ("application_name", name),
    ///         ("oauth_callback", "http://localhost:3000/activate/callback"),
    ///     ],
    /// );
    /// let redirected_to = "http://localhost:3000/activate/callback?oauth_token=sjevj";
    /// Redirect::parse(redirected_to)?.check(&temporary)?;
    /// let call = flow.token_without_code(temporary).call(Stamp::new("nonce", 1222972011))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn temporary_without_callback(&self) -> Leg<'_, Temporary, M> {
        self.leg(&self.endpoints.temporary, None)
    }

    /// The second leg: the URL to send the user to, with further parameters that are not signed.
    /// See [`Endpoints::authorize_url`].
    #[must_use]
    pub fn authorize_url(&self, temporary: &Temporary, parameters: &[(&str, &str)]) -> String {
        self.endpoints.authorize_url(temporary, parameters)
    }

    /// The last leg: exchanges temporary credentials and what the user brought back for a token
    /// ("access token").
    #[must_use]
    pub fn token(&self, temporary: Temporary, code: VerificationCode) -> Leg<'_, Token, M> {
        self.token_without_code(temporary).code(code)
    }

    /// The last leg with a server of OAuth Core 1.0, which knows no verification codes. See
    /// [`Flow::temporary_without_callback`].
    #[must_use]
    pub fn token_without_code(&self, temporary: Temporary) -> Leg<'_, Token, M> {
        self.leg(&self.endpoints.token, Some(temporary.into_token()))
    }

    /// A token for a name and a password. See [`Leg::xauth`].
    #[must_use]
    pub fn xauth(
        &self,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Leg<'_, Token, M> {
        Leg::xauth(&self.signers, &self.endpoints.token, username, password)
    }

    /// A new token for one that has expired, or `None` if it cannot be renewed. See
    /// [`Leg::renewal`].
    #[must_use]
    pub fn renewal(&self, token: &Token) -> Option<Leg<'_, Token, M>> {
        let leg = Leg::renewal(&self.signers, &self.endpoints.token, token)?;
        Some(self.as_asked(leg))
    }

    fn leg<A>(&self, url: &str, token: Option<Token>) -> Leg<'_, A, M> {
        self.as_asked(Leg::new(&self.signers, url, token))
    }

    fn as_asked<'f, A>(&self, leg: Leg<'f, A, M>) -> Leg<'f, A, M> {
        leg.method(self.endpoints.method.as_str())
            .placement(self.endpoints.placement)
    }
}

/// Shows the endpoints.
impl<M> fmt::Debug for Flow<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flow")
            .field("endpoints", &self.endpoints)
            .finish_non_exhaustive()
    }
}

/// What makes a signer for each leg: the key changes with the token.
///
/// A [`Consumer`] makes signers with HMAC-SHA1. For another signature method, a realm, or a signer
/// without `oauth_version`, a closure will do:
///
/// ```
/// use oauth1_signer::{Callback, Consumer, Endpoints, Flow, Realm, Signer, Stamp, Token};
///
/// # let url = "https://photos.example.net/";
/// # let endpoints = Endpoints::new(url, url, url)?;
/// let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
/// let realm = Realm::new("Photos")?;
/// let signers = |token: Option<&Token>| Signer::new(&consumer, token).with_realm(realm.clone());
/// let flow = Flow::new(signers, endpoints);
/// let call = flow.temporary(Callback::OutOfBand).call(Stamp::new("nonce", 137131200))?;
/// assert!(call.headers().any(|(_, value)| value.starts_with("OAuth realm=\"Photos\", ")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// With RSA the key stays the same, and signing may fail:
///
/// ```no_run
/// # #[cfg(feature = "rsa")] {
/// use oauth1_signer::{Callback, Endpoints, Flow, RsaSha1, Signer, Stamp, Token};
///
/// # let url = "https://photos.example.net/";
/// # let endpoints = Endpoints::new(url, url, url)?;
/// let key = RsaSha1::from_pem(&std::fs::read("key.pem")?)?;
/// let signers =
///     |token: Option<&Token>| Signer::with_key("key", token.map(Token::token), key.clone());
/// let flow = Flow::new(signers, endpoints);
/// let call = flow.temporary(Callback::OutOfBand).try_call(Stamp::new("nonce", 137131200))?;
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait MakeSigner {
    /// The key of the signers.
    type Key: SigningKey;

    /// A signer for the consumer alone, or with a token.
    fn signer(&self, token: Option<&Token>) -> Signer<Self::Key>;
}

impl MakeSigner for Consumer {
    type Key = HmacSha1;

    fn signer(&self, token: Option<&Token>) -> Signer {
        Signer::new(self, token)
    }
}

impl<K: SigningKey, F: Fn(Option<&Token>) -> Signer<K>> MakeSigner for F {
    type Key = K;

    fn signer(&self, token: Option<&Token>) -> Signer<K> {
        self(token)
    }
}
