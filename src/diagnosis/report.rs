//! The report of a diagnosis, made to be pasted into a forum.

use core::fmt;

use super::Diagnosis;

/// Writes the report.
impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding:?}")?;
        }
        Ok(())
    }
}

/// Shows the findings, but no text.
impl fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnosis")
            .field("findings", &self.findings)
            .field("equal", &self.equal)
            .field("unexplained", &self.unexplained)
            .finish_non_exhaustive()
    }
}
