//! One leg: a call to send, and an answer to take ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).

use alloc::string::String;
use core::{convert::Infallible, fmt, marker::PhantomData};

use super::{
    Answer, AnswerError, Call, CallError, MakeSigner, Placement, Temporary, VerificationCode,
    endpoints::with_query,
};
use crate::{Callback, Consumer, Fields, Request, SigningKey, Stamp, Target, TargetError, Token};

/// One leg of a flow: it makes the call to send, and takes what the server answers, which gives an
/// `A`: [`Temporary`] or [`Token`].
///
/// A leg can make its call again, with another [`Stamp`], if the server did not take the first: see
/// [`Retry`](crate::Retry).
///
/// ```
/// use oauth1_signer::{
///     Answer, Clock, Consumer, Endpoints, Flow, Retry, Stamp, Temporary, VerificationCode,
/// };
///
/// # let url = "https://photos.example.net/oauth";
/// # let endpoints = Endpoints::new(url, url, url)?;
/// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
/// let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// let leg = flow.token(temporary, VerificationCode::new("hfdp7dh39dks9884"));
///
/// let our_time = 1223696646;
/// let call = leg.call(Stamp::new("first", our_time))?;
/// let error = leg.accept(Answer::new(401, "Timestamp is invalid")).unwrap_err();
/// assert_eq!(error.retry(), Retry::WithCorrectedClock);
/// let mut clock = Clock::new();
/// clock.learn_from_date("Sat, 11 Oct 2008 06:23:08 GMT", our_time)?;
/// let call = leg.call(Stamp::new("second", clock.time(our_time)))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Leg<'f, A, M = Consumer> {
    signers: &'f M,
    url: String,
    method: String,
    placement: Placement,
    /// What the call is signed with, beside the consumer's.
    token: Option<Token>,
    callback: Option<String>,
    code: Option<VerificationCode>,
    query: Fields,
    form: Fields,
    further: Fields,
    confirmation: bool,
    password: bool,
    answer: PhantomData<fn() -> A>,
}

impl<'f, A, M> Leg<'f, A, M> {
    pub(super) fn new(signers: &'f M, url: &str, token: Option<Token>) -> Self {
        Self {
            signers,
            url: url.into(),
            method: "POST".into(),
            placement: Placement::Header,
            token,
            callback: None,
            code: None,
            query: Fields::default(),
            form: Fields::default(),
            further: Fields::default(),
            confirmation: false,
            password: false,
            answer: PhantomData,
        }
    }

    pub(super) fn code(mut self, code: VerificationCode) -> Self {
        self.code = Some(code);
        self
    }

    /// Sets the method of the call.
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// Sets where the signed parameters travel.
    #[must_use]
    pub fn placement(mut self, placement: Placement) -> Self {
        self.placement = placement;
        self
    }

    /// Adds a parameter to the query, such as Google's `scope`. It is signed.
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Endpoints, Flow, Stamp};
    /// # let endpoints = Endpoints::new(
    /// #     "https://secure.trademe.co.nz/Oauth/RequestToken",
    /// #     "https://secure.trademe.co.nz/Oauth/Authorize",
    /// #     "https://secure.trademe.co.nz/Oauth/AccessToken",
    /// # )?;
    /// # let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// let call = flow
    ///     .temporary(Callback::OutOfBand)
    ///     .query_parameter("scope", "MyTradeMeRead,MyTradeMeWrite")
    ///     .call(Stamp::new("nonce", 1316657628))?;
    /// assert_eq!(
    ///     call.url(),
    ///     "https://secure.trademe.co.nz/Oauth/RequestToken?scope=MyTradeMeRead%2CMyTradeMeWrite"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn query_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push(name, value);
        self
    }

    /// Adds a parameter to the form body. It is signed.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Leg, Stamp};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let leg = Leg::xauth(&consumer, "https://www.example.com/access_token", "name", "password");
    /// let call = leg.form_parameter("lang", "de").call(Stamp::new("nonce", 1316657628))?;
    /// assert!(call.body().ends_with("&lang=de"));
    /// # Ok::<(), oauth1_signer::CallError>(())
    /// ```
    #[must_use]
    pub fn form_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.form.push(name, value);
        self
    }

    /// Adds a parameter that travels with those of the protocol, such as `xoauth_displayname`. See
    /// [`Request::protocol_parameter`].
    #[must_use]
    pub fn protocol_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.further.push(name, value);
        self
    }

    /// Sends `oauth_callback` with this call. The first leg does it anyway; Digg wanted it in the
    /// last one as well.
    #[must_use]
    pub fn callback(mut self, callback: Callback<'_>) -> Self {
        self.callback = Some(callback.as_str().into());
        self
    }
}

impl<A, M: MakeSigner> Leg<'_, A, M> {
    /// The call to send.
    ///
    /// # Errors
    ///
    /// [`CallError`] if a parameter or the method cannot be signed, or not in this placement.
    pub fn call(&self, stamp: Stamp) -> Result<Call, CallError>
    where
        M::Key: SigningKey<Error = Infallible>,
    {
        self.try_call(stamp)
    }

    /// The call to send, for a key that may fail to sign.
    ///
    /// # Errors
    ///
    /// As [`Leg::call`], and [`CallError::Key`].
    pub fn try_call(&self, stamp: Stamp) -> Result<Call, CallError<<M::Key as SigningKey>::Error>> {
        let url = Target::try_from(&self.url).map_err(crate::RequestError::from)?;
        if self.password && !url.is_secure() && !is_loopback(&url) {
            return Err(CallError::Insecure);
        }
        let url = with_query(&url, self.query.iter());
        let mut request = Request::new(&self.method, &url)?;
        if !self.form.is_empty() {
            request = request.form(self.form.as_slice())?;
        }
        let has_body = !self.form.is_empty() || self.placement == Placement::Body;
        if has_body && self.method.eq_ignore_ascii_case("GET") {
            return Err(CallError::BodyOfGet);
        }
        if let Some(callback) = &self.callback {
            request = request.callback(Callback::Url(callback));
        }
        if let Some(code) = &self.code {
            request = request.verification_code(code.expose_secret());
        }
        for (name, value) in self.further.iter() {
            request = request.protocol_parameter(name, value)?;
        }
        match self
            .signers
            .signer(self.token.as_ref())
            .try_sign(&request, stamp)
        {
            Ok(signed) => Ok(Call::new(&signed, &request, self.placement)),
            Err(error) => Err(CallError::Key(error)),
        }
    }
}

