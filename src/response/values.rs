//! The signatures, the times and the body hashes that a server's sentence mentions.

use alloc::string::String;

/// A body as text, without the escapes that JSON and HTML put in place of the characters of a report.
pub(super) fn plain(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body).into_owned();
    ESCAPES.iter().fold(text, |text, (escape, is)| {
        if text.contains(escape) {
            text.replace(escape, is)
        } else {
            text
        }
    })
}

/// The part of a text before the signatures that it compares, if it does: with the one that the
/// server expected, anybody could send the request. They may be escaped.
pub(super) fn before_signatures(text: &str) -> Option<&str> {
    let plain = plain(text.as_bytes());
    expected_signature(&plain).or(received_signature(&plain))?;
    let lower_case = text.to_ascii_lowercase();
    let beginnings = ANNOUNCEMENTS
        .iter()
        .filter_map(|words| lower_case.find(words));
    Some(&text[..beginnings.min().unwrap_or(0)])
}

/// The signature that the server expected.
pub(super) fn expected_signature(text: &str) -> Option<&str> {
    let in_plain_words = || {
        let is_wanted = |text: &str| is_signature(text) && text.ends_with('=');
        let announced = is_about_signature(text).then_some(PLAIN_EXPECTED)?;
        signature(text, announced, is_wanted)
    };
    signature(text, EXPECTED, is_signature).or_else(in_plain_words)
}

/// Whether a text that says `expected` may mean a signature.
fn is_about_signature(text: &str) -> bool {
    let lower_case = text.to_ascii_lowercase();
    lower_case.contains("signature") && !lower_case.contains("body_hash")
}

/// The signature that the server received, perhaps with spaces where it had a `+`, or still encoded.
/// It is empty if there was none, and the server says which one it expected.
pub(super) fn received_signature(text: &str) -> Option<&str> {
    let received = signature(text, RECEIVED, |text| {
        is_signature(text) || text.contains('%') && is_signature(&text.replace('%', ""))
    });
    let none = || signature(text, RECEIVED, str::is_empty);
    let in_plain_words = || {
        let all = signature(text, PLAIN_RECEIVED, |text| {
            is_signature(up_to_padding(text)) && up_to_padding(text).ends_with('=')
        });
        all.map(up_to_padding)
    };
    let received = received.map(without_blanks);
    received.or_else(|| {
        expected_signature(text)?;
        in_plain_words().or_else(none)
    })
}

/// A signature without what follows it in its line.
fn up_to_padding(text: &str) -> &str {
    let padding = text.find('=').map(|at| {
        let more = text[at..].bytes().take_while(|byte| *byte == b'=');
        at + more.count()
    });
    &text[..padding.unwrap_or(text.len())]
}

/// A signature without the blanks that follow it in the line of a log. One at the end of a signature
/// without padding may be a `+`.
pub(crate) fn without_blanks(text: &str) -> &str {
    let trimmed = text.trim_end_matches(' ');
    if trimmed.ends_with('=') {
        trimmed
    } else {
        text
    }
}

/// The timestamp that the server received and its own time, if the sentence compares them.
pub(super) fn times(text: &str) -> Option<(u64, u64)> {
    TIMES
        .iter()
        .find_map(|(received, own)| Some((time(text, received)?, time(text, own)?)))
}

/// The body hash that the server calculated and the one that it received, which may be encoded or
/// something else, if the sentence compares them.
pub(super) fn body_hashes(text: &str) -> Option<(String, String)> {
    let is_announced = BODY_HASHES.iter().any(|name| text.contains(name));
    let hash = |label| {
        after(text, label).find_map(|rest| {
            let in_hash = |c: char| c.is_ascii_alphanumeric() || "+/=%-_*".contains(c);
            let length = rest.find(|c| !in_hash(c)).unwrap_or(rest.len());
            (1..=LONGEST)
                .contains(&length)
                .then(|| String::from(&rest[..length]))
        })
    };
    is_announced.then(|| Some((hash("Calculated")?, hash("Received")?)))?
}

/// Whether a text could be an HMAC or RSA signature in Base64.
pub(super) fn is_signature(text: &str) -> bool {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/= ".contains(&byte);
    (SHORTEST..=LONGEST).contains(&text.len()) && text.bytes().all(is_base64)
}

