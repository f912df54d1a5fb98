//! The protocol parameters of one request ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

mod standing;

use alloc::vec::Vec;
use core::fmt;

pub(crate) use self::standing::{Prepared, Standing};
use crate::{
    Request, Signature, Stamp,
    encode::Out,
    parameters::{Merge, Octets, Parameter, Rank, Syntax, Writer},
    stamp::Decimal,
};

/// The `oauth_*` parameters of one request, in the order of their names: those of the signer, of
/// the stamp and of the request, and the signature.
///
/// [`AuthorizationHeader`](crate::AuthorizationHeader), [`Query`](crate::Query) and
/// [`FormBody`](crate::FormBody) write them. A service that wants them somewhere else gets them
/// from [`ProtocolParameters::iter`].
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// for (name, value) in signed.protocol_parameters().iter() {
///     println!("{name}: {value}");
/// }
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
pub struct ProtocolParameters<'a> {
    standing: &'a Standing,
    /// Absent only with a key that can go without one.
    stamp: Option<Stamp>,
    /// That of the stamp.
    timestamp: Decimal,
    request: &'a Request<'a>,
    signature: Option<Signature>,
}

impl<'a> ProtocolParameters<'a> {
    #[inline]
    pub(crate) fn new(standing: &'a Standing, request: &'a Request<'a>) -> Self {
        Self {
            standing,
            stamp: None,
            timestamp: Decimal::EMPTY,
            request,
            signature: None,
        }
    }

    #[inline]
    pub(crate) fn set_stamp(&mut self, stamp: Stamp) {
        self.timestamp.set(stamp.unix_seconds());
        self.stamp = Some(stamp);
    }

    #[inline]
    pub(crate) fn with_signature(self, signature: Signature) -> Self {
        Self {
            signature: Some(signature),
            ..self
        }
    }

    #[inline]
    pub(crate) fn request(&self) -> &'a Request<'a> {
        self.request
    }

    pub(crate) fn signature(&self) -> &Signature {
        let signature = self.signature.as_ref();
        signature.expect("it is set before anybody sees a signed request")
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
        let mut all = Vec::new();
        self.for_each_sent(|parameter| all.push((parameter.name, parameter.value)));
        all.into_iter()
            .map(|(name, value)| (name.as_text(), value.as_text()))
    }

    /// Visits all that are sent, the signature among them.
    pub(crate) fn for_each_sent<'s>(&'s self, visit: impl FnMut(&Parameter<'s>)) {
        self.for_each(self.signature.as_ref(), visit);
    }

    /// Visits all that are signed, which the signature is not.
    pub(crate) fn for_each_signed<'s>(&'s self, visit: impl FnMut(&Parameter<'s>)) {
        self.for_each(None, visit);
    }

