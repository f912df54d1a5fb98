//! Getting a token: the three legs, without I/O ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).
//!
//! [`Flow`] makes the calls and takes the answers; the program sends them.

use alloc::string::String;
use core::fmt;

mod endpoints;
mod leg;
mod redirect;
mod verification_code;

pub use self::{
    endpoints::{Endpoints, EndpointsError},
    leg::{CallError, Leg},
    redirect::{Redirect, RedirectError},
    verification_code::VerificationCode,
};
use crate::{
    credentials::{Consumer, Temporary, Token},
    request::Callback,
    signature_method::{AnyKey, SignatureMethod},
    signer::Signer,
    transmission::{Placement, Realm},
};

/// The way to a token: temporary credentials, the user's authorization, token credentials.
///
/// A flow sends nothing. Each leg gives a [`Call`](crate::Call) to send with any HTTP client, and
/// takes the [`Response`](crate::response::Response). The order cannot be mixed up: the last leg is
/// made from the answer to the first one and from what the user brings back.
///
/// ```
/// use oauth1_signer::{Call, Callback, Consumer, Stamp};
/// use oauth1_signer::flow::{Endpoints, Flow, Redirect};
/// use oauth1_signer::response::Response;
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
/// let temporary = leg.accept(Response::new(status, &body))?;
///
/// let redirected_to = ask_the_user(&flow.authorize_url(&temporary, &[]));
/// let code = Redirect::parse(redirected_to)?.code_for(&temporary)?;
///
/// let leg = flow.token(temporary, code);
/// let (status, body) = send(&leg.call(Stamp::now())?);
/// let token = leg.accept(Response::new(status, &body))?;
/// assert_eq!(token.token(), "nnch734d00sl2jdk");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Temporary credentials are consumed by the last leg:
///
/// ```compile_fail,E0382
/// # use oauth1_signer::{Consumer, Temporary, {Endpoints, flow::{Flow, VerificationCode}};
/// # let url = "https://photos.example.net/";
/// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url).unwrap());
/// # let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// let leg = flow.token(temporary, VerificationCode::new("hfdp7dh39dks9884"));
/// let again = flow.token(temporary, VerificationCode::new("hfdp7dh39dks9884")); // error: moved
/// ```
#[derive(Clone)]
pub struct Flow {
    consumer: Consumer,
    endpoints: Endpoints,
    method: SignatureMethod,
    realm: Option<Realm>,
    version: bool,
}

impl Flow {
    /// A flow that signs with HMAC-SHA1.
    #[must_use]
    pub fn new(consumer: Consumer, endpoints: Endpoints) -> Self {
        Self {
            consumer,
            endpoints,
            method: SignatureMethod::default(),
            realm: None,
            version: true,
        }
    }

    /// The first leg: asks for temporary credentials ("request token"), and says where the user is
    /// sent afterwards. The answer must confirm the callback.
    #[must_use]
    pub fn temporary(&self, callback: Callback<'_>) -> Leg<Temporary> {
        self.temporary_without_callback()
            .callback(callback)
            .with_confirmation()
    }

    /// The second leg: the URL to send the user to, with extra parameters such as `perms`,
    /// `application_name` or, for a server of OAuth Core 1.0, `oauth_callback`. They are not signed.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Temporary, flow::{Endpoints, Flow}};
    ///
    /// let endpoints = Endpoints::new(
    ///     "https://www.flickr.com/services/oauth/request_token",
    ///     "https://www.flickr.com/services/oauth/authorize",
    ///     "https://www.flickr.com/services/oauth/access_token",
    /// )?;
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// let temporary = Temporary::new("72157626737672178-022bbd2f4c2f3432", "fccb68c4e6103197");
    /// assert_eq!(
    ///     flow.authorize_url(&temporary, &[("perms", "write")]),
    ///     concat!(
    ///         "https://www.flickr.com/services/oauth/authorize",
    ///         "?oauth_token=72157626737672178-022bbd2f4c2f3432&perms=write",
    ///     )
    /// );
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn authorize_url(&self, temporary: &Temporary, parameters: &[(&str, &str)]) -> String {
        self.endpoints.authorize_url(temporary, parameters)
    }

    /// The last leg: exchanges temporary credentials and what the user brought back for a token
    /// ("access token").
    #[must_use]
    pub fn token(&self, temporary: Temporary, code: VerificationCode) -> Leg<Token> {
        self.token_without_code(temporary).code(code)
    }

    /// The first leg with a server that predates `oauth_callback` (OAuth Core 1.0, such as
    /// Netflix): the callback is a parameter of [`Flow::authorize_url`], nothing is confirmed, and
    /// the user brings no code back. Such a server cannot tell whether the user who authorized is
    /// the one who comes back; check what you can.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Placement, Stamp};
    /// use oauth1_signer::flow::{Endpoints, Flow, Redirect};
    /// use oauth1_signer::response::Response;
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
    /// let temporary = leg.accept(Response::new(200, body))?;
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
    pub fn temporary_without_callback(&self) -> Leg<Temporary> {
        let Endpoints {
            temporary,
            method,
            placement,
            ..
        } = &self.endpoints;
        Leg::new(self.signer(None), temporary, method, *placement)
    }

