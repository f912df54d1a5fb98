//! Whatever fails, no secret is shown: wherever it was put by mistake.

use super::{
    login::{TEMPORARY, login, service},
    support::{AT, Folder, Run, nobody},
};

const SECRET: &str = "Kd94hf93k423kf44";

/// Looks at what is shown when a command line is refused.
#[track_caller]
fn stays_hidden(run: Run) {
    let arguments = format!("{:?}", run.command);
    let output = run.output();
    let error = String::from_utf8_lossy(&output.stderr);
    let lines = error
        .lines()
        .filter(|line| !line.starts_with("oauth1: warning: "));
    match output.status.code() {
        // The secret was taken for something that is sent, or looked at.
        Some(0 | 1) => assert_eq!(lines.count(), 0, "{arguments}\n{error}"),
        Some(2) => {
            assert_eq!(lines.count(), 1, "{arguments}\n{error}");
            let shown = String::from_utf8_lossy(&output.stdout).to_lowercase();
            assert!(
                !shown.contains(&SECRET.to_lowercase()),
                "{arguments}\n{shown}"
            );
        }
        other => panic!("{arguments}\n{other:?}\n{error}"),
    }
    assert!(
        !error.to_lowercase().contains(&SECRET.to_lowercase()),
        "{arguments}\n{error}"
    );
}

/// All options of a command, from its help.
fn options(command: &str) -> Vec<String> {
    let help = nobody([command, "--help"]).stdout();
    let words = help
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--"));
    let names: Vec<_> = words
        .map(|line| format!("--{}", line.split(' ').next().unwrap()))
        .filter(|name| name != "--open" && !name.contains("-url"))
        .collect();
    assert!(names.len() > 10, "{names:?}");
    names
}

/// With secrets in the environment.
fn sign(arguments: &[&str]) -> Run {
    nobody(["sign"])
        .arguments(arguments)
        .env("OAUTH_CONSUMER_KEY", "key")
        .env("OAUTH_CONSUMER_SECRET", SECRET)
        .env("OAUTH_TOKEN", "token")
        .env("OAUTH_TOKEN_SECRET", SECRET)
}

#[test]
fn a_secret_in_place_of_anything_is_not_repeated() {
    let folder = Folder::new();
    let joined = format!("--{SECRET}");
    for option in options("sign") {
        let with_value = format!("{option}={SECRET}");
        let misspelt = format!("{}={SECRET}", &option[..option.len() - 1]);
        for arguments in [
            &["GET", AT, &option, SECRET][..],
            &["POST", AT, &option, SECRET, "--curl"],
            &["GET", AT, &with_value],
            &["GET", AT, &misspelt],
            &["GET", AT, &option, &joined],
            &["GET", SECRET, &option],
            &[SECRET, AT, &option],
            &["POST", AT, &option, SECRET, &option, SECRET],
            &["POST", AT, &option, &format!("@{SECRET}")],
            &["POST", AT, &option, &format!("{SECRET}=%zz\n")],
        ] {
            stays_hidden(sign(arguments).in_folder(&folder));
        }
    }
    assert!(folder.names().is_empty());
}

#[test]
fn a_secret_in_place_of_anything_is_not_repeated_by_login() {
    for option in options("login") {
        let folder = Folder::new();
        let with_value = format!("{option}={SECRET}");
        for arguments in [
            &["login", &option, SECRET][..],
            &["login", &with_value],
            &["login", &option, SECRET, SECRET],
            &[SECRET, "login"],
        ] {
            stays_hidden(nobody(arguments).in_folder(&folder));
        }
    }
    // With a service, where nothing is sent before all is read.
    let service = [
        "login",
        "--request-url",
        AT,
        "--authorize-url",
        AT,
        "--token-url",
        AT,
    ];
    for more in [
        &["--store", "x", "--consumer-secret", SECRET][..],
        &[
            "--store",
            "x",
            "--consumer-key",
            "key",
            "--consumer-secret-file",
            SECRET,
        ],
        &["--consumer-key", "key", "--consumer-secret", SECRET],
        &["--store", "x", "--user", SECRET],
    ] {
        stays_hidden(nobody(service).arguments(more));
    }
}

#[test]
fn a_secret_in_place_of_anything_is_not_repeated_by_diagnose() {
    let folder = Folder::new();
    for option in options("diagnose") {
        let with_value = format!("{option}={SECRET}");
        let misspelt = format!("{}={SECRET}", &option[..option.len() - 1]);
        for arguments in [
            &["diagnose", &option, SECRET][..],
            &["diagnose", &with_value],
            &["diagnose", &misspelt],
            &["diagnose", SECRET],
            &[
                "diagnose",
                "--ours=GET&http%3A%2F%2Fa&a%3Db",
                &option,
                SECRET,
                "--full",
            ],
            &["diagnose", "-", &option, &format!("@{SECRET}")],
        ] {
            let run = nobody(arguments).in_folder(&folder);
            stays_hidden(run.stdin(format!("consumer secret: {SECRET}")));
        }
    }
}

