//! `--curl`, run by a shell: a server on loopback gets exactly what was signed.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::Command,
    sync::mpsc,
    thread,
};

use proptest::{collection::vec, prelude::*, test_runner::Config};
use serde_json::Value;

use super::support::{Folder, STAMP, has, oauth1};

/// A request as it arrived.
pub(super) struct Arrived {
    /// Method, path with query, version.
    pub(super) first: Vec<String>,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Arrived {
    pub(super) fn has_form(&self) -> bool {
        let form = "application/x-www-form-urlencoded";
        let mut headers = self.headers.iter();
        headers.any(|(name, value)| name == "content-type" && value == form)
    }
}

/// Answers each request, and hands it on.
pub(super) fn server() -> (SocketAddr, mpsc::Receiver<Arrived>) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for stream in socket.incoming() {
            sender.send(arrived(&stream.unwrap())).unwrap();
        }
    });
    (address, receiver)
}

fn arrived(mut stream: &TcpStream) -> Arrived {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).unwrap();
        String::from_utf8(line)
            .unwrap()
            .trim_end_matches(['\r', '\n'])
            .to_owned()
    };
    let first = line().split(' ').map(str::to_owned).collect();
    let mut headers = Vec::new();
    loop {
        let line = line();
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    stream.write_all(answer.as_bytes()).unwrap();
    Arrived {
        first,
        headers,
        body,
    }
}

/// Signs a request, has a shell run the line for curl, and compares what arrives. Then signs what
/// arrived, which must give the same signature.
fn check(receiver: &mpsc::Receiver<Arrived>, folder: &Folder, arguments: &[&str], stdin: &[u8]) {
    let sign = |output: &str| {
        let run = oauth1(["sign"])
            .arguments(arguments)
            .arguments(STAMP)
            .arguments([output]);
        run.stdin(stdin).in_folder(folder)
    };
    let object: Value = serde_json::from_slice(&sign("--json").bytes()).unwrap();
    let line = folder.path.join("line");
    std::fs::write(&line, sign("--curl").bytes()).unwrap();
    let mut shell = Command::new("sh");
    shell
        .arg(&line)
        .current_dir(&folder.path)
        .env("CURL_HOME", &folder.path);
    let output = shell.env("no_proxy", "*").output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}\n{error}");

    let arrived = receiver.recv().unwrap();
    let url = object["url"].as_str().unwrap();
    let authority = arrived.headers.iter().find(|(name, _)| name == "host");
    let origin = format!("http://{}", authority.unwrap().1);
    let [method, target, _] = &arrived.first[..] else {
        panic!("{:?}", arrived.first);
    };
    assert_eq!(method, object["method"].as_str().unwrap());
    assert_eq!(format!("{origin}{target}"), url);
    for name in ["Authorization", "Content-Type"] {
        let sent = arrived.headers.iter();
        let sent: Vec<_> = sent
            .filter(|(sent, _)| sent.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect();
        let signed: Vec<_> = object["headers"][name].as_str().into_iter().collect();
        assert_eq!(sent, signed, "{arguments:?}");
    }
    let body = match &object["body"] {
        Value::Null => stdin.to_vec(),
        body => body.as_str().unwrap().into(),
    };
    assert_eq!(arrived.body, body, "{arguments:?}");
    if ["POST", "PUT", "PATCH"].contains(&method.as_str()) {
        assert!(
            arrived
                .headers
                .iter()
                .any(|(name, _)| name == "content-length")
        );
    }

    let is_special = |argument: &&str| ["--placement", "--realm", "--body-hash"].contains(argument);
    if arguments.iter().any(is_special) {
        return;
    }
    let mut again = vec![method.as_str(), url];
    let form = String::from_utf8_lossy(&arrived.body);
    let content_type = object["headers"]["Content-Type"]
        .as_str()
        .unwrap_or_default();
    if content_type.ends_with("urlencoded") {
        again.extend(["--form-body", &form]);
    }
    let run = oauth1(["sign", "--json"]).arguments(again).arguments(STAMP);
    let again: Value = serde_json::from_slice(&run.bytes()).unwrap();
    assert_eq!(
        again["headers"]["Authorization"],
        object["headers"]["Authorization"]
    );
}

