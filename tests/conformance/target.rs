//! Text gives the target that `url` would make of it, and is borrowed if `url` would not change it.

use oauth1_signer::{Target, TargetError};
use proptest::{prelude::*, sample::select};
use support::cases;
use url::{ParseError, Url};

use self::urls::{SCHEMES, mixture, url};

pub(crate) mod urls;

/// Compares with a target made from a parsed `Url`.
#[track_caller]
fn check(text: &str) {
    let target = Target::try_from(text);
    let owned = Target::try_from(text.to_owned());
    let is_borrowed = target.as_ref().is_ok_and(|target| stands_in(target, text));
    match Url::parse(text) {
        Ok(url) => {
            let is_canonical = url.as_str() == text;
            let parsed = Target::try_from(&url);
            assert_eq!(views(&target), views(&parsed), "{text:?}");
            assert_eq!(views(&owned), views(&parsed), "{text:?}");
            assert_eq!(
                is_borrowed,
                is_canonical && parsed.is_ok() && !is_left_to_url(&url),
                "{text:?} is borrowed: {is_borrowed}"
            );
        }
        Err(error) => {
            let expected = match error {
                ParseError::EmptyHost => TargetError::NoHost,
                ParseError::RelativeUrlWithoutBase => TargetError::Relative,
                error => TargetError::Url(error),
            };
            assert_eq!(views(&target), Err(&expected), "{text:?}");
            assert_eq!(views(&owned), Err(&expected), "{text:?}");
        }
    }
}

type Views<'t> = (&'t str, String, Option<&'t str>, bool);

fn views<'t>(target: &'t Result<Target<'_>, TargetError>) -> Result<Views<'t>, &'t TargetError> {
    target.as_ref().map(|target| {
        let (url, base_uri) = (target.as_str(), target.base_uri());
        (url, base_uri, target.query(), target.is_secure())
    })
}

fn stands_in(target: &Target<'_>, text: &str) -> bool {
    target.as_str().as_ptr() == text.as_ptr()
}

/// Whether a URL is parsed although that does not change it.
fn is_left_to_url(url: &Url) -> bool {
    let host = url.host_str().unwrap();
    let has_plain_host = host.split('.').all(|label| {
        let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        !label.is_empty() && !label.starts_with("xn--") && label.bytes().all(is_plain)
    });
    let last_label = host.rsplit('.').next().unwrap();
    let may_be_dots =
        |segment: &str| segment.starts_with(".%") || segment.to_lowercase().starts_with("%2e");
    !has_plain_host
        || last_label.starts_with(|first: char| first.is_ascii_digit())
        || !url.username().is_empty()
        || url.password().is_some()
        || url.port() == Some(0)
        || url.path().contains('^')
        || url.path().split('/').any(may_be_dots)
}

#[test]
fn text_that_url_would_not_change_is_borrowed() {
    for text in [
        "http://a/",
        "https://example.com/photos?size=original",
        "https://api-2.example.co.uk:8443/1.1/a//b/.well-known/%7Efile.json;v=2",
        "https://example.com/?",
        "https://example.com/?filter[name]=a|b&q={x}^`\\@:/?",
        "https://example.com/100%?q=%&r=%zz#%#?{}'",
        "http://3com.example:1/'()*,;=:@!$&+",
        "http://example.com:65535/...",
    ] {
        check(text);
        assert!(stands_in(&Target::try_from(text).unwrap(), text), "{text}");
        let string = text.to_owned();
        assert!(stands_in(&Target::try_from(&string).unwrap(), &string));
        let start = string.as_ptr();
        assert_eq!(Target::try_from(string).unwrap().as_str().as_ptr(), start);
    }
}

