//! Why a signature was refused ([RFC 5849 §3.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4)).
//!
//! A server that refuses a signature has made another base string, uses another key, or received
//! another signature than the one that was computed. [`Evidence`] collects what is known, and a
//! [`Diagnosis`] says which of these it was, and what to change.

mod body_hash;
mod cause;
mod claims;
mod compare;
mod cut;
mod encoders;
mod evidence;
mod finding;
mod half;
mod message;
mod order;
mod pairs;
mod place;
mod report;
mod search;
mod sets;
mod shape;
mod structure;
mod text;
mod time;
mod transit;
mod verdict;

use alloc::{string::String, vec::Vec};

pub use self::{
    cause::Cause,
    evidence::Evidence,
    finding::{Certainty, Finding},
    message::Message,
};
use crate::{
    response::{Problem, Response},
    signer::Signed,
};

/// What is wrong with a signed request, as far as the evidence tells.
#[derive(Clone, Eq, PartialEq)]
pub struct Diagnosis {
    findings: Vec<Finding>,
    equal: bool,
    unexplained: bool,
    /// The base strings that were compared, for the report.
    ours: Option<String>,
    theirs: Option<String>,
    /// The evidence to get next, for the report.
    next: Vec<&'static str>,
    /// What the server complains about, if that is not the signature.
    complaint: Option<Problem>,
}

impl Diagnosis {
    /// Compares two base strings: the one that was signed, and the one that the server made.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::{Cause, Diagnosis};
    ///
    /// let ours = String::from("GET&https%3A%2F%2Fapi.example.com%2F&q%3Da%2Bb");
    /// let theirs = String::from("GET&https%3A%2F%2Fapi.example.com%2F&q%3Da%2520b");
    /// let diagnosis = Diagnosis::compare(ours, theirs);
    /// println!("{diagnosis}");
    /// assert_eq!(diagnosis.findings()[0].cause(), Cause::PlusForSpace);
    /// ```
    #[must_use]
    pub fn compare(ours: impl Into<String>, theirs: impl Into<String>) -> Self {
        Evidence::new()
            .our_base_string(ours)
            .their_base_string(theirs)
            .diagnose()
    }

    /// Compares what was signed with what the server says about it.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp, diagnosis::Diagnosis, response::Response};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/photos?size=original")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let (status, body) = (401, "oauth_problem=signature_invalid"); // what the server answered
    /// let diagnosis = Diagnosis::of(&signed, &Response::new(status, body));
    /// println!("{diagnosis}");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn of(signed: &Signed<'_>, response: &Response<'_>) -> Self {
        Evidence::new().signed(signed).response(response).diagnose()
    }

    /// What was found, the most important first.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Diagnosis;
    ///
    /// let ours = String::from("GET&http%3A%2F%2Fe.com%2F&q%3Da%2Bb");
    /// let diagnosis = Diagnosis::compare(ours, "GET&https%3A%2F%2Fe.com%2F&q%3Da%2520b");
    /// let codes: Vec<_> = diagnosis.findings().iter().map(|finding| finding.cause().code()).collect();
    /// assert_eq!(codes, ["scheme", "plus-for-space"]);
    /// ```
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether both base strings are known, and are the same. Then the key is wrong, or the signature
    /// was damaged on its way.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Diagnosis;
    ///
    /// let text = String::from("GET&https%3A%2F%2Fapi.example.com%2F&q%3Da%2520b");
    /// let diagnosis = Diagnosis::compare(&*text, &*text);
    /// assert!(diagnosis.base_strings_are_equal());
    /// ```
    #[must_use]
    pub fn base_strings_are_equal(&self) -> bool {
        self.equal
    }

    /// Whether the request was refused and no known mistake explains it.
    ///
    /// ```
    /// use oauth1_signer::{diagnosis::Evidence, response::Response};
    ///
    /// let body = String::from("oauth_problem=signature_invalid");
    /// let diagnosis = Evidence::new().response(&Response::new(401, &body)).diagnose();
    /// assert!(diagnosis.is_unexplained());
    /// ```
    #[must_use]
    pub fn is_unexplained(&self) -> bool {
        self.unexplained
    }
}
