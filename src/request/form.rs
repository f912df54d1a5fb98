//! The form of a request ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::{borrow::Cow, vec::Vec};
use core::ops::Range;

use super::{BODY_HASH, Place, Request, RequestError};
use crate::parameters::{Pair, Parameter};

impl<'a> Request<'a> {
    /// The pairs of the form, in the order in which they were given.
    pub(crate) fn form_pairs(&self) -> impl Iterator<Item = Parameter<'_>> {
        self.pairs.form()
    }

    /// What the form consists of.
    pub(crate) fn given_form(&self) -> Form<'_> {
        match self.form {
            GivenForm::None | GivenForm::NotAllowed => Form::None,
            GivenForm::Pairs => Form::Pairs,
            GivenForm::Bytes(body) => Form::Bytes(body),
            GivenForm::Kept { start, end } => Form::Bytes(self.pairs.kept(start..end)),
        }
    }

    pub(super) fn add_query(
        &mut self,
        pairs: &mut dyn Iterator<Item = (Cow<'a, [u8]>, Cow<'a, [u8]>)>,
    ) -> Result<(), RequestError> {
        let before = self.query_bytes().len();
        for (name, value) in pairs {
            self.target.push_to_query(&name, &value);
        }
        let query = self.target.query().unwrap_or_default().as_bytes();
        let read = self.pairs.extend_with_query(query, before);
        self.check(Place::Query, read)
    }

    #[inline]
    pub(super) fn add_form(
        &mut self,
        pairs: impl Iterator<Item: Pair<'a>>,
    ) -> Result<(), RequestError> {
        self.may_have_form()?;
        self.form = GivenForm::Pairs;
        self.pairs.extend_with_form(pairs);
        self.check(Place::Form, Ok(()))
    }

    pub(super) fn add_form_bytes(&mut self, body: Cow<'a, [u8]>) -> Result<(), RequestError> {
        self.may_have_form()?;
        if let Some(position) = body.iter().position(|byte| !may_be_in_form(*byte)) {
            return Err(RequestError::NotFormUrlencoded { position });
        }
        let read = match body {
            Cow::Borrowed(body) => {
                self.form = GivenForm::Bytes(body);
                self.pairs.extend_with_encoded(body)
            }
            Cow::Owned(body) => {
                let (Range { start, end }, read) = self.pairs.extend_with_owned(&body);
                self.form = GivenForm::Kept { start, end };
                read
            }
        };
        self.check(Place::Form, read)
    }

    fn may_have_form(&self) -> Result<(), RequestError> {
        if matches!(self.form, GivenForm::NotAllowed) {
            Err(RequestError::FormNotAllowed)
        } else if self.has_form() {
            Err(RequestError::FormGivenTwice)
        } else if self.has_body_hash() {
            Err(RequestError::BodyHashOfForm)
        } else {
            Ok(())
        }
    }

    fn has_body_hash(&self) -> bool {
        self.extra
            .iter()
            .any(|parameter| parameter.name.as_text() == BODY_HASH)
    }
}

/// The form of a request: pairs, or the bytes to send.
#[derive(Clone, Copy)]
pub(crate) enum Form<'a> {
    None,
    Pairs,
    Bytes(&'a [u8]),
}

/// How the form was given.
#[derive(Clone, Copy)]
pub(super) enum GivenForm<'a> {
    None,
    /// Because the request was made with a method that has no body.
    NotAllowed,
    Pairs,
    Bytes(&'a [u8]),
    /// As bytes that the caller gave away, by their position among what the pairs keep.
    Kept {
        start: usize,
        end: usize,
    },
}

/// Whether an encoded form may contain a byte. Encoders leave many characters alone, but no encoder
/// leaves those that JSON and XML cannot do without.
fn may_be_in_form(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'{' | b'}')
}

/// Makes each line end a CR LF, as the HTML Standard wants it in the entries of a form.
pub(super) fn with_crlf(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if !text.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return text;
    }
    let mut normalized = Vec::with_capacity(2 * text.len());
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                normalized.extend(b"\r\n");
                if byte == b'\r' {
                    bytes.next_if_eq(&b'\n');
                }
            }
            byte => normalized.push(byte),
        }
    }
    normalized.into()
}