    /// The last leg with a server of OAuth Core 1.0, which knows no verification codes. See
    /// [`Flow::temporary_without_callback`].
    #[must_use]
    pub fn token_without_code(&self, temporary: Temporary) -> Leg<Token> {
        self.token_leg(Some(&temporary.into_token()))
    }

    /// A token for a name and a password ("xAuth"), at services that allow it: Instapaper has
    /// nothing else.
    ///
    /// The password travels in the form body of a POST request, over https only (or to the own
    /// machine), the protocol parameters in the header.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Stamp, flow::{Endpoints, Flow}};
    ///
    /// let url = "https://www.instapaper.com/api/1/oauth/access_token";
    /// let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::token_only(url)?);
    /// let leg = flow.xauth("name@example.com", "p&ss");
    /// let call = leg.call(Stamp::new("nonce", 1316657628))?;
    /// assert_eq!(
    ///     call.body(),
    ///     "x_auth_mode=client_auth&x_auth_password=p%26ss&x_auth_username=name%40example.com"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn xauth(&self, username: impl Into<String>, password: impl Into<String>) -> Leg<Token> {
        self.token_leg(None)
            .method("POST")
            .placement(Placement::Header)
            .form_parameter("x_auth_mode", "client_auth")
            .form_parameter("x_auth_password", password)
            .form_parameter("x_auth_username", username)
            .with_password()
    }

    /// A new token for one that has expired (OAuth Session), if the service gave an
    /// `oauth_session_handle` with it: `None` otherwise.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Stamp, Token, flow::{Endpoints, Flow}};
    ///
    /// let url = "https://api.login.example.com/oauth/v2/get_token";
    /// let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::token_only(url)?);
    /// let token = Token::new("A=q", "f3").with_field("oauth_session_handle", "ALtT");
    /// let leg = flow.renewal(&token).ok_or("authorize again")?;
    /// let call = leg.call(Stamp::new("nonce", 1316657628))?;
    /// assert!(call.headers().any(|(_, value)| value.contains("oauth_session_handle=\"ALtT\"")));
    /// // A token without a handle cannot be renewed.
    /// assert!(flow.renewal(&Token::new("token", "secret")).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn renewal(&self, token: &Token) -> Option<Leg<Token>> {
        let handle = token.fields().get(SESSION_HANDLE)?;
        let leg = self.token_leg(Some(token));
        Some(leg.protocol_parameter(SESSION_HANDLE, handle))
    }

    /// Sets the signature method, which is HMAC-SHA1 otherwise.
    ///
    /// ```no_run
    /// # #[cfg(feature = "rsa")] {
    /// use oauth1_signer::{Callback, Consumer, Stamp};
    /// use oauth1_signer::flow::{Endpoints, Flow};
    /// use oauth1_signer::signature_method::{RsaSha1, SignatureMethod};
    ///
    /// # let url = "https://photos.example.net/";
    /// # let endpoints = Endpoints::new(url, url, url)?;
    /// let key = RsaSha1::from_pem(&std::fs::read("key.pem")?)?;
    /// let flow = Flow::new(Consumer::new("key", ""), endpoints)
    ///     .signature_method(SignatureMethod::with_key(key));
    /// let call = flow.temporary(Callback::OutOfBand).call(Stamp::new("nonce", 137131200))?;
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn signature_method(mut self, method: SignatureMethod) -> Self {
        self.method = method;
        self
    }

    /// Sets the realm of the header, as [`Signer::with_realm`].
    #[must_use]
    pub fn realm(mut self, realm: Realm) -> Self {
        self.realm = Some(realm);
        self
    }

    /// Leaves `oauth_version` out, as [`Signer::without_version`].
    #[must_use]
    pub fn without_version(mut self) -> Self {
        self.version = false;
        self
    }

    fn token_leg(&self, token: Option<&Token>) -> Leg<Token> {
        let Endpoints {
            token: url,
            method,
            placement,
            ..
        } = &self.endpoints;
        Leg::new(self.signer(token), url, method, *placement)
    }

    fn signer(&self, token: Option<&Token>) -> Signer<AnyKey> {
        let mut signer = Signer::with_method(&self.method, &self.consumer, token);
        if let Some(realm) = &self.realm {
            signer = signer.with_realm(realm.clone());
        }
        if !self.version {
            signer = signer.without_version();
        }
        signer
    }
}

/// Shows the consumer key, the endpoints and how requests are signed.
impl fmt::Debug for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flow")
            .field("consumer", &self.consumer)
            .field("endpoints", &self.endpoints)
            .field("method", &self.method)
            .field("realm", &self.realm)
            .finish_non_exhaustive()
    }
}

const SESSION_HANDLE: &str = "oauth_session_handle";
