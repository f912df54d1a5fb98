//! `--json`: the object that `docs/command.md` promises.

use serde_json::{Value, json};

use super::support::{AT, STAMP, oauth1};

#[track_caller]
fn object(arguments: &[&str], stdin: &[u8]) -> Value {
    let run = oauth1(["sign"])
        .arguments(arguments)
        .arguments(STAMP)
        .arguments(["--json"]);
    let text = run.stdin(stdin).stdout();
    assert_eq!(text.matches('\n').count(), 1, "{text}");
    serde_json::from_str(&text).unwrap()
}

const AUTHORIZATION: &str = "OAuth oauth_consumer_key=\"key\", oauth_nonce=\"once\", \
    oauth_signature=\"AvYwMcTWc6vYptRK1d0zk665ysk%3D\", oauth_signature_method=\"HMAC-SHA1\", \
    oauth_timestamp=\"1318622958\", oauth_version=\"1.0\"";

#[test]
fn a_request_without_a_body_has_null() {
    assert_eq!(
        object(&["get", AT], b""),
        json!({
            "method": "GET",
            "url": AT,
            "headers": {"Authorization": AUTHORIZATION},
            "body": null,
        })
    );
}

#[test]
fn a_form_is_text_with_its_content_type() {
    let form = ["POST", AT, "--form", "a=\"é\"\n", "--placement", "body"];
    let object = object(&form, b"");
    assert_eq!(
        object["headers"],
        json!({"Content-Type": "application/x-www-form-urlencoded"})
    );
    let body = object["body"].as_str().unwrap();
    assert!(
        body.starts_with("a=%22%C3%A9%22%0A&oauth_consumer_key=key&"),
        "{body}"
    );
}

#[test]
fn a_body_that_is_not_text_is_in_base64() {
    let object = object(&["POST", AT, "--body", "-"], b"\xff\0");
    assert_eq!(object["body"], Value::Null);
    assert_eq!(object["body_base64"], "/wA=");
    assert_eq!(
        object["headers"]["Content-Type"],
        "application/octet-stream"
    );
}

#[test]
fn stages_are_there_if_asked_for() {
    let object = object(&["GET", AT, "--explain"], b"");
    let keys: Vec<_> = object.as_object().unwrap().keys().collect();
    let all = [
        "base_string",
        "body",
        "headers",
        "method",
        "parameters",
        "signature",
        "url",
    ];
    assert_eq!(keys, all);
    assert_eq!(
        object["base_string"],
        "GET&https%3A%2F%2Fapi.example.com%2F&oauth_consumer_key%3Dkey%26oauth_nonce%3Donce\
         %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958\
         %26oauth_version%3D1.0"
    );
    assert_eq!(
        object["parameters"],
        "oauth_consumer_key=key&oauth_nonce=once&oauth_signature_method=HMAC-SHA1\
         &oauth_timestamp=1318622958&oauth_version=1.0"
    );
    assert_eq!(object["signature"], "AvYwMcTWc6vYptRK1d0zk665ysk=");
}

#[test]
fn keys_come_in_the_order_of_the_page() {
    let text = oauth1(["sign", "GET", AT, "--json"]).stdout();
    let start = format!(r#"{{"method":"GET","url":"{AT}","headers":{{"Authorization":"OAuth "#);
    assert!(text.starts_with(&start), "{text}");
    assert!(text.ends_with("},\"body\":null}\n"), "{text}");
}
