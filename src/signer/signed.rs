//! A signed request ([RFC 5849 §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.5)).

use core::fmt;

use crate::{
    base_string::{BaseString, Parameters},
    protocol::{Draft, ProtocolParameters},
    request::Request,
    signature_method::Signature,
    transmission::{
        AuthorizationHeader, Call, FormBody, HtmlForm, HtmlFormError, Placement, Query, Realm,
    },
};

/// A signed request, to be written as a header, a query or a form body (RFC 5849, section 3.5).
///
/// The signature is the same wherever the protocol parameters travel. Send them in one place only,
/// because most services would count them twice. `Signed` borrows the signer and the request, so
/// bind both to variables; [`Signed::call`] makes an owned message.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let request = Request::get("https://api.example.com/photos?size=original")?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// let signature = "oauth_signature=3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D";
/// assert!(signed.query().to_url().contains(signature));
/// assert!(signed.form_body().to_string().contains(signature));
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
pub struct Signed<'a> {
    pub(super) realm: Option<&'a Realm>,
    pub(super) draft: Draft<'a>,
    pub(super) signature: Signature,
}

impl Signed<'_> {
    /// Returns the value of the `Authorization` header, with the protocol parameters (section
    /// 3.5.1).
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// let header = signed.authorization_header().to_string();
    /// assert!(header.starts_with(r#"OAuth oauth_consumer_key="key", oauth_nonce="nonce", "#));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn authorization_header(&self) -> AuthorizationHeader<'_> {
        AuthorizationHeader::new(self.realm, &self.draft, &self.signature)
    }

    /// Returns the query with the protocol parameters added (section 3.5.3). [`Query::to_url`]
    /// returns the URL to send.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// let url = signed.query().to_url();
    /// assert!(url.starts_with("https://api.example.com/photos?size=original&oauth_consumer_key=key&"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn query(&self) -> Query<'_> {
        Query::new(&self.draft, &self.signature)
    }

    /// Returns the form body with the protocol parameters added (section 3.5.2). For the body
    /// without them, see [`Request::form_body`](crate::Request::form_body).
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let title = String::from("a b");
    /// let request = Request::post("https://api.example.com/posts")?.form([("title", &title)])?;
    /// let signed = signer.sign(&request, stamp);
    /// let body = signed.form_body().to_string();
    /// assert!(body.starts_with("title=a%20b&oauth_consumer_key=key&oauth_nonce=nonce&"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn form_body(&self) -> FormBody<'_> {
        FormBody::new(&self.draft, &self.signature)
    }

    /// Returns an HTML form that a browser posts, with the protocol parameters added (section 3.5.2).
    /// This is how LTI 1.1 launches a tool. The realm is not sent.
    ///
    /// # Errors
    ///
    /// [`HtmlFormError`] if a browser would post something else than what was signed, such as other
    /// line ends.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let fields = [("title", "a & b")];
    /// let request = Request::post("https://tool.example.com/launch")?.browser_form(fields)?;
    /// let signed = signer.sign(&request, stamp);
    /// let form = signed.html_form()?.to_string();
    /// assert!(form.contains(r#"<input type="hidden" name="title" value="a &amp; b">"#));
    /// assert!(form.contains(r#"<input type="hidden" name="oauth_nonce" value="nonce">"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn html_form(&self) -> Result<HtmlForm<'_>, HtmlFormError> {
        HtmlForm::new(&self.draft, &self.signature)
    }

    /// Returns an owned message to send, with the protocol parameters in the given place. You can
    /// queue it or move it to another thread. To send it again, sign the request again.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let call = signer.sign(&request, stamp).call(Placement::Header);
    /// assert_eq!((call.method(), call.url()), ("GET", "https://api.example.com/photos?size=original"));
    /// for (name, value) in call.headers() {
    ///     println!("{name}: {value}");
    /// }
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn call(&self, placement: Placement) -> Call {
        Call::new(self.realm, &self.draft, &self.signature, placement)
    }

    /// The signature base string (section 3.4.1), to compare with the server's.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// assert_eq!(
    ///     signed.base_string().to_string(),
    ///     "GET&https%3A%2F%2Fapi.example.com%2Fphotos&oauth_consumer_key%3Dkey\
    ///      %26oauth_nonce%3Dnonce%26oauth_signature_method%3DHMAC-SHA1\
    ///      %26oauth_timestamp%3D1316657628%26size%3Doriginal"
    /// );
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn base_string(&self) -> BaseString<'_> {
        BaseString::of_draft(&self.draft)
    }

    /// The parameters that were signed, in the order of section 3.4.1.3.2.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// assert_eq!(
    ///     signed.parameters().to_string(),
    ///     "oauth_consumer_key=key&oauth_nonce=nonce&oauth_signature_method=HMAC-SHA1\
    ///      &oauth_timestamp=1316657628&size=original"
    /// );
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn parameters(&self) -> Parameters<'_> {
        Parameters::of_draft(&self.draft)
    }

    /// The protocol parameters, for services that want them somewhere else.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, stamp);
    /// let mut parameters = signed.protocol_parameters().into_iter();
    /// assert_eq!(parameters.next(), Some(("oauth_consumer_key", "key")));
    /// assert_eq!(parameters.next(), Some(("oauth_nonce", "nonce")));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn protocol_parameters(&self) -> ProtocolParameters<'_> {
        self.draft.parameters(Some(self.signature.bytes()))
    }

    /// The signature alone.
    ///
    /// ```
    /// use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp};
    ///
    /// let consumer = Consumer::new("768fe946d252b119746fda82e1599980", "1a3c208e172d3edc");
    /// let request = Request::get("http://www.flickr.com/services/oauth/request_token")?
    ///     .callback(Callback::Url("http://www.wackylabs.net/oauth/test"));
    /// let stamp = Stamp::new("C2F26CD5C075BA9050AD8EE90644CF29", 1316657628);
    /// let signer = Signer::new(&consumer, None);
    /// let signed = signer.sign(&request, stamp);
    /// assert_eq!(signed.signature().expose_secret(), "0fhNGlzpFNAsTme/hDfUb5HPB5U=");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    pub(crate) fn request(&self) -> &Request<'_> {
        self.draft.request()
    }

    pub(crate) fn realm(&self) -> Option<&Realm> {
        self.realm
    }
}

/// Shows the request and the names of the protocol parameters, but not the signature.
impl fmt::Debug for Signed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field("request", self.draft.request())
            .field("realm", &self.realm)
            .field("protocol", &self.protocol_parameters())
            .finish()
    }
}
