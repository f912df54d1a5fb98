//! Names and values that are encoded wrongly (RFC 5849, section 3.6).

use alloc::{string::String, vec::Vec};

use super::{
    super::{
        Cause, half, pairs,
        structure::Halves,
        text::{contains, decode, decode_form, encoded, lossy, replace},
    },
    candidates::{Candidates, Explanation, Mistake},
    draft::{Draft, Source, join},
};
use crate::encode::encode;

/// Adds what wrong encoders make of all parameters.
pub(super) fn add_all(draft: &Draft<'_>, candidates: &mut Candidates) {
    add(draft, candidates, |_| true);
    whole(draft, candidates);
}

/// Adds what they make of those of the query, the form and the protocol.
pub(super) fn add_each_source(draft: &Draft<'_>, candidates: &mut Candidates) {
    for source in [
        Source::Query,
        Source::Form,
        Source::Protocol,
        Source::Unknown,
    ] {
        add(draft, candidates, |at| draft.items[at].source == source);
    }
    let is_protocol = |at: usize| draft.items[at].source == Source::Protocol;
    add(draft, candidates, |at| !is_protocol(at));
    add(draft, candidates, |at| {
        draft.items[at].halves.has_name("oauth_callback")
    });
}

/// Adds what they make of each parameter alone.
pub(super) fn add_each(draft: &Draft<'_>, candidates: &mut Candidates) {
    for at in 0..draft.items.len() {
        let right = &draft.items[at].halves;
        let (names, values) = (mistakes(&right.name), mistakes(&right.value));
        for (cause, value) in &values {
            one(draft, candidates, at, *cause, None, Some(value));
        }
        for (cause, name) in &names {
            one(draft, candidates, at, *cause, Some(name), None);
            let both = values.iter().filter(|(of_value, _)| of_value == cause);
            for (_, value) in both {
                one(draft, candidates, at, *cause, Some(name), Some(value));
            }
        }
    }
}

/// What known mistakes make of one half.
fn mistakes(right: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let value = decode(right);
    let mut mistakes = half::mistakes(&value);
    for (cause, encoder) in ENCODERS {
        let wrong = encoder(&value, right);
        if wrong != right && !mistakes.contains(&(*cause, wrong.clone())) {
            mistakes.push((*cause, wrong));
        }
    }
    mistakes
}

/// Adds what is made by a mistake in one parameter.
fn one(
    draft: &Draft<'_>,
    candidates: &mut Candidates,
    at: usize,
    cause: Cause,
    name: Option<&Vec<u8>>,
    value: Option<&Vec<u8>>,
) {
    let right = &draft.items[at].halves;
    let wrong = Halves {
        name: name.unwrap_or(&right.name).clone(),
        value: value.unwrap_or(&right.value).clone(),
    };
    let changes = [Change { at, wrong }];
    add_changes(draft, candidates, cause, &changes);
}

/// A parameter, and how it is written.
struct Change {
    at: usize,
    wrong: Halves,
}

/// Adds what each encoder makes of some parameters: of the values, of the names, and of both.
fn add(draft: &Draft<'_>, candidates: &mut Candidates, is_changed: impl Fn(usize) -> bool) {
    let places: Vec<usize> = draft
        .sorted
        .iter()
        .copied()
        .filter(|at| is_changed(*at))
        .collect();
    for (cause, encoder) in ENCODERS {
        let wrong = |right: &[u8]| encoder(&decode(right), right);
        changed(draft, candidates, *cause, &places, &wrong);
    }
    for cause in [Cause::Latin1, Cause::OctetsLost, Cause::Utf8BomOrNormalForm] {
        let most = places.iter().map(|at| {
            let halves = &draft.items[*at].halves;
            of_cause(&halves.value, cause)
                .len()
                .max(of_cause(&halves.name, cause).len())
        });
        for number in 0..most.max().unwrap_or_default() {
            let wrong = |right: &[u8]| {
                let mut all = of_cause(right, cause);
                let last = all.len().checked_sub(1);
                last.map_or_else(|| right.to_vec(), |last| all.swap_remove(number.min(last)))
            };
            changed(draft, candidates, cause, &places, &wrong);
        }
    }
}

/// What one of the causes in [`half`] makes of a half.
fn of_cause(right: &[u8], cause: Cause) -> Vec<Vec<u8>> {
    if !right.contains(&b'%') && cause != Cause::Utf8BomOrNormalForm {
        return Vec::new();
    }
    let mistakes = half::mistakes(&decode(right)).into_iter();
    let mistakes = mistakes.filter(|(other, _)| *other == cause);
    mistakes.map(|(_, wrong)| wrong).collect()
}

