//! PLAINTEXT signatures, which show the key (RFC 5849, section 3.4.4).

use alloc::vec::Vec;

use super::{
    super::{
        Cause, Finding,
        text::{decode, lossy},
    },
    Question, explanation,
    keys::{self, Key},
};
use crate::credentials::Secret;

/// What the signatures show when they are compared with the secrets.
pub(super) fn findings(question: &Question<'_>) -> Vec<Finding> {
    if question.ours == question.expected {
        return Vec::new();
    }
    let keys = keys::all(question.secrets);
    let causes = |signature: &str| -> Option<&[Cause]> {
        // It may be pasted as it was sent, encoded once more.
        let decoded = Secret(lossy(&decode(signature.as_bytes())));
        let is = |text: &str| keys.iter().find(|key: &&Key| key.text.0 == text);
        let found = is(signature).or_else(|| is(&decoded.0));
        found.map(|found| &*found.causes)
    };
    let ours = question.ours.map(causes);
    let theirs = question.expected.map(causes);
    let mut findings = explanation::of_keys(ours.flatten(), theirs.flatten(), &mut 0);
    let is_unknown =
        |causes: Option<Option<&[Cause]>>| causes.is_some_and(|causes| causes.is_none());
    if findings.is_empty() && (is_unknown(ours) || is_unknown(theirs)) {
        findings.push(Finding::likely(Cause::KeyWrong));
    }
    findings
}
