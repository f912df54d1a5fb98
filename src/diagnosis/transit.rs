//! What happened to a signature on its way (RFC 5849, sections 3.5 and 3.6).

use alloc::vec::Vec;

use super::{Evidence, Finding};

/// What is wrong with the signature as it was sent or received, and with the signature by itself.
pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    let _ = evidence;
    Vec::new()
}
