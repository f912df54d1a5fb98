//! Where credentials come from.

use super::support::{AT, Folder, STAMP, nobody, oauth1};

const SIGN: [&str; 3] = ["sign", "GET", AT];

/// With all four in the environment.
#[track_caller]
fn expected() -> String {
    oauth1(SIGN)
        .env("OAUTH_TOKEN", "token")
        .env("OAUTH_TOKEN_SECRET", "hidden-two")
        .arguments(STAMP)
        .stdout()
}

#[test]
fn files_do_as_the_environment() {
    let folder = Folder::new();
    folder
        .write("consumer", "hidden-one\n")
        .write("token", "hidden-two\r\n")
        .write(
            "token.json",
            r#"{"token": "token", "secret": "hidden-two", "fields": [["a", "b"]]}"#,
        );
    let consumer = [
        "--consumer-key",
        "key",
        "--consumer-secret-file",
        "consumer",
    ];
    for token in [
        &["--token", "token", "--token-secret-file", "token"][..],
        &["--token-file", "token.json"],
    ] {
        let run = nobody(SIGN).arguments(STAMP).arguments(consumer);
        assert_eq!(run.arguments(token).in_folder(&folder).stdout(), expected());
    }
    // Options go before the environment.
    let run = nobody(SIGN)
        .arguments(STAMP)
        .arguments(consumer)
        .in_folder(&folder);
    let run = run
        .env("OAUTH_CONSUMER_KEY", "other")
        .env("OAUTH_CONSUMER_SECRET", "other");
    let run = run
        .env("OAUTH_TOKEN", "other")
        .env("OAUTH_TOKEN_SECRET", "other");
    assert_eq!(
        run.arguments(["--token-file", "token.json"]).stdout(),
        expected()
    );
}

#[test]
fn standard_input_does_as_the_environment() {
    let run = nobody(SIGN)
        .arguments(STAMP)
        .arguments(["--consumer-secret-file", "-"]);
    let run = run
        .env("OAUTH_CONSUMER_KEY", "key")
        .env("OAUTH_TOKEN", "token");
    let run = run
        .env("OAUTH_TOKEN_SECRET", "hidden-two")
        .stdin("hidden-one\n");
    assert_eq!(run.stdout(), expected());
    let run = oauth1(SIGN)
        .arguments(STAMP)
        .arguments(["--token-file", "-"]);
    let run = run.stdin(r#"{"token":"token","secret":"hidden-two"}"#);
    assert_eq!(run.stdout(), expected());
}

#[test]
fn standard_input_is_read_once() {
    let run = oauth1(SIGN).arguments(["--token", "t", "--token-secret-file", "-"]);
    run.arguments(["--consumer-secret-file", "-"]).refused(
        "standard input can be read once only, but --consumer-secret-file and \
         --token-secret-file both want it",
    );
    let run = oauth1(["sign", "POST", AT, "--form-file", "a=-", "--form-body", "-"]);
    run.refused("--form-file <NAME=FILE> cannot be used together with --form-body <TEXT>");
    let run = oauth1([
        "sign",
        "POST",
        AT,
        "--form-file",
        "a=-",
        "--form-file",
        "b=-",
    ]);
    run.refused(
        "standard input can be read once only, but --form-file and --form-file both want it",
    );
}

#[test]
fn a_secret_as_an_argument_is_used_with_a_warning() {
    for (option, variable) in [
        ("--consumer-secret", "OAUTH_CONSUMER_SECRET"),
        ("--token-secret", "OAUTH_TOKEN_SECRET"),
    ] {
        let secret = if option.contains("token") {
            "hidden-two"
        } else {
            "hidden-one"
        };
        let run = oauth1(SIGN)
            .env("OAUTH_TOKEN", "token")
            .env("OAUTH_TOKEN_SECRET", "hidden-two");
        let output = run
            .env(variable, "")
            .arguments(STAMP)
            .arguments([option, secret])
            .output();
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            format!(
                "oauth1: warning: other users of this machine can see what follows {option}; set \
                 {variable} or give {option}-file instead\n"
            )
        );
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected());
    }
    // One that begins with a hyphen is a value all the same, and an empty one is no secret.
    let run = oauth1(SIGN).arguments(["--consumer-secret", "-hidden"]);
    assert_eq!(run.output().status.code(), Some(0));
    assert!(
        !oauth1(SIGN)
            .arguments(["--consumer-secret", ""])
            .stdout()
            .is_empty()
    );
}

