//! A request, as it was meant or as it was sent.

mod header;
mod url;

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

pub(super) use self::url::Location;
use super::{
    report,
    structure::{Halves, Structure},
    text::{decode, decode_form, lossy},
};
use crate::{
    credentials::Secret,
    form_urlencoded,
    parameters::{Pair, into_bytes},
    signer::Signed,
    transmission::{Call, is_form_type},
};

/// A request with OAuth 1.0a parameters: the one that you meant to send, or the one that was sent.
///
/// Anything can be given, right or wrong. Give as much as you know.
///
/// ```
/// use oauth1_signer::diagnosis::Message;
///
/// let sent = Message::new("POST", "https://api.example.com/photos?size=original")
///     .authorization(r#"OAuth oauth_consumer_key="key", oauth_signature="…""#)
///     .content_type("application/x-www-form-urlencoded")
///     .body("title=A%20trip");
/// ```
#[derive(Clone)]
pub struct Message {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) authorization: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) body: Option<Vec<u8>>,
    pub(super) form: Option<Vec<(Vec<u8>, Vec<u8>)>>,
    /// Decoded, and without the header's.
    pub(super) protocol: Vec<(Vec<u8>, Vec<u8>)>,
    pub(super) realm: Option<String>,
    /// Whether the message has nothing that is not here, so that what is not here is missing.
    pub(super) is_whole: bool,
}

impl Message {
    /// Takes the method and the URL, with its query.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Message;
    ///
    /// let url = String::from("https://api.example.com/photos?size=original");
    /// let message = Message::new("GET", url);
    /// ```
    #[must_use]
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            authorization: None,
            content_type: None,
            body: None,
            form: None,
            protocol: Vec::new(),
            realm: None,
            is_whole: false,
        }
    }

    /// The value of the `Authorization` header.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Message;
    ///
    /// let header = String::from(r#"OAuth oauth_consumer_key="key", oauth_nonce="nonce""#);
    /// let message = Message::new("GET", "https://api.example.com/").authorization(header);
    /// ```
    #[must_use]
    pub fn authorization(mut self, value: impl Into<String>) -> Self {
        self.authorization = Some(value.into());
        self
    }

    /// The value of the `Content-Type` header, which decides whether the body is a form.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Message;
    ///
    /// let message = Message::new("POST", "https://api.example.com/")
    ///     .content_type("application/json")
    ///     .body(r#"{"title":"A trip"}"#);
    /// ```
    #[must_use]
    pub fn content_type(mut self, value: impl Into<String>) -> Self {
        self.content_type = Some(value.into());
        self
    }

    /// The body, as it is sent.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Message;
    ///
    /// let body = String::from("title=A%20trip");
    /// let message = Message::new("POST", "https://api.example.com/")
    ///     .content_type("application/x-www-form-urlencoded")
    ///     .body(body);
    /// ```
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// The pairs of the form, not encoded, in place of a body.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Message;
    ///
    /// let title = String::from("A trip");
    /// let message = Message::new("POST", "https://api.example.com/").form([("title", &title)]);
    /// ```
    #[must_use]
    pub fn form<'a>(mut self, pairs: impl IntoIterator<Item: Pair<'a>>) -> Self {
        self.form = Some(owned(pairs));
        self
    }

    /// The protocol parameters, not encoded, in place of an `Authorization` header.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Message;
    ///
    /// let nonce = String::from("nonce");
    /// let message = Message::new("GET", "https://api.example.com/")
    ///     .protocol_parameters([("oauth_consumer_key", "key"), ("oauth_nonce", &nonce)]);
    /// ```
    #[must_use]
    pub fn protocol_parameters<'a>(mut self, pairs: impl IntoIterator<Item: Pair<'a>>) -> Self {
        self.protocol = owned(pairs);
        self
    }

    /// Says that nothing of the message is left out.
    pub(crate) fn whole(mut self) -> Self {
        self.is_whole = true;
        self
    }

    /// Takes the body of another message in place of one that cannot be read, and the protocol
    /// parameters too, if they can be nowhere else.
    #[cfg(feature = "http")]
    pub(crate) fn with_body_of(mut self, other: &Self) -> Self {
        if self.signature_on_the_wire().is_none() && self.protocol.is_empty() {
            self.protocol.clone_from(&other.protocol);
            self.is_whole = false;
        }
        self.form.clone_from(&other.form);
        self
    }

    /// The realm, if there is no `Authorization` header to contain it.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Message;
    ///
    /// let message = Message::new("GET", "https://api.example.com/")
    ///     .protocol_parameters([("oauth_consumer_key", "key")])
    ///     .realm("Photos");
    /// ```
    #[must_use]
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.realm = Some(realm.into());
        self
    }
}

