//! The extra fields that come with credentials ([RFC 5849 §2.1](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

use alloc::{
    string::String,
    vec::{self, Vec},
};
use core::fmt;

use super::Secret;

/// The extra fields of a response with credentials ([RFC 5849 §2.1]), decoded and in the order
/// received.
///
/// `Debug` shows only the names, because a field such as `oauth_session_handle` may be as sensitive
/// as a secret.
///
/// ```
/// use oauth1_signer::{Token, response::Response};
///
/// let body = "oauth_token=nnch&oauth_token_secret=pfkk&fullname=Jamal%20Fanaian&user_nsid=21207597%40N07";
/// let token = Token::from_response(Response::new(200, body))?;
/// assert_eq!(token.fields().get("user_nsid"), Some("21207597@N07"));
/// for (name, value) in token.fields() {
///     println!("{name}: {value}");
/// }
/// assert_eq!(format!("{:?}", token.fields()), r#"{"fullname", "user_nsid"}"#);
/// # Ok::<(), oauth1_signer::response::ResponseError>(())
/// ```
///
/// [RFC 5849 §2.1]: https://www.rfc-editor.org/rfc/rfc5849#section-2.1
#[derive(Clone, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(transparent)
)]
pub struct Fields(Vec<(String, Secret)>);

impl Fields {
    /// The value of the first field with this name.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// let token = Token::new("token", "secret").with_field("user_nsid", "21207597@N07");
    /// assert_eq!(token.fields().get("user_nsid"), Some("21207597@N07"));
    /// assert_eq!(token.fields().get("fullname"), None);
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Iterates over the names and values.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// let token = Token::new("token", "secret").with_field("user_nsid", "21207597@N07");
    /// let fields: Vec<_> = token.fields().iter().collect();
    /// assert_eq!(fields, [("user_nsid", "21207597@N07")]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.0.as_str()))
    }

    /// Whether the service sent no extra fields.
    ///
    /// ```
    /// use oauth1_signer::Token;
    ///
    /// assert!(Token::new("token", "secret").fields().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a field in the place of those that have its name.
    pub(crate) fn replace(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.0.retain(|(known, _)| *known != name);
        self.push(name, value);
    }

    pub(crate) fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), Secret(value.into())));
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = (&'a str, &'a str);
    type IntoIter = vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

/// Shows the names, not the values.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
