//! Texts that known mistakes make of a base string.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};

use super::super::{Cause, Finding, text::lossy};

/// What was done wrong, wherever it was done.
#[derive(Clone)]
pub(super) struct Mistake {
    pub(super) cause: Cause,
    pub(super) parameters: Vec<String>,
    /// What stands in the wrong text, and what should stand there.
    wrong: Option<String>,
    right: Option<String>,
}

impl Mistake {
    pub(super) fn new(cause: Cause) -> Self {
        Self {
            cause,
            parameters: Vec::new(),
            wrong: None,
            right: None,
        }
    }

    pub(super) fn with_parameter(mut self, name: impl Into<String>) -> Self {
        self.parameters.push(name.into());
        self
    }

    pub(super) fn with_wrong(mut self, text: impl AsRef<[u8]>) -> Self {
        self.wrong = Some(lossy(text.as_ref()));
        self
    }

    pub(super) fn with_right(mut self, text: impl AsRef<[u8]>) -> Self {
        self.right = Some(lossy(text.as_ref()));
        self
    }

    /// The mistake as one of ours.
    pub(super) fn of_ours(&self) -> Finding {
        self.finding(self.cause, (&self.wrong, &self.right))
    }

    /// The mistake as one of the server's. Where nobody can tell whose it is, the cause stays.
    pub(super) fn of_theirs(&self) -> Finding {
        let texts = (&self.right, &self.wrong);
        match self.cause {
            Cause::ParameterMissing => self.finding(Cause::ParameterAdded, texts),
            Cause::ParameterAdded => self.finding(Cause::ParameterMissing, texts),
            cause if is_theirs(cause) => self.finding(cause, texts).of_server(),
            cause => self.finding(cause, texts),
        }
    }

    fn finding(&self, cause: Cause, texts: (&Option<String>, &Option<String>)) -> Finding {
        let mut finding = Finding::proven(cause).with_parameters(&*self.parameters);
        if let Some(ours) = texts.0 {
            finding = finding.with_ours(&**ours);
        }
        if let Some(theirs) = texts.1 {
            finding = finding.with_theirs(&**theirs);
        }
        finding
    }
}

/// Whether a mistake is the server's if only its string has it: what concerns the encoding, the order
/// and the shape, and parameters that it loses.
fn is_theirs(cause: Cause) -> bool {
    cause.is_of_encoding()
        || matches!(
            cause,
            Cause::NameNotEncoded
                | Cause::NameEncodedTooOften
                | Cause::OrderUnsorted
                | Cause::OrderDecoded
                | Cause::OrderJoined
                | Cause::JoinedWrongly
                | Cause::PartsMissing
                | Cause::NotEncodedTwice
                | Cause::UriEncoding
                | Cause::UriInvalid
                | Cause::QueryInUri
                | Cause::DuplicatesLost
                | Cause::QueryNotSigned
                | Cause::FormNotSigned
                | Cause::KeyNoAmpersand
                | Cause::KeyNotEncoded
        )
}

/// The cause of a mistake of the key if it is the server's.
pub(super) fn key_of_theirs(cause: Cause) -> Finding {
    match cause {
        // What they do not have, we have.
        Cause::KeyNoTokenSecret => Finding::proven(Cause::KeyTokenSecretExtra),
        cause if is_theirs(cause) => Finding::proven(cause).of_server(),
        cause => Finding::proven(cause),
    }
}

/// One explanation of a text: one mistake, or more that were made together.
pub(super) type Explanation = Vec<Mistake>;

/// All texts, each with everything that explains it.
pub(super) struct Candidates {
    right: String,
    texts: BTreeMap<String, Candidate>,
    /// Whether what is added from now on are usual mistakes.
    pub(super) are_usual: bool,
}

/// A text, and everything that explains it.
pub(super) struct Candidate {
    /// Usual mistakes are tried together with those of the key.
    pub(super) is_usual: bool,
    rank: usize,
    pub(super) explanations: Vec<Explanation>,
}

impl Candidates {
    pub(super) fn new(right: &str) -> Self {
        Self {
            right: right.to_string(),
            texts: BTreeMap::new(),
            are_usual: true,
        }
    }

    /// Keeps a text, unless it is the right one. What comes first is tried first.
    pub(super) fn add(&mut self, text: String, mistake: Mistake) {
        self.add_all(text, [mistake].into());
    }

    pub(super) fn add_all(&mut self, text: String, explanation: Explanation) {
        let causes = causes(&explanation);
        self.add_lazily(text, &causes, || explanation);
    }

    /// The same, if the explanation takes time to write.
    pub(super) fn add_lazily(
        &mut self,
        text: String,
        of: &[Cause],
        explain: impl FnOnce() -> Explanation,
    ) {
        if text == self.right || of.is_empty() {
            return;
        }
        let rank = self.texts.len();
        let candidate = self.texts.entry(text).or_insert(Candidate {
            is_usual: self.are_usual,
            rank,
            explanations: Vec::new(),
        });
        let mut known = candidate.explanations.iter_mut();
        if let Some(known) = known.find(|known| causes(known) == of) {
            // The one that names parameters says more.
            if known.iter().all(|mistake| mistake.parameters.is_empty()) {
                *known = explain();
            }
            return;
        }
        // What has a cause of its own comes first, and says it better than that a parameter is missing.
        if candidate.explanations.is_empty() || of != [Cause::ParameterMissing] {
            candidate.explanations.push(explain());
        }
    }

    /// The texts, in the order in which they are tried: what is usual comes first.
    pub(super) fn ranked(self) -> Vec<(String, Candidate)> {
        let mut texts: Vec<_> = self.texts.into_iter().collect();
        texts.sort_unstable_by_key(|(_, candidate)| (!candidate.is_usual, candidate.rank));
        texts
    }
}

fn causes(explanation: &Explanation) -> Vec<Cause> {
    explanation.iter().map(|mistake| mistake.cause).collect()
}