    fn for_each<'s>(&'s self, signature: Option<&'s Signature>, visit: impl FnMut(&Parameter<'s>)) {
        let standing = self.standing;
        let mut all = Merge::new(&self.request.further, b"", visit);
        let mut push = |name: &'static str, value| {
            all.push(&Parameter {
                rank: Rank::unreserved(name.as_bytes()),
                name: Octets::Unreserved(name.as_bytes()),
                value,
            });
        };
        if let Some(callback) = self.request.callback {
            push(CALLBACK, Octets::Decoded(callback.as_bytes()));
        }
        push(
            CONSUMER_KEY,
            Octets::Decoded(standing.consumer_key().as_bytes()),
        );
        if let Some(stamp) = &self.stamp {
            push(NONCE, stamp.nonce_octets());
        }
        if let Some(signature) = signature {
            push(SIGNATURE, signature.octets());
        }
        push(
            SIGNATURE_METHOD,
            Octets::Decoded(standing.signature_method().as_bytes()),
        );
        if self.stamp.is_some() {
            push(TIMESTAMP, Octets::Unreserved(self.timestamp.digits()));
        }
        if let Some(token) = standing.token() {
            push(TOKEN, Octets::Decoded(token.as_bytes()));
        }
        if let Some(code) = self.request.verification_code {
            push(VERIFIER, Octets::Decoded(code.as_bytes()));
        }
        if standing.version {
            push(VERSION, Octets::Unreserved(b"1.0"));
        }
        all.finish();
    }

    /// What is prepared of them, and the stamp, if they are only what a signer prepares for.
    #[inline]
    pub(crate) fn prepared<S: Syntax>(&self) -> Option<(&Prepared, &Stamp)> {
        let prepared = S::prepared(self.standing).filter(|_| self.request.further.is_empty())?;
        Some((prepared, self.stamp.as_ref()?))
    }

    /// How long those that are sent become at most, in any syntax.
    pub(crate) fn length_at_most(&self) -> usize {
        // Each octet is at most an escape, and no syntax adds more than that of the base string.
        const SYNTAX: usize = "%3D%26".len();
        const NAME: usize = SIGNATURE.len() + SYNTAX;
        let nonce = self.stamp.as_ref().map_or(0, |stamp| stamp.nonce().len());
        let changing = [
            self.request.callback.map(str::len),
            self.request.verification_code.map(str::len),
            self.signature.as_ref().map(Signature::length),
        ];
        let changing = changing.into_iter().flatten().map(|value| NAME + 3 * value);
        let further = self.request.further.iter();
        let further = further.map(|pair| SYNTAX + 3 * pair.length());
        self.standing.length_at_most()
            + 3 * nonce
            + self.timestamp.digits().len()
            + changing.sum::<usize>()
            + further.sum::<usize>()
    }

    /// Writes all that are sent.
    pub(crate) fn write_sent<S: Syntax, O: Out>(&self, mut writer: Writer<'_, S, O>) {
        match self.prepared::<S>() {
            Some(prepared) => {
                self.write_prepared(prepared, self.signature.as_ref(), &mut writer);
            }
            None => {
                self.for_each_sent(|parameter| writer.parameter(parameter.name, parameter.value));
            }
        }
    }

    /// Writes what [`Self::for_each`] visits where there are no further parameters: what is the
    /// same in every request with one copy for several parameters. Joining name by name would take
    /// as long as half the hash.
    #[inline(always)]
    pub(crate) fn write_prepared<S: Syntax, O: Out>(
        &self,
        (prepared, stamp): (&Prepared, &Stamp),
        signature: Option<&Signature>,
        writer: &mut Writer<'_, S, O>,
    ) {
        let text = &self.standing.text;
        if let Some(callback) = self.request.callback {
            let value = Octets::Decoded(callback.as_bytes());
            writer.parameter(Octets::Unreserved(CALLBACK.as_bytes()), value);
        }
        writer.separate();
        let out = &mut *writer.out;
        out.literal(&text[prepared.start..prepared.nonce]);
        stamp.nonce_octets().write(S::TABLE, out);
        if let Some(signature) = signature {
            out.literal(S::END);
            out.literal(S::SEPARATOR);
            out.literal(SIGNATURE.as_bytes());
            out.literal(S::EQUALS);
            signature.octets().write(S::TABLE, out);
        }
        out.literal(&text[prepared.nonce..prepared.timestamp]);
        out.literal(self.timestamp.digits());
        let end = if self.standing.version {
            prepared.end
        } else {
            prepared.verifier
        };
        match self.request.verification_code {
            None => out.literal(&text[prepared.timestamp..end]),
            Some(code) => {
                out.literal(&text[prepared.timestamp..prepared.verifier]);
                let value = Octets::Decoded(code.as_bytes());
                writer.parameter(Octets::Unreserved(VERIFIER.as_bytes()), value);
                writer.out.literal(&text[prepared.verifier..end]);
            }
        }
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

/// The hash of a body that is no form, in the extension of that name.
pub(crate) const BODY_HASH: &str = "oauth_body_hash";

/// Whether the signer writes the parameter itself, or has a method of its own for it, or it is
/// the name of a secret, which is never sent.
pub(crate) fn is_reserved(name: &str) -> bool {
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
        "oauth_consumer_secret",
        "oauth_token_secret",
    ]
    .contains(&name)
}

const CALLBACK: &str = "oauth_callback";
const CONSUMER_KEY: &str = "oauth_consumer_key";
const NONCE: &str = "oauth_nonce";
const SIGNATURE: &str = "oauth_signature";
const SIGNATURE_METHOD: &str = "oauth_signature_method";
const TIMESTAMP: &str = "oauth_timestamp";
const TOKEN: &str = "oauth_token";
const VERIFIER: &str = "oauth_verifier";
const VERSION: &str = "oauth_version";
