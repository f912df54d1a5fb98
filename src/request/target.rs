//! The target of a request, and the base string URI ([RFC 5849 §3.4.1.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2)).

mod canonical;
mod received;

use alloc::{
    borrow::Cow,
    string::{String, ToString},
};
use core::{convert::Infallible, fmt};

use thiserror::Error;
use url::{ParseError, Position, Url};

#[cfg(feature = "http")]
pub(crate) use self::received::host_and_port;
use crate::encode::encode;

/// The target of a request ([RFC 5849 §3.4.1.2]): scheme, host, port, path and query, as they will
/// be sent.
///
/// A target is made from a [`Url`], from text or, with the feature `http`, from an `http::Uri`.
/// [`Request::get`](crate::Request::get) and the like accept all of them directly.
///
/// A `Url` is not parsed again. Text is read as the crate `url` and most HTTP clients read it, so
/// that the URL that is signed is the one that is sent. Text that `url` would not change is
/// borrowed, and any other text is parsed and copied. A fragment and user information are left out,
/// because neither is sent in a request line.
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
    /// The URL from the scheme, which is http or https, to the query. Its path is not empty, and it
    /// has no user information.
    url: Cow<'a, str>,
    secure: bool,
    /// The position of the `?`, or the length of the URL without one.
    path_end: usize,
}

impl Target<'_> {
    /// The text of the URL, which is what to send the request to. If the protocol parameters travel in
    /// the query, use [`Query::to_url`](crate::Query::to_url) instead.
    ///
    /// ```
    /// use oauth1_signer::Target;
    ///
    /// let target = Target::try_from("https://user@EXAMPLE.com/a b#top")?;
    /// assert_eq!(target.as_str(), "https://example.com/a%20b");
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[inline]
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
        self.url.get(self.path_end + "?".len()..)
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
        scheme_and_slashes(self.secure)
    }

    pub(crate) fn authority_and_path(&self) -> &str {
        &self.url[self.scheme_and_slashes().len()..self.path_end]
    }

    /// The host and the port, unless it is the scheme's default.
    pub(crate) fn authority(&self) -> &str {
        let rest = self.authority_and_path();
        &rest[..rest.find('/').unwrap_or(rest.len())]
    }

    /// The text of the URL before the `?`.
    pub(crate) fn before_query(&self) -> &str {
        &self.url[..self.path_end]
    }

    /// The target with a path and a query as they are written. The host may be in upper case.
    pub(crate) fn from_written(
        secure: bool,
        host: &str,
        port: Option<u16>,
        path_and_query: &str,
    ) -> Self {
        let mut url = [scheme_and_slashes(secure), host].concat();
        url.make_ascii_lowercase();
        let default_port = if secure { 443 } else { 80 };
        if let Some(port) = port.filter(|port| *port != default_port) {
            url.extend([":", &port.to_string()]);
        }
        let path = url.len();
        if !path_and_query.starts_with('/') {
            url.push('/');
        }
        url.push_str(path_and_query);
        Target {
            secure,
            path_end: url[path..]
                .find('?')
                .map_or(url.len(), |query| path + query),
            url: url.into(),
        }
    }

    /// Adds a pair to the end of the query, which becomes one if the URL has none.
    pub(crate) fn push_to_query(&mut self, name: &[u8], value: &[u8]) {
        let url = self.url.to_mut();
        match &url[self.path_end..] {
            "" => url.push('?'),
            // A later question mark belongs to the last value.
            query if query == "?" || query.ends_with('&') => {}
            _ => url.push('&'),
        }
        url.push_str(&encode(name));
        url.push('=');
        url.push_str(&encode(value));
    }
}

fn scheme_and_slashes(secure: bool) -> &'static str {
    if secure { "https://" } else { "http://" }
}

