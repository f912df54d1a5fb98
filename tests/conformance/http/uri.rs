//! A URI gives a target that is written as the URI is.

use http::{Uri, uri::PathAndQuery};
use oauth1_signer::{
    Request, Target, TargetError,
    http::{Origin, OriginError},
};
use proptest::prelude::*;
use support::{cases, reference};
use url::{ParseError, Url};

use crate::target::urls::{mixture, url};

fn of_uri(text: &str) -> Result<Target<'static>, TargetError> {
    let uri: Uri = text
        .parse()
        .unwrap_or_else(|_| panic!("{text:?} is no URI"));
    Target::try_from(&uri)
}

#[test]
fn a_uri_is_signed_as_it_is_written() {
    for (uri, target) in [
        ("http://a", "http://a/"),
        ("http://a/", "http://a/"),
        ("HTTP://EXAMPLE.com/A", "http://example.com/A"),
        ("https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443/"),
        // An empty path is a slash.
        ("http://a?x=1", "http://a/?x=1"),
        ("http://a?", "http://a/?"),
        ("http://a?/b", "http://a/?/b"),
        ("http://a#b", "http://a/"),
        // Ports are numbers.
        ("http://a:80/", "http://a/"),
        ("http://a:080/", "http://a/"),
        ("http://a:/", "http://a/"),
        ("https://a:443/", "https://a/"),
        ("http://a:443/", "http://a:443/"),
        ("https://a:80/", "https://a:80/"),
        ("http://a:08080/", "http://a:8080/"),
        ("http://a:0/", "http://a:0/"),
        // Neither user information nor a fragment is sent in a request line.
        ("http://user:word@a:81/b?c#d", "http://a:81/b?c"),
        ("http://@a/", "http://a/"),
        ("http://u%40@a/", "http://a/"),
        // `url` would change all of these.
        ("http://a/b/../c/./d", "http://a/b/../c/./d"),
        ("http://a/..", "http://a/.."),
        ("http://a/b/%2E%2e/c", "http://a/b/%2E%2e/c"),
        ("http://a/b\\c", "http://a/b\\c"),
        ("http://a/{id}", "http://a/{id}"),
        ("http://a/b\"c", "http://a/b\"c"),
        ("http://a/?q='x'", "http://a/?q='x'"),
        ("http://192.168.257/", "http://192.168.257/"),
        ("http://0x7F.1/", "http://0x7f.1/"),
        ("http://2130706433/", "http://2130706433/"),
        ("http://xn--a.example/", "http://xn--a.example/"),
        ("http://a_b.example./", "http://a_b.example./"),
        // And none of these.
        ("http://a/%7Efile.json;v=2//", "http://a/%7Efile.json;v=2//"),
        ("http://a/%2f/%", "http://a/%2f/%"),
        ("http://a/?a[b]=c|d&e={f}^`", "http://a/?a[b]=c|d&e={f}^`"),
        ("http://a/?q=a+b%20c", "http://a/?q=a+b%20c"),
        ("http://a/??/", "http://a/??/"),
    ] {
        assert_eq!(of_uri(uri).unwrap().as_str(), target, "{uri}");
        let owned = Target::try_from(uri.parse::<Uri>().unwrap()).unwrap();
        assert_eq!(owned.as_str(), target, "{uri}");
    }
}

#[test]
fn what_no_target_can_be_made_of_is_named() {
    let port = TargetError::Url(ParseError::InvalidPort);
    for (uri, error) in [
        ("/photos", TargetError::Relative),
        ("/", TargetError::Relative),
        ("*", TargetError::Relative),
        ("example.com", TargetError::Relative),
        ("example.com:443", TargetError::Relative),
        ("ftp://example.com/", TargetError::Scheme),
        ("ws://example.com/", TargetError::Scheme),
        ("http://:80/", TargetError::NoHost),
        ("http://user@:80/", TargetError::NoHost),
        ("http://a:65536/", port.clone()),
        ("http://a:b/", port.clone()),
        ("http://a:-1/", port.clone()),
        ("http://[::1]a/", port),
    ] {
        assert_eq!(of_uri(uri).unwrap_err(), error, "{uri}");
    }
}

#[test]
fn a_letter_outside_ascii_is_refused_if_the_uri_has_it() {
    for (uri, position) in [
        ("http://a/ä", 1),
        ("http://a/?q=ä", 4),
        ("http://user@a:80?ä", 1),
    ] {
        // In older versions of the crate, no URI has one.
        if let Ok(uri) = uri.parse::<Uri>() {
            let error = Target::try_from(&uri).unwrap_err();
            assert_eq!(error, TargetError::NotAscii { position }, "{uri}");
        }
    }
}

