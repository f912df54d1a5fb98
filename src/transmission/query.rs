//! Protocol parameters in the query ([RFC 5849 §3.5.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.3)).

use alloc::string::{String, ToString};
use core::fmt::{self, Write};

use super::write_pairs;
use crate::{ProtocolParameters, Target};

/// The query of a signed URL: what the query was, as it was written, and behind it the protocol
/// parameters. It never has a `+` of our own; a space is `%20`.
///
/// `Display` writes the query without `?`, [`Query::to_url`] the whole URL.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None).without_version();
/// let request = Request::get("https://api.example.com/find?q=a+b#top")?;
/// let url = signer.sign(&request, Stamp::new("nonce", 1316657628)).query().to_url();
/// assert_eq!(
///     url,
///     concat!(
///         "https://api.example.com/find?q=a+b&oauth_consumer_key=key&oauth_nonce=nonce",
///         "&oauth_signature=M49Vdx%2FX8w6umd%2F4G%2BnMDpH%2BaSI%3D",
///         "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1316657628#top",
///     )
/// );
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Query<'a> {
    target: &'a Target<'a>,
    protocol: &'a ProtocolParameters<'a>,
}

impl<'a> Query<'a> {
    pub(crate) fn new(target: &'a Target<'a>, protocol: &'a ProtocolParameters<'a>) -> Self {
        Self { target, protocol }
    }

    /// The URL with the protocol parameters behind the query it has. The rest of its text is left
    /// as it is.
    #[must_use]
    pub fn to_url(&self) -> String {
        let mut url = self.target.before_query().to_string();
        url.push('?');
        self.write(&mut url)
            .expect("writing to a string does not fail");
        url.push_str(self.target.after_query());
        url
    }

    fn write(&self, out: &mut impl Write) -> fmt::Result {
        let query = self.target.query().unwrap_or_default();
        out.write_str(query)?;
        let separator = if query.is_empty() || query.ends_with('&') {
            ""
        } else {
            "&"
        };
        write_pairs(self.protocol, separator, out)
    }
}

impl fmt::Display for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// Shows the target without its query, and the names of the protocol parameters.
impl fmt::Debug for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query")
            .field("target", &self.target)
            .field("protocol", &self.protocol)
            .finish()
    }
}
