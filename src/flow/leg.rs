//! One leg: a call to send, and an answer to take ([RFC 5849 §2](https://www.rfc-editor.org/rfc/rfc5849#section-2)).

use alloc::string::String;
use core::{fmt, marker::PhantomData};

use thiserror::Error;

use super::{VerificationCode, endpoints::with_query};
use crate::{
    credentials::{Fields, Temporary, Token},
    request::{Callback, Request, RequestError, Target},
    response::{Response, ResponseError},
    signature_method::{AnyKey, SigningError},
    signer::Signer,
    stamp::Stamp,
    transmission::{Call, Placement},
};

/// One leg of a [`Flow`](super::Flow): it makes the call to send, and takes what the server answers,
/// which gives an `A`: [`Temporary`] or [`Token`].
///
/// A leg can make its call again, with another [`Stamp`], if the server did not accept the first
/// one: see [`Retry`](crate::response::Retry).
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
/// let error = leg.accept(Response::new(401, "Timestamp is invalid")).unwrap_err();
/// assert_eq!(error.retry(), Retry::WithCorrectedClock);
/// let mut clock = Clock::new();
/// clock.learn_from_date("Sat, 11 Oct 2008 06:23:08 GMT", our_time)?;
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

    /// The call to send.
    ///
    /// # Errors
    ///
    /// [`CallError`] if a parameter or the method cannot be signed, or not in this placement, or
    /// the key cannot sign, which happens with neither HMAC nor PLAINTEXT over https.
    pub fn call(&self, stamp: Stamp) -> Result<Call, CallError> {
        let url = Target::try_from(&self.url).map_err(RequestError::from)?;
        if self.password && !url.is_secure() && !is_loopback(&url) {
            return Err(CallError::Insecure);
        }
        let has_body = !self.form.is_empty() || self.placement == Placement::Body;
        if has_body && self.method.eq_ignore_ascii_case("GET") {
            return Err(CallError::BodyOfGet);
        }
        let url = with_query(&url, self.query.iter());
        let mut request = Request::new(&self.method, &url)?;
        if !self.form.is_empty() {
            request = request.form(self.form.as_slice())?;
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

    /// Sets the method of the call.
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = method.into();
        self
    }

    /// Sets where the protocol parameters travel.
    #[must_use]
    pub fn placement(mut self, placement: Placement) -> Self {
        self.placement = placement;
        self
    }

    /// Adds a parameter to the query, such as Google's `scope`. It is signed.
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

    /// Adds a parameter that travels with those of the protocol, such as `xoauth_displayname`. See
    /// [`Request::protocol_parameter`].
    #[must_use]
    pub fn protocol_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push(name, value);
        self
    }

    /// Sends `oauth_callback` with this call. The first leg does so anyway; Digg wanted it in the
    /// last one as well.
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

    /// Takes the server's answer.
    ///
    /// # Errors
    ///
    /// [`ResponseError`] if there are no temporary credentials in it, or the callback is not
    /// confirmed.
    pub fn accept(&self, response: Response<'_>) -> Result<Temporary, ResponseError> {
        let temporary = Temporary::from_response(response)?;
        if self.confirmation && !temporary.callback_confirmed() {
            return Err(ResponseError::CallbackNotConfirmed);
        }
        Ok(temporary)
    }

    /// Accepts an answer although it does not say `oauth_callback_confirmed=true`.
    ///
    /// RFC 5849 demands it: a server that does not say so may never have read the callback, and the
    /// code may go elsewhere. Use this for a server that is known to forget it; for one of OAuth
    /// Core 1.0 there is [`Flow::temporary_without_callback`](super::Flow::temporary_without_callback).
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

    /// Takes the server's answer.
    ///
    /// # Errors
    ///
    /// [`ResponseError`] if there is no token in it.
    pub fn accept(&self, response: Response<'_>) -> Result<Token, ResponseError> {
        Token::from_response(response)
    }
}

/// Shows the method, the URL without its query, and no values.
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

/// Why a call cannot be made.
///
/// ```
/// use oauth1_signer::{Consumer, Stamp, flow::{Endpoints, Flow}};
///
/// let endpoints = Endpoints::token_only("http://www.example.com/access_token")?;
/// let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
/// let leg = flow.xauth("name", "password");
/// assert_eq!(
///     leg.call(Stamp::new("nonce", 1316657628)).unwrap_err().to_string(),
///     "a password is sent over https only"
/// );
/// # Ok::<(), oauth1_signer::flow::EndpointsError>(())
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CallError {
    /// A GET request has no body, in which protocol parameters or a form could travel.
    #[error("a GET request has no form body")]
    BodyOfGet,
    /// The password of xAuth would travel without encryption.
    #[error("a password is sent over https only")]
    Insecure,
    /// The key cannot sign.
    #[error("the signing key failed: {0}")]
    Key(#[from] SigningError),
    /// The request cannot be signed.
    #[error(transparent)]
    Request(#[from] RequestError),
}

fn is_loopback(url: &Target<'_>) -> bool {
    let host = url.authority_and_path();
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|loopback| {
        host.strip_prefix(loopback)
            .is_some_and(|rest| rest.starts_with([':', '/']))
    })
}
