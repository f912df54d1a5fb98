//! The callback of a flow ([RFC 5849 §2.1](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

/// The callback, to which the service sends the user after authorization ([RFC 5849 §2.1]).
///
/// ```
/// use oauth1_signer::Callback;
///
/// let url = String::from("https://printer.example.com/ready");
/// assert_eq!(Callback::Url(&url).as_str(), "https://printer.example.com/ready");
/// assert_eq!(Callback::OutOfBand.as_str(), "oob");
/// ```
///
/// [RFC 5849 §2.1]: https://www.rfc-editor.org/rfc/rfc5849#section-2.1
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Callback<'a> {
    /// Without a redirect (`oob`): the service shows the user a code, which they type into the app.
    OutOfBand,
    /// With a redirect to this URL. It is sent exactly as written, because services compare it with
    /// the URL that was registered.
    Url(&'a str),
}

impl<'a> Callback<'a> {
    /// The value of `oauth_callback`.
    ///
    /// ```
    /// use oauth1_signer::Callback;
    ///
    /// let callback = Callback::Url("https://printer.example.com/ready");
    /// assert_eq!(callback.as_str(), "https://printer.example.com/ready");
    /// ```
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::OutOfBand => "oob",
            Self::Url(url) => url,
        }
    }
}
