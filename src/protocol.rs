//! The protocol parameters of one request ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use alloc::{
    borrow::Cow,
    vec::{self, Vec},
};
use core::fmt;

mod blank;
mod draft;
mod names;
mod received;
mod template;

pub(crate) use self::{
    draft::Draft,
    names::Name,
    received::{Received, Slot},
    template::{Constants, Templated},
};
use crate::{
    parameters::{Bytes, Merged, Parameter, Rank},
    request::{BODY_HASH, Request, RequestError},
};

/// The `oauth_*` parameters of one request, including the signature ([RFC 5849 §3.1]).
///
/// [`AuthorizationHeader`](crate::AuthorizationHeader), [`Query`](crate::Query) and
/// [`FormBody`](crate::FormBody) write them. To send them in another place, iterate over them.
///
/// ```
/// use oauth1_signer::{Consumer, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// for (name, value) in signed.protocol_parameters() {
///     println!("{name}: {value}");
/// }
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
///
/// [RFC 5849 §3.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.1
#[derive(Clone)]
pub struct ProtocolParameters<'a> {
    values: [Option<Bytes<'a>>; Name::ALL.len()],
    /// Sorted.
    extra: Cow<'a, [Parameter<'a>]>,
}

impl<'a> ProtocolParameters<'a> {
    /// Collects names and values that are not encoded, such as those of a received request.
    ///
    /// # Errors
    ///
    /// [`RequestError::DuplicateName`] if a name occurs twice.
    ///
    /// ```
    /// use oauth1_signer::ProtocolParameters;
    ///
    /// let key = String::from("key");
    /// let parameters = ProtocolParameters::from_pairs([
    ///     ("oauth_version", "1.0"),
    ///     ("oauth_consumer_key", key.as_str()),
    /// ])?;
    /// assert_eq!(parameters.get("oauth_consumer_key"), Some("key"));
    /// assert_eq!(parameters.iter().next(), Some(("oauth_consumer_key", "key")));
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn from_pairs(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, RequestError> {
        let mut parameters = Self {
            values: [None; Name::ALL.len()],
            extra: Cow::Borrowed(&[]),
        };
        for (name, value) in pairs {
            let value = Bytes::given(value.as_bytes());
            let is_new = match Name::of(name) {
                Some(known) => parameters.values[known as usize].replace(value).is_none(),
                None => insert(parameters.extra.to_mut(), name, value),
            };
            if !is_new {
                return Err(RequestError::DuplicateName { name: name.into() });
            }
        }
        Ok(parameters)
    }

    /// The value of a parameter, not encoded.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// assert_eq!(signed.protocol_parameters().get("oauth_nonce"), Some("nonce"));
    /// assert_eq!(signed.protocol_parameters().get("oauth_token"), None);
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a str> {
        let value = match Name::of(name) {
            Some(known) => self.values[known as usize],
            None => self
                .extra
                .iter()
                .find(|extra| extra.name.as_text() == name)
                .map(|extra| extra.value),
        };
        value.map(|value| value.as_text())
    }

    /// Iterates over the names and values, sorted by name and not encoded. With PLAINTEXT, the
    /// value of `oauth_signature` consists of the secrets.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let request = Request::get("https://api.example.com/")?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// let parameters = signed.protocol_parameters();
    /// let names: Vec<_> = parameters.iter().map(|(name, _)| name).collect();
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
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.clone()
            .in_order()
            .map(|parameter| (parameter.name.as_text(), parameter.value.as_text()))
    }

    /// All parameters, sorted ([RFC 5849 §3.4.1.3.2]).
    ///
    /// [RFC 5849 §3.4.1.3.2]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2
    pub(crate) fn in_order(self) -> impl Iterator<Item = Parameter<'a>> {
        let known = Name::ALL.into_iter().zip(self.values);
        let known = known.filter_map(|(name, value)| {
            let name = name.as_str().as_bytes();
            Some(Parameter {
                rank: Rank::unreserved(name),
                name: Bytes::Unreserved(name),
                value: value?,
            })
        });
        let extra = (0..self.extra.len()).map(move |place| self.extra[place]);
        Merged::new(known, extra)
    }
}

impl<'a> IntoIterator for ProtocolParameters<'a> {
    type Item = (&'a str, &'a str);
    type IntoIter = vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

/// Shows only the names, because a PLAINTEXT signature consists of the secrets.
impl fmt::Debug for ProtocolParameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProtocolParameters ")?;
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}

impl<'a> Request<'a> {
    /// Adds an extra protocol parameter, such as `oauth_session_handle`. It is sent along with the
    /// other protocol parameters, in the header, the query or the form body.
    ///
    /// # Errors
    ///
    /// - [`RequestError::ReservedName`] if the signer adds the parameter, if another method sets
    ///   it, or if its name is empty, that of a secret, or `realm`, which has another meaning in a
    ///   header;
    /// - [`RequestError::DuplicateName`] if the parameter has already been given;
    /// - [`RequestError::BodyHashOfForm`] if the parameter is `oauth_body_hash` and the request has
    ///   a form.
    ///
    /// ```
    /// use oauth1_signer::Request;
    ///
    /// let handle = String::from("ANQlNEhQ");
    /// let request = Request::post("https://api.login.example.com/get_token")?
    ///     .protocol_parameter("oauth_session_handle", &handle)?;
    /// # Ok::<(), oauth1_signer::RequestError>(())
    /// ```
    pub fn protocol_parameter(
        mut self,
        name: &'a str,
        value: &'a (impl AsRef<str> + ?Sized),
    ) -> Result<Self, RequestError> {
        if name.is_empty() || name.eq_ignore_ascii_case("realm") || is_reserved(name) {
            return Err(RequestError::ReservedName { name: name.into() });
        }
        if name == BODY_HASH && self.has_form() {
            return Err(RequestError::BodyHashOfForm);
        }
        let value = Bytes::given(value.as_ref().as_bytes());
        if insert(&mut self.extra, name, value) {
            Ok(self)
        } else {
            Err(RequestError::DuplicateName { name: name.into() })
        }
    }
}

/// Inserts a parameter into a sorted list and returns true, unless its name is already there.
fn insert<'a>(list: &mut Vec<Parameter<'a>>, name: &'a str, value: Bytes<'a>) -> bool {
    let name_alone = Parameter::new(Bytes::given(name.as_bytes()), Bytes::Unreserved(b""));
    let place = list.partition_point(|other| {
        let other = Parameter {
            value: name_alone.value,
            ..*other
        };
        other.order(&name_alone).is_lt()
    });
    if list
        .get(place)
        .is_some_and(|other| other.name.as_text() == name)
    {
        return false;
    }
    list.insert(
        place,
        Parameter {
            value,
            ..name_alone
        },
    );
    true
}

/// Whether the signer adds a parameter, another method sets it, or it is a secret, which must not
/// be sent.
fn is_reserved(name: &str) -> bool {
    Name::of(name).is_some() || ["oauth_consumer_secret", "oauth_token_secret"].contains(&name)
}
