//! Finding a signature base string in an answer.

use alloc::{borrow::ToOwned, string::String};

/// The name of the problem, if a report stands somewhere in the text.
pub(super) fn problem(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("oauth_problem=")?;
    let is_name = |character: char| character.is_ascii_alphabetic() || character == '_';
    let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
    (!name.is_empty()).then_some(name)
}

/// Finds the base string in a text: a method, `&http`, and another `&`. It counts if words such as
/// `base string` come soon before it. If they do not, it has to look like the beginning of any base
/// string, `GET&https%3A%2F%2F`. `is_whole` tells whether `text` is all that the server sent.
///
/// It takes one pass.
pub(super) fn base_string(text: &str, is_whole: bool) -> Option<String> {
    let bytes = text.as_bytes();
    let (mut label_end, mut unannounced) = (None, None);
    for at in 0..bytes.len() {
        if begins_with(&bytes[at..], URL) {
            if let Some(start) = label_end.and_then(|from| announced(text, from, at)) {
                return cut(text, start, at, is_whole);
            }
            if unannounced.is_none() {
                let start = obvious(text, at);
                unannounced = start.and_then(|start| cut(text, start, at, is_whole));
            }
        } else if let Some(label) = LABELS.iter().find(|l| begins_with(&bytes[at..], l)) {
            label_end = Some(at + label.len());
        }
    }
    unannounced
}

/// Cuts out the base string that begins at `start`, and whose second part begins at `url`.
fn cut(text: &str, start: usize, url: usize, is_whole: bool) -> Option<String> {
    let end = text[url..].find(ends).map(|end| url + end);
    // A base string that reaches the end of the part that is read may be truncated.
    if end.is_none() && !is_whole {
        return None;
    }
    let found = &text[start..end.unwrap_or(text.len())];
    let found = found.trim_end_matches(['.', ',', ';', ')', ']', '}']);
    Some(found.to_owned())
}

/// Where the base string begins whose second part begins at `url`. `None` if it is not one: its
/// method has to stand between `from` and `url`, and a third part has to follow.
fn announced(text: &str, from: usize, url: usize) -> Option<usize> {
    if url + URL.len() - from > NEAR {
        return None;
    }
    // A method may be any token, which is encoded.
    let method = method_length(&text.as_bytes()[from..url]);
    (method > 0 && has_third_part(text, url)).then_some(url - method)
}

/// The same for one that nothing announces. Its method consists of a few letters, and its URI is
/// encoded.
fn obvious(text: &str, url: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if !OBVIOUS.iter().any(|uri| begins_with(&bytes[url..], uri)) {
        return None;
    }
    let before = &bytes[url.saturating_sub(LONGEST_METHOD + 1)..url];
    let method = method_length(before);
    let is_method = (2..=LONGEST_METHOD).contains(&method)
        && before[before.len() - method..]
            .iter()
            .all(u8::is_ascii_alphabetic);
    (is_method && has_third_part(text, url)).then_some(url - method)
}

/// The length of the token at the end of a text.
fn method_length(text: &[u8]) -> usize {
    let in_method = |byte: u8| byte.is_ascii_alphanumeric() || b"%-._~".contains(&byte);
    text.iter()
        .rev()
        .take_while(|byte| in_method(**byte))
        .count()
}

/// Whether another `&` follows the second part.
fn has_third_part(text: &str, url: usize) -> bool {
    // Stopping at the next `&` keeps it one pass, however many `&http` there are.
    let mut behind = text[url + URL.len()..].chars();
    behind.find(|character| *character == '&' || ends(*character)) == Some('&')
}

/// Whether a character ends a base string.
fn ends(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "\"'`<>\\".contains(character)
}

fn begins_with(text: &[u8], beginning: &str) -> bool {
    text.get(..beginning.len())
        .is_some_and(|text| text.eq_ignore_ascii_case(beginning.as_bytes()))
}

const LABELS: [&str; 4] = ["base string", "base_string", "basestring", "sbs"];

/// How the second part of a base string begins.
const URL: &str = "&http";

/// How it begins in a base string that nothing announces.
const OBVIOUS: [&str; 2] = ["&http%3A%2F%2F", "&https%3A%2F%2F"];

/// `UPDATEREDIRECTREF` is the longest method that is registered.
const LONGEST_METHOD: usize = 17;

/// Within how many bytes of its label the second part of a base string begins.
const NEAR: usize = 64;

#[cfg(test)]
mod tests {
    use super::super::values::plain;
    use super::{super::read::READ, *};

