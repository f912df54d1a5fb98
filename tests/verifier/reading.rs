//! What is refused before anything is verified, with every text word for word.

use oauth1_signer::{
    AuthorizationError, AuthorizationParameters, Placement, TargetError,
    verifier::{Body, Incoming, IncomingError, Policy},
};

use crate::wire::{Wire, verifier};

fn header_error(header: &str) -> String {
    let error = AuthorizationParameters::parse(header).unwrap_err();
    // Reading a request finds the same.
    let incoming = Incoming::read("GET", "https://a.example/", Some(header), Body::none());
    match (&error, incoming.unwrap_err()) {
        (AuthorizationError::Scheme, IncomingError::NotSigned) => {}
        (error, other) => assert_eq!(other, error.clone().into()),
    }
    error.to_string()
}

const HEADERS: [(&str, &str); 28] = [
    (
        "Bearer abc",
        "the scheme of the Authorization header is not OAuth",
    ),
    ("", "the scheme of the Authorization header is not OAuth"),
    (
        "OAuthx=\"y\"",
        "the scheme of the Authorization header is not OAuth",
    ),
    (
        "OAuth a=b",
        "byte 8 of the Authorization header: a quotation mark is missing",
    ),
    (
        "OAuth a=\"b",
        "byte 10 of the Authorization header: a quotation mark is missing",
    ),
    (
        "OAuth a=\"b%",
        "byte 10 of the Authorization header: malformed percent escape",
    ),
    (
        "OAuth a=\"%zz\"",
        "byte 9 of the Authorization header: malformed percent escape",
    ),
    (
        "OAuth a%4=\"\"",
        "byte 7 of the Authorization header: malformed percent escape",
    ),
    (
        "OAuth a = \"b\"",
        "byte 7 of the Authorization header: an equals sign is missing",
    ),
    (
        "OAuth a",
        "byte 7 of the Authorization header: an equals sign is missing",
    ),
    (
        "OAuth =\"b\"",
        "byte 6 of the Authorization header: the name of a parameter is missing",
    ),
    (
        "OAuth a=\"b\" c=\"d\"",
        "byte 12 of the Authorization header: a comma is missing",
    ),
    (
        "OAuth a=\"b\"c=\"d\"",
        "byte 11 of the Authorization header: a comma is missing",
    ),
    (
        "OAuth a=\"b c\"",
        "byte 10 of the Authorization header must be percent-encoded",
    ),
    (
        "OAuth a=\"b\\\"c\"",
        "byte 10 of the Authorization header must be percent-encoded",
    ),
    (
        "OAuth a=\"ü\"",
        "byte 9 of the Authorization header must be percent-encoded",
    ),
    (
        "OAuth realm=\"ü\"",
        "byte 13 of the Authorization header must be percent-encoded",
    ),
    (
        "OAuth realm=\"\\",
        "byte 13 of the Authorization header must be percent-encoded",
    ),
    (
        "OAuth realm=\"a",
        "byte 14 of the Authorization header: a quotation mark is missing",
    ),
    (
        "OAuth a=\"\", a=\"\"",
        "byte 12 of the Authorization header: the parameter occurs twice",
    ),
    (
        "OAuth oauth_nonce=\"\", oauth%5Fnonce=\"\"",
        "byte 22 of the Authorization header: the parameter occurs twice",
    ),
    (
        "OAuth realm=\"\", REALM=\"\"",
        "byte 16 of the Authorization header: the parameter occurs twice",
    ),
    (
        "OAuth a=\"%FF\"",
        "byte 9 of the Authorization header: the decoded text is not UTF-8",
    ),
    (
        "OAuth %C3=\"%A9\"",
        "byte 6 of the Authorization header: the decoded text is not UTF-8",
    ),
    (
        "OAuth a=\"%C3\", b=\"%A9\"",
        "byte 9 of the Authorization header: the decoded text is not UTF-8",
    ),
    (
        "OAuth a=\"ab%E2%82%AC%E2%82c\"",
        "byte 20 of the Authorization header: the decoded text is not UTF-8",
    ),
    (
        "OAuth a=\"%F0%9F%A6%80%ED%A0%80\"",
        "byte 21 of the Authorization header: the decoded text is not UTF-8",
    ),
    (
        "OAuth a=\"%E2%8\"",
        "byte 12 of the Authorization header: malformed percent escape",
    ),
];

