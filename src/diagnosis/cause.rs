//! What can be wrong with a signed request.

mod code;
mod help;
mod title;

use core::fmt;

/// What is wrong with a signed request.
///
/// "The server" is what refused the signature, and "signed" is what the client did.
///
/// ```
/// use oauth1_signer::diagnosis::Cause;
///
/// let cause = Cause::PlusForSpace;
/// assert_eq!(cause.code(), "plus-for-space");
/// assert_eq!(cause.title(), "a space is written as `+` instead of `%20`");
/// assert!(cause.help().starts_with("encode a space as %20"));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Cause {
    /// The HTTP methods differ, as `GET` and `POST` do, or the method is not in upper case, as
    /// `get` is.
    Method,
    /// One side has `http` and the other `https`, because of a proxy or a redirect.
    Scheme,
    /// The host names differ, as `api.example.com` and `10.0.0.7` do.
    Host,
    /// One host name begins with `www.` and the other does not, as `flickr.com` and
    /// `www.flickr.com`.
    HostWww,
    /// The scheme or the host name is not in lower case, as in `API.Example.com`.
    HostCase,
    /// The ports differ, as `:8080` and none do.
    Port,
    /// The URI contains the scheme's default port, as `https://x:443` does.
    PortDefaultKept,
    /// The paths differ, as `/api/v1/x` and `/v1/x` do.
    Path,
    /// One path ends in a slash and the other does not, as `/a` and `/a/`.
    PathTrailingSlash,
    /// The paths are encoded differently, as `/foo%2540bar` or `/foo@bar` and `/foo%40bar`. They
    /// are equal when they are decoded to the end.
    PathEncodingLevel,
    /// The second part contains a query such as `?page=2`, whether or not the third part has its
    /// parameters too.
    QueryInUri,
    /// The second part is not an absolute URL, as in `null//null/x`, `/x` or `host/x`.
    UriInvalid,
    /// The second part is not encoded, or is encoded twice.
    UriEncoding,
    /// A parameter that the server counts was not signed.
    ParameterMissing,
    /// A parameter was signed that the server does not count.
    ParameterAdded,
    /// Only one side has an empty token, `oauth_token=`.
    EmptyToken,
    /// The realm of the `Authorization` header is among the parameters.
    RealmSigned,
    /// `oauth_signature` is among the parameters.
    SignatureSigned,
    /// The server counts `oauth_callback=about:blank`, which was neither signed nor sent.
    CallbackInvented,
    /// A file was signed as if it were a parameter, as `photo=@/tmp/x` or the bytes of an image.
    FileSigned,
    /// Exactly the parameters of the query are missing from the base string.
    QueryNotSigned,
    /// Exactly the parameters of the form are missing from the base string.
    FormNotSigned,
    /// A JSON or XML body was signed as the name of a parameter, as in `%7B%22a%22%3A1%7D=`.
    BodySignedAsForm,
    /// The protocol parameters are both in the header and in the query or the form, so they count
    /// twice.
    OauthParametersTwice,
    /// The name of a protocol parameter is misspelled, as `oauth_tokey`, `auth_version` or
    /// `oauth_signagure`.
    ParameterTypo,
    /// A value differs, and no known mistake explains how.
    ValueDiffers,
    /// A name occurs several times and counts only once, as in `k=1&k=2`.
    DuplicatesLost,
    /// `oauth_version` is not `1.0`, as `0.1`, or only one side has it.
    Version,
    /// The name of the signature method is misspelled, as `HMACSHA1` or `hmac-sha1`.
    MethodName,
    /// The two sides use different hashes or signature methods, such as HMAC-SHA1 and HMAC-
    /// SHA256.
    HashOther,
    /// The base strings are of two different attempts.
    OtherRequest,
    /// A value is encoded once too often, as `a%252Cb` for `a%2Cb`.
    ValueEncodedTooOften,
    /// A value is encoded once too little, as `a,b` for `a%2Cb`.
    ValueEncodedTooLittle,
    /// A value was decoded twice before it was signed, as `a%20b` for `a%2520b`.
    ValueDecodedTwice,
    /// A space is written as in a form, as `a+b` for `a%20b`.
    PlusForSpace,
    /// A plus sign that stands for a space was signed as a plus sign, as `a%2Bb` for `a%20b`.
    SpaceAsPlusLiteral,
    /// The digits of escapes are in lower case, as `%2f` for `%2F`.
    EscapesLowerCase,
    /// Text is encoded in Latin-1, as `%E9` for `%C3%A9`, or its UTF-8 was taken for Latin-1 and
    /// encoded again.
    Latin1,
    /// Bytes or characters were lost, so that `%3F` or `%EF%BF%BD` stands in their place.
    OctetsLost,
    /// The text is in another Unicode normal form (NFC, NFD, NFKC), or has a byte order mark.
    Utf8BomOrNormalForm,
    /// The tilde is encoded, as `%7E` for `~`.
    TildeEncoded,
    /// Characters that need no encoding are encoded, as `-` in `%2D`, `.` in `%2E` or `_` in
    /// `%5F`.
    UnreservedEncoded,
    /// One of the characters `!*'()` is not encoded, as in RFC 2396.
    ReservedLeft,
    /// The name of a parameter is not encoded, as `tags[]` for `tags%5B%5D`.
    NameNotEncoded,
    /// The name of a parameter is encoded once too often, as `a%2520c` for `a%20c`.
    NameEncodedTooOften,
    /// The parameters are not sorted, neither decoded nor as joined text.
    OrderUnsorted,
    /// The parameters were sorted before they were encoded.
    OrderDecoded,
    /// The parameters were sorted as `name=value`, as in `a-b=1` before `a=z`.
    OrderJoined,
    /// The pieces are joined wrongly: `,` or `;` for `&` or `=`, no `=` after a name without a
    /// value, `GEThttp%3A`, or an escape that lost its digits.
    JoinedWrongly,
    /// The method, the URI or the parameters are missing.
    PartsMissing,
    /// The third part contains a raw `=` or `&`.
    NotEncodedTwice,
    /// The server received the signature with spaces in the place of `+`.
    SignaturePlusLost,
    /// The signature is encoded twice, so that `%252B` is on the wire, or the server received
    /// `%2B`.
    SignatureEncodedTwice,
    /// The signature is on the wire with a raw `+`, `/` or `=`.
    SignatureNotEncoded,
    /// The signature consists of 40, 64 or 128 hexadecimal digits, or is the Base64 of them.
    SignatureHex,
    /// The signature lacks the `=` at its end.
    SignaturePaddingLost,
    /// The server received the signature with `"` or `'` around it.
    SignatureQuotes,
    /// The signature ends in a line feed.
    SignatureNewline,
    /// The signature is empty or absent.
    SignatureMissing,
    /// The key lacks the `&` between the secrets, as `secret` for `secret&`, or both secrets are
    /// joined without it.
    KeyNoAmpersand,
    /// The key lacks the token secret, as `secret&`, though there is a token.
    KeyNoTokenSecret,
    /// The key contains a token secret where the server uses none.
    KeyTokenSecretExtra,
    /// The token secret stands before the consumer secret in the key.
    KeySwapped,
    /// A secret was pasted with a space, a tab or a line feed.
    KeyWhitespace,
    /// The secrets are joined in the key without encoding them.
    KeyNotEncoded,
    /// The secrets are encoded twice in the key, or were pasted already encoded.
    KeyEncodedTwice,
    /// The base strings are equal and nothing else explains the refusal, so the key is wrong.
    KeyWrong,
    /// The base string is the key of the HMAC, and the key its message.
    HmacSwapped,
    /// The clocks of the two sides differ.
    TimeSkew,
    /// The timestamp is in milliseconds, with its 13 digits.
    TimeMilliseconds,
    /// The timestamp is not a whole number, as `1361000000.12`.
    TimeNotInteger,
    /// The server says that the nonce was used before.
    NonceUsed,
    /// `oauth_body_hash` is not the hash of the body that was sent, or the server says so.
    BodyHash,
    /// The printed base string and the secrets give another signature, and no mistake in the key
    /// explains it.
    BaseStringNotOfSignature,
    /// The server's base string breaks RFC 5849, or it repeats the first segment of the path.
    ServerAtFault,
    /// The base string fits the request that was meant, but another one was sent: a client
    /// changed it after signing.
    SentDiffers,
    /// The base string was pasted as JSON, HTML or a form contains it: `GET\u0026http...`,
    /// `GET&amp;http...` or `GET%26http...`.
    AnswerHides,
}

