#![allow(clippy::unwrap_used)]

use super::*;

const STRING: &str = "GET&https%3A%2F%2Fa.test%2F&oauth_nonce%3D1";

#[track_caller]
fn pieces(text: &str) -> Vec<Found> {
    read(text, Label::default(), &mut Vec::new()).unwrap()
}

#[track_caller]
fn one(text: &str) -> Piece {
    let mut found = pieces(text);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).piece
}

#[track_caller]
fn refused(text: &str) -> (usize, String) {
    read(text, Label::default(), &mut Vec::new()).unwrap_err()
}

#[test]
fn base_strings_are_recognized_however_they_are_wrapped() {
    for text in [
        STRING,
        "get&http%3A%2F%2Fa.test%2F&a%3Db",
        "GET\\u0026https%3A%2F%2Fa.test%2F\\u0026a%3Db",
        "GET&amp;https%3A%2F%2Fa.test%2F&amp;a%3Db",
        "GET%26https%253A%252F%252Fa.test%252F%26a%253Db",
        "GET&null%2F%2Fnull%2Froute&oauth_nonce%3D1",
        "GET&https://a.test/&a=b",
        "https%3A%2F%2Fa.test%2F&oauth_nonce%3D1",
    ] {
        assert_eq!(one(text), Piece::BaseString(text.into()));
        assert_eq!(
            one(&format!("\n  \"{text}\"\r\n\n")),
            Piece::BaseString(text.into())
        );
    }
}

#[test]
fn a_base_string_may_be_broken_into_lines() {
    let broken = "GET&https%3A%2F%2Fa.test%2F\n  &oauth_nonce%3D1\n";
    assert_eq!(one(broken), Piece::BaseString(STRING.into()));
    assert_eq!(pieces(&format!("{STRING}\n{STRING}")).len(), 2);
}

#[test]
fn labels_say_what_follows() {
    let text = format!(
        "# comment\nours: {STRING}\n\nServer's base string:\n\n{STRING}\nreceived signature:\n\
         expected signature: a\nour time: 12\n"
    );
    let found = pieces(&text);
    let labels: Vec<_> = found.iter().map(|found| found.label.side).collect();
    let sides = [
        Side::Ours,
        Side::Theirs,
        Side::Received,
        Side::Theirs,
        Side::Ours,
    ];
    assert_eq!(labels, sides.map(Some));
    let lines: Vec<_> = found.iter().map(|found| found.line).collect();
    assert_eq!(lines, [2, 4, 7, 8, 9]);
    let pieces: Vec<_> = found.into_iter().map(|found| found.piece).collect();
    assert_eq!(
        pieces,
        [
            Piece::BaseString(STRING.into()),
            Piece::BaseString(STRING.into()),
            Piece::Signature(String::new()),
            Piece::Signature("a".into()),
            Piece::Time(12),
        ]
    );
}

#[test]
fn an_answer_ends_where_something_else_begins() {
    let text = format!(
        "HTTP/1.1 401 Unauthorized\nDate: Sat, 11 Oct 2008 06:23:08 GMT\nWWW-Authenticate: \
         OAuth\n  realm=\"a\"\n\n<p>\n\nInvalid signature\n\n{STRING}\n"
    );
    let mut found = pieces(&text).into_iter();
    let Some(Piece::Answer(answer)) = found.next().map(|found| found.piece) else {
        panic!("{text}");
    };
    assert_eq!(answer.status, 401);
    assert_eq!(answer.body, "<p>\n\nInvalid signature");
    assert_eq!(
        answer.www_authenticate.as_deref(),
        Some("OAuth realm=\"a\"")
    );
    assert_eq!(
        answer.date.as_deref(),
        Some("Sat, 11 Oct 2008 06:23:08 GMT")
    );
    let next = found.next().map(|found| found.piece);
    assert_eq!(next, Some(Piece::BaseString(STRING.into())));
}

#[test]
fn a_body_alone_is_an_answer_if_it_says_what_is_wrong() {
    for body in ["oauth_problem=signature_invalid", "Timestamp is invalid"] {
        assert_eq!(one(body), Piece::Answer(answer(body)));
    }
}

#[test]
fn requests_are_read_as_http_writes_them() {
    let text = "POST /a?b=c HTTP/1.1\r\nHost: a.test\r\nAuthorization: OAuth a=\"1\",\r\n  \
                b=\"2\"\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{}\n\n";
    let Piece::Request(request) = one(&text.replace('\r', "")) else {
        panic!("{text}");
    };
    assert_eq!(request.url("http"), "http://a.test/a?b=c");
    assert_eq!(
        request.authorization.as_deref(),
        Some("OAuth a=\"1\", b=\"2\"")
    );
    assert_eq!(request.body.as_deref(), Some("{}\n"));
    let Piece::Request(request) = one("GET https://a.test/\nAuthorization: OAuth a=\"1\"\n") else {
        panic!();
    };
    assert_eq!(request.url("http"), "https://a.test/");
    assert_eq!(request.body, None);
}

#[test]
fn a_method_may_be_any_word_after_a_label() {
    let text = "See https://a.test/";
    refused(text);
    let Piece::Request(request) = one(&format!("sent: {text}")) else {
        panic!();
    };
    assert_eq!(request.method, "See");
}

#[test]
fn what_curl_shows_is_read() {
    let trace = "* Connected\n> GET /a HTTP/2\n> Host: a.test\n> Authorization: OAuth \
                 oauth_nonce=\"1\"\n>\n* Sent\n< HTTP/2 401 \n< date: now\n<\n{ [5 bytes data]\nbody";
    let found = pieces(&http::without_marks(trace));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(matches!(&found[0].piece, Piece::Request(request) if request.method == "GET"));
    assert!(matches!(&found[1].piece, Piece::Answer(answer) if answer.body == "body"));
}

#[test]
fn signatures_are_told_by_their_length() {
    for text in [
        "0fhNGlzpFNAsTme/hDfUb5HPB5U=",
        "d1f84d1a5ce914d02c4e67bf8437d46f91cf0795",
    ] {
        assert_eq!(one(text), Piece::Signature(text.into()));
    }
}

#[test]
fn normalized_parameters_are_passed_over() {
    let text = "oauth_consumer_key=a&oauth_nonce=b\n0fhNGlzpFNAsTme/hDfUb5HPB5U=";
    assert!(matches!(one(text), Piece::Signature(_)));
}

#[test]
fn nonsense_is_refused_with_its_line() {
    let (line, error) = refused("\n\nnonsense\n");
    assert_eq!(line, 3);
    assert!(error.starts_with("this is not recognized"), "{error}");
    assert_eq!(refused("ours: x").0, 1);
    assert_eq!(refused("our time: noon").0, 1);
    assert_eq!(refused("ours: theirs: x").0, 1);
    assert_eq!(refused("HTTP/1.1 no").0, 1);
    assert_eq!(refused("\ncurl 'https://a.test").0, 2);
}
