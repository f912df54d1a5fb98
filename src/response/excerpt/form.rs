//! Excerpts of form-urlencoded text.

use alloc::string::String;

use super::{markup, names::is_sensitive, sentence::Sentence, shown::Shown};
use crate::form_urlencoded::pairs;

/// Shows a form pair by pair. A secret is hidden up to the next `&`, where a parser would end it.
///
/// Returns `None` if the text is not a form. A form contains at least one `=`, and its names
/// consist of the characters that names usually have.
pub(super) fn show(text: &str) -> Option<Shown> {
    let text = text.as_bytes();
    let is_form =
        pairs(text).all(|pair| is_name(pair.name)) && pairs(text).any(|pair| pair.value.is_some());
    if !is_form {
        return None;
    }
    let mut shown = Shown::default();
    for (index, pair) in pairs(text).enumerate() {
        if index > 0 {
            shown.add("&");
        }
        let name = String::from_utf8_lossy(pair.name);
        // A name may contain an assignment itself: `oauth_token_secret%3D`.
        let is_hidden = Sentence::default().show(&name, &mut shown);
        let Some(value) = pair.value.filter(|_| !is_hidden) else {
            continue;
        };
        shown.add("=");
        if !is_sensitive(&name) {
            markup::show(&String::from_utf8_lossy(value), &mut shown);
        } else if !value.is_empty() {
            shown.hide();
        }
    }
    Some(shown)
}

fn is_name(text: &[u8]) -> bool {
    text.iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b"%*+-.[]_~".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_up_to_the_next_ampersand() {
        for value in [
            "hidden",
            "hid,hidden",
            "hid;hidden",
            "hid hidden",
            "hid)}>hidden",
            "\"hid\"hidden",
            "'",
            "hid=hidden",
            "%26hidden",
            "hid\nhidden",
            "<hid>hidden",
            "\u{e9}",
        ] {
            for name in [
                "oauth_token_secret",
                "oauth_token_s%65cret",
                "oauth%5Ftoken%5Fsecret",
                "a[token]",
            ] {
                let text = alloc::format!("a=b&{name}={value}&c=d");
                let shown = show(&text).map(Shown::into_text);
                let expected = alloc::format!("a=b&{name}=[...]&c=d");
                assert_eq!(shown, Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn a_form_within_a_form_is_hidden_to_its_end() {
        for (text, expected) in [
            (
                "oauth_token_secret%3Dhidden%26hidden&a=b",
                "oauth_token_secret%3D[...]&a=b",
            ),
            (
                "oauth_token_secret%3Dhidden==&a=b",
                "oauth_token_secret%3D[...]&a=b",
            ),
            (
                "oauth_token_secret%3D=hidden&a=b",
                "oauth_token_secret%3D=[...]&a=b",
            ),
            ("m=token%3Dhidden%26hidden&a=b", "m=token%3D[...]&a=b"),
            ("m=token:+hidden+hidden&a=b", "m=token:[...]&a=b"),
            (
                "m=%3Cname%3Esecret%3C/name%3Ehidden&a=b",
                "m=%3Cname%3Esecret%3C[...]&a=b",
            ),
        ] {
            assert_eq!(
                show(text).map(Shown::into_text).as_deref(),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn what_has_no_values_or_other_names_is_not_a_form() {
        for text in [
            "",
            "oauth_token_secret",
            "a&b",
            "secret: a=b",
            "a=b&secret: c&d",
            "{a=b}",
            "<a=b>",
        ] {
            assert!(show(text).is_none(), "{text}");
        }
        let shown = show("&a&&b=&=c&").map(Shown::into_text);
        assert_eq!(shown.as_deref(), Some("a&b=&=c"));
    }
}
