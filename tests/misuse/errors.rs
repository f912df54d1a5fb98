//! The errors of requests, word for word: they name the place and never the value.

use std::{error::Error, fmt::Debug};

use oauth1_signer::{
    MalformedEscape, Parameters, Place, Realm, RealmError, Request, RequestError, Target,
    TargetError,
    response::{Clock, ClockError, Response},
};
use support::{samples::post, secrets::Secrets, shown, shown::Shown};
use url::ParseError;

#[track_caller]
fn says<T>(result: Result<T, impl Error>, text: &str) {
    match result {
        Ok(_) => panic!("no error: {text}"),
        Err(error) => assert_eq!(error.to_string(), text),
    }
}

#[test]
fn a_method_is_an_http_token() {
    for method in [
        "",
        "GET ",
        "GE\u{130}",
        "GET\r\nHost: x",
        "G,T",
        "G(T)",
        "G@T",
    ] {
        let result = Request::new(method, "https://example.com/");
        says(result, "the method is not a valid HTTP method");
    }
}

#[test]
fn a_url_has_a_host() {
    for url in ["http://", "https:///", "https://?a=b", "http://:80/"] {
        says(Target::try_from(url), "the URL has no host");
        says(Request::get(url), "the URL has no host");
    }
}

#[test]
fn a_url_is_http_or_https() {
    for url in [
        "ftp://example.com/",
        "file:///etc/hosts",
        "ws://example.com/",
    ] {
        says(
            Target::try_from(url),
            "the scheme of the URL is neither http nor https",
        );
        says(
            Request::get(url),
            "the scheme of the URL is neither http nor https",
        );
    }
}

#[test]
fn text_that_is_no_url_is_named_for_what_is_wrong_with_it() {
    let says = |url: &str, text| {
        let error = Target::try_from(url).unwrap_err();
        let relative = error == TargetError::Relative;
        assert!(
            relative || matches!(error, TargetError::Url(_)),
            "{url}: {error:?}"
        );
        says(Request::get(url), text);
        says(Target::try_from(url), text);
    };
    let relative = "the URL does not begin with http:// or https://";
    says("", relative);
    says("/photos?size=original", relative);
    says("example.com/photos", relative);
    // A parser takes the host for a scheme.
    says("localhost:8080/photos", relative);
    says("mailto:someone@example.com", relative);
    says("//example.com/photos", relative);
    says(
        "http://example.com:65536/",
        "the URL cannot be parsed: invalid port number",
    );
    says(
        "http://example.com:8o80/",
        "the URL cannot be parsed: invalid port number",
    );
    says(
        "http://192.0.2.256/",
        "the URL cannot be parsed: invalid IPv4 address",
    );
    says(
        "http://[2001:db8::g]/",
        "the URL cannot be parsed: invalid IPv6 address",
    );
    says(
        "http://[::1/",
        "the URL cannot be parsed: invalid IPv6 address",
    );
    says(
        "http://exam ple.com/",
        "the URL cannot be parsed: invalid international domain name",
    );
    says(
        "http://xn--/",
        "the URL cannot be parsed: invalid international domain name",
    );
}

#[test]
fn a_malformed_escape_is_named_by_its_position() {
    for (text, position) in [
        ("%", 0),
        ("a=%", 2),
        ("a=%4", 2),
        ("a=100%&b=1", 5),
        ("%41=%zz", 4),
        ("a=%4g", 2),
        ("a=%%41", 2),
        ("a=%&41", 2),
        ("&&=&a%=", 5),
        ("a=%41%4%41", 5),
        ("a=%+1", 2),
        ("a=b&c=%ff%FF%f", 12),
    ] {
        let error = Parameters::from_form_urlencoded(text.as_bytes()).unwrap_err();
        assert_eq!(error.position, position, "{text}");
        says(
            Parameters::from_form_urlencoded(text.as_bytes()),
            &format!("malformed percent escape at byte {position}"),
        );
        says(
            Request::get(format!("https://example.com/?{text}").as_str()),
            &format!(
                "malformed percent escape at byte {position} of the query: write a percent sign as %25"
            ),
        );
        says(
            post().form_bytes(text),
            &format!(
                "malformed percent escape at byte {position} of the form: write a percent sign as %25"
            ),
        );
    }
}

