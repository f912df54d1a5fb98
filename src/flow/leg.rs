//! One leg of a flow: a call to send and an answer to accept ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).

use alloc::string::String;
use core::{fmt, marker::PhantomData};

use thiserror::Error;

use super::VerificationCode;
use crate::{
    credentials::{Fields, Temporary, Token},
    request::{Callback, Request, RequestError, Target},
    response::{Response, ResponseError},
    signature_method::{AnyKey, SigningError},
    signer::Signer,
    stamp::Stamp,
    transmission::{Call, Placement},
};

/// One leg of a [`Flow`](super::Flow) (RFC 5849, section 2). It makes the call to send, and accepts
/// the server's answer, which contains an `A`: [`Temporary`] or [`Token`].
///
/// If the server did not accept the call, the leg can make it again with a new [`Stamp`]. See
/// [`Retry`](crate::response::Retry).
///
/// ```
/// use oauth1_signer::{Consumer, Stamp, Temporary};
/// use oauth1_signer::flow::{Endpoints, Flow, VerificationCode};
/// use oauth1_signer::response::{Clock, Response, Retry};
///
/// # let url = "https://photos.example.net/oauth";
/// # let endpoints = Endpoints::new(url, url, url)?;
/// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
/// let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
/// let leg = flow.token(temporary, VerificationCode::new("hfdp7dh39dks9884"));
///
/// let our_time = 1223696646;
/// let call = leg.call(Stamp::new("first", our_time))?;
/// let (status, date) = (401, "Sat, 11 Oct 2008 06:23:08 GMT"); // what the server answered
/// let answer = Response::new(status, "Timestamp is invalid").date(Some(date));
/// let error = leg.accept(answer).unwrap_err();
/// assert_eq!(error.retry(), Retry::WithCorrectedClock);
/// let mut clock = Clock::new();
/// clock.learn_from_response_at(&answer, our_time)?;
/// let call = leg.call(Stamp::new("second", clock.time(our_time)))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Leg<A> {
    signer: Signer<AnyKey>,
    url: String,
    method: String,
    placement: Placement,
    callback: Option<String>,
    code: Option<VerificationCode>,
    query: Fields,
    form: Fields,
    extra: Fields,
    confirmation: bool,
    password: bool,
    answer: PhantomData<fn() -> A>,
}

impl<A> Leg<A> {
    pub(super) fn new(
        signer: Signer<AnyKey>,
        url: &str,
        method: &str,
        placement: Placement,
    ) -> Self {
        Self {
            signer,
            url: url.into(),
            method: method.into(),
            placement,
            callback: None,
            code: None,
            query: Fields::default(),
            form: Fields::default(),
            extra: Fields::default(),
            confirmation: false,
            password: false,
            answer: PhantomData,
        }
    }

    pub(super) fn code(mut self, code: VerificationCode) -> Self {
        self.code = Some(code);
        self
    }

