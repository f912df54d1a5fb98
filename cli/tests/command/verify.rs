//! `oauth1 verify`: what it accepts, what it refuses, and what it says about that.

use super::support::{Folder, Run, nobody, oauth1, shared};

const ORIGIN: &str = "https://api.example.com";
const STAMP: &str = "1318622958";
const NOW: [&str; 2] = ["--now", "1318622960"];

/// What `oauth1 sign` prints, as it arrives at a server.
fn signed(run: Run) -> String {
    let text = run
        .arguments(["--nonce", "once", "--timestamp", STAMP])
        .stdout();
    let (line, rest) = text.split_once('\n').unwrap();
    let line = line.replacen(ORIGIN, "", 1);
    format!("{line} HTTP/1.1\r\nHost: 127.0.0.1\r\n{rest}")
}

fn post() -> Run {
    oauth1([
        "sign",
        "POST",
        "https://api.example.com/posts?draft=1",
        "--form",
        "title=a b",
    ])
}

fn verify(request: impl Into<Vec<u8>>) -> Run {
    let run = nobody(["verify", ORIGIN]).arguments(NOW).stdin(request);
    run.env("OAUTH_CONSUMER_SECRET", "hidden-one")
}

/// What is printed, if the status is as expected and there is no error.
#[track_caller]
fn prints(run: Run, status: i32) -> String {
    let output = run.output();
    let (text, error) = (String::from_utf8(output.stdout), output.stderr);
    let text = text.unwrap();
    assert_eq!(String::from_utf8_lossy(&error), "");
    assert_eq!(output.status.code(), Some(status), "{text}");
    assert!(!text.contains("hidden"), "{text}");
    text
}

#[track_caller]
fn genuine(run: Run) -> String {
    let text = prints(run, 0);
    assert!(
        text.starts_with("genuine: the signature is right\n"),
        "{text}"
    );
    text
}

/// The first line, and the body of the answer.
#[track_caller]
fn refused(run: Run, why: &str, answer: &str) -> String {
    let text = prints(run, 1);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(&*format!("refused: {why}")), "{text}");
    assert_eq!(
        lines.next(),
        Some(&*format!("  answer: {answer}")),
        "{text}"
    );
    text
}

const INVALID: &str = "the signature is not valid, or the consumer or the token is unknown";

