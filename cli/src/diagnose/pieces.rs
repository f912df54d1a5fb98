//! The pieces of evidence in a text that somebody has pasted together.

use oauth1_signer::response::Response;

use super::{
    curl, http,
    label::{Kind, Label, Side},
    recognize::{header_value, is_base_string, is_curl, is_signature, starts, unquoted},
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
    let mut left_out = Vec::new();
    let mut rest = text;
    loop {
        rest = http::without_blank_lines(rest);
        let line = 1 + text[..text.len() - rest.len()].matches('\n').count();
        let (first, after) = http::first_line(rest);
        if rest.is_empty() {
            break;
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
        match piece(content, label, notes).map_err(|error| (line, error))? {
            Read::Piece(piece, side, behind) => {
                let side = side.filter(|_| label.side.is_none());
                if let Some(side) = side {
                    let who = if side == Side::Ours {
                        "yours"
                    } else {
                        "the server's"
                    };
                    notes.push(format!("the base string in line {line} is taken for {who}"));
                }
                let label = Label::new(label.side.or(side), label.kind);
                found.push(Found { piece, label, line });
                rest = behind;
            }
            Read::Skipped(behind) => rest = behind,
            Read::Unknown => {
                left_out.push(line);
                rest = after;
            }
        }
    }
    match left_out.first() {
        Some(line) if found.is_empty() => Err((*line, UNKNOWN.to_owned())),
        Some(_) => {
            let lines: Vec<_> = left_out.iter().take(LISTED).map(usize::to_string).collect();
            let more = if left_out.len() > LISTED { ", ..." } else { "" };
            let plural = if left_out.len() == 1 { "" } else { "s" };
            notes.push(format!(
                "not recognized and left out: line{plural} {}{more}",
                lines.join(", ")
            ));
            Ok(found)
        }
        None => Ok(found),
    }
}

/// How many lines are named that were left out.
const LISTED: usize = 8;

const UNKNOWN: &str = "this is not recognized; put what it is before it, such as `ours:`, \
                       `theirs:`, `expected signature:`, `sent:` or `answer:`";

/// What was read at the beginning of a text, and what follows it.
enum Read<'t> {
    /// A piece, and whose it is if its line tells.
    Piece(Piece, Option<Side>, &'t str),
    /// Something that is not needed.
    Skipped(&'t str),
    Unknown,
}

/// Reads a piece.
fn piece<'t>(text: &'t str, label: Label, notes: &mut Vec<String>) -> Result<Read<'t>, String> {
    let text = http::without_blank_lines(text);
    let (line, rest) = http::first_line(text);
    if label.kind == Some(Kind::Signature) && starts(line) {
        // There is a label, and nothing behind it.
        return Ok(Read::Piece(Piece::Signature(String::new()), None, text));
    }
    if let Some((piece, rest)) = recognized(text, notes)? {
        return Ok(Read::Piece(piece, None, rest));
    }
    let value = unquoted(line);
    let is_request = label.kind == Some(Kind::Request) || label.side == Some(Side::Sent);
    if is_request && http::is_request_line_of_any_method(line) {
        let (request, rest) = http::request(text, notes);
        return Ok(Read::Piece(Piece::Request(request), None, rest));
    }
    match label.kind {
        Some(Kind::Answer) => {
            let (body, rest) = http::body(text);
            return Ok(Read::Piece(Piece::Answer(answer(body)), None, rest));
        }
        Some(Kind::Signature) => {
            return Ok(Read::Piece(Piece::Signature(value.to_owned()), None, rest));
        }
        Some(Kind::Time) => {
            let seconds = value.parse();
            let seconds = seconds.map_err(|_| {
                "a time is a whole number of seconds since 1970-01-01 00:00 UTC".to_owned()
            })?;
            return Ok(Read::Piece(Piece::Time(seconds), None, rest));
        }
        Some(Kind::BaseString) if !value.is_empty() => {
            let (string, rest) = base_string(text);
            return Ok(Read::Piece(Piece::BaseString(string), None, rest));
        }
        _ => {}
    }
    let rest_of_line = http::first_line(text).1;
    if let Some((string, before)) = embedded(line, label.side) {
        let side = side_of(before);
        if label.side.is_some() || side != Some(Side::Theirs) {
            return Ok(Read::Piece(Piece::BaseString(string), side, rest_of_line));
        }
    }
    let (mut body, mut rest) = http::body(text);
    let is_page = line.trim_start().starts_with(['{', '[', '<']);
    let is_found = if label.side == Some(Side::Theirs) || is_page {
        Response::new(401, body).report().is_some()
    } else {
        // In a mail, the words before an answer and after it are not part of it.
        (body, rest) = paragraph(body, text);
        Response::new(401, line).report().is_some()
    };
    if is_found {
        return Ok(Read::Piece(Piece::Answer(answer(body)), None, rest));
    }
    let has_parts = value.contains('&') || !value.contains(char::is_whitespace);
    if label.side.is_some() && value.contains('%') && has_parts {
        let (string, rest) = base_string(text);
        return Ok(Read::Piece(Piece::BaseString(string), None, rest));
    }
    if value.contains("oauth_nonce=") && !value.contains([' ', '<', '{']) {
        // The normalized parameters, which `oauth1 sign --explain` prints as well.
        return Ok(Read::Skipped(rest_of_line));
    }
    Ok(Read::Unknown)
}

/// The part of a body up to a blank line, and what follows that part in the text.
fn paragraph<'t>(body: &'t str, text: &'t str) -> (&'t str, &'t str) {
    let mut lines = body.split_inclusive('\n');
    let lines = lines.by_ref().take_while(|line| !line.trim().is_empty());
    let length = lines.map(str::len).sum();
    (
        body[..length].trim_end_matches(['\r', '\n']),
        &text[length..],
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

/// A base string in a line of a log or of a mail, and the text before it. Answers are read as a whole.
fn embedded(line: &str, side: Option<Side>) -> Option<(String, &str)> {
    let line = line.trim();
    let is_answer = match side {
        Some(Side::Ours) => false,
        None => line.starts_with(['{', '<']) || line.contains("oauth_problem"),
        Some(_) => true,
    };
    if is_answer {
        return None;
    }
    let report = Response::new(401, line).report()?;
    let string = report.base_string()?;
    let before = line.split(string).next().unwrap_or_default();
    (before.len() < line.len()).then(|| (string.to_owned(), before))
}

/// Whose base string it is, by the words before it.
fn side_of(before: &str) -> Option<Side> {
    let before = before.to_ascii_lowercase();
    let has = |words: &[&str]| {
        let mut all = before.split(|character: char| !character.is_ascii_alphanumeric());
        all.any(|word| words.contains(&word))
    };
    if has(&THEIRS) {
        Some(Side::Theirs)
    } else {
        has(&OURS).then_some(Side::Ours)
    }
}

const THEIRS: [&str; 13] = [
    "expected", "server", "servers", "their", "theirs", "invalid", "match", "mismatch", "failed",
    "sbs", "answer", "response", "provider",
];

const OURS: [&str; 9] = [
    "signing", "signed", "sign", "my", "our", "ours", "i", "we", "client",
];

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

#[cfg(test)]
mod tests;
