//! What is the same in both base strings.

use alloc::{format, string::String, vec::Vec};

use super::text::decode;

/// Names what is the same in two base strings that differ.
pub(super) fn equal_parts(ours: &str, theirs: &str) -> Option<String> {
    let (mut ours, mut theirs) = (ours.splitn(3, '&'), theirs.splitn(3, '&'));
    let mut next = || Some((ours.next()?, theirs.next()?));
    let mut same = Vec::new();
    for part in ["the method", "the URI"] {
        let (ours, theirs) = next()?;
        if ours == theirs {
            same.push(String::from(part));
        }
    }
    let (ours, theirs) = next()?;
    let (ours, theirs) = (decode(ours.as_bytes()), decode(theirs.as_bytes()));
    let (ours, theirs) = (sorted(&ours), sorted(&theirs));
    let all = ours.len().max(theirs.len());
    match in_both(&ours, &theirs) {
        0 => {}
        count if count == all => same.push("all parameters".into()),
        count => same.push(format!("{count} of {all} parameters")),
    }
    let (last, others) = same.split_last()?;
    Some(match others {
        [] => last.clone(),
        others => format!("{} and {last}", others.join(", ")),
    })
}

fn sorted(normalized: &[u8]) -> Vec<&[u8]> {
    let mut pairs: Vec<_> = normalized.split(|byte| *byte == b'&').collect();
    pairs.sort_unstable();
    pairs
}

/// How many of two sorted lists are in both.
fn in_both(ours: &[&[u8]], theirs: &[&[u8]]) -> usize {
    let (mut our, mut their, mut count) = (0, 0, 0);
    while our < ours.len() && their < theirs.len() {
        let order = ours[our].cmp(theirs[their]);
        count += usize::from(order.is_eq());
        our += usize::from(order.is_le());
        their += usize::from(order.is_ge());
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_are_named() {
        let ours = "GET&https%3A%2F%2Fa%2F&a%3D1%26b%3D2";
        for (theirs, equal) in [
            (
                "GET&https%3A%2F%2Fa%2F&a%3D1%26b%3D3",
                "the method, the URI and 1 of 2 parameters",
            ),
            (
                "GET&https%3A%2F%2Fa%2F&b%3D2%26a%3D1",
                "the method, the URI and all parameters",
            ),
            ("POST&https%3A%2F%2Fa%2F&x%3D1", "the URI"),
        ] {
            assert_eq!(equal_parts(ours, theirs).as_deref(), Some(equal));
        }
        assert_eq!(equal_parts(ours, "POST&x&y"), None);
        assert_eq!(equal_parts(ours, ""), None);
    }
}
