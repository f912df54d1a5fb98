//! Excerpts of a server's answer for error messages: short, and without secrets.

mod escape;
mod form;
mod json;
mod markup;
mod names;
mod sentence;
mod shown;

use alloc::{format, string::String};

use self::{markup::is_page, shown::Shown};
use super::values::before_signatures;

/// Returns the beginning of a text on one line. Each run of white space and markup becomes a space,
/// and the values of names that sound like a secret become `[...]`.
///
/// The syntax of the text (form, JSON or markup) decides where a value ends. In any other text
/// the end is unknown, so nothing is shown after the name and an assignment sign.
pub(super) fn excerpt(text: &[u8]) -> String {
    let text = text.trim_ascii();
    // Shortened before anything else, so that a huge body costs nothing.
    let read = String::from_utf8_lossy(&text[..text.len().min(READ)]);
    let before_signatures = before_signatures(&read);
    let read = before_signatures.unwrap_or(&read);
    let mut shown = json::show(read)
        .or_else(|| form::show(read))
        .unwrap_or_else(|| {
            let mut shown = Shown::default();
            markup::show(read, &mut shown);
            shown
        });
    if before_signatures.is_some() {
        shown.hide();
    } else if text.len() > READ {
        shown.cut();
    }
    shown.into_text()
}

/// Returns the kind of a body and its excerpt.
pub(super) fn described(body: &[u8]) -> String {
    let kind = match Kind::of(body.trim_ascii()) {
        Kind::Empty => return "an empty body".into(),
        Kind::Html => "HTML",
        Kind::Json => "JSON",
        Kind::Text => "text",
        Kind::Xml => "XML",
    };
    format!("{kind}: {}", excerpt(body))
}

/// What a body seems to be, judging by its beginning.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Kind {
    /// Nothing or only white space.
    Empty,
    /// An HTML page.
    Html,
    /// A JSON object or array.
    Json,
    /// Anything else, such as a form or a sentence.
    Text,
    /// XML that is not a page.
    Xml,
}

impl Kind {
    pub(super) fn of(body: &[u8]) -> Self {
        match body.first() {
            None => Self::Empty,
            Some(b'{' | b'[') => Self::Json,
            Some(b'<') if is_page(body) => Self::Html,
            Some(b'<') => Self::Xml,
            Some(_) => Self::Text,
        }
    }
}

/// How many bytes of a text are read.
const READ: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_came() {
        for (text, shown) in [
            ("", ""),
            (" Timestamp is invalid\r\n", "Timestamp is invalid"),
            (
                "<html><head><title>503 Down</title></head>\n<body class=\"x\">Try  later</body>",
                "503 Down Try later",
            ),
            ("The token was not found", "The token was not found"),
            ("{\"error\": \"bad key\"}", "{\"error\": \"bad key\"}"),
            ("\u{1b}[31mred\0", "[31mred"),
            ("<unclosed", ""),
        ] {
            assert_eq!(excerpt(text.as_bytes()), shown, "{text:?}");
        }
        assert_eq!(excerpt(b"\xFF\xFE"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn at_most_160_characters_are_shown() {
        let text = "\u{e9}".repeat(160);
        assert_eq!(excerpt(text.as_bytes()), text);
        for end in [" ", "\n \n", "<br>\n"] {
            assert_eq!(excerpt([&text, end].concat().as_bytes()), text);
        }
        for end in ["a", " a", "aa"] {
            let shown = excerpt([&text, end].concat().as_bytes());
            assert_eq!(shown, [&text, "..."].concat());
        }
    }

    #[test]
    fn at_most_4_kib_are_looked_at() {
        let text = |length| ["<p>", &" ".repeat(length), "a"].concat();
        assert_eq!(excerpt(text(READ - 4).as_bytes()), "a");
        assert_eq!(excerpt(text(READ - 3).as_bytes()), "...");
        // White space around a text does not count.
        let text = [" ".repeat(READ), "a".into(), " ".repeat(READ)].concat();
        assert_eq!(excerpt(text.as_bytes()), "a");
    }

    #[test]
    fn what_is_not_the_syntax_it_begins_with_is_a_sentence() {
        for text in [
            "{secret=hidden, hidden}",
            "[secret: hidden, hidden]",
            "{\"a\": 1} secret=hidden&a=hidden",
            "['secret', 'hidden']",
            "[\"secret\" \"hidden\"]",
            "a=b&secret: hidden&c=hidden",
            "a=b&secret: hidden<br>hidden",
        ] {
            let shown = excerpt(text.as_bytes());
            assert!(shown.ends_with("[...]"), "{shown}");
            assert!(!shown.contains("hidden"), "{shown}");
        }
    }

    #[test]
    fn hides_secrets() {
        for text in [
            "oauth_token=hidden&oauth_token_secret=hidden&a=b",
            "{\"oauth_token\":\"hidden\",\"oauth_token_secret\": \"hid\\\"hidden\"}",
            "{'token_secret': ['hidden']}",
            "<oauth><oauth_token_secret>hidden</oauth_token_secret></oauth>",
            "<input name=\"oauth_token_secret\" value=\"hidden\">",
            "Set-Cookie: session=\"hidden\"",
            "oauth_token_secret%3Dhidden",
            "x_auth_password%253Dhidden%26",
            "oauth%5Ftoken%5Fsecret=hidden",
            "Secret: hidden",
            "session=\"it's hidden\"",
            "oauth_signature = hidden",
            "oauth_verifier=\nhidden",
            "Expected value \"hiddenhiddenhiddenhidden/hiddenhidden=\", not x",
            "Expected value \"hiddenhiddenhiddenhidden\\/hiddenhidden=\", not x",
            "a x ours= hiddenhiddenhiddenhiddenhidden= yours= hiddenhiddenhiddenhidden hidden=",
            "{\"message\": \"Expected value \\\"hiddenhiddenhiddenhiddenhidden\\u003d\\\"\"}",
            "<p>Expected value &quot;hiddenhiddenhiddenhiddenhidden=&quot;</p>",
            "debug_sbs=hiddenhiddenhiddenhidden%2Bhidden%3D",
            "x [x] does not match expected value [hiddenhiddenhiddenhiddenhidden=]",
        ] {
            let shown = excerpt(text.as_bytes());
            assert!(!shown.contains("hidden"), "{text}: {shown}");
        }
        assert_eq!(
            excerpt(b"oauth_token=t&oauth_token_secret=s&x=y"),
            "oauth_token=[...]&oauth_token_secret=[...]&x=y"
        );
    }
}
