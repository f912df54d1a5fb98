//! The titles of causes: what is wrong.
//!
//! Those that can be a mistake of a server say neither who made it nor to whom.

use super::Cause;

pub(super) fn of(cause: Cause) -> &'static str {
    match cause {
        Cause::Method => "the HTTP method in the base string is wrong",
        Cause::Scheme => "one side has `http`, and the other `https`",
        Cause::Host => "the host names differ",
        Cause::HostWww => "one host name begins with `www.`, and the other does not",
        Cause::HostCase => "the scheme or the host name is not in lower case",
        Cause::Port => "the ports differ",
        Cause::PortDefaultKept => "the default port is part of the base string",
        Cause::Path => "the paths differ",
        Cause::PathTrailingSlash => "one path ends in a slash, and the other does not",
        Cause::PathEncodingLevel => "the path is percent-encoded in another way",
        Cause::QueryInUri => "the second part of the base string contains the query",
        Cause::UriInvalid => "the second part of the base string is not an absolute URL",
        Cause::UriEncoding => {
            "the second part of the base string is not percent-encoded exactly once"
        }
        Cause::ParameterMissing => "a parameter that the server counts was not signed",
        Cause::ParameterAdded => "a parameter was signed that the server does not count",
        Cause::EmptyToken => "one side has an empty `oauth_token`, and the other has none",
        Cause::RealmSigned => "the realm of the `Authorization` header is signed",
        Cause::SignatureSigned => "`oauth_signature` is signed",
        Cause::CallbackInvented => "the server counts an `oauth_callback` that was not sent",
        Cause::FileSigned => "a file is signed as if it were a parameter",
        Cause::QueryNotSigned => "the parameters of the query are missing from the base string",
        Cause::FormNotSigned => "the parameters of the form are missing from the base string",
        Cause::BodySignedAsForm => "a body that is not a form is signed as if it were one",
        Cause::OauthParametersTwice => {
            "the `oauth_*` parameters are sent twice, so the server counts them twice"
        }
        Cause::ParameterTypo => "the name of a protocol parameter is misspelled",
        Cause::ValueDiffers => "a value differs",
        Cause::DuplicatesLost => "of several parameters with the same name, only one is counted",
        Cause::Version => "`oauth_version` is not `1.0` on both sides",
        Cause::MethodName => "the name of the signature method is misspelled",
        Cause::HashOther => "the two sides use different hashes or signature methods",
        Cause::OtherRequest => "the two base strings are of different requests",
        Cause::ValueEncodedTooOften => "a value is percent-encoded once too often",
        Cause::ValueEncodedTooLittle => "a value is percent-encoded once too little",
        Cause::ValueDecodedTwice => "a value is decoded once too often before it is signed",
        Cause::PlusForSpace => "a space is written as `+` instead of `%20`",
        Cause::SpaceAsPlusLiteral => "a `+` that stands for a space is signed as a plus sign",
        Cause::EscapesLowerCase => "the digits of escapes are in lower case",
        Cause::Latin1 => "text is not encoded in UTF-8, or was encoded in UTF-8 twice",
        Cause::OctetsLost => "characters were lost before the text was signed",
        Cause::Utf8BomOrNormalForm => {
            "the text is in another Unicode normal form, or has a byte order mark"
        }
        Cause::TildeEncoded => "a tilde is written as `%7E`",
        Cause::UnreservedEncoded => "characters that must not be encoded are encoded",
        Cause::ReservedLeft => "one of the characters `!*'()` is not encoded",
        Cause::NameNotEncoded => "the name of a parameter is not percent-encoded",
        Cause::NameEncodedTooOften => "the name of a parameter is percent-encoded once too often",
        Cause::OrderUnsorted => "the parameters are not sorted",
        Cause::OrderDecoded => "the parameters are sorted before they are encoded",
        Cause::OrderJoined => "the parameters are sorted as joined text",
        Cause::JoinedWrongly => "the pieces of the base string are joined wrongly",
        Cause::PartsMissing => "the base string does not consist of three parts",
        Cause::NotEncodedTwice => "the third part of the base string is not encoded as a whole",
        Cause::SignaturePlusLost => {
            "the server received the signature with a space in the place of each `+`"
        }
        Cause::SignatureEncodedTwice => "the signature is percent-encoded twice",
        Cause::SignatureNotEncoded => "the signature is sent without percent-encoding",
        Cause::SignatureHex => "the signature is made of hexadecimal digits",
        Cause::SignaturePaddingLost => "the `=` at the end of the signature is missing",
        Cause::SignatureQuotes => {
            "the server received the signature with quotation marks around it"
        }
        Cause::SignatureNewline => "the signature ends in a line feed",
        Cause::SignatureMissing => "the request has no signature",
        Cause::KeyNoAmpersand => "the `&` between the two secrets is missing from the key",
        Cause::KeyNoTokenSecret => "the token secret is missing from the key",
        Cause::KeyTokenSecretExtra => "the key contains a token secret where the server uses none",
        Cause::KeySwapped => "the two secrets are swapped in the key",
        Cause::KeyWhitespace => "a secret was pasted with white space",
        Cause::KeyNotEncoded => "the secrets are not percent-encoded in the key",
        Cause::KeyEncodedTwice => "the secrets are percent-encoded twice in the key",
        Cause::KeyWrong => "the consumer secret or the token secret is wrong",
        Cause::HmacSwapped => "the arguments of the HMAC are swapped",
        Cause::TimeSkew => "the clocks of the two sides differ",
        Cause::TimeMilliseconds => "`oauth_timestamp` is in milliseconds",
        Cause::TimeNotInteger => "`oauth_timestamp` is not a whole number",
        Cause::NonceUsed => "the nonce was used before",
        Cause::BodyHash => "`oauth_body_hash` is not the hash of the body",
        Cause::BaseStringNotOfSignature => {
            "the signature was made from another base string, or with other secrets"
        }
        Cause::ServerAtFault => "the server does not follow RFC 5849",
        Cause::SentDiffers => "what was sent is not what was signed",
        Cause::AnswerHides => "the pasted base string is still wrapped in JSON, HTML or a form",
    }
}
