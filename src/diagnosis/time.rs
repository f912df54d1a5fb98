//! Timestamps and nonces (RFC 5849, section 3.3).

use alloc::vec::Vec;

use super::{Evidence, Finding};

/// What is wrong with the timestamp or the nonce, which servers often report as a wrong signature.
pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    let _ = evidence;
    Vec::new()
}
