//! Reading a report. Whatever is malformed is skipped.

use alloc::{borrow::ToOwned, string::String};

use super::{Problem, ProblemReport, is_signature};
use crate::form_urlencoded::{decode_in_header, decode_or_keep, pairs};

/// Reads the parameters of a challenge. The header may contain other challenges, too.
pub(super) fn from_header(header: &str) -> Option<ProblemReport> {
    if header.len() > READ {
        return None;
    }
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
    from_pairs(body.trim_ascii(), true)
}

fn from_pairs(body: &[u8], may_be_nested: bool) -> Option<ProblemReport> {
    let read = whole_pairs(body);
    let mut reader = Reader::default();
    let mut nested = None;
    for pair in pairs(read) {
        let (name, value) = (decode_or_keep(pair.name), decode_or_keep(pair.value()));
        // Magento 1 sends the signature that it expected, encoded or not.
        if name == BASE_STRING {
            let raw = String::from_utf8_lossy(pair.value());
            if let Some(signature) = [&*raw, &value].into_iter().find(|text| is_signature(text)) {
                reader.expected_signature = Some(signature.to_owned());
                continue;
            }
        }
        // Copy sends the whole report as the value of a parameter.
        if may_be_nested && value.contains("oauth_problem=") {
            nested = nested.or_else(|| from_pairs(value.as_bytes(), false));
        }
        // Flickr appends the base string without encoding it, so that its parts look like more
        // parameters. It begins with a method, so an empty value cannot be the start of one.
        if name == BASE_STRING && !value.is_empty() && value.matches('&').count() < 2 {
            // A truncated base string would differ from ours for the wrong reason.
            if read.len() == body.len() {
                reader.take(&name, &String::from_utf8_lossy(pair.value_to_end));
            }
            break;
        }
        reader.take(&name, &value);
    }
    reader.report().or(nested)
}

/// The part of a body that is read: all of it, or the pairs that end within [`READ`] bytes.
fn whole_pairs(body: &[u8]) -> &[u8] {
    match body.get(..=READ) {
        None => body,
        Some(longer) => {
            let end = longer.iter().rposition(|byte| *byte == b'&');
            &body[..end.unwrap_or(0)]
        }
    }
}

#[derive(Default)]
struct Reader {
    problem: Option<Problem>,
    rest: Option<ProblemReport>,
    expected_signature: Option<String>,
}

impl Reader {
    /// Takes a parameter. If it occurs twice, the first one counts.
    fn take(&mut self, name: &str, value: &str) {
        if name == "oauth_problem" {
            // An empty problem would hide what the rest of the answer says.
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
                    .map(|pair| decode_or_keep(pair.name))
                    .collect();
            }
            "oauth_parameters_rejected" if report.parameters_rejected.is_empty() => {
                report.parameters_rejected = pairs(value.as_bytes())
                    .map(|pair| (decode_or_keep(pair.name), decode_or_keep(pair.value())))
                    .collect();
            }
            BASE_STRING if !value.is_empty() => {
                report.base_string.get_or_insert_with(|| value.to_owned());
            }
            _ => {}
        }
    }

    fn report(self) -> Option<ProblemReport> {
        let problem = self.problem?;
        let rest = self
            .rest
            .unwrap_or_else(|| ProblemReport::new(problem.clone()));
        Some(ProblemReport {
            problem,
            expected_signature: self.expected_signature,
            ..rest
        })
    }
}

fn range(value: &str) -> Option<(u64, u64)> {
    let (low, high) = value.split_once('-')?;
    let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (low <= high).then_some((low, high))
}

const BASE_STRING: &str = "debug_sbs";

/// How many bytes of an answer are read for a report. Reports are far shorter.
pub(super) const READ: usize = 64 * 1024;
