//! A received request whose claims nobody has checked yet ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

mod error;
mod reading;

use alloc::borrow::Cow;
use core::fmt;

pub use self::error::IncomingError;
pub(super) use self::reading::{Limits, check_url};
use super::Body;
use crate::{
    base_string::{BaseString, Parameters},
    parameters::Pairs,
    protocol::{Name, ProtocolParameters, Received},
    request::{BODY_HASH, Target},
    transmission::{Placement, unquoted},
};

/// A received request, read strictly. What it claims is not checked: only a
/// [`Verifier`](super::Verifier) tells whether it is true.
///
/// The claims are there to look up the credentials with. Do not act upon them before the request is
/// [`Verified`](super::Verified).
///
/// ```
/// use oauth1_signer::verifier::{Body, Incoming};
///
/// let authorization = r#"OAuth oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk",
///     oauth_signature_method="HMAC-SHA1", oauth_timestamp="1191242096", oauth_nonce="kllo9940pd9333jh",
///     oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D""#.replace("\n    ", "");
/// let url = "http://photos.example.net/photos?file=vacation.jpg&size=original";
/// let incoming = Incoming::read("GET", url, Some(&authorization), Body::none())?;
/// assert_eq!(incoming.consumer_key(), "dpf43f3p2l4k3l03");
/// assert_eq!(incoming.token(), Some("nnch734d00sl2jdk"));
/// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
/// ```
///
/// # What is refused
///
/// - a header that is not exactly as RFC 5849 has it: see
///   [`AuthorizationParameters`](crate::AuthorizationParameters). A header of another scheme is ignored;
/// - protocol parameters that occur twice, or in two places: names that begin with `oauth_` are in the
///   header, in the query or in the form;
/// - malformed percent escapes in the query and in a form;
/// - missing parameters. Only PLAINTEXT needs no nonce and no timestamp;
/// - an `oauth_version` other than `1.0`, and an `oauth_timestamp` that is not a positive integer;
/// - anything too long: headers of more than 16 KiB, URLs of more than 64 KiB, more than 100 protocol
///   parameters and, unless the policy allows more, forms of more than 1 MiB and more than 10,000
///   parameters in the query or in the form.
pub struct Incoming<'a> {
    method: &'a str,
    target: Target<'a>,
    /// Those of the query and the form that are not protocol parameters, sorted.
    pairs: Pairs<'a>,
    protocol: Received<'a>,
    placement: Placement,
    /// What stands between the quotation marks of the header.
    realm: Option<&'a str>,
    timestamp: Option<u64>,
    body: Body<'a>,
}

impl<'a> Incoming<'a> {
    /// Reads a request with its whole URL, as the client sees it. Path and query must be as they arrived.
    ///
    /// A fragment is left out, because clients do not send it: do not pass a URL that was put together with
    /// what stands in the request line without refusing a `#` there.
    ///
    /// A server usually knows the path and the query only, and must not guess the rest: see
    /// [`Verifier::read`](super::Verifier::read).
    ///
    /// # Errors
    ///
    /// [`IncomingError`], which says what and where.
    ///
    /// ```
    /// use oauth1_signer::verifier::{Body, Incoming, IncomingError};
    ///
    /// let error = Incoming::read("GET", "https://api.example.com/", None, Body::none()).unwrap_err();
    /// assert_eq!(error, IncomingError::NotSigned);
    /// ```
    pub fn read(
        method: &'a str,
        url: &'a str,
        authorization: Option<&'a str>,
        body: Body<'a>,
    ) -> Result<Self, IncomingError> {
        let limits = Limits::default();
        check_url(url)?;
        Self::read_target(method, Target::received(url)?, authorization, body, limits)
    }

    /// The client identifier, `oauth_consumer_key`.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.consumer_key(), "key");
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn consumer_key(&self) -> &str {
        self.required(Name::ConsumerKey)
    }

