//! The body of a received request ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use core::fmt;

use crate::transmission::is_form_type;

/// The body of a received request: its raw bytes, and whether they are a form.
///
/// The parameters of a form are signed. Any other body is signed only if the request has an
/// `oauth_body_hash`, which is checked against these bytes: see
/// [`Verified::is_body_signed`](super::Verified::is_body_signed). Pass the bytes as they arrived: a form that
/// a framework has parsed and written anew is not what was signed.
///
/// ```
/// use oauth1_signer::verifier::Body;
///
/// let form = Body::received(Some("application/x-www-form-urlencoded; charset=UTF-8"), b"a=b");
/// let json = Body::received(Some("application/json"), br#"{"a": "b"}"#);
/// assert!(form.is_form() && !json.is_form());
/// ```
#[derive(Clone, Copy)]
pub struct Body<'a> {
    bytes: &'a [u8],
    is_form: bool,
}

impl<'a> Body<'a> {
    /// A body with the value of its `Content-Type` header, which says whether it is a form. Neither the
    /// case nor the parameters of the type count.
    ///
    /// ```
    /// use oauth1_signer::verifier::Body;
    ///
    /// let (content_type, bytes) = (Some("application/json"), b"{}"); // what arrived
    /// assert!(!Body::received(content_type, bytes).is_form());
    /// ```
    #[must_use]
    pub fn received(content_type: Option<&str>, bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            is_form: content_type.is_some_and(|content_type| is_form_type(content_type.as_bytes())),
        }
    }

    /// No body.
    ///
    /// ```
    /// use oauth1_signer::verifier::Body;
    ///
    /// assert!(Body::none().bytes().is_empty());
    /// ```
    #[must_use]
    pub fn none() -> Self {
        Self::other(b"")
    }

    /// The body of a form, `application/x-www-form-urlencoded`.
    ///
    /// ```
    /// use oauth1_signer::verifier::Body;
    ///
    /// assert!(Body::form(b"title=Z%C3%BCrich").is_form());
    /// ```
    #[must_use]
    pub fn form(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            is_form: true,
        }
    }

    /// A body that is not a form, such as JSON.
    ///
    /// ```
    /// use oauth1_signer::verifier::Body;
    ///
    /// assert!(!Body::other(b"{}").is_form());
    /// ```
    #[must_use]
    pub fn other(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            is_form: false,
        }
    }

    /// Whether the body is a form.
    ///
    /// ```
    /// use oauth1_signer::verifier::Body;
    ///
    /// assert!(Body::received(Some("application/x-www-form-urlencoded"), b"a=b").is_form());
    /// ```
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.is_form
    }

    /// The bytes.
    ///
    /// ```
    /// use oauth1_signer::verifier::Body;
    ///
    /// assert_eq!(Body::form(b"a=b").bytes(), b"a=b");
    /// ```
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

/// Shows the length only, because a body may contain passwords.
impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("is_form", &self.is_form)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
