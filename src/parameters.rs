//! Parameter normalization ([RFC 5849 §3.4.1.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3)).

mod form_urlencoded;
mod octets;
mod pairs;
mod writer;

use alloc::borrow::Cow;
use core::{cmp::Ordering, fmt};

use thiserror::Error;

pub(crate) use self::{
    octets::{Octets, Rank},
    pairs::{Pair, Pairs},
    writer::{AsPairs, InBaseString, InHeader, Syntax, Writer},
};
use crate::{
    encode::{Out, encode_to},
    protocol::ProtocolParameters,
};

/// All parameters of a request that count, in the order of RFC 5849, section 3.4.1.3.2: by encoded
/// name, then by encoded value. `Display` writes the normalized parameters.
///
/// Names and values are octets in a list of pairs: what is given twice stays twice, and `%FF` in a
/// query stays `%FF`. [`Signed::parameters`](crate::Signed::parameters) has those of a signed
/// request; the constructors here are for comparing by hand.
///
/// ```
/// use oauth1_signer::Parameters;
///
/// let parameters = Parameters::from_form_urlencoded(b"b5=%3D%253D&a3=a&c%40=&a2=r+b")?;
/// assert_eq!(parameters.to_string(), "a2=r%20b&a3=a&b5=%3D%253D&c%40=");
/// # Ok::<(), oauth1_signer::MalformedEscape>(())
/// ```
#[derive(Clone)]
pub struct Parameters<'a> {
    protocol: Option<&'a ProtocolParameters<'a>>,
    pairs: Cow<'a, [Pair<'a>]>,
    query: &'a [u8],
}

impl<'a> Parameters<'a> {
    /// Takes pairs of names and values that are not encoded. An `oauth_signature` is left out.
    ///
    /// ```
    /// use oauth1_signer::Parameters;
    ///
    /// let parameters = Parameters::from_pairs(&[("z", "p"), ("c", "hi there"), ("z", "?")]);
    /// assert_eq!(parameters.to_string(), "c=hi%20there&z=%3F&z=p");
    /// ```
    pub fn from_pairs<N, V>(pairs: impl IntoIterator<Item = &'a (N, V)>) -> Self
    where
        N: AsRef<[u8]> + 'a,
        V: AsRef<[u8]> + 'a,
    {
        let mut list = Pairs::new();
        list.extend_with_given(pairs.into_iter());
        Self::by_hand(list)
    }

    /// Takes the text of a query or of a form body (`application/x-www-form-urlencoded`): `+` and
    /// `%20` are spaces, `&` separates, and empty pairs are none. An `oauth_signature` is left out.
    ///
    /// # Errors
    ///
    /// [`MalformedEscape`] if a `%` is not followed by two hexadecimal digits.
    ///
    /// ```
    /// use oauth1_signer::Parameters;
    ///
    /// let parameters = Parameters::from_form_urlencoded(b"q=a+b&&q=%ff&oauth_signature=x")?;
    /// assert_eq!(parameters.to_string(), "q=%FF&q=a%20b");
    /// # Ok::<(), oauth1_signer::MalformedEscape>(())
    /// ```
    pub fn from_form_urlencoded(text: &'a [u8]) -> Result<Self, MalformedEscape> {
        let mut list = Pairs::new();
        list.extend_with_encoded(text)?;
        Ok(Self::by_hand(list))
    }

    /// The parameters that a signer signs for a request.
    #[inline]
    pub(crate) fn of_request(
        protocol: &'a ProtocolParameters<'a>,
        pairs: &'a Pairs<'a>,
        query: &'a [u8],
    ) -> Self {
        Self {
            protocol: Some(protocol),
            pairs: Cow::Borrowed(pairs.as_slice()),
            query,
        }
    }

    /// Writes them in order.
    pub(crate) fn write<S: Syntax, O: Out>(&self, mut writer: Writer<'_, S, O>) {
        let pairs = &*self.pairs;
        let prepared = self
            .protocol
            .and_then(|protocol| Some((protocol, protocol.prepared::<S>()?)));
        if let Some((protocol, prepared)) = prepared {
            // No pair has a name of the protocol: those that come before all of them come before
            // the first.
            let middle = pairs.partition_point(|pair| pair.rank < Rank::PROTOCOL);
            let (before, behind) = pairs.split_at(middle);
            let write_all = |pairs: &[Pair<'_>], writer: &mut Writer<'_, S, O>| {
                for pair in pairs {
                    let pair = pair.parameter(self.query);
                    writer.parameter(pair.name, pair.value);
                }
            };
            write_all(before, &mut writer);
            protocol.write_prepared(prepared, None, &mut writer);
            write_all(behind, &mut writer);
        } else {
            let mut merged = Merge::new(pairs, self.query, |p| writer.parameter(p.name, p.value));
            if let Some(protocol) = self.protocol {
                protocol.for_each_signed(|parameter| merged.push(parameter));
            }
            merged.finish();
        }
    }

    fn by_hand(mut pairs: Pairs<'a>) -> Self {
        pairs.retain_signed();
        pairs.sort(b"");
        Self {
            protocol: None,
            pairs: Cow::Owned(pairs.as_slice().to_vec()),
            query: b"",
        }
    }
}

/// Writes the normalized parameters: what the base string holds, before it is encoded once more.
impl fmt::Display for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode_to(f, |out| self.write(Writer::<AsPairs, _>::new(out)))
    }
}

/// Shows how many there are, and no values: a form may hold what should not be logged.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameters")
            .field("pairs", &self.pairs.len())
            .field("protocol", &self.protocol)
            .finish()
    }
}

/// One name with its value.
#[derive(Clone, Copy)]
pub(crate) struct Parameter<'a> {
    pub(crate) rank: Rank,
    pub(crate) name: Octets<'a>,
    pub(crate) value: Octets<'a>,
}

impl Parameter<'_> {
    /// The order of section 3.4.1.3.2.
    #[inline]
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.rank
            .cmp(&other.rank)
            .then_with(|| self.name.order(&other.name))
            .then_with(|| self.value.order(&other.value))
    }
}

/// Visits two sorted lists as one: the first as it is pushed, the second as its turn comes.
pub(crate) struct Merge<'a, V> {
    second: &'a [Pair<'a>],
    query: &'a [u8],
    visit: V,
}

impl<'a, V: FnMut(&Parameter<'a>)> Merge<'a, V> {
    /// `query` is the text that pairs of a query refer to.
    pub(crate) fn new(second: &'a [Pair<'a>], query: &'a [u8], visit: V) -> Self {
        Self {
            second,
            query,
            visit,
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, first: &Parameter<'a>) {
        while let [second, rest @ ..] = self.second
            && second.rank <= first.rank
        {
            let second = second.parameter(self.query);
            if second.order(first).is_ge() {
                break;
            }
            (self.visit)(&second);
            self.second = rest;
        }
        (self.visit)(first);
    }

    pub(crate) fn finish(mut self) {
        for second in self.second {
            (self.visit)(&second.parameter(self.query));
        }
    }
}

/// A `%` without two hexadecimal digits behind it, in a query or a form body.
///
/// Servers read such text differently: some take the `%` as it stands, others refuse the request.
/// A percent sign that is meant is written `%25`.
///
/// ```
/// use oauth1_signer::Parameters;
///
/// let error = Parameters::from_form_urlencoded(b"discount=100%").unwrap_err();
/// assert_eq!(error.to_string(), "malformed percent escape at byte 12");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("malformed percent escape at byte {position}")]
#[non_exhaustive]
pub struct MalformedEscape {
    /// How many bytes stand before the `%`.
    pub position: usize,
}
