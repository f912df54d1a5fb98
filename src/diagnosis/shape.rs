//! Reading a base string, right or wrong (RFC 5849, section 3.4.1.1).

use alloc::{borrow::ToOwned, string::String, vec, vec::Vec};

use super::{
    Cause, Finding,
    half::explain,
    structure::{Halves, Structure},
    text::{contains, decode, encoded, is_well_formed, lossy, raw_characters},
};

/// A base string that was read, and what is wrong with its shape.
pub(super) struct Reading {
    /// A part that is missing is empty.
    pub(super) structure: Structure,
    pub(super) findings: Vec<Finding>,
    pub(super) missing: Missing,
}

#[derive(Clone, Copy, Default, Eq, PartialEq)]
pub(super) struct Missing {
    pub(super) method: bool,
    pub(super) uri: bool,
    pub(super) parameters: bool,
}

/// Reads a base string. `known` are parameters that may be in it: they tell where a value ends that
/// should have been encoded and contains separators.
pub(super) fn read(text: &str, known: &[Halves]) -> Reading {
    let mut findings = Vec::new();
    let parts = split(text.trim(), &mut findings);
    let missing = Missing {
        method: parts.method.is_none(),
        uri: parts.uri.is_none(),
        parameters: parts.parameters.unwrap_or_default().is_empty(),
    };
    if missing.method || missing.uri || missing.parameters {
        findings.push(Finding::proven(Cause::PartsMissing));
    }
    let uri = parts.uri.map(|uri| read_uri(uri, &mut findings));
    let third = parts.parameters.unwrap_or_default();
    let outer = parts.uri.and_then(outer_mistake);
    findings.extend(outer.or_else(|| outer_mistake(third)).map(Finding::proven));
    let normalized = if third.contains(['=', '&']) {
        findings.push(Finding::proven(Cause::NotEncodedTwice));
        third.as_bytes().to_vec()
    } else {
        decode(third.as_bytes())
    };
    let parameters = read_parameters(&normalized, known, &mut findings);
    let method = parts.method.unwrap_or_default();
    Reading {
        structure: Structure {
            method: lossy(&decode(method.as_bytes())),
            uri: uri.unwrap_or_default(),
            parameters,
        },
        findings,
        missing,
    }
}

struct Parts<'a> {
    method: Option<&'a str>,
    uri: Option<&'a str>,
    parameters: Option<&'a str>,
}

/// Finds the three parts.
fn split<'a>(text: &'a str, findings: &mut Vec<Finding>) -> Parts<'a> {
    let mut rest = text;
    let mut method = None;
    if !is_uri(text) && !is_parameters(first(text)) {
        // Without its separator, the method is what stands before the URI.
        let glued = ["http%3A", "https%3A", "http://", "https://"]
            .iter()
            .filter_map(|scheme| text.find(scheme))
            .min()
            .filter(|at| *at > 0 && text[..*at].bytes().all(is_token));
        match (glued, text.split_once(separator(text))) {
            (Some(at), _) => {
                let end = text.len().min(at + 10);
                findings.push(joined_wrongly(&lossy(&text.as_bytes()[..end])));
                (method, rest) = (Some(&text[..at]), &text[at..]);
            }
            (None, Some((first, behind))) => {
                if separator(text) != '&' {
                    findings.push(joined_wrongly(first));
                }
                (method, rest) = (Some(first).filter(|method| !method.is_empty()), behind);
            }
            (None, None) => (method, rest) = (Some(text), ""),
        }
    }
    let separator = if method.is_some() {
        separator(text)
    } else {
        '&'
    };
    let (uri, parameters) = match rest.split_once(separator) {
        _ if rest.is_empty() => (None, None),
        None if is_parameters(rest) && !is_uri(rest) => (None, Some(rest)),
        Some((first, _)) if is_parameters(first) && !is_uri(first) => (None, Some(rest)),
        None => (Some(rest), None),
        Some((uri, parameters)) => (Some(uri).filter(|uri| !uri.is_empty()), Some(parameters)),
    };
    Parts {
        method,
        uri,
        parameters,
    }
}

fn first(text: &str) -> &str {
    text.split('&').next().unwrap_or_default()
}

/// What stands between the parts.
fn separator(text: &str) -> char {
    let others = [',', ';'];
    let known = |separator: &char| {
        let mut parts = text.split(*separator);
        parts
            .next()
            .is_some_and(|method| method.bytes().all(is_token))
            && parts.next().is_some_and(is_uri)
    };
    others
        .into_iter()
        .find(|other| !text.contains('&') && known(other))
        .unwrap_or('&')
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%'*+-.^_`|~".contains(&byte)
}

/// Whether a part begins as an absolute URI does, at any level of encoding.
fn is_uri(part: &str) -> bool {
    let lower = part.get(..12).unwrap_or(part).to_ascii_lowercase();
    let rest = lower
        .strip_prefix("http")
        .map(|rest| rest.strip_prefix('s').unwrap_or(rest));
    rest.is_some_and(|rest| {
        rest.starts_with("%3a") || rest.starts_with("%253a") || rest.starts_with("://")
    })
}

/// Whether a part looks like the normalized parameters.
fn is_parameters(part: &str) -> bool {
    let joins = part.contains("%3D") || part.contains("%3d") || part.contains('=');
    joins && (part.contains("oauth_") || !part.contains("%2F"))
}

fn joined_wrongly(text: &str) -> Finding {
    Finding::proven(Cause::JoinedWrongly).with_ours(text)
}

