//! An `Authorization` header, right or wrong (RFC 5849, section 3.5.1).

use alloc::{string::String, vec::Vec};

/// The names and values in a header, as they are written, without the quotes around them. Whatever
/// cannot be read is skipped.
pub(super) fn pairs(header: &str) -> Vec<(String, String)> {
    // Logs of HTTP/2 write the name in lower case.
    let header = match header.split_once(':') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("Authorization") => value,
        _ => header,
    };
    let header = header.trim();
    let parameters = match header.split_once(char::is_whitespace) {
        Some((scheme, parameters)) if scheme.eq_ignore_ascii_case("OAuth") => parameters,
        _ => header,
    };
    let pairs = split(parameters).into_iter().filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        // Other schemes, such as Basic, are not followed by names.
        let is_name = !name.trim().contains(char::is_whitespace);
        is_name.then(|| (name.trim().into(), unquoted(value)))
    });
    pairs.collect()
}

/// The text of a quoted-string (RFC 2617, section 1.2). Text that is not quoted stays.
pub(super) fn unquoted(text: &str) -> String {
    let text = text.trim();
    let Some(quoted) = text.strip_prefix('"') else {
        return text.into();
    };
    let mut characters = quoted.strip_suffix('"').unwrap_or(quoted).chars();
    let mut plain = String::with_capacity(quoted.len());
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => characters.next().unwrap_or(character),
            _ => character,
        });
    }
    plain
}

/// Splits at commas outside of quotes.
fn split(parameters: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, character) in parameters.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(&parameters[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&parameters[start..]);
    parts
}
