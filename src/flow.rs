//! Getting a token in three legs, without I/O ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).
//!
//! [`Flow`] makes the calls and accepts the answers; your program sends them:
//!
//! 1. [`Flow::temporary`] asks for temporary credentials.
//! 2. [`Flow::authorize_url`] is where the user authorizes. They come back with a [`Redirect`], or type
//!    in a [`VerificationCode`].
//! 3. [`Flow::token`] exchanges both for a [`Token`].

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

/// The three legs that lead to a token (RFC 5849, section 2): temporary credentials, the user's
/// authorization, and token credentials.
///
/// A flow sends nothing itself. Each leg makes a [`Call`](crate::Call) that you send with any HTTP
/// client, and accepts the [`Response`](crate::response::Response). You cannot mix up the order,
/// because the last leg needs the answer to the first one and the code that the user brings back.
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
/// // `send` stands for your HTTP client.
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
/// The last leg consumes the temporary credentials:
///
/// ```compile_fail,E0382
/// # use oauth1_signer::{Consumer, Temporary, flow::{Endpoints, Flow, VerificationCode}};
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
    /// Creates a flow that signs with HMAC-SHA1. For other methods, see
    /// [`Flow::signature_method`].
    ///
    /// ```
    /// use oauth1_signer::{Consumer, flow::{Endpoints, Flow}};
    ///
    /// let endpoints = Endpoints::new(
    ///     "https://photos.example.net/initiate",
    ///     "https://photos.example.net/authorize",
    ///     "https://photos.example.net/token",
    /// )?;
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
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

    /// The first leg (section 2.1) asks for temporary credentials ("request token"). The callback
    /// says where the service sends the user afterwards, and the answer has to confirm it.
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Stamp};
    /// # use oauth1_signer::flow::{Endpoints, Flow};
    /// # let url = "https://photos.example.net/oauth";
    /// # let endpoints = Endpoints::new(url, url, url)?;
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// let leg = flow.temporary(Callback::Url("http://printer.example.com/ready"));
    /// let call = leg.call(Stamp::new("nonce", 137131200))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn temporary(&self, callback: Callback<'_>) -> Leg<Temporary> {
        self.temporary_without_callback()
            .callback(callback)
            .with_confirmation()
    }

    /// The second leg (section 2.2) is a URL to send the user to. You can add parameters such as
    /// `perms`, `application_name` or, for a server of OAuth Core 1.0, `oauth_callback`. They are
    /// not signed.
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

    /// The last leg (section 2.3) exchanges the temporary credentials and the code that the user
    /// brought back for a token ("access token").
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Stamp, Temporary, flow::VerificationCode};
    /// # use oauth1_signer::flow::{Endpoints, Flow};
    /// # let url = "https://photos.example.net/oauth";
    /// # let endpoints = Endpoints::new(url, url, url)?;
    /// # let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// let leg = flow.token(temporary, VerificationCode::typed(" 4711\n"));
    /// let call = leg.call(Stamp::new("nonce", 137131201))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn token(&self, temporary: Temporary, code: VerificationCode) -> Leg<Token> {
        self.token_without_code(temporary).code(code)
    }

    /// Sets the signature method. The default is HMAC-SHA1.
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

    /// Sets the realm of the header, like [`Signer::with_realm`].
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Realm};
    /// # use oauth1_signer::flow::{Endpoints, Flow};
    /// # let url = "https://photos.example.net/oauth";
    /// # let endpoints = Endpoints::new(url, url, url)?;
    /// let realm = Realm::new("Photos")?;
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints).realm(realm);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn realm(mut self, realm: Realm) -> Self {
        self.realm = Some(realm);
        self
    }

    /// Leaves out `oauth_version`, like [`Signer::without_version`].
    ///
    /// ```
    /// # use oauth1_signer::Consumer;
    /// # use oauth1_signer::flow::{Endpoints, Flow};
    /// # let url = "https://photos.example.net/oauth";
    /// # let endpoints = Endpoints::new(url, url, url)?;
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints).without_version();
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn without_version(mut self) -> Self {
        self.version = false;
        self
    }

    /// A leg that renews an expired token (the OAuth Session extension). Returns `None` if the
    /// service gave no `oauth_session_handle` with the token.
    ///
    /// If the answer has no handle of its own, add the old one to the new token with
    /// [`Token::with_field`], so that it can be renewed again.
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
        if handle.is_empty() {
            return None;
        }
        let leg = self.token_leg(Some(token));
        Some(leg.protocol_parameter(SESSION_HANDLE, handle))
    }

    /// The only leg of xAuth, which gives a token for a user's name and password. Few services
    /// allow it; at Instapaper it is the only way.
    ///
    /// The password travels in the form body of a POST request and the protocol parameters in the
    /// header. The URL has to be https, except on the local machine.
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

    /// The first leg with a server of OAuth Core 1.0, such as Netflix: the callback is a parameter
    /// of [`Flow::authorize_url`], the answer does not confirm it, and the user does not bring back
    /// a code. These servers cannot tell whether the user who authorized is the one who comes back,
    /// so compare at least the token, with [`Redirect::check`].
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
    /// let temporary = leg.accept(Response::new(200, &body))?;
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

    /// The last leg with a server of OAuth Core 1.0, which does not use verification codes. See
    /// [`Flow::temporary_without_callback`].
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Stamp, Temporary};
    /// # use oauth1_signer::flow::{Endpoints, Flow};
    /// # let url = "https://photos.example.net/oauth";
    /// # let endpoints = Endpoints::new(url, url, url)?;
    /// # let temporary = Temporary::new("sjevj", "7wjD2de");
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// let call = flow.token_without_code(temporary).call(Stamp::new("nonce", 1222972011))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn token_without_code(&self, temporary: Temporary) -> Leg<Token> {
        self.token_leg(Some(&temporary.into_token()))
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

/// Shows the consumer key, the endpoints, the signature method and the realm.
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
