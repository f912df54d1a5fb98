//! The one leak checker: looks for secrets in what values show of themselves.

use oauth1_signer::encode;

use crate::shown::Shown;

/// What must not be shown, encoded not at all, once, and twice.
#[derive(Debug)]
pub struct Secrets(Vec<String>);

impl Secrets {
    /// Takes secrets as they are.
    pub fn new(values: &[&str]) -> Self {
        let mut all = Vec::new();
        for value in values {
            let once = encode(value);
            let twice = encode(&once);
            all.extend([(*value).to_owned(), once, twice]);
        }
        Self(all)
    }

    /// These, and others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Whether a text is one of them, in one of its encodings.
    pub fn contain(&self, text: &str) -> bool {
        self.0.iter().any(|value| value == text)
    }

    /// A secret that is in a text.
    pub fn found_in(&self, text: &str) -> Option<&str> {
        let found = self.0.iter().find(|value| text.contains(*value));
        found.map(String::as_str)
    }

    /// A secret that is in anything that a value shows.
    pub fn shown_by(&self, shown: &Shown) -> Option<&str> {
        shown.texts().find_map(|text| self.found_in(text))
    }

    /// Looks through all that a value shows, and returns its `{:?}`.
    #[track_caller]
    pub fn stay_out_of(&self, shown: Shown) -> String {
        assert_eq!(self.shown_by(&shown), None, "{shown:?}");
        shown.debug
    }
}
