//! The hash of a body that is not a form (OAuth Request Body Hash 1.0, an extension).

use alloc::{string::String, vec::Vec};

use super::{Cause, Evidence, Finding, claims};
use crate::{response::Problem, signature_method::BodyHash};

/// Whether the hash that was signed is that of the body that was sent.
pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    let told = told(evidence);
    told.or_else(|| computed(evidence)).into_iter().collect()
}

/// The answer says so, perhaps with both hashes.
fn told(evidence: &Evidence) -> Option<Finding> {
    let report = evidence.report()?;
    let is_told = matches!(report.problem(), Problem::Other(name) if name == "body_hash_invalid");
    let calculated = report.calculated_body_hash();
    if !is_told && calculated.is_none() {
        return None;
    }
    let ours = || claims::values(evidence, NAME).into_iter().next();
    let ours = report.received_body_hash().map(String::from).or_else(ours);
    let finding = Finding::proven(Cause::BodyHash).with_parameter(NAME);
    let finding = match ours {
        Some(ours) => finding.with_ours(ours),
        None => finding,
    };
    Some(match calculated {
        Some(calculated) => finding.with_theirs(calculated),
        None => finding,
    })
}

/// The body that was sent has another hash.
fn computed(evidence: &Evidence) -> Option<Finding> {
    let mut messages = [&evidence.sent, &evidence.request].into_iter().flatten();
    let body = messages.find_map(|message| message.body.as_deref())?;
    let ours = claims::values(evidence, NAME).into_iter().next()?;
    let methods = claims::values(evidence, "oauth_signature_method");
    // Some services want the hash of the signature method, and others always SHA-1: it is the one
    // that was signed whose length tells.
    let hash = match ours.len() {
        28 => Some(BodyHash::sha1(body)),
        #[cfg(feature = "sha2")]
        44 => Some(BodyHash::sha256(body)),
        #[cfg(feature = "sha2")]
        88 => Some(BodyHash::sha512(body)),
        #[cfg(not(feature = "sha2"))]
        44 | 88 => None,
        _ => {
            let mut hashes = methods.iter().map(|method| BodyHash::of_method(method));
            let hash_of = hashes.find_map(Result::ok);
            Some(hash_of.map_or_else(|| BodyHash::sha1(body), |hash_of| hash_of(body)))
        }
    }?;
    let finding = || {
        Finding::proven(Cause::BodyHash)
            .with_parameter(NAME)
            .with_texts(&*ours, hash.as_str())
    };
    (ours != hash.as_str()).then(finding)
}

const NAME: &str = "oauth_body_hash";
