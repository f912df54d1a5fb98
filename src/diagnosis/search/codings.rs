//! Names and values that are encoded wrongly (RFC 5849, section 3.6).

use alloc::{collections::BTreeSet, string::String, vec, vec::Vec};

use super::{
    super::{
        Cause, half, pairs,
        structure::Halves,
        text::{contains, decode, encoded, lossy, replace},
    },
    candidates::{Candidates, Explanation, Mistake},
    draft::{Draft, Source, join},
    encoders::{ENCODERS, Encoder, USUAL},
};
use crate::encode::encode;

/// Adds what wrong encoders make of names and values: of all parameters, of those of the query, the
/// form and the protocol, and of each alone.
pub(super) fn add(draft: &Draft<'_>, candidates: &mut Candidates) {
    let variants = variants(draft);
    let mut done = BTreeSet::new();
    let of_source = |source| draft.sorted_where(|item| item.source == source);
    let mut scopes = vec![draft.sorted.clone()];
    scopes.extend(
        [
            Source::Query,
            Source::Form,
            Source::Protocol,
            Source::Unknown,
        ]
        .map(of_source),
    );
    scopes.push(draft.sorted_where(|item| item.source != Source::Protocol));
    scopes.extend(draft.sorted.iter().map(|at| vec![*at]));
    for are_usual in [true, false] {
        candidates.are_usual = are_usual;
        for scope in &scopes {
            let variants = variants.iter().enumerate();
            for (number, variant) in variants {
                for changes in variant.changes(draft, scope) {
                    if variant.is_usual(draft, &changes) != are_usual {
                        continue;
                    }
                    let places = changes
                        .iter()
                        .map(|change| (change.at, change.wrong.clone()));
                    if done.insert((number, places.collect::<Vec<_>>())) {
                        add_changes(draft, candidates, variant.cause, &changes);
                    }
                }
            }
        }
        if are_usual {
            whole(draft, candidates);
        }
    }
}

/// What one wrong encoder makes of all halves.
struct Variant {
    cause: Cause,
    is_usual: bool,
    /// The wrong names and values of the items. `None` where they are right.
    names: Vec<Option<Vec<u8>>>,
    values: Vec<Option<Vec<u8>>>,
}

impl Variant {
    /// Whether changes are usual. That one parameter alone has characters escaped that need no escape
    /// is not, nor that both its name and its value are wrong.
    fn is_usual(&self, draft: &Draft<'_>, changes: &[Change]) -> bool {
        let is_odd = match changes {
            [change] => {
                let right = &draft.items[change.at].halves;
                let is_both = change.wrong.name != right.name && change.wrong.value != right.value;
                is_both || self.cause == Cause::UnreservedEncoded
            }
            _ => false,
        };
        self.is_usual && !is_odd
    }

    /// The parameters that are written wrongly if the values, the names and the values, or the names
    /// are.
    fn changes(&self, draft: &Draft<'_>, scope: &[usize]) -> Vec<Vec<Change>> {
        let wrong = |at: &usize, is_name: bool| {
            let list = if is_name { &self.names } else { &self.values };
            list.get(*at).and_then(Option::as_ref)
        };
        let has = |is_name: bool| scope.iter().any(|at| wrong(at, is_name).is_some());
        let sets: &[(bool, bool)] = match (has(true), has(false)) {
            (false, false) => &[],
            (false, true) => &[(false, true)],
            (true, false) => &[(true, false)],
            (true, true) => &[(false, true), (true, true), (true, false)],
        };
        let changes = sets.iter().map(|(of_names, of_values)| {
            let changes = scope.iter().filter_map(|at| {
                let right = &draft.items[*at].halves;
                let name = wrong(at, true).filter(|_| *of_names);
                let value = wrong(at, false).filter(|_| *of_values);
                let wrong = Halves {
                    name: name.unwrap_or(&right.name).clone(),
                    value: value.unwrap_or(&right.value).clone(),
                };
                (wrong != *right).then_some(Change { at: *at, wrong })
            });
            changes.collect()
        });
        changes.collect()
    }
}

/// What each wrong encoder makes of the halves.
fn variants(draft: &Draft<'_>) -> Vec<Variant> {
    let of_encoder = |(number, (cause, encoder)): (usize, &(Cause, Encoder))| {
        let wrong = |right: &Vec<u8>| {
            let wrong = encoder(&decode(right), right);
            (wrong != *right).then_some(wrong)
        };
        let halves = draft.items.iter().map(|item| &item.halves);
        Variant {
            cause: *cause,
            is_usual: number < USUAL,
            names: halves.clone().map(|halves| wrong(&halves.name)).collect(),
            values: halves.map(|halves| wrong(&halves.value)).collect(),
        }
    };
    #[cfg_attr(not(feature = "normal-forms"), expect(unused_mut))]
    let mut variants: Vec<_> = ENCODERS.iter().enumerate().map(of_encoder).collect();
    #[cfg(feature = "normal-forms")]
    variants.extend(normal_forms(draft));
    variants
}

