//! What a finding about a whole base string is about, if it contains no text itself.

use alloc::{string::String, vec::Vec};

use super::{
    super::{
        ascii::cut,
        text::{decode, lossy},
    },
    Cause, Finding, Labels, RIGHT, Snippet, mask,
};

impl Snippet {
    /// Shows the base string that a finding is about.
    pub(in super::super) fn of_strings(
        finding: &Finding,
        labels: &mut Labels,
        ours: Option<&str>,
        theirs: Option<&str>,
    ) -> Option<Self> {
        if finding.ours().is_some() || finding.theirs().is_some() {
            return None;
        }
        let (text, is_ours) = match finding.cause() {
            Cause::ServerAtFault => (theirs?, false),
            _ => (ours?, true),
        };
        match finding.mistake().unwrap_or(finding.cause()) {
            Cause::OrderUnsorted | Cause::OrderDecoded | Cause::OrderJoined => {
                let [wrong, right] = first_in_wrong_order(text)?;
                let length = wrong.find(',').unwrap_or(wrong.len());
                let length = length.max(right.find(',').unwrap_or(right.len()));
                let (ours, theirs) = if is_ours {
                    labels.theirs = RIGHT;
                    (wrong, right)
                } else {
                    labels.ours = RIGHT;
                    (right, wrong)
                };
                Some(Self {
                    ours: Some(ours),
                    theirs: Some(theirs),
                    mark: (0, length),
                })
            }
            Cause::JoinedWrongly | Cause::NotEncodedTwice | Cause::PartsMissing => {
                let shown = cut(&mask::shape(text, &[]), LONGEST);
                let mark = (0, shown.len());
                let (ours, theirs) = if is_ours {
                    (Some(shown), None)
                } else {
                    (None, Some(shown))
                };
                Some(Self { ours, theirs, mark })
            }
            _ => None,
        }
    }
}

/// In columns.
const LONGEST: usize = 66;

/// The names of the parameters where their order begins to be wrong, as they are and as they should
/// be.
fn first_in_wrong_order(text: &str) -> Option<[String; 2]> {
    let third = text.splitn(3, '&').nth(2)?;
    let normalized = decode(third.as_bytes());
    let pairs = normalized.split(|byte| *byte == b'&').map(parts);
    let pairs: Vec<_> = pairs.collect::<Option<_>>()?;
    let mut sorted = pairs.clone();
    sorted.sort_unstable();
    let at = pairs
        .iter()
        .zip(&sorted)
        .position(|(pair, right)| pair.0 != right.0)?;
    Some([&pairs, &sorted].map(|pairs| {
        let names = pairs[at..].iter().take(NAMED);
        let names: Vec<_> = names
            .map(|(name, _)| cut(&mask::half_of_name(&lossy(name)), SHORT))
            .collect();
        let rest = if at + NAMED < pairs.len() {
            ", ..."
        } else {
            ""
        };
        names.join(", ") + rest
    }))
}

/// How many names are shown, and how many columns of each.
const NAMED: usize = 2;
const SHORT: usize = 24;

/// The name and the value of a pair.
fn parts(pair: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = pair.iter().position(|byte| *byte == b'=')?;
    Some((&pair[..at], &pair[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_names_in_the_wrong_order_are_shown() {
        let text = "GET&https%3A%2F%2Fa%2F&a%3D1%26oauth_nonce%3Dx%26b%3D2%26c%3D3";
        let names = ["oauth_nonce, b, ...", "b, c, ..."].map(String::from);
        assert_eq!(first_in_wrong_order(text), Some(names));
        assert_eq!(first_in_wrong_order("GET&x&a%3D2%26a%3D1"), None);
        assert_eq!(first_in_wrong_order("GET&x"), None);
    }
}
