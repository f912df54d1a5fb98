use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    super::{Cause, Certainty, Finding, Message, evidence::Secrets, shape, structure::Structure},
    Question,
    mac::{Hash, Keyed},
    search,
};
use crate::credentials::Secret;

const RIGHT_KEY: &str = "cs%3D&ts";

fn secrets() -> Secrets {
    Secrets {
        consumer: Secret("cs=".into()),
        token: Some(Secret("ts".into())),
    }
}

fn request() -> Message {
    let protocol = [
        ("oauth_token", "token"),
        ("oauth_consumer_key", "key"),
        ("oauth_nonce", "nonce"),
        ("oauth_timestamp", "1316657628"),
        ("oauth_signature_method", "HMAC-SHA1"),
    ];
    Message::new("POST", "https://API.example.com/a%20b?q=two+words&x=1&x=2")
        .form([("title", "a,b"), ("tags[]", "caf\u{e9}")])
        .protocol_parameters(protocol)
        .realm("Photos")
}

fn right() -> Structure {
    request().structure().unwrap_or_else(|| unreachable!())
}

fn signature(text: &str, key: &str) -> String {
    STANDARD.encode(
        Keyed::new(Hash::Sha1, key.as_bytes())
            .sign(text.as_bytes())
            .as_slice(),
    )
}

/// What is found for the request if these are our signature and the expected one.
fn found(ours: &str, expected: &str) -> Vec<String> {
    let (request, right, secrets) = (request(), right(), secrets());
    let question = Question {
        right: &right,
        printed: None,
        request: Some(&request),
        equal: false,
        ours: Some(ours),
        expected: Some(expected),
        secrets: &secrets,
    };
    shown(&search(&question).findings)
}

fn shown(findings: &[Finding]) -> Vec<String> {
    let shown = findings.iter().map(|finding| {
        let cause = finding.mistake().unwrap_or(finding.cause());
        let server = if finding.cause() == Cause::ServerAtFault {
            "server "
        } else {
            ""
        };
        let certainty = match finding.certainty() {
            Certainty::Proven => "",
            _ => "?",
        };
        format!("{server}{cause}{certainty}")
    });
    shown.collect()
}

#[test]
fn a_mistake_of_the_string_is_found() {
    let right = right().text();
    let expected = signature(&right, RIGHT_KEY);
    for (from, to, cause) in [
        ("POST&", "GET&", "method"),
        ("https%3A", "http%3A", "scheme"),
        ("%2Fapi", "%2Fwww.api", "host-www"),
        ("%2Fapi", "%2FAPI", "host-case"),
        (".com", ".com%3A443", "port-default-kept"),
        ("a%2520b&", "a%2520b%2F&", "path-trailing-slash"),
        ("a%2520b&", "a%20b&", "path-encoding-level"),
        ("q%3Dtwo%2520", "q%3Dtwo%2B", "plus-for-space"),
        ("caf%25C3%25A9", "caf%25E9", "latin-1"),
        ("caf%25C3%25A9", "caf%25c3%25a9", "escapes-lower-case"),
        ("a%252Cb", "a%25252Cb", "value-encoded-too-often"),
        ("a%252Cb", "a%2Cb", "value-encoded-too-little"),
        ("tags%255B%255D", "tags%5B%5D", "name-not-encoded"),
        ("%26q%3D", "%26oauth_version%3D1.0%26q%3D", "version"),
        (
            "_method",
            "%3D%26oauth_signature_method",
            "signature-signed",
        ),
        ("%26tags", "%26realm%3DPhotos%26tags", "realm-signed"),
        ("%26x%3D1", "", "duplicates-lost"),
        ("&https", "https", "joined-wrongly"),
        ("POST&", "", "parts-missing"),
    ] {
        let wrong = right.replacen(from, to, 1);
        assert_ne!(wrong, right);
        let ours = signature(&wrong, RIGHT_KEY);
        assert_eq!(found(&ours, &expected), [cause], "{wrong}");
    }
}

