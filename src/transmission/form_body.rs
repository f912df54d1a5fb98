//! Protocol parameters in the form body ([RFC 5849 §3.5.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.2)).

use core::fmt;

use percent_encoding::{CONTROLS, percent_encode};

use crate::{
    encode::{Out, encode_to},
    parameters::{AsPairs, Writer},
    protocol::Draft,
    request::{Form, Request},
    signature_method::Signature,
};

/// A form body, to be sent with the content type [`FormBody::CONTENT_TYPE`].
///
/// `Display` writes what the request's form has, in the order in which it was given, and behind
/// it, if the body comes from [`Signed::form_body`](crate::Signed::form_body), the protocol
/// parameters. The text is ASCII. A form that was given as bytes keeps its spelling, but octets
/// that do not belong in such a body (control characters, and those above 127) are percent-encoded:
/// the parameters stay the same.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
/// let request = Request::post("https://api.example.com/posts")?.form(&[("title", "a + b")])?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// assert_eq!(
///     signed.form_body().to_string(),
///     concat!(
///         "title=a%20%2B%20b&oauth_consumer_key=key&oauth_nonce=nonce",
///         "&oauth_signature=m6Bi1D3PPjSeL4Wr8T3QG0K4s5U%3D",
///         "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1316657628",
///     )
/// );
/// // Beside a header, the form alone:
/// assert_eq!(request.form_body().to_string(), "title=a%20%2B%20b");
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone, Copy)]
pub struct FormBody<'a> {
    request: &'a Request<'a>,
    signed: Option<(&'a Draft<'a>, &'a Signature)>,
}

impl<'a> FormBody<'a> {
    /// The content type without which a service does not take a body for a form.
    ///
    /// ```
    /// use oauth1_signer::FormBody;
    ///
    /// assert_eq!(FormBody::CONTENT_TYPE, "application/x-www-form-urlencoded");
    /// ```
    pub const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";

    pub(crate) fn new(draft: &'a Draft<'a>, signature: &'a Signature) -> Self {
        Self {
            request: draft.request(),
            signed: Some((draft, signature)),
        }
    }

    fn write(&self, out: &mut impl Out) {
        let writer = match self.request.given_form() {
            Form::None => Writer::<AsPairs, _>::new(out),
            Form::Pairs => {
                let mut writer = Writer::new(out);
                for pair in self.request.form_pairs() {
                    writer.parameter(pair.name, pair.value);
                }
                writer
            }
            Form::Bytes(body) => {
                percent_encode(body, CONTROLS).for_each(|text| out.literal(text.as_bytes()));
                if body.is_empty() || body.ends_with(b"&") {
                    Writer::new(out)
                } else {
                    Writer::after_others(out)
                }
            }
        };
        if let Some((draft, signature)) = self.signed {
            draft.write_sent(writer, signature.bytes());
        }
    }
}

impl Request<'_> {
    /// The form body without protocol parameters, to be sent beside a header or a signed query. Its
    /// text has the parameters that are signed, in the order in which they were given.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let request = Request::post("https://api.example.com/posts")?
    ///     .form(&[("title", "Zürich"), ("page", "1")])?;
    /// assert_eq!(request.form_body().to_string(), "title=Z%C3%BCrich&page=1");
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn form_body(&self) -> FormBody<'_> {
        FormBody {
            request: self,
            signed: None,
        }
    }
}

impl fmt::Display for FormBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode_to(f, |out| self.write(out))
    }
}

/// Shows no values.
impl fmt::Debug for FormBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormBody")
            .field("request", &self.request)
            .field(
                "protocol",
                &self
                    .signed
                    .map(|(draft, signature)| draft.parameters(Some(signature.bytes()))),
            )
            .finish()
    }
}