#[test]
fn a_report_has_no_secret() {
    let header =
        format!("OAuth oauth_signature_method=\"PLAINTEXT\", oauth_signature=\"{SECRET}%26\"");
    let request = format!(
        "POST https://api.example.com/ HTTP/1.1\nAuthorization: {header}\nContent-Type: \
         application/x-www-form-urlencoded\n\nx_auth_password={SECRET}&a=b\n\n"
    );
    let string = |value: &str| {
        format!("POST&http%3A%2F%2Fapi.example.com%2F&a%3Db%26x_auth_password%3D{value}\n")
    };
    let twice = format!("{SECRET}%2526");
    for text in [
        request.clone(),
        request.clone() + &string(SECRET),
        string(SECRET) + &string(&twice),
        string(&twice) + &string(SECRET),
        string("other") + &string(SECRET),
        format!("expected signature: {SECRET}\n{}", string("a")),
        format!(
            "HTTP/1.1 401\n\nInvalid signature. consumer_secret={SECRET} {}",
            string("a")
        ),
    ] {
        for options in [&[][..], &["--full"], &["--color=always"]] {
            let run = nobody(["diagnose", "-"])
                .arguments(options)
                .stdin(text.clone());
            let run = run.env("OAUTH_CONSUMER_SECRET", SECRET);
            let output = run.env("OAUTH_TOKEN_SECRET", SECRET).output();
            let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(
                matches!(output.status.code(), Some(0 | 1)),
                "{text}\n{shown}"
            );
            assert!(!shown.contains(SECRET), "{text}\n{shown}");
        }
    }
}

#[test]
fn a_secret_in_place_of_anything_is_not_repeated_by_verify() {
    let folder = Folder::new();
    for option in options("verify") {
        let with_value = format!("{option}={SECRET}");
        let misspelt = format!("{}={SECRET}", &option[..option.len() - 1]);
        for arguments in [
            &["verify", &option, SECRET][..],
            &["verify", &with_value],
            &["verify", &misspelt],
            &["verify", SECRET],
            &["verify", AT, SECRET],
            &["verify", AT, "-", &option, SECRET],
        ] {
            let run = nobody(arguments).in_folder(&folder);
            stays_hidden(run.stdin(format!("GET / HTTP/1.1\n{SECRET}")));
        }
    }
}

#[test]
fn a_verdict_has_no_secret() {
    let protocol = format!(
        "oauth_consumer_key=k&oauth_token=t&oauth_signature_method=PLAINTEXT&oauth_signature={SECRET}%26{SECRET}"
    );
    let form = "Content-Type: application/x-www-form-urlencoded";
    for request in [
        format!("GET /?{protocol} HTTP/1.1\n\n"),
        format!("POST / HTTP/1.1\n{form}\n\n{protocol}&x_auth_password={SECRET}"),
        format!("POST /?x_auth_password={SECRET} HTTP/1.1\n{form}\n\n{protocol}"),
    ] {
        for (secret, code) in [(SECRET, 0), ("another", 1)] {
            for options in [&[][..], &["--allow-plaintext"]] {
                let run = nobody(["verify", AT])
                    .arguments(options)
                    .stdin(request.clone());
                let run = run.env("OAUTH_CONSUMER_SECRET", secret);
                let output = run.env("OAUTH_TOKEN_SECRET", SECRET).output();
                let code = if options.is_empty() { 1 } else { code };
                let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
                assert_eq!(output.status.code(), Some(code), "{request}\n{shown}");
                assert!(!shown.contains(SECRET), "{request}\n{shown}");
            }
        }
    }
}

#[test]
fn what_is_printed_has_no_secret() {
    for arguments in [
        &["GET", AT][..],
        &["GET", AT, "--explain"],
        &["GET", AT, "--explain", "--curl"],
        &["GET", AT, "--explain", "--json"],
        &["POST", AT, "--placement", "query"],
        &["POST", AT, "--placement", "body", "--curl"],
        &["--help"],
        &["-h"],
    ] {
        let text = sign(arguments).stdout();
        assert!(!text.contains(SECRET), "{arguments:?}\n{text}");
    }
}

#[test]
fn a_secret_in_a_refused_answer_is_not_shown_however_it_is_written() {
    for body in [
        r#"{"oauth_token":"tt","oauth_token_secret":"VALUE"}"#,
        "{\n  \"oauth_token_secret\":\n    \"VALUE\"\n}",
        "<answer><oauth_token_secret>VALUE</oauth_token_secret></answer>",
        r#"<answer><field name="oauth_token_secret" value="VALUE"/></answer>"#,
        "oauth_token_secret : VALUE",
        "OAUTH_TOKEN_SECRET=VALUE",
        "oauth_token=tt&Oauth_Token_Secret=VALUE",
    ] {
        let body = body.replace("VALUE", SECRET);
        let token = ("200 OK", "oauth_token=t&oauth_token_secret=hidden-three");
        let refusal = ("500 Oops", body.as_str());
        // Of each call: for temporary credentials, for the token, and with the token.
        for answers in [
            &[refusal][..],
            &[TEMPORARY, refusal],
            &[TEMPORARY, token, refusal],
            &[TEMPORARY, token, ("200 OK", &body)],
        ] {
            let (address, _requests) = service(answers);
            let folder = Folder::new();
            let url = format!("http://{address}/");
            let run = login(address, &folder).arguments(["--out-of-band", "--call-url", &url]);
            let output = run.stdin("hidden-code\n").output();
            let is_refused = answers.last() == Some(&refusal);
            let code = if is_refused { 2 } else { 0 };
            let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert_eq!(output.status.code(), Some(code), "{shown}");
            assert!(!shown.contains(SECRET), "{shown}");
            assert!(!is_refused || shown.contains("status 500"), "{shown}");
        }
    }
}

#[test]
fn what_a_refused_call_says_is_told_once() {
    let token = ("200 OK", "oauth_token=t&oauth_token_secret=hidden-three");
    let refusal = ("403 Forbidden", "You may not do this.");
    let (address, _requests) = service(&[TEMPORARY, token, refusal]);
    let folder = Folder::new();
    let url = format!("http://{address}/");
    let run = login(address, &folder).arguments(["--out-of-band", "--call-url", &url]);
    let output = run.stdin("hidden-code\n").output();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "oauth1: the signed call failed: the server answered with status 403 and text: You may \
         not do this.\n"
    );
    assert!(output.stdout.ends_with(b"\n< 403\n"));
}
