//! Both texts at the place where they differ.

use alloc::{
    format,
    string::{String, ToString},
};
use core::fmt;

use super::{
    Cause, Finding,
    ascii::{ELLIPSIS, ascii, cut},
    mask,
    stretch::{Stretch, units},
};

/// Both texts at the place where they differ, as a report shows them.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Snippet {
    ours: Option<String>,
    theirs: Option<String>,
    /// The first and the last column of the stretch that differs.
    mark: (usize, usize),
}

/// What the texts of a finding are.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Texts {
    /// Parts of the request that a report does not show.
    Hidden,
    Name,
    /// A method, a scheme, a host name, a port or a path.
    Place,
    /// A stretch of a base string.
    Shape,
    Time,
    Uri,
    Value,
}

impl Snippet {
    /// `None` if there is nothing to show.
    pub(super) fn of(finding: &Finding, everything: bool) -> Option<Self> {
        let texts = Texts::of(finding);
        let (ours, theirs) = (finding.ours(), finding.theirs());
        if texts == Texts::Hidden || (texts == Texts::Time && !everything) {
            return None;
        }
        let mask: &dyn Fn(&str) -> String = match texts {
            Texts::Shape => &|text| mask::shape(text, finding.parameters()),
            Texts::Uri => &mask::uri,
            Texts::Name => &mask::half_of_name,
            _ => &|text| text.into(),
        };
        let is_shown = |text: &&str| texts != Texts::Place || !text.is_empty();
        let (ours, theirs) = (ours.filter(is_shown), theirs.filter(is_shown));
        let (ours, theirs) = (ours.map(mask), theirs.map(mask));
        let (ours, theirs) = (ours.as_deref(), theirs.as_deref());
        if ours == theirs {
            return None;
        }
        let snippet = match texts {
            Texts::Value => Self::of_values(finding.parameters(), ours, theirs, everything),
            _ => Self::of_texts("", ours, theirs),
        };
        Some(snippet.with_missing(is_missing(finding)))
    }

    fn of_values(
        names: &[String],
        ours: Option<&str>,
        theirs: Option<&str>,
        everything: bool,
    ) -> Self {
        let before = match names {
            [name] => cut(&mask::name(name), LONGEST_NAME) + "=",
            _ => String::new(),
        };
        let is_secret = names.iter().any(|name| mask::is_secret(name));
        // Without a name, it may be anything.
        let is_confidential =
            names.is_empty() || names.iter().any(|name| mask::is_confidential(name));
        match (ours, theirs) {
            _ if everything && !is_secret => Self::of_texts(&before, ours, theirs),
            (Some(ours), Some(theirs)) if !is_confidential => {
                Self::between(&before, ours, theirs, FEW, &everything_in)
            }
            (Some(ours), Some(theirs)) if !is_secret && differ_in_a_few(ours, theirs) => {
                Self::between(&before, ours, theirs, 0, &only_escapes)
            }
            _ => {
                let shown = |text: &str| match text {
                    "" => String::new(),
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
        let side = |units: &[&str], end: usize| {
            let differs = cut(&differing(&units[stretch.from..end]), LONGEST_STRETCH);
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
            self.ours.get_or_insert_with(|| NOTHING.into());
            self.theirs.get_or_insert_with(|| NOTHING.into());
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

const NOTHING: &str = "(nothing)";

/// Whether a text that a finding lacks is missing on that side.
fn is_missing(finding: &Finding) -> bool {
    matches!(
        finding.mistake().unwrap_or(finding.cause()),
        Cause::Port
            | Cause::PortDefaultKept
            | Cause::QueryInUri
            | Cause::ParameterMissing
            | Cause::ParameterAdded
            | Cause::EmptyToken
            | Cause::RealmSigned
            | Cause::SignatureSigned
            | Cause::CallbackInvented
            | Cause::FileSigned
            | Cause::DuplicatesLost
            | Cause::Version
    )
}

/// How many units stand around a stretch of a value.
const FEW: usize = 3;

/// The same where nothing is confidential.
const CONTEXT: usize = 20;

/// The longest stretch of a confidential value that is shown, in units.
const SHORT: usize = 4;

/// In columns.
const LONGEST_STRETCH: usize = 24;
const LONGEST_NAME: usize = 20;
const LONGEST: usize = 44;

impl Snippet {
    /// Writes both lines and the mark.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, theirs: &str) -> fmt::Result {
        let (from, to) = self.mark;
        let columns = super::ascii::COLUMNS - INDENT;
        let shown = |line: &str| line[..line.len().min(columns)].to_string();
        for (label, line) in [("ours", &self.ours), (theirs, &self.theirs)] {
            if let Some(line) = line {
                writeln!(f, "{label:>width$}: {}", shown(line), width = INDENT - 2)?;
            }
        }
        let (from, to) = (from.min(columns - 1), to.min(columns));
        writeln!(f, "{:1$}{2:^<3$}", "", INDENT + from, "", to - from)
    }
}

const INDENT: usize = 10;

impl Texts {
    fn of(finding: &Finding) -> Self {
        match finding.cause() {
            Cause::ServerAtFault => match finding.mistake() {
                Some(mistake) => Self::of_cause(mistake),
                None if finding.parameters().is_empty() => Self::Shape,
                None => Self::Value,
            },
            cause => Self::of_cause(cause),
        }
    }

    fn of_cause(cause: Cause) -> Self {
        match cause {
            Cause::Method
            | Cause::Scheme
            | Cause::Host
            | Cause::HostWww
            | Cause::HostCase
            | Cause::Port
            | Cause::PortDefaultKept
            | Cause::Path
            | Cause::PathTrailingSlash
            | Cause::PathEncodingLevel => Self::Place,
            Cause::QueryInUri | Cause::UriInvalid | Cause::UriEncoding => Self::Uri,
            Cause::ParameterTypo | Cause::NameNotEncoded | Cause::NameEncodedTooOften => Self::Name,
            Cause::OrderUnsorted
            | Cause::OrderDecoded
            | Cause::OrderJoined
            | Cause::JoinedWrongly
            | Cause::PartsMissing
            | Cause::NotEncodedTwice
            | Cause::SentDiffers
            | Cause::AnswerHides => Self::Shape,
            Cause::TimeSkew => Self::Time,
            Cause::ParameterMissing
            | Cause::ParameterAdded
            | Cause::EmptyToken
            | Cause::RealmSigned
            | Cause::SignatureSigned
            | Cause::CallbackInvented
            | Cause::FileSigned
            | Cause::ValueDiffers
            | Cause::DuplicatesLost
            | Cause::Version
            | Cause::MethodName
            | Cause::HashOther
            | Cause::ValueEncodedTooOften
            | Cause::ValueEncodedTooLittle
            | Cause::ValueDecodedTwice
            | Cause::PlusForSpace
            | Cause::SpaceAsPlusLiteral
            | Cause::EscapesLowerCase
            | Cause::Latin1
            | Cause::OctetsLost
            | Cause::Utf8BomOrNormalForm
            | Cause::TildeEncoded
            | Cause::UnreservedEncoded
            | Cause::ReservedLeft
            | Cause::TimeMilliseconds
            | Cause::TimeNotInteger
            | Cause::BodyHash => Self::Value,
            _ => Self::Hidden,
        }
    }
}
