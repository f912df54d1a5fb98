//! What can happen to a text on its way.

use alloc::{string::String, vec::Vec};

use super::super::{
    Cause,
    text::{decode, has_escape, lossy},
};
use crate::credentials::Secret;

/// Which of the known kinds of damage a text has, if undoing them makes it right. The fewest that
/// explain it count; none if the text is right.
pub(super) fn damage(text: &str, is_right: impl Fn(&str) -> bool) -> Option<Vec<Cause>> {
    Some(undo(text, is_right)?.1)
}

/// The text without the damage.
pub(super) fn undone(text: &str, is_right: impl Fn(&str) -> bool) -> Option<Secret> {
    Some(undo(text, is_right)?.0)
}

/// A signature of PLAINTEXT consists of secrets, so no copy is left behind.
fn undo(text: &str, is_right: impl Fn(&str) -> bool) -> Option<(Secret, Vec<Cause>)> {
    let mut attempts: Vec<u32> = (0..1 << STEPS.len()).collect();
    attempts.sort_by_key(|attempt| attempt.count_ones());
    attempts.into_iter().find_map(|attempt| {
        let (mut text, mut causes) = (Secret(text.into()), Vec::new());
        for (at, (cause, step)) in STEPS.iter().enumerate() {
            if attempt & (1 << at) != 0 {
                text = Secret(step(&text.0)?);
                causes.push(*cause);
            }
        }
        is_right(&text.0).then_some((text, causes))
    })
}

/// Returns `None` if there is nothing to undo.
type Step = fn(&str) -> Option<String>;

/// In the order in which they are undone.
const STEPS: [(Cause, Step); 5] = [
    (Cause::SignatureEncodedTwice, encoding),
    (Cause::SignatureNewline, line_ends),
    (Cause::SignatureQuotes, quotes),
    (Cause::SignaturePlusLost, spaces),
    (Cause::SignaturePaddingLost, padding),
];

fn encoding(text: &str) -> Option<String> {
    let text = text.as_bytes();
    has_escape(text).then(|| lossy(&decode(text)))
}

fn line_ends(text: &str) -> Option<String> {
    let undone = text.replace(['\r', '\n'], "");
    let undone = undone.trim_end();
    (undone != text).then(|| undone.into())
}

fn quotes(text: &str) -> Option<String> {
    let undone = text.trim_matches(['"', '\'']);
    (undone != text).then(|| undone.into())
}

fn spaces(text: &str) -> Option<String> {
    text.contains(' ').then(|| text.replace(' ', "+"))
}

fn padding(text: &str) -> Option<String> {
    let data = text.trim_end_matches('=');
    let padding = match data.len() % 4 {
        2 => "==",
        3 => "=",
        _ => return None,
    };
    (text.len() < data.len() + padding.len()).then(|| [data, padding].concat())
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn the_fewest_kinds_of_damage_explain_a_text() {
        let right = "+a/b+cde";
        for (text, causes) in [
            ("+a/b+cde", &[][..]),
            (" a/b cde", &[Cause::SignaturePlusLost]),
            ("%2Ba%2Fb%2bcde", &[Cause::SignatureEncodedTwice]),
            ("'+a/b+cde'", &[Cause::SignatureQuotes]),
            ("\"+a/b+cde", &[Cause::SignatureQuotes]),
            ("+a/b+cde\r\n", &[Cause::SignatureNewline]),
            ("+a/b\n+cde\n", &[Cause::SignatureNewline]),
            (
                "\" a/b cde\"\n",
                &[
                    Cause::SignatureNewline,
                    Cause::SignatureQuotes,
                    Cause::SignaturePlusLost,
                ],
            ),
        ] {
            let found = damage(text, |text| text == right);
            assert_eq!(found.as_deref(), Some(causes), "{text:?}");
        }
        for text in ["", "+a/b+cdE", "+a/b+cd", "%", "''", " ", "="] {
            assert_eq!(damage(text, |text| text == right), None, "{text:?}");
        }
        for text in ["ab", "ab="] {
            let padding = damage(text, |text| text == "ab==");
            assert_eq!(padding, Some(vec![Cause::SignaturePaddingLost]));
        }
    }
}
