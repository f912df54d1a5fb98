//! Secrets are taken out of a diagnosis before anybody can see it.

use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::cmp::Reverse;

use super::{
    Cause, Diagnosis, Evidence, Finding, Message, mask,
    text::{decode, lossy},
};
use crate::{credentials::Secret, encode::encode};

/// What the evidence contains that must not be shown, in every way in which it may be encoded.
struct Secrets(Vec<Secret>);

/// Replaces the secrets of the evidence wherever a diagnosis contains them: in a base string of a
/// server that confuses the two, or in a request that sends one as a parameter.
pub(in super::super) fn redact(diagnosis: &mut Diagnosis, evidence: &Evidence) {
    let mut secrets = Secrets::of(evidence);
    // A password that has its name in one of them may have lost it in the other.
    for text in [&diagnosis.ours, &diagnosis.theirs].into_iter().flatten() {
        secrets.add_those_in(text);
    }
    secrets.sort();
    for text in [&mut diagnosis.ours, &mut diagnosis.theirs] {
        *text = text.take().map(|text| secrets.removed_from(&text));
    }
    let names = may_mistake_values(diagnosis).then(|| Names::of(diagnosis, evidence));
    for finding in &mut diagnosis.findings {
        secrets.remove_from(finding);
        let Some(names) = &names else { continue };
        for name in &mut finding.parameters {
            if let Some(shown) = names.without_value(name) {
                *name = shown;
                // They may be that name.
                (finding.ours, finding.theirs) = (None, None);
            }
        }
    }
}

/// Whether what was read as a name may be a piece of a value, because the text is joined wrongly.
fn may_mistake_values(diagnosis: &Diagnosis) -> bool {
    let findings = diagnosis.findings.iter();
    let mut causes = findings.flat_map(|finding| [Some(finding.cause), finding.mistake]);
    causes.any(|cause| {
        matches!(
            cause,
            Some(Cause::JoinedWrongly | Cause::NotEncodedTwice | Cause::PartsMissing)
        )
    })
}

/// The names that are known to be names. What was read from a string without `=` may contain a value.
struct Names(BTreeSet<String>);

impl Names {
    fn of(diagnosis: &Diagnosis, evidence: &Evidence) -> Self {
        let mut names: BTreeSet<_> = mask::protocol_names().map(String::from).collect();
        let texts = [&diagnosis.ours, &diagnosis.theirs];
        for name in texts
            .into_iter()
            .flatten()
            .flat_map(|text| mask::names_in(text))
        {
            let mut level = name.as_bytes().to_vec();
            for _ in 0..LEVELS {
                names.insert(lossy(&level));
                level = decode(&level);
            }
        }
        for message in [&evidence.request, &evidence.sent].into_iter().flatten() {
            let pairs = all_pairs(message).into_iter();
            names.extend(pairs.map(|(name, _)| lossy(&name)));
            names.extend(message.header_pairs().into_iter().map(|(name, _)| name));
        }
        Self(names)
    }

    /// The part of a name that is known, if it is not known as a whole.
    fn without_value(&self, name: &str) -> Option<String> {
        let is_word = |letter: char| letter.is_ascii_alphabetic() || "_-[]".contains(letter);
        if self.0.contains(name) || (name.len() <= LONGEST_WORD && name.chars().all(is_word)) {
            return None;
        }
        let beginnings = self.0.iter().filter(|known| !known.is_empty());
        let beginnings = beginnings.filter(|known| name.starts_with(&***known));
        Some(match beginnings.max_by_key(|known| known.len()) {
            Some(known) => format!("{known}.."),
            None => mask::bytes(name),
        })
    }
}

/// A word without digits is a name rather than a value.
const LONGEST_WORD: usize = 16;

fn all_pairs(message: &Message) -> Vec<(Vec<u8>, Vec<u8>)> {
    [
        message.query_pairs(),
        message.form_pairs(),
        message.protocol_pairs(),
    ]
    .concat()
}

impl Secrets {
    fn of(evidence: &Evidence) -> Self {
        let mut secrets = Self(Vec::new());
        if let Some(known) = &evidence.secrets {
            secrets.add(known.consumer.0.as_bytes());
            known
                .token
                .iter()
                .for_each(|token| secrets.add(token.0.as_bytes()));
        }
        let answer = evidence.answer.as_ref();
        let report = answer.and_then(|answer| answer.report.as_ref());
        let told = report.and_then(|report| report.expected_signature());
        let signatures = [
            &evidence.our_signature,
            &evidence.expected_signature,
            &evidence.received_signature,
        ];
        let signatures = signatures.into_iter().flatten().map(|secret| &*secret.0);
        for signature in signatures.chain(told) {
            secrets.add(signature.as_bytes());
        }
        for message in [&evidence.request, &evidence.sent].into_iter().flatten() {
            secrets.add_those_of(message);
        }
        secrets
    }

    /// Adds the values of the parameters that have the name of a secret.
    fn add_those_of(&mut self, message: &Message) {
        for (name, value) in &all_pairs(message) {
            if mask::is_secret(&lossy(name)) {
                self.add(value);
            }
        }
    }

    fn add_those_in(&mut self, text: &str) {
        for value in values_of_secrets(text) {
            let mut level = value.as_bytes().to_vec();
            for _ in 0..LEVELS {
                self.add(&level);
                level = decode(&level);
            }
        }
    }

    fn add(&mut self, secret: &[u8]) {
        // A shorter one is everywhere by chance, and is hidden by its name.
        if secret.len() < SHORTEST || self.0.len() > MOST {
            return;
        }
        let mut level = Secret(lossy(secret));
        let mut next = Secret(encode(secret));
        for _ in 0..LEVELS {
            if self.0.iter().any(|known| known.0 == level.0) {
                return;
            }
            if next.0.contains("%20") {
                self.0.push(Secret(next.0.replace("%20", "+")));
            }
            let after = Secret(encode(&next.0));
            self.0.push(level);
            (level, next) = (next, after);
        }
    }

