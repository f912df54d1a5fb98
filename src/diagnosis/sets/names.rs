//! Names of protocol parameters, and misspelled ones (RFC 5849, section 3.1).

use alloc::vec::Vec;

use super::{
    super::{Cause, Finding, message::Message, pairs::Rest, structure::Structure},
    Sides,
};
use crate::protocol::Name;

/// Misspelled names of protocol parameters.
pub(super) fn take_typos(rest: &mut Rest, sides: &Sides<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut at = 0;
    while at < rest.ours.len() {
        let our = &rest.ours[at];
        let name = our.shown_name();
        // The same value under another known name, or under a name that is nearly the same.
        let pair = rest.theirs.iter().position(|their| {
            let their_name = their.shown_name();
            let known = is_known(&name) && is_known(&their_name);
            let near = is_known(&their_name) || is_known(&name);
            their.value == our.value && near && (known || is_near(&name, &their_name))
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
                let parameter = if is_known(&right) {
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

/// A misspelled name in what was sent. It is proven if no request can do without the right name.
pub(in super::super) fn typo_in_message(sent: &Message) -> Option<Finding> {
    const NEEDED: [&str; 3] = [
        "oauth_consumer_key",
        "oauth_signature",
        "oauth_signature_method",
    ];
    let names = sent.names();
    let known = |right: &&str| !names.iter().any(|name| name == right);
    names.iter().find_map(|name| {
        let right = right_name(name).filter(known)?;
        let finding = if NEEDED.contains(&right) {
            Finding::proven(Cause::ParameterTypo)
        } else {
            Finding::likely(Cause::ParameterTypo)
        };
        Some(finding.with_parameter(right).with_texts(&**name, right))
    })
}

/// The names of protocol parameters, in the RFC and in its extensions.
fn known() -> impl Iterator<Item = &'static str> {
    let names = Name::ALL.iter().map(|name| name.as_str());
    names.chain(["oauth_session_handle", "oauth_body_hash"])
}

fn is_known(name: &str) -> bool {
    known().any(|known| known == name)
}

/// The name that was meant, if a name is misspelled.
pub(super) fn right_name(name: &str) -> Option<&'static str> {
    if is_known(name) {
        return None;
    }
    known().find(|known| is_near(name, known))
}

/// Whether two names are one letter apart, or two neighbours swapped.
fn is_near(name: &str, other: &str) -> bool {
    let (mut short, mut long) = (name.as_bytes(), other.as_bytes());
    if short.len() > long.len() {
        (short, long) = (long, short);
    }
    if long.len() - short.len() > 1 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[start..], &long[start..]);
    if short.len() < long.len() {
        return *short == long[1..];
    }
    match (short, long) {
        ([a, b, rest @ ..], [c, d, others @ ..]) if (a, b) == (d, c) && rest == others => true,
        ([_, rest @ ..], [_, others @ ..]) => rest == others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_near, right_name};

    #[test]
    fn a_name_that_is_one_letter_off_is_recognized() {
        assert_eq!(right_name("oauth_tokey"), Some("oauth_token"));
        assert_eq!(right_name("auth_version"), Some("oauth_version"));
        assert_eq!(right_name("oauth_signagure"), Some("oauth_signature"));
        assert_eq!(right_name("oauth_nocne"), Some("oauth_nonce"));
        assert_eq!(right_name("oauth_nonces"), Some("oauth_nonce"));
        assert_eq!(right_name("oauth_token"), None);
        assert_eq!(right_name("oauth_tokens_of_mine"), None);
        assert_eq!(right_name(""), None);
        assert!(!is_near("", "oauth_token") && !is_near("ab", "cd"));
    }
}