impl Cause {
    /// A short code that stays the same from version to version.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Cause;
    ///
    /// assert_eq!(Cause::HostWww.code(), "host-www");
    /// ```
    #[must_use]
    pub fn code(self) -> &'static str {
        code::of(self)
    }

    /// What is wrong, in one line of plain English, in lower case and without a full stop.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Cause;
    ///
    /// assert_eq!(Cause::TildeEncoded.title(), "a tilde is written as `%7E`");
    /// ```
    #[must_use]
    pub fn title(self) -> &'static str {
        title::of(self)
    }

    /// What to change, in the words of any programming language.
    /// [`Finding::help`](super::Finding::help) knows more about one request.
    ///
    /// ```
    /// use oauth1_signer::diagnosis::Cause;
    ///
    /// assert_eq!(
    ///     Cause::KeySwapped.help(),
    ///     "put the consumer secret first, then `&`, then the token secret"
    /// );
    /// ```
    #[must_use]
    pub fn help(self) -> &'static str {
        help::of(self)
    }

    /// Whether it is about how a value is encoded: its level, its characters or its character set.
    pub(super) fn is_of_encoding(self) -> bool {
        matches!(
            self,
            Self::ValueEncodedTooOften
                | Self::ValueEncodedTooLittle
                | Self::ValueDecodedTwice
                | Self::PlusForSpace
                | Self::SpaceAsPlusLiteral
                | Self::EscapesLowerCase
                | Self::Latin1
                | Self::OctetsLost
                | Self::Utf8BomOrNormalForm
                | Self::TildeEncoded
                | Self::UnreservedEncoded
                | Self::ReservedLeft
        )
    }
}

/// Writes the code.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
