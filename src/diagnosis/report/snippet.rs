//! Both texts at the place where they differ.

mod strings;
mod texts;

use alloc::{format, string::String};
use core::fmt;

use self::texts::{Texts, is_encoding, is_missing};
use super::{
    Cause, Finding,
    ascii::{COLUMNS, ELLIPSIS, ascii, cut},
    mask,
    stretch::{Stretch, units},
    text::{decode, encoded, lossy},
};

/// Both texts at the place where they differ, as a report shows them.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Snippet {
    ours: Option<String>,
    theirs: Option<String>,
    /// The first and the last column of the stretch that differs.
    mark: (usize, usize),
}

/// What stands before the lines.
#[derive(Clone, Copy)]
pub(super) struct Labels {
    pub(super) ours: &'static str,
    pub(super) theirs: &'static str,
}

impl Labels {
    pub(super) const BOTH: Self = Self {
        ours: "ours",
        theirs: "theirs",
    };

    /// If there is nothing of the server's to compare with.
    pub(super) const ALONE: Self = Self {
        theirs: RIGHT,
        ..Self::BOTH
    };
}

const RIGHT: &str = "right";

impl Snippet {
    /// `None` if there is nothing to show.
    pub(super) fn of(finding: &Finding, labels: &mut Labels, everything: bool) -> Option<Self> {
        let texts = Texts::of(finding);
        if finding.cause() == Cause::ServerAtFault {
            *labels = Labels::BOTH;
        }
        if texts == Texts::Hidden || (texts == Texts::Time && !everything) {
            return None;
        }
        let (mut ours, mut theirs) = (
            finding.ours().map(String::from),
            finding.theirs().map(String::from),
        );
        if let (true, Some(text), None) | (true, None, Some(text)) =
            (is_encoding(finding), &ours, &theirs)
        {
            let right = lossy(&encoded(decode(text.as_bytes())));
            if ours.is_some() {
                (theirs, labels.theirs) = (Some(right), RIGHT);
            } else {
                (ours, labels.ours) = (Some(right), RIGHT);
            }
        }
        let mask = |text: String| match texts {
            Texts::Shape => mask::shape(&text, finding.parameters()),
            Texts::Uri => mask::uri(&text),
            Texts::Place => mask::place(text),
            Texts::Name => mask::half_of_name(&text),
            _ => text,
        };
        let is_place = matches!(texts, Texts::Place | Texts::Uri);
        let is_shown = |text: &String| !is_place || !text.is_empty();
        let (ours, theirs) = (
            ours.filter(is_shown).map(mask),
            theirs.filter(is_shown).map(mask),
        );
        let (ours, theirs) = (ours.as_deref(), theirs.as_deref());
        if ours == theirs {
            return None;
        }
        let snippet = match texts {
            Texts::Value => Self::of_values(finding, ours, theirs, everything),
            _ => Self::of_texts("", ours, theirs),
        };
        Some(snippet.with_missing(is_missing(finding)))
    }

    /// Shows the values of the first of some parameters.
    fn of_values(
        finding: &Finding,
        ours: Option<&str>,
        theirs: Option<&str>,
        everything: bool,
    ) -> Self {
        let name = finding.parameters().first();
        let before = name.map(|name| cut(&mask::name(name), LONGEST_NAME) + "=");
        let before = before.unwrap_or_default();
        let is_secret = name.is_some_and(|name| mask::is_secret(name));
        // Without a name, it may be anything.
        let is_confidential = name.is_none_or(|name| mask::is_confidential(name));
        // Of two values that have nothing in common, neither helps.
        let is_other = |ours: &str, theirs: &str| {
            finding.cause() == Cause::ValueDiffers && differ_entirely(ours, theirs)
        };
        match (ours, theirs) {
            _ if everything && !is_secret => Self::of_texts(&before, ours, theirs),
            (Some(ours), Some(theirs)) if !is_confidential && !is_other(ours, theirs) => {
                Self::between(&before, ours, theirs, FEW, &everything_in)
            }
            (Some(ours), Some(theirs))
                if is_confidential && !is_secret && differ_in_a_few(ours, theirs) =>
            {
                Self::between(&before, ours, theirs, 0, &only_escapes)
            }
            _ => {
                let is_known = name.is_some_and(|name| IN_THE_OPEN.contains(&&**name));
                let shown = |text: &str| match text {
                    "" => String::new(),
                    text if is_known && text.len() < LONGEST_OF_VALUE => text.into(),
                    text if CONSTANTS.contains(&text) => text.into(),
                    text if name.is_some_and(|name| name == "oauth_timestamp") => {
                        mask::digits(text)
                    }
                    text => mask::bytes(text),
                };
                let (ours, theirs) = (ours.map(shown), theirs.map(shown));
                Self::apart(&before, ours.as_deref(), theirs.as_deref())
            }
        }
    }