/// What is made of the halves by each normal form of Unicode.
#[cfg(feature = "normal-forms")]
fn normal_forms(draft: &Draft<'_>) -> Vec<Variant> {
    let forms = |right: &Vec<u8>| -> Vec<Vec<u8>> {
        let text = right
            .contains(&b'%')
            .then(|| String::from_utf8(decode(right)));
        let text = text.and_then(Result::ok).filter(|text| !text.is_ascii());
        text.map(|text| half::normal_form::all(&text))
            .unwrap_or_default()
    };
    let halves = draft.items.iter().map(|item| &item.halves);
    let names: Vec<_> = halves.clone().map(|halves| forms(&halves.name)).collect();
    let values: Vec<_> = halves.map(|halves| forms(&halves.value)).collect();
    let most = names.iter().chain(&values).map(Vec::len).max();
    let numbers = 0..most.unwrap_or_default();
    let of_number = |number: usize| {
        let of = |forms: &Vec<Vec<u8>>| forms.get(number).map(encoded);
        Variant {
            cause: Cause::Utf8BomOrNormalForm,
            is_usual: number < 2,
            names: names.iter().map(of).collect(),
            values: values.iter().map(of).collect(),
        }
    };
    numbers.map(of_number).collect()
}

/// A parameter, and how it is written.
struct Change {
    at: usize,
    wrong: Halves,
}

/// Adds the text with these changes, sorted before they were made and after.
fn add_changes(draft: &Draft<'_>, candidates: &mut Candidates, cause: Cause, changes: &[Change]) {
    let is_shown = |change: &Change| {
        let right = &draft.items[change.at].halves;
        let differs =
            |wrong: &Vec<u8>, right: &Vec<u8>| wrong != right && shows(cause, wrong, right);
        differs(&change.wrong.name, &right.name) || differs(&change.wrong.value, &right.value)
    };
    if !changes.iter().any(is_shown) {
        return;
    }
    let changed = |at: usize| changes.iter().find(|change| change.at == at);
    let halves = |at: usize| changed(at).map_or(&draft.items[at].halves, |change| &change.wrong);
    let texts: Vec<(usize, String)> = changes
        .iter()
        .map(|change| (change.at, encode(change.wrong.joined())))
        .collect();
    let text = |at: usize| {
        let changed = texts.iter().find(|(place, _)| *place == at);
        changed.map_or(&*draft.items[at].text, |(_, text)| text)
    };
    let explanation = explanation(draft, cause, changes);
    let before = join(draft.sorted.iter().map(|at| text(*at)));
    candidates.add_all(draft.with_third(&before), explanation.clone());
    let mut order = draft.sorted.clone();
    order.sort_by(|a, b| halves(*a).cmp(halves(*b)));
    if order != draft.sorted {
        let after = join(order.iter().map(|at| text(*at)));
        candidates.add_all(draft.with_third(&after), explanation);
    }
}

/// Whether a half that is written wrongly shows this cause, and not one that says it better.
fn shows(cause: Cause, wrong: &[u8], right: &[u8]) -> bool {
    match cause {
        Cause::PlusForSpace => contains(right, b"%20"),
        Cause::ValueEncodedTooLittle => {
            wrong != half::reserved_left(right) || wrong == decode(right)
        }
        Cause::ValueEncodedTooOften => wrong != replace(right, b"%20", b"%2B"),
        Cause::UnreservedEncoded => wrong != replace(right, b"~", b"%7E"),
        _ => true,
    }
}

/// One mistake if names and values have the same cause, else one for the names and one for the values.
fn explanation(draft: &Draft<'_>, cause: Cause, changes: &[Change]) -> Explanation {
    let mut explanation = Explanation::new();
    for change in changes {
        let right = &draft.items[change.at].halves;
        let halves = [
            (cause, &change.wrong.value, &right.value),
            (pairs::of_name(cause), &change.wrong.name, &right.name),
        ];
        for (cause, wrong, right_half) in halves {
            if wrong == right_half {
                continue;
            }
            let name = right.shown_name();
            let known = explanation.iter_mut().find(|known| known.cause == cause);
            match known {
                Some(known) if known.parameters.contains(&name) => {}
                Some(known) => known.parameters.push(name),
                None => {
                    let mistake = Mistake::new(cause).with_parameter(name);
                    explanation.push(mistake.with_wrong(wrong).with_right(right_half));
                }
            }
        }
    }
    explanation
}

/// Adds what encoders make that are wrong wherever they are used: for the halves, the URI and the
/// third part, or for the third part and the URI only.
fn whole(draft: &Draft<'_>, candidates: &mut Candidates) {
    for (cause, encoder) in ENCODERS {
        if !is_of_characters(*cause) {
            continue;
        }
        let write = |text: &[u8]| encoder(text, &encoded(text));
        if write(b"=") == b"=" {
            continue;
        }
        let uri = lossy(&write(&draft.right.uri));
        let parameters = draft.sorted.iter().map(|at| &draft.items[*at].halves);
        let right: Vec<_> = parameters.clone().map(Halves::joined).collect();
        let wrong: Vec<_> = parameters
            .map(|halves| {
                [write(&decode(&halves.name)), write(&decode(&halves.value))].join(&b"="[..])
            })
            .collect();
        for pairs in [wrong, right] {
            let third = lossy(&write(&pairs.join(&b"&"[..])));
            for uri in [&*uri, &*draft.uri] {
                let text = [&*draft.method, uri, &*third].join("&");
                candidates.add(text, Mistake::new(*cause));
            }
        }
    }
}

/// Whether a cause is about which characters are encoded, and how.
fn is_of_characters(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::EscapesLowerCase
            | Cause::TildeEncoded
            | Cause::UnreservedEncoded
            | Cause::ReservedLeft
    )
}
