//! The form of a request ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use super::{BODY_HASH, Place, Request, RequestError};
use crate::parameters::Parameter;

impl<'a> Request<'a> {
    /// Sets the form that is the body of the request, as pairs of names and values.
    ///
    /// Names and values are text or bytes that are not encoded yet, and a name may occur more than
    /// once. The request borrows the pairs, so bind them to a variable first.
    ///
    /// The body to send is [`Request::form_body`] if the protocol parameters are in the header or
    /// the query, and [`Signed::form_body`](crate::Signed::form_body) if they are in the form.
    ///
    /// # Errors
    ///
    /// - [`RequestError::ProtocolParameter`] if a name begins with `oauth_`;
    /// - [`RequestError::FormGivenTwice`] if the request already has a form;
    /// - [`RequestError::BodyHashOfForm`] if the request has an `oauth_body_hash`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use oauth1_signer::Request;
    ///
    /// let title = String::from("1 + 1 = 2");
    /// let fields = [("type", "text"), ("title", title.as_str())];
    /// let request = Request::post("https://api.example.com/posts")?.form(&fields)?;
    /// let body = request.form_body().to_string();
    /// assert_eq!(body, "type=text&title=1%20%2B%201%20%3D%202");
    ///
    /// // The request borrows pairs, so those of a map are collected first.
    /// let map = BTreeMap::from([("title", "Zürich"), ("page", "1")]);
    /// let fields: Vec<_> = map.iter().collect();
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

    /// Sets the form that is the body of the request, as the bytes to send. They are already
    /// encoded as `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    ///
    /// [`RequestError::MalformedEscape`] if a `%` is not followed by two hexadecimal digits, and
    /// the errors of [`Request::form`].
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let body = String::from("title=a+b&tags=x%2Cy");
    /// let request = Request::post("https://api.example.com/posts")?.form_bytes(&body)?;
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

    /// Whether the request has a form to send, even an empty one.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://api.example.com/posts")?;
    /// assert!(!request.has_form());
    /// assert!(request.form_bytes("")?.has_form());
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn has_form(&self) -> bool {
        !matches!(self.form, Form::None)
    }

    /// The pairs of the form, in the order in which they were given.
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
