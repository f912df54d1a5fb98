//! `oauth1 verify`: what it says when a request is refused, beyond the answer of a server.

use super::support::{Folder, Run, nobody, oauth1, shared};

const ORIGIN: &str = "https://api.example.com";

const SIGN: [&str; 5] = [
    "sign",
    "POST",
    "https://api.example.com/posts",
    "--form",
    "title=a",
];

/// What `oauth1 sign` prints.
fn signed() -> String {
    oauth1(SIGN)
        .arguments(["--timestamp", "1318622958"])
        .stdout()
}

fn verify(request: impl Into<Vec<u8>>) -> Run {
    let run = nobody(["verify", ORIGIN, "--now", "1318622960"]).stdin(request);
    run.env("OAUTH_CONSUMER_SECRET", "hidden-one")
}

/// What is printed with the status.
#[track_caller]
fn prints(run: Run, status: i32) -> String {
    let output = run.output();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(status), "{text}");
    text
}

#[track_caller]
fn says(run: Run, help: &str) {
    let text = prints(run, 1);
    assert_eq!(
        text.lines().nth(2),
        Some(&*format!("  = help: {help}")),
        "{text}"
    );
}

#[test]
fn the_headers_of_http2_stand_for_the_request_line() {
    let request = signed();
    let (_, rest) = request.split_once('\n').unwrap();
    let pseudo = ":method: POST\n:scheme: https\n:authority: other.example\n:path: /posts\n";
    assert!(prints(verify(format!("\n{pseudo}{rest}")), 0).starts_with("genuine: "));
    let lower = format!("{pseudo}{rest}").replacen("Authorization", "authorization", 1);
    assert!(prints(verify(lower.replace('\n', "\r\n")), 0).starts_with("genuine: "));

    let only_one = "<FILE>: a request of HTTP/2 has one :method and one :path";
    for pseudo in [":method: POST\n", ":path: /posts\n", ":\n", ":path\n: \n"] {
        let error = String::from_utf8(verify(format!("{pseudo}\n")).output().stderr).unwrap();
        assert!(error.starts_with("oauth1: <FILE>: "), "{pseudo} {error}");
    }
    verify(format!("{pseudo}:path: /other\n{rest}")).refused(only_one);
    verify(format!(":method: POST\n{rest}")).refused(only_one);
}

#[test]
fn a_header_of_another_scheme_is_named_but_not_shown() {
    let help = "the Authorization header has another scheme: it has to begin with `OAuth `";
    for value in ["Bearer hidden", "hidden", "Basic aGlkZGVu", ""] {
        let request = format!("GET / HTTP/1.1\nAuthorization: {value}\n\n");
        says(verify(request.clone()), help);
        assert!(!prints(verify(request), 1).contains("hidden"));
    }
    let text = prints(verify("GET / HTTP/1.1\nHost: a\n\n"), 1);
    assert!(!text.contains("= help"), "{text}");
}

#[test]
fn milliseconds_and_lower_case_are_recognized() {
    says(
        verify(signed().replacen("=\"1318622958\"", "=\"1318622958000\"", 1)),
        "oauth_timestamp is in seconds, and this looks like milliseconds: divide it by 1000 before \
         it is signed",
    );
    says(
        verify(signed().replacen("HMAC-SHA1", "hmac-sha1", 1)),
        "the case of the name counts: methods are in upper case, such as HMAC-SHA1",
    );
}

#[test]
fn without_a_base_string_a_change_looks_like_a_wrong_secret() {
    let hint = "\nA request that was changed on the way, such as its body, looks as if the key was\n\
                wrong. Save the base string that the client signed in a file, and give that with\n\
                --signed: then the change is shown.\n";
    let changed = signed().replacen("title=a", "title=b", 1);
    let text = prints(verify(changed), 1);
    assert!(
        text.contains("likely[key-wrong]") && text.ends_with(hint),
        "{text}"
    );

    // What proves the reason needs no hint.
    let text = prints(verify(signed().replacen("POST ", "PUT ", 1)), 1);
    assert!(
        text.contains("error[method]") && !text.contains(hint),
        "{text}"
    );
}

