//! Whether a request still is what was signed ([RFC 5849 §3.4.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1)).

use alloc::{borrow::Cow, format, string::String};

use ::http::{
    HeaderMap,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName},
};

use super::BodyBytes;
use crate::{
    diagnosis::{Diagnosis, Evidence, Message},
    signer::Signed,
    transmission::is_form_type,
};

impl Signed<'_> {
    /// Compares a request that is about to be sent with what was signed. Needs the feature `http`.
    ///
    /// HTTP clients and what lies between them and your code may change a request after it was signed:
    /// they write the query in another way, add parameters, or follow a redirect. There are no
    /// findings if the server will see what was signed. A form in a body that
    /// [cannot be read](BodyBytes) is not compared.
    ///
    /// [`Signer::sign_http`](crate::Signer::sign_http) returns no `Signed`. Keep a
    /// [`Message`](crate::diagnosis::Message) of the request that it signed instead:
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Signer, Stamp, diagnosis::{Cause, Evidence, Message}};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let mut request = http::Request::get("https://api.example.com/photos?q=a%20b").body(())?;
    /// signer.sign_http(&mut request, Stamp::new("nonce", 1316657628))?;
    /// let signed = Message::from(&request);
    ///
    /// // Something adds a parameter, far from here.
    /// *request.uri_mut() = "https://api.example.com/photos?q=a%20b&locale=en".parse()?;
    ///
    /// let diagnosis = Evidence::new().request(signed).sent(&request).diagnose();
    /// let causes: Vec<_> = diagnosis.findings().iter().map(|finding| finding.cause()).collect();
    /// assert!(causes.contains(&Cause::ParameterMissing));
    /// println!("{diagnosis}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// With a `Signed`, it is one call:
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    ///
    /// let mut sent: http::Request<Vec<u8>> = (&signed.call(Placement::Header)).try_into()?;
    /// assert!(signed.check_http(&sent).findings().is_empty());
    ///
    /// *sent.uri_mut() = "https://www.example.com/photos?size=original".parse()?;
    /// println!("{}", signed.check_http(&sent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn check_http<B: BodyBytes>(&self, request: &::http::Request<B>) -> Diagnosis {
        let meant = Message::from(self);
        let mut sent = message(request, |host| {
            let url = self.request().url();
            let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            Some(format!("{scheme}://{}", host.unwrap_or(&rest[..end])))
        });
        let content_type = request.headers().get(CONTENT_TYPE);
        let is_form = content_type.is_some_and(|value| is_form_type(value.as_bytes()));
        if is_form && request.body().body_bytes().is_none() {
            sent = sent.with_body_of(&meant);
        }
        Evidence::new().signed(self).sent(sent).diagnose()
    }
}

/// Takes what a server will see of the request. Needs the feature `http`.
///
/// A `Host` header counts in place of the host of the URI. A URI that is relative needs one, and its
/// scheme is taken to be https. A body that [cannot be read](BodyBytes) is left out.
///
/// ```
/// use oauth1_signer::diagnosis::{Cause, Evidence};
///
/// let ours = "GET&https%3A%2F%2Fapi.example.com%2Fphotos&q%3Da%2Bb";
/// let request = http::Request::get("https://api.example.com/photos?q=a+b").body(())?;
/// let diagnosis = Evidence::new().our_base_string(ours).sent(&request).diagnose();
/// assert_eq!(diagnosis.findings()[0].cause(), Cause::PlusForSpace);
/// # Ok::<(), http::Error>(())
/// ```
impl<B: BodyBytes> From<&::http::Request<B>> for Message {
    fn from(request: &::http::Request<B>) -> Self {
        message(request, |host| Some(format!("https://{}", host?)))
    }
}

/// `origin` makes the scheme and the host of a relative URI from the `Host` header.
fn message<B: BodyBytes>(
    request: &::http::Request<B>,
    origin: impl Fn(Option<&str>) -> Option<String>,
) -> Message {
    let (headers, uri) = (request.headers(), request.uri());
    let host = text(headers, &HOST);
    let origin = match (uri.scheme_str(), uri.authority()) {
        (Some(scheme), Some(authority)) => {
            let host = host.as_deref().unwrap_or(authority.as_str());
            Some(format!("{scheme}://{host}"))
        }
        _ => origin(host.as_deref()),
    };
    let path_and_query = uri.path_and_query().map_or("/", |text| text.as_str());
    let url = origin.unwrap_or_default() + path_and_query;
    let mut message = Message::new(request.method().as_str(), url);
    if let Some(value) = authorization(headers) {
        message = message.authorization(value);
    }
    if let Some(value) = text(headers, &CONTENT_TYPE) {
        message = message.content_type(value);
    }
    match request.body().body_bytes() {
        Some(body) => message.body(body).whole(),
        None => message.whole(),
    }
}

/// The header of OAuth, if there are several.
fn authorization(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(AUTHORIZATION).iter();
    let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let is_other = |value: &str| {
        let scheme = value.split_ascii_whitespace().next();
        !scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("OAuth"))
    };
    values
        .min_by_key(|value| is_other(value))
        .map(Cow::into_owned)
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
