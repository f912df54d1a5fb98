//! An owned message to send ([RFC 5849 §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.5)).

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Write};

use super::{AuthorizationHeader, FormBody, Query, Realm};
use crate::{
    base_string::BaseString, credentials::Secret, protocol::Draft, request::Target,
    signature_method::Signature,
};

/// An owned message that is signed and ready to send with any HTTP client (RFC 5849, section 3.5).
///
/// [`Signed::call`](crate::Signed::call) makes one, and so does each leg of a
/// [`Flow`](crate::flow::Flow). Send it once: to try again, sign again with a new stamp. Do not let
/// the HTTP client follow redirects with it, and do not add conditional headers such as
/// `If-Modified-Since`: some servers then answer without a token.
///
/// ```
/// use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let (title, page) = (String::from("Hello!"), 1);
/// let request = Request::post("https://api.example.com/posts?draft=1")?
///     .form([("title", title), ("page", page.to_string())])?;
/// let call = signer.sign(&request, Stamp::new("nonce", 1316657628)).call(Placement::Header);
///
/// assert_eq!(call.method(), "POST");
/// assert_eq!(call.url(), "https://api.example.com/posts?draft=1");
/// let names: Vec<&str> = call.headers().map(|(name, _)| name).collect();
/// assert_eq!(names, ["Authorization", "Content-Type"]);
/// assert_eq!(call.body(), "title=Hello%21&page=1");
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone)]
pub struct Call {
    method: String,
    url: Secret,
    authorization: Option<Secret>,
    /// `None` without a form.
    form: Option<Secret>,
    base_string: Secret,
}

impl Call {
    pub(crate) fn new<'a>(
        realm: Option<&'a Realm>,
        draft: &'a Draft<'a>,
        signature: &'a Signature,
        placement: Placement,
    ) -> Self {
        let request = draft.request();
        let form = match placement {
            Placement::Body => FormBody::new(draft, signature),
            Placement::Header | Placement::Query => request.form_body(),
        };
        let form = Some(secret(form)).filter(|form| !form.0.is_empty());
        let url = match placement {
            Placement::Query => {
                let (start, query) = (
                    request.target().before_query(),
                    Query::new(draft, signature),
                );
                secret(format_args!("{start}?{query}"))
            }
            Placement::Body | Placement::Header => secret(request.url()),
        };
        let authorization = match placement {
            Placement::Header => Some(secret(AuthorizationHeader::new(realm, draft, signature))),
            Placement::Body | Placement::Query => None,
        };
        Self {
            method: request.method().to_string(),
            url,
            authorization,
            form,
            base_string: secret(BaseString::of_draft(draft)),
        }
    }

    /// The HTTP method.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::delete("https://api.example.com/posts/7")?;
    /// let call = signer.sign(&request, stamp).call(Placement::Header);
    /// assert_eq!(call.method(), "DELETE");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The URL to request, including the protocol parameters if they travel in the query.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let call = signer.sign(&request, stamp).call(Placement::Query);
    /// assert!(call.url().contains("?size=original&oauth_consumer_key=key&"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url.0
    }

    /// The names and values of the headers to set: `Authorization` if the protocol parameters
    /// travel in the header, and `Content-Type` if there is a form.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos")?;
    /// let call = signer.sign(&request, stamp).call(Placement::Header);
    /// for (name, value) in call.headers() {
    ///     println!("{name}: {value}");
    /// }
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let authorization = self.authorization.as_ref();
        let authorization = authorization.map(|value| ("Authorization", value.0.as_str()));
        let content_type = self.form.as_ref();
        let content_type = content_type.map(|_| ("Content-Type", FormBody::CONTENT_TYPE));
        authorization.into_iter().chain(content_type)
    }

    /// The form body, or an empty text if the request has none.
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let title = String::from("Zürich");
    /// let request = Request::post("https://api.example.com/posts")?.form([("title", title)])?;
    /// let call = signer.sign(&request, stamp).call(Placement::Header);
    /// assert_eq!(call.body(), "title=Z%C3%BCrich");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn body(&self) -> &str {
        self.form.as_ref().map_or("", |form| &form.0)
    }

    /// The signature base string, to compare with the one the server reports. See
    /// [`ProblemReport::base_string`](crate::response::ProblemReport::base_string).
    ///
    /// ```
    /// # use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    /// # let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// # let stamp = Stamp::new("nonce", 1316657628);
    /// let request = Request::get("https://api.example.com/photos")?;
    /// let call = signer.sign(&request, stamp).call(Placement::Header);
    /// assert!(call.base_string().starts_with("GET&https%3A%2F%2Fapi.example.com%2Fphotos&"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn base_string(&self) -> &str {
        &self.base_string.0
    }
}

/// Writes a text into exactly the space it needs: growing would leave copies that are never wiped.
fn secret(text: impl fmt::Display) -> Secret {
    struct Length(usize);
    impl fmt::Write for Length {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut length = Length(0);
    let mut written = String::new();
    write!(length, "{text}")
        .and_then(|()| {
            written.reserve_exact(length.0);
            write!(written, "{text}")
        })
        .expect("a string takes what is written");
    Secret(written)
}

/// Shows the URL without its query, the names of the headers, and the length of the body.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers().map(|(name, _)| name).collect();
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("url", &Target::try_from(self.url()).ok())
            .field("headers", &headers)
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

/// Where the protocol parameters travel (RFC 5849, section 3.5).
///
/// ```
/// use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let request = Request::get("https://api.example.com/titles?term=dark+knight")?;
/// let call = signer.sign(&request, Stamp::new("nonce", 1316657628)).call(Placement::Query);
/// assert!(call.url().starts_with("https://api.example.com/titles?term=dark+knight&oauth_"));
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Placement {
    /// In the form body. The request needs a method that has a body, which GET and HEAD do not.
    Body,
    /// In the `Authorization` header, which RFC 5849 prefers.
    #[default]
    Header,
    /// In the query of the URL.
    Query,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{request::Request, signature_method::Plaintext, signer::Signer, stamp::Stamp};
    use alloc::boxed::Box;

    #[test]
    fn texts_do_not_grow_while_they_are_written() -> Result<(), Box<dyn core::error::Error>> {
        let password = "p&ss".repeat(1000);
        let signer = Signer::with_key("key", None, Plaintext::new(&password, ""));
        let form = [("password", password.as_str())];
        let request = Request::post("https://e.com/?a=b#c")?.form(&form)?;
        for placement in [Placement::Body, Placement::Header, Placement::Query] {
            let signed = signer.try_sign(&request, Stamp::new("nonce", 1))?;
            let call = signed.call(placement);
            let texts = [&call.url, &call.base_string];
            let texts = texts
                .into_iter()
                .chain(&call.form)
                .chain(&call.authorization);
            for text in texts {
                assert_eq!(text.0.capacity(), text.0.len());
            }
        }
        Ok(())
    }
}
