//! Which known mistake makes the signature that was expected, or ours (RFC 5849, section 3.4).

mod candidates;
mod codings;
mod draft;
mod explanation;
mod keys;
mod mac;
mod paths;
mod places;
mod plaintext;
mod sets;
mod shapes;
#[cfg(test)]
mod tests;
mod variants;

use alloc::vec::Vec;
use core::ops::Range;

use self::{
    candidates::Candidates,
    draft::Draft,
    explanation::{Origin, Text},
    keys::Signing,
    mac::{Bytes, Hash},
};
use super::{
    Cause, Finding, Message,
    evidence::Secrets,
    structure::{Halves, Structure},
    text::{decode, encoded, letters},
};

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

/// What the signatures tell.
#[derive(Default)]
pub(super) struct Searched {
    /// The mistakes of the base string and of the key that explain the signatures.
    pub(super) findings: Vec<Finding>,
    /// Whether our signature is neither right nor made by a known mistake.
    pub(super) is_ours_unknown: bool,
}

/// Searches for mistakes that explain the signatures.
pub(super) fn search(question: &Question<'_>) -> Searched {
    match Method::of(question) {
        Some(Method::Plaintext) => Searched {
            findings: plaintext::findings(question),
            ..Searched::default()
        },
        Some(Method::Hmac(hash)) => of_hmac(question, hash),
        None => Searched::default(),
    }
}

enum Method {
    Hmac(Hash),
    Plaintext,
}

impl Method {
    /// The signature method that is named or, if its name is not known, the one that makes signatures
    /// of this length.
    fn of(question: &Question<'_>) -> Option<Self> {
        let name = question.right.text_of("oauth_signature_method");
        let name = name.unwrap_or_default().to_ascii_uppercase();
        let is_named = |hash: &&Hash| letters(hash.method().as_bytes()) == letters(name.as_bytes());
        if name == "PLAINTEXT" {
            return Some(Self::Plaintext);
        }
        if let Some(hash) = Hash::ALL.iter().find(is_named) {
            return Some(Self::Hmac(*hash));
        }
        // One that was not compiled in, or whose keys are not here.
        if name.starts_with("RSA") || ["HMAC-SHA256", "HMAC-SHA512"].contains(&&*name) {
            return None;
        }
        let signatures = [question.expected, question.ours].into_iter().flatten();
        let mut hashes = signatures.filter_map(|text| Bytes::read(text)?.hash());
        hashes.next().map(Self::Hmac)
    }
}

fn of_hmac(question: &Question<'_>, hash: Hash) -> Searched {
    let read = |text: Option<&str>| text.and_then(Bytes::read);
    let (ours, theirs) = (read(question.ours), read(question.expected));
    if ours == theirs {
        return Searched::default();
    }
    let right = corrected(question.right);
    let draft = Draft::new(&right, question.request);
    let mut search = Search {
        keys: Signing::all(question.secrets, hash),
        hash,
        wanted: [ours, theirs],
        origins: [None, None],
        left: MOST,
        bytes: MOST_BYTES,
    };
    let text = right.text();
    let printed = question.printed.filter(|printed| *printed != text);
    if let Some(printed) = printed {
        search.with_all_keys(printed, &Text::Printed);
    }
    let is_right_known = !(question.equal && printed.is_some());
    if is_right_known {
        search.with_all_keys(&text, &Text::Right);
    }
    let of_printed = search.origins[0]
        .as_ref()
        .is_some_and(|origin| match origin.text {
            Text::Printed => true,
            _ => printed.is_none(),
        });
    let is_known = ours.is_some_and(|ours| ours.hash().is_some());
    let is_foreign = question.printed.is_some() && is_known && !of_printed;
    if !question.equal && text.len() <= LONGEST && search.is_open(question) {
        search.with_mistakes(&draft, question);
    }
    let is_printed_right = printed.is_none() && draft.request.is_some();
    Searched {
        findings: search.report(question, is_printed_right, is_foreign),
        is_ours_unknown: is_known && search.origins[0].is_none(),
    }
}

/// What a base string should be if it is wrong by itself. Without a request, nothing else tells.
fn corrected(structure: &Structure) -> Structure {
    let right = |half: &Vec<u8>| encoded(decode(half));
    let parameters = structure.parameters.iter().map(|halves| Halves {
        name: right(&halves.name),
        value: right(&halves.value),
    });
    let mut corrected = Structure {
        method: structure.method.to_ascii_uppercase(),
        uri: structure.uri.clone(),
        parameters: parameters.collect(),
    };
    corrected.sort();
    corrected
}

/// How many signatures are computed at most.
const MOST: usize = 1_000;

/// How many bytes are hashed at most, so that a large form does not keep anybody waiting.
const MOST_BYTES: usize = 16 << 20;