#[test]
fn errors_of_a_header_say_where() {
    for (header, text) in HEADERS {
        assert_eq!(header_error(header), text, "{header}");
    }
    let long = format!("OAuth {}", " ".repeat(16 * 1024));
    assert_eq!(
        header_error(&long),
        "the Authorization header is longer than 16384 bytes"
    );
    let many: Vec<_> = (0..101).map(|number| format!("n{number}=\"\"")).collect();
    let many = format!("OAuth {}", many.join(","));
    assert_eq!(
        header_error(&many),
        "the Authorization header has more than 100 parameters"
    );
    // Those that every request has count as well, wherever they stand.
    let known = SIGNED
        .split('&')
        .map(|pair| pair.replace('=', "=\"") + "\"");
    let known: Vec<_> = known.collect();
    let extra: Vec<_> = (0..96).map(|number| format!("n{number}=\"\"")).collect();
    for all in [[&*known, &*extra], [&*extra, &*known]] {
        assert_eq!(
            header_error(&format!("OAuth {}", all.concat().join(","))),
            "the Authorization header has more than 100 parameters"
        );
    }
    let other_scheme = format!("Negotiate {}", "a".repeat(16 * 1024));
    assert_eq!(
        header_error(&other_scheme),
        "the scheme of the Authorization header is not OAuth"
    );
}

#[test]
fn odd_headers_are_read() {
    let parsed = |header| -> Vec<(String, String)> {
        let parameters = AuthorizationParameters::parse(header).unwrap();
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        parameters.iter().map(owned).collect()
    };
    assert_eq!(parsed("OAuth"), []);
    assert_eq!(parsed("oauth\t, ,"), []);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        parsed("OAuth a=\"+/==\",,B%20=\"%c3%A9\" ,\toauth_noncex=\"\""),
        [pair("a", "+/=="), pair("B ", "é"), pair("oauth_noncex", "")]
    );
    let parameters = AuthorizationParameters::parse("OAuth ReAlM=\"a\\\\ \\\" b\", c=\"\"");
    assert_eq!(parameters.unwrap().realm().as_deref(), Some("a\\ \" b"));
}

fn error(url: &str, authorization: Option<&str>, body: Body<'_>) -> String {
    let incoming = Incoming::read("POST", url, authorization, body);
    incoming.unwrap_err().to_string()
}

const SIGNED: &str = "oauth_consumer_key=key&oauth_nonce=n&oauth_timestamp=1&oauth_signature=s\
    &oauth_signature_method=HMAC-SHA1";

#[test]
fn errors_of_a_request_say_what_and_where() {
    let in_query = |query: &str| error(&format!("https://a.example/?{query}"), None, Body::none());
    let in_form = |form: &str| error("https://a.example/", None, Body::form(form.as_bytes()));
    for (query, text) in [
        ("", "the request is not signed with OAuth 1.0"),
        ("a=%", "malformed percent escape at byte 2 of the query"),
        (
            "oauth_x=%zz",
            "malformed percent escape at byte 8 of the query",
        ),
        ("oauth_token=t", "oauth_consumer_key is missing"),
        (
            "oauth_token=&oauth%5ftoken=",
            "oauth_token occurs twice in the query",
        ),
        ("oauth_x=&oauth_x=", "oauth_x occurs twice in the query"),
        (
            "oauth_token=%FF",
            "the value of oauth_token in the query is not UTF-8",
        ),
        (
            "oauth_y=%C3&oauth_z=%A9",
            "the value of oauth_y in the query is not UTF-8",
        ),
    ] {
        assert_eq!(in_query(query), text, "{query}");
        assert_eq!(in_form(query), text.replace("query", "form"), "{query}");
    }
    let changed = |from: &str, to: &str| in_query(&SIGNED.replace(from, to));
    assert_eq!(changed("&oauth_nonce=n", ""), "oauth_nonce is missing");
    assert_eq!(
        changed("&oauth_timestamp=1", ""),
        "oauth_timestamp is missing"
    );
    assert_eq!(
        changed("&oauth_signature=s", ""),
        "oauth_signature is missing"
    );
    assert_eq!(
        changed("&oauth_signature_method=HMAC-SHA1", ""),
        "oauth_signature_method is missing"
    );
    for version in ["", "1", "1.0a", "2.0"] {
        let query = format!("{SIGNED}&oauth_version={version}");
        assert_eq!(in_query(&query), "oauth_version is not 1.0");
    }
    for timestamp in [
        "",
        "0",
        "000",
        "-1",
        "%2B1",
        "1.5",
        "1e3",
        "x",
        "18446744073709551616",
    ] {
        let text = changed("timestamp=1", &format!("timestamp={timestamp}"));
        assert_eq!(
            text, "oauth_timestamp is not a positive integer",
            "{timestamp}"
        );
    }
    for url in ["https://a.example/", "https://a.example/?a=b"] {
        assert!(Incoming::read("POST", url, None, Body::form(SIGNED.as_bytes())).is_ok());
        for method in ["", "GE T", "GET\r\n", "GÉT"] {
            let incoming = Incoming::read(method, url, None, Body::form(SIGNED.as_bytes()));
            assert_eq!(
                incoming.unwrap_err().to_string(),
                "the method is not a valid HTTP method"
            );
        }
    }
}

