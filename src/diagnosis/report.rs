//! The report of a diagnosis, made to be pasted into a forum.

mod ascii;
mod equal;
mod mask;
mod next;
mod redact;
mod snippet;
mod stretch;
mod words;

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use self::{
    ascii::{block, cut, paragraph, paragraph_from},
    snippet::{Labels, Snippet},
};
pub(super) use self::{next::next, redact::redact};
use super::{Cause, Certainty, Diagnosis, Evidence, Finding, Message, text};

/// Writes a report of plain ASCII in lines of at most 80 columns, made to be posted: names are shown,
/// but values that are the same on both sides, tokens and keys are not. Of two values that differ,
/// only the stretch is shown in which they do, and a few characters around it.
///
/// `{:#}` shows everything but secrets: both base strings are in it. Passwords, shared secrets and
/// signatures are never shown.
impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups = self.groups();
        for (at, group) in groups.by_ref().take(SHOWN).enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            self.write_group(f, &group)?;
        }
        let rest: usize = groups.map(|group| group.len()).sum();
        if rest > 0 {
            writeln!(f, "\n... and {rest} more findings")?;
        }
        let verdict = [self.verdict(), self.equal_parts()].concat();
        if !self.findings.is_empty() && !verdict.is_empty() {
            f.write_str("\n")?;
        }
        for (first, text) in verdict {
            paragraph(f, first, &text)?;
        }
        if f.alternate() {
            write_base_string(f, "our base string", self.ours.as_deref())?;
            write_base_string(f, "their base string", self.theirs.as_deref())?;
        }
        Ok(())
    }
}

/// How many findings, or groups of them, a report shows.
const SHOWN: usize = 16;

/// How many findings `Debug` shows.
const DEBUGGED: usize = 100;

impl Diagnosis {
    /// The findings, with those together that explain the same difference.
    fn groups(&self) -> impl Iterator<Item = Vec<&Finding>> {
        let is_first = |at: usize, number: Option<u32>| {
            number.is_none()
                || self.findings[..at]
                    .iter()
                    .all(|other| other.alternative != number)
        };
        let findings = self.findings.iter().enumerate();
        let firsts = findings.filter(move |(at, finding)| is_first(*at, finding.alternative));
        firsts.map(|(at, finding)| match finding.alternative {
            None => Vec::from([finding]),
            number => {
                let same = self.findings[at..].iter();
                same.filter(|other| other.alternative == number).collect()
            }
        })
    }

    /// Says that nothing explains a refusal, or that nothing is wrong, and what would tell more: the
    /// paragraphs, and what they begin with.
    fn verdict(&self) -> Vec<(&'static str, String)> {
        let mut verdict = Vec::new();
        if self.unexplained {
            verdict.push((
                "unexplained: ",
                "no known mistake explains this refusal".into(),
            ));
            if let Some(problem) = &self.complaint {
                verdict.push((
                    "note: ",
                    format!(
                        "the server says `{}`, which is not about the signature",
                        problem.as_str()
                    ),
                ));
            }
        } else if self.findings.is_empty() {
            verdict.push((
                "ok: ",
                "nothing is wrong, as far as the evidence tells".into(),
            ));
        }
        let is_proven = |finding: &Finding| finding.certainty == Certainty::Proven;
        let is_open = self.unexplained || !self.findings.is_empty();
        if is_open && !self.findings.iter().any(is_proven) {
            let first = if self.unexplained {
                "  = help: "
            } else {
                "note: "
            };
            verdict.push((first, "this would tell more:".into()));
            let next = self.next.iter();
            verdict.extend(next.map(|next| ("    - ", String::from(*next))));
        }
        verdict
    }

    /// Says what is the same on both sides.
    fn equal_parts(&self) -> Vec<(&'static str, String)> {
        const BOTH: &str = "both base strings are the same";
        let is_right = self.findings.is_empty() && !self.unexplained;
        let parts = self.ours.as_deref().zip(self.theirs.as_deref());
        let note = match parts {
            _ if self.equal && is_right => Some(BOTH.into()),
            _ if self.equal => Some(format!(
                "{BOTH}: so it is the key, or the signature on its way"
            )),
            None => None,
            Some((ours, theirs)) => equal::equal_parts(ours, theirs)
                .map(|parts| format!("the same on both sides: {parts}")),
        };
        note.map(|note| ("note: ", note)).into_iter().collect()
    }