#[test]
fn what_sign_prints_is_genuine() {
    for placement in ["header", "query", "body"] {
        let text = genuine(verify(signed(post().arguments(["--placement", placement]))));
        let place = match placement {
            "header" => "in the `Authorization` header",
            "query" => "in the query",
            _ => "in the form",
        };
        for line in [
            "consumer   key\n",
            "token      none\n",
            &format!("signature  HMAC-SHA1, {place}\n"),
            "method     POST\n",
            "URL        https://api.example.com/posts, with its query\n",
            "time       1318622958, 2 s ago; at most 300 s are accepted\n",
            "body       a form, which is signed\n",
            "nonce      not checked: ",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}

#[test]
fn every_method_is_verified() {
    let folder = Folder::new();
    let private = shared("vectors/keys/rsa-2048.pkcs8.pem");
    let public = shared("vectors/keys/rsa-2048.pub.pem");
    for method in [
        "HMAC-SHA1",
        "HMAC-SHA256",
        "HMAC-SHA512",
        "RSA-SHA1",
        "RSA-SHA256",
        "PLAINTEXT",
    ] {
        let sign = post().arguments(["--signature-method", method, "--token", "t"]);
        let sign = sign.env("OAUTH_TOKEN_SECRET", "hidden-two");
        let is_rsa = method.starts_with("RSA");
        let sign = if is_rsa {
            sign.arguments(["--private-key".as_ref(), private.as_os_str()])
        } else {
            sign
        };
        folder.write("request", signed(sign));
        let run = verify("").arguments(["request"]).in_folder(&folder);
        let run = if is_rsa {
            run.arguments(["--public-key".as_ref(), public.as_os_str()])
        } else {
            run.env("OAUTH_TOKEN_SECRET", "hidden-two")
                .arguments(["--allow-plaintext"])
        };
        let text = genuine(run);
        assert!(text.contains("token      t\n"), "{text}");
    }
}

#[test]
fn a_token_may_have_no_secret() {
    let sign = post()
        .arguments(["--token", "t"])
        .env("OAUTH_TOKEN_SECRET", "");
    let run = sign.arguments(["--token-secret-file", "-"]).stdin("\n");
    let text = genuine(verify(signed(run)).arguments(["--no-token"]));
    assert!(text.contains("token      t\n"), "{text}");
}

#[test]
fn what_was_changed_is_refused_and_diagnosed() {
    let request = signed(post());
    for (from, to) in [
        ("POST", "PUT"),
        ("/posts", "/posts/"),
        ("draft=1", "draft=0"),
        ("title=a", "title=b"),
        ("oauth_nonce=\"once\"", "oauth_nonce=\"twice\""),
        ("oauth_consumer_key=\"key\"", "oauth_consumer_key=\"other\""),
    ] {
        let changed = request.replacen(from, to, 1);
        assert_ne!(changed, request);
        refused(
            verify(changed),
            INVALID,
            "401 oauth_problem=signature_invalid",
        );
    }
    let run = nobody(["verify", ORIGIN])
        .arguments(NOW)
        .stdin(request.clone());
    let run = run.env("OAUTH_CONSUMER_SECRET", "hidden-other");
    let text = refused(run, INVALID, "401 oauth_problem=signature_invalid");
    assert!(text.contains("[key-wrong]"), "{text}");

    // The public URL has another scheme than the server believes.
    let run = nobody(["verify", "http://api.example.com"]).arguments(NOW);
    let run = run
        .stdin(request)
        .env("OAUTH_CONSUMER_SECRET", "hidden-one");
    let text = refused(run, INVALID, "401 oauth_problem=signature_invalid");
    assert!(text.contains("error[scheme]"), "{text}");
    assert!(!text.contains("title"), "{text}");
}

#[test]
fn the_base_strings_of_both_sides_are_compared() {
    let folder = Folder::new();
    let explained = post().arguments(["--nonce", "once", "--timestamp", STAMP, "--explain"]);
    let explained = explained.stdout();
    let ours = explained
        .lines()
        .find(|line| line.starts_with("POST&"))
        .unwrap();
    folder.write(
        "ours",
        format!("{}\n", ours.replace("draft%3D1", "draft%3D2")),
    );
    let request = signed(post());
    let sent = request.replacen("draft=1", "draft=3", 1);
    let run = verify(sent)
        .arguments(["--signed", "ours", "--explain"])
        .in_folder(&folder);
    let text = refused(run, INVALID, "401 oauth_problem=signature_invalid");
    assert!(text.contains("draft"), "{text}");
    let theirs = ours.replace("draft%3D1", "draft%3D3");
    assert!(
        text.ends_with(&format!("section 3.4.1.1)\n{theirs}\n")),
        "{text}"
    );
    // It is shown for a genuine request, too.
    let text = genuine(verify(request).arguments(["--explain"]));
    assert!(
        text.ends_with(&format!("section 3.4.1.1)\n{ours}\n")),
        "{text}"
    );
}

#[test]
fn time_is_checked_in_both_directions() {
    let request = signed(post());
    let at = |now: &str, window: &str| {
        let run = nobody(["verify", ORIGIN, "--now", now, "--window", window]);
        run.stdin(request.clone())
            .env("OAUTH_CONSUMER_SECRET", "hidden-one")
    };
    genuine(at("1318622928", "30"));
    genuine(at("1318622988", "30"));
    let text = refused(
        at("1318622927", "30"),
        "the timestamp is not from 1318622897 to 1318622957",
        "401 oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1318622897-1318622957",
    );
    assert!(text.contains("give its timestamp with --now"), "{text}");
    refused(
        at("1318622989", "30"),
        "the timestamp is not from 1318622959 to 1318623019",
        "401 oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1318622959-1318623019",
    );
}

#[test]
fn bodies_are_read_byte_by_byte() {
    let json = ["--body", "{\"a\": 1}", "--content-type", "application/json"];
    let sign = |hash: &[&str]| {
        let run = oauth1(["sign", "POST", "https://api.example.com/posts"]);
        signed(run.arguments(json).arguments(hash.iter().copied()))
    };
    let text = genuine(verify(sign(&[])));
    assert!(text.contains("8 bytes that are NOT signed"), "{text}");
    refused(
        verify(sign(&[])).arguments(["--require-body-hash"]),
        "the body is not signed: oauth_body_hash is missing",
        "400 oauth_problem=parameter_absent&oauth_parameters_absent=oauth_body_hash",
    );
    let hashed = sign(&["--body-hash"]);
    let text = genuine(verify(hashed.clone()).arguments(["--require-body-hash"]));
    assert!(text.contains("body       signed by its hash\n"), "{text}");
    refused(
        verify(hashed.replace("\"a\": 1", "\"a\": 2")),
        "the body is not the one whose hash was signed",
        "401 oauth_problem=body_hash_invalid",
    );
    let sha1 = [
        "--signature-method",
        "HMAC-SHA256",
        "--parameter",
        "oauth_body_hash=5K1NqtU6LuwDEzhq2oghHlDWk70=",
    ];
    let sha1 = sign(&sha1);
    let text = refused(
        verify(sha1.clone()),
        "oauth_body_hash is SHA-1, which does not go with the signature method: let the policy allow it",
        "401 oauth_problem=body_hash_invalid",
    );
    assert!(text.contains("give --allow-sha1-body-hash"), "{text}");
    genuine(verify(sha1).arguments(["--allow-sha1-body-hash"]));
    // With a length, what follows may only be the end of a line.
    let long = hashed.replace("Content-Type", "Content-Length: 8\r\nContent-Type");
    genuine(verify(format!("{}\r\n\n", long.trim_end())));
    let longer = hashed.replace("Content-Type", "Content-Length: 9\r\nContent-Type");
    verify(longer.trim_end()).refused(
        "<FILE>: the body has 8 bytes, and Content-Length says 9: paste it as it arrived, or leave \
         this header out",
    );
}

#[test]
fn requests_are_read_as_people_paste_them() {
    let request = signed(post());
    genuine(verify(format!("\n\n{}", request.replace("\r\n", "\n"))));
    genuine(verify(
        request.replace("POST /", "POST https://other.example.net/"),
    ));
    genuine(verify(request.replace(
        " oauth_signature_method",
        "\r\n oauth_signature_method",
    )));
    let traced = signed(oauth1(["sign", "GET", "https://api.example.com/me"]));
    let traced = traced
        .trim_end()
        .replace("\r\n", "\n")
        .replace('\n', "\n> ");
    let traced = format!("* Connected\n> {traced}\n> \n< HTTP/1.1 200 OK\n< Date: now\n<\n{{}}\n");
    genuine(verify(traced));
}

#[test]
fn what_a_server_must_refuse_is_refused() {
    let request = signed(post());
    let header = request.lines().nth(2).unwrap();
    assert!(header.starts_with("Authorization: "));
    refused(
        verify(request.replacen(header, &format!("{header}\r\n{header}"), 1)),
        "there is more than one Authorization header",
        "400 oauth_problem=parameter_rejected&oauth_problem_advice=there%20is%20more%20than%20one%20Authorization%20header",
    );
    let run = verify(signed(
        post().arguments(["--signature-method", "PLAINTEXT"]),
    ));
    let text = refused(
        run,
        "the signature method is not accepted",
        "400 oauth_problem=signature_method_rejected",
    );
    assert!(text.contains("give --allow-plaintext"), "{text}");
}

#[test]
fn what_cannot_be_checked_is_an_error() {
    let request = signed(
        post()
            .arguments(["--token", "t", "--token-secret-file", "-"])
            .stdin("two"),
    );
    verify(request).refused(
        "the request has a token: set OAUTH_TOKEN_SECRET too, or give --no-token if there is no \
         secret",
    );
    let request = signed(post());
    nobody(["verify", ORIGIN]).arguments(NOW).stdin(request.clone()).refused(
        "--consumer-secret is missing: set OAUTH_CONSUMER_SECRET or give --consumer-secret-file",
    );
    let rsa = request.replacen("HMAC-SHA1", "RSA-SHA1", 1);
    verify(rsa.clone()).refused(
        "--public-key is missing: RSA signatures are verified with the public key of the consumer",
    );
    let private = shared("vectors/keys/rsa-2048.pkcs8.pem");
    let run = verify(rsa).arguments(["--public-key".as_ref(), private.as_os_str()]);
    let error = String::from_utf8(run.output().stderr).unwrap();
    assert!(error.starts_with("oauth1: --public-key: "), "{error}");
    for (request, expected) in [
        ("", "<FILE>: there is no request: give a file, or paste it"),
        (
            "\r\n\n",
            "<FILE>: there is no request: give a file, or paste it",
        ),
        (
            "\nhidden",
            "<FILE>: line 2: a request begins with a line such as POST /path HTTP/1.1, or with the headers \
             :method and :path of HTTP/2",
        ),
        (
            "GET / HTTP/1.1\nHost: a\nhidden",
            "<FILE>: line 3: this is not a header; a blank line separates the body",
        ),
        (
            "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n0\n",
            "<FILE>: the body is in chunks, as Transfer-Encoding says: paste it without their \
             lengths, and without this header",
        ),
        (
            "POST / HTTP/1.1\nContent-Length: hidden\n\n0\n",
            "<FILE>: Content-Length is not a number of bytes",
        ),
    ] {
        verify(request).refused(expected);
    }
    nobody(["verify"]).refused("<ORIGIN> is missing; `oauth1 verify --help` lists the options");
    nobody(["verify", ORIGIN, "a", "b"]).refused(
        "there is more than <ORIGIN> and <FILE>; a value with spaces needs quotation marks",
    );
    nobody(["verify", "hidden"])
        .refused("<ORIGIN>: the URL does not begin with http:// or https://");
    nobody(["verify", ORIGIN, "hidden"]).refused("<FILE>: there is no such file");
    nobody(["verify", ORIGIN, "--now", "hidden"])
        .refused("--now <SECONDS>: invalid digit found in string");
}