/// Decodes the second part.
fn read_uri(part: &str, findings: &mut Vec<Finding>) -> Vec<u8> {
    let decoded = decode(part.as_bytes());
    let again = lossy(&decoded);
    if part.contains("://") || (is_uri(&again) && !again.contains("://")) {
        let uri = if part.contains("://") {
            part.as_bytes().to_vec()
        } else {
            decode(&decoded)
        };
        let finding = Finding::proven(Cause::UriEncoding);
        findings.push(finding.with_texts(again, lossy(&uri)));
        return uri;
    }
    decoded
}

/// How the encoding that joins the parts differs from that of section 3.6, if it means the same.
fn outer_mistake(part: &str) -> Option<Cause> {
    let part = part.as_bytes();
    // What is not encoded at all has causes of its own.
    if is_well_formed(part) || !raw_characters(part).is_empty() {
        return None;
    }
    explain(part, &decode(part)).first().copied()
}

/// Splits the normalized parameters.
fn read_parameters(
    normalized: &[u8],
    known: &[Halves],
    findings: &mut Vec<Finding>,
) -> Vec<Halves> {
    let known: Vec<_> = known.iter().filter_map(Raw::of).take(MOST_RAW).collect();
    let mut equals = normalized.iter().filter(|byte| **byte == b'=');
    let separator = *[b'&', b',', b';']
        .iter()
        .find(|separator| normalized.contains(separator))
        .filter(|_| equals.nth(1).is_some())
        .unwrap_or(&b'&');
    if separator != b'&' {
        findings.push(joined_wrongly(&lossy(
            &normalized[..normalized.len().min(40)],
        )));
    }
    let mut parameters = Vec::new();
    let mut broken: Option<String> = None;
    let mut rest = normalized;
    while !rest.is_empty() {
        if let Some((halves, length)) = Raw::at(rest, &known) {
            parameters.push(halves);
            rest = rest.get(length + 1..).unwrap_or_default();
            continue;
        }
        let end = rest
            .iter()
            .position(|byte| *byte == separator)
            .unwrap_or(rest.len());
        let (pair, behind) = rest.split_at(end);
        rest = behind.get(1..).unwrap_or_default();
        let at = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => at,
            None if pair.is_empty() => continue,
            None => {
                broken.get_or_insert_with(|| lossy(pair));
                let other = pair.iter().position(|byte| b",;:".contains(byte));
                other.unwrap_or_else(|| lost_escape(pair))
            }
        };
        parameters.push(Halves {
            name: pair[..at].to_owned(),
            value: pair.get(at + 1..).unwrap_or_default().to_owned(),
        });
    }
    if let Some(pair) = broken {
        findings.push(joined_wrongly(&pair));
    }
    parameters
}

/// How many parameters with separators are looked for, so that a long string does not take long.
const MOST_RAW: usize = 50;

/// Where the name ends in a pair whose `%3D` lost its digits, or became something else.
fn lost_escape(pair: &[u8]) -> usize {
    let names = pair
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
    let length = names.count();
    match pair.get(length) {
        Some(b'%') => length,
        _ => pair.len(),
    }
}

/// A parameter that contains separators when it is not encoded, in all spellings.
struct Raw([Halves; 3]);

impl Raw {
    fn of(halves: &Halves) -> Option<Self> {
        let (name, value) = (decode(&halves.name), decode(&halves.value));
        let splits = contains(&value, b"&") || contains(&name, b"&") || contains(&name, b"=");
        let halves = |name: &[u8], value: &[u8]| Halves {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        splits.then(|| {
            Self([
                halves(&encoded(&name), &value),
                halves(&name, &value),
                halves(&name, &encoded(&value)),
            ])
        })
    }

    /// The longest of them at the beginning of a text, and the length of its text.
    fn at(text: &[u8], known: &[Self]) -> Option<(Halves, usize)> {
        let spellings = known.iter().flat_map(|raw| &raw.0);
        let found = spellings.filter_map(|halves| {
            let length = halves.name.len() + 1 + halves.value.len();
            let value = text.strip_prefix(&halves.name[..])?.strip_prefix(b"=")?;
            let ends = matches!(text.get(length), None | Some(b'&'));
            (ends && value.starts_with(&halves.value)).then_some((halves, length))
        });
        let longest = found.max_by_key(|(_, length)| *length)?;
        Some((longest.0.clone(), longest.1))
    }
}

/// A base string without the white space and the quotes around it in a log.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim();
    let mut quotes = ["\"", "'", "`"].iter();
    let quoted = quotes.find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    quoted.unwrap_or(text).trim()
}

/// Base strings that were wrapped in JSON, HTML or a form, unwrapped. `None` if the text was not.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    let text = text.trim();
    let mut candidates = vec![text.replace("\\u0026", "&"), text.replace("&amp;", "&")];
    if !text.contains('&') {
        candidates.push(lossy(&decode(text.as_bytes())));
    }
    let is_whole = |text: &str| {
        let mut parts = text.split('&');
        let method = parts
            .next()
            .is_some_and(|method| !method.is_empty() && method.bytes().all(is_token));
        let lower = parts
            .next()
            .map(str::to_ascii_lowercase)
            .unwrap_or_default();
        method && (lower.starts_with("http%3a") || lower.starts_with("https%3a"))
    };
    if is_whole(text) && !text.contains("&amp;") && !text.contains("\\u0026") {
        return None;
    }
    candidates
        .into_iter()
        .find(|candidate| candidate != text && is_whole(candidate))
}
