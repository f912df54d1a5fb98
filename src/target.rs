//! Where a request goes, and the base string URI ([RFC 5849 §3.4.1.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2)).

use alloc::{
    borrow::Cow,
    string::{String, ToString},
};
use core::{convert::Infallible, fmt};

use thiserror::Error;
use url::{ParseError, Position, Url};

/// Where a request goes: scheme, host, port, path and query, as they will be sent.
///
/// A target is made from a [`Url`], which is not parsed again, or from text, which is parsed by
/// the crate `url` as most HTTP clients do, so that what is signed is what is sent. The text of
/// the URL is read and never rewritten. A fragment and user information are left out of what is
/// signed; neither is sent in a request line.
///
/// Anything that becomes a target can be given to [`Request::new`](crate::Request::new) and its
/// sisters directly.
///
/// ```
/// use oauth1_signer::Target;
///
/// let target = Target::try_from("HTTP://EXAMPLE.COM:80/r%20v/X?id=123")?;
/// assert_eq!(target.base_uri(), "http://example.com/r%20v/X");
/// assert_eq!(target.query(), Some("id=123"));
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
#[derive(Clone)]
pub struct Target<'a> {
    /// The whole URL, with an http or https scheme and a path that is not empty.
    url: Cow<'a, str>,
    secure: bool,
    /// Where the host begins. Port and path follow at once.
    host: u32,
    path_end: u32,
    /// Where the query ends: where the path does, if there is not even a `?`.
    query_end: u32,
}

impl<'a> Target<'a> {
    /// The base string URI of RFC 5849, section 3.4.1.2: scheme and host in lower case, the port
    /// unless it is the scheme's own, and the path as it is written.
    ///
    /// ```
    /// use oauth1_signer::Target;
    ///
    /// let target = Target::try_from("https://EXAMPLE.com:443/a%2fb/?c=d#e")?;
    /// assert_eq!(target.base_uri(), "https://example.com/a%2fb/");
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn base_uri(&self) -> String {
        [self.scheme_and_slashes(), self.authority_and_path()].concat()
    }

    /// The URL: what to send the request to, unless the protocol parameters travel in its query.
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
        self.secure
    }

    /// The query as it will be sent, without its `?`; `None` if there is no `?`.
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
        let (path_end, query_end) = (self.path_end as usize, self.query_end as usize);
        (path_end < query_end).then(|| &self.url[path_end + "?".len()..query_end])
    }

    pub(crate) fn scheme_and_slashes(&self) -> &'static str {
        if self.secure { "https://" } else { "http://" }
    }

    pub(crate) fn authority_and_path(&self) -> &str {
        &self.url[self.host as usize..self.path_end as usize]
    }

    /// The URL's text before the query, without `?`.
    pub(crate) fn before_query(&self) -> &str {
        &self.url[..self.path_end as usize]
    }

    /// The URL's text after the query: nothing, or `#` and the fragment.
    pub(crate) fn after_query(&self) -> &str {
        &self.url[self.query_end as usize..]
    }

    #[inline]
    fn new(url: &Url, text: Cow<'a, str>) -> Result<Self, TargetError> {
        // A `Url` with one of these schemes has a host, both in lower case, no default port, and a
        // path that begins with a slash.
        let secure = text.starts_with("https://");
        if !secure && !text.starts_with("http://") {
            return Err(TargetError::Scheme);
        }
        let behind = |part: Option<&str>| part.map_or(0, |part| "#".len() + part.len());
        let query_end = text.len() - behind(url.fragment());
        let path_end = query_end - behind(url.query());
        let host = url[..Position::BeforeHost].len();
        // What comes before it is less.
        let query_end =
            u32::try_from(query_end).map_err(|_| TargetError::Url(ParseError::Overflow))?;
        #[allow(clippy::cast_possible_truncation)]
        Ok(Self {
            secure,
            host: host as u32,
            path_end: path_end as u32,
            query_end,
            url: text,
        })
    }
}

impl<'a> TryFrom<&'a Url> for Target<'a> {
    type Error = TargetError;

    #[inline]
    fn try_from(url: &'a Url) -> Result<Self, TargetError> {
        Self::new(url, Cow::Borrowed(url.as_str()))
    }
}

impl TryFrom<Url> for Target<'_> {
    type Error = TargetError;

    fn try_from(url: Url) -> Result<Self, TargetError> {
        Self::new(&url, Cow::Owned(url.as_str().to_string()))
    }
}

impl TryFrom<&str> for Target<'_> {
    type Error = TargetError;

    fn try_from(url: &str) -> Result<Self, TargetError> {
        Url::parse(url)
            .map_err(|error| match error {
                ParseError::EmptyHost => TargetError::NoHost,
                ParseError::RelativeUrlWithoutBase => TargetError::Relative,
                error => TargetError::Url(error),
            })?
            .try_into()
    }
}

impl TryFrom<String> for Target<'_> {
    type Error = TargetError;

    fn try_from(url: String) -> Result<Self, TargetError> {
        url.as_str().try_into()
    }
}

impl TryFrom<&String> for Target<'_> {
    type Error = TargetError;

    fn try_from(url: &String) -> Result<Self, TargetError> {
        url.as_str().try_into()
    }
}

/// Shows the base string URI: a query may hold what should not be logged, and user information a
/// password.
impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Target").field(&self.base_uri()).finish()
    }
}

/// Why something is no target of a signed request.
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
    /// There is no host to send the request to.
    #[error("the URL has no host")]
    NoHost,
    /// A URL is absolute: it begins with its scheme.
    #[error("the URL does not begin with http:// or https://")]
    Relative,
    /// RFC 5849 defines base string URIs for http and https only.
    #[error("the scheme of the URL is neither http nor https")]
    Scheme,
    /// The text is no absolute URL, or longer than 4 GiB.
    #[error("the URL cannot be parsed: {0}")]
    Url(ParseError),
}

impl From<Infallible> for TargetError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
