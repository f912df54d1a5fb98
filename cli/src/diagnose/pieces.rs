//! The pieces of evidence in a text that somebody has pasted together.

use oauth1_signer::response::Response;

use super::{
    curl, http,
    label::{Kind, Label},
    request::{Answer, Request},
    words::Command,
};

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Piece {
    Answer(Answer),
    /// The value of an `Authorization` header.
    Authorization(String),
    BaseString(String),
    Request(Request),
    Signature(String),
    Time(u64),
}

/// A piece, and what is known about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Found {
    pub(super) piece: Piece,
    pub(super) label: Label,
    /// The line in which it begins.
    pub(super) line: usize,
}

/// Reads all pieces. The label says what all of them are, unless one has a label of its own.
pub(super) fn read(
    text: &str,
    label: Label,
    notes: &mut Vec<String>,
) -> Result<Vec<Found>, (usize, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = http::without_blank_lines(rest);
        let line = 1 + text[..text.len() - rest.len()].matches('\n').count();
        let (first, after) = http::first_line(rest);
        if rest.is_empty() {
            return Ok(found);
        }
        if first.starts_with("# ") || first.starts_with("```") {
            rest = after;
            continue;
        }
        let (label, content) = match Label::of(first) {
            Some((own, _)) => {
                let at = first.find([':', '=']).map_or(0, |at| at + 1);
                let side = own.side.or(label.side);
                let kind = own.kind.or(label.kind);
                (Label::new(side, kind), &rest[at..])
            }
            None => (label, rest),
        };
        let read = piece(content, label, notes).map_err(|error| (line, error))?;
        match read {
            (Some(piece), behind) => {
                found.push(Found { piece, label, line });
                rest = behind;
            }
            (None, behind) => rest = behind,
        }
    }
}

/// Reads a piece, and returns what follows it. `None` is something that is not needed.
fn piece<'t>(
    text: &'t str,
    label: Label,
    notes: &mut Vec<String>,
) -> Result<(Option<Piece>, &'t str), String> {
    let text = http::without_blank_lines(text);
    if let Some((piece, rest)) = recognized(text, notes)? {
        return Ok((Some(piece), rest));
    }
    let (line, rest) = http::first_line(text);
    let value = unquoted(line);
    match label.kind {
        Some(Kind::Answer) => {
            let (body, rest) = http::body(text);
            return Ok((Some(Piece::Answer(answer(body))), rest));
        }
        // It may be empty.
        Some(Kind::Signature) if starts(line) => {
            return Ok((Some(Piece::Signature(String::new())), text));
        }
        Some(Kind::Signature) => return Ok((Some(Piece::Signature(value.to_owned())), rest)),
        Some(Kind::Time) => {
            let seconds = value.parse();
            let seconds = seconds.map_err(|_| {
                "a time is a whole number of seconds since 1970-01-01 00:00 UTC".to_owned()
            })?;
            return Ok((Some(Piece::Time(seconds)), rest));
        }
        Some(Kind::BaseString) if !value.is_empty() => {
            let (string, rest) = base_string(text);
            return Ok((Some(Piece::BaseString(string)), rest));
        }
        None if label.side.is_some() && value.contains('%') && value.contains('&') => {
            let (string, rest) = base_string(text);
            return Ok((Some(Piece::BaseString(string)), rest));
        }
        _ => {}
    }
    let (body, rest) = http::body(text);
    let is_list = !value.contains([' ', '<', '{']) && value.contains("oauth_nonce=");
    if is_list && !value.contains("oauth_problem") {
        // The normalized parameters, which `oauth1 sign --explain` prints as well.
        return Ok((None, http::first_line(text).1));
    }
    if Response::new(401, body).report().is_some() {
        return Ok((Some(Piece::Answer(answer(body))), rest));
    }
    Err(
        "this is not recognized; put what it is before it, such as `ours:`, `theirs:`, `expected \
         signature:`, `sent:` or `answer:`"
            .to_owned(),
    )
}

fn answer(body: &str) -> Answer {
    Answer {
        status: 401,
        body: body.to_owned(),
        ..Answer::default()
    }
}

