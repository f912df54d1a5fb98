//! The form of a request ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use super::{BODY_HASH, Place, Request, RequestError};
use crate::parameters::Parameter;

impl<'a> Request<'a> {
    /// The form that is the body of the request, as pairs of names and values that are not
    /// encoded: text or octets, any number of times the same name. The request borrows the list:
    /// bind it with `let` first, unless it consists of literals.
    ///
    /// The body that belongs to it is [`Request::form_body`] beside a header or a query, or
    /// [`Signed::form_body`](crate::Signed::form_body) with the protocol parameters in it.
    ///
    /// # Errors
    ///
    /// [`RequestError::ProtocolParameter`]; [`RequestError::FormGivenTwice`] if there is a form
    /// already, and [`RequestError::BodyHashOfForm`] if there is the hash of a body that is none.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://api.example.com/posts")?
    ///     .form(&[("type", "photo"), ("data[0]", "1 + 1 = 2")])?;
    /// let body = request.form_body().to_string();
    /// assert_eq!(body, "type=photo&data%5B0%5D=1%20%2B%201%20%3D%202");
    ///
    /// // The pairs stay where they are, so those of a map are collected first.
    /// let fields = BTreeMap::from([("title", "Zürich"), ("page", "1")]);
    /// let fields: Vec<_> = fields.iter().collect();
    /// let request = Request::post("https://api.example.com/posts")?.form(&fields)?;
    /// assert_eq!(request.form_body().to_string(), "page=1&title=Z%C3%BCrich");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[inline]
    pub fn form<N, V>(
        mut self,
        pairs: impl IntoIterator<Item = &'a (N, V)>,
    ) -> Result<Self, RequestError>
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        self.add_form(pairs.into_iter())?;
        Ok(self)
    }

    /// The form that is the body of the request, as the bytes that will be sent: form-urlencoded
    /// already (`application/x-www-form-urlencoded`).
    ///
    /// # Errors
    ///
    /// [`RequestError::MalformedEscape`], and as [`Request::form`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://api.example.com/posts")?
    ///     .form_bytes(b"title=a+b&tags=x%2Cy")?;
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn form_bytes(
        mut self,
        body: &'a (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Self, RequestError> {
        let body = body.as_ref();
        self.may_have_form()?;
        self.form = Form::Bytes(body);
        let read = self.pairs.extend_with_encoded(body);
        self.check(Place::Form, read)?;
        Ok(self)
    }

    /// Whether a form has been given, also an empty one: whether there is a body to send.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// assert!(!Request::post("https://api.example.com/posts")?.has_form());
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn has_form(&self) -> bool {
        !matches!(self.form, Form::None)
    }

    /// The pairs that were given for the form, in the order in which they were given.
    pub(crate) fn form_pairs(&self) -> impl Iterator<Item = Parameter<'a>> + use<'a> {
        self.pairs.form()
    }

    pub(crate) fn given_form(&self) -> Form<'a> {
        self.form
    }

    fn add_form<N, V>(
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
