//! The remedies of causes: what to change.

use super::Cause;

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn of(cause: Cause) -> &'static str {
    match cause {
        Cause::Method => {
            "sign the method that is sent, in upper case. If you do, look for a redirect, a \
             client or a header that changes it on the way"
        }
        Cause::Scheme => {
            "call and sign `https` from the start, because a redirect does not sign again. If you \
             do, TLS ends at a proxy in front of the server: the server has to build its base \
             string with the scheme of the public URL (`X-Forwarded-Proto`)"
        }
        Cause::Host => {
            "sign the host name of the URL that is called, and look for a redirect that was \
             followed, because it changes the URL and does not sign again. If there is none, a \
             proxy forwards the request under another name: the server has to build its base \
             string with its public host name (`Host` or `X-Forwarded-Host`)"
        }
        Cause::HostWww => {
            "call and sign the host name in the service's documentation, so that no redirect \
             changes it"
        }
        Cause::HostCase => {
            "convert the scheme and the host name to lower case before you sign, but leave the \
             path as it is"
        }
        Cause::Port => {
            "sign the port of the URL that is called, unless it is the scheme's default, and \
             look for a redirect that was followed. If there is none, the server listens behind \
             a proxy on another port: it has to build its base string with its public port"
        }
        Cause::PortDefaultKept => {
            "leave out `:80` from an http URL and `:443` from an https URL before you sign"
        }
        Cause::Path => {
            "sign the path of the URL that is called, with its upper and lower case, and look \
             for a redirect that was followed. If there is none, a proxy or framework changes the \
             path on the way: the server has to build its base string with the path of the public \
             URL"
        }
        Cause::PathTrailingSlash => {
            "call and sign the path in the service's documentation, so that no client, redirect \
             or framework adds or removes the slash"
        }
        Cause::PathEncodingLevel => {
            "encode each segment of the path once, and sign the path exactly as it is sent: do \
             not decode or encode it again before you sign. Joining the three parts then encodes \
             it once more"
        }
        Cause::QueryInUri => {
            "end the URI of the second part before the `?`, and sort the decoded parameters of \
             the query into the third part, with all the others"
        }
        Cause::UriInvalid => {
            "give what computes the signature the whole URL, with scheme and host, such as \
             `https://api.example.com/photos`"
        }
        Cause::UriEncoding => {
            "percent-encode the URI once when you join the three parts with `&`: \
             `https%3A%2F%2Fapi.example.com%2Fphotos`"
        }
        Cause::ParameterMissing => {
            "sign the parameter, or do not send it. The query, a form body and the `oauth_*` \
             parameters all count. If you do not send it, look for what adds it on the way, such \
             as a client, a plugin or a proxy"
        }
        Cause::ParameterAdded => {
            "send the parameter, or do not sign it. Only the query, a form body and the `oauth_*` \
             parameters count: not other headers, not JSON, not multipart forms"
        }
        Cause::EmptyToken => {
            "without a token, neither send nor sign `oauth_token`. If the server wants it empty, \
             do both"
        }
        Cause::RealmSigned => {
            "leave `realm` out of the base string. It is sent in the header, and not signed"
        }
        Cause::SignatureSigned => {
            "compute the signature before you add `oauth_signature`, or skip that parameter in \
             the base string"
        }
        Cause::CallbackInvented => {
            "send and sign `oauth_callback=about:blank`, which libraries for LTI add on their own"
        }
        Cause::FileSigned => {
            "leave the file out of the base string. Nothing of a multipart form is signed, unless \
             the service says otherwise: only the query and the `oauth_*` parameters are"
        }
        Cause::QueryNotSigned => "add the decoded parameters of the query to those that you sign",
        Cause::FormNotSigned => {
            "add the decoded parameters of the form to those that you sign. They count if the \
             content type is `application/x-www-form-urlencoded`, whatever the method"
        }
        Cause::BodySignedAsForm => {
            "if the body is a form, send it with the content type \
             `application/x-www-form-urlencoded`, and look for what changes or loses that on the \
             way. If not, leave the body out of the base string: only forms are signed. Some \
             services want `oauth_body_hash` for other bodies"
        }
        Cause::OauthParametersTwice => {
            "send the `oauth_*` parameters in one place only: in the header, in the query or in \
             the form"
        }
        Cause::ParameterTypo => "correct the name where you sign and where you send it",
        Cause::ValueDiffers => {
            "sign the value that is sent. Look for what changes it in between: white space that \
             is trimmed, numbers or dates that are formatted twice, a variable that is set again"
        }
        Cause::DuplicatesLost => {
            "keep the parameters in a list of pairs, and not in a map or dictionary, and sign \
             each of them"
        }
        Cause::Version => "send and sign `oauth_version=1.0`, or neither send nor sign it",
        Cause::MethodName => {
            "write the name exactly as the service does, such as `HMAC-SHA1` or `HMAC-SHA256`, \
             where you sign and where you send it"
        }
        Cause::HashOther => {
            "compute the signature with the method that `oauth_signature_method` names, and use \
             one that the service accepts for your app"
        }
        Cause::OtherRequest => {
            "compare base strings of one attempt, with the same nonce and timestamp. Print yours \
             whenever a request is sent"
        }
        Cause::ValueEncodedTooOften => {
            "pass the value to what signs it as it is, without encoding it first. In the base \
             string, a value is encoded once by itself, and once with all the others"
        }
        Cause::ValueEncodedTooLittle => {
            "percent-encode each value before you join names and values, and the joined \
             parameters once more: `,` becomes `%2C`, and then `%252C`"
        }
        Cause::ValueDecodedTwice => {
            "decode the query or the form once. If a value still contains escapes, they are part \
             of it: they have to be encoded, and not decoded"
        }
        Cause::PlusForSpace => {
            "encode a space as %20: use RFC 3986 percent-encoding, not form encoding, for what \
             you sign"
        }
        Cause::SpaceAsPlusLiteral => {
            "decode `+` in a query or a form to a space before you sign, and encode the space as \
             %20"
        }
        Cause::EscapesLowerCase => "write escapes with upper-case digits: `%2F`, and not `%2f`",
        Cause::Latin1 => {
            "convert text to UTF-8 bytes once, and percent-encode these. Look for a function that \
             assumes Latin-1 or Windows-1252"
        }
        Cause::OctetsLost => {
            "keep the text in UTF-8 all the way: a conversion to a smaller character set has put \
             a question mark or U+FFFD in the place of what it does not know. Binary data is \
             encoded byte by byte"
        }
        Cause::Utf8BomOrNormalForm => {
            "normalize the text once, before it is signed and sent, or not at all. Remove a byte \
             order mark at the beginning"
        }
        Cause::TildeEncoded => {
            "leave `~` as it is: after encoding with an older function, replace `%7E` with `~`"
        }
        Cause::UnreservedEncoded => {
            "leave letters, digits, `-`, `.`, `_` and `~` as they are, and encode every other \
             byte"
        }
        Cause::ReservedLeft => {
            "encode these characters too: `%21`, `%2A`, `%27`, `%28` and `%29`. Functions such as \
             JavaScript's `encodeURIComponent` leave them alone"
        }
        Cause::NameNotEncoded => {
            "percent-encode names in the same way as values: `tags[]` becomes `tags%5B%5D`, and \
             then `tags%255B%255D`"
        }
        Cause::NameEncodedTooOften => {
            "pass the name to what signs it as it is, without encoding it first"
        }
        Cause::OrderUnsorted => {
            "sort all parameters together, those of the query, of the form and of OAuth: by \
             encoded name, then by encoded value, byte by byte"
        }
        Cause::OrderDecoded => "encode names and values first, and sort then, byte by byte",
        Cause::OrderJoined => {
            "sort by the name, and only among equal names by the value. Join names and values \
             after sorting"
        }
        Cause::JoinedWrongly => {
            "put `=` between each name and value, also if the value is empty, and `&` between the \
             pairs. Encode all of that, and join method, URI and parameters with `&`"
        }
        Cause::PartsMissing => {
            "join three parts with `&`: the method, the encoded URI, and the encoded parameters"
        }
        Cause::NotEncodedTwice => {
            "percent-encode the joined parameters once more: `=` becomes `%3D`, `&` becomes \
             `%26`, and `%` becomes `%25`"
        }
        Cause::SignaturePlusLost | Cause::SignatureNotEncoded => {
            "percent-encode the signature where you send it: `+` becomes `%2B`, `/` becomes \
             `%2F`, and `=` becomes `%3D`"
        }
        Cause::SignatureEncodedTwice => {
            "pass the signature to what writes the header, the query or the form as it is, \
             because that encodes it"
        }
        Cause::SignatureHex => {
            "encode the bytes of the HMAC in Base64, not its hexadecimal digits. In PHP, pass \
             `true` as the last argument of `hash_hmac`"
        }
        Cause::SignaturePaddingLost => {
            "use Base64 with padding, and send the `=` as `%3D`, so that no parser takes it for \
             the end of a name"
        }
        Cause::SignatureQuotes => {
            "write exactly one pair of double quotes around the signature in the `Authorization` \
             header, and none in a query or a form"
        }
        Cause::SignatureNewline => "remove the line feed that a Base64 function appends",
        Cause::SignatureMissing => {
            "send the signature as `oauth_signature`. If you do, look for a redirect or a proxy \
             that drops the `Authorization` header"
        }
        Cause::KeyNoAmpersand => {
            "put `&` between the encoded consumer secret and the encoded token secret, also if \
             there is no token: `secret&`"
        }
        Cause::KeyNoTokenSecret => {
            "add the token secret after the `&` of the key. To exchange a request token for an \
             access token, use the secret of the request token"
        }
        Cause::KeyTokenSecretExtra => {
            "end the key after the `&` if the request has no token, and sign without the secret \
             of an older token"
        }
        Cause::KeySwapped => "put the consumer secret first, then `&`, then the token secret",
        Cause::KeyWhitespace => {
            "trim the white space at the ends of both secrets, such as the line feed of a file"
        }
        Cause::KeyNotEncoded => "percent-encode each secret before you join them with `&`",
        Cause::KeyEncodedTwice => {
            "percent-encode each secret once. If you copied it from a URL or a form, decode it \
             first"
        }
        Cause::KeyWrong => {
            "first compare the base string that your program signs with the server's, if you have \
             not. If they are the same, copy both secrets anew, and check that they belong to the \
             consumer key and the token that you send, and to the same environment, such as \
             sandbox or production"
        }
        Cause::HmacSwapped => {
            "pass the secrets as the key of the HMAC, and the base string as its message"
        }
        Cause::TimeSkew => {
            "set the clock, best with a time service. The timestamp is in seconds since \
             1970-01-01 00:00 UTC, not in local time"
        }
        Cause::TimeMilliseconds => {
            "send and sign whole seconds: divide the milliseconds by 1000, and drop the fraction"
        }
        Cause::TimeNotInteger => "send and sign whole seconds, without a fraction",
        Cause::NonceUsed => {
            "make a new nonce and a new signature for each attempt, also when a client repeats a \
             request on its own"
        }
        Cause::BodyHash => {
            "compute the hash from the bytes that are sent, after the last change to them, with \
             the hash of the signature method, and encode it in Base64. An empty body has a hash, \
             too"
        }
        Cause::BaseStringNotOfSignature => {
            "print the base string where it goes into the HMAC: this one may be of another \
             attempt, or was changed before it was signed. If it is the one, other secrets were \
             used than those given here"
        }
        Cause::ServerAtFault => {
            "check what left first, because a client or a proxy may have changed the request \
             after it was signed. If nothing did, report this to the service. Until it is fixed, \
             build the base string the way the \
             server does, for this server only"
        }
        Cause::SentDiffers => {
            "send the URL and the body exactly as they were signed. Turn off what the client \
             changes after signing, such as normalizing the URL, adding parameters or encoding \
             the form again"
        }
        Cause::AnswerHides => {
            "decode the answer before you compare: `\\u0026`, `&amp;` and `%26` between the three \
             parts stand for `&`, and are not a mistake"
        }
    }
}
