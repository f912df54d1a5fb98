//! `oauth1 sign`, run as its users run it.

#![allow(clippy::unwrap_used)] // A test may panic.

use std::process::{Command, Output};

/// Twitter's "Creating a signature", as in `tests/vectors/sign_published.json`.
const METHOD: &str = "POST";
const URL: &str = "https://api.twitter.com/1.1/statuses/update.json?include_entities=true";
const FORM: &str = "status=Hello Ladies + Gentlemen, a signed OAuth request!";
const FORM_BODY: &str = "status=Hello+Ladies+%2b+Gentlemen%2c+a+signed+OAuth+request!";
const CONSUMER_SECRET: &str = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
const TOKEN_SECRET: &str = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE";
const ENVIRONMENT: [(&str, &str); 4] = [
    ("OAUTH_CONSUMER_KEY", "xvz1evFS4wEEPTGEFPHBog"),
    ("OAUTH_CONSUMER_SECRET", CONSUMER_SECRET),
    (
        "OAUTH_TOKEN",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    ),
    ("OAUTH_TOKEN_SECRET", TOKEN_SECRET),
];
const NONCE: &str = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";
const STAMP: [&str; 4] = ["--nonce", NONCE, "--timestamp", "1318622958"];
const SIGNATURE: &str = "hCtSmYh+iHYCEqBWrE7C7hYmtUk=";
const SIGNATURE_ENCODED: &str = "hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D";

#[test]
fn a_form_is_signed_for_every_place() {
    for form in [["--form", FORM], ["--form-body", FORM_BODY]] {
        let body = match form[0] {
            "--form" => {
                "status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21"
            }
            _ => FORM_BODY,
        };

        let text = stdout(&twitter(&[&form[..], &STAMP].concat()));
        let lines: Vec<&str> = text.lines().collect();
        let [request, authorization, content_type, "", sent] = lines[..] else {
            panic!("header:\n{text}");
        };
        assert_eq!(request, format!("{METHOD} {URL}"));
        assert!(authorization.starts_with("Authorization: OAuth oauth_consumer_key=\"xvz1"));
        let signature = format!(", oauth_signature=\"{SIGNATURE_ENCODED}\", ");
        assert!(authorization.contains(&signature), "{text}");
        assert_eq!(content_type, CONTENT_TYPE);
        assert_eq!(sent, body);

        let text = stdout(&twitter(&[&form[..], &STAMP, &["--in", "query"]].concat()));
        let lines: Vec<&str> = text.lines().collect();
        let [request, content_type, "", sent] = lines[..] else {
            panic!("query:\n{text}");
        };
        assert!(request.starts_with(&format!("{METHOD} {URL}&oauth_consumer_key=xvz1")));
        let signature = format!("&oauth_signature={SIGNATURE_ENCODED}&");
        assert!(request.contains(&signature), "{text}");
        assert_eq!(content_type, CONTENT_TYPE);
        assert_eq!(sent, body);

        let text = stdout(&twitter(&[&form[..], &STAMP, &["--in", "form"]].concat()));
        let lines: Vec<&str> = text.lines().collect();
        let [request, content_type, "", sent] = lines[..] else {
            panic!("form:\n{text}");
        };
        assert_eq!(request, format!("{METHOD} {URL}"));
        assert_eq!(content_type, CONTENT_TYPE);
        assert!(
            sent.starts_with(&format!("{body}&oauth_consumer_key=xvz1")),
            "{text}"
        );
        assert!(sent.contains(&signature), "{text}");
    }
}

#[test]
fn options_do_as_the_environment() {
    let mut arguments = vec![METHOD, URL, "--form", FORM];
    arguments.extend(STAMP);
    for (variable, value) in ENVIRONMENT {
        let option = match variable {
            "OAUTH_CONSUMER_KEY" => "--consumer-key",
            "OAUTH_CONSUMER_SECRET" => "--consumer-secret",
            "OAUTH_TOKEN" => "--token",
            _ => "--token-secret",
        };
        arguments.extend([option, value]);
    }
    let with_options = stdout(&run(&arguments, &[]));
    assert_eq!(
        with_options,
        stdout(&twitter(&[&["--form", FORM][..], &STAMP].concat()))
    );
}

