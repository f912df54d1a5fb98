//! Reading a report, tolerantly.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{Problem, ProblemReport};
use crate::form_text::{decode_in_header, decode_or_keep, pairs};

/// Reads the parameters of a challenge, whichever others stand in the same header.
pub(super) fn from_header(header: &str) -> Option<ProblemReport> {
    let mut reader = Reader::default();
    let mut rest = header;
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals]
            .rsplit(|character: char| character == ',' || character.is_ascii_whitespace())
            .find(|word| !word.is_empty())
            .unwrap_or_default();
        let value = rest[equals + 1..].trim_start();
        let (value, behind) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_at(value.find(',').unwrap_or(value.len())),
        };
        let decoded = decode_in_header(value.as_bytes()).unwrap_or_else(|| value.to_owned());
        reader.take(name, decoded.trim());
        rest = behind;
    }
    reader.report()
}

pub(super) fn from_body(body: &[u8]) -> Option<ProblemReport> {
    let body = body.trim_ascii();
    let mut reader = Reader::default();
    let mut rest = body;
    while !rest.is_empty() {
        let end = rest.iter().position(|octet| *octet == b'&');
        let (pair, behind) = rest.split_at(end.unwrap_or(rest.len()));
        if let Some((name, value)) = pairs(pair).next() {
            let value_and_behind = rest.get(name.len() + 1..).unwrap_or_default();
            let (name, decoded) = (decode_or_keep(name), decode_or_keep(value));
            // Flickr appends the base string without encoding it: its `&` look like separators,
            // and what follows like further parameters.
            if name == BASE_STRING && decoded.matches('&').count() < 2 {
                reader.take(&name, &String::from_utf8_lossy(value_and_behind));
                break;
            }
            reader.take(&name, &decoded);
        }
        rest = behind.get(1..).unwrap_or_default();
    }
    reader.report()
}

/// The signature base string in a plain sentence: a method, `&http`, and another `&`, soon behind
/// words that announce it.
pub(super) fn base_string_of_sentence(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    // In HTML and in JSON an `&` may be written otherwise; a base string has neither `;` nor `\`.
    let text = text.replace("&amp;", "&").replace("\\u0026", "&");
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    while let Some((label, start)) = LABELS
        .iter()
        .filter_map(|label| Some((label, lower[from..].find(label)?)))
        .min_by_key(|(_, start)| *start)
    {
        from += start + label.len();
        if let Some(found) = base_string_near(&text[from..], &lower[from..]) {
            return Some(found.to_owned());
        }
    }
    None
}

fn base_string_near<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    let near = &lower.as_bytes()[..lower.len().min(NEAR)];
    let method_end = near.windows(URL.len()).position(|part| part == URL)?;
    let method = near[..method_end].iter().rev();
    let method_length = method
        .take_while(|octet| octet.is_ascii_alphabetic())
        .count();
    let text = &text[method_end - method_length..];
    let end = text.find(|character: char| {
        character.is_whitespace() || character.is_control() || "\"'`<>\\".contains(character)
    });
    let text = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ',', ';', ')', ']', '}']);
    (method_length > 0 && text.matches('&').count() >= 2).then_some(text)
}

#[derive(Default)]
struct Reader {
    problem: Option<Problem>,
    rest: Option<ProblemReport>,
}

impl Reader {
    /// Takes a parameter. Of one that occurs twice the first counts.
    fn take(&mut self, name: &str, value: &str) {
        if name == "oauth_problem" {
            // An empty one says nothing, and would hide what the rest of the answer says.
            if !value.is_empty() {
                self.problem.get_or_insert_with(|| value.into());
            }
            return;
        }
        let report = self
            .rest
            .get_or_insert_with(|| ProblemReport::new(Problem::Other(String::new())));
        match name {
            "oauth_problem_advice" => {
                report.advice.get_or_insert_with(|| value.to_owned());
            }
            "oauth_acceptable_versions" if report.acceptable_versions.is_none() => {
                report.acceptable_versions = value
                    .split_once('-')
                    .map(|(low, high)| (low.trim().to_owned(), high.trim().to_owned()));
            }
            "oauth_acceptable_timestamps" if report.acceptable_timestamps.is_none() => {
                report.acceptable_timestamps = range(value);
            }
            "oauth_parameters_absent" if report.parameters_absent.is_empty() => {
                report.parameters_absent = pairs(value.as_bytes())
                    .map(|(name, _)| decode_or_keep(name))
                    .collect();
            }
            "oauth_parameters_rejected" if report.parameters_rejected.is_empty() => {
                report.parameters_rejected = pairs(value.as_bytes())
                    .map(|(name, value)| (decode_or_keep(name), decode_or_keep(value)))
                    .collect::<Vec<_>>();
            }
            BASE_STRING if !value.is_empty() => {
                report.base_string.get_or_insert_with(|| value.to_owned());
            }
            _ => {}
        }
    }

    fn report(self) -> Option<ProblemReport> {
        let problem = self.problem?;
        Some(match self.rest {
            None => ProblemReport::new(problem),
            Some(rest) => ProblemReport { problem, ..rest },
        })
    }
}

fn range(value: &str) -> Option<(u64, u64)> {
    let (low, high) = value.split_once('-')?;
    let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (low <= high).then_some((low, high))
}

const BASE_STRING: &str = "debug_sbs";

/// In lower case.
const LABELS: [&str; 4] = ["base string", "base_string", "basestring", "sbs"];

/// How the second part of a base string begins, in lower case.
const URL: &[u8] = b"&http";

/// Within how many octets behind its label the second part of a base string begins.
const NEAR: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_string_is_found_in_a_sentence() {
        const TEXT: &str = "GET&https%3A%2F%2Fe.com%2F&a%3Db";
        for sentence in [
            "Invalid signature. Expected signature base string: {}",
            "Invalid signature. Expected signature base string: {}.\n",
            "invalid signature (base string is '{}'), try again",
            "Invalid signature\nsbs={}\n",
            "the base string does not fit.  The basestring computed by the server was {} ",
            "<p>Signature Base String:</p><code>{}</code>",
            r#"{"error": "Invalid signature", "base_string": "{}", "more": 1}"#,
            r#"{"description": "Expected signature base string: {}\nwas not signed"}"#,
            "\u{212a} Base String: \u{212a}{}\u{a0}\u{212a}",
        ] {
            for and in ["&", "&amp;", r"\u0026"] {
                let text = sentence.replace("{}", &TEXT.replace('&', and));
                let found = base_string_of_sentence(text.as_bytes());
                assert_eq!(found.as_deref(), Some(TEXT), "{text}");
            }
        }
        for sentence in [
            "Invalid signature: base string",
            "the base string has no GET&https%3A%2F%2Fe.com%2F",
            "base string: &https%3A%2F%2Fe.com%2F&a%3Db",
            "the signature: GET&https%3A%2F%2Fe.com%2F&a%3Db",
            "base string: a&b&c",
        ] {
            assert_eq!(
                base_string_of_sentence(sentence.as_bytes()),
                None,
                "{sentence}"
            );
        }
    }
}
