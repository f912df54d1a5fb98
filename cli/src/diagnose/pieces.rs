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
    let (line, rest) = http::first_line(text);
    if label.kind == Some(Kind::Signature) && starts(line) {
        // There is a label, and nothing behind it.
        return Ok((Some(Piece::Signature(String::new())), text));
    }
    if let Some((piece, rest)) = recognized(text, notes)? {
        return Ok((Some(piece), rest));
    }
    let value = unquoted(line);
    let is_request = label.kind == Some(Kind::Request) || label.side == Some(Side::Sent);
    if is_request && http::is_request_line_of_any_method(line) {
        let (request, rest) = http::request(text, notes);
        return Ok((Some(Piece::Request(request)), rest));
    }
    match label.kind {
        Some(Kind::Answer) => {
            let (body, rest) = http::body(text);
            return Ok((Some(Piece::Answer(answer(body))), rest));
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
        _ => {}
    }
    let (body, rest) = http::body(text);
    if Response::new(401, body).report().is_some() {
        return Ok((Some(Piece::Answer(answer(body))), rest));
    }
    let has_parts = value.contains('&') || !value.contains(char::is_whitespace);
    if label.side.is_some() && value.contains('%') && has_parts {
        let (string, rest) = base_string(text);
        return Ok((Some(Piece::BaseString(string)), rest));
    }
    if value.contains("oauth_nonce=") && !value.contains([' ', '<', '{']) {
        // The normalized parameters, which `oauth1 sign --explain` prints as well.
        return Ok((None, http::first_line(text).1));
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