    /// Shows texts that are not confidential.
    fn of_texts(before: &str, ours: Option<&str>, theirs: Option<&str>) -> Self {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                Self::between(before, ours, theirs, CONTEXT, &everything_in)
            }
            _ => Self::apart(before, ours, theirs),
        }
    }

    /// Shows two texts as a whole.
    fn apart(before: &str, ours: Option<&str>, theirs: Option<&str>) -> Self {
        let shown = |text: &str| format!("{before}{}", cut(text, LONGEST));
        let (ours, theirs) = (ours.map(shown), theirs.map(shown));
        let longest = ours.iter().chain(&theirs).map(String::len).max();
        let from = if ours.is_some() && theirs.is_some() {
            before.len()
        } else {
            0
        };
        Self {
            ours,
            theirs,
            mark: (from, longest.unwrap_or(0)),
        }
    }

    /// Shows the first stretch in which two texts differ, with so many units around it.
    fn between(
        before: &str,
        ours: &str,
        theirs: &str,
        context: usize,
        differing: &dyn Fn(&[&str]) -> String,
    ) -> Self {
        let (our_units, their_units) = (units(ours), units(theirs));
        let Some(stretch) = Stretch::between(&our_units, &their_units) else {
            return Self::apart(before, Some(ours), Some(theirs));
        };
        let start = stretch.from.saturating_sub(context);
        let left_out = if start > 0 { ELLIPSIS } else { "" };
        let same = our_units[start..stretch.from].concat();
        let before = format!("{before}{left_out}{}", ascii(&same));
        let longest = if context == CONTEXT {
            LONGEST_STRETCH
        } else {
            LONGEST_OF_VALUE
        };
        let side = |units: &[&str], end: usize| {
            let differs = cut(&differing(&units[stretch.from..end]), longest);
            let after = &units[end..units.len().min(end + context)];
            let is_cut = end + after.len() < units.len();
            let left_out = if is_cut { ELLIPSIS } else { "" };
            let line = format!("{before}{differs}{}{left_out}", ascii(&after.concat()));
            (Some(line), before.len() + differs.len())
        };
        let (ours, our_end) = side(&our_units, stretch.ours);
        let (theirs, their_end) = side(&their_units, stretch.theirs);
        Self {
            ours,
            theirs,
            mark: (before.len(), our_end.max(their_end)),
        }
    }

    /// Says that one side has nothing there, instead of leaving its line out.
    fn with_missing(mut self, is_missing: bool) -> Self {
        if is_missing {
            self.ours.get_or_insert_with(|| "(none)".into());
            self.theirs.get_or_insert_with(|| "(none)".into());
        }
        self
    }
}

/// Whether two confidential values differ only in a small part.
fn differ_in_a_few(ours: &str, theirs: &str) -> bool {
    let (our_units, their_units) = (units(ours), units(theirs));
    let is_small = |stretch: Stretch| {
        let (ours, theirs) = (stretch.ours - stretch.from, stretch.theirs - stretch.from);
        let is_small = |part: usize, units: &[&str]| part <= SHORT && 2 * part < units.len();
        is_small(ours, &our_units) && is_small(theirs, &their_units)
    };
    Stretch::between(&our_units, &their_units).is_some_and(is_small)
}

/// Whether two values have neither a beginning nor an end in common, and one of them is more than a
/// few characters.
fn differ_entirely(ours: &str, theirs: &str) -> bool {
    let (our_units, their_units) = (units(ours), units(theirs));
    let is_whole = |stretch: Stretch| {
        stretch.from == 0
            && (stretch.ours == our_units.len() || stretch.theirs == their_units.len())
    };
    // A text in lower case differs from its first capital to its last: that would be nearly all of it.
    let is_other_case = ours != theirs && ours.eq_ignore_ascii_case(theirs);
    our_units.len().max(their_units.len()) > SHORT
        && (is_other_case || Stretch::between(&our_units, &their_units).is_some_and(is_whole))
}

/// A stretch that is not confidential.
fn everything_in(units: &[&str]) -> String {
    units.concat()
}

/// A stretch of a confidential value.
fn only_escapes(units: &[&str]) -> String {
    let shown = units.iter().map(|unit| match unit.as_bytes() {
        [letter] if letter.is_ascii_alphanumeric() => "*",
        _ => unit,
    });
    shown.collect()
}

/// Parameters whose values say nothing about a person or an account.
const IN_THE_OPEN: [&str; 2] = ["oauth_signature_method", "oauth_version"];

/// Values that say nothing, as they stand in the parameters.
const CONSTANTS: [&str; 2] = ["about%3Ablank", "oob"];

/// How many units stand around a stretch of a value.
const FEW: usize = 3;

/// The same where nothing is confidential.
const CONTEXT: usize = 20;

/// The longest stretch of a confidential value that is shown, in units.
const SHORT: usize = 4;

/// In columns.
const LONGEST_STRETCH: usize = 24;
const LONGEST_OF_VALUE: usize = 16;
const LONGEST_NAME: usize = 24;
const LONGEST: usize = 44;

impl Snippet {
    /// Writes both lines and the mark.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, labels: Labels) -> fmt::Result {
        let columns = COLUMNS - INDENT;
        for (label, line) in [(labels.ours, &self.ours), (labels.theirs, &self.theirs)] {
            if let Some(line) = line {
                let line = &line[..line.len().min(columns)];
                writeln!(f, "{label:>width$}: {line}", width = INDENT - 2)?;
            }
        }
        let (from, to) = self.mark;
        let (from, to) = (from.min(columns - 1), to.min(columns));
        writeln!(f, "{:1$}{2:^<3$}", "", INDENT + from, "", to - from)
    }
}

const INDENT: usize = 10;