#[test]
fn protocol_parameters_that_are_there_already_are_refused() {
    let rule = ": oauth_* parameters are added by the signer; is this signed already?";
    for url in [
        "https://example.com/?oauth_token=x",
        "https://example.com/?a=b&oauth_token",
        "https://example.com/?%6fauth%5Ftoken=x&z",
        "https://example.com/?oauth_token%3Dhunter2",
        "https://example.com/?oauth_token%0AX-Log:%1B[31m",
    ] {
        let result = Request::get(url);
        says(
            result,
            &format!("oauth_token is already in the query{rule}"),
        );
    }
    let form = [("a", "b"), ("oauth_verifier", "x")];
    let text = "oauth_verifier is already in the form: set it with `Request::verification_code`";
    says(post().form(&form), text);
    says(post().form_bytes(b"oauth_verifier&a"), text);
    says(
        post().form([("oauth_callback", "about:blank")]),
        "oauth_callback is already in the form: set it with `Request::callback`",
    );
    says(
        post().form([("oauth_token", "x")]),
        &format!("oauth_token is already in the form{rule}"),
    );
    says(
        post().signed_elsewhere(&form),
        "oauth_verifier is already in the parameters signed elsewhere: set it with `Request::verification_code`",
    );
    says(
        post().form(&[("oauth_", "")]),
        &format!("oauth_ is already in the form{rule}"),
    );
}

#[test]
fn a_get_request_has_no_form() {
    let text = "a GET or HEAD request has no form: add the parameters with `query`, or make the \
                request with `Request::new` if the service does want a form";
    for request in [Request::get, Request::head] {
        let request = request("https://example.com/").unwrap();
        says(request.clone().form([("a", "b")]), text);
        says(request.clone().browser_form([("a", "b")]), text);
        says(request.form_bytes("a=b"), text);
    }
}

