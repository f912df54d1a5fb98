//! The target of a URI ([RFC 5849 §3.4.1.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2)).

use alloc::string::ToString;

use ::http::{Uri, uri::Authority};
use url::Host;

use crate::request::{Target, TargetError, host_and_port};

/// Changes nothing but what RFC 5849, section 3.4.1.2, says: the scheme and the host are in lower
/// case, the default port is left out, and an empty path is `/`. Path and query stay as they are
/// written, because hyper, ureq and tower send them so. User information is left out.
///
/// ```
/// use http::Uri;
/// use oauth1_signer::Target;
///
/// let uri: Uri = "https://API.example.com:443/a/../{b}?q='c'".parse()?;
/// let target = Target::try_from(&uri)?;
/// assert_eq!(target.as_str(), "https://api.example.com/a/../{b}?q='c'");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl TryFrom<&Uri> for Target<'_> {
    type Error = TargetError;

    fn try_from(uri: &Uri) -> Result<Self, TargetError> {
        let (secure, authority) = origin(uri)?;
        written(secure, authority, path_and_query(uri)?)
    }
}

/// See [`Target::try_from`] a reference.
impl TryFrom<Uri> for Target<'_> {
    type Error = TargetError;

    fn try_from(uri: Uri) -> Result<Self, TargetError> {
        (&uri).try_into()
    }
}

/// Whether the scheme is https, and the authority.
fn origin(uri: &Uri) -> Result<(bool, &Authority), TargetError> {
    let secure = match uri.scheme_str() {
        Some("http") => false,
        Some("https") => true,
        Some(_) => return Err(TargetError::Scheme),
        None => return Err(TargetError::Relative),
    };
    Ok((secure, uri.authority().ok_or(TargetError::NoHost)?))
}

/// The target of the path `/` at the same origin.
pub(super) fn root(uri: &Uri) -> Result<Target<'static>, TargetError> {
    let (secure, authority) = origin(uri)?;
    written(secure, authority, "/")
}

/// The path and the query as they are sent, except that the path may be empty.
pub(super) fn path_and_query(uri: &Uri) -> Result<&str, TargetError> {
    let text = uri.path_and_query().map_or("/", |text| text.as_str());
    if let Some(position) = text.bytes().position(|byte| !byte.is_ascii_graphic()) {
        Err(TargetError::NotAscii { position })
    } else if text.starts_with(['/', '?']) {
        Ok(text)
    } else {
        Err(TargetError::Path)
    }
}

pub(super) fn written<'a>(
    secure: bool,
    authority: &Authority,
    path_and_query: &str,
) -> Result<Target<'a>, TargetError> {
    let (host, port) = host_and_port(authority.as_str())?;
    if host.starts_with('[') {
        shortest(host)?;
    }
    Ok(Target::from_written(secure, host, port, path_and_query))
}

/// Some servers bring an IPv6 address into its shortest form before they verify, and others do not.
fn shortest(host: &str) -> Result<(), TargetError> {
    let address = Host::parse(host).map_err(TargetError::Url)?;
    if address.to_string().eq_ignore_ascii_case(host) {
        Ok(())
    } else {
        Err(TargetError::LongIpv6)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use super::*;

    fn base_uri(uri: &str) -> Result<String, TargetError> {
        let uri: Uri = uri.parse().expect("a URI");
        Ok(Target::try_from(&uri)?.base_uri())
    }

    #[test]
    fn an_ipv6_address_is_in_the_form_that_every_server_gives_it() {
        for (written, signed) in [("[::1]", "[::1]"), ("[2001:DB8::A]:80", "[2001:db8::a]")] {
            let base_uri = base_uri(&format!("http://{written}/"));
            assert_eq!(base_uri.as_deref(), Ok(&*format!("http://{signed}/")));
        }
        for long in ["[0:0:0:0:0:0:0:1]", "[::0001]", "[2001:db8:0::a]:8080"] {
            let error = base_uri(&format!("http://{long}/"));
            assert_eq!(error, Err(TargetError::LongIpv6), "{long}");
        }
    }
}