#[test]
fn protocol_parameters_are_in_one_place() {
    let header = Wire::get().authorization;
    let url = "https://a.example/?a=b&oauth_callback=oob";
    assert_eq!(
        error(url, header.as_deref(), Body::none()),
        "oauth_callback is in the query, and other protocol parameters are elsewhere"
    );
    assert_eq!(
        error(
            "https://a.example/",
            header.as_deref(),
            Body::form(b"%6Fauth_x%3d=y")
        ),
        "oauth_x is in the form, and other protocol parameters are elsewhere"
    );
    assert_eq!(
        error(
            &format!("https://a.example/?{SIGNED}"),
            None,
            Body::form(b"oauth_token=t")
        ),
        "oauth_token is in the form, and other protocol parameters are elsewhere"
    );
    // A header of another scheme is none, and a body that is not a form has no parameters.
    let url = format!("https://a.example/?{SIGNED}");
    let basic = Some("Basic dXNlcjpwYXNz");
    let incoming = Incoming::read("POST", &url, basic, Body::other(b"oauth_token=t")).unwrap();
    assert_eq!(incoming.placement(), Placement::Query);
    assert_eq!(incoming.token(), None);
    // Names are case sensitive.
    let incoming = Incoming::read("GET", &url, None, Body::form(b"OAuth_token=t&oauth=x")).unwrap();
    assert!(
        incoming
            .parameters()
            .to_string()
            .starts_with("OAuth_token=t&oauth=x&oauth_consumer")
    );
}

#[test]
fn what_is_refused_before_its_end_is_dropped_without_a_panic() {
    // The parameter that is refused stands behind those that have been taken.
    let taken = "oauth_signature_method=PLAINTEXT&oauth_signature=a%26&oauth_nonce=%41";
    for last in [
        "&oauth_nonce=b",
        "&oauth_token=%FF",
        // The first byte of a character, and the next one as the beginning of a value.
        "&oauth_token=%C3&oauth_timestamp=%A9",
        "&oauth_timestamp=%C3&oauth_signature_method=%A9",
        "&oauth_x=%C3&oauth_y=%A9",
    ] {
        let first = format!("{taken}{last}");
        let second = format!("{}&{taken}", &last[1..]);
        for parameters in [&*first, &*second, &last[1..]] {
            let url = format!("https://a.example/?{parameters}");
            assert!(Incoming::read("GET", &url, None, Body::none()).is_err());
            let form = Body::form(parameters.as_bytes());
            assert!(Incoming::read("POST", "https://a.example/", None, form).is_err());
            let pairs = parameters
                .split('&')
                .map(|pair| pair.replace('=', "=\"") + "\"");
            let header = format!("OAuth {}", pairs.collect::<Vec<_>>().join(", "));
            let read = Incoming::read("GET", "https://a.example/", Some(&header), Body::none());
            assert!(read.is_err(), "{header}");
        }
    }
}

