//! A request to sign ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

mod callback;
mod error;
mod form;
mod target;

use alloc::vec::Vec;
use core::fmt;

pub(crate) use self::form::Form;
use self::form::{GivenForm, with_crlf};
#[cfg(feature = "http")]
pub(crate) use self::target::host_and_port;
pub use self::{
    callback::Callback,
    error::{Place, RequestError},
    target::{Target, TargetError},
};
use crate::{
    form_urlencoded::MalformedEscape,
    parameters::{Pair, Pairs, PairsOver, Parameter, Text, into_bytes, text_into_bytes},
};

/// A request to sign: its method, its target, its form if it has one, and the parameters that a
/// flow adds ([RFC 5849 §3.4.1.3.1]).
///
/// Input that would make a signature wrong is already an error when the request is built. Bodies
/// other than forms, such as JSON, XML or multipart, are not signed, so a request does not contain
/// them.
///
/// ```
/// use oauth1_signer::Request;
/// use url::Url;
///
/// let url = Url::parse("https://api.example.com/1/statuses?include=all")?;
/// let status = String::from("Hello, ladies + gentlemen");
/// let request = Request::post(&url)?.form([("status", status)])?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Invalid requests
///
/// A request cannot be built with:
///
/// - a URL that has no host or whose scheme is neither http nor https;
/// - a parameter whose name begins with `oauth_`, in the query or the form. The signer adds these
///   parameters, so the URL is already signed or the parameter is in the wrong place. To add an
///   extra one, use [`Request::protocol_parameter`];
/// - a malformed percent escape in the query or in a form body, such as `100%` or `%zz`, which
///   servers read differently. Write a percent sign as `%25`. Escapes in the path are not checked.
///
/// [RFC 5849 §3.4.1.3.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1
#[derive(Clone)]
pub struct Request<'a> {
    method: &'a str,
    target: Target<'a>,
    pairs: Pairs<'a>,
    form: GivenForm<'a>,
    pub(crate) callback: Option<&'a str>,
    pub(crate) verification_code: Option<&'a str>,
    /// Extra protocol parameters, sorted.
    pub(crate) extra: Vec<Parameter<'a>>,
}

