//! All findings joined: what the evidence proves together.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Cause, Certainty, Diagnosis, Evidence, Finding, Message, body_hash,
    compare::{self, Known, reading_of},
    report,
    search::{self, Question, Searched},
    sets,
    shape::{self, Reading},
    structure::{Halves, Structure},
    text::lossy,
    time, transit,
};
use crate::{credentials::Secret, response::Problem};

impl Diagnosis {
    pub(super) fn of_evidence(evidence: &Evidence) -> Self {
        let strings = Strings::of(evidence);
        let mut next = 0;
        let mut findings = time::findings(evidence);
        findings.extend(strings.findings.iter().cloned());
        let compared = strings.compare(evidence, &mut next);
        let is_same = strings.are_same() && compared.is_empty();
        findings.extend(compared);
        findings.extend(evidence.sent.as_ref().and_then(sets::typo_in_message));
        findings.extend(transit::findings(evidence));
        findings.extend(body_hash::findings(evidence));
        let searched = strings.search(evidence);
        // The string of a `Signed` belongs to its signature.
        let of_search = searched
            .findings
            .into_iter()
            .map(|finding| match finding.cause() {
                Cause::BaseStringNotOfSignature if evidence.is_signed => {
                    Finding::likely(Cause::KeyWrong)
                }
                _ => finding,
            });
        findings.extend(of_search.map(|finding| finding.numbered_after(next)));
        sort(&mut findings);
        let is_proven = |cause| {
            let is = |finding: &Finding| finding.cause() == cause;
            findings
                .iter()
                .any(|finding| is(finding) && finding.certainty() == Certainty::Proven)
        };
        if strings.theirs.is_none() && is_proven(Cause::SentDiffers) {
            // The client did it, whatever else could have been done by who signed.
            findings.retain(|finding| finding.certainty() == Certainty::Proven);
        }
        if !is_settled(&findings) && is_same && !evidence.signatures_agree() {
            findings.push(Finding::likely(Cause::KeyWrong));
        }
        let is_refused = evidence.is_refused() || searched.is_ours_unknown;
        let unexplained = is_refused && !is_settled(&findings);
        if unexplained && strings.theirs.is_some() && !strings.is_ours_known() {
            findings.extend(strings.suspects());
        }
        let equal = strings.are_equal();
        let mut diagnosis = Self {
            unexplained,
            findings,
            equal,
            ours: strings.ours.map(|(text, _)| text),
            theirs: strings.theirs.map(|(text, _)| text),
            next: report::next(evidence, equal),
            complaint: complaint(evidence),
        };
        report::redact(&mut diagnosis, evidence);
        diagnosis
    }
}

/// What a server complains about that has nothing to do with the signature.
fn complaint(evidence: &Evidence) -> Option<Problem> {
    let problem = evidence.report()?.problem();
    let is_other = matches!(
        problem,
        Problem::AdditionalAuthorizationRequired
            | Problem::ConsumerKeyRefused
            | Problem::ConsumerKeyRejected
            | Problem::ConsumerKeyUnknown
            | Problem::PermissionDenied
            | Problem::PermissionUnknown
            | Problem::TokenExpired
            | Problem::TokenRejected
            | Problem::TokenRevoked
            | Problem::TokenUsed
            | Problem::UserRefused
    );
    is_other.then(|| problem.clone())
}

/// Whether the findings explain a refusal. Alternatives do, although it is not known which.
fn is_settled(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| {
        let explains = finding.certainty() > Certainty::Possible || finding.alternative().is_some();
        // That is about the text that was given.
        explains && finding.cause() != Cause::AnswerHides
    })
}

/// The strings that can be compared.
struct Strings {
    /// Our base string, as it was given.
    ours: Option<(String, Reading)>,
    /// The server's base string, unwrapped.
    theirs: Option<(String, Reading)>,
    /// What RFC 5849 makes of what was meant, and of what was sent.
    request: Option<Structure>,
    sent: Option<Structure>,
    findings: Vec<Finding>,
}

