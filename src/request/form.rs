//! The form of a request ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use super::{BODY_HASH, Place, Request, RequestError};
use crate::parameters::Parameter;

impl<'a> Request<'a> {
    /// The pairs of the form, in the order in which they were given.
    pub(crate) fn form_pairs(&self) -> impl Iterator<Item = Parameter<'a>> + use<'a> {
        self.pairs.form()
    }

    pub(crate) fn given_form(&self) -> Form<'a> {
        self.form
    }

    pub(super) fn add_form<N, V>(
        &mut self,
        pairs: impl Iterator<Item = &'a (N, V)>,
    ) -> Result<(), RequestError>
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.may_have_form()?;
        self.form = Form::Pairs;
        self.pairs.extend_with_form(pairs);
        self.check(Place::Form, Ok(()))
    }

    pub(super) fn add_form_bytes(&mut self, body: &'a [u8]) -> Result<(), RequestError> {
        self.may_have_form()?;
        self.form = Form::Bytes(body);
        let read = self.pairs.extend_with_encoded(body);
        self.check(Place::Form, read)
    }

    fn may_have_form(&self) -> Result<(), RequestError> {
        if self.has_form() {
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

/// How the form was given.
#[derive(Clone, Copy)]
pub(crate) enum Form<'a> {
    None,
    Pairs,
    Bytes(&'a [u8]),
}
