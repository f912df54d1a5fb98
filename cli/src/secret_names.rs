//! Parameters that are secret, judging by their names.

use crate::errors;

/// Whether the value of a parameter is a secret, such as that of `x_auth_password`,
/// `oauth_token_secret`, `user[password]` or `sessionHandle`. A `handle` or a `secretary` is not.
pub(crate) fn is_secret(name: &str) -> bool {
    let words = words(name);
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    if matches!(words.first(), Some(&("has" | "is"))) {
        return false;
    }
    while words.len() > 1 && REPEATED.contains(&words[words.len() - 1]) {
        words.pop();
    }
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    let before = before.last().copied().unwrap_or_default();
    SECRET.iter().any(|secret| last.ends_with(secret))
        || PAIRS.contains(&(before, last))
        || *last == "sessionhandle"
}

/// Last words, alone or joined to others, as in `clientsecret`.
const SECRET: [&str; 6] = [
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "verifier",
];

/// Last two words.
const PAIRS: [(&str, &str); 3] = [("private", "key"), ("secret", "key"), ("session", "handle")];

/// What may follow, since forms ask for a password twice.
const REPEATED: [&str; 4] = ["again", "confirm", "confirmation", "repeat"];

/// The words of a name, in lower case: `user[newPassword2]` has `user`, `new` and `password`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        let starts = was_lower && character.is_uppercase();
        let is_part = character.is_alphabetic();
        if starts || !is_part {
            words.push(String::new());
        }
        if is_part && let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Warns of a secret in an argument, if it is one.
pub(crate) fn warn_of(option: &str, name: &[u8], value: &[u8], advice: &str) {
    let name = String::from_utf8_lossy(name);
    // That there is none is no secret.
    if value.is_empty() || !is_secret(&name) {
        return;
    }
    let name = shown(&name);
    errors::warn(&format!(
        "other users of this machine can see what follows {option} {name}; {}",
        advice.replace("NAME", name)
    ));
}

/// The name, if it looks like one: anything else may be a secret by mistake.
pub(crate) fn shown(name: &str) -> &str {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "_-.[]".contains(character);
    if name.len() < 60 && name.chars().all(is_plain) {
        name
    } else {
        "NAME"
    }
}

/// The text without the values of secrets. It is a URL, a form or a header that we have written.
pub(crate) fn without_values(text: &str) -> String {
    let is_plaintext = text.contains("PLAINTEXT");
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('=') {
        let separators = ['&', '?', ' ', ','];
        let name = before.rsplit(separators).next().unwrap_or_default();
        let (assignment, value) = match after.strip_prefix('"') {
            Some(value) => ("=\"", value),
            None => ("=", after),
        };
        let ends = if assignment == "=" { "&#" } else { "\"" };
        let end = value.find(|character| ends.contains(character));
        let (value, behind) = value.split_at(end.unwrap_or(value.len()));
        let is_secret = is_secret(name) || (is_plaintext && name == "oauth_signature");
        shown.extend([before, assignment, if is_secret { HIDDEN } else { value }]);
        rest = behind;
    }
    shown + rest
}

pub(crate) const HIDDEN: &str = "[hidden]";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_from_others() {
        for name in [
            "oauth_session_handle",
            "oauth_token_secret",
            "oauth_verifier",
            "OAUTH_TOKEN_SECRET",
            "code_verifier",
            "password",
            "Passwd",
            "x_auth_password",
            "user[password]",
            "user[password_confirmation]",
            "newPassword2",
            "client-secret",
            "clientSecret",
            "clientsecret",
            "sessionHandle",
            "secret_key",
            "privateKey",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "",
            "a",
            "é",
            "status",
            "token",
            "oauth_token",
            "oauth_callback",
            "oauth_signature",
            "x_auth_username",
            "handle",
            "screen_handle",
            "session",
            "secretary",
            "secret_santa",
            "is_secret",
            "hasPassword",
            "password_hint",
            "password_reset",
            "verified",
            "verifiers",
            "key",
            "api_key",
            "confirm",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn values_of_secrets_are_left_out() {
        for (text, shown) in [
            ("", ""),
            ("POST https://a.test/?a=b", "POST https://a.test/?a=b"),
            (
                "GET https://a.test/?password=x,?=y&a=b&oauth_verifier=y#c",
                "GET https://a.test/?password=[hidden]&a=b&oauth_verifier=[hidden]#c",
            ),
            (
                r#"OAuth realm="a=b", oauth_verifier="1", oauth_signature="s""#,
                r#"OAuth realm="a=b", oauth_verifier="[hidden]", oauth_signature="s""#,
            ),
            (
                r#"oauth_signature="a%26b", oauth_signature_method="PLAINTEXT""#,
                r#"oauth_signature="[hidden]", oauth_signature_method="PLAINTEXT""#,
            ),
        ] {
            assert_eq!(without_values(text), shown);
        }
    }
}
