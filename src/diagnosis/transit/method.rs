//! What the length of a signature tells about its method (RFC 5849, section 3.4).

use super::{
    super::{Cause, Certainty, Evidence, Finding, evidence::Secrets, text::letters},
    Found, Signatures,
    base64::{bytes, hex, is_signature},
    damage::undone,
};
use crate::{credentials::Secret, encode::encode};

/// A signature method, by its name as anybody writes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Method {
    /// HMAC, and how many bytes its hash has.
    Hmac(usize),
    Plaintext,
    Rsa,
    Other,
}

impl Method {
    pub(super) fn of(name: &str) -> Self {
        match &letters(name.as_bytes())[..] {
            b"PLAINTEXT" => Self::Plaintext,
            b"HMACSHA1" => Self::Hmac(20),
            b"HMACSHA256" => Self::Hmac(32),
            b"HMACSHA512" => Self::Hmac(64),
            name if name.starts_with(b"RSASHA") => Self::Rsa,
            _ => Self::Other,
        }
    }

    /// Whether signatures of this method never have so many bytes.
    fn excludes(self, bytes: usize) -> bool {
        match self {
            Self::Hmac(own) => bytes != own,
            // An RSA key of 512 bits makes as many bytes as SHA-512.
            Self::Rsa => bytes < 64,
            Self::Plaintext | Self::Other => false,
        }
    }
}

/// Adds that a signature is not of the method that the request names, or that the server expected one
/// of another method.
pub(super) fn compare(signatures: &Signatures<'_>, evidence: &Evidence, found: &mut Found) {
    let wire = signatures.wire.as_ref().map(|wire| &*wire.decoded);
    let ours = signatures.ours.as_deref().or(wire).or(signatures.received);
    let lengths = [ours, signatures.expected].map(|text| length(text?));
    let certainty = match signatures.method {
        Some(Method::Plaintext) => match ours {
            Some(ours) if ours.ends_with('=') && lengths[0].is_some() => {
                // It may be a secret that stands alone.
                let is_other = |secrets: &Secrets| secrets.consumer.0 != ours;
                let is_known = evidence.secrets.as_ref().is_some_and(is_other);
                Some(if is_known {
                    Certainty::Likely
                } else {
                    Certainty::Possible
                })
            }
            _ => None,
        },
        Some(method @ (Method::Hmac(_) | Method::Rsa)) => {
            let mut lengths = lengths.into_iter().flatten();
            if lengths.any(|bytes| method.excludes(bytes)) {
                Some(Certainty::Proven)
            } else {
                ours.and_then(|ours| of_plaintext(ours, evidence.secrets.as_ref()))
            }
        }
        _ => match lengths {
            [Some(ours), Some(expected)] if ours != expected => Some(Certainty::Proven),
            _ => None,
        },
    };
    if let Some(certainty) = certainty {
        found.push(Finding::new(Cause::HashOther, certainty).with_parameter(NAME));
    }
}

/// How many bytes a signature has.
fn length(text: &str) -> Option<usize> {
    let text = undone(text, |text| is_signature(text) || hex(text).is_some())?;
    hex(&text.0)
        .or_else(|| bytes(&text.0))
        .map(|bytes| bytes.len())
}

/// How sure it is that a signature is one of PLAINTEXT: no other consists of two secrets.
fn of_plaintext(text: &str, secrets: Option<&Secrets>) -> Option<Certainty> {
    let key = secrets.map(|secrets| {
        let token = secrets.token.as_ref().map_or("", |token| &token.0);
        Secret([encode(&*secrets.consumer.0), encode(token)].join("&"))
    });
    match &key {
        Some(Secret(key)) if key == text => Some(Certainty::Proven),
        _ if text.contains('&') => Some(Certainty::Likely),
        _ => None,
    }
}

pub(super) const NAME: &str = "oauth_signature_method";