    /// Makes the call to send.
    ///
    /// # Errors
    ///
    /// [`CallError`] if the method or a parameter cannot be signed, if a GET or HEAD request would need
    /// a body, if a password would travel over http, or if the key cannot sign. The key always can
    /// with HMAC, and with PLAINTEXT over https.
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Stamp, flow::{Endpoints, Flow}};
    /// # let url = "https://photos.example.net/oauth";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url)?);
    /// let call = flow.temporary(Callback::OutOfBand).call(Stamp::new("wIjqoxSZ", 137131200))?;
    /// assert_eq!(call.method(), "POST");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn call(&self, stamp: Stamp) -> Result<Call, CallError> {
        let url = Target::try_from(&self.url).map_err(RequestError::from)?;
        if self.password && !url.is_secure() && !is_loopback(&url) {
            return Err(CallError::Insecure);
        }
        let has_body = !self.form.is_empty() || self.placement == Placement::Body;
        if has_body && has_no_body(&self.method) {
            return Err(CallError::BodyOfGet);
        }
        let mut request = Request::new(&self.method, url)?.query(self.query.iter())?;
        if !self.form.is_empty() {
            request = request.form(self.form.iter())?;
        }
        if let Some(callback) = &self.callback {
            request = request.callback(Callback::Url(callback));
        }
        if let Some(code) = &self.code {
            request = request.verification_code(code.expose_secret());
        }
        for (name, value) in self.extra.iter() {
            request = request.protocol_parameter(name, value)?;
        }
        let signed = self.signer.try_sign(&request, stamp)?;
        Ok(signed.call(self.placement))
    }

    /// Sets the HTTP method of the call. The default is that of the
    /// [`Endpoints`](super::Endpoints::method).
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Stamp, flow::{Endpoints, Flow}};
    /// # let url = "https://photos.example.net/oauth";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url)?);
    /// let leg = flow.temporary(Callback::OutOfBand).method("GET");
    /// assert_eq!(leg.call(Stamp::new("nonce", 1316657628))?.method(), "GET");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// Sets where the protocol parameters travel. The default is that of the
    /// [`Endpoints`](super::Endpoints::placement).
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Placement, Stamp, flow::{Endpoints, Flow}};
    /// # let url = "https://photos.example.net/oauth";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url)?);
    /// let leg = flow.temporary(Callback::OutOfBand).placement(Placement::Query);
    /// assert!(leg.call(Stamp::new("nonce", 1316657628))?.url().contains("&oauth_signature="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn placement(mut self, placement: Placement) -> Self {
        self.placement = placement;
        self
    }

    /// Adds a parameter to the query, such as `scope`. It is signed.
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Stamp, flow::{Endpoints, Flow}};
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
    /// # use oauth1_signer::{Consumer, Stamp, flow::{Endpoints, Flow}};
    /// # let endpoints = Endpoints::token_only("https://www.example.com/access_token")?;
    /// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
    /// let leg = flow.xauth("name", "password").form_parameter("lang", "de");
    /// let call = leg.call(Stamp::new("nonce", 1316657628))?;
    /// assert!(call.body().ends_with("&lang=de"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn form_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.form.push(name, value);
        self
    }

    /// Adds a parameter that travels with the protocol parameters, such as `xoauth_displayname`.
    /// See [`Request::protocol_parameter`].
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Stamp, flow::{Endpoints, Flow}};
    /// # let url = "https://photos.example.net/oauth";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url)?);
    /// let leg = flow
    ///     .temporary(Callback::OutOfBand)
    ///     .protocol_parameter("xoauth_displayname", "My App");
    /// let call = leg.call(Stamp::new("nonce", 1316657628))?;
    /// assert!(call.headers().any(|(_, value)| value.contains("xoauth_displayname=\"My%20App\"")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn protocol_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push(name, value);
        self
    }

    /// Sends `oauth_callback` with this call. The first leg does so anyway; Digg also wanted it in
    /// the last one.
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, Temporary};
    /// # use oauth1_signer::flow::{Endpoints, Flow, VerificationCode};
    /// # let url = "https://photos.example.net/oauth";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url)?);
    /// # let temporary = Temporary::new("hh5s93j4hdidpola", "hdhd0244k9j7ao03");
    /// # let code = VerificationCode::new("hfdp7dh39dks9884");
    /// let leg = flow.token(temporary, code).callback(Callback::OutOfBand);
    /// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
    /// ```
    #[must_use]
    pub fn callback(mut self, callback: Callback<'_>) -> Self {
        self.callback = Some(callback.as_str().into());
        self
    }
}

impl Leg<Temporary> {
    pub(super) fn with_confirmation(mut self) -> Self {
        self.confirmation = true;
        self
    }

