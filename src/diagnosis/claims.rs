//! What the evidence says about single protocol parameters (RFC 5849, section 3.1).

use alloc::{string::String, vec::Vec};

use super::{
    Evidence, Message,
    text::{decode, has_escape, lossy},
};

/// The values of a protocol parameter, decoded: as it was sent, as our base string has it, as it was
/// meant, and as the server's base string has it. What is not known is left out.
pub(super) fn values(evidence: &Evidence, name: &str) -> Vec<String> {
    let of_message = |message: &Option<Message>| message.as_ref().and_then(|m| of_message(m, name));
    let of_string = |text: Option<&str>| text.and_then(|text| of_base_string(text, name));
    let theirs = evidence.their_base_string.as_deref();
    let found = [
        of_message(&evidence.sent),
        of_string(evidence.our_base_string.as_deref()),
        of_message(&evidence.request),
        of_string(theirs.or_else(|| evidence.reported_base_string())),
    ];
    found.into_iter().flatten().collect()
}

fn of_message(message: &Message, name: &str) -> Option<String> {
    let pairs = [
        message.protocol_pairs(),
        message.query_pairs(),
        message.form_pairs(),
    ];
    let mut pairs = pairs.iter().flatten();
    let (_, value) = pairs.find(|(known, _)| known == name.as_bytes())?;
    Some(lossy(value))
}

/// Looks for the name in the text, so that a base string that is joined or encoded wrongly tells its
/// parameters, too. Their values have no `%` once they are decoded.
fn of_base_string(text: &str, name: &str) -> Option<String> {
    text.match_indices(name).find_map(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        let is_own_word = before.ends_with("%26")
            || before.ends_with("%2526")
            || !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let (_, value) = ASSIGNMENTS
            .iter()
            .find_map(|equals| Some((equals, behind.strip_prefix(equals)?)))
            .filter(|_| is_own_word)?;
        let ends = ENDS.iter().filter_map(|end| value.find(end));
        let mut value = value[..ends.min().unwrap_or(value.len())]
            .trim()
            .as_bytes()
            .to_vec();
        for _ in 0..LEVELS {
            if has_escape(&value) {
                value = decode(&value);
            }
        }
        Some(lossy(&value))
    })
}

/// How `=` and `&` are written in the normalized parameters, in a base string, and in one that is
/// encoded once more.
const ASSIGNMENTS: [&str; 5] = ["=", "%3D", "%3d", "%253D", "%253d"];
const ENDS: [&str; 3] = ["&", "%26", "%2526"];
const LEVELS: usize = 3;

#[cfg(test)]
mod tests {
    use super::of_base_string;

    #[test]
    fn a_parameter_is_found_however_a_base_string_is_encoded() {
        for text in [
            "GET&https%3A%2F%2Fe.com%2F&a%3Db%26oauth_x%3DA%252B%253D%26z%3D1",
            "GET&https%3A%2F%2Fe.com%2F&oauth_x%3DA%252B%253D",
            "GET&https%3A%2F%2Fe.com%2F&a=b&oauth_x=A%2B%3D&z=1",
            "GET%26https%253A%252F%252Fe.com%252F%26oauth_x%253DA%25252B%25253D%2526z%253D1",
            "a%3Db,oauth_x%3DA%2B%3D\n",
        ] {
            assert_eq!(of_base_string(text, "oauth_x").as_deref(), Some("A+="));
        }
        for text in [
            "",
            "oauth_x",
            "a&xoauth_x=1",
            "a_oauth_x%3D1",
            "&oauth_xy%3D",
        ] {
            assert_eq!(of_base_string(text, "oauth_x"), None, "{text}");
        }
    }
}
