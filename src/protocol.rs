//! The protocol parameters of one request ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::{string::String, vec::Vec};
use core::{fmt, mem, ops::Range};

use crate::{
    Callback, Request, Signature, Stamp,
    encode::{Encoder, encode_to},
    parameters::{
        AsPairs, InBaseString, InHeader, Merge, Octets, Pair, Parameter, Rank, Syntax, Writer,
    },
};

/// The `oauth_*` parameters of one request, in the order of their names: those of the signer, of
/// the stamp and of the request, and the signature.
///
/// [`AuthorizationHeader`](crate::AuthorizationHeader), [`Query`](crate::Query) and
/// [`FormBody`](crate::FormBody) write them. A service that wants them somewhere else gets them
/// from [`ProtocolParameters::iter`].
pub struct ProtocolParameters<'a> {
    standing: &'a Standing,
    /// Absent only with a key that can go without one.
    stamp: Option<Stamp>,
    callback: Option<Callback<'a>>,
    verification_code: Option<&'a str>,
    further: &'a [Pair<'a>],
    signature: Option<Signature>,
}

impl<'a> ProtocolParameters<'a> {
    pub(crate) fn new(
        standing: &'a Standing,
        request: &'a Request<'a>,
        stamp: Option<Stamp>,
    ) -> Self {
        Self {
            standing,
            stamp,
            callback: request.callback,
            verification_code: request.verification_code,
            further: &request.further,
            signature: None,
        }
    }

    pub(crate) fn set_signature(&mut self, signature: Signature) {
        self.signature = Some(signature);
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
        let mut all = Merge::new(self.further, b"", visit);
        let mut push = |name: &'static str, value| {
            all.push(&Parameter {
                rank: Rank::new(name.as_bytes()),
                name: Octets::Unreserved(name.as_bytes()),
                value,
            });
        };
        if let Some(callback) = &self.callback {
            push(CALLBACK, Octets::Decoded(callback.as_str().as_bytes()));
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
        if let Some(stamp) = &self.stamp {
            push(TIMESTAMP, Octets::Unreserved(stamp.timestamp_digits()));
        }
        if let Some(token) = standing.token() {
            push(TOKEN, Octets::Decoded(token.as_bytes()));
        }
        if let Some(code) = self.verification_code {
            push(VERIFIER, Octets::Decoded(code.as_bytes()));
        }
        if standing.version {
            push(VERSION, Octets::Unreserved(b"1.0"));
        }
        all.finish();
    }

    /// The stamp, where there are no further parameters, so that all but a few values are prepared.
    pub(crate) fn plain(&self) -> Option<&Stamp> {
        self.stamp.as_ref().filter(|_| self.further.is_empty())
    }

    /// Writes all that are signed, with the stamp that [`Self::plain`] gave.
    #[inline]
    pub(crate) fn write_signed<S: Syntax, F: FnMut(&[u8])>(
        &self,
        stamp: &Stamp,
        writer: &mut Writer<'_, S, F>,
    ) {
        self.write_plain(stamp, None, writer);
    }

    /// Writes all that are sent.
    pub(crate) fn write_sent<S: Syntax, F: FnMut(&[u8])>(&self, mut writer: Writer<'_, S, F>) {
        if let Some(stamp) = self.plain() {
            self.write_plain(stamp, self.signature.as_ref(), &mut writer);
        } else {
            self.for_each_sent(|parameter| writer.parameter(parameter.name, parameter.value));
        }
    }

