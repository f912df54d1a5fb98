//! Methods and base string URIs (RFC 5849, section 3.4.1.2).

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Cause, Finding,
    message::Location,
    structure::Structure,
    text::{lossy, to_the_end},
};

/// How two methods and two URIs differ.
pub(super) fn compare(ours: &Structure, theirs: &Structure) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !ours.method.is_empty() && !theirs.method.is_empty() && ours.method != theirs.method {
        let finding = Finding::proven(Cause::Method);
        findings.push(finding.with_texts(&*ours.method, &*theirs.method));
    }
    if ours.uri.is_empty() || theirs.uri.is_empty() || ours.uri == theirs.uri {
        return findings;
    }
    let (ours, theirs) = (lossy(&ours.uri), lossy(&theirs.uri));
    let (our, their) = (Location::of(&ours), Location::of(&theirs));
    match (our.is_absolute(), their.is_absolute()) {
        (false, _) => {
            let finding = Finding::proven(Cause::UriInvalid);
            findings.push(finding.with_texts(&*ours, &*theirs));
        }
        (true, false) => {
            let finding = Finding::proven(Cause::UriInvalid).of_server();
            findings.push(finding.with_texts(&*ours, &*theirs));
        }
        (true, true) => {
            findings.extend(queries(&our, &their));
            findings.extend(authorities(&our, &their));
            findings.extend(paths(our.path, their.path));
        }
    }
    findings
}

/// What is wrong with a method and a URI by themselves.
pub(super) fn alone(structure: &Structure) -> Vec<Finding> {
    let mut findings = Vec::new();
    if structure
        .method
        .bytes()
        .any(|byte| byte.is_ascii_lowercase())
    {
        let finding = Finding::proven(Cause::Method);
        let upper = structure.method.to_ascii_uppercase();
        findings.push(finding.with_texts(&*structure.method, upper));
    }
    if structure.uri.is_empty() {
        return findings;
    }
    let uri = lossy(&structure.uri);
    let location = Location::of(&uri);
    let Some(right) = location.base_uri() else {
        findings.push(Finding::proven(Cause::UriInvalid).with_ours(&*uri));
        return findings;
    };
    let right = Location::of(&right);
    findings.extend(queries(&location, &right));
    findings.extend(authorities(&location, &right));
    if location.path != right.path && !location.path.is_empty() {
        let finding = Finding::proven(Cause::PathEncodingLevel);
        findings.push(finding.with_texts(location.path, right.path));
    }
    findings
}

fn queries(ours: &Location<'_>, theirs: &Location<'_>) -> Option<Finding> {
    let text = |query: Option<&str>| query.map(|query| format!("?{query}")).unwrap_or_default();
    let texts = (text(ours.query), text(theirs.query));
    match (ours.query, theirs.query) {
        (Some(_), None) => Some(Finding::proven(Cause::QueryInUri)),
        (None, Some(_)) => Some(Finding::proven(Cause::QueryInUri).of_server()),
        _ => None,
    }
    .map(|finding| finding.with_texts(texts.0, texts.1))
}

fn authorities(ours: &Location<'_>, theirs: &Location<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = |cause, ours: &str, theirs: &str| {
        findings.push(Finding::proven(cause).with_texts(ours, theirs));
    };
    if !ours.scheme.eq_ignore_ascii_case(theirs.scheme) {
        found(Cause::Scheme, ours.scheme, theirs.scheme);
    } else if ours.scheme != theirs.scheme {
        found(Cause::HostCase, ours.scheme, theirs.scheme);
    }
    if ours.host != theirs.host {
        let (our, their) = (
            ours.host.to_ascii_lowercase(),
            theirs.host.to_ascii_lowercase(),
        );
        let www = |with: &str, without: &str| with.strip_prefix("www.") == Some(without);
        let cause = if our == their {
            Cause::HostCase
        } else if www(&our, &their) || www(&their, &our) {
            Cause::HostWww
        } else {
            Cause::Host
        };
        found(cause, ours.host, theirs.host);
    }
    if ours.port != theirs.port {
        let (our, their) = (
            ours.port.unwrap_or_default(),
            theirs.port.unwrap_or_default(),
        );
        let kept = |kept: &Location<'_>, other: &Location<'_>| {
            kept.port.is_some() && kept.port_that_counts().is_none() && other.port.is_none()
        };
        let cause = if kept(ours, theirs) || kept(theirs, ours) {
            Cause::PortDefaultKept
        } else {
            Cause::Port
        };
        found(cause, our, their);
    }
    findings
}

fn paths(ours: &str, theirs: &str) -> Vec<Finding> {
    if ours == theirs {
        return Vec::new();
    }
    let finding = |cause| Finding::proven(cause).with_texts(ours, theirs);
    // Of one that is only `/`, nothing is left; an empty path is the same (D1).
    let bare = |path: &str| path.strip_suffix('/').unwrap_or(path).to_string();
    if bare(ours) == bare(theirs) {
        return [finding(Cause::PathTrailingSlash)].into();
    }
    if to_the_end(ours.as_bytes()) == to_the_end(theirs.as_bytes()) {
        return [finding(Cause::PathEncodingLevel)].into();
    }
    if to_the_end(bare(ours).as_bytes()) == to_the_end(bare(theirs).as_bytes()) {
        return [
            finding(Cause::PathTrailingSlash),
            finding(Cause::PathEncodingLevel),
        ]
        .into();
    }
    let mut findings = Vec::from([finding(Cause::Path)]);
    if is_doubled(theirs, ours) {
        let of_server = Finding::likely(Cause::Path).of_server();
        findings.push(of_server.with_texts(ours, theirs));
    }
    findings
}

/// Whether a path is another one with its first segment twice.
fn is_doubled(path: &str, other: &str) -> bool {
    let mut segments = other.split('/').skip(1);
    let first = segments.next().unwrap_or_default();
    !first.is_empty()
        && path
            .strip_prefix('/')
            .and_then(|rest| rest.strip_prefix(first))
            == Some(other)
}

/// The decoded pairs of the query that a URI contains by mistake.
pub(super) fn query_of(uri: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let uri: String = lossy(uri);
    let query = Location::of(&uri).query.unwrap_or_default();
    super::message::form_pairs(query.as_bytes())
}