impl<'a> TryFrom<&'a Url> for Target<'a> {
    type Error = TargetError;

    #[inline]
    fn try_from(url: &'a Url) -> Result<Self, TargetError> {
        // With one of these schemes, a `Url` has a host in lower case, no default port, and a path
        // that begins with a slash.
        let secure = url.as_str().starts_with("https://");
        if !secure && !url.as_str().starts_with("http://") {
            // The scheme of `localhost:8080/photos` is its host.
            let is_relative = !url.has_authority();
            return Err(if is_relative {
                TargetError::Relative
            } else {
                TargetError::Scheme
            });
        }
        let query = url.query();
        let has_user = url[..Position::BeforeHost].len() > scheme_and_slashes(secure).len();
        let url: Cow<'a, str> = if has_user {
            let host_to_query = &url[Position::BeforeHost..Position::AfterQuery];
            [scheme_and_slashes(secure), host_to_query].concat().into()
        } else {
            url[..Position::AfterQuery].into()
        };
        let query = query.map_or(0, |query| "?".len() + query.len());
        Ok(Self {
            secure,
            path_end: url.len() - query,
            url,
        })
    }
}

impl TryFrom<Url> for Target<'_> {
    type Error = TargetError;

    fn try_from(url: Url) -> Result<Self, TargetError> {
        let Target {
            url: text,
            secure,
            path_end,
        } = Target::try_from(&url)?;
        let text = match text {
            Cow::Borrowed(text) => {
                let end = text.len();
                let mut text = String::from(url);
                text.truncate(end);
                text
            }
            Cow::Owned(text) => text,
        };
        Ok(Self {
            url: text.into(),
            secure,
            path_end,
        })
    }
}

impl<'a> TryFrom<&'a str> for Target<'a> {
    type Error = TargetError;

    #[inline]
    fn try_from(url: &'a str) -> Result<Self, TargetError> {
        match canonical::parts(url) {
            Some(parts) => Ok(Self {
                url: url[..parts.end].into(),
                secure: parts.secure,
                path_end: parts.path_end,
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

    fn try_from(mut url: String) -> Result<Self, TargetError> {
        match canonical::parts(&url) {
            Some(parts) => {
                url.truncate(parts.end);
                Ok(Self {
                    url: url.into(),
                    secure: parts.secure,
                    path_end: parts.path_end,
                })
            }
            None => parse(&url),
        }
    }
}

fn parse(url: &str) -> Result<Target<'static>, TargetError> {
    let url = Url::parse(url).map_err(|error| match error {
        ParseError::EmptyHost => TargetError::NoHost,
        ParseError::Overflow => TargetError::TooLong,
        ParseError::RelativeUrlWithoutBase => TargetError::Relative,
        error => TargetError::Url(error),
    })?;
    url.try_into()
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
    /// The path or the query of a received request has a `#`. A fragment is never sent, and what a
    /// server that finds one takes for the query would not be what was signed.
    #[error("the path and query has a `#`, which a client has to percent-encode")]
    Fragment,
    /// The IPv6 address of an `http::Uri` is not in its shortest form, into which some servers bring
    /// it before they verify. Needs the feature `http`.
    #[cfg(feature = "http")]
    #[error(
        "the IPv6 address is not in its shortest form: write [::1] in place of [0:0:0:0:0:0:0:1]"
    )]
    LongIpv6,
    /// The URL has no host to send the request to.
    #[error("the URL has no host")]
    NoHost,
    /// The path or the query of an `http::Uri` or of a received request has a byte that is not visible
    /// ASCII, which servers decode differently. Percent-encode it.
    #[error("byte {position} of the path and query is not visible ASCII: percent-encode it")]
    NotAscii {
        /// The number of bytes before it, from the start of the path.
        position: usize,
    },
    /// The path of an `http::Uri` or of a received request does not begin with a slash. That of `*` has
    /// no base string URI.
    #[error("the path of the URL does not begin with a slash")]
    Path,
    /// The URL is relative, but it must begin with `http://` or `https://`.
    #[error("the URL does not begin with http:// or https://")]
    Relative,
    /// The scheme is neither http nor https, the only ones for which [RFC 5849 §3.4.1.2] defines a
    /// base string URI.
    ///
    /// [RFC 5849 §3.4.1.2]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2
    #[error("the scheme of the URL is neither http nor https")]
    Scheme,
    /// The URL has more than [`u32::MAX`] bytes, and the crate `url` would have to rewrite it.
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
