//! Parameter normalization ([RFC 5849 §3.4.1.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3)).

mod octets;
mod pairs;

use alloc::borrow::Cow;
use core::{cmp::Ordering, fmt, iter};

use thiserror::Error;

pub(crate) use self::{
    octets::{Octets, Rank, decode_next},
    pairs::Pairs,
};
use crate::protocol::ProtocolParameters;

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
    pairs: Cow<'a, Pairs<'a>>,
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
        let mut list = Pairs::default();
        list.extend_with_form(pairs.into_iter());
        Self::by_hand(list)
    }

    /// Takes the text of a query or of a form body (`application/x-www-form-urlencoded`): `+` and
    /// `%20` are spaces, `&` separates, and empty pairs are none. An `oauth_signature` is left out.
    ///
    /// # Errors
    ///
    /// [`MalformedEscape`] if a `%` is not followed by two hexadecimal digits.
    pub fn from_form_urlencoded(text: &'a [u8]) -> Result<Self, MalformedEscape> {
        let mut list = Pairs::default();
        list.extend_with_encoded(text)?;
        Ok(Self::by_hand(list))
    }

    /// The parameters that a signer signs for a request.
    pub(crate) fn of_request(
        protocol: &'a ProtocolParameters<'a>,
        pairs: &'a Pairs<'a>,
        query: &'a [u8],
    ) -> Self {
        Self {
            protocol: Some(protocol),
            pairs: Cow::Borrowed(pairs),
            query,
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Parameter<'_>> {
        merge(
            self.protocol
                .into_iter()
                .flat_map(ProtocolParameters::signed),
            self.pairs.iter(self.query),
        )
    }

    fn by_hand(mut pairs: Pairs<'a>) -> Self {
        pairs.retain_signed();
        pairs.sort(b"");
        Self {
            protocol: None,
            pairs: Cow::Owned(pairs),
            query: b"",
        }
    }
}

/// Writes the normalized parameters: what the base string holds, before it is encoded once more.
impl fmt::Display for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for parameter in self.iter() {
            f.write_str(separator)?;
            parameter.name.fmt_encoded(f)?;
            f.write_str("=")?;
            parameter.value.fmt_encoded(f)?;
            separator = "&";
        }
        Ok(())
    }
}

/// Shows how many there are: a form may hold what should not be logged.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameters")
            .field("count", &self.iter().count())
            .finish_non_exhaustive()
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
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.rank
            .cmp(&other.rank)
            .then_with(|| self.name.order(&other.name))
            .then_with(|| self.value.order(&other.value))
    }
}

/// Two sorted lists as one.
pub(crate) fn merge<'a>(
    left: impl Iterator<Item = Parameter<'a>>,
    right: impl Iterator<Item = Parameter<'a>>,
) -> impl Iterator<Item = Parameter<'a>> {
    let (mut left, mut right) = (left.peekable(), right.peekable());
    iter::from_fn(move || match (left.peek(), right.peek()) {
        (Some(l), Some(r)) if l.order(r).is_gt() => right.next(),
        (Some(_), _) => left.next(),
        (None, _) => right.next(),
    })
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
