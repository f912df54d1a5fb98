//! An origin (RFC 6454, section 4).

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use ::http::Uri;
use thiserror::Error;

use super::uri::{path_and_query, root};
use crate::request::{Target, TargetError};

/// Where a signer's requests go: scheme, host and port (RFC 6454, section 4).
///
/// ```
/// use http::Uri;
/// use oauth1_signer::http::{Origin, OriginError};
///
/// let origin = Origin::new("https://api.example.com")?;
/// let target = origin.target(&Uri::from_static("/photos?size=original"))?;
/// assert_eq!(target.as_str(), "https://api.example.com/photos?size=original");
///
/// let elsewhere = Uri::from_static("https://files.example.com/photos");
/// assert_eq!(origin.target(&elsewhere).unwrap_err(), OriginError::Foreign);
/// # Ok::<(), OriginError>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Origin {
    secure: bool,
    /// Host and port as a target writes them: in lower case, and without a default port.
    authority: String,
}

impl Origin {
    /// The origin of a URL, which is text, a `Url`, an [`http::Uri`](Uri) or a [`Target`]. Path and
    /// query do not matter.
    ///
    /// # Errors
    ///
    /// [`TargetError`] if the text is not an absolute http or https URL.
    ///
    /// ```
    /// use oauth1_signer::http::Origin;
    ///
    /// let origin = Origin::new("https://API.example.com:443/v1/")?;
    /// assert_eq!(origin, Origin::new("https://api.example.com")?);
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    pub fn new<'a, T>(url: T) -> Result<Self, TargetError>
    where
        T: TryInto<Target<'a>, Error: Into<TargetError>>,
    {
        Ok(Self::from(&url.try_into().map_err(Into::into)?))
    }

    /// The host and the port, if it is not the scheme's own, for a `Host` header: hyper's connections
    /// do not add one.
    ///
    /// ```
    /// use oauth1_signer::http::Origin;
    ///
    /// assert_eq!(Origin::new("https://API.example.com/v1/")?.authority(), "api.example.com");
    /// assert_eq!(Origin::new("http://127.0.0.1:8080")?.authority(), "127.0.0.1:8080");
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether a target has this scheme, host and port.
    ///
    /// ```
    /// use oauth1_signer::{Target, http::Origin};
    ///
    /// let origin = Origin::new("https://api.example.com")?;
    /// assert!(origin.is_of(&Target::try_from("https://api.example.com/photos")?));
    /// assert!(!origin.is_of(&Target::try_from("http://api.example.com/photos")?));
    /// # Ok::<(), oauth1_signer::TargetError>(())
    /// ```
    #[must_use]
    pub fn is_of(&self, target: &Target<'_>) -> bool {
        self.secure == target.is_secure() && self.authority == target.authority()
    }

    /// The target of a URI: a relative one is of this origin, and an absolute one must be.
    ///
    /// # Errors
    ///
    /// [`OriginError::Foreign`] if the URI is of another origin, and [`OriginError::Target`] if it
    /// cannot be signed.
    ///
    /// ```
    /// use http::Uri;
    /// use oauth1_signer::http::Origin;
    ///
    /// let origin = Origin::new("https://api.example.com")?;
    /// let uri: Uri = "/photos?size=original".parse()?;
    /// assert_eq!(origin.target(&uri)?.base_uri(), "https://api.example.com/photos");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn target(&self, uri: &Uri) -> Result<Target<'static>, OriginError> {
        if uri.scheme().is_none() && uri.authority().is_none() {
            let path_and_query = path_and_query(uri)?;
            return Ok(Target::from_written(
                self.secure,
                &self.authority,
                None,
                path_and_query,
            ));
        }
        match root(uri) {
            Ok(root) if self.is_of(&root) => Ok(Target::try_from(uri)?),
            // Neither can be told from an own one.
            Err(error @ (TargetError::LongIpv6 | TargetError::Relative)) => Err(error.into()),
            // Even if it cannot be signed, a foreign URI is foreign.
            _ => Err(OriginError::Foreign),
        }
    }
}

impl From<&Target<'_>> for Origin {
    fn from(target: &Target<'_>) -> Self {
        Self {
            secure: target.is_secure(),
            authority: target.authority().to_owned(),
        }
    }
}

/// Writes the origin without a slash at its end, as in `https://api.example.com:8443`.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.authority)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({self})")
    }
}

/// Why a URI has no target of an [`Origin`].
///
/// ```
/// use http::Uri;
/// use oauth1_signer::http::Origin;
///
/// let origin = Origin::new("https://api.example.com")?;
/// let error = origin.target(&Uri::from_static("https://example.com/")).unwrap_err();
/// assert_eq!(error.to_string(), "the request goes to another origin than the signer is for");
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum OriginError {
    /// The URI is of another origin.
    #[error("the request goes to another origin than the signer is for")]
    Foreign,
    /// The URI cannot be the target of a signed request.
    #[error(transparent)]
    Target(#[from] TargetError),
}