fn owned<'a>(pairs: impl IntoIterator<Item: Pair<'a>>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pairs = pairs.into_iter().map(into_bytes);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// Where the parameters of a message come from.
impl Message {
    /// The decoded pairs of the query.
    pub(super) fn query_pairs(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let location = Location::of(&self.url);
        location
            .query
            .map(|query| form_pairs(query.as_bytes()))
            .unwrap_or_default()
    }

    /// The decoded pairs of the form, whichever way it was given.
    pub(super) fn form_pairs(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        match (&self.form, &self.body) {
            (Some(form), _) => form.clone(),
            (None, Some(body)) if self.has_form_type() => form_pairs(body),
            (None, _) => Vec::new(),
        }
    }

    /// Whether nothing is known about the body, so that it may be what was meant: most logs have none.
    pub(super) fn may_have_form_of(&self, meant: &Self) -> bool {
        let is_body_unknown = !self.is_whole && self.body.is_none() && self.form.is_none();
        is_body_unknown
            && (self.content_type.is_none() || self.has_form_type())
            && self.method.eq_ignore_ascii_case(&meant.method)
    }

    /// The message with the form of another one.
    pub(super) fn with_form_of(&self, other: &Self) -> Self {
        let form = Some(other.form_pairs());
        Self {
            form,
            ..self.clone()
        }
    }

    fn has_form_type(&self) -> bool {
        let content_type = self.content_type.as_deref();
        content_type.is_some_and(|content_type| is_form_type(content_type.as_bytes()))
    }

    /// The protocol parameters that were given by themselves or in the header, decoded, without the
    /// realm. Those in the query or in the form are among its pairs.
    pub(super) fn protocol_pairs(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        let header = self.header_pairs().into_iter();
        let header = header.filter(|(name, _)| !name.eq_ignore_ascii_case("realm"));
        let header = header.map(|(name, value)| (name.into_bytes(), decode(value.as_bytes())));
        self.protocol.iter().cloned().chain(header).collect()
    }

    /// The names and values in the `Authorization` header, not decoded.
    pub(super) fn header_pairs(&self) -> Vec<(String, String)> {
        self.authorization
            .as_deref()
            .map(header::pairs)
            .unwrap_or_default()
    }

    /// The realm.
    pub(super) fn shown_realm(&self) -> Option<String> {
        let of_header = || {
            let pairs = self.header_pairs().into_iter();
            let mut realms = pairs.filter(|(name, _)| name.eq_ignore_ascii_case("realm"));
            realms.next().map(|(_, value)| value)
        };
        self.realm.clone().or_else(of_header)
    }

    /// The text of the signature on the wire, not decoded, and whether it stands in the header.
    pub(super) fn signature_on_the_wire(&self) -> Option<(String, bool)> {
        const NAME: &str = "oauth_signature";
        let mut header = self.header_pairs().into_iter();
        if let Some((_, value)) = header.find(|(name, _)| name == NAME) {
            return Some((value, true));
        }
        let query = Location::of(&self.url).query.unwrap_or_default().as_bytes();
        let form = self.body.as_deref().filter(|_| self.has_form_type());
        let mut pairs =
            form_urlencoded::pairs(query).chain(form_urlencoded::pairs(form.unwrap_or_default()));
        let found = pairs.find(|pair| pair.name == NAME.as_bytes())?;
        Some((super::text::lossy(found.value()), false))
    }

