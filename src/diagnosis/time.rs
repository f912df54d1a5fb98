//! Timestamps and nonces (RFC 5849, section 3.3).

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Cause, Evidence, Finding, claims};
use crate::response::{Problem, ProblemReport};

/// What is wrong with the timestamp or the nonce, which servers often report as a wrong signature.
pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    let timestamps = claims::values(evidence, TIMESTAMP);
    let mut findings = Vec::new();
    let unusable = timestamps.iter().find_map(|ours| {
        not_an_integer(ours).or_else(|| milliseconds(ours, &timestamps, evidence))
    });
    match unusable {
        Some(finding) => findings.push(finding),
        None => findings.extend(skew(timestamps.first(), evidence)),
    }
    if problem(evidence) == Some(&Problem::NonceUsed) {
        findings.push(Finding::proven(Cause::NonceUsed).with_parameter("oauth_nonce"));
    }
    findings
}

fn not_an_integer(ours: &str) -> Option<Finding> {
    let is_integer = !ours.is_empty() && ours.bytes().all(|byte| byte.is_ascii_digit());
    let finding = || {
        Finding::proven(Cause::TimeNotInteger)
            .with_parameter(TIMESTAMP)
            .with_ours(ours)
    };
    (!is_integer).then(finding)
}

/// A timestamp with 13 digits, or with more. It is proven if any clock shows that time in seconds.
fn milliseconds(ours: &str, all: &[String], evidence: &Evidence) -> Option<Finding> {
    let divisor = 10_u64.checked_pow(match ours.len() {
        13 => 3,
        16 => 6,
        19 => 9,
        _ => return None,
    })?;
    let seconds = ours.parse::<u64>().ok()? / divisor;
    let is_now = |clock: u64| clock.abs_diff(seconds) <= DAY;
    let clocks = [
        evidence.our_time,
        evidence.their_time,
        evidence.answer.as_ref().and_then(|answer| answer.date),
        evidence.report().and_then(ProblemReport::server_time),
        evidence
            .report()
            .and_then(ProblemReport::acceptable_timestamps)
            .map(|(first, _)| first),
    ];
    let mut clocks = clocks.into_iter().flatten();
    let said = seconds.to_string();
    let finding = if clocks.any(is_now) || all.contains(&said) {
        Finding::proven(Cause::TimeMilliseconds)
    } else {
        Finding::likely(Cause::TimeMilliseconds)
    };
    Some(finding.with_parameter(TIMESTAMP).with_ours(ours))
}

/// Clocks that differ.
fn skew(ours: Option<&String>, evidence: &Evidence) -> Option<Finding> {
    let ours = ours.and_then(|ours| ours.parse::<u64>().ok());
    proven_skew(ours, evidence)
        .or_else(|| likely_skew(ours, evidence))
        .or_else(|| refused(ours, evidence))
}

/// The answer compares two times, or says which ones it accepts.
fn proven_skew(ours: Option<u64>, evidence: &Evidence) -> Option<Finding> {
    let report = evidence.report()?;
    if let (Some(received), Some(own)) = (report.received_timestamp(), report.server_time()) {
        let is_refused = *report.problem() == Problem::TimestampRefused && received != own;
        if is_refused || received.abs_diff(own) > ALLOWED {
            let finding = Finding::proven(Cause::TimeSkew);
            return Some(finding.with_texts(received.to_string(), own.to_string()));
        }
    }
    let (first, last) = report.acceptable_timestamps()?;
    let ours = ours.or(evidence.our_time)?;
    let finding =
        || Finding::proven(Cause::TimeSkew).with_texts(ours.to_string(), format!("{first}-{last}"));
    (!(first..=last).contains(&ours)).then(finding)
}

/// A clock of the server is far from the timestamp that it received.
fn likely_skew(ours: Option<u64>, evidence: &Evidence) -> Option<Finding> {
    let ours = ours.or(evidence.our_time)?;
    let date = evidence.answer.as_ref().and_then(|answer| answer.date);
    let theirs = evidence.their_time.or(date)?;
    let finding =
        || Finding::likely(Cause::TimeSkew).with_texts(ours.to_string(), theirs.to_string());
    (ours.abs_diff(theirs) > ALLOWED).then(finding)
}

/// The server refuses the timestamp without saying which time it has. If the clocks agree, it may
/// want timestamps that never decrease.
fn refused(ours: Option<u64>, evidence: &Evidence) -> Option<Finding> {
    if problem(evidence) != Some(&Problem::TimestampRefused) {
        return None;
    }
    let date = evidence.answer.as_ref().and_then(|answer| answer.date);
    let finding = match (ours.or(evidence.our_time), evidence.their_time.or(date)) {
        (Some(_), Some(_)) => Finding::possible(Cause::TimeSkew),
        _ => Finding::likely(Cause::TimeSkew),
    };
    Some(match ours {
        Some(ours) => finding.with_ours(ours.to_string()),
        None => finding,
    })
}

fn problem(evidence: &Evidence) -> Option<&Problem> {
    evidence.report().map(ProblemReport::problem)
}

const TIMESTAMP: &str = "oauth_timestamp";

/// How many seconds most servers allow.
const ALLOWED: u64 = 300;

/// In seconds.
const DAY: u64 = 86_400;