#[test]
fn an_empty_variable_is_none_and_an_empty_token_is_one() {
    let run = || {
        oauth1(SIGN)
            .env("OAUTH_TOKEN", "")
            .env("OAUTH_TOKEN_SECRET", "")
    };
    let text = run().stdout();
    assert!(!text.contains("oauth_token"), "{text}");
    let text = run().arguments(["--token", ""]).stdout();
    assert!(text.contains(r#"oauth_token="""#), "{text}");
}

#[test]
fn a_token_in_the_environment_can_be_left_out() {
    let run = oauth1(SIGN)
        .env("OAUTH_TOKEN", "token")
        .env("OAUTH_TOKEN_SECRET", "hidden-two");
    let text = run.arguments(["--no-token"]).stdout();
    assert!(!text.contains("oauth_token"), "{text}");
    // With a secret that an option gives, that signs: as if there were an empty token.
    let run = oauth1(SIGN)
        .env("OAUTH_TOKEN", "token")
        .env("OAUTH_TOKEN_SECRET", "hidden-other");
    let run = run
        .arguments(STAMP)
        .arguments(["--signature-method", "PLAINTEXT"]);
    let run = run.arguments(["--no-token", "--token-secret-file", "-"]);
    let text = run.stdin("hidden-two\n").stdout();
    assert!(!text.contains("oauth_token"), "{text}");
    assert!(
        text.contains(r#"oauth_signature="hidden-one%26hidden-two""#),
        "{text}"
    );
    let run = oauth1(SIGN).arguments(["--no-token", "--token", "a"]);
    run.refused("--no-token cannot be used together with --token <TOKEN>");
    let run = oauth1(SIGN).arguments(["--token-file", "a", "--token", "a"]);
    run.refused("--token-file <FILE> cannot be used together with --token <TOKEN>");
}

#[test]
fn files_that_hold_no_secret_are_refused() {
    let folder = Folder::new();
    folder
        .write("lines", "hidden\nhidden\n")
        .write("latin", b"hidd\xe9n")
        .write("mark", "\u{feff}hidden")
        .write("temporary", r#"{"temporary":"hidden","secret":"hidden"}"#)
        .write("number", "{\"token\":\"hidden\",\n\"secret\":5}")
        .write("text", "hidden");
    for (file, expected) in [
        ("none", "there is no such file"),
        (
            "lines",
            "the file has more than one line; it must contain the secret only",
        ),
        ("latin", "the file is not text in UTF-8"),
        (
            "mark",
            "the file begins with a byte order mark, which would count as part of the secret; \
             save it without one",
        ),
    ] {
        let run = oauth1(SIGN).arguments(["--consumer-secret-file", file]);
        run.in_folder(&folder)
            .refused(&format!("--consumer-secret-file: {expected}"));
    }
    for (file, line, column) in [("temporary", 1, 40), ("number", 2, 10), ("text", 1, 1)] {
        let run = oauth1(SIGN)
            .arguments(["--token-file", file])
            .in_folder(&folder);
        run.refused(&format!(
            "--token-file: line {line} column {column} is not as `oauth1 login --store` writes \
             it: {{\"token\": \"...\", \"secret\": \"...\"}}"
        ));
    }
}

#[test]
fn a_line_end_in_the_environment_is_noticed() {
    for name in [
        "OAUTH_CONSUMER_KEY",
        "OAUTH_CONSUMER_SECRET",
        "OAUTH_TOKEN",
        "OAUTH_TOKEN_SECRET",
    ] {
        let run = oauth1(SIGN)
            .env("OAUTH_TOKEN", "t")
            .env("OAUTH_TOKEN_SECRET", "hidden");
        run.env(name, "hidden\n").refused(&format!(
            "{name} ends in a line break, which would count as part of it; remove it"
        ));
    }
    oauth1(SIGN)
        .arguments(["--token", "hidden\n", "--token-secret", ""])
        .refused("--token ends in a line break, which would count as part of it; remove it");
}
