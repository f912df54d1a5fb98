//! What is the same in every request of a signer, written once ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::string::String;
use core::{mem, ops::Range};

use super::{CONSUMER_KEY, NONCE, SIGNATURE_METHOD, TIMESTAMP, TOKEN, VERSION};
use crate::{
    encode::{Encoder, encode_to, is_unreserved},
    parameters::{InBaseString, InHeader, Octets, Syntax},
};

/// What is the same in every request of a signer, as it is and as it is written: one text, so that
/// making a signer is cheap as well.
#[derive(Clone)]
pub(crate) struct Standing {
    pub(super) text: String,
    consumer_key: Range<usize>,
    signature_method: Range<usize>,
    token: Option<Range<usize>>,
    pub(crate) version: bool,
    pub(crate) in_base_string: Prepared,
    pub(crate) in_header: Prepared,
}

/// The protocol parameters in one syntax, in the pieces between the values that change.
#[allow(clippy::struct_field_names)] // `to` is what they tell.
#[derive(Clone, Default)]
pub(crate) struct Prepared {
    /// The consumer key, and the name of the nonce.
    pub(super) to_nonce: Range<usize>,
    /// The signature method, and the name of the timestamp.
    pub(super) to_timestamp: Range<usize>,
    /// The token, if there is one.
    pub(super) to_verifier: Range<usize>,
    /// The version.
    pub(super) to_end: Range<usize>,
}

impl Standing {
    pub(crate) fn new(consumer_key: &str, signature_method: &str, token: Option<&str>) -> Self {
        let length = consumer_key.len() + signature_method.len() + token.map_or(0, str::len);
        // Room for the usual case, in which there is nothing to encode.
        let mut text = String::with_capacity(3 * length + NAMES);
        let mut add = |part: &str| {
            let start = text.len();
            text.push_str(part);
            start..text.len()
        };
        let mut standing = Self {
            consumer_key: add(consumer_key),
            signature_method: add(signature_method),
            token: token.map(add),
            version: true,
            in_base_string: Prepared::default(),
            in_header: Prepared::default(),
            text: String::new(),
        };
        let start = text.len();
        encode_to(&mut text, |out| {
            let values = (consumer_key, signature_method, token);
            standing.in_base_string = Prepared::write::<InBaseString, _>(values, start, out);
            standing.in_header = Prepared::write::<InHeader, _>(values, start, out);
        })
        .expect("writing to a string does not fail");
        standing.text = text;
        standing
    }

    pub(crate) fn consumer_key(&self) -> &str {
        &self.text[self.consumer_key.clone()]
    }

    pub(crate) fn signature_method(&self) -> &str {
        &self.text[self.signature_method.clone()]
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_ref().map(|token| &self.text[token.clone()])
    }
}

impl Prepared {
    /// Writes the pieces one after the other. `start` is where the text of `out` begins.
    fn write<S: Syntax, F: FnMut(&[u8])>(
        (consumer_key, signature_method, token): (&str, &str, Option<&str>),
        start: usize,
        out: &mut Encoder<F>,
    ) -> Self {
        let name = |name: &str, out: &mut Encoder<F>| {
            out.literal(name.as_bytes());
            out.literal(S::EQUALS);
        };
        let known = |known, value: &str, out: &mut Encoder<F>| {
            name(known, out);
            Octets::text(value, is_unreserved(value)).write(S::TABLE, out);
            out.literal(S::END);
        };
        let mut from = start + out.written();
        let mut piece = |out: &Encoder<F>| {
            let to = start + out.written();
            mem::replace(&mut from, to)..to
        };

        known(CONSUMER_KEY, consumer_key, out);
        out.literal(S::SEPARATOR);
        name(NONCE, out);
        let to_nonce = piece(out);

        out.literal(S::END);
        out.literal(S::SEPARATOR);
        known(SIGNATURE_METHOD, signature_method, out);
        out.literal(S::SEPARATOR);
        name(TIMESTAMP, out);
        let to_timestamp = piece(out);

        out.literal(S::END);
        if let Some(token) = token {
            out.literal(S::SEPARATOR);
            known(TOKEN, token, out);
        }
        let to_verifier = piece(out);

        out.literal(S::SEPARATOR);
        known(VERSION, "1.0", out);
        Self {
            to_nonce,
            to_timestamp,
            to_verifier,
            to_end: piece(out),
        }
    }
}

/// About what the names take, with all that stands between them.
const NAMES: usize = 260;