    /// Writes what [`Self::for_each`] visits where there are no further parameters: what is the
    /// same in every request with one copy for several parameters. Joining name by name would take
    /// as long as half the hash.
    #[inline]
    fn write_plain<S: Syntax, F: FnMut(&[u8])>(
        &self,
        stamp: &Stamp,
        signature: Option<&Signature>,
        writer: &mut Writer<'_, S, F>,
    ) {
        let text = self.standing.text.as_bytes();
        let prepared = &self.standing.prepared[S::PREPARED];
        if let Some(callback) = &self.callback {
            let value = Octets::Decoded(callback.as_str().as_bytes());
            writer.parameter(Octets::Unreserved(CALLBACK.as_bytes()), value);
        }
        writer.separate();
        let out = &mut *writer.out;
        out.literal(&text[prepared.up_to_nonce.clone()]);
        stamp.nonce_octets().write(S::TABLE, out);
        if let Some(signature) = signature {
            out.literal(S::END);
            out.literal(S::SEPARATOR);
            out.literal(SIGNATURE.as_bytes());
            out.literal(S::EQUALS);
            signature.octets().write(S::TABLE, out);
        }
        out.literal(&text[prepared.up_to_timestamp.clone()]);
        out.literal(stamp.timestamp_digits());
        out.literal(&text[prepared.up_to_verifier.clone()]);
        if let Some(code) = self.verification_code {
            let value = Octets::Decoded(code.as_bytes());
            writer.parameter(Octets::Unreserved(VERIFIER.as_bytes()), value);
        }
        if self.standing.version {
            writer.out.literal(&text[prepared.up_to_end.clone()]);
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

/// What is the same in every request of a signer, as it is and as it is written: one text, so that
/// making a signer is cheap as well.
#[derive(Clone)]
pub(crate) struct Standing {
    text: String,
    consumer_key: Range<usize>,
    signature_method: Range<usize>,
    token: Option<Range<usize>>,
    pub(crate) version: bool,
    prepared: [Prepared; SYNTAXES],
}

/// The protocol parameters in one syntax, in the pieces between the values that change.
#[derive(Clone, Default)]
struct Prepared {
    /// The consumer key, and the name of the nonce.
    up_to_nonce: Range<usize>,
    /// The signature method, and the name of the timestamp.
    up_to_timestamp: Range<usize>,
    /// The token, if there is one.
    up_to_verifier: Range<usize>,
    /// The version.
    up_to_end: Range<usize>,
}

impl Standing {
    pub(crate) fn new(consumer_key: &str, signature_method: &str, token: Option<&str>) -> Self {
        let length = consumer_key.len() + signature_method.len() + token.map_or(0, str::len);
        // The usual case: nothing to encode.
        let mut text = String::with_capacity((SYNTAXES + 1) * length + NAMES);
        let mut add = |part: &str| {
            let start = text.len();
            text.push_str(part);
            start..text.len()
        };
        let mut standing = Self {
            consumer_key: add(consumer_key),
            signature_method: add(signature_method),
            token: token.map(add),
            version: true,
            prepared: Default::default(),
            text: String::new(),
        };
        let start = text.len();
        encode_to(&mut text, |out| {
            let [in_base_string, in_header, as_pairs] = &mut standing.prepared;
            let values = (consumer_key, signature_method, token);
            in_base_string.write::<InBaseString, _>(values, start, out);
            in_header.write::<InHeader, _>(values, start, out);
            as_pairs.write::<AsPairs, _>(values, start, out);
        })
        .expect("writing to a string does not fail");
        standing.text = text;
        standing
    }

    pub(crate) fn consumer_key(&self) -> &str {
        &self.text[self.consumer_key.clone()]
    }

    pub(crate) fn signature_method(&self) -> &str {
        &self.text[self.signature_method.clone()]
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_ref().map(|token| &self.text[token.clone()])
    }
}

impl Prepared {
    fn write<S: Syntax, F: FnMut(&[u8])>(
        &mut self,
        (consumer_key, signature_method, token): (&str, &str, Option<&str>),
        start: usize,
        out: &mut Encoder<F>,
    ) {
        let name = |name, out: &mut Encoder<F>| {
            out.literal(str::as_bytes(name));
            out.literal(S::EQUALS);
        };
        let known = |known, value: &str, out: &mut Encoder<F>| {
            name(known, out);
            out.octets(S::TABLE, value.as_bytes());
            out.literal(S::END);
        };
        let mark = |from: &mut usize, out: &Encoder<F>| {
            let to = start + out.written();
            mem::replace(from, to)..to
        };
        let mut from = start + out.written();

        known(CONSUMER_KEY, consumer_key, out);
        out.literal(S::SEPARATOR);
        name(NONCE, out);
        self.up_to_nonce = mark(&mut from, out);

        out.literal(S::END);
        out.literal(S::SEPARATOR);
        known(SIGNATURE_METHOD, signature_method, out);
        out.literal(S::SEPARATOR);
        name(TIMESTAMP, out);
        self.up_to_timestamp = mark(&mut from, out);

        out.literal(S::END);
        if let Some(token) = token {
            out.literal(S::SEPARATOR);
            known(TOKEN, token, out);
        }
        self.up_to_verifier = mark(&mut from, out);

        out.literal(S::SEPARATOR);
        known(VERSION, "1.0", out);
        self.up_to_end = mark(&mut from, out);
    }
}

/// The hash of a body that is no form, in the extension of that name.
pub(crate) const BODY_HASH: &str = "oauth_body_hash";

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

/// How many syntaxes there are. [`Syntax::PREPARED`] numbers them.
const SYNTAXES: usize = 3;

/// About what the names and their punctuation take in all syntaxes.
const NAMES: usize = 400;
