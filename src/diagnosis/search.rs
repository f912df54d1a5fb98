//! Which known mistake makes the signature that was expected, or ours (RFC 5849, section 3.4).

use alloc::vec::Vec;

use super::{Finding, Message, evidence::Secrets, structure::Structure};

/// What is known about two signatures.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    /// What section 3.4.1 makes of the request, or else our base string, taken apart.
    pub(super) right: &'a Structure,
    /// Our base string, as it was printed.
    pub(super) printed: Option<&'a str>,
    /// The request as it was meant.
    pub(super) request: Option<&'a Message>,
    /// Whether both base strings are known and are the same.
    pub(super) equal: bool,
    /// The signature that we computed.
    pub(super) ours: Option<&'a str>,
    /// The signature that the server expected.
    pub(super) expected: Option<&'a str>,
    pub(super) secrets: &'a Secrets,
}

/// The mistakes of the base string and of the key that explain the signatures.
pub(super) fn findings(question: &Question<'_>) -> Vec<Finding> {
    let _ = question;
    Vec::new()
}
