//! Single parameters that have a cause of their own, on whichever side they are.

use alloc::vec::Vec;

use super::{
    super::{
        Cause, Finding,
        message::{Message, form_pairs},
        pairs::Rest,
        structure::{Halves, Structure},
        text::{decode, encoded, lossy},
    },
    Sides, named,
    special::{is_body, is_file},
};

/// Single parameters that have a cause of their own.
pub(super) fn take_single(rest: &mut Rest, sides: &Sides<'_>, next: &mut u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut take = |ours: bool, is: &dyn Fn(&Halves) -> bool, found: &dyn Fn() -> Vec<Finding>| {
        let list = if ours {
            &mut rest.ours
        } else {
            &mut rest.theirs
        };
        while let Some(at) = list.iter().position(is) {
            let halves = list.remove(at);
            let value = lossy(&halves.value);
            findings.extend(found().into_iter().map(|finding| {
                let finding = named(finding, &halves);
                finding.on_side(ours, &*value)
            }));
        }
    };
    let has = |structure: &Structure, name: &str| structure.value_of(name).is_some();
    let proven = |cause| move || Vec::from([Finding::proven(cause)]);
    let realm = sides.message.and_then(Message::shown_realm);
    *next += 1;
    let number = *next;
    let alternatives = |cause, other| {
        move || {
            let alternatives =
                [cause, other].map(|cause| Finding::proven(cause).alternative_of(number));
            Vec::from(alternatives)
        }
    };
    for ours in [true, false] {
        let other = if ours { sides.theirs } else { sides.ours };
        take(
            ours,
            &|halves| halves.has_name("oauth_signature"),
            &proven(Cause::SignatureSigned),
        );
        if !has(other, "oauth_token") {
            let is = |halves: &Halves| halves.has_name("oauth_token") && halves.value.is_empty();
            take(ours, &is, &proven(Cause::EmptyToken));
        }
        if !has(other, "oauth_version") {
            take(
                ours,
                &|halves| halves.has_name("oauth_version"),
                &proven(Cause::Version),
            );
        }
        let is_realm = |halves: &Halves| halves.name.eq_ignore_ascii_case(b"realm");
        if !other.parameters.iter().any(is_realm) {
            let general = if ours {
                Cause::ParameterAdded
            } else {
                Cause::ParameterMissing
            };
            match (&realm, sides.message) {
                (Some(realm), _) => {
                    let is = |halves: &Halves| {
                        is_realm(halves) && decode(&halves.value) == realm.as_bytes()
                    };
                    take(ours, &is, &proven(Cause::RealmSigned));
                }
                (None, None) => take(ours, &is_realm, &alternatives(Cause::RealmSigned, general)),
                (None, Some(_)) => {}
            }
        }
        let sent = sides
            .message
            .is_some_and(|message| message.has_parameter("oauth_callback"));
        if !has(other, "oauth_callback") && !sent {
            let invented = encoded("about:blank");
            let is =
                |halves: &Halves| halves.has_name("oauth_callback") && halves.value == invented;
            match (ours, sides.message) {
                (true, _) => {}
                (false, Some(_)) => take(ours, &is, &proven(Cause::CallbackInvented)),
                (false, None) => take(
                    ours,
                    &is,
                    &alternatives(Cause::CallbackInvented, Cause::ParameterMissing),
                ),
            }
        }
    }
    findings
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
