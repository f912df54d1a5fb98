//! What a server answered, cut and without secrets, for an error to show.

use alloc::string::String;

/// The beginning of a text on one line. White space and markup become one space each, and what
/// looks like the value of a secret becomes `[...]`: behind a word such as `oauth_token_secret`
/// and `=`, `:` or `>`, with or without quotation marks.
pub(crate) fn excerpt(text: &[u8]) -> String {
    // What is cut here was too long for anybody to read.
    let text = String::from_utf8_lossy(&text[..text.len().min(READ)]);
    let mut shown = Shown::default();
    let mut rest = text.trim();
    while let Some(character) = rest.chars().next() {
        if shown.length >= LENGTH {
            break;
        }
        if character == '<' {
            let end = rest.find('>').unwrap_or(rest.len());
            let (tag, behind) = rest.split_at(end);
            rest = behind.get(1..).unwrap_or_default();
            shown.space();
            if is_sensitive(tag) && !tag.starts_with("</") {
                let end = rest.find('<').unwrap_or(rest.len());
                rest = shown.hide(rest, end);
            }
        } else if is_of_word(character) {
            let end = rest
                .find(|character| !is_of_word(character))
                .unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            shown.add(word);
            rest = behind;
            if is_sensitive(word) {
                rest = hide_value(rest, &mut shown);
            }
        } else {
            if character.is_whitespace() || character.is_control() {
                shown.space();
            } else {
                shown.character(character);
            }
            rest = &rest[character.len_utf8()..];
        }
    }
    shown.text.truncate(shown.text.trim_end().len());
    if shown.length > LENGTH || !rest.is_empty() {
        shown.text.push_str("...");
    }
    shown.text
}

/// Behind a word that names a secret: shows what leads to its value, and hides the value.
fn hide_value<'t>(text: &'t str, shown: &mut Shown) -> &'t str {
    let mut rest = text;
    let mut quote = None;
    let mut assigned = false;
    while let Some(character) = rest.chars().next() {
        let width = if ["%3D", "%3d", "%253D", "%253d"]
            .iter()
            .any(|escape| rest.starts_with(escape))
        {
            assigned = true;
            if rest.starts_with("%25") { 5 } else { 3 }
        } else {
            match character {
                '=' | ':' | '>' => assigned = true,
                '"' | '\'' => quote = Some(character),
                '[' | '{' | '(' | '\\' => {}
                _ if character.is_whitespace() => {}
                _ => break,
            }
            character.len_utf8()
        };
        let (lead, behind) = rest.split_at(width);
        shown.add(lead);
        rest = behind;
        if assigned && quote.is_some() && matches!(character, '"' | '\'') {
            break;
        }
        if !assigned && character.is_whitespace() {
            // A sentence: "the token is unknown".
            quote = None;
        }
    }
    if !assigned {
        return rest;
    }
    let (mut escaped, mut inner) = (false, None);
    let end = rest
        .find(|character: char| {
            let ends = match quote.or(inner) {
                _ if escaped => false,
                Some(quote) => character == quote,
                None => character.is_whitespace() || "&<>,;}])".contains(character),
            };
            if quote.is_none() && !escaped && "\"'".contains(character) {
                // Quotation marks within a value, as in `session="a b"`.
                inner = match inner {
                    None => Some(character),
                    Some(open) => (open != character).then_some(open),
                };
                return false;
            }
            escaped = !escaped && character == '\\';
            ends
        })
        .unwrap_or(rest.len());
    shown.hide(rest, end)
}

#[derive(Default)]
struct Shown {
    text: String,
    length: usize,
}

impl Shown {
    fn add(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() || character.is_control() {
                self.space();
            } else {
                self.character(character);
            }
        }
    }

    fn character(&mut self, character: char) {
        if self.length < LENGTH {
            self.text.push(character);
        }
        self.length += 1;
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.character(' ');
        }
    }

    fn hide<'t>(&mut self, text: &'t str, end: usize) -> &'t str {
        if end > 0 {
            self.add("[...]");
        }
        &text[end..]
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || "_-".contains(character)
}

fn is_sensitive(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    SENSITIVE.iter().any(|part| word.contains(part))
}

const SENSITIVE: [&str; 9] = [
    "secret",
    "token",
    "password",
    "passwd",
    "verifier",
    "handle",
    "signature",
    "session",
    "cookie",
];

/// Octets that are looked at, and characters that are shown.
const READ: usize = 4096;
const LENGTH: usize = 160;

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
        assert_eq!(excerpt(&[b'a'; 500]).len(), LENGTH + "...".len());
        assert_eq!(excerpt(b"\xFF\xFE"), "\u{fffd}\u{fffd}");
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
