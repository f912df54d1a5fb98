//! Requests and answers, as HTTP writes them.

use super::{
    recognize::{starts, starts_after_blank_line},
    request::{Answer, Request, Url},
};

/// Whether a line is `GET /path HTTP/1.1`, or `GET https://…` with or without a version. In other
/// texts, a word before a URL is rarely in capital letters.
pub(super) fn is_request_line(line: &str) -> bool {
    let method = line.split_whitespace().next().unwrap_or_default();
    method.bytes().all(|byte| byte.is_ascii_uppercase()) && is_request_line_of_any_method(line)
}

/// The same for methods that are not in capital letters.
pub(crate) fn is_request_line_of_any_method(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(_), Some(target), version, None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return false;
    };
    let is_absolute = is_absolute(target);
    match version {
        Some(version) => version.starts_with("HTTP/") && (is_absolute || target.starts_with('/')),
        None => is_absolute,
    }
}

fn is_absolute(target: &str) -> bool {
    let scheme = target.split("://").next().unwrap_or_default();
    target.contains("://")
        && ["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Reads a request, and returns what follows it.
pub(super) fn request<'t>(text: &'t str, notes: &mut Vec<String>) -> (Request, &'t str) {
    let (line, rest) = first_line(text);
    let mut words = line.split_whitespace();
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let (headers, rest) = headers(rest);
    let value = |name: &str| value_of(&headers, name);
    let url = if is_absolute(target) {
        Url::Absolute(target.to_owned())
    } else {
        let host = value("host").unwrap_or_default();
        Url::WithoutScheme(format!("{host}{target}"))
    };
    let mut request = Request {
        method: method.to_owned(),
        url,
        authorization: value("authorization"),
        content_type: value("content-type"),
        body: None,
    };
    let length = value("content-length").and_then(|length| length.parse::<usize>().ok());
    let has_body = match length {
        Some(length) => length > 0,
        None => request.content_type.is_some() && method != "GET",
    };
    if !has_body {
        return (request, rest);
    }
    let (content, behind) = body(rest);
    // Line ends after it are part of it if its length says so.
    let whole = length.and_then(|length| rest.get(..length));
    let whole = whole.filter(|whole| whole.trim_end_matches(['\r', '\n']) == content);
    let content = whole.unwrap_or(content);
    if content.is_empty() && request.has_form_type() {
        notes.push(
            "the request has a form that is not there: add it after a blank line, or nothing but \
             the header is looked at"
                .to_owned(),
        );
        request = Request {
            authorization: request.authorization,
            ..Request::default()
        };
    } else {
        request.body = Some(content.to_owned());
    }
    (request, behind)
}

/// Reads an answer, and returns what follows it.
pub(super) fn answer(text: &str) -> Result<(Answer, &str), String> {
    let (line, rest) = first_line(text);
    let status = line.split_whitespace().nth(1).unwrap_or_default();
    let status = status
        .parse()
        .ok()
        .filter(|status| (100..1000).contains(status));
    let status: u16 = status.ok_or("this answer has no status, such as HTTP/1.1 401")?;
    let (headers, rest) = headers(rest);
    let (content, behind) = if status < 200 { ("", rest) } else { body(rest) };
    let answer = Answer {
        status,
        www_authenticate: headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("www-authenticate"))
            .map(|(_, value)| value.clone())
            .reduce(|one, other| if is_oauth(&other) { other } else { one }),
        date: value_of(&headers, "date"),
        body: content.to_owned(),
    };
    Ok((answer, behind))
}

fn is_oauth(challenge: &str) -> bool {
    challenge
        .trim_start()
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("OAuth"))
}

/// Reads headers up to a blank line, or to what is not a header.
fn headers(mut text: &str) -> (Vec<(String, String)>, &str) {
    let mut headers = Vec::new();
    loop {
        let (line, rest) = first_line(text);
        if line.trim().is_empty() {
            return (headers, rest);
        }
        let Some((pair, rest)) = header(text) else {
            return (headers, text);
        };
        headers.push(pair);
        text = rest;
    }
}

