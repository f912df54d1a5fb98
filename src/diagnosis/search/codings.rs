//! Names and values that are encoded wrongly (RFC 5849, section 3.6).

use alloc::{collections::BTreeSet, string::String, vec, vec::Vec};

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
            for (number, variant) in variants.filter(|(_, variant)| variant.is_usual == are_usual) {
                for changes in variant.changes(draft, scope) {
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
    let mut variants: Vec<_> = ENCODERS.iter().enumerate().map(of_encoder).collect();
    let halves = draft.items.iter().map(|item| &item.halves);
    let names: Vec<_> = halves
        .clone()
        .map(|halves| charsets(&halves.name))
        .collect();
    let values: Vec<_> = halves.map(|halves| charsets(&halves.value)).collect();
    for (cause, usual) in [
        (Cause::Latin1, 2),
        (Cause::OctetsLost, 2),
        (Cause::Utf8BomOrNormalForm, 3),
    ] {
        let of_cause = |mistakes: &Vec<(Cause, Vec<u8>)>, number: usize| {
            let wrong = mistakes.iter().filter(|(other, _)| *other == cause);
            let wrong = wrong.map(|(_, wrong)| wrong).take(number + 1).last();
            wrong.cloned()
        };
        let count = |mistakes: &Vec<(Cause, Vec<u8>)>| {
            mistakes.iter().filter(|(other, _)| *other == cause).count()
        };
        let most = names.iter().chain(&values).map(count).max();
        for number in 0..most.unwrap_or_default() {
            variants.push(Variant {
                cause,
                is_usual: number < usual,
                names: names.iter().map(|wrong| of_cause(wrong, number)).collect(),
                values: values.iter().map(|wrong| of_cause(wrong, number)).collect(),
            });
        }
    }
    variants
}

/// What is made of a half by another character set or normal form.
fn charsets(right: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    if !right.contains(&b'%') {
        return Vec::new();
    }
    let mut mistakes = half::mistakes(&decode(right));
    mistakes.retain(|(cause, _)| {
        matches!(
            cause,
            Cause::Latin1 | Cause::OctetsLost | Cause::Utf8BomOrNormalForm
        )
    });
    mistakes
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

/// Writes a text wrongly, given its right encoding as well.
type Encoder = fn(&[u8], &[u8]) -> Vec<u8>;

/// How many of the encoders are usual.
const USUAL: usize = 14;

/// Wrong encoders, the usual ones first.
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
    // As forms are written.
    (Cause::PlusForSpace, |_, right| of_form(right, b"*")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-._~")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b".")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"_")),
    // Up to here they are usual. By PHP and Java, by encodeURIComponent.
    (Cause::PlusForSpace, |_, right| of_form(right, b"")),
    (Cause::PlusForSpace, |_, right| {
        half::reserved_left(&replace(right, b"%20", b"+"))
    }),
    (Cause::PlusForSpace, |_, right| {
        half::lower_case(&replace(right, b"%20", b"+"))
    }),
    (Cause::PlusForSpace, |text, _| replace(text, b" ", b"+")),
    (Cause::TildeEncoded, |_, right| replace(right, b"~", b"%7e")),
    // As encodeURI writes, and as some write who mean paths.
    (Cause::ValueEncodedTooLittle, |_, right| {
        left(right, b"!*'();,/?:@&=+$#")
    }),
    (Cause::ValueEncodedTooLittle, |_, right| left(right, b"/")),
    (Cause::ValueEncodedTooLittle, |_, right| left(right, b"/:")),
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
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-.")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"._")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-_")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-._")),
    (Cause::ReservedLeft, |_, right| left(right, b"*")),
    (Cause::ReservedLeft, |_, right| left(right, b"!")),
    (Cause::ReservedLeft, |_, right| left(right, b"'")),
    (Cause::ReservedLeft, |_, right| left(right, b"()")),
    (Cause::ReservedLeft, |_, right| left(right, b"!*()")),
    (Cause::ReservedLeft, |_, right| left(right, b"!'()")),
    (Cause::Utf8BomOrNormalForm, |text, _| {
        encoded(["\u{feff}".as_bytes(), text].concat())
    }),
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
