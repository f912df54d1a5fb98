//! What is the same in every request of a signer, written once ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::vec::Vec;
use core::str;

use super::{CONSUMER_KEY, NONCE, SIGNATURE_METHOD, TIMESTAMP, TOKEN, VERSION};
use crate::{
    encode::Out,
    parameters::{InBaseString, InHeader, Octets, Syntax},
};

/// What is the same in every request of a signer, as it is and as it is written: one text, so that
/// making a signer is cheap as well.
#[derive(Clone)]
pub(crate) struct Standing {
    /// Consumer key, signature method, token, and then what is prepared.
    pub(super) text: Vec<u8>,
    consumer_key_end: usize,
    signature_method_end: usize,
    token_end: Option<usize>,
    pub(crate) version: bool,
    pub(crate) in_base_string: Prepared,
    pub(crate) in_header: Prepared,
}

/// The protocol parameters in one syntax, one after the other without the values that change: where
/// in the text they begin, where these values belong, and where they end.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(super) start: usize,
    pub(super) nonce: usize,
    pub(super) timestamp: usize,
    pub(super) verifier: usize,
    pub(super) end: usize,
}

impl Standing {
    pub(crate) fn new(consumer_key: &str, signature_method: &str, token: Option<&str>) -> Self {
        let length = consumer_key.len() + signature_method.len() + token.map_or(0, str::len);
        // Room for the usual case, in which there is nothing to encode.
        let mut text = Vec::with_capacity(3 * length + NAMES);
        let mut add = |part: &str| {
            text.literal(part.as_bytes());
            text.len()
        };
        let (consumer_key_end, signature_method_end) = (add(consumer_key), add(signature_method));
        let token_end = token.map(add);
        let values = Values {
            consumer_key: Octets::of_text(consumer_key),
            signature_method: Octets::of_text(signature_method),
            token: token.map(Octets::of_text),
        };
        let in_base_string = Prepared::write::<InBaseString>(&values, &mut text);
        let in_header = Prepared::write::<InHeader>(&values, &mut text);
        Self {
            text,
            consumer_key_end,
            signature_method_end,
            token_end,
            version: true,
            in_base_string,
            in_header,
        }
    }

    /// How long what is the same becomes at most. Nothing makes it longer than the base string.
    pub(crate) fn length_at_most(&self) -> usize {
        self.in_base_string.end - self.in_base_string.start
    }

    pub(crate) fn consumer_key(&self) -> &str {
        self.part(0, self.consumer_key_end)
    }

    pub(crate) fn signature_method(&self) -> &str {
        self.part(self.consumer_key_end, self.signature_method_end)
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.token_end
            .map(|end| self.part(self.signature_method_end, end))
    }

    fn part(&self, start: usize, end: usize) -> &str {
        str::from_utf8(&self.text[start..end]).expect("it was a text")
    }
}

/// The values that are the same in every request.
struct Values<'a> {
    consumer_key: Octets<'a>,
    signature_method: Octets<'a>,
    token: Option<Octets<'a>>,
}

impl Prepared {
    /// Writes them.
    fn write<S: Syntax>(values: &Values<'_>, out: &mut Vec<u8>) -> Self {
        let start = out.len();
        write_known::<S>(CONSUMER_KEY, values.consumer_key, out);
        out.literal(S::SEPARATOR);
        write_name::<S>(NONCE, out);
        let nonce = out.len();
        out.literal(S::END);
        out.literal(S::SEPARATOR);
        write_known::<S>(SIGNATURE_METHOD, values.signature_method, out);
        out.literal(S::SEPARATOR);
        write_name::<S>(TIMESTAMP, out);
        let timestamp = out.len();
        out.literal(S::END);
        if let Some(token) = values.token {
            out.literal(S::SEPARATOR);
            write_known::<S>(TOKEN, token, out);
        }
        let verifier = out.len();
        out.literal(S::SEPARATOR);
        write_known::<S>(VERSION, Octets::Unreserved(b"1.0"), out);
        Self {
            start,
            nonce,
            timestamp,
            verifier,
            end: out.len(),
        }
    }
}

// Both are inlined, so that their short texts are copied in place.

#[inline(always)]
fn write_name<S: Syntax>(name: &'static str, out: &mut Vec<u8>) {
    out.literal(name.as_bytes());
    out.literal(S::EQUALS);
}

#[inline(always)]
fn write_known<S: Syntax>(name: &'static str, value: Octets<'_>, out: &mut Vec<u8>) {
    write_name::<S>(name, out);
    value.write(S::TABLE, out);
    out.literal(S::END);
}

/// About what the names take, with all that stands between them.
const NAMES: usize = 260;
