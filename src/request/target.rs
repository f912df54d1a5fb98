//! The target of a request, and the base string URI ([RFC 5849 §3.4.1.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2)).

mod canonical;

use alloc::{borrow::Cow, string::String};
use core::{convert::Infallible, fmt};

use thiserror::Error;
use url::{ParseError, Position, Url};

/// The target of a request ([RFC 5849 §3.4.1.2]): scheme, host, port, path and query, as they will
/// be sent.
///
/// A target is made from a [`Url`] or from text. [`Request::get`](crate::Request::get) and the like
/// accept both directly.
///
/// A `Url` is not parsed again. Text is read as the crate `url` and most HTTP clients read it, so
/// that the URL that is signed is the one that is sent. Text that `url` would not change is
/// borrowed, and any other text is parsed and copied. The fragment and user information are not
/// signed, because HTTP clients do not send them in the request line.
///
/// ```
/// use oauth1_signer::Target;
///
/// let target = Target::try_from("HTTP://EXAMPLE.COM:80/r%20v/X?id=123")?;
/// assert_eq!(target.base_uri(), "http://example.com/r%20v/X");
/// assert_eq!(target.query(), Some("id=123"));
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
///
/// [RFC 5849 §3.4.1.2]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2
#[derive(Clone)]
pub struct Target<'a> {
    /// The whole URL. Its scheme is http or https, and its path is not empty.
    url: Cow<'a, str>,
    parts: Parts,
}

/// The positions of a URL's parts in its text.
#[derive(Clone, Copy)]
struct Parts {
    secure: bool,
    /// The start of the host, which is followed by the port and the path.
    host: u32,
    path_end: u32,
    /// The end of the query, or `path_end` if there is not even a `?`.
    query_end: u32,
}

impl Target<'_> {
    /// The text of the URL, which is what to send the request to. It keeps the fragment and the user
    /// information if it has any; HTTP clients send neither in the request line. If the protocol
    /// parameters travel in the query, use [`Query::to_url`](crate::Query::to_url) instead.
    ///
    /// ```
    /// use oauth1_signer::Target;
    ///
    /// let target = Target::try_from("https://EXAMPLE.com/a b")?;
    /// assert_eq!(target.as_str(), "https://example.com/a%20b");
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The query as it will be sent, without the `?`, or `None` if the URL has no `?`.
    ///
    /// ```
    /// use oauth1_signer::Target;
    ///
    /// assert_eq!(Target::try_from("https://example.com/?q=a+b#c")?.query(), Some("q=a+b"));
    /// assert_eq!(Target::try_from("https://example.com/?")?.query(), Some(""));
    /// assert_eq!(Target::try_from("https://example.com/")?.query(), None);
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        let (path_end, query_end) = (self.parts.path_end as usize, self.parts.query_end as usize);
        (path_end < query_end).then(|| &self.url[path_end + "?".len()..query_end])
    }

    /// Whether the scheme is https.
    ///
    /// ```
    /// use oauth1_signer::Target;
    ///
    /// assert!(Target::try_from("https://example.com/")?.is_secure());
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.parts.secure
    }

    /// The base string URI ([RFC 5849 §3.4.1.2]): scheme and host in lower case, the port unless it
    /// is the scheme's default, and the path as it is written.
    ///
    /// ```
    /// use oauth1_signer::Target;
    ///
    /// let target = Target::try_from("https://EXAMPLE.com:443/a%2fb/?c=d#e")?;
    /// assert_eq!(target.base_uri(), "https://example.com/a%2fb/");
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    ///
    /// [RFC 5849 §3.4.1.2]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2
    #[must_use]
    pub fn base_uri(&self) -> String {
        [self.scheme_and_slashes(), self.authority_and_path()].concat()
    }

    pub(crate) fn scheme_and_slashes(&self) -> &'static str {
        if self.parts.secure {
            "https://"
        } else {
            "http://"
        }
    }

    pub(crate) fn authority_and_path(&self) -> &str {
        &self.url[self.parts.host as usize..self.parts.path_end as usize]
    }

    /// The text of the URL before the `?`.
    pub(crate) fn before_query(&self) -> &str {
        &self.url[..self.parts.path_end as usize]
    }

    /// The text of the URL after the query: nothing, or `#` and the fragment.
    pub(crate) fn after_query(&self) -> &str {
        &self.url[self.parts.query_end as usize..]
    }
}