#[test]
fn other_text_is_parsed() {
    for (text, url) in [
        ("HTTP://example.com/", "http://example.com/"),
        ("http://Example.com/", "http://example.com/"),
        ("http:example.com/", "http://example.com/"),
        ("http://example.com", "http://example.com/"),
        ("http://example.com?a#b", "http://example.com/?a"),
        ("http://example.com:80/", "http://example.com/"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:/", "http://example.com/"),
        ("http://example.com:08080/", "http://example.com:8080/"),
        ("http://192.168.257/", "http://192.168.1.1/"),
        ("http://a.0x7f.1./", "invalid IPv4 address"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://[0::1]/", "http://[::1]/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://xn--a.example/", "invalid international domain name"),
        ("http://user:@example.com/", "http://example.com/"),
        ("http://a/b/../c/./d", "http://a/c/d"),
        ("http://a/b/%2E%2e/c/%2e", "http://a/c/"),
        ("http://a/b/.%2E", "http://a/"),
        ("http://a\\b", "http://a/b"),
        ("http://a/b c", "http://a/b%20c"),
        ("http://a/{b}", "http://a/%7Bb%7D"),
        ("http://a/?q='b'", "http://a/?q=%27b%27"),
        (" http://a/ ", "http://a/"),
        ("http://a/b\n/c", "http://a/b/c"),
    ] {
        check(text);
        match Target::try_from(text) {
            Ok(target) => assert_eq!(target.as_str(), url),
            Err(error) => {
                assert_eq!(
                    error.to_string(),
                    format!("the URL cannot be parsed: {url}")
                );
            }
        }
    }
}

#[test]
fn every_character_at_every_place() {
    for template in [
        "https://ab.c0/d.e/f?g=h&i#j",
        "http://a-1.b:8080/.c/..d/%2fe//?f%2e?/#g#?",
    ] {
        for place in 0..=template.len() {
            let (before, after) = template.split_at(place);
            let other = "\u{80}\u{a0}ä\u{ad}\u{130}\u{3002}\u{ff0e}\u{ff21}\u{feff}\u{1f600}";
            for character in ('\0'..='\x7f').chain(other.chars()) {
                check(&format!("{before}{character}{after}"));
                if !after.is_empty() {
                    check(&format!("{before}{character}{}", &after[1..]));
                }
            }
            for dot in [
                "%2e", "%2E", "%2f", "..", "/.", "./", "/..", "../", "/%2e", "%2e/",
            ] {
                check(&format!("{before}{dot}{after}"));
            }
        }
    }
}

#[test]
fn every_two_characters_in_a_short_url() {
    for first in '\0'..='\x7f' {
        for second in '\0'..='\x7f' {
            check(&format!("http://{first}{second}/"));
            check(&format!("http://a{first}{second}b/"));
            check(&format!("https://a.b{first}{second}"));
            check(&format!("https://a/{first}{second}"));
        }
    }
}

#[test]
fn every_short_host_of_characters_with_a_meaning() {
    let characters = ["0", "7", "8", "x", "n", "-", ".", "%"];
    for number in 0..characters.len().pow(5) {
        let mut number = number;
        let mut host = String::new();
        for _ in 0..5 {
            host.push_str(characters[number % characters.len()]);
            number /= characters.len();
        }
        check(&format!("http://{host}/"));
    }
}

#[test]
fn every_kind_of_port() {
    for scheme in ["http", "https"] {
        for port in (0..=1_000).chain(65_000..=66_000) {
            check(&format!("{scheme}://a:{port}/"));
        }
        for port in [
            "",
            "00",
            "080",
            "0443",
            "+1",
            "-1",
            " 1",
            "1 ",
            "1a",
            "4294967376",
        ] {
            check(&format!("{scheme}://a:{port}/"));
        }
    }
}

/// Blocks of the query are compared as a whole.
#[test]
fn every_character_at_every_place_of_a_long_query() {
    let query = "a=b&".repeat(25);
    for place in 0..query.len() {
        let (before, after) = query.split_at(place);
        for character in '\0'..='\u{ff}' {
            check(&format!("http://a/?{before}{character}{after}"));
        }
    }
}

#[test]
#[cfg(target_pointer_width = "64")]
#[ignore = "takes 16 GiB of memory"]
fn text_of_more_than_4_gib_is_too_long() {
    // In upper case, so that it has to be parsed.
    let text = format!("HTTP://example.com/{}?", "a".repeat(1 << 32));
    assert_eq!(Target::try_from(&text).unwrap_err(), TargetError::TooLong);
    assert_eq!(Target::try_from(text).unwrap_err(), TargetError::TooLong);
}

#[test]
fn url_that_is_too_long_says_so() {
    let error = TargetError::TooLong;
    assert_eq!(error.to_string(), "the URL is longer than 4 GiB");
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn any_url_is_read_as_url_reads_it(text in url()) {
        check(&text);
    }

    #[test]
    fn any_mixture_is_read_as_url_reads_it(text in mixture()) {
        check(&text);
    }

    #[test]
    fn any_text_is_read_as_url_reads_it(text: String, scheme in select(SCHEMES)) {
        check(&text);
        check(&format!("{scheme}{text}"));
    }
}