#[test]
fn what_arrives_is_what_was_signed() {
    if !has("curl") || !cfg!(unix) {
        return;
    }
    let (address, receiver) = server();
    let folder = Folder::new();
    folder
        .write("binary", b"a\0\xff\r\n")
        .write("text", "@text\n'$x' ");
    for path in [
        "/",
        "",
        "/a/../b",
        "/a/./b",
        "/a/%2e%2e/b",
        "/a/b/..",
        "//a//b",
        r"/a\b",
        "/ä",
        "/{id}",
        "/{a,b}[1-3]",
        "/a\"b",
        "/%7e~%41",
        "/a b",
        "/it's",
        "/a;b=c,d",
        "?q='x'",
        "?q=a b+c",
        "?q=<x>|^`{}",
        "?a[]=1&a[]=2",
        "?",
        "?&&a",
        "/?q=%c3%A4ä",
        "/#fragment",
        "/a?b#c?d",
        "/$(touch x)",
        "?`touch x`",
        "?a=1;b=2",
        "?a=*&b=!",
        "?x=%0A%00",
    ] {
        for method in ["GET", "POST", "DELETE", "HEAD"] {
            check(
                &receiver,
                &folder,
                &[method, &format!("http://{address}{path}")],
                b"",
            );
        }
    }
    let url = format!("http://{address}/a?b=c");
    let url = url.as_str();
    for arguments in [
        &["POST", url, "--form", "a=@b", "--form", "it's=\n"][..],
        &["POST", url, "--form-body", "a=b+c&d=@e&f=%0d*!'()"],
        &["POST", url, "--form-body", "a=1", "--placement", "body"],
        &["POST", url, "--form", "a=1", "--placement", "query"],
        &["GET", url, "--placement", "query"],
        &["POST", url, "--placement", "body"],
        &[
            "PUT",
            url,
            "--body",
            "{\"a\": 'b'}\n",
            "--content-type",
            "application/json",
        ],
        &["POST", url, "--body", "\n'\\''@x $(touch x) `touch x`\\"],
        &["POST", url, "--body", "@text", "--body-hash"],
        &["POST", url, "--body", ""],
        &["DELETE", url, "--body", "a"],
        &["GET", url, "--body", "a"],
        &["M-SEARCH", url, "--realm", "a\"b\\c'd$(touch x)"],
    ] {
        check(&receiver, &folder, arguments, b"");
    }
    let arguments = ["POST", url, "--body", "@binary"];
    check(&receiver, &folder, &arguments, b"a\0\xff\r\n");
    let bytes: Vec<u8> = (1..=255).collect();
    check(&receiver, &folder, &["POST", url, "--body", "-"], &bytes);
    assert_eq!(folder.names(), ["binary", "line", "text"]);
}

#[test]
fn whatever_is_signed_arrives() {
    if !has("curl") || !cfg!(unix) {
        return;
    }
    let (address, receiver) = server();
    let folder = Folder::new();
    let text = || vec(any::<char>().prop_filter("NUL", |c| *c != '\0'), 0..8);
    let text = move || text().prop_map(String::from_iter);
    let config = Config {
        cases: 60,
        failure_persistence: None,
        ..Config::default()
    };
    proptest!(config, |(path in "[ -\"$&-~é]{0,12}", name in text(), value in text(), body in text())| {
        let url = format!("http://{address}/{path}");
        let (query, form) = (format!("{}={value}", name.replace('=', "")), format!("={body}"));
        if oauth1(["sign", "GET", &url, "--query", &query]).output().status.success() {
            check(&receiver, &folder, &["GET", &url, "--query", &query], b"");
            check(&receiver, &folder, &["POST", &url, "--form", &query, "--form", &form], b"");
            let body = format!(" {body}");
            check(&receiver, &folder, &["PUT", &url, "--body", &body], b"");
        }
    });
    assert_eq!(folder.names(), ["line"]);
}
