//! Calls as requests of the crate `http`, and its responses as those that are read here
//! ([RFC 5849 §3.5](https://www.rfc-editor.org/rfc/rfc5849#section-3.5)).

use ::http::{
    HeaderValue,
    header::{DATE, WWW_AUTHENTICATE},
};
use alloc::string::String;

use crate::{response::Response, transmission::Call};

/// The body is text, bytes, or anything that is made from a `String`. The `Authorization` header is
/// marked as sensitive. Needs the feature `http`.
///
/// It fails if the URL is longer than the 64 KiB that [`Uri`](::http::Uri) allows.
///
/// ```
/// use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let title = String::from("Zürich");
/// let request = Request::post("https://api.example.com/posts")?.form([("title", &title)])?;
/// let call = signer.sign(&request, Stamp::new("nonce", 1316657628)).call(Placement::Header);
///
/// let request = http::Request::<Vec<u8>>::try_from(&call)?;
/// assert_eq!(request.uri(), "https://api.example.com/posts");
/// assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
/// assert_eq!(request.body(), b"title=Z%C3%BCrich");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<B: From<String>> TryFrom<&Call> for ::http::Request<B> {
    type Error = ::http::Error;

    fn try_from(call: &Call) -> Result<Self, ::http::Error> {
        let mut builder = ::http::Request::builder()
            .method(call.method())
            .uri(call.url());
        for (name, value) in call.headers() {
            let mut value = HeaderValue::try_from(value)?;
            value.set_sensitive(name == "Authorization");
            builder = builder.header(name, value);
        }
        builder.body(String::from(call.body()).into())
    }
}

/// See the conversion of a `&Call`.
impl<B: From<String>> TryFrom<Call> for ::http::Request<B> {
    type Error = ::http::Error;

    fn try_from(call: Call) -> Result<Self, ::http::Error> {
        (&call).try_into()
    }
}

/// Takes the status, the body, the `Date` and, of several `WWW-Authenticate` headers, that of OAuth.
/// Needs the feature `http`.
///
/// ```
/// use oauth1_signer::response::{Problem, Response};
///
/// let response = http::Response::builder()
///     .status(401)
///     .header("www-authenticate", r#"Basic realm="x""#)
///     .header("www-authenticate", r#"OAuth realm="x", oauth_problem="nonce_used""#)
///     .body(String::new())?;
/// let report = Response::from(&response).report().ok_or("no report")?;
/// assert_eq!(report.problem(), &Problem::NonceUsed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<'a, B: AsRef<[u8]>> From<&'a ::http::Response<B>> for Response<'a> {
    fn from(response: &'a ::http::Response<B>) -> Self {
        let all = |name| response.headers().get_all(name).iter().filter_map(text);
        let challenges = all(WWW_AUTHENTICATE);
        Self::new(response.status().as_u16(), response.body())
            .www_authenticate(challenges.min_by_key(|challenge| !is_of_oauth(challenge)))
            .date(all(DATE).next())
    }
}

fn text(value: &HeaderValue) -> Option<&str> {
    str::from_utf8(value.as_bytes()).ok()
}

fn is_of_oauth(challenge: &str) -> bool {
    let scheme = challenge.split_ascii_whitespace().next();
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("OAuth"))
}