    /// The token, `oauth_token`. It may be empty, and it may be a temporary one.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.token(), Some("token"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.protocol.get(Name::Token)
    }

    /// The signature method, `oauth_signature_method`.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.signature_method(), "HMAC-SHA1");
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn signature_method(&self) -> &str {
        self.required(Name::SignatureMethod)
    }

    /// The nonce, which only PLAINTEXT can do without.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.nonce(), Some("nonce"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn nonce(&self) -> Option<&str> {
        self.protocol.get(Name::Nonce)
    }

    /// The timestamp in seconds since 1970-01-01 00:00 UTC, which only PLAINTEXT can do without.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.timestamp(), Some(1316657628));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn timestamp(&self) -> Option<u64> {
        self.timestamp
    }

    /// The callback URL or `oob`, in a request for temporary credentials.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_callback=oob\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.callback(), Some("oob"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn callback(&self) -> Option<&str> {
        self.protocol.get(Name::Callback)
    }

    /// The verification code, `oauth_verifier`, in a request for a token.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_verifier=473f82d3\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.verification_code(), Some("473f82d3"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn verification_code(&self) -> Option<&str> {
        self.protocol.get(Name::Verifier)
    }

    /// The hash of the body, `oauth_body_hash`. The verifier compares it with the body.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_body_hash=2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.body_hash(), Some("2jmj7l5rSw0yVb/vlWAYkK/YBwk="));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn body_hash(&self) -> Option<&str> {
        self.protocol.get_extra(BODY_HASH)
    }

    /// The realm of the header, without its quotation marks. It is not signed.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.realm(), None); // Only a header has one.
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn realm(&self) -> Option<Cow<'a, str>> {
        self.realm.map(unquoted)
    }

    /// Where the protocol parameters stand.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.placement(), oauth1_signer::Placement::Query);
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn placement(&self) -> Placement {
        self.placement
    }

    /// All protocol parameters, including extra ones such as `oauth_session_handle` and the signature.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1&oauth_session_handle=ANQl\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// for (name, value) in incoming.protocol_parameters() {
    ///     println!("{name}: {value}");
    /// }
    /// assert_eq!(incoming.protocol_parameters().get("oauth_session_handle"), Some("ANQl"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn protocol_parameters(&self) -> ProtocolParameters<'_> {
        self.protocol.parameters()
    }

    /// The method, as it was sent.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.method(), "GET");
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn method(&self) -> &'a str {
        self.method
    }

    /// Where the request went.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert_eq!(incoming.target().base_uri(), "https://api.example.com/photos");
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    pub fn target(&self) -> &Target<'a> {
        &self.target
    }

    /// The base string that a verifier makes of the request. For a report that compares it with the
    /// client's, see [`Incoming::explain`].
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// let base_string = incoming.base_string().to_string();
    /// assert!(base_string.starts_with("GET&https%3A%2F%2Fapi.example.com%2Fphotos&oauth_consumer_key"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn base_string(&self) -> BaseString<'_> {
        BaseString::new(self.method, &self.target, self.parameters())
    }

    /// All parameters that are signed.
    ///
    /// ```
    /// # use oauth1_signer::verifier::{Body, Incoming};
    /// # let url = "https://api.example.com/photos?size=original&oauth_consumer_key=key&oauth_token=token\
    /// #     &oauth_nonce=nonce&oauth_timestamp=1316657628&oauth_signature_method=HMAC-SHA1\
    /// #     &oauth_signature=c2lnbmF0dXJl";
    /// let incoming = Incoming::read("GET", url, None, Body::none())?;
    /// assert!(incoming.parameters().to_string().ends_with("&oauth_token=token&size=original"));
    /// # Ok::<(), oauth1_signer::verifier::IncomingError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn parameters(&self) -> Parameters<'_> {
        let query = self.target.query().unwrap_or_default();
        Parameters::received(&self.protocol, self.pairs.over(query.as_bytes()))
    }

    pub(super) fn body(&self) -> Body<'a> {
        self.body
    }

    /// Whether a signature that covers the protocol parameters covers the body too.
    pub(super) fn is_body_covered(&self) -> bool {
        self.body.is_form() || self.body.bytes().is_empty() || self.body_hash().is_some()
    }

    pub(super) fn signature(&self) -> &str {
        self.required(Name::Signature)
    }

    /// A parameter that reading has seen.
    fn required(&self, name: Name) -> &str {
        self.protocol.get(name).unwrap_or_default()
    }
}

/// Shows the names of the protocol parameters, and no values: with PLAINTEXT, the signature consists of
/// the secrets.
impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("placement", &self.placement)
            .field("protocol", &self.protocol_parameters())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
