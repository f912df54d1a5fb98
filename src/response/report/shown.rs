//! Problem reports as text, without what looks like a secret.

use alloc::string::String;
use core::fmt;

use super::{super::excerpt::excerpt, ProblemReport};

/// Writes the problem and, if there is one, the advice. It is shortened and shown without anything
/// that looks like a secret.
impl fmt::Display for ProblemReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.problem)?;
        match &self.advice {
            None => Ok(()),
            Some(advice) => write!(f, " ({})", excerpt(advice.as_bytes())),
        }
    }
}

/// Shows the names of parameters without their values, only the length of the base string, and no
/// signature. All other texts are shortened and shown without anything that looks like a secret.
impl fmt::Debug for ProblemReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &String| excerpt(text.as_bytes());
        let versions = self.acceptable_versions.as_ref();
        let rejected = self.parameters_rejected.iter().map(|(name, _)| name);
        f.debug_struct("ProblemReport")
            .field("problem", &self.problem)
            .field("advice", &self.advice.as_ref().map(shown))
            .field(
                "acceptable_versions",
                &versions.map(|(low, high)| (shown(low), shown(high))),
            )
            .field("acceptable_timestamps", &self.acceptable_timestamps)
            .field("parameters_absent", &Names(self.parameters_absent.iter()))
            .field("parameters_rejected", &Names(rejected))
            .field(
                "base_string_bytes",
                &self.base_string.as_ref().map(String::len),
            )
            .field("server_time", &self.server_time())
            .finish_non_exhaustive()
    }
}

/// Shows the first names of a list that the server sent.
struct Names<I>(I);

impl<'a, I: Clone + Iterator<Item = &'a String>> fmt::Debug for Names<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = self.0.clone();
        let mut list = f.debug_list();
        list.entries(
            names
                .by_ref()
                .take(NAMES)
                .map(|name| excerpt(name.as_bytes())),
        );
        if names.next().is_some() {
            list.finish_non_exhaustive()
        } else {
            list.finish()
        }
    }
}

/// How many names `Debug` shows. No request has more parameters that can be wrong.
const NAMES: usize = 16;
