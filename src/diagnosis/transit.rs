//! What happened to a signature on its way (RFC 5849, sections 3.5 and 3.6).

mod base64;
mod damage;
mod method;

use alloc::{borrow::Cow, string::String, vec::Vec};

use self::{
    base64::{bytes, hex, is_signature},
    damage::damage,
    method::Method,
};
use super::{
    Cause, Certainty, Evidence, Finding, Message, claims,
    text::{decode, lossy},
};
use crate::{
    credentials::Secret,
    encode::is_unreserved_byte,
    response::{ProblemReport, without_blanks},
};

/// What is wrong with the signature as it was sent or received, and with the signature by itself.
pub(super) fn findings(evidence: &Evidence) -> Vec<Finding> {
    let signatures = Signatures::of(evidence);
    let mut found = Found::default();
    signatures.on_the_wire(&mut found);
    signatures.as_received(&mut found);
    signatures.as_computed(&mut found);
    signatures.in_hexadecimal(&mut found);
    if is_absent(evidence) {
        found.add(Cause::SignatureMissing, Certainty::Proven);
    }
    method::compare(&signatures, evidence, &mut found);
    found.0
}

/// What was found, once for each cause.
#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn add(&mut self, cause: Cause, certainty: Certainty) {
        self.push(Finding::new(cause, certainty));
    }

    fn push(&mut self, finding: Finding) {
        let same = |other: &&mut Finding| other.cause() == finding.cause();
        match self.0.iter_mut().find(same) {
            Some(other) if other.certainty() < finding.certainty() => *other = finding,
            Some(_) => {}
            None => self.0.push(finding),
        }
    }
}

/// The signature, wherever it was seen.
struct Signatures<'a> {
    /// As it was computed.
    ours: Option<Cow<'a, str>>,
    /// As it was sent.
    wire: Option<Wire>,
    received: Option<&'a str>,
    expected: Option<&'a str>,
    method: Option<Method>,
}

/// A signature in a message.
struct Wire {
    raw: String,
    /// Percent-decoded. A `+` stays, because only a query turns it into a space.
    decoded: String,
    is_in_header: bool,
}

impl Wire {
    fn of(message: Option<&Message>) -> Option<Self> {
        let (raw, is_in_header) = message?.signature_on_the_wire()?;
        let decoded = lossy(&decode(raw.as_bytes()));
        Some(Self {
            raw,
            decoded,
            is_in_header,
        })
    }
}

impl<'a> Signatures<'a> {
    fn of(evidence: &'a Evidence) -> Self {
        let told = evidence
            .report()
            .and_then(ProblemReport::received_signature);
        let received = evidence.received_signature.as_ref();
        let methods = claims::values(evidence, method::NAME);
        let computed = evidence.our_signature.as_ref();
        let meant = || Some(Wire::of(evidence.request.as_ref())?.decoded.into());
        Self {
            ours: computed.map(|Secret(text)| text.into()).or_else(meant),
            wire: Wire::of(evidence.sent.as_ref()),
            received: received.map(|Secret(text)| without_blanks(text)).or(told),
            expected: evidence.expected(),
            method: methods.first().map(|name| Method::of(name)),
        }
    }

    fn on_the_wire(&self, found: &mut Found) {
        let Some(wire) = &self.wire else { return };
        if wire.decoded.trim().is_empty() {
            return found.add(Cause::SignatureMissing, Certainty::Proven);
        }
        if let Some(certainty) = self.not_encoded(wire) {
            found.add(Cause::SignatureNotEncoded, certainty);
        }
        self.damaged(&wire.decoded, &[self.ours.as_deref()], found);
    }

    fn as_received(&self, found: &mut Found) {
        let Some(received) = self.received else {
            return;
        };
        if received.trim().is_empty() {
            return found.add(Cause::SignatureMissing, Certainty::Proven);
        }
        let wire = self.wire.as_ref().map(|wire| &*wire.decoded);
        self.damaged(
            received,
            &[self.ours.as_deref(), wire, self.expected],
            found,
        );
    }

    /// A program may already compute a signature that no server accepts. If it left as it should,
    /// there is nothing wrong with it but the way it was printed.
    fn as_computed(&self, found: &mut Found) {
        let Some(ours) = self.ours.as_deref() else {
            return;
        };
        if ours.trim().is_empty() {
            return found.add(Cause::SignatureMissing, Certainty::Proven);
        }
        let wire = self.wire.as_ref().map(|wire| &*wire.decoded);
        let mut others = wire.into_iter().chain(self.received);
        if others.any(is_signature) {
            return;
        }
        let Some(certainty) = self.certainty() else {
            return;
        };
        let causes = damage(ours, is_signature).unwrap_or_default();
        for cause in causes {
            // It may have been copied from the header.
            if cause != Cause::SignatureEncodedTwice {
                found.add(cause, certainty);
            }
        }
    }