    /// Puts the longest first, because it may contain others.
    fn sort(&mut self) {
        self.0.sort_by_key(|secret| Reverse(secret.0.len()));
    }

    fn removed_from(&self, text: &str) -> String {
        self.0.iter().fold(text.to_string(), |text, secret| {
            if text.contains(&*secret.0) {
                text.replace(&*secret.0, REDACTED)
            } else {
                text
            }
        })
    }

    fn remove_from(&self, finding: &mut Finding) {
        for text in [&mut finding.ours, &mut finding.theirs] {
            *text = text.take().map(|text| self.removed_from(&text));
        }
        for name in &mut finding.parameters {
            *name = self.removed_from(name);
        }
    }
}

const REDACTED: &str = "[secret]";
const SHORTEST: usize = 6;
const LEVELS: usize = 4;

/// What is sent has a few. A text made of them would take long.
const MOST: usize = 200;

/// The values of passwords and signatures in a base string, as they are written.
fn values_of_secrets(text: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let mut rest = text;
    while let (piece, Some(joint)) = mask::next_joint(rest) {
        rest = &rest[piece.len() + joint.length..];
        if joint.stands_for == '=' && mask::is_secret(&mask::decoded(piece)) {
            let (value, behind) = rest.split_at(mask::value_length(rest, joint));
            values.push(value);
            rest = behind;
        }
    }
    values
}

/// A base string without the values of passwords and signatures, right or wrong as it may be.
pub(super) fn without_secrets(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, joint) = mask::next_joint(rest);
        let (before, behind) = rest.split_at(piece.len() + joint.map_or(0, |joint| joint.length));
        rest = behind;
        let is_uri = mask::is_place(piece);
        let is_secret = !is_uri && mask::is_secret(&mask::decoded(piece));
        let assignment = joint.filter(|joint| joint.stands_for == '=' && is_secret);
        match assignment {
            _ if is_uri => {
                shown.push_str(&mask::uri(piece));
                shown.push_str(&before[piece.len()..]);
            }
            Some(joint) => {
                shown.push_str(before);
                let length = mask::value_length(rest, joint);
                if length > 0 {
                    shown.push_str(REDACTED);
                }
                rest = &rest[length..];
            }
            None if is_secret => {
                shown.push_str(REDACTED);
                shown.push_str(&before[piece.len()..]);
                // What lost its `=` may look like the end of the pair: `%3D26` that became `%26`.
                let (piece, joint) = mask::next_joint(rest);
                let is_pair = joint.is_some_and(|joint| joint.stands_for == '=');
                if !is_pair && !piece.is_empty() {
                    shown.push_str(REDACTED);
                    rest = &rest[piece.len()..];
                }
            }
            None => shown.push_str(before),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{super::Cause, *};

    #[test]
    fn passwords_and_signatures_are_hidden_in_a_base_string() {
        for (text, shown) in [
            (
                "GET&https%3A%2F%2Fa%2F&q%3Da%252Cb%26x_auth_password%3Dpri%2526v%26z%3D1",
                "GET&https%3A%2F%2Fa%2F&q%3Da%252Cb%26x_auth_password%3D[secret]%26z%3D1",
            ),
            ("oauth_signature=a&b", "oauth_signature=[secret]&b"),
            (
                "q%3D1%26x_auth_passwordprivate%26z%3D1",
                "q%3D1%26[secret]%26z%3D1",
            ),
            (
                "q%3D1%26x_auth_password%26private",
                "q%3D1%26[secret]%26[secret]",
            ),
            ("oauth_signature%3D%26z", "oauth_signature%3D%26z"),
            (
                "GET&https%3A%2F%2Fme%3Aprivate%40a%2Freset_password&q%3D1",
                "GET&https%3A%2F%2F..%40a%2Freset_password&q%3D1",
            ),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn a_name_that_may_contain_a_value_is_cut() {
        let evidence = Evidence::new();
        let ours = "GET&https%3A%2F%2Fa%2F&tag1private%26oauth_nonce1private%261private";
        let theirs = "GET&https%3A%2F%2Fa%2F&oauth_nonce%3D1private%26tag%3D1private";
        let mut diagnosis = Diagnosis::compare(ours, theirs);
        let names = Names::of(&diagnosis, &evidence);
        for (name, shown) in [
            ("tag", None),
            ("tags", None),
            ("tag1private", Some("tag..")),
            ("oauth_nonce1private", Some("oauth_nonce..")),
            ("1private", Some("[8 bytes]")),
        ] {
            assert_eq!(names.without_value(name).as_deref(), shown);
        }
        let finding = Finding::proven(Cause::NameNotEncoded).with_parameter("tag1private");
        let joined = Finding::proven(Cause::JoinedWrongly);
        diagnosis.findings = Vec::from([finding.with_ours("tag1private"), joined]);
        redact(&mut diagnosis, &evidence);
        assert_eq!(diagnosis.findings[0].parameters(), ["tag.."]);
        assert_eq!(diagnosis.findings[0].ours(), None);
    }

    #[test]
    fn a_secret_is_found_at_each_level() {
        let mut secrets = Secrets(Vec::new());
        secrets.add(b"pri vate");
        secrets.add(b"short");
        secrets.sort();
        for text in [
            "pri vate",
            "pri+vate",
            "pri%20vate",
            "pri%2520vate",
            "pri%252520vate",
        ] {
            assert_eq!(secrets.removed_from(text), REDACTED);
        }
        assert_eq!(secrets.removed_from("short"), "short");
    }
}
