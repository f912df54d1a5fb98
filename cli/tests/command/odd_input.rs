//! Odd input: any bytes in any option end in a request or in one line of error, and never in a panic.

#![cfg(unix)]

use std::{ffi::OsString, os::unix::ffi::OsStringExt};

use proptest::{collection::vec, prelude::*, sample::select, test_runner::Config};

use super::support::{AT, Folder, nobody, oauth1};

const OPTIONS: [&str; 26] = [
    "",
    "--query",
    "--form",
    "--form-file",
    "--browser-form",
    "--form-body",
    "--body",
    "--content-type",
    "--body-hash",
    "--signed-elsewhere",
    "--consumer-key",
    "--consumer-secret",
    "--token",
    "--token-file",
    "--signature-method",
    "--private-key",
    "--realm",
    "--no-version",
    "--placement",
    "--callback",
    "--verifier",
    "--parameter",
    "--nonce",
    "--timestamp",
    "--curl",
    "--json",
];

/// Bytes that mean something somewhere, and any other but NUL, which no argument can have.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let special = select(b"=&%@-+'\"\\\n\r\t\x1b\x7f {}[]:/?#0a".to_vec());
    vec(prop_oneof![3 => special, 1 => 1..=255u8], 0..12)
}

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_arguments_end_well(
        start in prop_oneof![Just(vec![]), vec(bytes(), 0..3)],
        options in vec((select(OPTIONS.to_vec()), bytes()), 0..4),
        stdin in vec(any::<u8>(), 0..20),
    ) {
        let mut arguments: Vec<OsString> = vec!["sign".into()];
        if start.is_empty() {
            arguments.extend(["POST".into(), AT.into()]);
        }
        arguments.extend(start.into_iter().map(OsString::from_vec));
        for (option, value) in options {
            if !option.is_empty() {
                arguments.push(option.into());
            }
            if !value.is_empty() || option.is_empty() {
                arguments.push(OsString::from_vec(value));
            }
        }
        let folder = Folder::new();
        let output = oauth1(&arguments).stdin(stdin).in_folder(&folder).output();
        let error = String::from_utf8(output.stderr).unwrap();
        let code = output.status.code();
        prop_assert!(code == Some(0) || code == Some(2), "{:?}\n{}", arguments, error);
        let lines = error.lines().filter(|line| !line.starts_with("oauth1: warning: "));
        prop_assert_eq!(lines.count(), usize::from(code == Some(2)), "{:?}\n{}", arguments, error);
        prop_assert!(!error.trim_end_matches('\n').contains(|c: char| c.is_control() && c != '\n'));
        prop_assert_eq!(output.stdout.is_empty(), code == Some(2));
        prop_assert!(folder.names().is_empty());
    }
}

const PIECES: [&str; 24] = [
    "GET&https%3A%2F%2Fa.test%2F&a%3Db",
    "get&",
    "%26",
    "\\u0026",
    "ours:",
    "theirs: ",
    "expected signature:",
    "our time: 1",
    "answer:",
    "sent:",
    "request:",
    "curl ",
    "'",
    "\"",
    " -d ",
    " -H ",
    " https://a.test/?b=c",
    "HTTP/1.1 401",
    "POST /a HTTP/1.1",
    "\nHost: a.test",
    "Authorization: OAuth oauth_signature=\"a\"",
    "> GET / HTTP/1.1",
    "oauth_problem=signature_invalid&debug_sbs=",
    "0fhNGlzpFNAsTme/hDfUb5HPB5U=",
];

/// Pieces that are nearly right, with anything between them.
fn pasted() -> impl Strategy<Value = Vec<u8>> {
    let known = select(PIECES.to_vec()).prop_map(|text| text.as_bytes().to_vec());
    let line_end = select(vec!["\n", "\r\n", "\n\n"]).prop_map(|text| text.as_bytes().to_vec());
    vec(prop_oneof![4 => known, 3 => line_end, 2 => bytes()], 0..12).prop_map(|all| all.concat())
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, ..Config::default() })]

    #[test]
    fn anything_can_be_pasted(stdin in pasted(), option in 0..8_usize) {
        let option = [
            "-", "--ours=-", "--theirs=-", "--sent=-", "--request=-", "--answer=-",
            "--signature=-", "--received-signature=-",
        ][option];
        let run = nobody(["diagnose", option]).env("OAUTH_CONSUMER_SECRET", "hidden");
        let output = run.stdin(stdin.clone()).output();
        let error = String::from_utf8(output.stderr).unwrap();
        let code = output.status.code();
        prop_assert!(matches!(code, Some(0..=2)), "{}\n{}", stdin.escape_ascii(), error);
        prop_assert!(error.lines().all(|line| line.starts_with("oauth1: ")), "{}", error);
        prop_assert!(code != Some(2) || error.lines().count() == 1, "{}", error);
        prop_assert!(code != Some(2) || output.stdout.is_empty());
        prop_assert!(!error.contains("hidden"));
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_signed_where_bytes_are() {
    let form = OsString::from_vec(b"a\xff=\xfe".to_vec());
    let run = oauth1(["sign", "POST", AT, "--form"]).arguments([&form]);
    assert!(run.stdout().ends_with("\n\na%FF=%FE\n"));
    let run = oauth1(["sign", "GET", AT, "--query"]).arguments([&form]);
    assert!(
        run.stdout()
            .starts_with("GET https://api.example.com/?a%FF=%FE\n")
    );
}

#[test]
fn bytes_that_are_not_utf_8_are_refused_where_text_is() {
    let bad = OsString::from_vec(b"https://hidden\xff".to_vec());
    let expected = "not everything given is UTF-8; other bytes go percent-encoded into the URL, or \
                    into a form";
    oauth1(["sign", "GET"]).arguments([&bad]).refused(expected);
    oauth1(["sign", "GET", AT, "--nonce"])
        .arguments([&bad])
        .refused(expected);
    let run = oauth1(["sign", "GET", AT, "--parameter"]);
    run.arguments([OsString::from_vec(b"a=\xff".to_vec())])
        .refused("--parameter is not UTF-8");
    let run = nobody(["sign", "GET", AT]).env("OAUTH_CONSUMER_KEY", &bad);
    run.refused("OAUTH_CONSUMER_KEY is not text in UTF-8");
}

#[test]
fn names_of_files_may_be_any_bytes() {
    let folder = Folder::new();
    let name = OsString::from_vec(b"b\xff'\n".to_vec());
    std::fs::write(folder.path.join(&name), b"\0").unwrap();
    let mut source = OsString::from("@");
    source.push(&name);
    let run = oauth1(["sign", "POST", AT, "--curl", "--body"]).arguments([&source]);
    let line = run.in_folder(&folder).bytes();
    let expected = b" --data-binary '@b\xff'\\''\n' https://api.example.com/\n";
    assert!(line.ends_with(expected), "{}", line.escape_ascii());
}
