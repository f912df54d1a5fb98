//! Where the user comes back to ([RFC 5849 §2.1](https://www.rfc-editor.org/rfc/rfc5849#section-2.1)).

/// Where the service sends the user after the authorization (RFC 5849, section 2.1).
///
/// ```
/// use oauth1_signer::Callback;
///
/// assert_eq!(Callback::OutOfBand.as_str(), "oob");
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Callback<'a> {
    /// Nowhere: the user is shown a code and types it in.
    OutOfBand,
    /// To this URL, which is sent as it is written here: services compare it with what they have
    /// registered.
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
