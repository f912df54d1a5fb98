//! Parameters that are on both sides, written differently (RFC 5849, section 3.4.1.3.2).

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    Cause, Finding,
    half::explain,
    structure::Halves,
    text::{decode, is_well_formed, lossy, replace, to_the_end},
};

/// One half that differs, and the causes that explain it.
#[derive(Clone)]
pub(super) struct Difference {
    parameter: String,
    ours: Vec<u8>,
    theirs: Vec<u8>,
    of_server: bool,
    causes: Vec<Cause>,
}

/// What the sides differ in after what is equal was taken away.
#[derive(Default)]
pub(super) struct Rest {
    pub(super) ours: Vec<Halves>,
    pub(super) theirs: Vec<Halves>,
    /// Whether there was more.
    pub(super) is_cut: bool,
}

impl Rest {
    /// Takes away what is on both sides, as often as it is on both.
    pub(super) fn of(ours: &[Halves], theirs: &[Halves]) -> Self {
        let (mut ours, mut theirs) = (ours.to_owned(), theirs.to_owned());
        ours.sort();
        theirs.sort();
        let mut rest = Self::default();
        let (mut ours, mut theirs) = (ours.into_iter().peekable(), theirs.into_iter().peekable());
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (None, None) => return rest,
                (Some(our), Some(their)) => our.cmp(their),
                (Some(_), None) => core::cmp::Ordering::Less,
                (None, Some(_)) => core::cmp::Ordering::Greater,
            };
            if order.is_eq() {
                ours.next();
                theirs.next();
            } else if order.is_lt() {
                rest.ours.extend(ours.next());
            } else {
                rest.theirs.extend(theirs.next());
            }
        }
    }

    /// Keeps as much as can be looked at in a reasonable time.
    pub(super) fn cut(&mut self) {
        const MOST: usize = 1_000;
        self.is_cut = self.ours.len().max(self.theirs.len()) > MOST;
        self.ours.truncate(MOST);
        self.theirs.truncate(MOST);
    }

    /// Takes the pair of the same name away, if there is just one on each side.
    pub(super) fn take_named(&mut self, name: &str) -> Option<(Halves, Halves)> {
        let place = |list: &[Halves]| {
            let mut places = (0..list.len()).filter(|at| list[*at].has_name(name));
            places.next().filter(|_| places.next().is_none())
        };
        let (our, their) = (place(&self.ours)?, place(&self.theirs)?);
        Some((self.ours.remove(our), self.theirs.remove(their)))
    }
}

/// The pairs that were matched, ours first, and how they differ.
#[derive(Default)]
pub(super) struct Matched {
    pub(super) pairs: Vec<(Halves, Halves)>,
    pub(super) differences: Vec<Difference>,
}

/// Matches what is left on both sides where a known mistake explains how it differs, and takes it
/// away.
pub(super) fn take_matches(rest: &mut Rest, ours_is_right: bool) -> Matched {
    let mut matched = Matched::default();
    let mut tries = 0;
    let with_letters = |list: &mut Vec<Halves>| -> Vec<(Halves, Letters)> {
        let halves = list.drain(..);
        halves
            .map(|halves| (halves.clone(), Letters::of(&halves)))
            .collect()
    };
    let mut ours = with_letters(&mut rest.ours);
    let mut theirs = with_letters(&mut rest.theirs);
    // The same name first: a value is more likely to be spoiled than both.
    for same_name in [true, false] {
        ours.retain(|(our, letters)| {
            let candidates = theirs.iter().enumerate();
            let candidates =
                candidates.filter(|(_, (their, _))| !same_name || their.name == our.name);
            let candidates = candidates.filter(|(_, (_, others))| letters.may_be(others));
            let mut candidates = candidates.take(TRIES - tries).inspect(|_| tries += 1);
            let found = candidates.find_map(|(place, (their, _))| {
                Some((place, differences(our, their, ours_is_right)?))
            });
            let Some((place, differences)) = found else {
                return true;
            };
            matched.differences.extend(differences);
            matched.pairs.push((our.clone(), theirs.remove(place).0));
            false
        });
    }
    rest.ours = ours.into_iter().map(|(halves, _)| halves).collect();
    rest.theirs = theirs.into_iter().map(|(halves, _)| halves).collect();
    matched
}

