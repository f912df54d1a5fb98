//! The protocol parameters of one request ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::string::String;
use core::{fmt, str};

use crate::{
    Callback, Request, Signature, Stamp,
    encode::is_unreserved,
    parameters::{Octets, Parameter, Rank, merge},
};

/// The `oauth_*` parameters of one request, in the order of their names: those of the signer, of
/// the stamp and of the request, and the signature.
///
/// [`AuthorizationHeader`](crate::AuthorizationHeader), [`Query`](crate::Query) and
/// [`FormBody`](crate::FormBody) write them. A service that wants them somewhere else gets them
/// from [`ProtocolParameters::iter`].
pub struct ProtocolParameters<'a> {
    standing: &'a Standing,
    stamp: Stamp,
    callback: Option<Callback<'a>>,
    verification_code: Option<&'a str>,
    further: &'a [Parameter<'a>],
    signature: Option<Signature>,
}

impl<'a> ProtocolParameters<'a> {
    pub(crate) fn new(standing: &'a Standing, request: &'a Request<'a>, stamp: Stamp) -> Self {
        Self {
            standing,
            stamp,
            callback: request.callback,
            verification_code: request.verification_code,
            further: &request.further,
            signature: None,
        }
    }

    pub(crate) fn with_signature(mut self, signature: Signature) -> Self {
        self.signature = Some(signature);
        self
    }

    pub(crate) fn signature(&self) -> Option<&Signature> {
        self.signature.as_ref()
    }

    /// Names and values, not encoded. With PLAINTEXT the signature among them *is* the secrets.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let names: Vec<_> = signed.protocol_parameters().iter().map(|(name, _)| name).collect();
    /// assert_eq!(
    ///     names,
    ///     [
    ///         "oauth_consumer_key",
    ///         "oauth_nonce",
    ///         "oauth_signature",
    ///         "oauth_signature_method",
    ///         "oauth_timestamp",
    ///         "oauth_version",
    ///     ]
    /// );
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sent()
            .map(|parameter| (parameter.name.as_text(), parameter.value.as_text()))
    }

    /// All that are sent, the signature among them.
    pub(crate) fn sent(&self) -> impl Iterator<Item = Parameter<'_>> {
        self.all(self.signature.as_ref())
    }

    /// All that are signed, which the signature is not.
    pub(crate) fn signed(&self) -> impl Iterator<Item = Parameter<'_>> {
        self.all(None)
    }

    fn all<'s>(
        &'s self,
        signature: Option<&'s Signature>,
    ) -> impl Iterator<Item = Parameter<'s>> + 's {
        let standing = self.standing;
        let own = [
            self.callback
                .map(|callback| CALLBACK.with(Octets::Decoded(callback.as_str().as_bytes()))),
            Some(CONSUMER_KEY.with(standing.consumer_key.octets())),
            Some(NONCE.with(self.stamp.nonce_octets())),
            signature.map(|signature| SIGNATURE.with(signature.octets())),
            Some(SIGNATURE_METHOD.with(standing.signature_method.octets())),
            Some(TIMESTAMP.with(self.stamp.timestamp_octets())),
            standing
                .token
                .as_ref()
                .map(|token| TOKEN.with(token.octets())),
            self.verification_code
                .map(|code| VERIFIER.with(Octets::Decoded(code.as_bytes()))),
            standing
                .version
                .then(|| VERSION.with(Octets::Unreserved(b"1.0"))),
        ];
        merge(own.into_iter().flatten(), self.further.iter().copied())
    }
}

/// Shows the names: with PLAINTEXT the signature is the secrets.
impl fmt::Debug for ProtocolParameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProtocolParameters ")?;
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}

/// What is the same in every request of a signer.
#[derive(Clone)]
pub(crate) struct Standing {
    pub(crate) consumer_key: Value,
    pub(crate) token: Option<Value>,
    pub(crate) signature_method: Value,
    pub(crate) version: bool,
}

/// A value that is known long before it is written, so that it is looked at once.
#[derive(Clone)]
pub(crate) struct Value {
    pub(crate) text: String,
    unreserved: bool,
}

impl Value {
    pub(crate) fn new(text: String) -> Self {
        Self {
            unreserved: is_unreserved(&text),
            text,
        }
    }

    fn octets(&self) -> Octets<'_> {
        Octets::text(&self.text, self.unreserved)
    }
}

/// Whether the signer writes the parameter itself, or has a method of its own for it.
pub(crate) fn is_written_by_signer(name: &str) -> bool {
    [
        CALLBACK,
        CONSUMER_KEY,
        NONCE,
        SIGNATURE,
        SIGNATURE_METHOD,
        TIMESTAMP,
        TOKEN,
        VERIFIER,
        VERSION,
    ]
    .iter()
    .any(|known| known.name == name)
}

/// The name of a protocol parameter.
struct Name {
    name: &'static str,
    rank: Rank,
}

impl Name {
    const fn new(name: &'static str) -> Self {
        Self {
            name,
            rank: Rank::new(name.as_bytes()),
        }
    }

    fn with<'a>(&self, value: Octets<'a>) -> Parameter<'a> {
        Parameter {
            rank: self.rank,
            name: Octets::Unreserved(self.name.as_bytes()),
            value,
        }
    }
}

const CALLBACK: Name = Name::new("oauth_callback");
const CONSUMER_KEY: Name = Name::new("oauth_consumer_key");
const NONCE: Name = Name::new("oauth_nonce");
const SIGNATURE: Name = Name::new("oauth_signature");
const SIGNATURE_METHOD: Name = Name::new("oauth_signature_method");
const TIMESTAMP: Name = Name::new("oauth_timestamp");
const TOKEN: Name = Name::new("oauth_token");
const VERIFIER: Name = Name::new("oauth_verifier");
const VERSION: Name = Name::new("oauth_version");
