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
    signature(text, EXPECTED, is_signature)
}

/// The signature that the server received, perhaps with spaces where it had a `+`, or still encoded.
/// It is empty if there was none, and the server says which one it expected.
pub(super) fn received_signature(text: &str) -> Option<&str> {
    let received = signature(text, RECEIVED, |text| {
        is_signature(text) || text.contains('%') && is_signature(&text.replace('%', ""))
    });
    let none = || signature(text, RECEIVED, str::is_empty);
    received.or_else(|| expected_signature(text).and_then(|_| none()))
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

/// How the texts before those labels begin, in lower case.
const ANNOUNCEMENTS: [&str; 5] = [
    "expected value",
    "received value",
    "oauth_signature",
    "ours",
    "yours",
];

const ESCAPES: [(&str, &str); 8] = [
    ("\\u0026", "&"),
    ("\\u003d", "="),
    ("\\/", "/"),
    ("\\\"", "\""),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#38;", "&"),
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
mod tests {
    use super::*;

    const OURS: &str = "cEWvmwSskPc+LnpusZ6j+aUd5UQ=";

    #[test]
    fn signatures_are_found_in_the_words_of_servers() {
        for (text, received) in [
            (
                "oauth_signature [{}] does not match expected value [cEWvmwSskPc+LnpusZ6j+aUd5UQ=]",
                "INmKfxDrAKCzr2Y+CCUw3JGqa+g=",
            ),
            (
                "Expected value \"cEWvmwSskPc+LnpusZ6j+aUd5UQ=\". Received value \"{}\"",
                "cEWvmwSskPc LnpusZ6j aUd5UQ=",
            ),
            (
                "Invalid signature ours= cEWvmwSskPc+LnpusZ6j+aUd5UQ= yours= {}",
                "1HdjPI1pWt6Cna01NOrg9tB5Lsg=",
            ),
            (
                "Invalid signature yours={}\nours=cEWvmwSskPc+LnpusZ6j+aUd5UQ=\n",
                "1HdjPI1pWt6Cna01NOrg9tB5Lsg",
            ),
        ] {
            let text = text.replace("{}", received);
            assert_eq!(expected_signature(&text), Some(OURS), "{text}");
            assert_eq!(received_signature(&text), Some(received), "{text}");
        }
    }

    #[test]
    fn a_received_signature_may_be_damaged_or_empty() {
        for received in ["", "cEWvmwSskPc%2BLnpusZ6j%2BaUd5UQ%3D"] {
            for text in [
                "oauth_signature [{}] does not match expected value [cEWvmwSskPc+LnpusZ6j+aUd5UQ=]",
                "Expected value \"cEWvmwSskPc+LnpusZ6j+aUd5UQ=\". Received value \"{}\"",
                "Invalid signature ours= cEWvmwSskPc+LnpusZ6j+aUd5UQ= yours= {}",
            ] {
                let text = text.replace("{}", received);
                assert_eq!(expected_signature(&text), Some(OURS), "{text}");
                assert_eq!(received_signature(&text), Some(received), "{text}");
            }
        }
    }

    #[test]
    fn body_hashes_are_found_in_the_words_of_mastercard() {
        let hashes = |text: &str| {
            let (calculated, received) = body_hashes(text)?;
            Some(alloc::format!("{calculated} {received}"))
        };
        for (text, found) in [
            (
                "The provided oauth_body_hash does not match the SHA256 hash of the request payload. \
                 Calculated: 8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8=, Received: 01Nc/+A=\",",
                "8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8= 01Nc/+A=",
            ),
            (
                "INVALID_BODY_HASH Calculated: x++p2Q=, Received: LpxcaG4%2BI%3D",
                "x++p2Q= LpxcaG4%2BI%3D",
            ),
        ] {
            assert_eq!(hashes(text).as_deref(), Some(found));
        }
        for text in [
            "oauth_body_hash: Calculated: , Received: x",
            "oauth_body_hash: Calculated: x",
            "oauth_body_hash: Received: x",
            "oauth_body_hash: Miscalculated: x, Received: x",
            "Calculated: x, Received: y",
        ] {
            assert_eq!(hashes(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_signature_is_left_alone() {
        for text in [
            "oauth_signature does not match expected value",
            "oauth_signature [] does not match expected value []",
            "Expected value \"GET\". Received value \"POST\"",
            "yours= 1450247855, ours= 1450334504",
            "Expected value \"cEWvmwSskPc-LnpusZ6j_aUd5UQ=\"",
            "hours= cEWvmwSskPc+LnpusZ6j+aUd5UQ=",
            "oauth_signature",
            "ours= \u{e9}cEWvmwSskPc+LnpusZ6j+aUd5UQ=",
        ] {
            assert_eq!(expected_signature(text), None, "{text}");
            assert_eq!(received_signature(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_found_in_the_words_of_servers() {
        for (text, times_in_it) in [
            (
                "Expired timestamp: given 1326837029 and now 1326841425 has a greater difference than threshold 300",
                Some((1_326_837_029, 1_326_841_425)),
            ),
            (
                "Expired timestamp, yours 1450247855, ours 1450334504",
                Some((1_450_247_855, 1_450_334_504)),
            ),
            (
                r#"{"yours":"1522554146","ours":1522573723,"difference":19577}"#,
                Some((1_522_554_146, 1_522_573_723)),
            ),
            ("yours 1450247855, ours unknown", None),
            ("given 13268370290000 and now 1326841425", None),
            ("given 1326837029x and now 1326841425", None),
            ("misgiven 1326837029 and now 1326841425", None),
            ("given 1361000000.12 and now 1361000000", None),
        ] {
            assert_eq!(times(text), times_in_it, "{text}");
        }
    }
}
