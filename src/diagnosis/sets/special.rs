//! Parameters that are suspicious by themselves.

use alloc::{collections::BTreeSet, vec::Vec};

use super::super::{
    Cause, Finding,
    structure::{Halves, Structure},
    text::{contains, decode, lossy},
};
use super::names::right_name;
use crate::signature_method::meant_by;

/// What is wrong with the parameters by themselves.
pub(in super::super) fn alone(structure: &Structure, next: &mut u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    let absent = |name: &str| structure.value_of(name).is_none();
    for halves in &structure.parameters {
        let name = halves.shown_name();
        let value = lossy(&halves.value);
        let decoded = lossy(&decode(&halves.value));
        let mut found = |finding: Finding| {
            findings.push(finding.with_parameter(&*name).with_ours(&*value));
        };
        match &*name {
            "oauth_signature" => found(Finding::proven(Cause::SignatureSigned)),
            "oauth_version" if decoded != "1.0" => found(Finding::proven(Cause::Version)),
            "oauth_signature_method" if method_name(&decoded).is_some() => {
                found(Finding::proven(Cause::MethodName));
            }
            "realm" => {
                *next += 1;
                for cause in [Cause::RealmSigned, Cause::ParameterAdded] {
                    found(Finding::proven(cause).alternative_of(*next));
                }
            }
            _ if is_body(halves) => {
                findings.push(Finding::likely(Cause::BodySignedAsForm).with_ours(&*value));
            }
            _ if is_file(halves) => found(Finding::likely(Cause::FileSigned)),
            _ => {
                if let Some(right) = right_name(&name).filter(|right| absent(right)) {
                    let finding = Finding::likely(Cause::ParameterTypo).with_parameter(right);
                    findings.push(finding.with_texts(&*name, right));
                }
            }
        }
    }
    findings.extend(twice(structure));
    findings
}

/// Protocol parameters that occur twice, with the same value.
fn twice(structure: &Structure) -> Option<Finding> {
    let mut seen = BTreeSet::new();
    let protocol = structure
        .parameters
        .iter()
        .filter(|halves| halves.is_protocol());
    let again = protocol.filter(|halves| !seen.insert(*halves));
    let names: Vec<_> = again.map(Halves::shown_name).collect();
    if names.is_empty() {
        return None;
    }
    Some(Finding::proven(Cause::OauthParametersTwice).with_parameters(names))
}

/// The name of the signature method that was meant, if it is misspelled.
fn method_name(value: &str) -> Option<&'static str> {
    meant_by(value).filter(|known| *known != value)
}

/// Whether a parameter is a JSON or XML text, or the beginning of one up to its first `=`.
pub(super) fn is_body(halves: &Halves) -> bool {
    let (name, value) = (decode(&halves.name), decode(&halves.value));
    let text = match &value[..] {
        [] => name,
        value => [&name[..], b"=", value].concat(),
    };
    let text = text.trim_ascii();
    let quoted = || contains(text, b"\"");
    match (text.first(), text.last()) {
        (Some(b'{'), Some(b'}')) => quoted() && contains(text, b":"),
        (Some(b'['), Some(b']')) => quoted(),
        (Some(b'<'), Some(b'>')) => contains(text, b"</") || contains(text, b"/>"),
        _ => false,
    }
}

/// Whether a parameter is a file, whose contents are not signed.
pub(super) fn is_file(halves: &Halves) -> bool {
    const NAMES: [&str; 8] = [
        "photo",
        "file",
        "media",
        "image",
        "picture",
        "video",
        "upload",
        "attachment",
    ];
    const BEGINNINGS: [&[u8]; 4] = [b"@/", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8"];
    let value = decode(&halves.value);
    let is_path = || {
        let absolute = [&b"/"[..], b"@", b"./", b"~/", b"file:"];
        let is_long = value.len() > 2;
        let begins = absolute.iter().any(|start| value.starts_with(start));
        (begins && is_long) || contains(&value, b":\\")
    };
    BEGINNINGS
        .iter()
        .any(|beginning| value.starts_with(beginning))
        || (NAMES.contains(&&*halves.shown_name()) && is_path())
}