impl Parts {
    #[inline]
    fn of(url: &Url) -> Result<Self, TargetError> {
        // With one of these schemes, a `Url` has a host in lower case, no default port, and a path
        // that begins with a slash.
        let text = url.as_str();
        let secure = text.starts_with("https://");
        if !secure && !text.starts_with("http://") {
            return Err(TargetError::Scheme);
        }
        if text.len() > LONGEST {
            return Err(TargetError::TooLong);
        }
        let behind = |part: Option<&str>| part.map_or(0, |part| "#".len() + part.len());
        let query_end = text.len() - behind(url.fragment());
        let path_end = query_end - behind(url.query());
        let host = url[..Position::BeforeHost].len();
        Ok(Self::new(secure, host, path_end, query_end))
    }

    /// The positions must not exceed [`LONGEST`].
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    fn new(secure: bool, host: usize, path_end: usize, query_end: usize) -> Self {
        Self {
            secure,
            host: host as u32,
            path_end: path_end as u32,
            query_end: query_end as u32,
        }
    }
}

/// The length of the longest URL whose positions fit into a `u32`.
const LONGEST: usize = u32::MAX as usize;

impl<'a> TryFrom<&'a Url> for Target<'a> {
    type Error = TargetError;

    #[inline]
    fn try_from(url: &'a Url) -> Result<Self, TargetError> {
        Ok(Self {
            parts: Parts::of(url)?,
            url: Cow::Borrowed(url.as_str()),
        })
    }
}

impl TryFrom<Url> for Target<'_> {
    type Error = TargetError;

    fn try_from(url: Url) -> Result<Self, TargetError> {
        Ok(Self {
            parts: Parts::of(&url)?,
            url: Cow::Owned(url.into()),
        })
    }
}

impl<'a> TryFrom<&'a str> for Target<'a> {
    type Error = TargetError;

    #[inline]
    fn try_from(url: &'a str) -> Result<Self, TargetError> {
        match canonical::parts(url) {
            Some(parts) => Ok(Self {
                url: Cow::Borrowed(url),
                parts,
            }),
            None => parse(url),
        }
    }
}

impl<'a> TryFrom<&'a String> for Target<'a> {
    type Error = TargetError;

    #[inline]
    fn try_from(url: &'a String) -> Result<Self, TargetError> {
        url.as_str().try_into()
    }
}

impl TryFrom<String> for Target<'_> {
    type Error = TargetError;

    fn try_from(url: String) -> Result<Self, TargetError> {
        match canonical::parts(&url) {
            Some(parts) => Ok(Self {
                url: Cow::Owned(url),
                parts,
            }),
            None => parse(&url),
        }
    }
}

fn parse(url: &str) -> Result<Target<'static>, TargetError> {
    if url.len() > LONGEST {
        return Err(TargetError::TooLong);
    }
    Url::parse(url)
        .map_err(|error| match error {
            ParseError::EmptyHost => TargetError::NoHost,
            ParseError::Overflow => TargetError::TooLong,
            ParseError::RelativeUrlWithoutBase => TargetError::Relative,
            error => TargetError::Url(error),
        })?
        .try_into()
}

/// Shows the base string URI only, because the query and the user information may contain secrets.
impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Target").field(&self.base_uri()).finish()
    }
}

/// An error in a URL that cannot be the target of a signed request.
///
/// ```
/// use oauth1_signer::{Target, TargetError};
///
/// let error = Target::try_from("ftp://example.com/").unwrap_err();
/// assert_eq!(error, TargetError::Scheme);
/// assert_eq!(error.to_string(), "the scheme of the URL is neither http nor https");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum TargetError {
    /// The URL has no host to send the request to.
    #[error("the URL has no host")]
    NoHost,
    /// The URL is relative, but it must begin with `http://` or `https://`.
    #[error("the URL does not begin with http:// or https://")]
    Relative,
    /// The scheme is neither http nor https, the only ones for which [RFC 5849 §3.4.1.2] defines a
    /// base string URI.
    ///
    /// [RFC 5849 §3.4.1.2]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2
    #[error("the scheme of the URL is neither http nor https")]
    Scheme,
    /// The URL has more than [`u32::MAX`] bytes.
    #[error("the URL is longer than 4 GiB")]
    TooLong,
    /// The text is not a valid URL.
    #[error("the URL cannot be parsed: {0}")]
    Url(ParseError),
}

impl From<Infallible> for TargetError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