/// A piece that shows what it is by its beginning.
fn recognized<'t>(
    text: &'t str,
    notes: &mut Vec<String>,
) -> Result<Option<(Piece, &'t str)>, String> {
    let (line, rest) = http::first_line(text);
    if is_curl(line) {
        let start = text.find("curl").unwrap_or_default();
        let command = Command::read(&text[start..])?;
        if command.cut_at_ampersand {
            notes.push(
                "a shell ends the command at an `&` without quotes; put the URL in quotes".into(),
            );
        }
        let request = curl::request(&command.words[1..], notes)?;
        return Ok(Some((Piece::Request(request), command.rest)));
    }
    if line.trim_start().starts_with("HTTP/") {
        let (answer, rest) = http::answer(text)?;
        return Ok(Some((Piece::Answer(answer), rest)));
    }
    if http::is_request_line(line) {
        let (request, rest) = http::request(text, notes);
        return Ok(Some((Piece::Request(request), rest)));
    }
    if let Some(rest) = header_value(line).and_then(|_| http::header(text)) {
        let ((_, value), rest) = rest;
        return Ok(Some((Piece::Authorization(value), rest)));
    }
    if is_base_string(line) {
        let (string, rest) = base_string(text);
        return Ok(Some((Piece::BaseString(string), rest)));
    }
    if is_signature(unquoted(line)) {
        return Ok(Some((Piece::Signature(unquoted(line).to_owned()), rest)));
    }
    Ok(None)
}

/// Whether a line begins a piece, wherever it is.
pub(super) fn starts(line: &str) -> bool {
    Label::of(line).is_some()
        || is_curl(line)
        || line.trim_start().starts_with("HTTP/")
        || http::is_request_line(line)
        || header_value(line).is_some()
}

/// Whether a line begins a piece after a blank line. Within an answer it may belong to that.
pub(super) fn starts_after_blank_line(line: &str) -> bool {
    is_base_string(line) || is_signature(unquoted(line))
}

fn is_curl(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    let rest = line.strip_prefix("curl");
    rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\\']))
}

fn header_value(line: &str) -> Option<&str> {
    let line = line.trim();
    let value = match line.split_once(':') {
        Some((name, value)) if name.eq_ignore_ascii_case("authorization") => return Some(value),
        _ => line,
    };
    let scheme = value.get(..6)?;
    (scheme.eq_ignore_ascii_case("OAuth ") && value.contains("oauth_")).then_some(value)
}

/// Whether a line looks like a base string, however it is wrapped: `GET&http`, `GET\u0026http`,
/// `GET&amp;http`, `GET%26http`, or without a method.
fn is_base_string(line: &str) -> bool {
    let line = unquoted(line);
    if line.contains(char::is_whitespace) {
        return false;
    }
    let method = line.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (method, rest) = line.split_at(method);
    let lower = rest.to_ascii_lowercase();
    let separators = ["&amp;", "&", "\\u0026", "%26"];
    let uri = separators.iter().find_map(|text| lower.strip_prefix(text));
    match uri {
        Some(uri) => {
            (2..=10).contains(&method.len()) && (uri.starts_with("http") || uri.contains("oauth_"))
        }
        None => {
            let is_uri =
                method.eq_ignore_ascii_case("http") || method.eq_ignore_ascii_case("https");
            is_uri && lower.starts_with("%3a%2f%2f") && lower.contains("oauth_")
        }
    }
}

/// A base string, which a terminal or a mail may have broken into lines.
fn base_string(text: &str) -> (String, &str) {
    let (line, mut rest) = http::first_line(text);
    let mut string = line.trim().to_owned();
    loop {
        let (line, behind) = http::first_line(rest);
        let more = line.trim();
        let continues = more.contains('%') && !more.contains(char::is_whitespace);
        if !continues || starts(line) || is_base_string(line) {
            return (unquoted(&string).to_owned(), rest);
        }
        string.push_str(more);
        rest = behind;
    }
}

/// Whether a text has the length and the characters of an HMAC in base64 or in hexadecimal digits.
fn is_signature(text: &str) -> bool {
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let base64 = text.trim_end_matches('=');
    let of_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
    (is_hex && [40, 64, 128].contains(&text.len()))
        || ([28, 44, 88].contains(&text.len())
            && base64.len() < text.len()
            && base64.bytes().all(of_base64))
}

/// A text without white space and quotes around it.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('"', '"'), ('\'', '\''), ('`', '`')];
    let inner = pairs.iter().find_map(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
    });
    inner.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{super::label::Side, *};

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
        let Piece::Request(request) = one("GET https://a.test/\nAuthorization: OAuth a=\"1\"\n")
        else {
            panic!();
        };
        assert_eq!(request.url("http"), "https://a.test/");
        assert_eq!(request.body, None);
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
}
