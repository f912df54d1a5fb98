//! Two base strings, compared part by part (RFC 5849, section 3.4.1).

use alloc::{collections::BTreeMap, vec, vec::Vec};

use super::{
    Cause, Finding,
    half::explain,
    message::Message,
    order,
    pairs::{self, Difference, Matched, Rest},
    place,
    sets::{self, Sides},
    shape::{Missing, Reading},
    structure::{Halves, Structure},
    text::{decode, decode_form, is_well_formed, raw_characters},
};

/// What is known beside the two strings.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) request: Option<&'a Message>,
    pub(super) sent: Option<&'a Message>,
    /// Whether ours is what RFC 5849 makes of the request, so that the server made a mistake.
    pub(super) ours_is_right: bool,
}

/// How our base string and the right one, or the server's, differ.
pub(super) fn compare(
    ours: &Reading,
    theirs: &Reading,
    known: Known<'_>,
    next: &mut u32,
) -> Vec<Finding> {
    // What is missing on both sides is not what differs.
    let is_missing = |finding: &&Finding| finding.cause() == Cause::PartsMissing;
    let of_one = |finding: &&Finding| !is_missing(finding) || ours.missing != theirs.missing;
    let mut findings: Vec<_> = ours.findings.iter().filter(of_one).cloned().collect();
    let of_server = theirs.findings.iter().filter(of_one).cloned();
    let of_server = of_server.map(Finding::of_server);
    findings.extend(of_server.map(Finding::with_swapped_texts));
    let mut of_place = place::compare(&ours.structure, &theirs.structure);
    weaken_query(&mut of_place, ours);
    findings.extend(of_place);
    if ours.missing.parameters || theirs.missing.parameters {
        return findings;
    }
    let sides = Sides {
        ours: &ours.structure,
        theirs: &theirs.structure,
        message: known.request.or(known.sent),
        sent: known.sent,
        ours_is_right: known.ours_is_right,
    };
    let mut rest = Rest::of(&sides.ours.parameters, &sides.theirs.parameters);
    let in_uri = place::query_of(&sides.ours.uri);
    rest.theirs
        .retain(|halves| !in_uri.contains(&(decode(&halves.name), decode(&halves.value))));
    rest.cut();
    findings.extend(sets::take_attempts(&mut rest, &sides));
    let matched = pairs::take_matches(&mut rest, sides.ours_is_right);
    let special = sets::take_sets(&mut rest, &sides, next);
    // Where pairs are joined wrongly, nobody can tell which parameter is which.
    let is_joined_wrongly = |finding: &Finding| finding.cause() == Cause::JoinedWrongly;
    if ours.findings.iter().any(is_joined_wrongly) {
        rest = Rest::default();
    }
    findings.extend(special);
    findings.extend(sets::take_unsigned(&mut rest, &sides, next));
    findings.extend(sets::leftovers(&mut rest, &sides));
    findings.extend(pairs::findings(&matched.differences, next));
    findings.extend(pairs::others(&matched));
    findings.extend(orders(&sides, &matched, next));
    findings
}

/// What is wrong with a base string by itself.
pub(super) fn alone(ours: &Reading, next: &mut u32) -> Vec<Finding> {
    let structure = &ours.structure;
    let mut findings = ours.findings.clone();
    let mut of_place = place::alone(structure);
    weaken_query(&mut of_place, ours);
    findings.extend(of_place);
    findings.extend(sets::alone(structure, next));
    let mut right = Vec::new();
    let mut differences = Vec::new();
    for halves in &structure.parameters {
        let mut right_halves = halves.clone();
        for (is_name, half) in [(true, &halves.name), (false, &halves.value)] {
            if is_well_formed(half) {
                continue;
            }
            let causes = causes_alone(half);
            let causes = causes.into_iter();
            let causes = causes.map(|cause| {
                if is_name {
                    pairs::of_name(cause)
                } else {
                    cause
                }
            });
            differences.push(Difference::alone(
                halves.shown_name(),
                half,
                causes.collect(),
            ));
            let corrected = super::text::encoded(decode(half));
            if is_name {
                right_halves.name = corrected;
            } else {
                right_halves.value = corrected;
            }
        }
        right.push(right_halves);
    }
    // Where only `!*'()` are raw, an old encoder left them, unless something else is not encoded either.
    pairs::prefer(Cause::ReservedLeft, &mut differences);
    findings.extend(pairs::findings(&differences, next));
    findings.extend(alternatives(
        order::causes(&structure.parameters, &right),
        false,
        next,
    ));
    findings
}

/// Without a third part, what follows the URI may be a query or what is left of the parameters.
fn weaken_query(findings: &mut [Finding], ours: &Reading) {
    for finding in findings {
        if ours.missing.parameters && finding.cause() == Cause::QueryInUri {
            *finding = finding.clone().only_possible();
        }
    }
}

/// What can have made a half that is not well-formed.
fn causes_alone(half: &[u8]) -> Vec<Cause> {
    let raw = raw_characters(half);
    let mut causes = explain(half, &decode(half));
    if raw.contains(&b'+') && !raw.contains(&b' ') {
        let of_form = explain(half, &decode_form(half));
        // A plus among escapes is a form's; a half with nothing encoded may be raw.
        if half.contains(&b'%') && raw.iter().all(|byte| *byte == b'+') {
            causes = of_form;
        } else {
            causes.extend(
                of_form
                    .into_iter()
                    .filter(|cause| *cause == Cause::PlusForSpace),
            );
        }
    }
    causes
}

/// What is wrong with the order on either side.
fn orders(sides: &Sides<'_>, matched: &Matched, next: &mut u32) -> Vec<Finding> {
    let (ours, theirs) = (&sides.ours.parameters, &sides.theirs.parameters);
    let corrected = |list: &[Halves], of_ours: bool| -> Vec<Halves> {
        let pairs = matched.pairs.iter();
        let pairs = pairs.map(|(our, their)| if of_ours { (our, their) } else { (their, our) });
        let pairs: BTreeMap<_, _> = pairs.collect();
        let right = |halves: &Halves| (*pairs.get(halves).unwrap_or(&halves)).clone();
        list.iter().map(right).collect()
    };
    let our_right = corrected(ours, true);
    if our_right == *theirs {
        return Vec::new();
    }
    let mut findings = alternatives(order::causes(ours, &our_right), false, next);
    let their_right = corrected(theirs, false);
    findings.extend(alternatives(
        order::causes(theirs, &their_right),
        true,
        next,
    ));
    findings
}

fn alternatives(causes: Vec<Cause>, of_server: bool, next: &mut u32) -> Vec<Finding> {
    match causes[..] {
        [] => Vec::new(),
        [cause] if of_server => vec![Finding::proven(cause).of_server()],
        [cause] => vec![Finding::proven(cause)],
        _ if of_server => vec![Finding::proven(Cause::ServerAtFault)],
        _ => {
            *next += 1;
            let causes = causes.into_iter();
            causes
                .map(|cause| Finding::proven(cause).alternative_of(*next))
                .collect()
        }
    }
}

/// The reading of a string that was made as RFC 5849 requires.
pub(super) fn reading_of(structure: Structure) -> Reading {
    let missing = Missing {
        parameters: structure.parameters.is_empty(),
        ..Missing::default()
    };
    Reading {
        structure,
        findings: Vec::new(),
        missing,
    }
}
