//! The protocol parameters of a request while it is being signed ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::borrow::Cow;

use super::{Constants, Name, ProtocolParameters, Templated};
use crate::{
    encode::{Decimal, Out},
    parameters::{Bytes, Writer},
    request::Request,
    stamp::Stamp,
};

/// The protocol parameters of a signer, a stamp and a request. The signature is not among them:
/// methods that write it take it as an argument.
pub(crate) struct Draft<'a> {
    constants: &'a Constants,
    request: &'a Request<'a>,
    /// Absent only with PLAINTEXT.
    stamp: Option<Stamp>,
    /// The time of the stamp.
    timestamp: Decimal,
}

impl<'a> Draft<'a> {
    #[inline]
    pub(crate) fn new(constants: &'a Constants, request: &'a Request<'a>) -> Self {
        Self {
            constants,
            request,
            stamp: None,
            timestamp: Decimal::EMPTY,
        }
    }

    #[inline]
    pub(crate) fn set_stamp(&mut self, stamp: Stamp) {
        self.timestamp.set(stamp.unix_seconds());
        self.stamp = Some(stamp);
    }

    #[inline]
    pub(crate) fn request(&self) -> &'a Request<'a> {
        self.request
    }

    /// The parameters as data, with the signature if it is known.
    pub(crate) fn parameters<'s>(&'s self, signature: Option<Bytes<'s>>) -> ProtocolParameters<'s> {
        ProtocolParameters {
            values: Name::ALL.map(|name| {
                self.changing(name, signature)
                    .or_else(|| self.constants.value(name))
            }),
            extra: Cow::Borrowed(&self.request.extra),
        }
    }

    /// Whether the signer has a template for the syntax. A template has no place for extra
    /// parameters.
    #[inline]
    pub(crate) fn has_template<S: Templated>(&self) -> bool {
        self.request.extra.is_empty() && self.constants.has_template::<S>()
    }

    /// Writes the parameters with the signer's template.
    #[inline(always)]
    pub(crate) fn write_template<S: Templated, O: Out>(
        &self,
        writer: &mut Writer<'_, S, O>,
        signature: Option<Bytes<'_>>,
    ) {
        self.constants
            .write(writer, |name| self.changing(name, signature));
    }

    /// Writes the parameters to send.
    pub(crate) fn write_sent<S: Templated, O: Out>(
        &self,
        mut writer: Writer<'_, S, O>,
        signature: Bytes<'_>,
    ) {
        if self.has_template::<S>() {
            self.write_template(&mut writer, Some(signature));
        } else {
            for parameter in self.parameters(Some(signature)).in_order() {
                writer.parameter(parameter.name, parameter.value);
            }
        }
    }

    /// An upper bound on the length of the parameters to send, in any syntax.
    #[inline]
    pub(crate) fn length_at_most(&self, signature: Bytes<'_>) -> usize {
        // Every byte may become an escape, and a header adds more to a parameter than other
        // syntaxes.
        const SYNTAX: usize = ", =\"\"".len();
        let changing = Name::CHANGING
            .into_iter()
            .filter_map(|name| self.changing(name, Some(signature)));
        let extra = self.request.extra.iter();
        let extra = extra.map(|extra| SYNTAX + 3 * (extra.name.len() + extra.value.len()));
        self.constants.header_length()
            + changing.map(|value| 3 * value.len()).sum::<usize>()
            + extra.sum::<usize>()
    }

    /// The value of a parameter that changes from request to request.
    #[inline(always)]
    fn changing<'s>(&'s self, name: Name, signature: Option<Bytes<'s>>) -> Option<Bytes<'s>> {
        match name {
            Name::Callback => Some(Bytes::Decoded(self.request.callback?.as_bytes())),
            Name::Nonce => Some(self.stamp.as_ref()?.nonce_bytes()),
            Name::Signature => signature,
            Name::Timestamp if self.stamp.is_none() => None,
            Name::Timestamp => Some(Bytes::Unreserved(self.timestamp.digits())),
            Name::Verifier => Some(Bytes::Decoded(self.request.verification_code?.as_bytes())),
            Name::ConsumerKey | Name::SignatureMethod | Name::Token | Name::Version => None,
        }
    }
}
