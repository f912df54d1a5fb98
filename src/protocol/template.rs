//! What a signer writes again and again, written once ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::vec::Vec;
use core::str;

use super::{
    Name,
    blank::{Blank, ROOM, VERSION},
};
use crate::{
    encode::Out,
    parameters::{AsPairs, Bytes, InBaseString, InHeader, Syntax, Writer},
};

/// The signer's constant parameters, raw and pre-encoded, in one buffer.
///
/// Writing name by name would take as long as half the hash: with templates, W1 costs 1.6 times
/// the bare HMAC.
#[derive(Clone)]
pub(crate) struct Constants {
    /// Consumer key, signature method and token, then the templates.
    text: Vec<u8>,
    consumer_key_end: usize,
    signature_method_end: usize,
    token_end: Option<usize>,
    version: bool,
    in_base_string: Template,
    in_header: Template,
}

impl Constants {
    pub(crate) fn new(
        consumer_key: &str,
        signature_method: &str,
        token: Option<&str>,
        version: bool,
    ) -> Self {
        let length = consumer_key.len() + signature_method.len() + token.map_or(0, str::len);
        // Room for the usual case, in which there is nothing to encode.
        let mut text = Vec::with_capacity(3 * length + 2 * ROOM);
        let mut add = |part: &str| {
            text.literal(part.as_bytes());
            text.len()
        };
        let (consumer_key_end, signature_method_end) = (add(consumer_key), add(signature_method));
        let token_end = token.map(add);
        let values = Values {
            consumer_key: Bytes::given(consumer_key.as_bytes()),
            signature_method: Bytes::given(signature_method.as_bytes()),
            token: token.map(|token| Bytes::given(token.as_bytes())),
            version,
        };
        let in_base_string = values.fill::<InBaseString>(&mut text);
        let in_header = values.fill::<InHeader>(&mut text);
        Self {
            text,
            consumer_key_end,
            signature_method_end,
            token_end,
            version,
            in_base_string,
            in_header,
        }
    }

    /// The same without `oauth_version`.
    pub(crate) fn without_version(&self) -> Self {
        Self::new(
            self.consumer_key(),
            self.signature_method(),
            self.token(),
            false,
        )
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

    /// The value of a parameter that is the same in every request.
    pub(super) fn value(&self, name: Name) -> Option<Bytes<'_>> {
        match name {
            Name::ConsumerKey => Some(Bytes::given(self.consumer_key().as_bytes())),
            Name::SignatureMethod => Some(Bytes::given(self.signature_method().as_bytes())),
            Name::Token => Some(Bytes::given(self.token()?.as_bytes())),
            Name::Version => self.version.then_some(Bytes::Unreserved(VERSION)),
            _ => None,
        }
    }

    /// The length of the constant text in a header, where it is longest.
    pub(super) fn header_length(&self) -> usize {
        self.in_header.end - self.in_header.start
    }

    /// Whether there is a template for the syntax.
    #[inline]
    pub(super) fn has_template<S: Templated>(&self) -> bool {
        S::template(self).is_some()
    }

    /// Writes a template, if there is one, with the values that change.
    ///
    /// The gaps are filled by name and not in a loop over values: a list of values that have just
    /// been written stalls on store forwarding (W1: 0.3).
    #[inline(always)]
    pub(super) fn write<'v, S: Templated, O: Out>(
        &self,
        writer: &mut Writer<'_, S, O>,
        changing: impl Fn(Name) -> Option<Bytes<'v>>,
    ) {
        let Some(template) = S::template(self) else {
            return;
        };
        let mut from = template.start;
        if writer.first {
            from += S::SEPARATOR.len();
        }
        let text = &*self.text;
        template.fill::<0, S, O>(text, &mut from, writer.out, &changing);
        template.fill::<1, S, O>(text, &mut from, writer.out, &changing);
        template.fill::<2, S, O>(text, &mut from, writer.out, &changing);
        template.fill::<3, S, O>(text, &mut from, writer.out, &changing);
        template.fill::<4, S, O>(text, &mut from, writer.out, &changing);
        writer.out.literal(&text[from..template.end]);
        writer.first = false;
    }

    fn part(&self, start: usize, end: usize) -> &str {
        str::from_utf8(&self.text[start..end]).expect("it was a text")
    }
}