#[test]
fn bytes_of_a_form_are_encoded() {
    for (body, position) in [
        (r#"{"status":"hello"}"#, 0),
        (r#"["hello"]"#, 1),
        ("<status>", 0),
        ("status=hello world", 12),
        ("status=\u{fc}", 7),
        ("status=a\nb", 8),
        ("a=\0", 2),
        ("a=%&b= ", 6),
    ] {
        says(
            post().form_bytes(body),
            &format!(
                "byte {position} of the form must be percent-encoded; a body that is not a form, \
                 such as JSON, is not signed and must not be sent as a form"
            ),
        );
    }
}

#[test]
fn a_request_has_one_form() {
    let pairs = [("a", "b")];
    let none: [(&str, &str); 0] = [];
    let text = "the request already has a form";
    let with_pairs = post().form(&pairs).unwrap();
    let with_bytes = post().form_bytes(b"a=b").unwrap();
    let empty = post().form(&none).unwrap();
    for request in [with_pairs, with_bytes, empty] {
        says(request.clone().form(&pairs), text);
        says(request.clone().form_bytes(b""), text);
        // Parameters that are elsewhere are no form.
        assert!(request.signed_elsewhere(&pairs).is_ok());
    }
}

#[test]
fn names_that_the_signer_writes_are_reserved() {
    for (name, instead) in [
        ("", "its name is empty"),
        ("REALM", "set it with `Signer::with_realm`"),
        ("realm", "set it with `Signer::with_realm`"),
        ("oauth_callback", "set it with `Request::callback`"),
        ("oauth_consumer_key", "the signer adds it"),
        ("oauth_consumer_secret", "secrets are never sent"),
        ("oauth_nonce", "the signer adds it"),
        ("oauth_signature", "the signer adds it"),
        ("oauth_signature_method", "the signer adds it"),
        ("oauth_timestamp", "the signer adds it"),
        ("oauth_token", "the signer adds it"),
        ("oauth_token_secret", "secrets are never sent"),
        ("oauth_verifier", "set it with `Request::verification_code`"),
        ("oauth_version", "the signer adds it"),
    ] {
        says(
            post().protocol_parameter(name, "x"),
            &format!("\"{name}\" cannot be an extra protocol parameter: {instead}"),
        );
    }
}

#[test]
fn an_extra_protocol_parameter_is_given_once() {
    let request = post().protocol_parameter("oauth_body_hash", "x").unwrap();
    let request = request.protocol_parameter("oauth_c", "x").unwrap();
    for name in ["oauth_body_hash", "oauth_c"] {
        says(
            request.clone().protocol_parameter(name, "y"),
            &format!("\"{name}\" is given twice"),
        );
    }
}

#[test]
fn a_realm_is_visible_ascii() {
    for (realm, position) in [
        ("\n", 0),
        ("Photos\r\nX-Injected: 1", 6),
        ("a\"\\\0", 3),
        ("Caf\u{e9}", 3),
        ("\u{7f}", 0),
        (" \u{80}", 1),
    ] {
        assert_eq!(Realm::new(realm).unwrap_err().position, position);
        says(
            Realm::new(realm),
            &format!("the character at byte {position} cannot stand in a realm"),
        );
    }
}

#[test]
fn a_clock_says_why_it_learns_nothing() {
    let ours = 1_316_657_628;
    let answer = Response::new(401, "Timestamp is invalid");
    says(
        Clock::new().learn_from_response_at(&answer, ours),
        "the answer does not give the server's time: pass its Date header to Response::date",
    );
    let no_date = answer.date(Some("yesterday"));
    says(
        Clock::new().learn_from_response_at(&no_date, ours),
        "the header is not an HTTP date",
    );
    for (server, place) in [(ours + 90_000, "ahead of"), (ours - 90_000, "behind")] {
        says(
            Clock::new().learn(server, ours),
            &format!(
                "the server's clock is 90000 seconds {place} ours, which exceeds the limit: \
                 check the system clock, or set Clock::with_limit"
            ),
        );
    }
}

/// Each has the same value beside the place that is refused.
#[test]
fn no_error_shows_a_value() {
    let secrets = Secrets::new(&["hunter2"]);
    let hides = |shown: Shown| {
        assert!(shown.display.is_some());
        secrets.stay_out_of(shown);
    };
    let value = "hunter2";
    for url in [
        "https://example.com/?password=hunter2&oauth_token=hunter2",
        "https://example.com/?password=hunter2%",
        "https://example.com/?oauth_token=%hunter2",
        "https://user:hunter2@/",
        "https://user:hunter2@example.com:99999/?hunter2",
        "https://user:hunter2@[::1/",
        "https://user:hunter2@a b/#hunter2",
        "ftp://user:hunter2@example.com/hunter2",
        "/hunter2",
    ] {
        hides(shown!(Request::get(url).unwrap_err()));
        if let Err(error) = Target::try_from(url) {
            hides(shown!(error));
        }
    }
    let form = [("password", value), ("oauth_token", value)];
    hides(shown!(post().form(&form).unwrap_err()));
    hides(shown!(post().signed_elsewhere(&form).unwrap_err()));
    hides(shown!(post().form_bytes(b"hunter2=%hunter2").unwrap_err()));
    let request = post().form_bytes(b"password=hunter2").unwrap();
    hides(shown!(request.form(&form).unwrap_err()));
    hides(shown!(
        post().protocol_parameter("realm", value).unwrap_err()
    ));
    let request = post().protocol_parameter("oauth_x", value).unwrap();
    hides(shown!(
        request.protocol_parameter("oauth_x", value).unwrap_err()
    ));
    hides(shown!(
        Request::new("hunter2 hunter2", "https://example.com/").unwrap_err()
    ));
    hides(shown!(Realm::new("hunter2\n").unwrap_err()));
    hides(shown!(
        Parameters::from_form_urlencoded(b"hunter2=%hunter2").unwrap_err()
    ));
}

#[test]
fn errors_can_be_matched_and_compared() {
    assert_eq!(
        Request::get("https://example.com/?a=%").unwrap_err(),
        RequestError::MalformedEscape {
            place: Place::Query,
            position: 2
        }
    );
    assert_eq!(
        Request::get("https://example.com:99999/").unwrap_err(),
        RequestError::Target(TargetError::Url(ParseError::InvalidPort))
    );
    assert_ne!(
        Realm::new("\n").unwrap_err(),
        Realm::new("a\n").unwrap_err()
    );
}

#[test]
fn errors_are_what_callers_expect_of_errors() {
    fn is_error<E: Clone + Debug + Eq + Error + Send + Sync + 'static>() {}
    is_error::<ClockError>();
    is_error::<MalformedEscape>();
    is_error::<RealmError>();
    is_error::<RequestError>();
    is_error::<TargetError>();

    let boxed: Box<dyn Error + Send + Sync> = Realm::new("\n").unwrap_err().into();
    assert!(boxed.is::<RealmError>());
}