    #[test]
    fn a_base_string_is_found_in_a_sentence() {
        const TEXT: &str = "GET&https%3A%2F%2Fe.com%2F&a%3Db";
        for sentence in [
            "Invalid signature. Expected signature base string: {}",
            "Invalid signature. Expected signature base string: {}.\n",
            "invalid signature (base string is '{}'), try again",
            "Invalid signature\nsbs={}\n",
            "the base string does not fit.  The basestring computed by the server was {} ",
            "<p>Signature Base String:</p><code>{}</code>",
            r#"{"error": "Invalid signature", "base_string": "{}", "more": 1}"#,
            r#"{"description": "Expected signature base string: {}\nwas not signed"}"#,
            "\u{212a} Base String: \u{212a}{}\u{a0}\u{212a}",
        ] {
            for and in ["&", "&amp;", r"\u0026"] {
                let text = sentence.replace("{}", &TEXT.replace('&', and));
                let found = base_string(&plain(text.as_bytes()), true);
                assert_eq!(found.as_deref(), Some(TEXT), "{text}");
            }
        }
    }

    #[test]
    fn a_base_string_that_nothing_announces_is_found() {
        for method in ["GET", "post", "UPDATEREDIRECTREF"] {
            for url in ["https%3A%2F%2Fe.com%2F", "http%3a%2f%2fe.com%2f"] {
                for text in [
                    "{}",
                    "<pre>{}</pre>",
                    r#"{"Details":"{}"}"#,
                    "We signed {} with your key.",
                    "&http &https%3A%2F%2F GET&https%3A {}",
                ] {
                    let base = alloc::format!("{method}&{url}&a%3Db");
                    let text = text.replace("{}", &base);
                    assert_eq!(base_string(&text, true), Some(base), "{text}");
                }
            }
        }
        // What is announced counts more.
        let both = "GET&https%3A%2F%2Fe.com%2F&a%3Db is not the base string GET&https%3A%2F%2Fe.com%2F&a%3Dc";
        let announced = base_string(both, true);
        assert_eq!(
            announced.as_deref(),
            Some("GET&https%3A%2F%2Fe.com%2F&a%3Dc")
        );
    }

    #[test]
    fn a_base_string_has_a_method_a_url_and_parameters() {
        for sentence in [
            "Invalid signature: base string",
            "the base string has no GET&https%3A%2F%2Fe.com%2F",
            "base string: &https%3A%2F%2Fe.com%2F&a%3Db",
            "base string: a&b&c",
            // Without a label, it has to be whole and encoded.
            "the signature: GET&https://e.com/&a%3Db",
            "the signature: GET&https%3A%2F%2Fe.com%2F",
            "the signature: 1&https%3A%2F%2Fe.com%2F&a%3Db",
            "/login?to=/x&https%3A%2F%2Fe.com%2F&a%3Db",
            "%47ET&https%3A%2F%2Fe.com%2F&a%3Db",
        ] {
            assert_eq!(base_string(sentence, true), None, "{sentence}");
        }
    }

    #[test]
    fn a_base_string_begins_soon_after_its_label() {
        for (between, found) in [
            (NEAR - "G-T&http".len(), true),
            (NEAR - "G-T&http".len() + 1, false),
        ] {
            let text = alloc::format!("sbs{}G-T&https%3A%2F%2Fe.com%2F&a%3Db", " ".repeat(between));
            assert_eq!(base_string(&text, true).is_some(), found, "{between}");
        }
    }

    #[test]
    fn a_label_without_a_base_string_hides_none_that_follows() {
        const TEXT: &str = "GET&https%3A%2F%2Fe.com%2F&a%3Db";
        for before in [
            "sbs &http sbs ",
            "sbs &http ",
            "sbs sbs base_string ",
            "sbs: GET&https%3A%2F%2Fe.com%2F, sbs: ",
        ] {
            let text = alloc::format!("{before}{TEXT}");
            assert_eq!(base_string(&text, true).as_deref(), Some(TEXT), "{before}");
        }
    }

    #[test]
    fn a_base_string_that_is_cut_off_is_not_one() {
        let text = |length: usize| {
            let beginning = "sbs=GET&https%3A%2F%2Fe.com%2F&a%3D";
            alloc::format!("{beginning}{}", "b".repeat(length - beginning.len()))
        };
        let read = |text: String| {
            let body = text.into_bytes();
            base_string(&plain(&body[..body.len().min(READ)]), body.len() <= READ)
        };
        assert!(read(text(READ)).is_some());
        assert_eq!(read(text(READ + 1)), None);
        // One that ends before the text does is whole.
        assert!(read(text(READ - 1) + " and more").is_some());
    }
}
