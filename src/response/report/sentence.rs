//! Finding a signature base string in a plain sentence.

use alloc::{borrow::ToOwned, string::String};

/// The name of the problem, if a report stands somewhere in the text.
pub(super) fn problem(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("oauth_problem=")?;
    let is_name = |character: char| character.is_ascii_alphabetic() || character == '_';
    let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
    (!name.is_empty()).then_some(name)
}

/// Finds the base string that a sentence announces: soon after words such as `base string` come a
/// method, `&http`, and another `&`. `is_whole` tells whether `text` is all that the server sent.
///
/// It takes one pass.
pub(super) fn base_string(text: &str, is_whole: bool) -> Option<String> {
    let bytes = text.as_bytes();
    let mut label_end = None;
    for at in 0..bytes.len() {
        if begins_with(&bytes[at..], URL) {
            if let Some(start) = label_end.and_then(|from| start(text, from, at)) {
                let end = text[at..].find(ends).map(|end| at + end);
                // A base string that reaches the end of the part that is read may be truncated.
                if end.is_none() && !is_whole {
                    return None;
                }
                let found = &text[start..end.unwrap_or(text.len())];
                let found = found.trim_end_matches(['.', ',', ';', ')', ']', '}']);
                return Some(found.to_owned());
            }
        } else if let Some(label) = LABELS.iter().find(|l| begins_with(&bytes[at..], l)) {
            label_end = Some(at + label.len());
        }
    }
    None
}

/// Where the base string begins whose second part begins at `url`. `None` if it is not one: its
/// method has to stand between `from` and `url`, and a third part has to follow.
fn start(text: &str, from: usize, url: usize) -> Option<usize> {
    let is_near = url + URL.len() - from <= NEAR;
    let method = text.as_bytes()[from..url].iter().rev();
    // A method may be any token, which is encoded.
    let in_method = |byte: u8| byte.is_ascii_alphanumeric() || b"%-._~".contains(&byte);
    let method_length = method.take_while(|byte| in_method(**byte)).count();
    // Stopping at the next `&` keeps it one pass, however many `&http` there are.
    let mut behind = text[url + URL.len()..].chars();
    let next = behind.find(|character| *character == '&' || ends(*character));
    (is_near && method_length > 0 && next == Some('&')).then_some(url - method_length)
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
    fn a_base_string_has_a_label_a_method_a_url_and_parameters() {
        for sentence in [
            "Invalid signature: base string",
            "the base string has no GET&https%3A%2F%2Fe.com%2F",
            "base string: &https%3A%2F%2Fe.com%2F&a%3Db",
            "the signature: GET&https%3A%2F%2Fe.com%2F&a%3Db",
            "base string: a&b&c",
        ] {
            assert_eq!(base_string(sentence, true), None, "{sentence}");
        }
    }

    #[test]
    fn a_base_string_begins_soon_after_its_label() {
        for (between, found) in [
            (NEAR - "GET&http".len(), true),
            (NEAR - "GET&http".len() + 1, false),
        ] {
            let text = alloc::format!("sbs{}GET&https%3A%2F%2Fe.com%2F&a%3Db", " ".repeat(between));
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
