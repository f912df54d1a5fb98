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
