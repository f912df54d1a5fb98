//! A message to send, which owns its parts.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Write};

use super::{AuthorizationHeader, FormBody, Query};
use crate::{
    base_string::BaseString,
    credentials::Secret,
    request::{Request, Target},
};

/// A signed call, ready to send with any HTTP client.
///
/// Send it once: a second attempt wants another stamp. Do not follow redirects with it, and add no
/// conditional headers (`If-Modified-Since`), with which some servers answer without a token.
///
/// ```
/// use oauth1_signer::{Callback, Consumer, Stamp, flow::{Endpoints, Flow}};
///
/// let endpoints = Endpoints::new(
///     "https://photos.example.net/initiate",
///     "https://photos.example.net/authorize",
///     "https://photos.example.net/token",
/// )?;
/// let flow = Flow::new(Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44"), endpoints);
/// let call = flow.temporary(Callback::OutOfBand).call(Stamp::new("wIjqoxSZ", 137131200))?;
/// assert_eq!((call.method(), call.url()), ("POST", "https://photos.example.net/initiate"));
/// let names: Vec<&str> = call.headers().map(|(name, _)| name).collect();
/// assert_eq!(names, ["Authorization"]);
/// assert_eq!(call.body(), "");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Call {
    method: String,
    url: Secret,
    authorization: Option<Secret>,
    /// `None` if there is no form.
    form: Option<Secret>,
    base_string: Secret,
}

impl Call {
    pub(crate) fn new(
        request: &Request<'_>,
        placement: Placement,
        header: AuthorizationHeader<'_>,
        query: Query<'_>,
        form_body: FormBody<'_>,
        base_string: BaseString<'_>,
    ) -> Self {
        let form = match placement {
            Placement::Body => form_body,
            Placement::Header | Placement::Query => request.form_body(),
        };
        let form = Some(secret(form)).filter(|form| !form.0.is_empty());
        let target = request.target();
        let (before, after) = (target.before_query(), target.after_query());
        let url = match (placement, target.query()) {
            (Placement::Query, _) => secret(format_args!("{before}?{query}{after}")),
            (_, Some(query)) => secret(format_args!("{before}?{query}")),
            (_, None) => secret(before),
        };
        let authorization = match placement {
            Placement::Header => Some(secret(header)),
            Placement::Body | Placement::Query => None,
        };
        Self {
            method: request.method().to_string(),
            url,
            authorization,
            form,
            base_string: secret(base_string),
        }
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The whole URL, with the signed parameters if they travel in the query.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url.0
    }

    /// The headers to set: `Authorization` and `Content-Type`, each only if it is needed.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let authorization = self.authorization.as_ref();
        let authorization = authorization.map(|value| ("Authorization", value.0.as_str()));
        let content_type = self.form.as_ref();
        let content_type = content_type.map(|_| ("Content-Type", FormBody::CONTENT_TYPE));
        authorization.into_iter().chain(content_type)
    }

    /// The body: a form, or nothing.
    #[must_use]
    pub fn body(&self) -> &str {
        self.form.as_ref().map_or("", |form| &form.0)
    }

    /// The signature base string, to compare with what the server made of the call. See
    /// [`ProblemReport::base_string`](crate::response::ProblemReport::base_string).
    #[must_use]
    pub fn base_string(&self) -> &str {
        &self.base_string.0
    }
}

/// Writes a text that does not grow meanwhile, which would leave copies that nobody wipes.
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

/// Shows the URL without its query, the names of headers, and the length of the body.
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
    /// In the form body.
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
    use crate::{signature_method::Plaintext, signer::Signer, stamp::Stamp};
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
            let url = match placement {
                Placement::Query => signed.query().to_url(),
                Placement::Body | Placement::Header => "https://e.com/?a=b".into(),
            };
            assert_eq!(call.url(), url);
        }
        Ok(())
    }
}