    /// The signature on the wire, decoded.
    pub(super) fn decoded_signature(&self) -> Option<Secret> {
        let (text, _) = self.signature_on_the_wire()?;
        let decoded = super::text::lossy(&decode(text.as_bytes()));
        Some(Secret(decoded)).filter(|Secret(text)| !text.is_empty())
    }

    /// What section 3.4.1 makes of the message, unless its URL cannot be read. Parameters count as
    /// often as they occur.
    pub(super) fn structure(&self) -> Option<Structure> {
        let mut structure = Structure {
            method: self.method.to_ascii_uppercase(),
            uri: Location::of(&self.url).base_uri()?.into_bytes(),
            parameters: self.all_pairs(),
        };
        structure.sort();
        Some(structure)
    }

    /// The decoded names of all parameters, wherever they are.
    pub(super) fn names(&self) -> Vec<String> {
        let pairs = [self.query_pairs(), self.form_pairs(), self.protocol_pairs()].concat();
        pairs
            .iter()
            .map(|(name, _)| super::text::lossy(name))
            .collect()
    }

    /// Whether the message holds a parameter, wherever it is.
    pub(super) fn has_parameter(&self, name: &str) -> bool {
        self.all_pairs().iter().any(|halves| halves.has_name(name))
    }

    fn all_pairs(&self) -> Vec<Halves> {
        let pairs = [self.query_pairs(), self.form_pairs(), self.protocol_pairs()].concat();
        let signed = pairs
            .into_iter()
            .filter(|(name, _)| name != b"oauth_signature");
        signed
            .map(|(name, value)| Halves::of(&name, &value))
            .collect()
    }
}

/// The decoded pairs of form-urlencoded text. What is not an escape stays (D6).
pub(super) fn form_pairs(text: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pairs = form_urlencoded::pairs(text);
    pairs
        .map(|pair| (decode_form(pair.name), decode_form(pair.value())))
        .collect()
}

impl From<&Call> for Message {
    fn from(call: &Call) -> Self {
        let mut message = Self::new(call.method(), call.url());
        for (name, value) in call.headers() {
            message = match name {
                "Authorization" => message.authorization(value),
                _ => message.content_type(value),
            };
        }
        message.body(call.body()).whole()
    }
}

/// What was signed, wherever the protocol parameters will travel.
impl From<&Signed<'_>> for Message {
    fn from(signed: &Signed<'_>) -> Self {
        let request = signed.request();
        let message = Self::new(request.method(), request.url());
        let protocol = signed.protocol_parameters().into_iter();
        let message =
            message.protocol_parameters(protocol.filter(|(name, _)| *name != "oauth_signature"));
        let message = match signed.realm() {
            Some(realm) => message.realm(header::unquoted(&realm.to_string())),
            None => message,
        };
        if !request.has_form() {
            return message;
        }
        let form = request.form_body().to_string();
        Self {
            form: Some(form_pairs(form.as_bytes())),
            ..message
        }
    }
}

/// Shows the method, and the names of what was given.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(Vec<u8>, Vec<u8>)]| -> Vec<String> {
            let names: Vec<_> = pairs.iter().map(|(name, _)| lossy(name)).collect();
            report::names(&names)
        };
        let base_uri = Location::of(&self.url).base_uri();
        f.debug_struct("Message")
            .field("method", &report::beginning(&self.method))
            .field("base_uri", &base_uri.as_deref().map(report::beginning))
            .field("query", &names(&self.query_pairs()))
            .field("form", &names(&self.form_pairs()))
            .field("protocol", &names(&self.protocol_pairs()))
            .field("body_bytes", &self.body.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}
