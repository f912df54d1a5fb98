//! The evidence to get next.

use alloc::vec::Vec;

use super::Evidence;

/// What would prove more, the most useful first.
pub(in super::super) fn next(evidence: &Evidence, equal: bool) -> Vec<&'static str> {
    let answer = evidence.answer.as_ref();
    let report = answer.and_then(|answer| answer.report.as_ref());
    let theirs = evidence.their_base_string.is_some()
        || report.is_some_and(|report| report.base_string().is_some());
    let ours = evidence.our_base_string.is_some();
    let accepted = evidence.expected_signature.is_some()
        || report.is_some_and(|report| report.expected_signature().is_some());
    let wanted = [
        (
            !equal && !theirs,
            "the base string that the server made: read its whole answer, body and headers, or \
             ask for its log",
        ),
        (
            !equal && !ours,
            "the base string that was signed: print it where the signature is computed",
        ),
        (
            evidence.sent.is_none(),
            "the request as it left: URL, `Authorization` header and body, from a proxy or a \
             verbose log",
        ),
        (
            evidence.secrets.is_none(),
            "the consumer secret and the token secret, to recompute signatures with \
             (`Evidence::credentials`, or the environment of `oauth1`; they are not shown)",
        ),
        (
            !accepted,
            "a signature that the server accepts for the same request, from another program",
        ),
        (
            answer.is_none(),
            "the server's answer: its status, its `Date` header and its body",
        ),
        (true, "another try with fresh credentials"),
    ];
    let wanted = wanted.into_iter().filter(|(is_wanted, _)| *is_wanted);
    wanted.map(|(_, evidence)| evidence).take(LISTED).collect()
}

/// How many are listed.
const LISTED: usize = 3;