#[test]
fn explain_shows_the_stages_and_then_what_to_send() {
    let stages = [&["--form", FORM, "--explain"][..], &STAMP].concat();
    for place in ["header", "query", "form"] {
        let arguments = [&stages[..], &["--in", place]].concat();
        let text = stdout(&twitter(&arguments));
        let mut lines = text.lines();
        for start in [
            "# Normalized parameters",
            "include_entities=true&oauth_consumer_key=xvz1",
            "# Signature base string",
            "POST&https%3A%2F%2Fapi.twitter.com%2F1.1%2Fstatuses%2Fupdate.json&include_",
            "# Signature (section 3.4.2)",
            SIGNATURE,
            "POST https://api.twitter.com/1.1/statuses/update.json",
        ] {
            assert!(
                lines.any(|line| line.starts_with(start)),
                "{start}\n\n{text}"
            );
        }
        let explained = text.split_once("\nPOST https").unwrap().1;
        let arguments = [&["--form", FORM, "--in", place][..], &STAMP].concat();
        assert_eq!(
            stdout(&twitter(&arguments)),
            format!("POST https{explained}")
        );
    }
}

#[test]
fn a_nonce_or_a_time_alone_is_enough() {
    let url = "https://api.example.com/";
    let text = stdout(&consumer(&["GET", url, "--nonce", "once"]));
    assert!(text.contains(r#"oauth_nonce="once""#), "{text}");
    assert!(!text.contains(r#"oauth_timestamp="0""#), "{text}");
    let arguments = ["GET", url, "--timestamp", "1318622958"];
    let text = stdout(&consumer(&arguments));
    assert!(text.contains(r#"oauth_timestamp="1318622958""#), "{text}");
    assert_ne!(text, stdout(&consumer(&arguments)), "a fresh nonce");
}

#[test]
fn what_the_legs_add_is_sent() {
    let text = stdout(&consumer(&[
        "post",
        "https://api.example.com/initiate#fragment",
        "--callback",
        "oob",
        "--verifier",
        "755-955-488",
        "--parameter",
        "oauth_body_hash=2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
        "--realm",
        r#"a "b""#,
        "--no-version",
    ]));
    let (request, header) = text.split_once('\n').unwrap();
    assert_eq!(request, "POST https://api.example.com/initiate");
    for part in [
        r#"Authorization: OAuth realm="a \"b\"", oauth_body_hash="#,
        r#"oauth_body_hash="2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D", "#,
        r#", oauth_callback="oob", "#,
        r#", oauth_verifier="755-955-488""#,
    ] {
        assert!(header.contains(part), "{part}\n\n{text}");
    }
    assert!(!header.contains("oauth_version"), "{text}");
    assert!(!header.contains("oauth_token"), "{text}");
}

#[test]
fn an_empty_variable_is_none_and_an_empty_token_is_one() {
    let arguments = ["GET", "https://api.example.com/"];
    let credentials = [
        ("OAUTH_CONSUMER_KEY", "key"),
        ("OAUTH_CONSUMER_SECRET", "secret"),
    ];
    let empty = [("OAUTH_TOKEN", ""), ("OAUTH_TOKEN_SECRET", "")];
    let text = stdout(&run(&arguments, &[credentials, empty].concat()));
    assert!(!text.contains("oauth_token"), "{text}");
    let with_token = [&arguments[..], &["--token", "", "--token-secret", ""]].concat();
    let text = stdout(&run(&with_token, &credentials));
    assert!(text.contains(r#"oauth_token="""#), "{text}");
}

#[test]
fn wrong_input_is_refused_in_one_line() {
    for (arguments, expected) in REFUSED {
        refused(&consumer(arguments), expected);
    }
}

#[test]
fn missing_credentials_are_named() {
    let arguments = ["GET", "https://api.example.com/"];
    refused(
        &run(&arguments, &[("OAUTH_CONSUMER_SECRET", "hidden")]),
        "--consumer-key is missing; it can also be set as OAUTH_CONSUMER_KEY",
    );
    for secret in [&[][..], &[("OAUTH_CONSUMER_SECRET", "")]] {
        let environment = [&[("OAUTH_CONSUMER_KEY", "key")][..], secret].concat();
        refused(
            &run(&arguments, &environment),
            "--consumer-secret is missing; it can also be set as OAUTH_CONSUMER_SECRET",
        );
    }
}

#[test]
fn secrets_are_never_shown() {
    for arguments in [
        &["--help"][..],
        &["-h"],
        &[METHOD],
        &[METHOD, URL],
        &[METHOD, URL, "--explain"],
        &[METHOD, URL, "--explain", "--curl"],
        &[METHOD, URL, "--in", "query"],
        &[METHOD, URL, "--in", "form", "--curl"],
        &[METHOD, "nonsense"],
        &[METHOD, URL, CONSUMER_SECRET],
        &[
            METHOD,
            URL,
            "--consumer-secret",
            CONSUMER_SECRET,
            TOKEN_SECRET,
        ],
        &[
            METHOD,
            URL,
            "--consumer-secret",
            CONSUMER_SECRET,
            "--consumer-secret",
            TOKEN_SECRET,
        ],
        &[METHOD, URL, "--consumer-secrt", CONSUMER_SECRET],
        &["--token-secrt=LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"],
        &["--curl=LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"],
        &[METHOD, URL, "--timestamp", CONSUMER_SECRET],
        &[METHOD, URL, "--in", TOKEN_SECRET],
        &[METHOD, URL, "--form", TOKEN_SECRET],
        &[METHOD, URL, "--parameter", TOKEN_SECRET],
        &[METHOD, URL, "--callback", TOKEN_SECRET],
    ] {
        let output = run(arguments, &ENVIRONMENT);
        for text in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(text);
            for secret in [CONSUMER_SECRET, TOKEN_SECRET] {
                assert!(!text.contains(secret), "{arguments:?}\n\n{text}");
            }
        }
    }
    // One that begins with a hyphen is a value all the same, and no option to complain of.
    let key = [("OAUTH_CONSUMER_KEY", "key")];
    let arguments = ["GET", URL, "--consumer-secret", "-hidden"];
    let text = stdout(&run(&arguments, &key));
    assert!(!text.contains("hidden"), "{text}");
}

#[test]
fn help_says_where_secrets_are_safer() {
    let text = stdout(&run(&["--help"], &ENVIRONMENT));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Secrets are safer in environment variables than in options"));
    assert!(text.contains("[env: OAUTH_CONSUMER_SECRET]"), "{text}");
}

#[test]
fn curl_gets_each_word_as_it_is() {
    let url = "https://api.example.com/it's/[1]?who=O'Neill&city=Zürich";
    let sent_url = "https://api.example.com/it's/[1]?who=O%27Neill&city=Z%C3%BCrich";
    let quoted_url = r"'https://api.example.com/it'\''s/[1]?who=O%27Neill&city=Z%C3%BCrich'";
    let form_body = "title=it's $HOME `x` \"é\" !";
    let sent_body = "title=it's $HOME `x` \"%C3%A9\" !";
    let quoted_body = r#"'title=it'\''s $HOME `x` "%C3%A9" !'"#;
    let arguments = [
        &["POST", url, "--form-body", form_body, "--realm", "it's"][..],
        &STAMP,
    ]
    .concat();

    let text = stdout(&consumer(&arguments));
    let authorization = text.lines().nth(1).unwrap();
    let expected = [
        "--globoff",
        "--request",
        "POST",
        "--header",
        authorization,
        "--header",
        CONTENT_TYPE,
        "--data-raw",
        sent_body,
        sent_url,
    ];

    let line = stdout(&consumer(&[&arguments[..], &["--curl"]].concat()));
    let authorization = authorization.replace("it's", r"it'\''s");
    assert_eq!(
        line,
        format!(
            "curl --globoff --request POST --header '{authorization}' --header '{CONTENT_TYPE}' \
             --data-raw {quoted_body} {quoted_url}\n"
        )
    );
    if cfg!(unix) {
        assert_eq!(words_of_a_shell(&line), expected);
    }
}

#[test]
fn curl_sends_forms_and_queries() {
    let url = "https://api.example.com/find?q=é&r='";
    for (arguments, before, behind) in [
        (
            &["GET", url, "--in", "query"][..],
            "curl --globoff --request GET \
             'https://api.example.com/find?q=%C3%A9&r=%27&oauth_consumer_key=key&oauth_nonce=",
            "&oauth_version=1.0'\n",
        ),
        (
            &["HEAD", "https://api.example.com/"],
            "curl --globoff --head --header 'Authorization: OAuth oauth_consumer_key=\"key\", ",
            "oauth_version=\"1.0\"' https://api.example.com/\n",
        ),
        (
            &["POST", "https://api.example.com/"],
            "curl --globoff --request POST --header 'Authorization: OAuth oauth_consumer_key=",
            "oauth_version=\"1.0\"' --data-raw '' https://api.example.com/\n",
        ),
        (
            &["put", url, "--in", "form", "--form", "näme=it's = 1"],
            "curl --globoff --request PUT \
             --header 'Content-Type: application/x-www-form-urlencoded' \
             --data-raw 'n%C3%A4me=it%27s%20%3D%201&oauth_consumer_key=key&",
            "&oauth_version=1.0' 'https://api.example.com/find?q=%C3%A9&r=%27'\n",
        ),
    ] {
        let line = stdout(&consumer(&[arguments, &["--curl"]].concat()));
        assert!(line.starts_with(before), "{line}\n{before}");
        assert!(line.ends_with(behind), "{line}\n{behind}");
    }
}

#[test]
fn a_command_is_named_first() {
    for (arguments, expected) in [
        (
            &[][..],
            "a command is missing, such as `oauth1 sign`; --help lists the commands",
        ),
        (
            &["GET", AT],
            "there is no command \"GET\"; --help lists the commands",
        ),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_oauth1"));
        refused(&command.args(arguments).output().unwrap(), expected);
    }
}

const AT: &str = "https://api.example.com/";

/// Arguments, and what is said about them. No line repeats what is `hidden`.
const REFUSED: &[(&[&str], &str)] = &[
    (&["GET"], "<URL> is missing; --help lists the options"),
    (
        &["--curl"],
        "<METHOD> <URL> is missing; --help lists the options",
    ),
    (
        &["GET", AT, "and", "more"],
        "there is more than <METHOD> and <URL>; a value with spaces needs quotation marks",
    ),
    (
        &["GET", AT, "-xhidden"],
        "only -h has one hyphen; a value that begins with one is given as --option=-value",
    ),
    (
        &["GET", AT, "--nonce", "-xhidden"],
        "only -h has one hyphen; a value that begins with one is given as --option=-value",
    ),
    (&["GET", AT, "--curl=hidden"], "--curl takes no value"),
    (
        &["GET", "https://user:hidden@example.com/"],
        "<URL>: user and password belong in a header of their own, if at all",
    ),
    (
        &["GET", AT, "--timestamp", "-1"],
        "--timestamp <SECONDS>: invalid digit found in string",
    ),
    (
        &["GET", AT, "--noncf", "1"],
        "there is no option --noncf; do you mean --nonce? --help lists the options",
    ),
    (
        &["GET", AT, "--xyz=hidden"],
        "there is no option --xyz; --help lists the options",
    ),
    (
        &["G T", AT],
        "<METHOD>: the method is not a valid HTTP method",
    ),
    (
        &["GET", "api.example.com/"],
        "<URL>: relative URL without a base; it begins with http:// or https://",
    ),
    (
        &["GET", "ftp://example.com/"],
        "<URL>: the scheme of the URL is neither http nor https",
    ),
    (
        &["GET", "https://api.example.com/?q=100%"],
        "<URL>: malformed percent escape at byte 5 of the query: write a percent sign as %25",
    ),
    (
        &["GET", "https://api.example.com/?oauth_token=hidden"],
        "<URL>: oauth_token is already in the query: oauth_* parameters are added \
             by the signer; is this signed already?",
    ),
    (
        &["POST", AT, "--form", "a=b", "--form", "hidden"],
        "--form takes NAME=VALUE, but number 2 has no `=`",
    ),
    (
        &["POST", AT, "--form", "oauth_nonce=hidden"],
        "--form: oauth_nonce is already in the form: oauth_* parameters are added \
             by the signer; is this signed already?",
    ),
    (
        &["POST", AT, "--form-body", "q=%zz"],
        "--form-body: malformed percent escape at byte 2 of the form: write a percent sign as %25",
    ),
    (
        &["POST", AT, "--form", "a=b", "--form-body", "a=b"],
        "--form <NAME=VALUE> cannot be used together with --form-body <TEXT>",
    ),
    (
        &["GET", AT, "--in", "cookie"],
        "--in <PLACE> is one of header, query, form",
    ),
    (&["GET", AT, "--nonce"], "--nonce <NONCE> needs a value"),
    (
        &["GET", AT, "--nonce", "1", "--nonce", "2"],
        "--nonce <NONCE> is given twice",
    ),
    (
        &["GET", AT, "--timestamp", "noon"],
        "--timestamp <SECONDS>: invalid digit found in string",
    ),
    (
        &["GET", AT, "--timestamp", "1380138173684"],
        "--timestamp is in seconds; this looks like milliseconds",
    ),
    (
        &["GET", AT, "--callback", "nowhere"],
        "--callback is neither an absolute URL nor `oob`",
    ),
    (
        &["GET", AT, "--parameter", "oauth_session_handle"],
        "--parameter takes NAME=VALUE, but number 1 has no `=`",
    ),
    (
        &["GET", AT, "--parameter", "oauth_nonce=hidden"],
        "--parameter: \"oauth_nonce\" cannot be an extra protocol parameter",
    ),
    (
        &[
            "GET",
            AT,
            "--parameter",
            "o\n=1",
            "--parameter",
            "o\n=hidden",
        ],
        "--parameter: \"o\\n\" is given twice",
    ),
    (
        &["GET", AT, "--realm", "Café"],
        "--realm: the character at byte 3 cannot stand in a realm",
    ),
    (
        &["GET", AT, "--realm", "Photos", "--in", "query"],
        "--realm stands in a header only: use --in header",
    ),
    (
        &["GET", AT, "--token", "token"],
        "--token-secret is missing; it can also be set as OAUTH_TOKEN_SECRET; a token has one",
    ),
    (
        &["GET", AT, "--token-secret", "hidden"],
        "--token is missing; it can also be set as OAUTH_TOKEN; its secret is there",
    ),
];

const CONTENT_TYPE: &str = "Content-Type: application/x-www-form-urlencoded";

/// Twitter's request, with its credentials in the environment.
fn twitter(arguments: &[&str]) -> Output {
    run(&[&[METHOD, URL], arguments].concat(), &ENVIRONMENT)
}

/// With a consumer and no token.
fn consumer(arguments: &[&str]) -> Output {
    run(
        arguments,
        &[
            ("OAUTH_CONSUMER_KEY", "key"),
            ("OAUTH_CONSUMER_SECRET", "hidden"),
        ],
    )
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oauth1"));
    for (variable, _) in ENVIRONMENT {
        command.env_remove(variable);
    }
    command
        .arg("sign")
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

#[track_caller]
fn stdout(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert_eq!(error, "");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn refused(output: &Output, expected: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(error, format!("oauth1: {expected}\n"));
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert_eq!(output.stdout, b"", "{error}");
    assert!(!error.contains("hidden"), "{error}");
}

/// What the shell makes of a command line: what `curl` would get.
fn words_of_a_shell(line: &str) -> Vec<String> {
    let script = format!(r#"curl() {{ for word; do printf '%s\n' "$word"; done; }}; {line}"#);
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    stdout(&output).lines().map(str::to_owned).collect()
}