/// Up to which length of a base string mistakes of the string are tried at all.
const LONGEST: usize = 128 << 10;

/// How many of the usual texts are tried with every key before the others are.
const FIRST: usize = 60;

struct Search {
    keys: Vec<Signing>,
    hash: Hash,
    /// Our signature, and the expected one.
    wanted: [Option<Bytes>; 2],
    origins: [Option<Origin>; 2],
    /// How many signatures may still be computed.
    left: usize,
    /// How many bytes may still be hashed.
    bytes: usize,
}

impl Search {
    /// Whether a signature that should be explained is not.
    fn is_open(&self, question: &Question<'_>) -> bool {
        // A printed string that is not that of the signature says nothing about what it is of.
        let is_known = question.request.is_some() || question.printed.is_none();
        let is_open = |side: usize| self.wanted[side].is_some() && self.origins[side].is_none();
        (is_known && is_open(0)) || is_open(1)
    }

    fn with_all_keys(&mut self, text: &str, origin: &Text) {
        for number in 0..self.keys.len() {
            self.try_one(text, number, || origin.clone());
        }
    }

    /// Signs a text with one of the keys, and notes whose signature that is.
    fn try_one(&mut self, text: &str, number: usize, origin: impl Fn() -> Text) {
        let Some(key) = self.keys.get(number) else {
            return;
        };
        let is_wanted = |side: &usize| {
            let wanted = self.wanted[*side].as_ref();
            self.origins[*side].is_none() && wanted.is_some_and(|wanted| wanted.can_be_of(key.hash))
        };
        let is_exhausted = self.left == 0 || self.bytes < text.len();
        if is_exhausted || ![0, 1].iter().any(is_wanted) {
            return;
        }
        self.left -= 1;
        self.bytes -= text.len();
        let signature = Some(key.sign(text.as_bytes()));
        for side in 0..2 {
            if self.origins[side].is_none() && self.wanted[side] == signature {
                self.origins[side] = Some(Origin {
                    text: origin(),
                    key: key.causes.clone(),
                });
            }
        }
    }

    /// Tries the mistakes of the string, and each of them together with those of the key.
    fn with_mistakes(&mut self, draft: &Draft<'_>, question: &Question<'_>) {
        for (hash, text) in sets::of_other_hashes(draft, self.hash) {
            let is_other = |key: &Signing| key.hash == hash;
            if let Some(number) = self.keys.iter().position(is_other) {
                self.try_one(&text, number, || Text::Right);
            }
        }
        let mut candidates = Candidates::new(&draft.right.text());
        places::add(draft, &mut candidates);
        sets::add(draft, question, self.hash, &mut candidates);
        shapes::add(draft, &mut candidates);
        codings::add(draft, &mut candidates);
        let texts = candidates.ranked();
        let common = (1..self.keys.len()).filter(|number| self.keys[*number].is_common);
        let common: Vec<usize> = common.collect();
        let usual = texts.iter().filter(|(_, candidate)| candidate.is_usual);
        let usual = usual.count();
        let mut try_all = |places: Range<usize>, number: usize| {
            for (at, (text, candidate)) in texts.iter().enumerate() {
                if places.contains(&at) {
                    let origin = || Text::Wrong(at, candidate.explanations.clone());
                    self.try_one(text, number, origin);
                }
            }
        };
        // The usual texts come first.
        try_all(0..texts.len(), 0);
        let first = usual.min(FIRST);
        for places in [0..first, first..usual, usual..texts.len()] {
            for number in &common {
                try_all(places.clone(), *number);
            }
        }
    }

    fn report(
        &self,
        question: &Question<'_>,
        is_printed_right: bool,
        is_foreign: bool,
    ) -> Vec<Finding> {
        let [ours, theirs] = &self.origins;
        let mut next = 0;
        let mut findings = explanation::of_texts(ours.as_ref(), theirs.as_ref(), &mut next);
        let key = |origin: &Option<Origin>| origin.as_ref().map(|origin| origin.key.clone());
        let (our_key, their_key) = (key(ours), key(theirs));
        let (our_key, their_key) = (our_key.as_deref(), their_key.as_deref());
        findings.extend(explanation::of_keys(our_key, their_key, &mut next));
        if is_foreign {
            findings.push(Finding::proven(Cause::BaseStringNotOfSignature));
        }
        let is_ours_right = our_key.is_none_or(<[_]>::is_empty) && !is_foreign;
        let is_string_known = question.equal || (is_printed_right && question.printed.is_some());
        let is_unexplained = self.wanted[1].is_some() && theirs.is_none();
        if is_string_known && is_unexplained && is_ours_right {
            findings.push(Finding::likely(Cause::KeyWrong));
        }
        findings
    }
}
