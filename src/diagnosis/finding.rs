//! One thing that a diagnosis found.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::{Cause, report};

/// One thing that is wrong with a signed request, and how sure that is.
#[derive(Clone, Eq, PartialEq)]
pub struct Finding {
    pub(super) cause: Cause,
    pub(super) certainty: Certainty,
    pub(super) parameters: Vec<String>,
    pub(super) ours: Option<String>,
    pub(super) theirs: Option<String>,
    pub(super) mistake: Option<Cause>,
    pub(super) alternative: Option<u32>,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Certainty {
    /// It would explain what was seen, and so would other things.
    Possible,
    /// Nothing else that is known explains what was seen as well.
    Likely,
    /// The texts differ in exactly this, or a signature that was computed with this mistake is the
    /// one that was seen.
    Proven,
}

impl Finding {
    pub(super) fn new(cause: Cause, certainty: Certainty) -> Self {
        Self {
            cause,
            certainty,
            parameters: Vec::new(),
            ours: None,
            theirs: None,
            mistake: None,
            alternative: None,
        }
    }

    pub(super) fn proven(cause: Cause) -> Self {
        Self::new(cause, Certainty::Proven)
    }

    pub(super) fn likely(cause: Cause) -> Self {
        Self::new(cause, Certainty::Likely)
    }

    pub(super) fn possible(cause: Cause) -> Self {
        Self::new(cause, Certainty::Possible)
    }

    /// What the server does, seen from the server: `cause` becomes the mistake of a
    /// [`Cause::ServerAtFault`].
    pub(super) fn of_server(mut self) -> Self {
        self.mistake = Some(self.cause);
        self.cause = Cause::ServerAtFault;
        self
    }

    pub(super) fn with_parameter(mut self, name: impl Into<String>) -> Self {
        /// More than anybody reads.
        const MOST: usize = 100;
        let name = name.into();
        if self.parameters.len() < MOST && !self.parameters.contains(&name) {
            self.parameters.push(name);
        }
        self
    }

    pub(super) fn with_parameters(
        self,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        names.into_iter().fold(self, Self::with_parameter)
    }

    pub(super) fn with_ours(mut self, text: impl Into<String>) -> Self {
        self.ours = Some(text.into());
        self
    }

    pub(super) fn with_theirs(mut self, text: impl Into<String>) -> Self {
        self.theirs = Some(text.into());
        self
    }

    pub(super) fn on_side(self, ours: bool, text: impl Into<String>) -> Self {
        if ours {
            self.with_ours(text)
        } else {
            self.with_theirs(text)
        }
    }

    pub(super) fn with_texts(self, ours: impl Into<String>, theirs: impl Into<String>) -> Self {
        self.with_ours(ours).with_theirs(theirs)
    }

    /// The same seen from the other side.
    pub(super) fn with_swapped_texts(mut self) -> Self {
        core::mem::swap(&mut self.ours, &mut self.theirs);
        self
    }

    /// Keeps the numbers of alternatives apart that were counted separately.
    pub(super) fn numbered_after(mut self, last: u32) -> Self {
        self.alternative = self.alternative.map(|number| number + last);
        self
    }

    pub(super) fn only_possible(mut self) -> Self {
        self.certainty = Certainty::Possible;
        self
    }

    pub(super) fn alternative_of(mut self, number: u32) -> Self {
        self.alternative = Some(number);
        self.certainty = Certainty::Possible;
        self
    }

    /// What is wrong.
    ///
    /// ```
    /// # use oauth1_signer::diagnosis::{Cause, Certainty, Diagnosis};
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::PlusForSpace);
    /// ```
    #[must_use]
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// How sure that is.
    ///
    /// ```
    /// # use oauth1_signer::diagnosis::{Cause, Certainty, Diagnosis};
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// assert_eq!(diagnosis.findings()[0].certainty(), Certainty::Proven);
    /// ```
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// The names of the parameters that are concerned, decoded. Empty if no parameter is.
    ///
    /// ```
    /// # use oauth1_signer::diagnosis::{Cause, Certainty, Diagnosis};
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// assert_eq!(diagnosis.findings()[0].parameters(), ["q"]);
    /// ```
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// What stands on our side: a part of the base string, or a name or value as it stands in the
    /// normalized parameters. It may be confidential.
    ///
    /// ```
    /// # use oauth1_signer::diagnosis::{Cause, Certainty, Diagnosis};
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// assert_eq!(diagnosis.findings()[0].ours(), Some("a+b"));
    /// ```
    #[must_use]
    pub fn ours(&self) -> Option<&str> {
        self.ours.as_deref()
    }

    /// What stands on the server's side, in the same form. It may be confidential.
    ///
    /// ```
    /// # use oauth1_signer::diagnosis::{Cause, Certainty, Diagnosis};
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// assert_eq!(diagnosis.findings()[0].theirs(), Some("a%20b"));
    /// ```
    #[must_use]
    pub fn theirs(&self) -> Option<&str> {
        self.theirs.as_deref()
    }

    /// What the server does wrong, as the cause that it would be on our side, if the cause is
    /// [`Cause::ServerAtFault`] and just one mistake explains it.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Diagnosis};
    ///
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::ServerAtFault);
    /// assert_eq!(diagnosis.findings()[0].mistake(), Some(Cause::PlusForSpace));
    /// ```
    #[must_use]
    pub fn mistake(&self) -> Option<Cause> {
        self.mistake
    }

    /// Findings with the same number explain the same difference, and the evidence does not decide
    /// between them.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Diagnosis};
    ///
    /// // The right value is `50%25`, in which a percent sign was encoded before signing.
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3D50%2525");
    /// let diagnosis = Diagnosis::compare(ours, "GET&http%3A%2F%2Fe.com%2F&q%3D50%252525");
    /// let [first, second] = diagnosis.findings() else { panic!() };
    /// assert_eq!(first.alternative(), second.alternative());
    /// ```
    #[must_use]
    pub fn alternative(&self) -> Option<u32> {
        self.alternative
    }
}

/// Shows the cause, the certainty and the names of the parameters, but no text, because texts may be
/// confidential.
impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding")
            .field("cause", &self.cause)
            .field("certainty", &self.certainty)
            .field("parameters", &report::names(&self.parameters))
            .field("mistake", &self.mistake)
            .field("alternative", &self.alternative)
            .finish_non_exhaustive()
    }
}
