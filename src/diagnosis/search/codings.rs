//! Names and values that are encoded wrongly (RFC 5849, section 3.6).

use alloc::{collections::BTreeSet, vec, vec::Vec};

use super::{
    super::{
        Cause,
        encoders::ENCODERS,
        pairs,
        structure::Halves,
        text::{decode, encoded, lossy},
    },
    candidates::{Candidates, Explanation, Mistake},
    draft::{Draft, Source, join},
    variants::{self, Change, Variant},
};

/// Adds what wrong encoders make of names and values: of all parameters, of those of the query, the
/// form and the protocol, and of each alone.
pub(super) fn add(draft: &Draft<'_>, candidates: &mut Candidates) {
    use Source::{Form, Protocol, Query, Unknown};
    let variants = variants::all(draft);
    let of_source = |source| draft.sorted_where(|item| item.source == source);
    let mut scopes = vec![draft.sorted.clone()];
    scopes.extend([Query, Form, Protocol, Unknown].map(of_source));
    scopes.push(draft.sorted_where(|item| item.source != Protocol));
    if !draft.is_long {
        scopes.extend(draft.sorted.iter().map(|at| vec![*at]));
    }
    let mut done = BTreeSet::new();
    for are_usual in [true, false] {
        candidates.are_usual = are_usual;
        for scope in &scopes {
            for (number, variant) in variants.iter().enumerate() {
                if are_usual && !variant.is_usual {
                    continue;
                }
                for changes in variant.changes(scope) {
                    let is_next = variant.are_usual(&changes) == are_usual
                        && !variant.are_known(&changes)
                        && variant.is_shown(draft, &changes);
                    if is_next && done.insert((number, changes.clone())) {
                        add_changes(draft, candidates, variant, &changes);
                    }
                }
            }
        }
        if are_usual {
            whole(draft, candidates);
        }
    }
}

/// Adds the text with these changes, sorted before they were made and after.
fn add_changes(
    draft: &Draft<'_>,
    candidates: &mut Candidates,
    variant: &Variant,
    changes: &[Change],
) {
    let right = draft.items.iter();
    let mut halves: Vec<(&[u8], &[u8])> = right
        .map(|item| (&*item.halves.name, &*item.halves.value))
        .collect();
    let mut texts: Vec<&str> = draft.items.iter().map(|item| &*item.text).collect();
    for change in changes {
        halves[change.at] = variant.halves(draft, *change);
        texts[change.at] = variant.text(*change);
    }
    let causes = causes(variant.cause, changes);
    let mut add = |order: &[usize]| {
        let third = join(order.iter().map(|at| texts[*at]));
        candidates.add_lazily(draft.with_third(&third), &causes, || {
            explanation(draft, variant, changes)
        });
    };
    add(&draft.sorted);
    if !draft.sorted.is_sorted_by_key(|at| halves[*at]) {
        let mut order = draft.sorted.clone();
        order.sort_by_key(|at| halves[*at]);
        add(&order);
    }
}

/// The causes of what [`explanation`] tells.
fn causes(cause: Cause, changes: &[Change]) -> Vec<Cause> {
    let of_value = changes.iter().any(|change| change.of_value);
    let of_name = changes.iter().any(|change| change.of_name);
    let mut causes: Vec<_> = of_value.then_some(cause).into_iter().collect();
    let of_name = of_name.then(|| pairs::of_name(cause));
    causes.extend(of_name.filter(|of_name| causes != [*of_name]));
    causes
}

/// One mistake if names and values have the same cause, else one for the values and one for the names.
fn explanation(draft: &Draft<'_>, variant: &Variant, changes: &[Change]) -> Explanation {
    let mut explanation = Explanation::new();
    for cause in causes(variant.cause, changes) {
        let mut mistake = Mistake::new(cause);
        for change in changes {
            let right = &draft.items[change.at].halves;
            let wrong = variant.halves(draft, *change);
            let of_value = change.of_value && cause == variant.cause;
            let of_name = change.of_name && cause == pairs::of_name(variant.cause);
            if !of_value && !of_name {
                continue;
            }
            if mistake.parameters.is_empty() {
                let (wrong, right) = if of_value {
                    (wrong.1, &right.value)
                } else {
                    (wrong.0, &right.name)
                };
                mistake = mistake.with_wrong(wrong).with_right(right);
            }
            let name = right.shown_name();
            if !mistake.parameters.contains(&name) {
                mistake = mistake.with_parameter(name);
            }
        }
        explanation.push(mistake);
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
