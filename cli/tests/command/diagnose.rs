//! `oauth1 diagnose`: what it reads, and what it says about that.

use std::process::Output;

use super::support::{Folder, Run, nobody};

pub(super) const OURS: &str = "GET&https%3A%2F%2Fapi.example.com%2Fa&oauth_consumer_key%3Dkey%26oauth_nonce%3D7\
                    %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958%26q%3Da%2Bb";
pub(super) const THEIRS: &str = "GET&https%3A%2F%2Fapi.example.com%2Fa&oauth_consumer_key%3Dkey%26oauth_nonce%3D7\
                      %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958%26q%3Da%2520b";

pub(super) fn diagnose<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Run {
    nobody(["diagnose"]).arguments(arguments)
}

/// The report, if something is proven to be wrong, and what is said beside it.
#[track_caller]
fn proven(run: Run) -> (String, String) {
    let (report, notes, code) = said(run.output());
    assert_eq!(code, Some(1), "{report}{notes}");
    (report, notes)
}

#[track_caller]
pub(super) fn said(output: Output) -> (String, String, Option<i32>) {
    let report = String::from_utf8(output.stdout).unwrap();
    let notes = String::from_utf8(output.stderr).unwrap();
    (report, notes, output.status.code())
}

#[test]
fn evidence_is_a_file_or_a_text_or_standard_input() {
    let folder = Folder::new();
    folder
        .write("ours.txt", format!("{OURS}\n"))
        .write("theirs", THEIRS);
    let (report, notes) = proven(diagnose(["--ours", OURS, "--theirs", THEIRS]));
    assert_eq!(notes, "");
    for (arguments, stdin) in [
        (&["--ours", "ours.txt", "--theirs", "theirs"][..], ""),
        (&["--ours", "@ours.txt", "--theirs", "theirs"], ""),
        (&["--ours", "ours.txt", "--theirs", "-"], THEIRS),
        (&["--theirs", "theirs", "--ours=-"], OURS),
        (
            &["--theirs", "theirs", "-"],
            &format!("ours:\r\n{OURS}\r\n"),
        ),
    ] {
        let run = diagnose(arguments.iter().copied())
            .in_folder(&folder)
            .stdin(stdin);
        assert_eq!(
            proven(run),
            (report.clone(), String::new()),
            "{arguments:?}"
        );
    }
}

#[test]
fn pieces_are_recognized_and_guesses_are_told() {
    let (report, _) = proven(diagnose(["--ours", OURS, "--theirs", THEIRS]));
    let guesses = "oauth1: standard input, line 2 is taken for the base string that was signed\n\
                   oauth1: standard input, line 4 is taken for the base string that the server \
                   made\n";
    let text = format!("\n{OURS}\n\n{THEIRS}\n");
    assert_eq!(
        proven(diagnose([]).stdin(text)),
        (report.clone(), guesses.to_owned())
    );
    let (found, notes) = proven(diagnose([OURS, THEIRS]));
    assert_eq!(found, report);
    assert_eq!(
        notes,
        "oauth1: <PIECE> is taken for the base string that was signed\n\
         oauth1: <PIECE> is taken for the base string that the server made\n"
    );
    // What is labelled comes first.
    let text = format!("{OURS}\nTheir base string: {THEIRS}\n");
    let (found, _) = proven(diagnose([]).stdin(text));
    assert_eq!(found, report);
}

#[test]
fn the_base_string_of_an_answer_is_the_servers() {
    let (report, _) = proven(diagnose(["--ours", OURS, "--theirs", THEIRS]));
    let body = format!("oauth_problem=signature_invalid&debug_sbs={THEIRS}");
    let answer = format!("HTTP/1.1 401 Unauthorized\r\nServer: a\r\n\r\n{body}\r\n");
    for theirs in [&body, &answer, &format!("status: {answer}")[8..]] {
        let (found, notes) = proven(diagnose(["--ours", OURS, "--theirs", theirs]));
        assert_eq!((found, notes), (report.clone(), String::new()), "{theirs}");
        let (found, _) = proven(diagnose(["-"]).stdin(format!("{OURS}\n\n{theirs}")));
        assert_eq!(found, report, "{theirs}");
    }
}