#[test]
fn a_mistake_of_the_key_is_found() {
    let right = right().text();
    let expected = signature(&right, RIGHT_KEY);
    for (key, cause) in [
        ("cs%3Dts", "key-no-ampersand"),
        ("cs%3D&", "key-no-token-secret"),
        ("ts&cs%3D", "key-swapped"),
        ("cs=&ts", "key-not-encoded"),
        ("cs%253D&ts", "key-encoded-twice"),
    ] {
        let ours = signature(&right, key);
        assert_eq!(found(&ours, &expected), [cause]);
        let wrong = right.replace("caf%25C3%25A9", "caf%25E9");
        let ours = signature(&wrong, key);
        assert_eq!(found(&ours, &expected), ["latin-1", cause]);
    }
    let swapped = STANDARD.encode(
        Keyed::new(Hash::Sha1, right.as_bytes())
            .sign(RIGHT_KEY.as_bytes())
            .as_slice(),
    );
    assert_eq!(found(&swapped, &expected), ["hmac-swapped"]);
}

#[test]
fn if_ours_is_right_the_server_is_wrong() {
    let right = right().text();
    let ours = signature(&right, RIGHT_KEY);
    let theirs =
        |from: &str, to: &str| found(&ours, &signature(&right.replace(from, to), RIGHT_KEY));
    assert_eq!(
        theirs("two%2520words", "two%2Bwords"),
        ["server plus-for-space"]
    );
    assert_eq!(theirs("%26x%3D1", ""), ["server duplicates-lost"]);
    // Nobody can tell whose mistake these are.
    assert_eq!(theirs("https%3A", "http%3A"), ["scheme"]);
    assert_eq!(
        found(&ours, &signature(&right, "cs%3Dts")),
        ["server key-no-ampersand"]
    );
    assert_eq!(
        found(&ours, &signature(&right, "cs%3D&")),
        ["key-token-secret-extra"]
    );
}

#[test]
fn what_no_mistake_explains_is_not_explained() {
    let ours = signature(&right().text(), RIGHT_KEY);
    assert_eq!(found(&ours, &signature("other", "other")), [""; 0]);
    assert_eq!(found(&ours, &ours), [""; 0]);
    assert_eq!(found("", ""), [""; 0]);
    assert_eq!(found("no signature", "another"), [""; 0]);
}

#[test]
fn a_printed_string_shows_whether_the_key_is_wrong() {
    let (request, right, secrets) = (request(), right(), secrets());
    let (text, other) = (right.text(), signature("other", "other"));
    let ours = signature(&text, RIGHT_KEY);
    let question = Question {
        right: &right,
        printed: Some(&text),
        request: Some(&request),
        equal: false,
        ours: Some(&ours),
        expected: Some(&other),
        secrets: &secrets,
    };
    assert_eq!(shown(&search(&question).findings), ["key-wrong?"]);
    let question = Question {
        ours: Some(&other),
        expected: Some(&ours),
        request: None,
        ..question
    };
    assert_eq!(
        shown(&search(&question).findings),
        ["base-string-not-of-signature"]
    );
}

#[test]
fn a_plaintext_signature_shows_its_key() {
    let printed = "GET&https%3A%2F%2Fa%2F&oauth_signature_method%3DPLAINTEXT";
    let right = shape::read(printed, &[]).structure;
    let secrets = secrets();
    for (ours, cause) in [
        ("cs%3D&ts", None),
        ("cs%253D%26ts", None),
        ("cs%3Dts", Some("key-no-ampersand")),
        ("ts&cs%3D", Some("key-swapped")),
        ("cs=&ts", Some("key-not-encoded")),
        ("other&ts", Some("key-wrong?")),
    ] {
        let question = Question {
            right: &right,
            printed: None,
            request: None,
            equal: false,
            ours: Some(ours),
            expected: None,
            secrets: &secrets,
        };
        let cause: Vec<String> = cause.iter().map(ToString::to_string).collect();
        assert_eq!(shown(&search(&question).findings), cause, "{ours}");
    }
}
