//! Header, query and form; what the options add to a request.

use super::support::{AT, STAMP, nobody, oauth1};

/// Twitter's "Creating a signature", as in `tests/vectors/sign_published.json`.
const REQUEST: [&str; 3] = [
    "sign",
    "POST",
    "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
];
const FORM: [&str; 2] = [
    "--form",
    "status=Hello Ladies + Gentlemen, a signed OAuth request!",
];
const FORM_BODY: [&str; 2] = [
    "--form-body",
    "status=Hello+Ladies+%2b+Gentlemen%2c+a+signed+OAuth+request!",
];
const CREDENTIALS: [(&str, &str); 4] = [
    ("OAUTH_CONSUMER_KEY", "xvz1evFS4wEEPTGEFPHBog"),
    (
        "OAUTH_CONSUMER_SECRET",
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    ),
    (
        "OAUTH_TOKEN",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    ),
    (
        "OAUTH_TOKEN_SECRET",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    ),
];
const TWITTERS_STAMP: [&str; 4] = [
    "--nonce",
    "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
    "--timestamp",
    "1318622958",
];
const SIGNATURE: &str = "hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D";
const CONTENT_TYPE: &str = "Content-Type: application/x-www-form-urlencoded";

/// What is printed for Twitter's request.
#[track_caller]
fn twitter(more: &[&str]) -> String {
    let run = nobody(REQUEST).arguments(TWITTERS_STAMP).arguments(more);
    let run = CREDENTIALS
        .into_iter()
        .fold(run, |run, (name, value)| run.env(name, value));
    run.stdout()
}

#[test]
fn a_form_is_signed_for_every_placement() {
    for form in [FORM, FORM_BODY] {
        let body = match form[0] {
            "--form" => {
                "status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21"
            }
            _ => FORM_BODY[1],
        };
        let (method, url) = (REQUEST[1], REQUEST[2]);

        let text = twitter(&form);
        let lines: Vec<&str> = text.lines().collect();
        let [request, authorization, content_type, "", sent] = lines[..] else {
            panic!("header:\n{text}");
        };
        assert_eq!(request, format!("{method} {url}"));
        assert!(authorization.starts_with("Authorization: OAuth oauth_consumer_key=\"xvz1"));
        let signature = format!(", oauth_signature=\"{SIGNATURE}\", ");
        assert!(authorization.contains(&signature), "{text}");
        assert_eq!(content_type, CONTENT_TYPE);
        assert_eq!(sent, body);

        let text = twitter(&[&form[..], &["--placement", "query"]].concat());
        let lines: Vec<&str> = text.lines().collect();
        let [request, content_type, "", sent] = lines[..] else {
            panic!("query:\n{text}");
        };
        assert!(request.starts_with(&format!("{method} {url}&oauth_consumer_key=xvz1")));
        let signature = format!("&oauth_signature={SIGNATURE}&");
        assert!(request.contains(&signature), "{text}");
        assert_eq!(content_type, CONTENT_TYPE);
        assert_eq!(sent, body);

        let text = twitter(&[&form[..], &["--placement", "body"]].concat());
        let lines: Vec<&str> = text.lines().collect();
        let [request, content_type, "", sent] = lines[..] else {
            panic!("body:\n{text}");
        };
        assert_eq!(request, format!("{method} {url}"));
        assert_eq!(content_type, CONTENT_TYPE);
        assert!(sent.starts_with(&format!("{body}&oauth_consumer_key=xvz1")));
        assert!(sent.contains(&signature), "{text}");
    }
}

#[test]
fn explain_shows_the_stages_and_then_what_to_send() {
    for placement in ["header", "query", "body"] {
        let arguments = [&FORM[..], &["--placement", placement]].concat();
        let text = twitter(&[&arguments[..], &["--explain"]].concat());
        let mut lines = text.lines();
        for start in [
            "# Normalized parameters",
            "include_entities=true&oauth_consumer_key=xvz1",
            "# Signature base string",
            "POST&https%3A%2F%2Fapi.twitter.com%2F1.1%2Fstatuses%2Fupdate.json&include_",
            "# Signature (section 3.4.2)",
            "# HMAC-SHA1 of the base string",
            "hCtSmYh+iHYCEqBWrE7C7hYmtUk=",
            "POST https://api.twitter.com/1.1/statuses/update.json",
        ] {
            let found = lines.any(|line| line.starts_with(start));
            assert!(found, "{start}\n\n{text}");
        }
        let (_, sent) = text.split_once("\nPOST https").unwrap();
        assert_eq!(twitter(&arguments), format!("POST https{sent}"));
    }
}