#[test]
fn what_sign_explains_is_right() {
    for placement in ["header", "query", "body"] {
        let sign = super::support::oauth1(["sign", "POST", "https://api.example.com/a?b=c+d"]);
        let sign = sign.arguments(["--form", "e=f, g", "--explain", "--placement", placement]);
        let run = diagnose(["-"]).stdin(sign.stdout());
        let run = run.env("OAUTH_CONSUMER_SECRET", "hidden-one");
        let (report, notes, code) = said(run.output());
        assert_eq!(code, Some(0), "{report}{notes}");
    }
}

#[test]
fn what_sign_prints_for_curl_is_right() {
    for form in ["it's=1 + 1", "a=\"$b`"] {
        let sign = super::support::oauth1(["sign", "POST", "https://api.example.com/a?b[]=c"]);
        let sign = sign.arguments(["--form", form, "--curl"]);
        let run = diagnose([]).stdin(sign.stdout());
        let run = run.env("OAUTH_CONSUMER_SECRET", "hidden-one");
        let (report, notes, code) = said(run.output());
        assert_eq!(code, Some(0), "{report}{notes}");
        assert!(!notes.contains("warning"), "{notes}");
    }
}

#[test]
fn a_request_that_is_not_signed_is_compared_by_the_rest() {
    let curl = "curl -G https://api.example.com/a --data-urlencode 'q=a b'";
    let (report, notes) = proven(diagnose([curl, OURS]));
    assert!(report.contains('q'), "{report}");
    assert!(notes.contains("the request that was meant"), "{notes}");
    let run = diagnose([curl, THEIRS]).output();
    assert_eq!(said(run).2, Some(0));
}

#[test]
fn a_request_that_does_not_tell_its_scheme_is_not_said_to_have_another() {
    for scheme in ["http", "https"] {
        let ours = format!("ours: {}", THEIRS.replace("https", scheme));
        let request = "GET /a?q=a%20b HTTP/1.1\nHost: api.example.com\nAuthorization: OAuth \
                       oauth_consumer_key=\"key\", oauth_nonce=\"7\", \
                       oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1318622958\"";
        let run = diagnose([]).stdin(format!("{request}\n\n{ours}\n"));
        let (report, notes, code) = said(run.output());
        assert_eq!(code, Some(0), "{report}{notes}");
    }
}

#[test]
fn the_shell_cuts_a_url_without_quotes() {
    let curl = format!("curl https://api.example.com/a?q=a%20b&r=1 -H 'X: y'\n\nours: {THEIRS}\n");
    let (_, notes, _) = said(diagnose([]).stdin(curl).output());
    assert!(
        notes.contains("a shell ends the command at an `&`"),
        "{notes}"
    );
}

#[test]
fn texts_of_windows_are_read() {
    let units =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let folder = Folder::new();
    folder.write(
        "ours",
        [vec![0xff, 0xfe], units(&format!("{OURS}\r\n"))].concat(),
    );
    folder.write("theirs", format!("\u{feff}{THEIRS}\r\n"));
    let run = diagnose(["--ours", "ours", "--theirs", "theirs"]).in_folder(&folder);
    let (report, _) = proven(diagnose(["--ours", OURS, "--theirs", THEIRS]));
    assert_eq!(proven(run).0, report);
}

#[test]
fn colors_are_for_terminals() {
    let both = ["--ours", OURS, "--theirs", THEIRS];
    let plain = proven(diagnose(both)).0;
    assert!(!plain.contains('\x1b'));
    let painted = proven(diagnose(both).arguments(["--color", "always"])).0;
    let mut stripped = String::new();
    for (place, part) in painted.split("\x1b[").enumerate() {
        let text = if place == 0 {
            part
        } else {
            part.split_once('m').unwrap().1
        };
        stripped.push_str(text);
    }
    assert_eq!(stripped, plain);
}

