//! What is signed of a request ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

mod callback;
mod error;
mod form;
mod target;

use alloc::vec::Vec;
use core::fmt;

pub(crate) use self::form::Form;
pub use self::{
    callback::Callback,
    error::{Place, RequestError},
    target::{Target, TargetError},
};
use crate::{
    form_urlencoded::MalformedEscape,
    parameters::{Pairs, PairsOver, Parameter},
};

/// What is signed of a request: its method, where it goes, its form if the body is one, and what
/// the three legs add.
///
/// This is the one door that can fail: what could make a signature wrong is refused here, and
/// signing behind it cannot go wrong. A body that is no form (JSON, XML, multipart) is not signed
/// and not mentioned.
///
/// ```
/// use oauth1_signer::Request;
/// use url::Url;
///
/// let url = Url::parse("https://api.example.com/1/statuses?include=all")?;
/// let request = Request::post(&url)?.form(&[("status", "Hello, ladies + gentlemen")])?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What is refused
///
/// - a scheme other than http and https, and a URL without a host;
/// - a parameter in query or form whose name begins with `oauth_`. Such names belong to the
///   protocol, and signing writes them: one that is already there means a URL that is signed
///   already, or a parameter in the wrong place. See [`Request::protocol_parameter`];
/// - a malformed percent escape in the query or in a form body, such as `100%` or `%zz`. Servers
///   read it differently; a percent sign is written `%25`. (In a path, escapes are left alone.)
#[derive(Clone)]
pub struct Request<'a> {
    method: &'a str,
    target: Target<'a>,
    pairs: Pairs<'a>,
    form: Form<'a>,
    pub(crate) callback: Option<&'a str>,
    pub(crate) verification_code: Option<&'a str>,
    /// Extra protocol parameters, in order.
    pub(crate) extra: Vec<Parameter<'a>>,
}

impl<'a> Request<'a> {
    /// A request with any method, which is signed in upper case.
    ///
    /// The target is a `&Url`, a `&str`, or a [`Target`].
    ///
    /// # Errors
    ///
    /// [`RequestError`] if the method is not a valid HTTP method, the target is none, or its query cannot be
    /// signed.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::new("PROPFIND", "https://api.example.com/files")?;
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn new<T>(method: &'a str, target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        if method.is_empty() || !method.bytes().all(is_token) {
            return Err(RequestError::Method);
        }
        Self::with_checked_method(method, target)
    }

    /// A GET request.
    ///
    /// # Errors
    ///
    /// As [`Request::new`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// assert_eq!(request.method(), "GET");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn get<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("GET", target)
    }

    /// A POST request.
    ///
    /// # Errors
    ///
    /// As [`Request::new`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://api.example.com/posts")?;
    /// assert_eq!(request.method(), "POST");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn post<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("POST", target)
    }

    /// A PUT request.
    ///
    /// # Errors
    ///
    /// As [`Request::new`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::put("https://api.example.com/posts/1")?;
    /// assert_eq!(request.method(), "PUT");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn put<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("PUT", target)
    }

    /// A DELETE request.
    ///
    /// # Errors
    ///
    /// As [`Request::new`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::delete("https://api.example.com/posts/1")?;
    /// assert_eq!(request.method(), "DELETE");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn delete<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("DELETE", target)
    }

    /// Parameters that the service signs although they travel in neither query nor form, not
    /// encoded: the text fields of an upload to Flickr, which go as multipart.
    ///
    /// # Errors
    ///
    /// [`RequestError::ProtocolParameter`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://up.flickr.com/services/upload/")?
    ///     .signed_elsewhere(&[("title", "Café"), ("is_public", "0")])?;
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn signed_elsewhere<N, V>(
        mut self,
        pairs: impl IntoIterator<Item = &'a (N, V)>,
    ) -> Result<Self, RequestError>
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.pairs.extend_with_given(pairs.into_iter());
        self.check(Place::Elsewhere, Ok(()))?;
        Ok(self)
    }

    /// Where the service sends the user after the authorization: `oauth_callback`, for the request
    /// of temporary credentials (RFC 5849, section 2.1).
    ///
    /// ```
    /// use oauth1_signer::{Callback, Request};
    ///
    /// let request = Request::post("https://api.example.com/initiate")?
    ///     .callback(Callback::Url("http://printer.example.com/ready"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn callback(mut self, callback: Callback<'a>) -> Self {
        self.callback = Some(callback.as_str());
        self
    }

    /// What the user brings back: `oauth_verifier`, for the request of token credentials (RFC
    /// 5849, section 2.3). It is sent as it is, with the dashes it may have.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://api.example.com/token")?
    ///     .verification_code("755-955-488");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn verification_code(mut self, code: &'a (impl AsRef<str> + ?Sized)) -> Self {
        self.verification_code = Some(code.as_ref());
        self
    }

    /// The method, as it was given.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// assert_eq!(Request::new("patch", "https://api.example.com/")?.method(), "patch");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn method(&self) -> &str {
        self.method
    }

    /// Where the request goes.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::get("https://api.example.com:443/photos?size=original")?;
    /// assert_eq!(request.target().base_uri(), "https://api.example.com/photos");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn target(&self) -> &Target<'a> {
        &self.target
    }

    /// Takes a method that has been checked. Inlined, so that the request is built in place: copying
    /// freshly written fields stalls on store forwarding.
    #[inline(always)]
    fn with_checked_method<T>(method: &'a str, target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        let target = target.try_into().map_err(Into::into)?;
        let pairs = match target.query() {
            None => Pairs::new(),
            Some(query) => {
                let mut pairs = Pairs::new();
                let read = pairs.extend_with_query(query.as_bytes());
                check(&mut pairs, query, Place::Query, read)?;
                pairs
            }
        };
        Ok(Self {
            method,
            target,
            pairs,
            form: Form::None,
            callback: None,
            verification_code: None,
            extra: Vec::new(),
        })
    }

    /// The parameters of query and form and those signed elsewhere, in order.
    #[inline]
    pub(crate) fn parameters(&self) -> PairsOver<'_> {
        self.pairs.over(self.query_bytes())
    }

    fn check(
        &mut self,
        place: Place,
        read: Result<(), MalformedEscape>,
    ) -> Result<(), RequestError> {
        let query = self.target.query().unwrap_or_default();
        check(&mut self.pairs, query, place, read)
    }

    #[inline]
    fn query_bytes(&self) -> &[u8] {
        self.target.query().unwrap_or_default().as_bytes()
    }
}

/// Shows no values: query and form may hold passwords.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("parameters", &self.parameters().len())
            .finish_non_exhaustive()
    }
}

/// Checks what reading the parameters of a place has brought, and sorts them. `query` is the text that
/// some of the pairs refer to.
fn check(
    pairs: &mut Pairs<'_>,
    query: &str,
    place: Place,
    read: Result<(), MalformedEscape>,
) -> Result<(), RequestError> {
    read.map_err(|MalformedEscape { position }| RequestError::MalformedEscape { place, position })?;
    if let Some(name) = pairs.name_with_prefix(PROTOCOL, query.as_bytes()) {
        return Err(RequestError::protocol_parameter(name, place));
    }
    pairs.sort(query.as_bytes());
    Ok(())
}

/// A character of an HTTP token.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// How the names of protocol parameters begin. They come from the signer, never from a query or a
/// form.
pub(crate) const PROTOCOL: &[u8] = b"oauth_";

/// The hash of a body that is not a form, in the extension of that name.
pub(crate) const BODY_HASH: &str = "oauth_body_hash";