    fn in_hexadecimal(&self, found: &mut Found) {
        let Some(certainty) = self.certainty() else {
            return;
        };
        let computed = self.ours.as_deref().and_then(bytes);
        // A log may show the bytes of a signature that is right.
        let is_other = |bytes: &Vec<u8>| computed.as_ref() != Some(bytes);
        let wire = self.wire.as_ref().map(|wire| &*wire.decoded);
        let seen = [self.ours.as_deref(), wire, self.received];
        if seen
            .into_iter()
            .flatten()
            .filter_map(hex)
            .any(|bytes| is_other(&bytes))
        {
            found.add(Cause::SignatureHex, certainty);
        }
    }

    /// Adds what makes a text another one than it was before, or than any signature is.
    fn damaged(&self, text: &str, before: &[Option<&str>], found: &mut Found) {
        let mut before = before.iter().flatten();
        let causes = before.find_map(|before| damage(text, |text| text == *before));
        for cause in causes.unwrap_or_default() {
            found.add(cause, Certainty::Proven);
        }
        if let Some(certainty) = self.certainty() {
            for cause in damage(text, is_signature).unwrap_or_default() {
                found.add(cause, certainty);
            }
        }
    }

    /// Whether the text on the wire contains characters that have to be escaped.
    fn not_encoded(&self, wire: &Wire) -> Option<Certainty> {
        let is_raw = |byte: u8| byte != b'%' && !is_unreserved_byte(byte);
        let mut raw = wire.raw.bytes().filter(|byte| is_raw(*byte));
        match self.method {
            Some(Method::Plaintext) => {
                let ours = self.ours.as_deref()?;
                let is_changed = wire.raw == ours && wire.decoded != ours;
                // In a query and in a form, the `&` between the secrets ends the value.
                let is_cut = ours
                    .split_once('&')
                    .is_some_and(|(first, _)| wire.raw == first);
                match raw.count() {
                    _ if is_changed || is_cut && !wire.is_in_header => Some(Certainty::Proven),
                    0 => None,
                    _ => Some(Certainty::Possible),
                }
            }
            _ if raw.any(|byte| b"+/=".contains(&byte)) => Some(Certainty::Proven),
            _ => None,
        }
    }

    /// How sure it is that the signature should be the Base64 of some bytes. `None` if it should not.
    fn certainty(&self) -> Option<Certainty> {
        match self.method {
            Some(Method::Plaintext) => None,
            Some(Method::Hmac(_) | Method::Rsa) => Some(Certainty::Proven),
            Some(Method::Other) | None => Some(Certainty::Likely),
        }
    }
}

/// Whether a message that is signed in other respects has no signature.
fn is_absent(evidence: &Evidence) -> bool {
    let is_reported = evidence.report().is_some_and(|report| {
        let mut absent = report.parameters_absent().iter();
        absent.any(|name| name == "oauth_signature")
    });
    let is_sent_without = |sent: &Message| {
        let header = sent.header_pairs().into_iter();
        let header = header.map(|(name, value)| (name.into_bytes(), decode(value.as_bytes())));
        let pairs = [header.collect(), sent.query_pairs(), sent.form_pairs()].concat();
        let has = |name: &str| pairs.iter().any(|(known, _)| known == name.as_bytes());
        // A misspelled name is another mistake.
        let is_near =
            |name: &str| !OTHERS.contains(&name) && (name.contains("auth") || name.contains("sig"));
        let mut named = pairs
            .iter()
            .map(|(name, value)| (lossy(name), lossy(value)));
        let is_misnamed = named.any(|(name, value)| is_near(&name) && is_signature(&value));
        let is_signed = has("oauth_consumer_key") || has(method::NAME) || sent.is_whole;
        is_signed && !is_misnamed && sent.signature_on_the_wire().is_none()
    };
    is_reported || evidence.sent.as_ref().is_some_and(is_sent_without)
}

/// Protocol parameters whose value may look like a signature.
const OTHERS: [&str; 5] = [
    "oauth_body_hash",
    "oauth_consumer_key",
    "oauth_nonce",
    "oauth_token",
    "oauth_verifier",
];
