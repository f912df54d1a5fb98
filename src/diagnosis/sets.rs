//! Parameters that are on one side only (RFC 5849, section 3.4.1.3.1).

mod names;
mod single;
mod special;
mod unsigned;

use alloc::vec::Vec;

use super::{
    Cause, Finding,
    message::Message,
    pairs::Rest,
    structure::{Halves, Structure},
    text::{decode, letters, lossy},
};

pub(super) use self::{names::typo_in_message, special::alone, unsigned::take_unsigned};

/// What is compared.
pub(super) struct Sides<'a> {
    pub(super) ours: &'a Structure,
    pub(super) theirs: &'a Structure,
    /// What was meant to be sent or, if that is not known, what was sent.
    pub(super) message: Option<&'a Message>,
    /// What was sent.
    pub(super) sent: Option<&'a Message>,
    /// Whether ours is known to be what RFC 5849 makes of the message.
    pub(super) ours_is_right: bool,
}

/// Finds out whether the sides are two attempts, or one that was sent in two places.
pub(super) fn take_attempts(rest: &mut Rest, sides: &Sides<'_>) -> Vec<Finding> {
    let twice = twice(rest, sides).into_iter();
    twice.chain(other_request(rest)).collect()
}

/// Finds sets of parameters that have a cause of their own, and takes them away.
pub(super) fn take_sets(rest: &mut Rest, sides: &Sides<'_>, next: &mut u32) -> Vec<Finding> {
    let mut findings = names::take_typos(rest, sides);
    findings.extend(single::take_single(rest, sides, next));
    findings.extend(single::take_bodies(rest, sides));
    findings.extend(single::take_files(rest));
    findings
}

/// What is left when nothing else explains it.
pub(super) fn leftovers(rest: &mut Rest, sides: &Sides<'_>) -> Vec<Finding> {
    let mut findings = duplicates(rest, sides);
    let names: Vec<_> = rest.ours.iter().map(|halves| halves.name.clone()).collect();
    for name in names {
        let of_name = |halves: &Halves| halves.name == name;
        let our = rest.ours.iter().position(of_name);
        let their = rest.theirs.iter().position(of_name);
        if let (Some(our), Some(their)) = (our, their) {
            let (our, their) = (rest.ours.remove(our), rest.theirs.remove(their));
            let cause = of_value(&our, &their);
            let finding = Finding::proven(cause).with_parameter(our.shown_name());
            findings.push(finding.with_texts(lossy(&our.value), lossy(&their.value)));
        }
    }
    // Of what is cut off, nobody knows which belongs to which.
    if rest.is_cut {
        return findings;
    }
    for halves in rest.ours.drain(..) {
        let finding = Finding::proven(Cause::ParameterAdded);
        findings.push(named(finding, &halves).with_ours(lossy(&halves.value)));
    }
    for halves in rest.theirs.drain(..) {
        let finding = Finding::proven(Cause::ParameterMissing);
        findings.push(named(finding, &halves).with_theirs(lossy(&halves.value)));
    }
    findings
}

fn named(finding: Finding, halves: &Halves) -> Finding {
    finding.with_parameter(halves.shown_name())
}

/// Why a value differs that is spelled right.
fn of_value(ours: &Halves, theirs: &Halves) -> Cause {
    let (our, their) = (lossy(&decode(&ours.value)), lossy(&decode(&theirs.value)));
    match &ours.name[..] {
        b"oauth_version" => Cause::Version,
        b"oauth_signature_method" if letters(our.as_bytes()) == letters(their.as_bytes()) => {
            Cause::MethodName
        }
        b"oauth_signature_method" => Cause::HashOther,
        b"oauth_timestamp" if our.parse::<u64>().is_err() => Cause::TimeNotInteger,
        b"oauth_timestamp" if our.len() == their.len() + 3 && our.starts_with(&their) => {
            Cause::TimeMilliseconds
        }
        _ => Cause::ValueDiffers,
    }
}

/// Protocol parameters that count twice, because they were sent in two places.
fn twice(rest: &mut Rest, sides: &Sides<'_>) -> Option<Finding> {
    let doubled = |list: &[Halves], all: &[Halves]| -> Vec<Halves> {
        let again = list.iter().filter(|halves| halves.is_protocol());
        let again = again.filter(|halves| all.iter().filter(|other| other == halves).count() > 1);
        again.cloned().collect()
    };
    let ours = doubled(&rest.ours, &sides.ours.parameters);
    let theirs = doubled(&rest.theirs, &sides.theirs.parameters);
    if ours.len().max(theirs.len()) < 2 {
        return None;
    }
    rest.ours.retain(|halves| !ours.contains(halves));
    rest.theirs.retain(|halves| !theirs.contains(halves));
    let names = ours.iter().chain(&theirs).map(Halves::shown_name);
    Some(Finding::proven(Cause::OauthParametersTwice).with_parameters(names))
}

/// Nonce and timestamp of two attempts.
fn other_request(rest: &mut Rest) -> Option<Finding> {
    let differs = |name: &str| {
        let is = |list: &[Halves]| list.iter().filter(|halves| halves.has_name(name)).count() == 1;
        is(&rest.ours) && is(&rest.theirs)
    };
    let names = ["oauth_nonce", "oauth_timestamp"];
    if !names.into_iter().all(differs) {
        return None;
    }
    // Milliseconds have the same seconds in them: that is one attempt.
    for name in names {
        rest.take_named(name);
    }
    Some(Finding::proven(Cause::OtherRequest).with_parameters(names))
}

/// Several parameters of one name, of which one side kept only one.
fn duplicates(rest: &mut Rest, sides: &Sides<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (of_server, list, fewer, more) in [
        (false, &mut rest.theirs, sides.ours, sides.theirs),
        (true, &mut rest.ours, sides.theirs, sides.ours),
    ] {
        if of_server && !sides.ours_is_right {
            continue;
        }
        let count = |structure: &Structure, name: &[u8]| {
            structure
                .parameters
                .iter()
                .filter(|halves| halves.name == name)
                .count()
        };
        let lost =
            |halves: &Halves| count(fewer, &halves.name) == 1 && count(more, &halves.name) > 1;
        let names: Vec<_> = list
            .iter()
            .filter(|halves| lost(halves))
            .map(Halves::shown_name)
            .collect();
        list.retain(|halves| !lost(halves));
        let mut seen = Vec::new();
        for name in names {
            if !seen.contains(&name) {
                let finding = Finding::proven(Cause::DuplicatesLost).with_parameter(&*name);
                findings.push(if of_server {
                    finding.of_server()
                } else {
                    finding
                });
                seen.push(name);
            }
        }
    }
    findings
}
