//! All parameters of a request, merged and sorted ([RFC 5849 §3.4.1.3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2)).

use alloc::borrow::Cow;
use core::fmt;

use crate::{
    encode::{Out, encode_to},
    form_urlencoded::MalformedEscape,
    parameters::{AsPairs, Merged, Pair, Pairs, PairsOver, Parameter, Rank, Writer},
    protocol::{Draft, Name, ProtocolParameters, Received, Templated},
    request::PROTOCOL,
};

/// All parameters of a request that are signed, sorted by encoded name and then by encoded value
/// ([RFC 5849 §3.4.1.3.2]).
///
/// `Display` writes the normalized parameters. [`Signed::parameters`](crate::Signed::parameters)
/// returns the parameters of a signed request, and the constructors below make others to compare
/// them with.
///
/// Names and values are pairs of bytes: a pair that is given twice is kept twice, and `%FF` in a
/// query stays `%FF`.
///
/// ```
/// use oauth1_signer::Parameters;
///
/// let query = String::from("b5=%3D%253D&a3=a&c%40=&a2=r+b");
/// let parameters = Parameters::from_form_urlencoded(query.as_bytes())?;
/// assert_eq!(parameters.to_string(), "a2=r%20b&a3=a&b5=%3D%253D&c%40=");
/// # Ok::<(), oauth1_signer::MalformedEscape>(())
/// ```
///
/// [RFC 5849 §3.4.1.3.2]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2
#[derive(Clone)]
pub struct Parameters<'a>(Source<'a>);

#[derive(Clone)]
enum Source<'a> {
    Request(&'a Draft<'a>),
    Given(Pairs<'a>),
    Received {
        protocol: &'a Received<'a>,
        pairs: PairsOver<'a>,
    },
}

impl<'a> Parameters<'a> {
    /// Sorts pairs of names and values that are not encoded yet: see [`Pair`]. An `oauth_signature` is
    /// left out.
    ///
    /// ```
    /// use oauth1_signer::Parameters;
    ///
    /// let text = String::from("hi there");
    /// let parameters = Parameters::from_pairs([("z", "p"), ("c", &text), ("z", "?")]);
    /// assert_eq!(parameters.to_string(), "c=hi%20there&z=%3F&z=p");
    /// ```
    pub fn from_pairs(pairs: impl IntoIterator<Item: Pair<'a>>) -> Self {
        let mut list = Pairs::new();
        list.extend_with_given(pairs.into_iter());
        Self::given(list)
    }

    /// Reads a query or a form body (`application/x-www-form-urlencoded`). `+` and `%20` stand for
    /// spaces, `&` separates pairs, and empty pairs are skipped. An `oauth_signature` is left out.
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
        Ok(Self::given(list))
    }

    /// Iterates over the names and values, sorted and decoded. Those that were encoded are copied.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/photos?title=caf%C3%A9")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let parameters = signed.parameters();
    /// let (name, value) = parameters.iter().last().ok_or("no parameters")?;
    /// assert_eq!((&*name, &*value), (&b"title"[..], "café".as_bytes()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, [u8]>, Cow<'_, [u8]>)> {
        self.in_order()
            .map(|parameter| (parameter.name.to_decoded(), parameter.value.to_decoded()))
    }

    /// The parameters of a request that is being signed.
    #[inline]
    pub(crate) fn of_draft(draft: &'a Draft<'a>) -> Self {
        Self(Source::Request(draft))
    }

    /// The parameters of a received request. No pair has a name that begins with `oauth_`.
    #[inline]
    pub(crate) fn received(protocol: &'a Received<'a>, pairs: PairsOver<'a>) -> Self {
        Self(Source::Received { protocol, pairs })
    }

    /// Writes all parameters, sorted.
    pub(super) fn write<S: Templated, O: Out>(&self, mut writer: Writer<'_, S, O>) {
        match self.0 {
            Source::Request(draft) if draft.has_template::<S>() => {
                // No pair has a name that begins with `oauth_`, so each sorts before or after all
                // protocol parameters.
                let pairs = draft.request().parameters();
                let (before, after) = pairs.split_at(Rank::unreserved(PROTOCOL));
                for pair in before.iter() {
                    writer.parameter(pair.name, pair.value);
                }
                draft.write_template(&mut writer, None);
                for pair in after.iter() {
                    writer.parameter(pair.name, pair.value);
                }
            }
            Source::Received { protocol, pairs } if protocol.are_known() => {
                let (before, after) = pairs.split_at(Rank::unreserved(PROTOCOL));
                for pair in before.iter() {
                    writer.parameter(pair.name, pair.value);
                }
                protocol.write_known(&mut writer);
                for pair in after.iter() {
                    writer.parameter(pair.name, pair.value);
                }
            }
            _ => {
                for parameter in self.in_order() {
                    writer.parameter(parameter.name, parameter.value);
                }
            }
        }
    }

    fn in_order(&self) -> impl Iterator<Item = Parameter<'_>> {
        let protocol = self.protocol().map(ProtocolParameters::in_order);
        Merged::new(protocol.into_iter().flatten(), self.pairs().iter())
    }

    fn protocol(&self) -> Option<ProtocolParameters<'_>> {
        match self.0 {
            Source::Request(draft) => Some(draft.parameters(None)),
            Source::Received { protocol, .. } => Some(protocol.signed()),
            Source::Given(_) => None,
        }
    }

    fn pairs(&self) -> PairsOver<'_> {
        match &self.0 {
            Source::Request(draft) => draft.request().parameters(),
            Source::Received { pairs, .. } => *pairs,
            Source::Given(pairs) => pairs.over_nothing(),
        }
    }

    fn given(mut pairs: Pairs<'a>) -> Self {
        let signature = Name::Signature.as_str().bytes();
        pairs.retain_and_sort(|pair| !pair.name.decoded().eq(signature.clone()));
        Self(Source::Given(pairs))
    }
}

/// Writes the normalized parameters, which the base string contains encoded once more.
impl fmt::Display for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        encode_to(f, |out| self.write(Writer::<AsPairs, _>::new(out)))
    }
}

/// Shows the number of pairs but no values, because a form may contain passwords.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameters")
            .field("pairs", &self.pairs().len())
            .field("protocol", &self.protocol())
            .finish()
    }
}