#[test]
fn an_asterisk_has_no_base_string_uri() {
    let star = PathAndQuery::from_static("*");
    let uri = Uri::builder()
        .scheme("http")
        .authority("a")
        .path_and_query(star);
    let error = Target::try_from(uri.build().unwrap()).unwrap_err();
    assert_eq!(error, TargetError::Path);
    let origin = Origin::new("http://a").unwrap();
    let error = origin.target(&Uri::from_static("*")).unwrap_err();
    assert_eq!(error, OriginError::Target(TargetError::Path));
}

#[test]
fn requests_are_made_of_uris() {
    let uri: Uri = "https://Example.com/a/../b?c=d".parse().unwrap();
    for request in [Request::get(&uri), Request::get(uri.clone())] {
        assert_eq!(request.unwrap().url(), "https://example.com/a/../b?c=d");
    }
}

fn origin(text: &str) -> Origin {
    Origin::new(text).unwrap()
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    let here = origin("https://example.com");
    for same in [
        "https://example.com/",
        "https://EXAMPLE.com:443/a?b#c",
        "https://user:word@example.com",
    ] {
        assert_eq!(origin(same), here, "{same}");
        assert_eq!(origin(same).to_string(), "https://example.com");
        assert_eq!(
            here.target(&same.parse().unwrap()).unwrap().as_str(),
            of_uri(same).unwrap().as_str()
        );
    }
    for other in [
        "http://example.com",
        "http://example.com:443",
        "https://example.com:444",
        "https://example.com.",
        "https://www.example.com",
        "https://example.com.evil.example",
        "https://example.com@evil.example",
        "https://example.comevil",
        "https://example.co",
    ] {
        assert_ne!(origin(other), here, "{other}");
        let uri: Uri = other.parse().unwrap();
        assert_eq!(
            here.target(&uri).unwrap_err(),
            OriginError::Foreign,
            "{other}"
        );
        assert!(!here.is_of(&Target::try_from(&uri).unwrap()), "{other}");
    }
}

#[test]
fn a_relative_uri_is_of_the_origin() {
    for base in ["https://Example.com", "https://example.com:443/base?query"] {
        let origin = origin(base);
        for (uri, target) in [
            ("/", "https://example.com/"),
            ("/a/../b?c", "https://example.com/a/../b?c"),
            // The path begins with two slashes. It is no host.
            ("//evil.example/", "https://example.com//evil.example/"),
            ("/\\evil.example/", "https://example.com/\\evil.example/"),
        ] {
            let uri: Uri = uri.parse().unwrap();
            assert_eq!(origin.target(&uri).unwrap().as_str(), target);
        }
    }
    let with_port = origin("http://[::1]:8080").target(&Uri::from_static("/a"));
    assert_eq!(with_port.unwrap().as_str(), "http://[::1]:8080/a");
}

#[test]
fn an_authority_alone_is_no_relative_uri() {
    let error = origin("https://example.com").target(&Uri::from_static("example.com"));
    assert_eq!(
        error.unwrap_err(),
        OriginError::Target(TargetError::Relative)
    );
}

fn check(text: &str) {
    if let Ok(uri) = text.parse::<Uri>()
        && let Ok(target) = Target::try_from(&uri)
    {
        assert_eq!(target.base_uri(), reference::base_uri(text), "{text:?}");
        assert_eq!(target.query(), uri.query(), "{text:?}");
        let again = of_uri(target.as_str()).unwrap();
        assert_eq!(again.as_str(), target.as_str(), "{text:?}");
        let origin = Origin::from(&target);
        assert_eq!(origin.target(&uri).unwrap().as_str(), target.as_str());
        let relative = uri.path_and_query().unwrap().to_string().parse().unwrap();
        assert_eq!(origin.target(&relative).unwrap().as_str(), target.as_str());
        assert_eq!(
            Origin::new(origin.to_string().parse::<Uri>().unwrap()).unwrap(),
            origin
        );
    }
    // What `url` has written, both read alike.
    if let Ok(url) = Url::parse(text)
        && url.scheme().starts_with("http")
        && let Ok(uri) = url.as_str().parse::<Uri>()
    {
        let (of_url, of_uri) = (Target::try_from(&url), Target::try_from(&uri));
        let text = |target: Result<Target<'_>, _>| target.map(|target| target.as_str().to_owned());
        assert_eq!(text(of_uri), text(of_url), "{url}");
    }
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn any_uri_is_read_as_the_rfc_says(text in url()) {
        check(&text);
    }

    #[test]
    fn any_mixture_is_read_as_the_rfc_says(text in mixture()) {
        check(&text);
    }
}
