//! What each wrong encoder makes of all names and values (RFC 5849, section 3.6).

use alloc::{string::String, vec::Vec};

use super::{
    super::{
        Cause,
        encoders::{self, ENCODERS, Encoder, USUAL, may_change, shows},
        structure::Halves,
        text::decode,
    },
    draft::Draft,
};
use crate::encode::encode;

/// What one wrong encoder makes of all items of a draft.
pub(super) struct Variant {
    pub(super) cause: Cause,
    pub(super) is_usual: bool,
    items: Vec<Written>,
}

/// A parameter as a wrong encoder writes it.
#[derive(Default)]
struct Written {
    /// The halves, where they are wrong.
    name: Option<Vec<u8>>,
    value: Option<Vec<u8>>,
    /// The parameter in the third part, if its name, its value, or both are wrong.
    texts: [String; 3],
    /// Whether another encoder with the same cause writes the same.
    is_known: bool,
}

/// Which parameter is written wrongly, and in which half.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Change {
    pub(super) at: usize,
    pub(super) of_name: bool,
    pub(super) of_value: bool,
}

impl Variant {
    fn new(draft: &Draft<'_>, cause: Cause, is_usual: bool, halves: Vec<Wrong>) -> Self {
        let items = draft.items.iter().zip(halves).map(|(item, (name, value))| {
            let text = |name: &Option<Vec<u8>>, value: &Option<Vec<u8>>| {
                encode(
                    Halves {
                        name: name.as_ref().unwrap_or(&item.halves.name).clone(),
                        value: value.as_ref().unwrap_or(&item.halves.value).clone(),
                    }
                    .joined(),
                )
            };
            let mut texts = [const { String::new() }; 3];
            if name.is_some() {
                texts[0] = text(&name, &None);
            }
            if value.is_some() {
                texts[1] = text(&None, &value);
            }
            if name.is_some() && value.is_some() {
                texts[2] = text(&name, &value);
            }
            Written {
                name,
                value,
                texts,
                is_known: false,
            }
        });
        Self {
            cause,
            is_usual,
            items: items.collect(),
        }
    }

    /// The changes if the values in a scope are wrong, or the names and the values, or the names.
    pub(super) fn changes(&self, scope: &[usize]) -> Vec<Vec<Change>> {
        let wrong = |is: fn(&Written) -> bool| scope.iter().any(|at| is(&self.items[*at]));
        let has_names = wrong(|written| written.name.is_some());
        let has_values = wrong(|written| written.value.is_some());
        let sets: &[(bool, bool)] = match (has_names, has_values) {
            (false, false) => &[],
            (false, true) => &[(false, true)],
            (true, false) => &[(true, false)],
            (true, true) => &[(false, true), (true, true), (true, false)],
        };
        let changes = sets.iter().map(|(of_names, of_values)| {
            let changes = scope.iter().map(|at| Change {
                at: *at,
                of_name: *of_names && self.items[*at].name.is_some(),
                of_value: *of_values && self.items[*at].value.is_some(),
            });
            changes
                .filter(|change| change.of_name || change.of_value)
                .collect()
        });
        changes.collect()
    }

    /// Whether changes are usual. That one parameter alone has characters escaped that need no escape
    /// is not, nor that both its name and its value are wrong.
    pub(super) fn are_usual(&self, changes: &[Change]) -> bool {
        let is_odd = match changes {
            [change] => {
                (change.of_name && change.of_value) || self.cause == Cause::UnreservedEncoded
            }
            _ => false,
        };
        self.is_usual && !is_odd
    }

    /// Whether changes are made by another encoder with the same cause.
    pub(super) fn are_known(&self, changes: &[Change]) -> bool {
        matches!(changes, [change] if self.items[change.at].is_known)
    }

    /// Whether changes show the cause, and not one that says it better.
    pub(super) fn is_shown(&self, draft: &Draft<'_>, changes: &[Change]) -> bool {
        changes.iter().any(|change| {
            let right = &draft.items[change.at].halves;
            let wrong = self.halves(draft, *change);
            (change.of_name && shows(self.cause, wrong.0, &right.name))
                || (change.of_value && shows(self.cause, wrong.1, &right.value))
        })
    }

    /// The name and the value of a changed parameter.
    pub(super) fn halves<'a>(
        &'a self,
        draft: &'a Draft<'_>,
        change: Change,
    ) -> (&'a [u8], &'a [u8]) {
        let right = &draft.items[change.at].halves;
        let written = &self.items[change.at];
        let name = written.name.as_ref().filter(|_| change.of_name);
        let value = written.value.as_ref().filter(|_| change.of_value);
        (name.unwrap_or(&right.name), value.unwrap_or(&right.value))
    }

    /// A changed parameter in the third part.
    pub(super) fn text(&self, change: Change) -> &str {
        let texts = &self.items[change.at].texts;
        match (change.of_name, change.of_value) {
            (true, true) => &texts[2],
            (true, false) => &texts[0],
            _ => &texts[1],
        }
    }
}

/// The name and the value of an item, where they are wrong.
type Wrong = (Option<Vec<u8>>, Option<Vec<u8>>);

/// What each wrong encoder makes of the parameters.
pub(super) fn all(draft: &Draft<'_>) -> Vec<Variant> {
    let of_encoder = |(number, (cause, encoder)): (usize, &(Cause, Encoder))| {
        let wrong = |right: &Vec<u8>| {
            if !may_change(*cause, right) {
                return None;
            }
            let wrong = encoder(&decode(right), right);
            (wrong != *right).then_some(wrong)
        };
        let halves = draft.items.iter().map(|item| &item.halves);
        let halves = halves.map(|halves| (wrong(&halves.name), wrong(&halves.value)));
        Variant::new(draft, *cause, number < USUAL, halves.collect())
    };
    let of_encoders = ENCODERS.iter().enumerate().map(of_encoder);
    let mut variants: Vec<_> = of_encoders.chain(normal_forms(draft)).collect();
    for number in 1..variants.len() {
        let (before, rest) = variants.split_at_mut(number);
        let Some(variant) = rest.first_mut() else {
            continue;
        };
        for (at, written) in variant.items.iter_mut().enumerate() {
            written.is_known = before.iter().any(|before| {
                let other = &before.items[at];
                before.cause == variant.cause
                    && (&other.name, &other.value) == (&written.name, &written.value)
            });
        }
    }
    variants
}

/// What is made of the halves by each normal form of Unicode.
fn normal_forms(draft: &Draft<'_>) -> Vec<Variant> {
    let forms =
        |right: &Vec<u8>| -> Vec<Vec<u8>> { encoders::normal_forms(&decode(right)).collect() };
    let halves = draft.items.iter().map(|item| &item.halves);
    let halves = halves.map(|halves| (forms(&halves.name), forms(&halves.value)));
    let halves: Vec<_> = halves.collect();
    let most = halves
        .iter()
        .map(|(name, value)| name.len().max(value.len()));
    let numbers = 0..most.max().unwrap_or_default();
    let of_number = |number: usize| {
        let of = |(forms, right): (&Vec<Vec<u8>>, &Vec<u8>)| {
            forms.get(number).filter(|form| *form != right).cloned()
        };
        let halves = halves
            .iter()
            .zip(&draft.items)
            .map(|((name, value), item)| {
                let right = &item.halves;
                (of((name, &right.name)), of((value, &right.value)))
            });
        let cause = Cause::Utf8BomOrNormalForm;
        Variant::new(draft, cause, number < 2, halves.collect())
    };
    numbers.map(of_number).collect()
}