/// The first text between a label and the character that ends it, if it is one that is looked for.
fn signature<'t>(
    text: &'t str,
    labels: &[(&str, &[char])],
    is_wanted: impl Fn(&str) -> bool,
) -> Option<&'t str> {
    labels.iter().find_map(|(label, ends)| {
        after(text, label).find_map(|rest| {
            let mut characters = rest.char_indices().take(LONGEST + 1);
            let end = characters.find(|(_, character)| ends.contains(character));
            let signature = &rest[..end.map_or(rest.len(), |(at, _)| at)];
            is_wanted(signature).then_some(signature)
        })
    })
}

/// The first time, in seconds since 1970-01-01 00:00 UTC, that follows a label.
fn time(text: &str, label: &str) -> Option<u64> {
    after(text, label).find_map(|rest| {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (time, rest) = rest.split_at(length);
        let is_whole = !rest.starts_with(|next: char| next.is_alphanumeric() || next == '.');
        let is_time = (9..=11).contains(&length) && is_whole;
        is_time.then(|| time.parse().ok()).flatten()
    })
}

/// What follows each occurrence of a label that is a word of its own, without a few separators.
fn after<'t>(text: &'t str, label: &str) -> impl Iterator<Item = &'t str> {
    let beginnings = text.match_indices(label).filter(move |(at, _)| {
        let before = text[..*at].chars().next_back();
        !before.is_some_and(char::is_alphanumeric)
    });
    // A text made of labels would take long, and no server says it so often.
    beginnings.take(TRIED).map(|(at, label)| {
        let rest = &text[at + label.len()..];
        // What is quoted may begin with a space.
        if label.ends_with(['[', '"']) {
            return rest;
        }
        let is_separator = |character| " :=\"'".contains(character);
        let separators = rest
            .chars()
            .take(SEPARATORS)
            .take_while(|c| is_separator(*c));
        &rest[separators.count()..]
    })
}

/// In the words of Tumblr, Postman's echo service, and the IMS reference implementation.
const EXPECTED: &[(&str, &[char])] = &[
    ("does not match expected value [", &[']']),
    ("Expected value \"", &['"']),
    ("ours=", &[' ', '<', '\n', '\r']),
];

const RECEIVED: &[(&str, &[char])] = &[
    ("oauth_signature [", &[']']),
    ("Received value \"", &['"']),
    ("yours=", &['<', '\n', '\r']),
];

/// In a sentence such as `expected … but received …`, and in JSON.
const PLAIN_EXPECTED: &[(&str, &[char])] = &[
    ("expected", PLAIN_ENDS),
    ("Expected", PLAIN_ENDS),
    ("expected signature", PLAIN_ENDS),
    ("Expected signature", PLAIN_ENDS),
    ("expected_signature", PLAIN_ENDS),
];

const PLAIN_RECEIVED: &[(&str, &[char])] = &[
    ("received", RECEIVED_ENDS),
    ("Received", RECEIVED_ENDS),
    ("received signature", RECEIVED_ENDS),
    ("Received signature", RECEIVED_ENDS),
    ("received_signature", RECEIVED_ENDS),
    ("got", RECEIVED_ENDS),
];

const PLAIN_ENDS: &[char] = &[
    ' ', '"', '\'', '<', ',', ';', '.', '\n', '\r', ')', ']', '}',
];

/// Where each `+` was lost, a signature has spaces in it.
const RECEIVED_ENDS: &[char] = &['"', '\'', '<', ',', ';', '.', '\n', '\r', ')', ']', '}'];

/// How the texts before those labels begin, in lower case.
const ANNOUNCEMENTS: [&str; 6] = [
    "expected",
    "received",
    "got",
    "oauth_signature",
    "ours",
    "yours",
];

const ESCAPES: [(&str, &str); 13] = [
    ("\\u0026", "&"),
    ("\\u003d", "="),
    ("\\/", "/"),
    ("\\\"", "\""),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&#38;", "&"),
    ("&#x26;", "&"),
    ("&amp;", "&"),
];

/// In the words of python-oauth2, and of PHP libraries and OKAPI.
const TIMES: [(&str, &str); 2] = [("given", "now"), ("yours", "ours")];

/// In the words of Mastercard.
const BODY_HASHES: [&str; 2] = ["body_hash", "BODY_HASH"];

/// The lengths of HMAC-SHA1 without padding, and of RSA with 4096 bits.
const SHORTEST: usize = 27;
const LONGEST: usize = 684;

/// How many occurrences of a label are looked at.
const TRIED: usize = 8;

/// As in `"ours": "`.
const SEPARATORS: usize = 4;

#[cfg(test)]
mod tests;
