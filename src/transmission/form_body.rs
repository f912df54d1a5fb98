//! Protocol parameters in the form body ([RFC 5849 §3.5.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.2)).

use core::fmt;

use crate::{
    encode::{Out, encode_to},
    parameters::{AsPairs, Writer},
    protocol::Draft,
    request::{Form, Request},
    signature_method::Signature,
};

/// A form body (RFC 5849, section 3.5.2). Send it with the content type [`FormBody::CONTENT_TYPE`].
///
/// `Display` writes the parameters of the request's form in the order in which they were given,
/// followed by the protocol parameters if the body comes from
/// [`Signed::form_body`](crate::Signed::form_body). A form given as bytes stays exactly as it is.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
/// let title = String::from("a + b");
/// let request = Request::post("https://api.example.com/posts")?.form([("title", &title)])?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// assert_eq!(
///     signed.form_body().to_string(),
///     concat!(
///         "title=a%20%2B%20b&oauth_consumer_key=key&oauth_nonce=nonce",
///         "&oauth_signature=m6Bi1D3PPjSeL4Wr8T3QG0K4s5U%3D",
///         "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1316657628",
///     )
/// );
/// // If the protocol parameters travel in the header, send the form alone.
/// assert_eq!(request.form_body().to_string(), "title=a%20%2B%20b");
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone, Copy)]
pub struct FormBody<'a> {
    request: &'a Request<'a>,
    signed: Option<(&'a Draft<'a>, &'a Signature)>,
}

impl<'a> FormBody<'a> {
    /// The content type to send with the body. Without it, services do not read the body as a form.
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
                out.literal(body);
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
    /// Returns the form body without protocol parameters, to send if those travel in the header or
    /// in the query. It contains the form's parameters in the order in which they were given.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let title = String::from("Zürich");
    /// let request = Request::post("https://api.example.com/posts")?
    ///     .form([("title", title.as_str()), ("page", "1")])?;
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

/// Shows the names of the parameters, but not their values.
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

/// Whether a body of this type is a form. Neither its case nor its parameters count.
pub(crate) fn is_form_type(content_type: &[u8]) -> bool {
    let end = content_type.iter().position(|byte| *byte == b';');
    let media_type = &content_type[..end.unwrap_or(content_type.len())];
    media_type
        .trim_ascii()
        .eq_ignore_ascii_case(FormBody::CONTENT_TYPE.as_bytes())
}
