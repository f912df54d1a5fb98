//! The three legs, with the provider on this machine and with others.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::support::{Folder, Run, nobody};

#[test]
fn the_provider_on_this_machine_shows_the_steps() {
    for options in [
        &[][..],
        &["--method", "get", "--placement", "query"],
        &["--placement", "body"],
        &["--out-of-band"],
        &[
            "--no-version",
            "--realm",
            "Photos",
            "--request-parameter",
            "scope=read write",
        ],
    ] {
        let text = nobody(["login"]).arguments(options).stdout();
        let mut lines = text.lines();
        for start in [
            "No service is given: a small provider on this machine, at 127.0.0.1:",
            "1. temporary credentials",
            "< 200",
            "the temporary token is ",
            "2. authorization",
            "the user goes to http://127.0.0.1:",
            "3. token",
            "< 200",
            "the token is ",
            "with it came user_nsid, fullname",
            "4. a signed call",
            "< 200",
            "< Here is your photo.",
        ] {
            let found = lines.any(|line| line.starts_with(start));
            assert!(found, "{options:?}: {start}\n\n{text}");
        }
    }
}

#[test]
fn a_refusal_and_a_wrong_code_end_in_one_line() {
    for (options, expected) in [
        (
            &["--user", "refuse"][..],
            "the user refused the authorization",
        ),
        (
            &["--user", "refuse", "--out-of-band"],
            "the user refused the authorization",
        ),
        (
            &["--user", "wrong-code"],
            "the server refused with status 401: verifier_invalid",
        ),
        (
            &["--user", "wrong-code", "--out-of-band"],
            "the server refused with status 401: verifier_invalid",
        ),
        (
            &["--out-of-band", "--user", "ask"],
            "no code was typed in; begin again, since the service gives a code once",
        ),
        (
            &["--core-1-0"],
            "the server refused with status 401: parameter_absent",
        ),
    ] {
        let output = nobody(["login"]).arguments(options).output();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(error, format!("oauth1: {expected}\n"), "{options:?}");
        assert_eq!(output.status.code(), Some(2));
    }
}