#[test]
fn the_query_is_appended() {
    let url = "https://api.example.com/find?page=1#top";
    let query = ["--query", "q=a b+c", "--query", "q=é=1", "--query", "-x="];
    let text = oauth1(["sign", "GET", url]).arguments(query).stdout();
    let (request, _) = text.split_once('\n').unwrap();
    assert_eq!(
        request,
        "GET https://api.example.com/find?page=1&q=a%20b%2Bc&q=%C3%A9%3D1&-x="
    );
    // It is signed as if it had been in the URL.
    let (_, url) = request.split_once(' ').unwrap();
    let again = oauth1(["sign", "GET", url]).arguments(STAMP);
    let run = oauth1(["sign", "GET", "https://api.example.com/find?page=1"]);
    assert_eq!(
        run.arguments(query).arguments(STAMP).stdout(),
        again.stdout()
    );
}

#[test]
fn parameters_that_travel_elsewhere_are_signed_and_not_sent() {
    let run = oauth1(["sign", "POST", AT, "--signed-elsewhere", "title=Café"]);
    let text = run.arguments(["--explain"]).stdout();
    assert!(
        text.contains("&oauth_version=1.0&title=Caf%C3%A9\n"),
        "{text}"
    );
    let (_, sent) = text.split_once("\nPOST ").unwrap();
    assert!(!sent.contains("title"), "{sent}");
    assert!(!sent.contains("Content-Type"), "{sent}");
}

#[test]
fn a_nonce_or_a_time_alone_is_enough() {
    let text = oauth1(["sign", "GET", AT, "--nonce", "once"]).stdout();
    assert!(text.contains(r#"oauth_nonce="once""#), "{text}");
    assert!(!text.contains(r#"oauth_timestamp="0""#), "{text}");
    let run = || oauth1(["sign", "GET", AT, "--timestamp", "1318622958"]);
    let text = run().stdout();
    assert!(text.contains(r#"oauth_timestamp="1318622958""#), "{text}");
    assert_ne!(text, run().stdout(), "a fresh nonce");
}

#[test]
fn what_the_legs_add_is_sent() {
    let text = oauth1([
        "sign",
        "post",
        "https://api.example.com/initiate#fragment",
        "--callback",
        "oob",
        "--verifier-file",
        "-",
        "--parameter",
        "oauth_extension=ALt/T=",
        "--realm",
        r#"a "b""#,
        "--no-version",
    ])
    .stdin("755-955-488")
    .stdout();
    let (request, header) = text.split_once('\n').unwrap();
    assert_eq!(request, "POST https://api.example.com/initiate");
    for part in [
        r#"Authorization: OAuth realm="a \"b\"", oauth_callback="oob", "#,
        r#", oauth_extension="ALt%2FT%3D", "#,
        r#", oauth_verifier="755-955-488""#,
    ] {
        assert!(header.contains(part), "{part}\n\n{text}");
    }
    assert!(!header.contains("oauth_version"), "{text}");
    assert!(!header.contains("oauth_token"), "{text}");
    let run = oauth1(["sign", "POST", AT, "--callback", "http://localhost/a b"]);
    let text = run.stdout();
    assert!(
        text.contains(r#"oauth_callback="http%3A%2F%2Flocalhost%2Fa%20b""#),
        "{text}"
    );
}

#[test]
fn any_method_is_signed_and_sent_in_upper_case() {
    for method in [
        "PUT", "patch", "Delete", "HEAD", "options", "PROPFIND", "m-search",
    ] {
        let text = oauth1(["sign", method, AT, "--explain"]).stdout();
        let upper = method.to_ascii_uppercase();
        assert!(text.contains(&format!("\n{upper}&https")), "{text}");
        assert!(text.contains(&format!("\n{upper} https")), "{text}");
    }
}
