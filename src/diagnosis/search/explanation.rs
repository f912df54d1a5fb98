//! What was found, said of us or of the server.

use alloc::vec::Vec;

use super::{
    super::{Cause, Finding},
    candidates::{Explanation, Mistake, key_of_theirs},
};

/// How a signature came about.
#[derive(Clone)]
pub(super) struct Origin {
    /// The text that was signed.
    pub(super) text: Text,
    /// What is wrong with the key. Nothing if it is right.
    pub(super) key: Vec<Cause>,
}

/// Which text was signed.
#[derive(Clone)]
pub(super) enum Text {
    Right,
    Printed,
    /// A text that one of several mistakes makes.
    Wrong(usize, Vec<Explanation>),
}

impl Origin {
    /// Which text it is, to compare it with that of another signature.
    fn text_number(&self) -> Option<usize> {
        match &self.text {
            Text::Right | Text::Printed => None,
            Text::Wrong(number, _) => Some(*number),
        }
    }
}

/// The findings about the strings.
pub(super) fn of_texts(
    ours: Option<&Origin>,
    theirs: Option<&Origin>,
    next: &mut u32,
) -> Vec<Finding> {
    let number = |origin: Option<&Origin>| origin.and_then(Origin::text_number);
    if number(ours) == number(theirs) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (origin, is_ours) in [(ours, true), (theirs, false)] {
        let Some(Text::Wrong(_, explanations)) = origin.map(|origin| &origin.text) else {
            continue;
        };
        let mistakes = |explanation: &Explanation| -> Vec<Finding> {
            let mistakes = explanation.iter();
            if is_ours {
                mistakes.map(Mistake::of_ours).collect()
            } else {
                mistakes.map(Mistake::of_theirs).collect()
            }
        };
        // One mistake that explains everything is better than several.
        let fewest = explanations.iter().map(Vec::len).min().unwrap_or_default();
        let explanations = explanations.iter();
        let explanations = explanations.filter(|explanation| explanation.len() == fewest);
        findings.extend(alternatives(explanations.map(mistakes).collect(), next));
    }
    findings
}

/// The findings about the keys, given what is wrong with each. `None` if that is not known.
pub(super) fn of_keys(
    ours: Option<&[Cause]>,
    theirs: Option<&[Cause]>,
    next: &mut u32,
) -> Vec<Finding> {
    if ours == theirs {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let ours = ours.unwrap_or_default();
    // A secret of ours that stands in our key as it is was not encoded. Whether it had been encoded
    // before it was pasted shows only in the server's key.
    let is_raw = ours.contains(&Cause::KeyNotEncoded);
    let ours = ours
        .iter()
        .filter(|cause| !(is_raw && **cause == Cause::KeyEncodedTwice));
    let ours = ours
        .map(|cause| Vec::from([Finding::proven(*cause)]))
        .collect();
    findings.extend(alternatives(ours, next));
    let of_theirs = |cause: &Cause| Vec::from([key_of_theirs(*cause)]);
    let theirs = theirs.unwrap_or_default().iter().map(of_theirs).collect();
    findings.extend(alternatives(theirs, next));
    findings
}

/// If there are several explanations, nobody knows which it is.
fn alternatives(explanations: Vec<Vec<Finding>>, next: &mut u32) -> Vec<Finding> {
    if explanations.len() < 2 {
        return explanations.concat();
    }
    *next += 1;
    let number = *next;
    let findings = explanations.into_iter().flatten();
    findings
        .map(|finding| finding.alternative_of(number))
        .collect()
}
