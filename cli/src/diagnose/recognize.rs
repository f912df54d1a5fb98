//! How the pieces begin.

use super::{http::is_request_line, label::Label};

/// Whether a line begins a piece, wherever it is.
pub(super) fn starts(line: &str) -> bool {
    Label::of(line).is_some()
        || is_curl(line)
        || line.trim_start().starts_with("HTTP/")
        || is_request_line(line)
        || header_value(line).is_some()
}

/// Whether a line begins a piece after a blank line. Within an answer it may belong to that.
pub(super) fn starts_after_blank_line(line: &str) -> bool {
    is_base_string(line) || is_signature(unquoted(line))
}

pub(super) fn is_curl(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    let rest = line.strip_prefix("curl");
    rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\\']))
}

/// The value of an `Authorization` header, with its name or alone.
pub(super) fn header_value(line: &str) -> Option<&str> {
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
pub(crate) fn is_base_string(line: &str) -> bool {
    let line = unquoted(line);
    if line.contains(char::is_whitespace) {
        return false;
    }
    let method = line.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (method, rest) = line.split_at(method);
    let lower = rest.to_ascii_lowercase();
    let separators = ["&amp;", "&", "\\u0026", "%26"];
    let uri = separators.iter().find_map(|text| lower.strip_prefix(text));
    if let Some(uri) = uri {
        let is_uri = uri.starts_with("http") || uri.contains("oauth_");
        return is_uri && (2..=10).contains(&method.len());
    }
    let is_uri = ["http", "https"].contains(&method.to_ascii_lowercase().as_str());
    is_uri && lower.starts_with("%3a%2f%2f") && lower.contains("oauth_")
}

/// Whether a text has the length and the characters of an HMAC in base64 or in hexadecimal digits.
pub(super) fn is_signature(text: &str) -> bool {
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let base64 = text.trim_end_matches('=');
    let of_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
    (is_hex && [40, 64, 128].contains(&text.len()))
        || ([28, 44, 88].contains(&text.len())
            && base64.len() < text.len()
            && base64.bytes().all(of_base64))
}

/// A text without white space and quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let pairs = [('"', '"'), ('\'', '\''), ('`', '`')];
    let inner = pairs.iter().find_map(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
    });
    inner.unwrap_or(text)
}