impl<M> Leg<'_, Temporary, M> {
    pub(super) fn with_confirmation(mut self) -> Self {
        self.confirmation = true;
        self
    }

    /// Takes an answer although it does not say `oauth_callback_confirmed=true`.
    ///
    /// RFC 5849 demands it: a server that does not say so may never have read the callback, and the
    /// code may go elsewhere. Use this for a server that is known to forget it; for one of OAuth
    /// Core 1.0 there is [`Flow::temporary_without_callback`](super::Flow::temporary_without_callback).
    #[must_use]
    pub fn without_confirmation(mut self) -> Self {
        self.confirmation = false;
        self
    }

    /// Takes the server's answer.
    ///
    /// # Errors
    ///
    /// [`AnswerError`] if there are no temporary credentials in it, or the callback is not
    /// confirmed.
    pub fn accept(&self, answer: Answer<'_>) -> Result<Temporary, AnswerError> {
        let credentials = answer.credentials()?;
        if self.confirmation && credentials.confirmed != Some(true) {
            return Err(AnswerError::CallbackNotConfirmed);
        }
        let (token, secret, fields) = credentials.parts;
        Ok(Temporary::from_parts(token, secret, fields))
    }
}

impl<'f, M> Leg<'f, Token, M> {
    /// A token for a name and a password ("xAuth"), at services that allow it: Instapaper has
    /// nothing else.
    ///
    /// The password travels in the form body, over https only (or to the own machine).
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Leg, Stamp};
    ///
    /// let consumer = Consumer::new("key", "secret");
    /// let url = "https://www.instapaper.com/api/1/oauth/access_token";
    /// let leg = Leg::xauth(&consumer, url, "name@example.com", "p&ss");
    /// let call = leg.call(Stamp::new("nonce", 1316657628))?;
    /// assert_eq!(
    ///     call.body(),
    ///     "x_auth_mode=client_auth&x_auth_password=p%26ss&x_auth_username=name%40example.com"
    /// );
    /// # Ok::<(), oauth1_signer::CallError>(())
    /// ```
    #[must_use]
    pub fn xauth(
        signers: &'f M,
        url: &str,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let mut leg = Self::new(signers, url, None)
            .form_parameter("x_auth_mode", "client_auth")
            .form_parameter("x_auth_password", password)
            .form_parameter("x_auth_username", username);
        leg.password = true;
        leg
    }

    /// A new token for one that has expired (OAuth Session), if the service gave an
    /// `oauth_session_handle` with it: `None` otherwise.
    ///
    /// ```
    /// use oauth1_signer::{Answer, Consumer, Leg, Stamp, Token};
    ///
    /// # let body = "oauth_token=A%3Dq&oauth_token_secret=f3&oauth_expires_in=3600&oauth_session_handle=ALtT";
    /// # let consumer = Consumer::new("key", "secret");
    /// # let url = "https://api.login.example.com/oauth/v2/get_token";
    /// # let token = Leg::xauth(&consumer, url, "", "").accept(Answer::new(200, body))?;
    /// assert_eq!(token.fields().get("oauth_session_handle"), Some("ALtT"));
    /// let leg = Leg::renewal(&consumer, url, &token).ok_or("authorize again")?;
    /// let call = leg.call(Stamp::new("nonce", 1316657628))?;
    /// assert!(call.headers().any(|(_, value)| value.contains("oauth_session_handle=\"ALtT\"")));
    /// // A token without a handle cannot be renewed.
    /// assert!(Leg::renewal(&consumer, url, &Token::new("token", "secret")).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn renewal(signers: &'f M, url: &str, token: &Token) -> Option<Self> {
        let handle = token.fields().get(SESSION_HANDLE)?;
        let leg = Self::new(signers, url, Some(token.clone()));
        Some(leg.protocol_parameter(SESSION_HANDLE, handle))
    }

    /// Takes the server's answer.
    ///
    /// # Errors
    ///
    /// [`AnswerError`] if there is no token in it.
    pub fn accept(&self, answer: Answer<'_>) -> Result<Token, AnswerError> {
        let (token, secret, fields) = answer.credentials()?.parts;
        Ok(Token::from_parts(token, secret, fields))
    }
}

/// Shows the method, the URL without its query, and no values.
impl<A, M> fmt::Debug for Leg<'_, A, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url: Result<Target<'_>, TargetError> = (&self.url).try_into();
        f.debug_struct("Leg")
            .field("method", &self.method)
            .field("url", &url.ok())
            .field("placement", &self.placement)
            .field("token", &self.token)
            .field("query", &self.query)
            .field("form", &self.form)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

fn is_loopback(url: &Target<'_>) -> bool {
    let host = url.authority_and_path();
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|loopback| {
        host.strip_prefix(loopback)
            .is_some_and(|rest| rest.starts_with([':', '/']))
    })
}

const SESSION_HANDLE: &str = "oauth_session_handle";
