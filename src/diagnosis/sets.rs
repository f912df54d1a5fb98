//! Parameters that are on one side only (RFC 5849, section 3.4.1.3.1).

mod names;
mod special;

use alloc::{string::String, vec::Vec};

use self::{names::right_name, special::is_body};
use super::{
    Cause, Finding,
    message::Message,
    pairs::Rest,
    structure::{Halves, Structure},
    text::{decode, encoded, lossy},
};

pub(super) use self::special::alone;

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

/// Finds sets of parameters that have a cause of their own, and takes them away.
pub(super) fn take_sets(rest: &mut Rest, sides: &Sides<'_>, next: &mut u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(twice(rest, sides));
    findings.extend(other_request(rest));
    findings.extend(single(rest, sides, next));
    findings.extend(bodies(rest, sides));
    findings.extend(files(rest));
    findings.extend(typos(rest, sides));
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
    let letters = |value: &[u8]| -> String {
        let value = lossy(&decode(value));
        let letters = value.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_uppercase()).collect()
    };
    let (our, their) = (lossy(&decode(&ours.value)), lossy(&decode(&theirs.value)));
    match &ours.name[..] {
        b"oauth_version" => Cause::Version,
        b"oauth_signature_method" if letters(&ours.value) == letters(&theirs.value) => {
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

/// Single parameters that have a cause of their own.
fn single(rest: &mut Rest, sides: &Sides<'_>, next: &mut u32) -> Vec<Finding> {
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
                if ours {
                    finding.with_ours(&*value)
                } else {
                    finding.with_theirs(&*value)
                }
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
fn bodies(rest: &mut Rest, sides: &Sides<'_>) -> Option<Finding> {
    let body = sides.message.and_then(|message| message.body.as_deref());
    let pairs = super::message::form_pairs(body.unwrap_or_default());
    let of_body = |halves: &Halves| pairs.contains(&(decode(&halves.name), decode(&halves.value)));
    for (ours, list) in [(true, &mut rest.ours), (false, &mut rest.theirs)] {
        let value = |halves: &Halves| lossy(&halves.value);
        if let Some(value) = list.iter().find(|halves| is_body(halves)).map(value) {
            list.retain(|halves| !is_body(halves) && !of_body(halves));
            let finding = Finding::proven(Cause::BodySignedAsForm);
            return Some(if ours {
                finding.with_ours(value)
            } else {
                finding.with_theirs(value)
            });
        }
    }
    None
}

/// Files, whose contents are not signed.
fn files(rest: &mut Rest) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (ours, list) in [(true, &mut rest.ours), (false, &mut rest.theirs)] {
        while let Some(at) = list.iter().position(special::is_file) {
            let halves = list.remove(at);
            let finding = named(Finding::proven(Cause::FileSigned), &halves);
            let value = lossy(&halves.value);
            findings.push(if ours {
                finding.with_ours(value)
            } else {
                finding.with_theirs(value)
            });
        }
    }
    findings
}

/// Misspelled names of protocol parameters.
fn typos(rest: &mut Rest, sides: &Sides<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut at = 0;
    while at < rest.ours.len() {
        let our = &rest.ours[at];
        let name = our.shown_name();
        // The same value under another known name, or under a name that is nearly the same.
        let pair = rest.theirs.iter().position(|their| {
            let their_name = their.shown_name();
            let known = names::is_known(&name) && names::is_known(&their_name);
            let near = names::is_known(&their_name) || names::is_known(&name);
            their.value == our.value && near && (known || names::is_near(&name, &their_name))
        });
        let alone = || {
            let right = right_name(&name)?;
            let absent = |structure: &Structure| structure.value_of(right).is_none();
            (absent(sides.ours) && absent(sides.theirs)).then(|| right.into())
        };
        let right = match pair {
            Some(pair) => Some(rest.theirs.remove(pair).shown_name()),
            None => alone(),
        };
        match right {
            Some(right) => {
                let finding = Finding::proven(Cause::ParameterTypo);
                let parameter = if names::is_known(&right) {
                    right.clone()
                } else {
                    name.clone()
                };
                findings.push(finding.with_parameter(parameter).with_texts(name, right));
                rest.ours.remove(at);
            }
            None => at += 1,
        }
    }
    findings
}

/// A misspelled name in a header that was sent. It is proven if no request can do without the right
/// name.
pub(super) fn typo_in_header(sent: &Message) -> Option<Finding> {
    const NEEDED: [&str; 3] = [
        "oauth_consumer_key",
        "oauth_signature",
        "oauth_signature_method",
    ];
    let pairs = sent.header_pairs();
    pairs.iter().find_map(|(name, _)| {
        let right = right_name(name)?;
        let finding = match pairs.iter().any(|(name, _)| name == right) {
            true => return None,
            false if NEEDED.contains(&right) => Finding::proven(Cause::ParameterTypo),
            false => Finding::likely(Cause::ParameterTypo),
        };
        Some(finding.with_parameter(right).with_texts(&**name, right))
    })
}

/// A query or a form that one side left out.
pub(super) fn take_unsigned(rest: &mut Rest, sides: &Sides<'_>, next: &mut u32) -> Vec<Finding> {
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
    let mut findings = Vec::new();
    for (of_server, list) in [(false, &mut rest.theirs), (true, &mut rest.ours)] {
        let (mut missing, kept): (Vec<_>, Vec<_>) = list
            .iter()
            .cloned()
            .partition(|halves| !halves.is_protocol());
        missing.sort();
        let causes: &[Cause] = match &missing[..] {
            [] => continue,
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

/// Several parameters of one name, of which one side kept only one.
fn duplicates(rest: &mut Rest, sides: &Sides<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (of_server, list) in [(false, &mut rest.theirs), (true, &mut rest.ours)] {
        if of_server && !sides.ours_is_right {
            continue;
        }
        let (fewer, more) = match of_server {
            false => (sides.ours, sides.theirs),
            true => (sides.theirs, sides.ours),
        };
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