impl Strings {
    fn of(evidence: &Evidence) -> Self {
        let meant = evidence.request.as_ref();
        let sent = evidence.sent.as_ref().and_then(|sent| match meant {
            Some(meant) if sent.may_have_form_of(meant) => sent.with_form_of(meant).structure(),
            _ => sent.structure(),
        });
        let request = meant.and_then(Message::structure);
        let mut findings = Vec::new();
        let theirs = match evidence.their_base_string.as_deref().map(shape::bare) {
            Some(text) => Some(match shape::unwrapped(text) {
                Some(unwrapped) => {
                    findings.push(Finding::proven(Cause::AnswerHides));
                    unwrapped
                }
                None => text.to_string(),
            }),
            None => evidence.reported_base_string().map(String::from),
        };
        let ours = evidence.our_base_string.as_deref().map(shape::bare);
        let ours = ours.map(|text| shape::unwrapped(text).unwrap_or_else(|| text.to_string()));
        let made = request.as_ref().or(sent.as_ref());
        let mut known: Vec<Halves> = made.map(|made| made.parameters.clone()).unwrap_or_default();
        if let Some(ours) = ours.as_ref().filter(|_| made.is_none()) {
            known = shape::read(ours, &[]).structure.parameters;
        }
        let theirs = theirs.map(|text| {
            let reading = shape::read(&text, &known);
            (text, reading)
        });
        if let Some((_, reading)) = &theirs {
            known.clone_from(&reading.structure.parameters);
        }
        let ours = ours.map(|text| {
            let reading = shape::read(&text, &known);
            (text, reading)
        });
        let signed = request.as_ref();
        let signed = signed.or(ours.as_ref().map(|(_, reading)| &reading.structure));
        let sent = match (sent, signed) {
            (Some(sent), Some(signed)) => Some(with_protocol(sent, signed)),
            (sent, _) => sent,
        };
        Self {
            ours,
            theirs,
            request,
            sent,
            findings,
        }
    }

    /// Compares our string with the yardstick: the server's, else the one of what was sent, else the
    /// one of what was meant.
    fn compare(&self, evidence: &Evidence, next: &mut u32) -> Vec<Finding> {
        let made = self.request.as_ref().or(self.sent.as_ref());
        let of_made = || made.cloned().map(reading_of);
        let made_reading = of_made();
        let ours = self
            .ours
            .as_ref()
            .map(|(_, reading)| reading)
            .or(made_reading.as_ref());
        let Some(ours) = ours else {
            return Vec::new();
        };
        let mut findings = Vec::new();
        if let (Some(request), Some(sent)) = (&self.request, &self.sent)
            && request != sent
            && ours.structure == *request
        {
            findings.push(Finding::proven(Cause::SentDiffers));
        }
        let theirs = self.theirs.as_ref().map(|(_, reading)| reading);
        let yardstick = self
            .sent
            .clone()
            .or_else(|| self.request.clone())
            .map(reading_of);
        let known = Known {
            request: evidence.request.as_ref(),
            sent: evidence.sent.as_ref(),
            // A client may have changed what was meant.
            ours_is_right: theirs.is_some() && self.sent.as_ref().or(made) == Some(&ours.structure),
        };
        match theirs.or(yardstick.as_ref()) {
            Some(yardstick) => findings.extend(compare::compare(ours, yardstick, known, next)),
            None => findings.extend(compare::alone(ours, next)),
        }
        findings
    }