impl<'a> Request<'a> {
    /// Creates a GET request, which cannot have a form.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::new`], except [`RequestError::Method`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let url = String::from("https://api.example.com/photos?size=original");
    /// let request = Request::get(&url)?;
    /// assert_eq!(request.method(), "GET");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn get<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("GET", target, GivenForm::NotAllowed)
    }

    /// Creates a POST request.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::new`], except [`RequestError::Method`].
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
        Self::with_checked_method("POST", target, GivenForm::None)
    }

    /// Creates a PUT request.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::new`], except [`RequestError::Method`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let id = 1;
    /// let request = Request::put(format!("https://api.example.com/posts/{id}"))?;
    /// assert_eq!(request.method(), "PUT");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn put<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("PUT", target, GivenForm::None)
    }

    /// Creates a DELETE request.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::new`], except [`RequestError::Method`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let id = 1;
    /// let request = Request::delete(format!("https://api.example.com/posts/{id}"))?;
    /// assert_eq!(request.method(), "DELETE");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn delete<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("DELETE", target, GivenForm::None)
    }

    /// Creates a PATCH request.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::new`], except [`RequestError::Method`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let id = 1;
    /// let request = Request::patch(format!("https://api.example.com/posts/{id}"))?;
    /// assert_eq!(request.method(), "PATCH");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn patch<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("PATCH", target, GivenForm::None)
    }

    /// Creates a HEAD request, which cannot have a form.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::new`], except [`RequestError::Method`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::head("https://api.example.com/photos?size=original")?;
    /// assert_eq!(request.method(), "HEAD");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn head<T>(target: T) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Self::with_checked_method("HEAD", target, GivenForm::NotAllowed)
    }

    /// Creates a request with any method, which is signed in upper case.
    ///
    /// The target is a `Url`, a `&Url`, a `String`, a `&str`, a [`Target`] or, with the feature `http`,
    /// an `http::Uri`.
    ///
    /// # Errors
    ///
    /// - [`RequestError::Method`] if the method is not a valid HTTP method;
    /// - [`RequestError::Target`] if the target is not a valid http or https URL;
    /// - [`RequestError::ProtocolParameter`] if a name in the query begins with `oauth_`;
    /// - [`RequestError::MalformedEscape`] if a `%` in the query is not followed by two hexadecimal
    ///   digits.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::new("PROPFIND", "https://api.example.com/files")?;
    /// assert_eq!(request.method(), "PROPFIND");
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
        Self::with_checked_method(method, target, GivenForm::None)
    }

    /// Adds pairs of names and values to the end of the URL's query.
    ///
    /// They are not encoded yet, and a name may occur more than once. See [`Pair`] for what can be a
    /// pair. The text to send is [`Request::url`].
    ///
    /// # Errors
    ///
    /// [`RequestError::ProtocolParameter`] if a name begins with `oauth_`.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let term = String::from("dark + stormy");
    /// let request = Request::get("https://api.example.com/titles?page=1")?.query([("term", &term)])?;
    /// assert_eq!(request.url(), "https://api.example.com/titles?page=1&term=dark%20%2B%20stormy");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn query(mut self, pairs: impl IntoIterator<Item: Pair<'a>>) -> Result<Self, RequestError> {
        self.add_query(&mut pairs.into_iter().map(into_bytes))?;
        Ok(self)
    }

    /// Sets the form that is the body of the request, as pairs of names and values.
    ///
    /// They are not encoded yet, and a name may occur more than once. See [`Pair`] for what can be a
    /// pair: arrays, vectors, slices and maps of text or bytes all work. Borrowed text stays
    /// borrowed.
    ///
    /// The body to send is [`Request::form_body`] if the protocol parameters are in the header or
    /// the query, and [`Signed::form_body`](crate::Signed::form_body) if they are in the form.
    ///
    /// # Errors
    ///
    /// - [`RequestError::FormNotAllowed`] if the request was made with [`Request::get`] or
    ///   [`Request::head`];
    /// - [`RequestError::ProtocolParameter`] if a name begins with `oauth_`;
    /// - [`RequestError::FormGivenTwice`] if the request already has a form;
    /// - [`RequestError::BodyHashOfForm`] if the request has an `oauth_body_hash`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use oauth1_signer::Request;
    ///
    /// let title = String::from("1 + 1 = 2");
    /// let page = 7;
    /// let request = Request::post("https://api.example.com/posts")?
    ///     .form([("title", title), ("page", page.to_string())])?;
    /// assert_eq!(request.form_body().to_string(), "title=1%20%2B%201%20%3D%202&page=7");
    ///
    /// let fields = BTreeMap::from([("title", "Zürich"), ("page", "1")]);
    /// let request = Request::post("https://api.example.com/posts")?.form(&fields)?;
    /// assert_eq!(request.form_body().to_string(), "page=1&title=Z%C3%BCrich");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn form(mut self, pairs: impl IntoIterator<Item: Pair<'a>>) -> Result<Self, RequestError> {
        self.add_form(pairs.into_iter())?;
        Ok(self)
    }

    /// Sets the form that is the body of the request, as a browser will post it: like
    /// [`Request::form`], but each line end becomes CR LF (`\r\n`), because browsers change line ends
    /// before they post a form.
    ///
    /// # Errors
    ///
    /// The errors of [`Request::form`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let text = String::from("Dear Sir\nor Madam");
    /// let request = Request::post("https://tool.example.com/launch")?.browser_form([("text", &text)])?;
    /// assert_eq!(request.form_body().to_string(), "text=Dear%20Sir%0D%0Aor%20Madam");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn browser_form(
        self,
        pairs: impl IntoIterator<Item: Pair<'a>>,
    ) -> Result<Self, RequestError> {
        self.form(pairs.into_iter().map(|pair| {
            let (name, value) = into_bytes(pair);
            (with_crlf(name), with_crlf(value))
        }))
    }

    /// Sets the form that is the body of the request, as the bytes to send, which are already encoded
    /// as `application/x-www-form-urlencoded`. They are sent exactly as they are given.
    ///
    /// # Errors
    ///
    /// - [`RequestError::NotFormUrlencoded`] if a byte cannot occur in an encoded form;
    /// - [`RequestError::MalformedEscape`] if a `%` is not followed by two hexadecimal digits;
    /// - the errors of [`Request::form`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let body = String::from("title=a+b&tags=x%2Cy");
    /// let request = Request::post("https://api.example.com/posts")?.form_bytes(&body)?;
    /// assert_eq!(request.form_body().to_string(), body);
    ///
    /// // The request owns what it is given by value.
    /// let request = Request::post("https://api.example.com/posts")?.form_bytes(body)?;
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn form_bytes(mut self, body: impl Text<'a>) -> Result<Self, RequestError> {
        self.add_form_bytes(text_into_bytes(body))?;
        Ok(self)
    }

    /// Whether the request has a form to send, even an empty one.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://api.example.com/posts")?;
    /// assert!(!request.has_form());
    /// assert!(request.form_bytes("")?.has_form());
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn has_form(&self) -> bool {
        !matches!(self.form, GivenForm::None | GivenForm::NotAllowed)
    }

    /// The method as it was given. It is signed in upper case.
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

    /// The text of the URL to send the request to, without a fragment and user information. If the
    /// protocol parameters travel in the query, send [`Query::to_url`](crate::Query::to_url) instead.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::get("https://api.example.com/photos?size=original#top")?;
    /// assert_eq!(request.url(), "https://api.example.com/photos?size=original");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn url(&self) -> &str {
        self.target.as_str()
    }

    /// The target of the request.
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

    /// Sets the callback (`oauth_callback`), to which the service sends the user after
    /// authorization. It belongs to the request for temporary credentials ([RFC 5849 §2.1]).
    ///
    /// ```
    /// use oauth1_signer::{Callback, Request};
    ///
    /// let url = String::from("https://printer.example.com/ready");
    /// let request =
    ///     Request::post("https://api.example.com/initiate")?.callback(Callback::Url(&url));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    ///
    /// [RFC 5849 §2.1]: https://www.rfc-editor.org/rfc/rfc5849#section-2.1
    #[inline]
    #[must_use]
    pub fn callback(mut self, callback: Callback<'a>) -> Self {
        self.callback = Some(callback.as_str());
        self
    }

    /// Sets the verification code (`oauth_verifier`) that the user brings back. It belongs to the
    /// request for token credentials ([RFC 5849 §2.3]).
    ///
    /// The code is sent as it is, including any dashes.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let code = String::from("755-955-488");
    /// let request = Request::post("https://api.example.com/token")?.verification_code(&code);
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    ///
    /// [RFC 5849 §2.3]: https://www.rfc-editor.org/rfc/rfc5849#section-2.3
    #[must_use]
    pub fn verification_code(mut self, code: &'a (impl AsRef<str> + ?Sized)) -> Self {
        self.verification_code = Some(code.as_ref());
        self
    }

    /// Adds parameters that are signed although they are in neither the query nor the form, such as
    /// the text fields of a multipart upload to Flickr.
    ///
    /// The pairs are as in [`Request::form`]. They are not sent; that is up to you.
    ///
    /// # Errors
    ///
    /// [`RequestError::ProtocolParameter`] if a name begins with `oauth_`.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let title = String::from("Café");
    /// let request = Request::post("https://up.flickr.com/services/upload/")?
    ///     .signed_elsewhere([("title", title.as_str()), ("is_public", "0")])?;
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn signed_elsewhere(
        mut self,
        pairs: impl IntoIterator<Item: Pair<'a>>,
    ) -> Result<Self, RequestError> {
        self.pairs.extend_with_given(pairs.into_iter());
        self.check(Place::Elsewhere, Ok(()))?;
        Ok(self)
    }

    /// Creates a request with a valid method. Inlined, so that the request is built in place:
    /// copying freshly written fields stalls on store forwarding.
    #[inline(always)]
    fn with_checked_method<T>(
        method: &'a str,
        target: T,
        form: GivenForm<'a>,
    ) -> Result<Self, RequestError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        let target = target.try_into().map_err(Into::into)?;
        let pairs = match target.query() {
            None => Pairs::new(),
            Some(query) => {
                let mut pairs = Pairs::new();
                let read = pairs.extend_with_query(query.as_bytes(), 0);
                check(&mut pairs, query, Place::Query, read)?;
                pairs
            }
        };
        Ok(Self {
            method,
            target,
            pairs,
            form,
            callback: None,
            verification_code: None,
            extra: Vec::new(),
        })
    }

    /// The parameters of the query and the form and those signed elsewhere, sorted.
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

/// Shows no values, because the query and the form may contain passwords.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("parameters", &self.parameters().len())
            .finish_non_exhaustive()
    }
}

/// Rejects malformed escapes and protocol parameters after a place has been read, and sorts the
/// pairs. `query` is the text that some of the pairs refer to.
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

/// Whether a byte may occur in an HTTP token (RFC 9110, section 5.6.2).
pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The prefix of protocol parameters, which the signer adds and a query or form must not contain.
pub(crate) const PROTOCOL: &[u8] = b"oauth_";

/// The hash of a body that is not a form, from the extension OAuth Request Body Hash.
pub(crate) const BODY_HASH: &str = "oauth_body_hash";
