//! Why a signature was refused ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).
//!
//! A server that refuses a signature has made another base string, uses another key, or received
//! another signature than the one that was computed. [`Evidence`] collects what is known, and a
//! [`Diagnosis`] says which of these it was, and what to change.

mod cause;
mod evidence;
mod finding;
mod half;
mod message;
mod report;
mod structure;
mod text;

use alloc::{string::String, vec::Vec};

pub use self::{
    cause::Cause,
    evidence::Evidence,
    finding::{Certainty, Finding},
    message::Message,
};
use crate::{response::Response, signer::Signed};

/// What is wrong with a signed request, as far as the evidence tells.
#[derive(Clone, Eq, PartialEq)]
pub struct Diagnosis {
    findings: Vec<Finding>,
    equal: bool,
    unexplained: bool,
    /// The base strings that were compared, for the report.
    ours: Option<String>,
    theirs: Option<String>,
    /// The evidence to get next, for the report.
    next: Vec<&'static str>,
}

impl Diagnosis {
    /// Compares two base strings: the one that was signed, and the one that the server made.
    #[must_use]
    pub fn compare(ours: impl Into<String>, theirs: impl Into<String>) -> Self {
        Evidence::new()
            .our_base_string(ours)
            .their_base_string(theirs)
            .diagnose()
    }

    /// Compares what was signed with what the server says about it.
    #[must_use]
    pub fn of(signed: &Signed<'_>, response: &Response<'_>) -> Self {
        Evidence::new().signed(signed).response(response).diagnose()
    }

    fn of_evidence(evidence: &Evidence) -> Self {
        let mut diagnosis = Self {
            findings: Vec::new(),
            equal: false,
            unexplained: false,
            ours: evidence.our_base_string.clone(),
            theirs: evidence.their_base_string.clone(),
            next: report::next(evidence, false),
        };
        report::redact(&mut diagnosis, evidence);
        diagnosis
    }

    /// What was found, the most important first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether both base strings are known, and are the same. Then the key is wrong, or the signature
    /// was damaged on its way.
    #[must_use]
    pub fn base_strings_are_equal(&self) -> bool {
        self.equal
    }

    /// Whether the request was refused and no known mistake explains it.
    #[must_use]
    pub fn is_unexplained(&self) -> bool {
        self.unexplained
    }
}