    /// Reads the temporary credentials from the server's answer.
    ///
    /// # Errors
    ///
    /// [`ResponseError`] if the answer contains no temporary credentials, or does not confirm the
    /// callback.
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, flow::{Endpoints, Flow}, response::Response};
    /// # let url = "https://photos.example.net/oauth";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url)?);
    /// # let (status, body) =
    /// #     (200, "oauth_token=hh5s&oauth_token_secret=hdhd&oauth_callback_confirmed=true");
    /// let leg = flow.temporary(Callback::OutOfBand);
    /// let temporary = leg.accept(Response::new(status, &body))?;
    /// assert_eq!(temporary.token(), "hh5s");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn accept(&self, response: Response<'_>) -> Result<Temporary, ResponseError> {
        let temporary = Temporary::from_response(response)?;
        if self.confirmation && !temporary.callback_confirmed() {
            return Err(ResponseError::CallbackNotConfirmed);
        }
        Ok(temporary)
    }

    /// Accepts an answer without `oauth_callback_confirmed=true`.
    ///
    /// RFC 5849 requires that field: a server that leaves it out may not have read the callback,
    /// and may send the user elsewhere. Use this only for a server that is known to leave it out.
    /// For a server of OAuth Core 1.0, use
    /// [`Flow::temporary_without_callback`](super::Flow::temporary_without_callback).
    ///
    /// ```
    /// # use oauth1_signer::{Callback, Consumer, flow::{Endpoints, Flow}, response::Response};
    /// # let url = "https://photos.example.net/oauth";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::new(url, url, url)?);
    /// # let (status, body) = (200, "oauth_token=hh5s&oauth_token_secret=hdhd");
    /// let leg = flow.temporary(Callback::OutOfBand).without_confirmation();
    /// let temporary = leg.accept(Response::new(status, &body))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without_confirmation(mut self) -> Self {
        self.confirmation = false;
        self
    }
}

impl Leg<Token> {
    pub(super) fn with_password(mut self) -> Self {
        self.password = true;
        self
    }

    /// Reads the token from the server's answer.
    ///
    /// # Errors
    ///
    /// [`ResponseError`] if the answer contains no token.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, flow::{Endpoints, Flow}, response::Response};
    /// # let url = "https://www.instapaper.com/api/1/oauth/access_token";
    /// # let flow = Flow::new(Consumer::new("key", "secret"), Endpoints::token_only(url)?);
    /// # let (status, body) = (200, "oauth_token=aabbccdd&oauth_token_secret=efgh1234");
    /// let leg = flow.xauth("name@example.com", "password");
    /// let token = leg.accept(Response::new(status, &body))?;
    /// assert_eq!(token.token(), "aabbccdd");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn accept(&self, response: Response<'_>) -> Result<Token, ResponseError> {
        Token::from_response(response)
    }
}

/// Shows the method, the URL without its query, and the names of the parameters without their
/// values.
impl<A> fmt::Debug for Leg<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leg")
            .field("method", &self.method)
            .field("url", &Target::try_from(&self.url).ok())
            .field("placement", &self.placement)
            .field("signer", &self.signer)
            .field("query", &self.query)
            .field("form", &self.form)
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}

/// Why a leg could not make its call.
///
/// ```
/// use oauth1_signer::{Consumer, Stamp, flow::{Endpoints, Flow}};
///
/// let endpoints = Endpoints::token_only("http://www.example.com/access_token")?;
/// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
/// let leg = flow.xauth("name", "password");
/// assert_eq!(
///     leg.call(Stamp::new("nonce", 1316657628)).unwrap_err().to_string(),
///     "a password is sent over https only, except to this machine"
/// );
/// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallError {
    /// A form or the protocol parameters should travel in the body, but a GET or HEAD request does
    /// not have one.
    #[error("a GET or HEAD request has no form body: use another placement, or `query_parameter`")]
    BodyOfGet,
    /// The password of xAuth would travel over http.
    #[error("a password is sent over https only, except to this machine")]
    Insecure,
    /// The key could not sign.
    #[error("the signing key failed: {0}")]
    Key(#[from] SigningError),
    /// The request cannot be signed.
    #[error(transparent)]
    Request(#[from] RequestError),
}

fn has_no_body(method: &str) -> bool {
    ["GET", "HEAD"]
        .iter()
        .any(|bodiless| method.eq_ignore_ascii_case(bodiless))
}

fn is_loopback(url: &Target<'_>) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| {
        let port = url.authority().strip_prefix(host);
        port.is_some_and(|port| port.is_empty() || port.starts_with(':'))
    })
}
