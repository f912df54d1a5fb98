//! Secrets where other users of the machine can see them: in arguments, ours and those of curl.

use super::support::{AT, Folder, Run, nobody, oauth1};

/// The warnings of a run that succeeds.
#[track_caller]
fn warnings(run: Run) -> Vec<String> {
    let output = run.output();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{error}");
    let lines = error.lines();
    lines
        .map(|line| line.strip_prefix("oauth1: warning: ").unwrap().to_owned())
        .collect()
}

const IN_URL: &str = "servers log it, too; send it in a form, with --form-file";

#[test]
fn a_secret_in_an_argument_is_warned_of_wherever_it_is() {
    let url = format!("{AT}?a=b&x_auth_password=hidden");
    for (arguments, place, advice) in [
        (
            &[AT, "--form", "x_auth_password=hidden"][..],
            "--form x_auth_password",
            "give --form-file x_auth_password=FILE instead",
        ),
        (
            &[AT, "--form-body", "a=b&x_auth%5fpassword=hidden"],
            "--form-body x_auth_password",
            "give the form as @FILE, or as - from standard input",
        ),
        (
            &[AT, "--query", "x_auth_password=hidden"],
            "--query x_auth_password",
            &format!("{IN_URL} x_auth_password=FILE"),
        ),
        (
            &[&url],
            "<URL> x_auth_password",
            &format!("{IN_URL} x_auth_password=FILE"),
        ),
        (
            &[AT, "--verifier", "hidden"],
            "--verifier",
            "give --verifier-file instead",
        ),
        (
            &[AT, "--parameter", "oauth_session_handle=hidden"],
            "--parameter oauth_session_handle",
            "give --parameter-file oauth_session_handle=FILE instead",
        ),
        (
            &[AT, "--signed-elsewhere", "user[password]=hidden"],
            "--signed-elsewhere user[password]",
            "sign where there are no other users",
        ),
        // A name that may be something else is not repeated.
        (
            &[AT, "--form", "hidden password=hidden"],
            "--form NAME",
            "give --form-file NAME=FILE instead",
        ),
    ] {
        let found = warnings(oauth1(["sign", "POST"]).arguments(arguments));
        let expected =
            format!("other users of this machine can see what follows {place}; {advice}");
        assert_eq!(found, [expected]);
    }
}

#[test]
fn a_secret_in_the_arguments_of_curl_is_warned_of_wherever_it_came_from() {
    let folder = Folder::new();
    folder
        .write("password", "hidden")
        .write("form", "a=b&x_auth_password=hidden\n");
    for (name, arguments) in [
        (
            "x_auth_password",
            &["--form-file", "x_auth_password=password"][..],
        ),
        ("x_auth_password", &["--form-body", "@form"]),
        ("oauth_verifier", &["--verifier-file", "password"]),
        (
            "oauth_verifier",
            &["--verifier-file", "password", "--placement", "query"],
        ),
        (
            "oauth_session_handle",
            &[
                "--parameter-file",
                "oauth_session_handle=password",
                "--placement",
                "body",
            ],
        ),
    ] {
        let run = || oauth1(["sign", "POST", AT]).arguments(arguments);
        assert!(warnings(run().in_folder(&folder)).is_empty());
        let found = warnings(run().arguments(["--curl"]).in_folder(&folder));
        let expected = format!(
            "{name} is in the arguments of curl, where other users of this machine can see it; \
             send what --json prints instead"
        );
        assert_eq!(found, [expected]);
    }
    // In both arguments.
    let run = oauth1(["sign", "POST", AT, "--query", "secret=hidden", "--curl"]);
    assert_eq!(warnings(run).len(), 2);
}

#[test]
fn ordinary_names_are_not_warned_of() {
    for name in ["status", "handle", "token", "is_secret", "password_hint"] {
        let pair = format!("{name}=hidden");
        let run = oauth1(["sign", "POST", &format!("{AT}?{pair}"), "--curl"]);
        let run = run.arguments(["--query", &pair, "--form", &pair, "--parameter", &pair]);
        assert!(warnings(run).is_empty(), "{name}");
    }
    // An empty one is no secret, and JSON has no names.
    let run = oauth1(["sign", "POST", AT, "--form", "password=", "--curl"]);
    assert!(warnings(run).is_empty());
    let run = oauth1(["sign", "POST", AT, "--body", "password=x", "--curl"]);
    assert!(warnings(run).is_empty());
}

#[test]
fn login_warns_of_its_arguments_and_does_not_show_them() {
    let run = nobody(["login", "--request-parameter", "x_auth_password=hidden,?"]);
    let output = run.output();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "oauth1: warning: other users of this machine can see what follows --request-parameter \
         x_auth_password; log in where there are no other users\n"
    );
    assert_eq!(output.status.code(), Some(0));
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(
        shown.contains("/initiate?x_auth_password=[hidden]\n"),
        "{shown}"
    );
}

#[test]
fn codes_and_handles_are_read_from_files() {
    let folder = Folder::new();
    folder.write("handle", "ALt/T=\r\n");
    let run = oauth1(["sign", "POST", AT, "--verifier-file", "-"]).stdin("755-955-488\n");
    let run = run.arguments(["--parameter-file", "oauth_session_handle=handle"]);
    let text = run.in_folder(&folder).stdout();
    for part in [
        r#", oauth_session_handle="ALt%2FT%3D", "#,
        r#", oauth_verifier="755-955-488""#,
    ] {
        assert!(text.contains(part), "{part}\n\n{text}");
    }
}