#[test]
fn a_token_without_a_secret_is_not_taken_for_a_mistake() {
    let ours = OURS.replace("%26q", "%26oauth_token%3Dt%26q");
    let run = diagnose([
        "--ours",
        &ours,
        "--signature",
        "0fhNGlzpFNAsTme/hDfUb5HPB5U=",
    ]);
    let (_, notes, code) = said(run.env("OAUTH_CONSUMER_SECRET", "hidden").output());
    assert_eq!(code, Some(0));
    assert_eq!(
        notes,
        "oauth1: the request has a token: to compute signatures, set OAUTH_TOKEN_SECRET too, or \
         give --no-token if there is no secret\n"
    );
}

#[test]
fn secrets_in_arguments_are_warned_of() {
    let plaintext = "OAuth oauth_signature_method=\"PLAINTEXT\", oauth_signature=\"hidden%26\"";
    let password = THEIRS.replace("%26q", "%26x_auth_password%3Dhidden%26q");
    for (option, text) in [("--sent", plaintext), ("--theirs", &password)] {
        let (report, notes, _) = said(diagnose([option, text]).output());
        let expected = format!(
            "oauth1: warning: other users of this machine can see the secrets that follow {option}; \
             give a file instead\n"
        );
        assert_eq!(notes, expected);
        assert!(!report.contains("hidden"), "{report}");
        let (_, notes, _) = said(diagnose([option, "-"]).stdin(text).output());
        assert_eq!(notes, "");
    }
}

#[test]
fn a_header_alone_has_the_signature() {
    let header = "oauth_signature=\"cEWvmwSskPc%252BLnpusZ6j%252BaUd5UQ%253D\"";
    let header = format!("Authorization: OAuth oauth_nonce=\"7\",\n  {header}\n");
    let (report, notes, _) = said(diagnose(["-"]).stdin(header).output());
    assert!(
        report.starts_with("likely[signature-encoded-twice]"),
        "{report}"
    );
    assert_eq!(notes, "");
}

#[test]
fn a_form_that_is_not_there_is_not_compared() {
    let request = "POST /a HTTP/1.1\nHost: api.example.com\nContent-Length: 9\nContent-Type: \
                   application/x-www-form-urlencoded\nAuthorization: OAuth oauth_nonce=\"7\"\n\n";
    let text = format!("sent:\n{request}ours: {}\n", THEIRS.replace("GET", "POST"));
    let (report, notes, code) = said(diagnose(["-"]).stdin(text).output());
    assert!(
        notes.starts_with("oauth1: the request has a form that is not there"),
        "{notes}"
    );
    assert_eq!(code, Some(0), "{report}");
}

#[test]
fn the_last_answer_counts() {
    let text = "HTTP/1.1 301 Moved\nLocation: /\n\nHTTP/1.1 401 Unauthorized\n\noauth_problem=\
                nonce_used\n";
    let (report, _) = proven(diagnose(["-"]).stdin(text));
    assert!(report.starts_with("error[nonce-used]"), "{report}");
}

#[test]
fn of_two_requests_the_second_was_sent() {
    let curl = "curl 'https://api.example.com/a?q=a%20b' -H 'Authorization: OAuth \
                oauth_signature=\"a\"'";
    let trace = "> GET /a?q=a+b HTTP/1.1\n> Host: api.example.com\n>\n< HTTP/1.1 401\n<\n";
    let (_, notes, _) = said(diagnose(["-"]).stdin(format!("{curl}\n{trace}")).output());
    assert_eq!(
        notes,
        "oauth1: standard input, line 1 is taken for the request that was meant\n\
         oauth1: standard input, line 2 is taken for the request that was sent\n"
    );
}
