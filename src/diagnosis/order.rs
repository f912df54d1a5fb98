//! The order of the parameters (RFC 5849, section 3.4.1.3.2).

use alloc::vec::Vec;

use super::{Cause, structure::Halves, text::decode};

/// What is wrong with an order: nothing, one cause, or several that would do. `right` are the
/// parameters in the same order, as they should be written, because a mistake may have been made after
/// sorting.
pub(super) fn causes(parameters: &[Halves], right: &[Halves]) -> Vec<Cause> {
    if parameters.is_sorted() || right.is_sorted() {
        return Vec::new();
    }
    let decoded = |halves: &Halves| (decode(&halves.name), decode(&halves.value));
    let mut causes = Vec::new();
    let lists = [parameters, right];
    if lists.iter().any(|list| list.is_sorted_by_key(decoded)) {
        causes.push(Cause::OrderDecoded);
    }
    if lists
        .iter()
        .any(|list| list.is_sorted_by_key(Halves::joined))
    {
        causes.push(Cause::OrderJoined);
    }
    if causes.is_empty() {
        causes.push(Cause::OrderUnsorted);
    }
    causes
}