#[test]
fn the_host_of_the_request_may_be_the_origin_that_was_signed() {
    let (line, rest) = signed()
        .split_once('\n')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let with = |host: &str| format!("{line}\nHost: {host}\n{rest}");
    let behind_a_proxy = |origin: &str, request: String| {
        let run = nobody(["verify", origin, "--now", "1318622960"]).stdin(request);
        prints(run.env("OAUTH_CONSUMER_SECRET", "hidden-one"), 1)
    };
    let hint = "\nThe signature is right for https://api.example.com, the name in `Host`. If that is the server's\n\
                own, give it in place of <ORIGIN>, and to the server's verifier.\n";
    for origin in ["http://127.0.0.1:8080", "https://internal/v1"] {
        let text = behind_a_proxy(origin, with("API.example.com"));
        assert!(
            text.ends_with(hint) && !text.contains("key-wrong"),
            "{text}"
        );
    }
    // What is proven stays.
    let text = behind_a_proxy("http://api.example.com", with("api.example.com"));
    assert!(
        text.contains("error[scheme]") && text.ends_with(hint),
        "{text}"
    );
    for host in ["other.example.com", "", "a b", "a/b?c#d"] {
        let text = behind_a_proxy("http://127.0.0.1:8080", with(host));
        assert!(!text.contains("The signature is right for"), "{text}");
    }
}

#[test]
fn the_signed_base_string_may_be_one_of_several_stages() {
    let folder = Folder::new();
    let stamp = ["--nonce", "once", "--timestamp", "1318622958"];
    folder.write(
        "stages",
        oauth1(SIGN)
            .arguments(stamp)
            .arguments(["--explain"])
            .stdout(),
    );
    let request = oauth1(SIGN).arguments(stamp).stdout();
    let run = verify(request.replacen("title=a", "title=b", 1));
    let text = prints(run.arguments(["--signed", "stages"]).in_folder(&folder), 1);
    assert!(text.contains("error[value-differs]"), "{text}");
    assert!(!text.contains("error[parts-missing]"), "{text}");

    for content in ["", "\n", "hidden"] {
        folder.write("stages", content);
        let run = verify(request.replacen("title=a", "title=b", 1));
        run.arguments(["--signed", "stages"])
            .in_folder(&folder)
            .refused(
                "--signed: there is no base string, which begins with a method and `&`, such as \
             GET&https%3A%2F%2F",
            );
    }
}

#[test]
fn a_secret_is_not_taken_from_a_pasted_request() {
    let run = nobody(["verify", ORIGIN, "--consumer-secret-file", "-"]).stdin(signed());
    run.refused(
        "standard input can be read once only, but <FILE> and --consumer-secret-file both want it",
    );
}

#[test]
fn no_secret_is_blamed_for_a_signature_with_rsa() {
    let private = shared("vectors/keys/rsa-2048.pkcs8.pem");
    let public = shared("vectors/keys/rsa-2048.pub.pem");
    let rsa = [
        "--signature-method",
        "RSA-SHA256",
        "--nonce",
        "once",
        "--timestamp",
        "1318622958",
    ];
    let sign = || {
        oauth1(SIGN)
            .arguments(rsa)
            .arguments(["--private-key".as_ref(), private.as_os_str()])
    };
    let folder = Folder::new();
    folder.write("stages", sign().arguments(["--explain"]).stdout());
    let verify = |request: String| {
        let run = nobody(["verify", ORIGIN, "--now", "1318622960"]).stdin(request);
        let run = run.arguments(["--public-key".as_ref(), public.as_os_str()]);
        run.in_folder(&folder)
    };
    let changed = sign().stdout().replacen("title=a", "title=b", 1);
    let text = prints(verify(changed.clone()), 1);
    let hint = "\nWith RSA, the public key that was given may not belong to the private key that\n\
                the client signs with.\n";
    assert!(text.contains(hint) && !text.contains("secret"), "{text}");
    let text = prints(verify(changed).arguments(["--signed", "stages"]), 1);
    assert!(text.contains("error[value-differs]"), "{text}");
    let other_key = sign()
        .stdout()
        .replacen("oauth_signature=\"", "oauth_signature=\"A", 1);
    let text = prints(verify(other_key).arguments(["--signed", "stages"]), 1);
    assert!(text.ends_with(hint), "{text}");
}
