//! What can be wrong with a signed request.

use core::fmt;

/// What is wrong with a signed request.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Cause {
    /// `GET` → `POST`; `get`
    Method,
    /// `http` → `https` (proxy, redirect)
    Scheme,
    /// `api.example.com` → `10.0.0.7`
    Host,
    /// `flickr.com` → `www.flickr.com`
    HostWww,
    /// `API.Example.com` → `api.example.com`
    HostCase,
    /// `:8080` → none
    Port,
    /// `https://x:443` → `https://x`
    PortDefaultKept,
    /// `/api/v1/x` → `/v1/x`
    Path,
    /// `/a` → `/a/`
    PathTrailingSlash,
    /// `/foo%2540bar`, `/foo@bar` → `/foo%40bar`: equal when decoded to the end
    PathEncodingLevel,
    /// part 2 holds `?page=2`, whether part 3 has it or not; its parameters are no second finding
    QueryInUri,
    /// part 2 is `null//null/x`, `/x`, `host/x`
    UriInvalid,
    /// part 2 raw or encoded twice
    UriEncoding,
    /// we lack what they have
    ParameterMissing,
    /// we signed what they lack
    ParameterAdded,
    /// `oauth_token=` on one side only
    EmptyToken,
    /// the header's realm is among the parameters (D13); without request or header, `parameter-added` is as possible
    RealmSigned,
    /// `oauth_signature` is among the parameters
    SignatureSigned,
    /// they have `oauth_callback=about:blank`, which we neither signed nor sent; without request or header, `parameter-missing` is as possible
    CallbackInvented,
    /// `photo=@/tmp/x`, or octets of an image, on one side: named `photo file media image picture video upload attachment` with a path, or a value with `@/` or the first octets of PNG, JPEG, GIF
    FileSigned,
    /// exactly the query is missing; without request, likely if all that is not `oauth_` (two or more) is missing from a GET
    QueryNotSigned,
    /// exactly the form is missing; without request, it and the query are possible for other methods
    FormNotSigned,
    /// `%7B%22a%22%3A1%7D=`: a JSON or XML body as a name
    BodySignedAsForm,
    /// header and query have them, so they count twice
    OauthParametersTwice,
    /// `oauth_tokey`, `auth_version`, `oauth_signagure`: an `oauth_` name one letter off, two swapped, or known, with the same value; `parameter` is the right name
    ParameterTypo,
    /// nothing below explains it
    ValueDiffers,
    /// `k=1&k=2` → one `k`
    DuplicatesLost,
    /// `oauth_version` is `0.1`, missing, or on one side only
    Version,
    /// `HMACSHA1`, `hmac-sha1`
    MethodName,
    /// SHA-1 for SHA-256; another `oauth_signature_method`; 28 characters of signature with HMAC-SHA256
    HashOther,
    /// the strings are of two attempts
    OtherRequest,
    /// `a%252Cb` → `a%2Cb`
    ValueEncodedTooOften,
    /// `a,b` → `a%2Cb`
    ValueEncodedTooLittle,
    /// `a%20b` → `a%2520b`
    ValueDecodedTwice,
    /// `a+b` → `a%20b` (form encoding)
    PlusForSpace,
    /// `a%2Bb` → `a%20b`
    SpaceAsPlusLiteral,
    /// `%2f` → `%2F`
    EscapesLowerCase,
    /// `%E9` → `%C3%A9`, or UTF-8 taken for Latin-1 and encoded again; both ways
    Latin1,
    /// `%3F` or `%EF%BF%BD` → what was there
    OctetsLost,
    /// NFC, NFD, NFKC, a byte order mark
    Utf8BomOrNormalForm,
    /// `%7E` → `~`
    TildeEncoded,
    /// `%2D`, `%2E`, `%5F` or others
    UnreservedEncoded,
    /// `!*'()` raw (RFC 2396)
    ReservedLeft,
    /// `tags[]` → `tags%5B%5D`
    NameNotEncoded,
    /// `a%2520c` → `a%20c`
    NameEncodedTooOften,
    /// neither of the next two
    OrderUnsorted,
    /// sorted before encoding; if both fit, both are possible
    OrderDecoded,
    /// `a-b=1` before `a=z`: sorted as `name=value`
    OrderJoined,
    /// `,` or `;` for `&` or `=`; no `=` after a name without value; `GEThttp%3A`; an escape that lost its digits
    JoinedWrongly,
    /// no method, no URI or no parameters
    PartsMissing,
    /// part 3 with raw `=` and `&`
    NotEncodedTwice,
    /// received with spaces for `+`
    SignaturePlusLost,
    /// `%252B` on the wire, `%2B` received
    SignatureEncodedTwice,
    /// raw `+` or `/` or `=` on the wire
    SignatureNotEncoded,
    /// 40, 64 or 128 hex digits, or Base64 of them
    SignatureHex,
    /// no `=` at the end
    SignaturePaddingLost,
    /// `"` or `'` received
    SignatureQuotes,
    /// a line feed at the end
    SignatureNewline,
    /// empty or absent
    SignatureMissing,
    /// `secret` for `secret&`, or both without
    KeyNoAmpersand,
    /// `secret&` though there is a token
    KeyNoTokenSecret,
    /// a token secret where they use none
    KeyTokenSecretExtra,
    /// token secret first
    KeySwapped,
    /// a space, tab or line feed in a pasted secret
    KeyWhitespace,
    /// secrets joined raw
    KeyNotEncoded,
    /// secrets encoded twice, or pasted already encoded
    KeyEncodedTwice,
    /// equal strings, nothing else explains it: likely
    KeyWrong,
    /// base string as the key, key as the message
    HmacSwapped,
    /// clocks differ
    TimeSkew,
    /// 13 digits; likely, proven with `now` or a request that says so
    TimeMilliseconds,
    /// `1361000000.12`
    TimeNotInteger,
    /// the answer says so
    NonceUsed,
    /// `oauth_body_hash` is not the hash of `sent.body`, or the answer says so
    BodyHash,
    /// the printed string and our secrets give another signature, and no key mistake explains it
    BaseStringNotOfSignature,
    /// theirs breaks the RFC; a first path segment twice (likely)
    ServerAtFault,
    /// the string fits `request`, but `sent` is something else: a client changed it after signing
    SentDiffers,
    /// a pasted `GET\u0026http…`, `GET&amp;http…`, `GET%26http…`
    AnswerHides,
}