    /// Writes one finding, or several of which one is true.
    fn write_group(&self, f: &mut fmt::Formatter<'_>, group: &[&Finding]) -> fmt::Result {
        if group.len() > 1 {
            let title = "One of these explains the difference. The evidence does not tell which:";
            paragraph(f, "", title)?;
        }
        let mut before = None;
        for finding in group {
            let texts = (finding.ours(), finding.theirs());
            let snippet = self.snippet(finding, f.alternate());
            write_finding(f, finding, snippet.filter(|_| before != Some(texts)))?;
            before = Some(texts);
        }
        Ok(())
    }

    /// Both texts of a finding, or the base string that it is about.
    fn snippet(&self, finding: &Finding, everything: bool) -> Option<(Snippet, Labels)> {
        let mut labels = match self.theirs {
            Some(_) => Labels::BOTH,
            None => Labels::ALONE,
        };
        let (ours, theirs) = (self.ours.as_deref(), self.theirs.as_deref());
        let snippet = Snippet::of(finding, &mut labels, everything)
            .or_else(|| Snippet::of_strings(finding, &mut labels, ours, theirs))?;
        Some((snippet, labels))
    }
}

/// Writes a finding, with what is left of the texts that it is about.
fn write_finding(
    f: &mut fmt::Formatter<'_>,
    finding: &Finding,
    snippet: Option<(Snippet, Labels)>,
) -> fmt::Result {
    let label = match finding.certainty {
        Certainty::Proven => "error",
        Certainty::Likely => "likely",
        Certainty::Possible => "possible",
    };
    write!(f, "{label}[{}]: ", finding.cause)?;
    let column = label.len() + finding.cause.code().len() + 4;
    paragraph_from(f, column, 4, &words::title(finding))?;
    if let Some((snippet, labels)) = snippet {
        snippet.write(f, labels)?;
    }
    paragraph(f, "  = help: ", &words::help(finding))
}

/// Writes a base string in full, but for secrets.
fn write_base_string(f: &mut fmt::Formatter<'_>, title: &str, text: Option<&str>) -> fmt::Result {
    let Some(text) = text else {
        return Ok(());
    };
    writeln!(f, "\n{title}:")?;
    block(f, &cut(&redact::without_secrets(text), LONGEST_BASE_STRING))
}

/// What a server or a program prints is shorter.
const LONGEST_BASE_STRING: usize = 65_536;

/// Writes the finding as a report does.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut labels = Labels::BOTH;
        let snippet = Snippet::of(self, &mut labels, f.alternate());
        write_finding(f, self, snippet.map(|snippet| (snippet, labels)))
    }
}

impl Finding {
    /// What is wrong, in one line of plain English that names the parameters.
    ///
    /// ```
    /// # use oauth1_signer::diagnosis::Diagnosis;
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// assert_eq!(
    ///     diagnosis.findings()[0].title(),
    ///     "a space is written as `+` instead of `%20` (`q`)"
    /// );
    /// ```
    #[must_use]
    pub fn title(&self) -> String {
        words::title(self)
    }

    /// What to change, in the words of any programming language.
    ///
    /// ```
    /// # use oauth1_signer::diagnosis::Diagnosis;
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// assert!(diagnosis.findings()[0].help().starts_with("encode a space as %20"));
    /// ```
    #[must_use]
    pub fn help(&self) -> String {
        words::help(self)
    }
}

/// The beginning of a text that is not confidential, as `Debug` shows it.
pub(super) fn beginning(text: &str) -> String {
    cut(text, 80)
}

/// The names of parameters, as `Debug` shows them.
pub(super) fn names(parameters: &[String]) -> Vec<String> {
    let names = parameters.iter().take(SHOWN);
    names.map(|name| mask::name(name)).collect()
}

/// Shows the findings, but no text.
impl fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnosis")
            .field(
                "findings",
                &&self.findings[..self.findings.len().min(DEBUGGED)],
            )
            .field("equal", &self.equal)
            .field("unexplained", &self.unexplained)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
