//! Single parameters that have a cause of their own, on whichever side they are.

use alloc::{string::String, vec::Vec};

use super::{
    super::{
        Cause, Finding,
        message::{Message, form_pairs},
        pairs::Rest,
        structure::Halves,
        text::{decode, encoded, lossy},
    },
    Sides, named,
    special::{is_body, is_file},
};

/// Single parameters that have a cause of their own.
pub(super) fn take_single(rest: &mut Rest, sides: &Sides<'_>, next: &mut u32) -> Vec<Finding> {
    *next += 1;
    let realm = sides.message.and_then(Message::shown_realm);
    let invented = encoded("about:blank");
    let mut findings = Vec::new();
    for (ours, list) in [(true, &mut rest.ours), (false, &mut rest.theirs)] {
        let other = if ours { sides.theirs } else { sides.ours };
        let unless_there = |name: &str, causes: &'static [Cause]| match other.value_of(name) {
            Some(_) => &[],
            None => causes,
        };
        let kinds: [Kind<'_>; 5] = [
            (&[Cause::SignatureSigned], &|halves| {
                halves.has_name("oauth_signature")
            }),
            (
                unless_there("oauth_token", &[Cause::EmptyToken]),
                &|halves| halves.has_name("oauth_token") && halves.value.is_empty(),
            ),
            (
                unless_there("oauth_version", &[Cause::Version]),
                &|halves| halves.has_name("oauth_version"),
            ),
            (causes_of_realm(realm.is_some(), sides, ours), &|halves| {
                let is_known = |realm: &String| decode(&halves.value) == realm.as_bytes();
                is_realm(halves) && realm.as_ref().is_none_or(is_known)
            }),
            (
                unless_there("oauth_callback", causes_of_callback(sides, ours)),
                &|halves| halves.has_name("oauth_callback") && halves.value == invented,
            ),
        ];
        for (causes, is) in kinds.into_iter().filter(|(causes, _)| !causes.is_empty()) {
            for halves in list.extract_if(.., |halves| is(halves)) {
                findings.extend(causes.iter().map(|cause| {
                    let finding = named(Finding::proven(*cause), &halves);
                    let finding = finding.on_side(ours, lossy(&halves.value));
                    match causes.len() {
                        1 => finding,
                        _ => finding.alternative_of(*next),
                    }
                }));
            }
        }
    }
    findings
}

/// What a parameter means, with alternatives if nobody can tell, and which parameters those are.
type Kind<'a> = (&'static [Cause], &'a dyn Fn(&Halves) -> bool);

/// A realm in the header is not signed. Without a message, it may also be a parameter of the request.
fn causes_of_realm(is_shown: bool, sides: &Sides<'_>, ours: bool) -> &'static [Cause] {
    let other = if ours { sides.theirs } else { sides.ours };
    match sides.message {
        _ if other.parameters.iter().any(is_realm) => &[],
        Some(_) if is_shown => &[Cause::RealmSigned],
        Some(_) => &[],
        None if ours => &[Cause::RealmSigned, Cause::ParameterAdded],
        None => &[Cause::RealmSigned, Cause::ParameterMissing],
    }
}

/// A server invents a callback. Without a message, the client may also have sent it.
fn causes_of_callback(sides: &Sides<'_>, ours: bool) -> &'static [Cause] {
    match sides.message {
        _ if ours => &[],
        Some(message) if message.has_parameter("oauth_callback") => &[],
        Some(_) => &[Cause::CallbackInvented],
        None => &[Cause::CallbackInvented, Cause::ParameterMissing],
    }
}

fn is_realm(halves: &Halves) -> bool {
    halves.name.eq_ignore_ascii_case(b"realm")
}

/// A JSON or XML body as the name of a parameter.
pub(super) fn take_bodies(rest: &mut Rest, sides: &Sides<'_>) -> Option<Finding> {
    let body = sides.message.and_then(|message| message.body.as_deref());
    let pairs = form_pairs(body.unwrap_or_default());
    let of_body = |halves: &Halves| pairs.contains(&(decode(&halves.name), decode(&halves.value)));
    for (ours, list) in [(true, &mut rest.ours), (false, &mut rest.theirs)] {
        let value = |halves: &Halves| lossy(&halves.value);
        if let Some(value) = list.iter().find(|halves| is_body(halves)).map(value) {
            list.retain(|halves| !is_body(halves) && !of_body(halves));
            let finding = Finding::proven(Cause::BodySignedAsForm);
            return Some(finding.on_side(ours, value));
        }
    }
    None
}

/// Files, whose contents are not signed.
pub(super) fn take_files(rest: &mut Rest) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (ours, list) in [(true, &mut rest.ours), (false, &mut rest.theirs)] {
        while let Some(at) = list.iter().position(is_file) {
            let halves = list.remove(at);
            let finding = named(Finding::proven(Cause::FileSigned), &halves);
            let value = lossy(&halves.value);
            findings.push(finding.on_side(ours, value));
        }
    }
    findings
}
