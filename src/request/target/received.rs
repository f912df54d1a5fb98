//! The targets of received requests, as they are written ([RFC 5849 §3.4.1.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2)).

use alloc::string::String;

use url::ParseError;

use super::{Target, TargetError, canonical};

/// The crate `url` would resolve dot segments, for example. What was signed is what was sent, and the
/// program that handles the request has to see the same.
impl<'a> Target<'a> {
    /// Reads the URL of a received request without changing its path and query.
    #[inline]
    pub(crate) fn received(url: &'a str) -> Result<Self, TargetError> {
        match canonical::parts(url) {
            Some(parts) => Ok(Self {
                url: url[..parts.end].into(),
                secure: parts.secure,
                path_end: parts.path_end,
            }),
            None => written(url),
        }
    }

    /// The target below a base, which consists of scheme, authority and perhaps a path without a slash
    /// at its end.
    pub(crate) fn received_below(
        base: &str,
        path_and_query: &str,
    ) -> Result<Target<'static>, TargetError> {
        if !path_and_query.starts_with('/') {
            return Err(TargetError::Path);
        }
        // Some servers hand it to the program as a part of the query.
        if path_and_query.contains('#') {
            return Err(TargetError::Fragment);
        }
        let path_and_query = checked(path_and_query)?;
        let mut url = String::with_capacity(base.len() + path_and_query.len());
        url.push_str(base);
        url.push_str(path_and_query);
        let path_end = path_and_query.find('?').map(|query| base.len() + query);
        Ok(Target {
            secure: base.starts_with("https://"),
            path_end: path_end.unwrap_or(url.len()),
            url: url.into(),
        })
    }
}

fn written(url: &str) -> Result<Target<'static>, TargetError> {
    let (scheme, rest) = url.split_once("://").ok_or(TargetError::Relative)?;
    let secure = if scheme.eq_ignore_ascii_case("https") {
        true
    } else if scheme.eq_ignore_ascii_case("http") {
        false
    } else {
        return Err(TargetError::Scheme);
    };
    let authority_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path_and_query) = rest.split_at(authority_end);
    let (host, port) = host_and_port(authority)?;
    let is_valid = match host.strip_prefix('[') {
        Some(address) => address
            .trim_end_matches(']')
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')),
        None => host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!$&'()*+,-.;=_~".contains(&byte)),
    };
    if !is_valid {
        return Err(TargetError::Url(ParseError::InvalidDomainCharacter));
    }
    Ok(Target::from_written(
        secure,
        host,
        port,
        checked(path_and_query)?,
    ))
}

/// Leaves a fragment out, which is never sent, and refuses what cannot be sent.
fn checked(path_and_query: &str) -> Result<&str, TargetError> {
    let end = path_and_query.find('#').unwrap_or(path_and_query.len());
    let path_and_query = &path_and_query[..end];
    match path_and_query
        .bytes()
        .position(|byte| !byte.is_ascii_graphic())
    {
        None => Ok(path_and_query),
        Some(position) => Err(TargetError::NotAscii { position }),
    }
}

/// Splits an authority. User information is left out, an empty port is none, and a port is a number,
/// however it is written.
pub(crate) fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), TargetError> {
    let (_, authority) = authority.rsplit_once('@').unwrap_or(("", authority));
    let host_end = if authority.starts_with('[') {
        let bracket = authority.find(']');
        let bracket = bracket.ok_or(TargetError::Url(ParseError::InvalidIpv6Address))?;
        Some(bracket + "]".len())
    } else {
        authority.find(':')
    };
    let (host, port) = authority.split_at(host_end.unwrap_or(authority.len()));
    if host.is_empty() {
        return Err(TargetError::NoHost);
    }
    let invalid = TargetError::Url(ParseError::InvalidPort);
    match port.strip_prefix(':') {
        Some("") => Ok((host, None)),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits
            .parse()
            .map(|port| (host, Some(port)))
            .map_err(|_| invalid),
        None if port.is_empty() => Ok((host, None)),
        _ => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(url: &str) -> String {
        let target = Target::received(url).expect("a target");
        let query = target.query().map(|query| alloc::format!("?{query}"));
        target.base_uri() + &query.unwrap_or_default()
    }

    #[test]
    fn paths_and_queries_stay_as_they_are_written() {
        for (url, read) in [
            (
                "https://a.example/a/../b?c=d",
                "https://a.example/a/../b?c=d",
            ),
            ("HTTPS://u:p@A.example:443?c#d", "https://a.example/?c"),
            (
                "http://a.example:0443/%2e?'{}#",
                "http://a.example:443/%2e?'{}",
            ),
            ("http://[2001:DB8::A]:/\\", "http://[2001:db8::a]/\\"),
        ] {
            assert_eq!(target(url), read);
        }
    }

    #[test]
    fn a_target_below_a_base_is_joined_to_it() {
        let below = |path| Target::received_below("https://a.example/v1", path);
        let target = below("/a/./b?c=d").expect("a target");
        assert_eq!(target.as_str(), "https://a.example/v1/a/./b?c=d");
        assert_eq!(target.query(), Some("c=d"));
        assert!(target.is_secure());
        for path in ["", "*", "a", "https://a.example/"] {
            assert_eq!(below(path).err(), Some(TargetError::Path), "{path}");
        }
        assert_eq!(below("/a?c=d#e").err(), Some(TargetError::Fragment));
        assert_eq!(
            below("/ü").err(),
            Some(TargetError::NotAscii { position: 1 })
        );
    }

    #[test]
    fn what_is_not_a_url_is_refused() {
        for (url, error) in [
            ("/path", TargetError::Relative),
            ("ftp://a.example/", TargetError::Scheme),
            ("http://:80/", TargetError::NoHost),
            (
                "http://a.example:x/",
                TargetError::Url(ParseError::InvalidPort),
            ),
            (
                "http://a%00/",
                TargetError::Url(ParseError::InvalidDomainCharacter),
            ),
        ] {
            assert_eq!(Target::received(url).err(), Some(error), "{url}");
        }
    }
}
