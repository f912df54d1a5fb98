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

/// The signature base string: what a signature method signs.
///
/// This is a view, without text of its own: method, base string URI and parameters are encoded
/// while they are read, in pieces of some hundred bytes, so that signing a large form takes no
/// memory. `Display` shows it, for comparing it with what a server says it saw.
///
/// ```
/// use oauth1_signer::{BaseString, Parameters, Target};
///
/// let target = Target::try_from("https://api.example.com/photos")?;
/// let parameters = Parameters::from_pairs(&[("title", "a b")]);
/// assert_eq!(
///     BaseString::new("get", &target, parameters).to_string(),
///     "GET&https%3A%2F%2Fapi.example.com%2Fphotos&title%3Da%2520b"
/// );
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
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
    /// Joins a method, in any case, a target and the parameters, which are all that count: those
    /// in the query of the target have to be among them.
    #[must_use]
    #[inline]
    pub fn new(method: &'a str, target: &'a Target<'a>, parameters: Parameters<'a>) -> Self {
        Self(Source::Parts {
            method,
            target,
            parameters,
        })
    }

    /// Takes a text that is already there, as it is: a base string that a server reported, or
    /// something else that a service wants signed with the same key.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, signature_method::{HmacSha1, SigningKey}};
    ///
    /// let key = HmacSha1::new("cs", "ts");
    /// let Ok(signature) = key.sign(&BaseString::from_text("bs"));
    /// assert_eq!(signature.expose_secret(), "VZVjXceV7JgPq/dOTnNmEfO0Fv8=");
    /// ```
    #[must_use]
    pub fn from_text(text: &'a str) -> Self {
        Self(Source::Text(text))
    }

    /// Whether the request goes over https, so that a key may refuse to sign for http. A text that
    /// was given counts as such only if its second part begins with `https://`, encoded.
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

    /// Writes the base string piece by piece, as it would be fed to a hash. Pieces end anywhere.
    ///
    /// ```
    /// use oauth1_signer::BaseString;
    ///
    /// let mut length = 0;
    /// BaseString::from_text("GET&…").for_each_chunk(|bytes| length += bytes.len());
    /// assert_eq!(length, "GET&…".len());
    /// ```
    pub fn for_each_chunk(&self, mut sink: impl FnMut(&[u8])) {
        match &self.0 {
            Source::Text(text) => sink(text.as_bytes()),
            Source::Parts {
                method,
                target,
                parameters,
            } => {
                let mut out = Encoder::new(sink);
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
        // Any token is a method, and only its letters a to z change.
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
    /// All that is signed of a request.
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