/// A service that answers each call with the next of these, and hands on what it got.
pub(crate) fn service(answers: &[(&str, &str)]) -> (SocketAddr, mpsc::Receiver<String>) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let answers: Vec<_> = answers
        .iter()
        .map(|(status, body)| {
            let length = body.len();
            format!(
                "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            )
        })
        .collect();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for (answer, stream) in answers.into_iter().zip(socket.incoming()) {
            let mut stream = stream.unwrap();
            let mut request = String::new();
            let mut reader = BufReader::new(&stream);
            while !request.ends_with("\r\n\r\n") {
                reader.read_line(&mut request).unwrap();
            }
            sender.send(request).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (address, receiver)
}

/// A login at this service, with a consumer whose secret is `hidden-one`.
pub(crate) fn login(address: SocketAddr, folder: &Folder) -> Run {
    let url = format!("http://{address}/oauth");
    let run = nobody(["login", "--store", "token.json", "--consumer-key", "key"]);
    run.arguments([
        "--request-url",
        &url,
        "--authorize-url",
        &url,
        "--token-url",
        &url,
    ])
    .env("OAUTH_CONSUMER_SECRET", "hidden-one")
    .in_folder(folder)
}

pub(crate) const TEMPORARY: (&str, &str) = (
    "200 OK",
    "oauth_token=temporary&oauth_token_secret=hidden-two&oauth_callback_confirmed=true",
);

#[test]
fn a_code_is_typed_in() {
    let token =
        "oauth_token=token&oauth_token_secret=hidden-three&oauth_session_handle=hidden-four";
    let (address, requests) = service(&[TEMPORARY, ("200 OK", token), ("200 OK", "hidden-three!")]);
    let folder = Folder::new();
    let call = format!("http://{address}/me?a=b");
    let run = login(address, &folder).arguments(["--out-of-band", "--call-url", &call]);
    let run = run
        .arguments(["--authorize-parameter", "perms=read"])
        .stdin(" hidden-code \n");
    let text = run.stdout();
    assert!(!text.contains("hidden-"), "{text}");
    let question = format!(
        "the user goes to http://{address}/oauth?oauth_token=temporary&perms=read\n\
         the code that the service shows: "
    );
    assert!(text.contains(&question), "{text}");
    assert!(
        text.contains("\nwith it came oauth_session_handle\n"),
        "{text}"
    );
    assert!(text.ends_with("< [hidden]!\n"), "{text}");
    let stored = std::fs::read_to_string(folder.path.join("token.json")).unwrap();
    assert_eq!(
        stored,
        "{\"token\":\"token\",\"secret\":\"hidden-three\",\
         \"fields\":[[\"oauth_session_handle\",\"hidden-four\"]]}\n"
    );
    let requests: Vec<_> = requests.iter().collect();
    assert!(
        requests[0].contains(r#"oauth_callback="oob""#),
        "{}",
        requests[0]
    );
    assert!(
        requests[1].contains(r#"oauth_verifier="hidden-code""#),
        "{}",
        requests[1]
    );
    assert!(
        requests[2].starts_with("GET /me?a=b HTTP"),
        "{}",
        requests[2]
    );
}

#[test]
fn a_clock_that_is_wrong_is_corrected_once() {
    let range = "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=";
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    for (middle, direction) in [
        (now + 5000, "5000 seconds ahead"),
        (now - 5000, "5000 seconds behind"),
    ] {
        let refusal = format!("{range}{}-{}", middle - 300, middle + 300);
        let (address, requests) = service(&[("401 No", &refusal), ("401 No", &refusal)]);
        let folder = Folder::new();
        let output = login(address, &folder).output();
        assert_eq!(output.status.code(), Some(2));
        let shown = String::from_utf8(output.stdout).unwrap();
        let told = shown.lines().any(|line| {
            // A second may have passed.
            let line = line.replace("4999 ", "5000 ").replace("5001 ", "5000 ");
            line == format!("the server's clock is {direction}; once more")
        });
        assert!(told, "{shown}");
        let requests: Vec<_> = requests.iter().collect();
        assert_eq!(requests.len(), 2);
        let (_, time) = requests[1].split_once("oauth_timestamp=\"").unwrap();
        let time: u64 = time[..10].parse().unwrap();
        assert!(time.abs_diff(middle) < 10, "{time}");
    }
}

#[test]
fn a_service_that_repeats_secrets_is_not_quoted() {
    let folder = Folder::new();
    for (status, body) in [
        (
            "401 Unauthorized",
            "signature_invalid: the key is hidden-one&hidden-two",
        ),
        (
            "401 Unauthorized",
            r#"{"oauth_token_secret": "hidden-two"}"#,
        ),
        ("500 Oops", "<b>hidden-one</b>"),
        ("200 OK", "oauth_token=hidden-one"),
    ] {
        let (address, _requests) = service(&[TEMPORARY, (status, body)]);
        let run = login(address, &folder)
            .arguments(["--out-of-band"])
            .stdin("hidden-code\n");
        let output = run.output();
        assert_eq!(output.status.code(), Some(2), "{body}");
        let shown = [output.stdout, output.stderr].concat();
        let shown = String::from_utf8(shown).unwrap();
        assert!(!shown.contains("hidden-"), "{shown}");
        assert!(folder.names().is_empty());
    }
}

#[test]
fn control_characters_of_a_service_do_not_reach_the_terminal() {
    let (address, _requests) = service(&[("401 No", "\x1b[2J\x07 bad\r\u{9b}x")]);
    let folder = Folder::new();
    let output = login(address, &folder).output();
    assert_eq!(output.status.code(), Some(2));
    let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    let is_bad = |character: char| character.is_control() && character != '\n';
    assert!(!shown.contains(is_bad), "{shown:?}");
}

#[test]
fn plaintext_does_not_show_its_signature() {
    let (address, requests) = service(&[("401 No", "oauth_problem=token_rejected")]);
    let folder = Folder::new();
    let run = login(address, &folder).arguments(["--signature-method=PLAINTEXT"]);
    let output = run.arguments(["--insecure-transport"]).output();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains(r#"oauth_signature="[hidden]""#), "{shown}");
    assert!(
        requests
            .recv()
            .unwrap()
            .contains("oauth_signature=\"hidden-one%26\"")
    );
}

#[test]
fn a_service_that_is_not_there_is_named() {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    drop(socket);
    let folder = Folder::new();
    let output = login(address, &folder).output();
    let error = String::from_utf8(output.stderr).unwrap();
    let start = format!("oauth1: http://{address}/oauth cannot be reached: ");
    assert!(error.starts_with(&start), "{error}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn only_the_redirect_of_this_login_counts() {
    let token = "oauth_token=token&oauth_token_secret=hidden-three";
    for custom in [false, true] {
        let (address, requests) = service(&[TEMPORARY, ("200 OK", token)]);
        let folder = Folder::new();
        let mut run = login(address, &folder);
        if custom {
            let port = TcpListener::bind("127.0.0.1:0")
                .unwrap()
                .local_addr()
                .unwrap()
                .port();
            run = run.arguments([format!("--callback-url=http://localhost:{port}/a/b")]);
        }
        let mut child = run.command.stdout(Stdio::piped()).spawn().unwrap();
        let callback = waiting_at(&mut child);
        let asked = requests.recv().unwrap();
        let encoded = callback.replace(':', "%3A").replace('/', "%2F");
        assert!(
            asked.contains(&format!("oauth_callback=\"{encoded}\"")),
            "{asked}"
        );

        let (host, path) = callback
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .unwrap();
        let host = host.replace("localhost", "127.0.0.1");
        let get = |target: &str| browse(&host, &format!("GET /{target} HTTP/1.1\r\n\r\n"));
        assert!(get("favicon.ico").starts_with("HTTP/1.1 404 "));
        assert!(get(path).starts_with("HTTP/1.1 400 "));
        let other = format!("{path}?oauth_token=other&oauth_verifier=code");
        assert!(get(&other).starts_with("HTTP/1.1 400 "));
        assert_eq!(browse(&host, "\r\n\r\n"), get("favicon.ico"));
        let right = format!("{path}?oauth_token=temporary&oauth_verifier=hidden-code");
        assert!(get(&right).ends_with("\r\n\r\nYou can close this window.\n"));
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(folder.names(), ["token.json"]);
        let asked = requests.recv().unwrap();
        assert!(asked.contains("oauth_verifier=\"hidden-code\""), "{asked}");
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_is_told_and_stores_nothing() {
    let (address, _requests) = service(&[TEMPORARY]);
    let folder = Folder::new();
    let mut run = login(address, &folder);
    let mut child = run
        .command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    waiting_at(&mut child);
    let kill = std::process::Command::new("sh")
        .args(["-c", &format!("kill -INT {}", child.id())])
        .status();
    assert!(kill.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "oauth1: interrupted\n"
    );
    assert_eq!(output.status.code(), Some(130));
    assert!(folder.names().is_empty());
}

/// The callback at which a login waits.
fn waiting_at(child: &mut Child) -> String {
    let stdout = child.stdout.as_mut().unwrap();
    let mut text = Vec::new();
    let start = "waiting for the user at ";
    loop {
        let mut byte = [0];
        stdout.read_exact(&mut byte).unwrap();
        text.push(byte[0]);
        if byte == *b"\n" {
            let text = String::from_utf8_lossy(&text);
            if let Some((_, url)) = text.split_once(start) {
                return url.trim_end().to_owned();
            }
        }
    }
}

fn browse(host: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