impl Cause {
    /// A short code, such as `plus-for-space`, that stays the same from version to version.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Scheme => "scheme",
            Self::Host => "host",
            Self::HostWww => "host-www",
            Self::HostCase => "host-case",
            Self::Port => "port",
            Self::PortDefaultKept => "port-default-kept",
            Self::Path => "path",
            Self::PathTrailingSlash => "path-trailing-slash",
            Self::PathEncodingLevel => "path-encoding-level",
            Self::QueryInUri => "query-in-uri",
            Self::UriInvalid => "uri-invalid",
            Self::UriEncoding => "uri-encoding",
            Self::ParameterMissing => "parameter-missing",
            Self::ParameterAdded => "parameter-added",
            Self::EmptyToken => "empty-token",
            Self::RealmSigned => "realm-signed",
            Self::SignatureSigned => "signature-signed",
            Self::CallbackInvented => "callback-invented",
            Self::FileSigned => "file-signed",
            Self::QueryNotSigned => "query-not-signed",
            Self::FormNotSigned => "form-not-signed",
            Self::BodySignedAsForm => "body-signed-as-form",
            Self::OauthParametersTwice => "oauth-parameters-twice",
            Self::ParameterTypo => "parameter-typo",
            Self::ValueDiffers => "value-differs",
            Self::DuplicatesLost => "duplicates-lost",
            Self::Version => "version",
            Self::MethodName => "method-name",
            Self::HashOther => "hash-other",
            Self::OtherRequest => "other-request",
            Self::ValueEncodedTooOften => "value-encoded-too-often",
            Self::ValueEncodedTooLittle => "value-encoded-too-little",
            Self::ValueDecodedTwice => "value-decoded-twice",
            Self::PlusForSpace => "plus-for-space",
            Self::SpaceAsPlusLiteral => "space-as-plus-literal",
            Self::EscapesLowerCase => "escapes-lower-case",
            Self::Latin1 => "latin-1",
            Self::OctetsLost => "octets-lost",
            Self::Utf8BomOrNormalForm => "utf8-bom-or-normal-form",
            Self::TildeEncoded => "tilde-encoded",
            Self::UnreservedEncoded => "unreserved-encoded",
            Self::ReservedLeft => "reserved-left",
            Self::NameNotEncoded => "name-not-encoded",
            Self::NameEncodedTooOften => "name-encoded-too-often",
            Self::OrderUnsorted => "order-unsorted",
            Self::OrderDecoded => "order-decoded",
            Self::OrderJoined => "order-joined",
            Self::JoinedWrongly => "joined-wrongly",
            Self::PartsMissing => "parts-missing",
            Self::NotEncodedTwice => "not-encoded-twice",
            Self::SignaturePlusLost => "signature-plus-lost",
            Self::SignatureEncodedTwice => "signature-encoded-twice",
            Self::SignatureNotEncoded => "signature-not-encoded",
            Self::SignatureHex => "signature-hex",
            Self::SignaturePaddingLost => "signature-padding-lost",
            Self::SignatureQuotes => "signature-quotes",
            Self::SignatureNewline => "signature-newline",
            Self::SignatureMissing => "signature-missing",
            Self::KeyNoAmpersand => "key-no-ampersand",
            Self::KeyNoTokenSecret => "key-no-token-secret",
            Self::KeyTokenSecretExtra => "key-token-secret-extra",
            Self::KeySwapped => "key-swapped",
            Self::KeyWhitespace => "key-whitespace",
            Self::KeyNotEncoded => "key-not-encoded",
            Self::KeyEncodedTwice => "key-encoded-twice",
            Self::KeyWrong => "key-wrong",
            Self::HmacSwapped => "hmac-swapped",
            Self::TimeSkew => "time-skew",
            Self::TimeMilliseconds => "time-milliseconds",
            Self::TimeNotInteger => "time-not-integer",
            Self::NonceUsed => "nonce-used",
            Self::BodyHash => "body-hash",
            Self::BaseStringNotOfSignature => "base-string-not-of-signature",
            Self::ServerAtFault => "server-at-fault",
            Self::SentDiffers => "sent-differs",
            Self::AnswerHides => "answer-hides",
        }
    }
}

/// Writes the code.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
