//! A query or a form that one side left out (RFC 5849, section 3.4.1.3.1).

use alloc::{collections::BTreeSet, vec::Vec};

use super::{
    super::{Cause, Finding, pairs::Rest, structure::Halves},
    Sides,
};

/// A query or a form that one side left out.
pub(in super::super) fn take_unsigned(
    rest: &mut Rest,
    sides: &Sides<'_>,
    next: &mut u32,
) -> Vec<Finding> {
    let message = sides
        .message
        .into_iter()
        .chain(sides.sent)
        .find(|message| !message.query_pairs().is_empty() || !message.form_pairs().is_empty());
    let Some(message) = message else {
        return guess_unsigned(rest, sides, next);
    };
    let halves = |pairs: Vec<(Vec<u8>, Vec<u8>)>| -> Vec<Halves> {
        let plain = pairs
            .iter()
            .filter(|(name, _)| !name.starts_with(b"oauth_"));
        let mut halves: Vec<_> = plain.map(|(name, value)| Halves::of(name, value)).collect();
        halves.sort();
        halves
    };
    let (query, form) = (halves(message.query_pairs()), halves(message.form_pairs()));
    let both = || {
        let mut both = [&query[..], &form].concat();
        both.sort();
        both
    };
    // With another value on the other side, a parameter is not missing.
    let is_there = |halves: &Halves| rest.ours.iter().any(|ours| ours.name == halves.name);
    let changed: Vec<_> = rest
        .theirs
        .iter()
        .filter(|h| is_there(h))
        .cloned()
        .collect();
    let is_changed = |halves: &Halves| changed.iter().any(|other| other.name == halves.name);
    let mut findings = Vec::new();
    // What has a counterpart is not missing: its value differs.
    let names = |list: &[Halves]| list.iter().map(|halves| halves.name.clone()).collect();
    let (our_names, their_names): (BTreeSet<_>, BTreeSet<_>) =
        (names(&rest.ours), names(&rest.theirs));
    for (of_server, list, others) in [
        (false, &mut rest.theirs, our_names),
        (true, &mut rest.ours, their_names),
    ] {
        let (mut missing, kept): (Vec<_>, Vec<_>) = list
            .iter()
            .cloned()
            .partition(|halves| !halves.is_protocol());
        missing.sort();
        if missing.iter().any(|halves| others.contains(&halves.name)) {
            continue;
        }
        let causes: &[Cause] = match &missing[..] {
            [] => continue,
            missing if missing.iter().any(is_changed) => continue,
            missing if missing == query => &[Cause::QueryNotSigned],
            missing if missing == form => &[Cause::FormNotSigned],
            missing if missing == both() => &[Cause::QueryNotSigned, Cause::FormNotSigned],
            _ => continue,
        };
        for cause in causes {
            let finding = Finding::proven(*cause);
            let server = of_server && sides.ours_is_right;
            let set = if *cause == Cause::QueryNotSigned {
                &query
            } else {
                &form
            };
            let finding = if server { finding.of_server() } else { finding };
            findings.push(finding.with_parameters(set.iter().map(Halves::shown_name)));
        }
        if of_server && !sides.ours_is_right {
            findings.clear();
            continue;
        }
        *list = kept;
    }
    findings
}

/// The same without a message.
fn guess_unsigned(rest: &mut Rest, sides: &Sides<'_>, next: &mut u32) -> Vec<Finding> {
    let plain = |list: &[Halves]| list.iter().filter(|halves| !halves.is_protocol()).count();
    let missing = plain(&rest.theirs);
    let all = plain(&sides.ours.parameters) == 0 && plain(&sides.theirs.parameters) == missing;
    if missing < 2 || !all {
        return Vec::new();
    }
    let (set, kept): (Vec<_>, Vec<_>) = rest
        .theirs
        .drain(..)
        .partition(|halves| !halves.is_protocol());
    rest.theirs = kept;
    let names = || set.iter().map(Halves::shown_name);
    if matches!(&*sides.theirs.method, "GET" | "HEAD") {
        let finding = Finding::likely(Cause::QueryNotSigned);
        return [finding.with_parameters(names())].into();
    }
    *next += 1;
    [Cause::FormNotSigned, Cause::QueryNotSigned]
        .map(|cause| {
            Finding::proven(cause)
                .alternative_of(*next)
                .with_parameters(names())
        })
        .into()
}
