//! Recognizing the names of secrets.

use alloc::string::String;

use super::escape::units;

/// Whether a name is that of a secret, however it is escaped.
pub(super) fn is_sensitive(name: &str) -> bool {
    is_sensitive_word(&plain(name))
}

/// Like [`is_sensitive`], for a word in lower case and without escapes.
pub(super) fn is_sensitive_word(word: &str) -> bool {
    SENSITIVE.iter().any(|part| word.contains(part))
}

/// Whether a text consists only of the name of a secret, so that its value comes next. This is true
/// for `oauth_token_secret` and `Consumer secret`, but not for `invalid_token` or a sentence.
pub(super) fn is_name_of_secret(text: &str) -> bool {
    let text = plain(text);
    let text = text.trim_matches(|character: char| !character.is_alphanumeric());
    let words = text.split_whitespace().count();
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let names = match words {
        1 => is_sensitive_word(last),
        2 | 3 => SECRET.iter().any(|part| last.contains(part)),
        _ => false,
    };
    names && !PROBLEMS.iter().any(|part| text.contains(part))
}

/// Whether a name means "value", as in `{"name": "token", "value": "..."}`.
pub(super) fn is_called_value(name: &str) -> bool {
    VALUE.iter().any(|value| value.eq_ignore_ascii_case(name))
}

/// Removes escapes, and converts to lower case.
fn plain(text: &str) -> String {
    units(text)
        .map(|unit| unit.character.to_ascii_lowercase())
        .collect()
}

/// Parts of the names of secrets, in lower case.
const SENSITIVE: [&str; 10] = [
    // Magento 1 sends the signature that it expected.
    "debug_sbs",
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

/// Those that also end a name of several words.
const SECRET: [&str; 3] = ["secret", "password", "passwd"];

/// Parts of the names of problems with a secret.
const PROBLEMS: [&str; 13] = [
    "absent", "bad", "error", "expired", "fail", "invalid", "mismatch", "missing", "refused",
    "rejected", "revoked", "unknown", "wrong",
];

const VALUE: [&str; 9] = [
    "#text", "$", "content", "data", "string", "text", "v", "val", "value",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sensitive_however_they_are_escaped() {
        for name in [
            "oauth_token_secret",
            "Token-Secret",
            "oauth_tok%65n",
            "s%2565cret",
            r"\u0073ecret",
            "s&#101;cret",
            "s&#x65;cret",
        ] {
            assert!(is_sensitive(name), "{name}");
        }
        for name in ["user_id", "oauth_problem", "s%zzcret", ""] {
            assert!(!is_sensitive(name), "{name}");
        }
    }

    #[test]
    fn a_text_that_only_names_a_secret_is_told_from_a_problem() {
        for text in [
            "oauth_token_secret",
            " \"Token\": ",
            "Consumer secret",
            "Your new password:",
            "token%5Fsecret",
        ] {
            assert!(is_name_of_secret(text), "{text}");
        }
        for text in [
            "",
            "name",
            "invalid_token",
            "token_rejected",
            "Invalid secret",
            "Access token",
            "The token was not found",
            "This is your secret",
        ] {
            assert!(!is_name_of_secret(text), "{text}");
        }
    }
}