/// The protocol parameters in one syntax, with gaps for the values that change.
#[derive(Clone)]
pub(crate) struct Template {
    start: usize,
    /// Where the values belong, in the order of [`Name::CHANGING`].
    values: [usize; Name::CHANGING.len()],
    end: usize,
}

impl Template {
    /// Writes up to a gap and the value that belongs there. `from` is where to go on.
    #[inline(always)]
    fn fill<'v, const GAP: usize, S: Templated, O: Out>(
        &self,
        text: &[u8],
        from: &mut usize,
        out: &mut O,
        changing: impl Fn(Name) -> Option<Bytes<'v>>,
    ) {
        let name = Name::CHANGING[GAP];
        let blank = S::BLANK.gaps[name as usize];
        let place = self.values[GAP];
        if let Some(value) = changing(name) {
            out.literal(&text[*from..place]);
            value.write(S::TABLE, out);
            *from = place;
        } else {
            let (start, end) = (place - blank.before(), place + blank.after());
            // What is left out at the very beginning leaves its separator to the next.
            let left_out = from.saturating_sub(start);
            if left_out == 0 && *from < start {
                out.literal(&text[*from..start]);
            }
            *from = end + left_out;
        }
    }
}

/// The values that are the same in every request.
struct Values<'a> {
    consumer_key: Bytes<'a>,
    signature_method: Bytes<'a>,
    token: Option<Bytes<'a>>,
    version: bool,
}

impl Values<'_> {
    /// Fills the gaps of a blank whose values do not change.
    fn fill<S: Templated>(&self, out: &mut Vec<u8>) -> Template {
        let start = out.len();
        let mut values = [0; Name::CHANGING.len()];
        let mut next_value = values.iter_mut();
        let Blank { text, gaps } = S::BLANK;
        let mut from = 0;
        for (name, gap) in Name::ALL.into_iter().zip(gaps) {
            let value = match name {
                Name::ConsumerKey => Some(self.consumer_key),
                Name::SignatureMethod => Some(self.signature_method),
                Name::Token => self.token,
                Name::Version if self.version => continue,
                Name::Version => None,
                Name::Callback
                | Name::Nonce
                | Name::Signature
                | Name::Timestamp
                | Name::Verifier => {
                    if let Some(next) = next_value.next() {
                        *next = out.len() + gap.value - from;
                    }
                    continue;
                }
            };
            if let Some(value) = value {
                out.literal(&text[from..gap.value]);
                value.write(S::TABLE, out);
                from = gap.value;
            } else {
                out.literal(&text[from..gap.start]);
                from = gap.end;
            }
        }
        out.literal(&text[from..gaps[gaps.len() - 1].end]);
        Template {
            start,
            values,
            end: out.len(),
        }
    }
}

/// A syntax for which signers have a template, or not.
pub(crate) trait Templated: Syntax {
    const BLANK: &'static Blank;

    fn template(constants: &Constants) -> Option<&Template>;
}

impl Templated for InBaseString {
    const BLANK: &'static Blank = &Blank::new::<Self>();

    fn template(constants: &Constants) -> Option<&Template> {
        Some(&constants.in_base_string)
    }
}

impl Templated for InHeader {
    const BLANK: &'static Blank = &Blank::new::<Self>();

    fn template(constants: &Constants) -> Option<&Template> {
        Some(&constants.in_header)
    }
}

impl Templated for AsPairs {
    const BLANK: &'static Blank = &Blank::new::<Self>();

    fn template(_: &Constants) -> Option<&Template> {
        None
    }
}
