//! A URL as it is written (RFC 5849, section 3.4.1.2).
//!
//! The crate `url` would normalize what has to be looked at.

use alloc::{format, string::String};

use crate::encode::encode;

/// The parts of a URL, as they are written. A part that is missing is empty.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::diagnosis) struct Location<'a> {
    pub(in crate::diagnosis) scheme: &'a str,
    pub(in crate::diagnosis) host: &'a str,
    /// Without its colon.
    pub(in crate::diagnosis) port: Option<&'a str>,
    pub(in crate::diagnosis) path: &'a str,
    /// Without its question mark.
    pub(in crate::diagnosis) query: Option<&'a str>,
}

impl<'a> Location<'a> {
    /// Takes a URL apart. The fragment and the user information are left out.
    pub(in crate::diagnosis) fn of(url: &'a str) -> Self {
        let url = url.split_once('#').map_or(url, |(before, _)| before);
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let end = match scheme {
            "" => 0,
            _ => rest.find(['/', '?']).unwrap_or(rest.len()),
        };
        let (authority, behind) = rest.split_at(end);
        let authority = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let (path, query) = match behind.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (behind, None),
        };
        Self {
            scheme,
            host,
            port,
            path,
            query,
        }
    }

    /// Whether it is an absolute http or https URL.
    pub(in crate::diagnosis) fn is_absolute(&self) -> bool {
        let known = ["http", "https"];
        let known = known
            .iter()
            .any(|known| self.scheme.eq_ignore_ascii_case(known));
        known && !self.host.is_empty()
    }

    /// The port, unless it is empty or the scheme's own.
    pub(in crate::diagnosis) fn port_that_counts(&self) -> Option<&'a str> {
        let digits = self.port?.trim_start_matches('0');
        let own = if self.scheme.eq_ignore_ascii_case("https") {
            "443"
        } else {
            "80"
        };
        Some(digits).filter(|digits| !digits.is_empty() && *digits != own)
    }

    /// The base string URI (section 3.4.1.2), with the path as it is written (D9). Bytes that no
    /// client can send as they are, such as a space, are escaped.
    pub(in crate::diagnosis) fn base_uri(&self) -> Option<String> {
        if !self.is_absolute() {
            return None;
        }
        let scheme = self.scheme.to_ascii_lowercase();
        let host = self.host.to_ascii_lowercase();
        let port = self.port_that_counts();
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let path = match self.path {
            "" => String::from("/"),
            path => path.chars().map(in_path).collect(),
        };
        Some(format!("{scheme}://{host}{port}{path}"))
    }
}

fn in_path(character: char) -> String {
    if character.is_ascii_graphic() {
        String::from(character)
    } else {
        encode(String::from(character))
    }
}