/// How many pairs are compared, so that nobody can keep us busy.
const TRIES: usize = 2_000;

/// The letters and digits of a name and a value at any level of encoding, if they are ASCII.
///
/// Most pairs are told apart by them, which costs much less than making all mistakes.
struct Letters([Option<Vec<u8>>; 2]);

impl Letters {
    fn of(halves: &Halves) -> Self {
        Self([&halves.name, &halves.value].map(|half| {
            let text = to_the_end(half);
            let letters = text.iter().copied().filter(u8::is_ascii_alphanumeric);
            text.is_ascii().then(|| letters.collect())
        }))
    }

    /// Whether mistakes could have made one of the other.
    fn may_be(&self, other: &Self) -> bool {
        let mut both = self.0.iter().zip(&other.0);
        both.all(|(ours, theirs)| ours.is_none() || theirs.is_none() || ours == theirs)
    }
}

/// How two parameters differ, or `None` if that is not explained.
fn differences(ours: &Halves, theirs: &Halves, ours_is_right: bool) -> Option<Vec<Difference>> {
    let parameter = || lossy(&decode(&theirs.name));
    let mut differences = Vec::new();
    if ours.name != theirs.name {
        let mut name = Difference::of(&ours.name, &theirs.name, ours_is_right)?;
        for cause in &mut name.causes {
            *cause = of_name(*cause);
        }
        // Values are decoded once more by mistake; names are rather left as they are.
        if name.causes.contains(&Cause::NameNotEncoded) {
            name.causes
                .retain(|cause| *cause != Cause::ValueDecodedTwice);
        }
        differences.push(name);
    }
    if ours.value != theirs.value {
        differences.push(Difference::of(&ours.value, &theirs.value, ours_is_right)?);
    }
    for difference in &mut differences {
        let right = if difference.of_server {
            &ours.name
        } else {
            &theirs.name
        };
        difference.parameter = lossy(&decode(right));
        if difference.parameter.is_empty() {
            difference.parameter = parameter();
        }
    }
    Some(differences)
}

/// What else is wrong with halves that a form's encoder wrote: one correction would not be enough.
pub(super) fn others(matched: &Matched) -> Vec<Finding> {
    let is_of_form = |difference: &&Difference| {
        !difference.of_server && difference.causes == [Cause::PlusForSpace]
    };
    let mut findings: Vec<Finding> = Vec::new();
    for difference in matched.differences.iter().filter(is_of_form) {
        let rest = replace(&difference.ours, b"+", b"%20");
        for cause in explain(&rest, &decode(&difference.theirs)) {
            if !findings.iter().any(|finding| finding.cause() == cause) {
                let finding = Finding::possible(cause).with_parameter(&*difference.parameter);
                findings
                    .push(finding.with_texts(lossy(&difference.ours), lossy(&difference.theirs)));
            }
        }
    }
    findings
}

