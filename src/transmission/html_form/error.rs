//! Errors of signed requests that a browser would not post as they were signed ([HTML, section 4.10.21](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html)).

use alloc::string::String;

use thiserror::Error;

/// A browser would not post what was signed, so the signature would be refused.
///
/// `name` is the name of the parameter in question, up to the first character other than a letter,
/// digit or `_`.
///
/// ```
/// use oauth1_signer::{Consumer, HtmlFormError, Request, Signer, Stamp};
///
/// let signer = Signer::new(&Consumer::new("key", "secret"), None);
/// let fields = [("resource_link_description", "first line\nsecond line")];
/// let request = Request::post("https://tool.example.com/launch")?.form(&fields)?;
/// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
/// let error = signed.html_form().unwrap_err();
/// assert!(matches!(error, HtmlFormError::LineEnd { .. }));
/// # Ok::<(), oauth1_signer::RequestError>(())
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum HtmlFormError {
    /// The request has an `oauth_body_hash`, which is for bodies other than forms.
    #[error("a form cannot have a body hash: its parameters are signed already")]
    BodyHash,
    /// A name or a value contains a control character that HTML cannot contain: U+0000, or one from
    /// U+0080 to U+009F. The latter are often the bytes of UTF-8, read as Latin-1.
    #[error("HTML cannot contain the character U+{:04X} that is in {name:?}", u32::from(*character))]
    Character {
        /// The name of the parameter.
        name: String,
        /// The character.
        character: char,
    },
    /// A field is named `_charset_`, in upper or lower case. Browsers put the encoding of the form
    /// there, which is UTF-8.
    #[error("browsers set the value of _charset_ themselves: make it UTF-8, or leave it out")]
    Charset,
    /// A name is empty. Browsers do not post such fields.
    #[error("browsers do not post a field without a name: leave it out")]
    EmptyName,
    /// A line in a name or a value does not end with CR LF, but with CR or LF alone.
    #[error(
        "browsers change the line ends in {name:?} to CR LF: write them so, as Request::browser_form does"
    )]
    LineEnd {
        /// The name of the parameter.
        name: String,
    },
    /// The request was signed with a method other than POST.
    #[error("browsers post a form: sign a POST request")]
    Method,
    /// A name or a value is not UTF-8, which is the encoding of the form.
    #[error("browsers post forms in UTF-8, and {name:?} is in another encoding")]
    NotUtf8 {
        /// The name of the parameter.
        name: String,
    },
    /// The request was signed with PLAINTEXT, so that the page would show the secrets to its user.
    #[error(
        "a PLAINTEXT signature would show the secrets in the page: use another signature method"
    )]
    Plaintext,
    /// The request has parameters from
    /// [`Request::signed_elsewhere`](crate::Request::signed_elsewhere), which a browser would not
    /// send.
    #[error(
        "browsers do not send parameters that are signed elsewhere: put them in the form or the query"
    )]
    SignedElsewhere,
    /// Browsers would request another host or path than the one that was signed. They write a URL as
    /// [`Url::parse`](url::Url::parse) does, and escape `^` and `|` as well.
    #[error(
        "browsers would rewrite the URL: use the text of a parsed url::Url, with ^ and | in its path escaped as %5E and %7C"
    )]
    Url,
}
