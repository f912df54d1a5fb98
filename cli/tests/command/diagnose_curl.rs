//! The request that `oauth1 diagnose` reads in a command line for curl is the one that curl sends.

use std::process::Command;

use serde_json::Value;

use super::{
    curl_sends::server,
    support::{Folder, STAMP, has, nobody, oauth1},
};

/// What follows `curl`. `HERE` is a server.
const LINES: [&str; 18] = [
    "HERE",
    "HERE/a/b?c=d",
    "-X DELETE 'HERE/a?b=%20+c'",
    "--request PUT HERE",
    "-sSXPATCH HERE/a",
    "HERE -d a=b -d 'c=d+e' --data 'f=%2B'",
    "HERE/ --data-raw @a --data-binary b=c",
    r#"HERE --data-urlencode "a=b & c" --data-urlencode 'é' --data-urlencode '=x y' --data-urlencode ="#,
    "-G HERE/a?b=c -d d=e --data-urlencode 'f=g+h i~'",
    "-G -X POST HERE --data-urlencode 'f=*'",
    "HERE -H 'Content-Type: application/json' -d '{\"a\": 1}'",
    "HERE -H 'content-type:' -d a=b",
    "HERE -X PATCH --compressed -A 'me & you' -u 'a:b' -m 5 --retry 0",
    "-F 'a=b' HERE/form",
    "$'HERE/a?\\x62=it\\'s%20c' -o /dev/null",
    r#""HERE/a?b=%22d" --data-urlencode "it's=\\ \` \$ \" $ \n" --data-urlencode 'a='\''"'"#,
    "HERE \\\n  -H 'X: y' \\\n  --data-urlencode 'a=b\nc'",
    "--url HERE/x#fragment -d 'tags[]=1' -d 'tags[]=2' 2>/dev/null # comment",
];

#[test]
fn curl_sends_the_request_that_is_read() {
    if !has("curl") || !has("bash") {
        return;
    }
    let (address, receiver) = server();
    let folder = Folder::new();
    for line in LINES {
        // Curl has no brackets for the shell to see, but takes them for its own.
        let line = format!(
            "curl -g {}",
            line.replace("HERE", &format!("http://{address}"))
        );
        let mut shell = Command::new("bash");
        shell.args(["-c", &line]).current_dir(&folder.path);
        shell.env("CURL_HOME", &folder.path).env("no_proxy", "*");
        let output = shell.output().unwrap();
        assert!(
            output.status.success(),
            "{line}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let arrived = receiver.recv().unwrap();
        let (method, url) = (
            &arrived.first[0],
            format!("http://{address}{}", arrived.first[1]),
        );
        let mut sign = oauth1(["sign", method, &url, "--json", "--explain"]).arguments(STAMP);
        if arrived.has_form() {
            sign = sign.arguments(["--form-body", "-"]).stdin(arrived.body);
        }
        let object: Value = serde_json::from_slice(&sign.bytes()).unwrap();
        let theirs = object["base_string"].as_str().unwrap();
        let output = nobody(["diagnose", "--theirs", theirs, "--request", &line]).output();
        let report = String::from_utf8(output.stdout).unwrap();
        // Both base strings are the same.
        assert!(
            report.starts_with("likely[key-wrong]: "),
            "{line}\n{theirs}\n{report}"
        );
        // Another one is not.
        let theirs = format!("{theirs}%26z%3D1");
        let output = nobody(["diagnose", "--theirs", &theirs, "--request", &line]).output();
        assert_eq!(output.status.code(), Some(1), "{line}");
    }
}