#[test]
fn everything_is_bounded() {
    let long = format!("https://a.example/?{}", "a".repeat(64 * 1024));
    assert_eq!(
        error(&long, None, Body::none()),
        "the query is longer than 65536 bytes"
    );
    let long = vec![b'a'; (1 << 20) + 1];
    let url = "https://a.example/";
    assert_eq!(
        error(url, None, Body::form(&long)),
        "the form is longer than 1048576 bytes"
    );
    let many = vec![b'&'; 10_000];
    assert_eq!(
        error(url, None, Body::form(&many)),
        "the form has more than 10000 parameters"
    );
    let many: Vec<_> = (0..101).map(|number| format!("oauth_{number}=")).collect();
    assert_eq!(
        error(&format!("{url}?{}", many.join("&")), None, Body::none()),
        "the query has more than 100 parameters"
    );
    // A policy can say otherwise.
    let form = [SIGNED.as_bytes(), b"&a=", &long].concat();
    let read = |policy: Policy| {
        let verifier = verifier(policy);
        verifier
            .read("POST", "/", None, Body::form(&form))
            .map(drop)
    };
    assert!(read(Policy::new().form_bytes(2 << 20)).is_ok());
    let error = read(Policy::new().form_bytes(1 << 10)).unwrap_err();
    assert_eq!(error.to_string(), "the form is longer than 1024 bytes");
    let error = read(Policy::new().form_bytes(2 << 20).parameters(3)).unwrap_err();
    assert_eq!(error.to_string(), "the form has more than 3 parameters");
    let path = format!("/?{}", "a".repeat(64 * 1024));
    let error = verifier(Policy::new()).read("GET", &path, None, Body::none());
    assert_eq!(
        error.unwrap_err().to_string(),
        "the query is longer than 65536 bytes"
    );
}

#[test]
fn what_cannot_be_the_target_of_a_request_is_refused() {
    let read = |path: &str| {
        verifier(Policy::new())
            .read("GET", path, None, Body::none())
            .map(drop)
    };
    for path in ["", "*", "photos", "https://evil.example/"] {
        assert_eq!(read(path), Err(TargetError::Path.into()), "{path}");
    }
    assert_eq!(
        read("/ä"),
        Err(TargetError::NotAscii { position: 1 }.into())
    );
    assert_eq!(
        error("/photos", None, Body::none()),
        "the URL does not begin with http:// or https://"
    );
}

#[test]
fn a_header_may_have_the_realm_alone() {
    let url = "https://a.example/?oauth_consumer_key=k&oauth_nonce=n&oauth_timestamp=1\
        &oauth_signature_method=HMAC-SHA1&oauth_signature=s";
    let incoming = Incoming::read("GET", url, Some("OAuth realm=\"r\""), Body::none()).unwrap();
    assert_eq!(incoming.placement(), Placement::Query);
    assert_eq!(incoming.realm().as_deref(), Some("r"));
    let header = Some("OAuth realm=\"r\", x=\"\"");
    let error = Incoming::read("GET", url, header, Body::none()).unwrap_err();
    assert!(
        matches!(error, IncomingError::SeveralPlaces { .. }),
        "{error}"
    );
    let error = Incoming::read("GET", "https://a.example/", Some("OAuth"), Body::none());
    assert_eq!(error.unwrap_err(), IncomingError::NotSigned);
}

/// Wherever reading ends.
#[test]
fn no_error_depends_on_what_was_read_before() {
    let header = "OAuth oauth_signature_method=\"PLAIN%54EXT\", oauth_signature=\"a%26b\", \
        oauth_consumer_key=\"%C3%A9\", oauth_x=\"%20\", realm=\"r\", oauth_token=\"%20\"";
    let form = "oauth_signature_method=PLAIN%54EXT&oauth_signature=a%26b&oauth_consumer_key=%C3%A9\
        &oauth_x=%20&a=b&oauth_token=%20";
    let read = |header: Option<&str>, form: &str| {
        let url = format!("https://a.example/?{form}");
        let body = Body::form(form.as_bytes());
        let by_form = Incoming::read("GET", "https://a.example/", header, body).is_ok();
        let by_query = Incoming::read("GET", &url, header, Body::none()).is_ok();
        assert_eq!(by_form, by_query);
        by_form
    };
    assert!(read(Some(header), "") && read(None, form));
    for end in 0..header.len() {
        for more in ["", "\"", "%", "=", "%FF\"", ", oauth_signature=\"\""] {
            read(Some(&format!("{}{more}", &header[..end])), "");
        }
    }
    for end in 0..form.len() {
        for more in ["", "%", "=", "%FF", "&oauth_signature="] {
            read(None, &format!("{}{more}", &form[..end]));
        }
    }
}