/// Reads a header with its name, or the value of an `Authorization` header alone. It may be broken
/// into lines that begin with a space.
pub(super) fn header(text: &str) -> Option<((String, String), &str)> {
    let (line, mut rest) = first_line(text);
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let (name, value) = match line.trim().split_once(':') {
        Some((name, value)) if !name.is_empty() && name.bytes().all(of_name) => (name, value),
        _ if line.trim().get(..5)?.eq_ignore_ascii_case("OAuth") => ("Authorization", line),
        _ => return None,
    };
    let mut value = value.trim().to_owned();
    loop {
        let (more, behind) = first_line(rest);
        let is_folded = more.starts_with([' ', '\t']) || value.ends_with(',');
        if more.trim().is_empty() || !is_folded || starts(more) {
            return Some(((name.to_owned(), value), rest));
        }
        value.push(' ');
        value.push_str(more.trim());
        rest = behind;
    }
}

fn value_of(headers: &[(String, String)], name: &str) -> Option<String> {
    let mut found = headers
        .iter()
        .filter(|(known, _)| known.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.clone())
}

/// The text up to the next piece, without the line ends after it.
pub(super) fn body(text: &str) -> (&str, &str) {
    let (mut rest, mut after_blank_line, mut has_content) = (text, false, false);
    while !rest.is_empty() {
        let (line, behind) = first_line(rest);
        let is_blank = line.trim().is_empty();
        let ends = has_content && after_blank_line && starts_after_blank_line(line);
        if !is_blank && (ends || starts(line)) {
            break;
        }
        has_content |= !is_blank;
        after_blank_line = is_blank;
        rest = behind;
    }
    let body = &text[..text.len() - rest.len()];
    (body.trim_end_matches(['\r', '\n']), rest)
}

/// The first line without its end, and the lines after it.
pub(super) fn first_line(text: &str) -> (&str, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    (line.strip_suffix('\r').unwrap_or(line), rest)
}

pub(super) fn without_blank_lines(mut text: &str) -> &str {
    loop {
        let (line, rest) = first_line(text);
        if text.is_empty() || !line.trim().is_empty() {
            return text;
        }
        text = rest;
    }
}

/// What `curl --verbose` prints, without the marks before the lines and without what curl says
/// beside the messages. In other texts, the marks are those of a quotation in a mail.
pub(crate) fn without_marks(text: &str) -> String {
    let is_trace = text
        .lines()
        .map(after_progress)
        .any(|line| line.starts_with("< HTTP/") || is_sent_line(line));
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let whole = line;
        let line = after_progress(line.trim_end_matches('\r'));
        if is_trace && is_beside(line) || line.is_empty() && !whole.trim().is_empty() {
            continue;
        }
        let line = match line.get(..2) {
            Some("> ") => line[2..].trim_start_matches(['>', ' ']),
            Some("< ") if is_trace => &line[2..],
            _ if line == ">" || (is_trace && line == "<") => "",
            _ => line,
        };
        plain.push_str(line);
        plain.push('\n');
    }
    plain
}

/// The line without the table in which curl shows its progress. It may stand before anything else.
fn after_progress(line: &str) -> &str {
    const UNKNOWN: &str = "--:--:-- ";
    let is_head = line.contains("% Total") || line.contains("Dload  Upload");
    match line.rfind(UNKNOWN) {
        _ if is_head => "",
        Some(at) => {
            let speed = |c: char| c == ' ' || c == '.' || c.is_ascii_digit() || "kMG".contains(c);
            line[at + UNKNOWN.len()..].trim_start_matches(speed)
        }
        None => line,
    }
}

/// Whether curl says this beside the messages.
fn is_beside(line: &str) -> bool {
    let beginnings = ["* ", "{ ", "} ", "Note: ", "Warning: ", "curl: ("];
    beginnings
        .iter()
        .any(|beginning| line.starts_with(beginning))
}

fn is_sent_line(line: &str) -> bool {
    line.strip_prefix("> ").is_some_and(is_request_line)
}
