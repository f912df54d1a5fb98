//! The way of the user: to the service, and back.

use oauth1_signer::flow::{Endpoints, EndpointsError, Flow, Redirect, RedirectError};
use oauth1_signer::{Consumer, Temporary};
use proptest::prelude::*;
use support::samples::ENDPOINT;

#[test]
fn endpoints_are_checked() {
    for (temporary, authorize, token, text) in [
        (
            "x",
            ENDPOINT,
            ENDPOINT,
            "the endpoint for temporary credentials: the URL does not begin with http:// or https://",
        ),
        (
            ENDPOINT,
            "mailto:a@example.com",
            ENDPOINT,
            "the endpoint for authorization: the URL does not begin with http:// or https://",
        ),
        (
            ENDPOINT,
            "https://",
            ENDPOINT,
            "the endpoint for authorization: the URL has no host",
        ),
        (
            ENDPOINT,
            ENDPOINT,
            "https://example.com/?oauth_nonce=1",
            "the endpoint for tokens: oauth_nonce is already in the query: oauth_* parameters are added by the signer; is this signed already?",
        ),
    ] {
        let error: EndpointsError = Endpoints::new(temporary, authorize, token).unwrap_err();
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn the_users_url_keeps_what_it_has() {
    let temporary = Temporary::new("a b/c", "secret");
    for (endpoint, url) in [
        ("https://e.com/?", "https://e.com/?oauth_token=a%20b%2Fc"),
        ("https://e.com", "https://e.com/?oauth_token=a%20b%2Fc"),
        (
            "https://e.com/?a=b",
            "https://e.com/?a=b&oauth_token=a%20b%2Fc",
        ),
        (
            "https://e.com/?a=b&#top",
            "https://e.com/?a=b&oauth_token=a%20b%2Fc#top",
        ),
    ] {
        let endpoints = Endpoints::new(ENDPOINT, endpoint, ENDPOINT).unwrap();
        let flow = Flow::new(Consumer::new("key", "secret"), endpoints);
        assert_eq!(flow.authorize_url(&temporary, &[]), url);
    }
}

#[test]
fn a_redirect_gives_its_code_or_says_why_not() {
    let temporary = Temporary::new("t+1", "secret");
    for (url, result) in [
        ("http://x/?oauth_token=t%2B1&oauth_verifier=a+b", Ok("a b")),
        ("/?x=%zz&oauth_verifier=&oauth_token=t%2B1", Ok("")),
        (
            "app:cb?denied=1&oauth_token=t%2B1&oauth_verifier=c#x?y",
            Ok("c"),
        ),
        (
            "?oauth_token=t1&oauth_verifier=c",
            Err(RedirectError::TokenMismatch),
        ),
        ("?oauth_token=t%2B1", Err(RedirectError::NoCode)),
        ("?oauth_verifier=c", Err(RedirectError::NoToken)),
        ("oauth_token=t%2B1&oauth_verifier=c", Ok("c")),
        ("oauth_token=t%2B1&oauth_verifier=c&u=/?a:b#d", Ok("c")),
        ("?oauth_token=t%2B1&oauth_verifier=c", Ok("c")),
        ("/cb?oauth_token=t%2B1&oauth_verifier=c", Ok("c")),
        ("cb?oauth_token=t%2B1&oauth_verifier=c", Ok("c")),
        ("&x&oauth_verifier=c&oauth_token=t%2B1", Ok("c")),
        ("denied=t%2B1", Err(RedirectError::Denied)),
        (
            "/oauth_token=t%2B1&oauth_verifier=c",
            Err(RedirectError::NoToken),
        ),
        (
            "app:oauth_token=t%2B1&oauth_verifier=c",
            Err(RedirectError::NoToken),
        ),
        ("https://example.com", Err(RedirectError::NoToken)),
        (
            "#?oauth_token=t&oauth_verifier=c",
            Err(RedirectError::NoToken),
        ),
        ("", Err(RedirectError::NoToken)),
        ("?denied=t%2B1", Err(RedirectError::Denied)),
        ("?oauth_token=t%2B1&denied", Err(RedirectError::Denied)),
        (
            "?oauth_problem=permission_denied",
            Err(RedirectError::Denied),
        ),
        (
            "?oauth_problem=user_refused&oauth_token=t%2B1",
            Err(RedirectError::Denied),
        ),
        (
            "?oauth_token=%FF&oauth_verifier=c",
            Err(RedirectError::Malformed {
                name: "oauth_token",
            }),
        ),
        (
            "?oauth_token=t&oauth_verifier=1&oauth_verifier=2",
            Err(RedirectError::Duplicate {
                name: "oauth_verifier",
            }),
        ),
    ] {
        let code = Redirect::parse(url).and_then(|redirect| redirect.code_for(&temporary));
        let code = code.map(|code| code.expose_secret().to_owned());
        assert_eq!(code, result.map(str::to_owned), "{url}");
    }
    let error = Redirect::parse("?oauth_problem=token_expired").unwrap_err();
    assert_eq!(error.to_string(), "the service reports token_expired");
    for (error, text) in [
        (RedirectError::Denied, "the user refused the authorization"),
        (RedirectError::NoCode, "the redirect has no oauth_verifier"),
        (RedirectError::NoToken, "the redirect has no oauth_token"),
        (
            RedirectError::TokenMismatch,
            "the oauth_token of the redirect is not that of the temporary credentials",
        ),
        (
            RedirectError::Duplicate {
                name: "oauth_token",
            },
            "oauth_token occurs twice in the redirect",
        ),
        (
            RedirectError::Malformed {
                name: "oauth_token",
            },
            "oauth_token of the redirect is malformed",
        ),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

proptest! {
    #[test]
    fn reading_never_panics(
        any in "\\PC*",
        alike in "(\\?|#|&|=|%|%2|oauth_token|oauth_verifier|oauth_problem|denied|é){0,20}",
    ) {
        for url in [any, alike] {
            match Redirect::parse(&url) {
                Ok(redirect) => drop(redirect.code_for(&Temporary::new("", ""))),
                Err(error) => drop((error.to_string(), format!("{error:?}"))),
            }
        }
    }
}