fn changed(
    draft: &Draft<'_>,
    candidates: &mut Candidates,
    cause: Cause,
    places: &[usize],
    wrong: &dyn Fn(&[u8]) -> Vec<u8>,
) {
    let halves: Vec<(Vec<u8>, Vec<u8>)> = places
        .iter()
        .map(|at| {
            let right = &draft.items[*at].halves;
            (wrong(&right.name), wrong(&right.value))
        })
        .collect();
    let mut done = Vec::new();
    for (of_names, of_values) in [(false, true), (true, true), (true, false)] {
        let changes = places
            .iter()
            .zip(&halves)
            .filter_map(|(at, (name, value))| {
                let right = &draft.items[*at].halves;
                let wrong = Halves {
                    name: if of_names { name } else { &right.name }.clone(),
                    value: if of_values { value } else { &right.value }.clone(),
                };
                (wrong != *right).then_some(Change { at: *at, wrong })
            });
        let changes: Vec<_> = changes.collect();
        let names = changes
            .iter()
            .filter(|change| change.wrong.name != draft.items[change.at].halves.name);
        let summary = (changes.len(), names.count());
        if !changes.is_empty() && !done.contains(&summary) {
            done.push(summary);
            add_changes(draft, candidates, cause, &changes);
        }
    }
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
            | Cause::PlusForSpace
    )
}

/// Writes a text wrongly, given its right encoding as well.
type Encoder = fn(&[u8], &[u8]) -> Vec<u8>;

/// Wrong encoders.
const ENCODERS: &[(Cause, Encoder)] = &[
    (Cause::ValueEncodedTooOften, |_, right| encoded(right)),
    (Cause::ValueEncodedTooLittle, |text, _| text.to_vec()),
    (Cause::ValueDecodedTwice, |text, _| encoded(decode(text))),
    (Cause::ValueDecodedTwice, |text, _| {
        encoded(decode_form(text))
    }),
    (Cause::PlusForSpace, |_, right| replace(right, b"%20", b"+")),
    (Cause::SpaceAsPlusLiteral, |_, right| {
        replace(right, b"%20", b"%2B")
    }),
    (Cause::EscapesLowerCase, |_, right| half::lower_case(right)),
    (Cause::ReservedLeft, |_, right| half::reserved_left(right)),
    (Cause::TildeEncoded, |_, right| replace(right, b"~", b"%7E")),
    (Cause::TildeEncoded, |_, right| replace(right, b"~", b"%7e")),
    // As forms are written: by PHP and Java, by WHATWG, by encodeURIComponent.
    (Cause::PlusForSpace, |_, right| of_form(right, b"")),
    (Cause::PlusForSpace, |_, right| of_form(right, b"*")),
    (Cause::PlusForSpace, |_, right| {
        half::reserved_left(&replace(right, b"%20", b"+"))
    }),
    (Cause::PlusForSpace, |_, right| {
        half::lower_case(&replace(right, b"%20", b"+"))
    }),
    // As encodeURI writes, and as some write who mean paths.
    (Cause::ValueEncodedTooLittle, |_, right| {
        left(right, b"!*'();,/?:@&=+$#")
    }),
    (Cause::ValueEncodedTooLittle, |_, right| left(right, b"/")),
    (Cause::ValueEncodedTooLittle, |_, right| left(right, b"/:")),
    (Cause::PlusForSpace, |text, _| replace(text, b" ", b"+")),
    (Cause::ValueEncodedTooLittle, |text, _| {
        replace(text, b" ", b"%20")
    }),
    (Cause::ValueEncodedTooOften, |_, right| {
        encoded(encoded(right))
    }),
    (Cause::ValueEncodedTooOften, |_, right| {
        encoded(replace(right, b"%20", b"+"))
    }),
    (Cause::ValueDecodedTwice, |text, _| {
        encoded(decode(&decode(text)))
    }),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b".")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"_")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-.")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"._")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-_")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-._")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-._~")),
    (Cause::ReservedLeft, |_, right| left(right, b"*")),
    (Cause::ReservedLeft, |_, right| left(right, b"!")),
    (Cause::ReservedLeft, |_, right| left(right, b"'")),
    (Cause::ReservedLeft, |_, right| left(right, b"()")),
    (Cause::ReservedLeft, |_, right| left(right, b"!*()")),
    (Cause::ReservedLeft, |_, right| left(right, b"!'()")),
];

fn of_form(right: &[u8], kept: &[u8]) -> Vec<u8> {
    let plus = replace(&replace(right, b"%20", b"+"), b"~", b"%7E");
    left(&plus, kept)
}

/// Leaves characters raw.
fn left(right: &[u8], characters: &[u8]) -> Vec<u8> {
    characters.iter().fold(right.to_vec(), |half, byte| {
        replace(&half, &encoded([*byte]), &[*byte])
    })
}

/// Escapes characters that need no escape.
fn escaped(right: &[u8], characters: &[u8]) -> Vec<u8> {
    characters.iter().fold(right.to_vec(), |half, byte| {
        replace(&half, &[*byte], &half::escape_of(*byte))
    })
}
