//! Protocol parameters in the query ([RFC 5849 §3.5.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.3)).

use alloc::string::String;
use core::fmt;

use crate::{
    encode::{Out, encode_to, encode_to_string},
    parameters::{AsPairs, Writer},
    protocol::Draft,
    request::Target,
    signature_method::Signature,
};

/// The query of a signed URL (RFC 5849, section 3.5.3): the request's own query, unchanged,
/// followed by the protocol parameters. In those, a space is always `%20`, never `+`.
///
/// `Display` writes the query without the `?`. [`Query::to_url`] returns the whole URL.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
/// let request = Request::get("https://api.example.com/find?q=a+b")?;
/// let url = signer.sign(&request, Stamp::new("nonce", 1316657628)).query().to_url();
/// assert_eq!(
///     url,
///     concat!(
///         "https://api.example.com/find?q=a+b&oauth_consumer_key=key&oauth_nonce=nonce",
///         "&oauth_signature=M49Vdx%2FX8w6umd%2F4G%2BnMDpH%2BaSI%3D",
///         "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1316657628",
///     )
/// );
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Query<'a> {
    draft: &'a Draft<'a>,
    signature: &'a Signature,
}

impl<'a> Query<'a> {
    pub(crate) fn new(draft: &'a Draft<'a>, signature: &'a Signature) -> Self {
        Self { draft, signature }
    }

    /// Returns the URL with the protocol parameters added to its query: the text to send.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/find?q=a+b")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let url = signed.query().to_url();
    /// assert!(url.starts_with("https://api.example.com/find?q=a+b&oauth_consumer_key=key&"));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn to_url(&self) -> String {
        let target = self.target();
        let parameters = self.draft.length_at_most(self.signature.bytes());
        let expected = target.as_str().len() + "?&".len() + parameters;
        encode_to_string(expected, |out| {
            out.literal(target.before_query().as_bytes());
            out.literal(b"?");
            self.write(out);
        })
    }

    fn target(&self) -> &'a Target<'a> {
        self.draft.request().target()
    }

    fn write(&self, out: &mut impl Out) {
        let query = self.target().query().unwrap_or_default();
        out.literal(query.as_bytes());
        let writer = if query.is_empty() || query.ends_with('&') {
            Writer::<AsPairs, _>::new(out)
        } else {
            Writer::after_others(out)
        };
        self.draft.write_sent(writer, self.signature.bytes());
    }
}

impl fmt::Display for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode_to(f, |out| self.write(out))
    }
}

/// Shows the target without its query, and the names of the protocol parameters.
impl fmt::Debug for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query")
            .field("target", self.target())
            .field(
                "protocol",
                &self.draft.parameters(Some(self.signature.bytes())),
            )
            .finish()
    }
}