    /// What known mistakes make of the string and of the key, if signatures can be recomputed.
    fn search(&self, evidence: &Evidence) -> Searched {
        let printed = self.ours.as_ref().map(|(_, reading)| &reading.structure);
        let right = self.request.as_ref().or(self.sent.as_ref()).or(printed);
        let (Some(secrets), Some(right)) = (&evidence.secrets, right) else {
            return Searched::default();
        };
        // What was sent is what was computed, unless that is known.
        let messages = [&evidence.sent, &evidence.request].into_iter().flatten();
        let mut sent = messages.filter_map(Message::decoded_signature);
        let sent = evidence.ours().is_none().then(|| sent.next()).flatten();
        search::search(&Question {
            right,
            printed: self.ours.as_ref().map(|(text, _)| &**text),
            request: evidence.request.as_ref().or(evidence.sent.as_ref()),
            equal: self.are_equal(),
            ours: evidence
                .ours()
                .or(sent.as_ref().map(|Secret(text)| &**text)),
            expected: evidence.expected(),
            secrets,
        })
    }

    /// What is worth a look if only the server's string is known, and it is unremarkable.
    fn suspects(&self) -> Vec<Finding> {
        let mut suspects = Vec::new();
        if let Some((_, reading)) = &self.theirs {
            let uri = lossy(&reading.structure.uri);
            if uri.contains("access_token") && reading.structure.value_of("oauth_token").is_some() {
                suspects.push(Finding::possible(Cause::KeyNoTokenSecret));
            }
        }
        suspects.push(Finding::possible(Cause::KeyWrong));
        suspects
    }

    fn is_ours_known(&self) -> bool {
        self.ours.is_some() || self.request.is_some() || self.sent.is_some()
    }

    /// Whether the server's string is ours, or what RFC 5849 makes of our request.
    fn are_same(&self) -> bool {
        match (&self.ours, &self.theirs) {
            (None, Some((theirs, _))) => {
                let made = self.request.as_ref().or(self.sent.as_ref());
                made.is_some_and(|made| made.text() == *theirs)
            }
            _ => self.are_equal(),
        }
    }

    /// Whether both base strings are known and the same.
    fn are_equal(&self) -> bool {
        match (&self.ours, &self.theirs) {
            (Some((ours, _)), Some((theirs, _))) => ours == theirs,
            _ => false,
        }
    }
}

/// Adds the protocol parameters that were signed to a message without any. Its header is not known, or
/// it was dropped: that is one finding, and not one for each parameter.
fn with_protocol(mut sent: Structure, signed: &Structure) -> Structure {
    const ALWAYS: [&str; 4] = [
        "oauth_consumer_key",
        "oauth_nonce",
        "oauth_signature_method",
        "oauth_timestamp",
    ];
    if ALWAYS.iter().all(|name| sent.value_of(name).is_none()) {
        let protocol = signed
            .parameters
            .iter()
            .filter(|halves| halves.is_protocol());
        let absent = |halves: &&Halves| sent.parameters.iter().all(|own| own.name != halves.name);
        let added: Vec<_> = protocol.filter(absent).cloned().collect();
        sent.parameters.extend(added);
        sent.sort();
    }
    sent
}

/// Whether a finding is less certain than another one or, if both are as certain, names no parameter.
fn says_less(finding: &Finding, other: &Finding) -> bool {
    let names = |finding: &Finding| !finding.parameters().is_empty();
    (finding.certainty(), names(finding)) < (other.certainty(), names(other))
}

/// Puts the findings in order of importance, and leaves out what is said twice.
fn sort(findings: &mut Vec<Finding>) {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings.drain(..) {
        let same = |other: &&mut Finding| {
            other.cause() == finding.cause()
                && other.mistake() == finding.mistake()
                && (other.parameters() == finding.parameters()
                    || other.parameters().is_empty()
                    || finding.parameters().is_empty())
        };
        match kept.iter_mut().find(same) {
            Some(other) if says_less(other, &finding) => *other = finding,
            Some(_) => {}
            None => kept.push(finding),
        }
    }
    let time = |finding: &Finding| {
        !matches!(
            finding.cause(),
            Cause::TimeSkew | Cause::TimeMilliseconds | Cause::TimeNotInteger | Cause::NonceUsed
        )
    };
    kept.sort_by_key(|finding| (time(finding), core::cmp::Reverse(finding.certainty())));
    *findings = kept;
}
