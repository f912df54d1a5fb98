//! The signature base string ([RFC 5849 §3.4.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1)).

mod parameters;

use core::fmt;

pub use self::parameters::Parameters;
use crate::{
    encode::{Encoder, ONCE, Out, encode_to},
    parameters::{InBaseString, Writer},
    protocol::Draft,
    request::Target,
};

/// The signature base string, which a signature method signs ([RFC 5849 §3.4.1]).
///
/// `Display` writes it, for comparison with the base string that a server reports.
///
/// A `BaseString` is a view that does not store its text. Method, base string URI and parameters
/// are encoded in pieces of a few hundred bytes as they are read, so that signing a large form
/// takes no extra memory.
///
/// ```
/// use oauth1_signer::{BaseString, Parameters, Target};
///
/// let title = String::from("a b");
/// let pairs = [("title", title.as_str())];
/// let target = Target::try_from("https://api.example.com/photos")?;
/// let base_string = BaseString::new("get", &target, Parameters::from_pairs(&pairs));
/// assert_eq!(
///     base_string.to_string(),
///     "GET&https%3A%2F%2Fapi.example.com%2Fphotos&title%3Da%2520b"
/// );
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
///
/// [RFC 5849 §3.4.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1
#[derive(Clone)]
pub struct BaseString<'a>(Source<'a>);

#[derive(Clone)]
enum Source<'a> {
    Parts {
        method: &'a str,
        target: &'a Target<'a>,
        parameters: Parameters<'a>,
    },
    Text(&'a str),
}

impl<'a> BaseString<'a> {
    /// Combines a method, a target and parameters.
    ///
    /// The method may be in upper or lower case. The parameters must include those in the query of
    /// the target, which are not added here.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, Parameters, Target};
    ///
    /// let target = Target::try_from("https://api.example.com/photos?size=original")?;
    /// let query = target.query().unwrap_or_default();
    /// let parameters = Parameters::from_form_urlencoded(query.as_bytes())?;
    /// let base_string = BaseString::new("GET", &target, parameters);
    /// assert_eq!(
    ///     base_string.to_string(),
    ///     "GET&https%3A%2F%2Fapi.example.com%2Fphotos&size%3Doriginal"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn new(method: &'a str, target: &'a Target<'a>, parameters: Parameters<'a>) -> Self {
        Self(Source::Parts {
            method,
            target,
            parameters,
        })
    }

    /// Uses text as the base string, such as one that a server reported, or other text that a
    /// service wants signed with the same key.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, signature_method::{HmacSha1, SigningKey}};
    ///
    /// let text = String::from("bs");
    /// let key = HmacSha1::new("cs", "ts");
    /// let Ok(signature) = key.sign(&BaseString::from_text(&text));
    /// assert_eq!(signature.expose_secret(), "VZVjXceV7JgPq/dOTnNmEfO0Fv8=");
    /// ```
    #[must_use]
    pub fn from_text(text: &'a str) -> Self {
        Self(Source::Text(text))
    }

    /// Whether the request goes over https. A key can use this to sign for https only.
    ///
    /// Text given to [`BaseString::from_text`] counts as https only if its second part begins with
    /// `https://`, encoded.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, Parameters, Target};
    ///
    /// let target = Target::try_from("https://api.example.com/photos")?;
    /// let base_string = BaseString::new("GET", &target, Parameters::from_form_urlencoded(b"")?);
    /// assert!(base_string.is_secure());
    /// assert!(BaseString::from_text(&base_string.to_string()).is_secure());
    /// assert!(!BaseString::from_text("GET&http%3A%2F%2Fapi.example.com%2F&").is_secure());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_secure(&self) -> bool {
        match &self.0 {
            Source::Parts { target, .. } => target.is_secure(),
            Source::Text(text) => text
                .split('&')
                .nth(1)
                .is_some_and(|uri| uri.starts_with("https%3A%2F%2F")),
        }
    }

    /// Passes the base string to `sink` in pieces, for example to feed a hash. A piece may end
    /// anywhere.
    ///
    /// ```
    /// use oauth1_signer::BaseString;
    ///
    /// let base_string = BaseString::from_text("GET&…");
    /// let mut bytes = Vec::new();
    /// base_string.for_each_chunk(|chunk| bytes.extend_from_slice(chunk));
    /// assert_eq!(bytes, "GET&…".as_bytes());
    /// ```
    pub fn for_each_chunk(&self, mut sink: impl FnMut(&[u8])) {
        match &self.0 {
            Source::Text(text) => sink(text.as_bytes()),
            Source::Parts {
                method,
                target,
                parameters,
            } => {
                let mut out = Encoder::for_hash(sink);
                write(method, target, parameters, &mut out);
                out.finish();
            }
        }
    }
}

fn write(method: &str, target: &Target<'_>, parameters: &Parameters<'_>, out: &mut impl Out) {
    if method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        out.literal(method.as_bytes());
    } else {
        // A method may be any token, so it is encoded. Only its letters a to z are converted.
        out.bytes_from(&ONCE, method.bytes().map(|byte| byte.to_ascii_uppercase()));
    }
    out.literal(if target.is_secure() {
        &b"&https%3A%2F%2F"[..]
    } else {
        b"&http%3A%2F%2F"
    });
    out.bytes(&ONCE, target.authority_and_path().as_bytes());
    out.literal(b"&");
    parameters.write(Writer::<InBaseString, _>::new(out));
}

impl<'a> BaseString<'a> {
    /// The base string of a request that is being signed.
    #[inline]
    pub(crate) fn of_draft(draft: &'a Draft<'a>) -> Self {
        let request = draft.request();
        Self::new(
            request.method(),
            request.target(),
            Parameters::of_draft(draft),
        )
    }
}

impl fmt::Display for BaseString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Text(text) => f.write_str(text),
            Source::Parts {
                method,
                target,
                parameters,
            } => encode_to(f, |out| write(method, target, parameters, out)),
        }
    }
}

impl fmt::Debug for BaseString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseString({self})")
    }
}