impl Difference {
    /// Explains one half by the other.
    fn of(ours: &[u8], theirs: &[u8], ours_is_right: bool) -> Option<Self> {
        let by_ours = || (false, explain(ours, &decode(theirs)));
        let by_theirs = || (true, explain(theirs, &decode(ours)));
        let (our_form, their_form) = (is_well_formed(ours), is_well_formed(theirs));
        let found = |(of_server, causes): (bool, Vec<Cause>)| {
            (!causes.is_empty()).then_some((of_server, causes))
        };
        let (of_server, causes) = match (our_form, their_form) {
            (true, false) => found(by_theirs()).or_else(|| found(by_ours())),
            (true, true) if ours_is_right => found(by_theirs()).or_else(|| found(by_ours())),
            (_, true) => found(by_ours()),
            (false, false) => found(by_ours()).or_else(|| found(by_theirs())),
        }?;
        Some(Self {
            parameter: String::new(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
            of_server,
            causes,
        })
    }

    /// One half of ours that is wrong by itself.
    pub(super) fn alone(parameter: String, ours: &[u8], causes: Vec<Cause>) -> Self {
        Self {
            parameter,
            ours: ours.to_owned(),
            theirs: Vec::new(),
            of_server: false,
            causes,
        }
    }
}

/// The cause for a name, where it has one of its own.
pub(super) fn of_name(cause: Cause) -> Cause {
    match cause {
        Cause::ValueEncodedTooLittle => Cause::NameNotEncoded,
        Cause::ValueEncodedTooOften => Cause::NameEncodedTooOften,
        other => other,
    }
}

/// Leaves a special cause alone where it would do, unless another one is needed elsewhere, and explains
/// the same.
pub(super) fn prefer(special: Cause, differences: &mut [Difference]) {
    let others: Vec<Cause> = differences
        .iter()
        .filter(|difference| !difference.causes.contains(&special))
        .flat_map(|difference| difference.causes.iter().copied())
        .collect();
    for difference in differences {
        let is_needed = difference.causes.iter().any(|cause| others.contains(cause));
        if difference.causes.contains(&special) && !is_needed {
            difference.causes = Vec::from([special]);
        }
    }
}

/// Explains all differences with as few causes as possible. Where several causes explain the same
/// differences, all of them are possible.
pub(super) fn findings(differences: &[Difference], next: &mut u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    for of_server in [false, true] {
        let mut open: Vec<&Difference> = differences
            .iter()
            .filter(|difference| difference.of_server == of_server)
            .collect();
        while !open.is_empty() {
            let causes = best(&open);
            let Some(first) = causes.first() else { break };
            let (explained, rest): (Vec<_>, Vec<_>) = open
                .into_iter()
                .partition(|difference| difference.causes.contains(first));
            open = rest;
            findings.extend(explanations(&causes, &explained, of_server, next));
        }
    }
    findings
}

/// The causes that explain the most differences, and the same ones.
fn best(open: &[&Difference]) -> Vec<Cause> {
    let explained = |cause: Cause| -> Vec<bool> {
        open.iter()
            .map(|difference| difference.causes.contains(&cause))
            .collect()
    };
    let count = |explained: &[bool]| explained.iter().filter(|yes| **yes).count();
    let (mut best, mut seen) = (Vec::<Cause>::new(), Vec::new());
    let mut most = Vec::new();
    for cause in open
        .iter()
        .flat_map(|difference| difference.causes.iter().copied())
    {
        if seen.contains(&cause) {
            continue;
        }
        seen.push(cause);
        let explained = explained(cause);
        if explained == most {
            best.push(cause);
        } else if count(&explained) > count(&most) {
            (best, most) = (Vec::from([cause]), explained);
        }
    }
    best
}

fn explanations(
    causes: &[Cause],
    explained: &[&Difference],
    of_server: bool,
    next: &mut u32,
) -> Vec<Finding> {
    let names = || explained.iter().map(|difference| &*difference.parameter);
    let finding = |cause| {
        let finding = Finding::proven(cause).with_parameters(names());
        let Some(first) = explained.first() else {
            return finding;
        };
        let finding = finding.with_ours(lossy(&first.ours));
        if first.theirs.is_empty() {
            finding
        } else {
            finding.with_theirs(lossy(&first.theirs))
        }
    };
    match causes {
        [cause] if of_server => [finding(*cause).of_server()].into(),
        [cause] => [finding(*cause)].into(),
        // Whichever it is, the server does it.
        _ if of_server => [finding(Cause::ServerAtFault)].into(),
        _ => {
            *next += 1;
            causes
                .iter()
                .map(|cause| finding(*cause).alternative_of(*next))
                .collect()
        }
    }
}
