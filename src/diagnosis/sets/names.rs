//! Names of protocol parameters, and misspelled ones (RFC 5849, section 3.1).

/// The names of protocol parameters, in the RFC and in its extensions.
const KNOWN: [&str; 11] = [
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_signature",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_callback",
    "oauth_verifier",
    "oauth_session_handle",
    "oauth_body_hash",
];

pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// The name that was meant, if a name is misspelled.
pub(in crate::diagnosis) fn right_name(name: &str) -> Option<&'static str> {
    if is_known(name) {
        return None;
    }
    KNOWN.into_iter().find(|known| is_near(name, known))
}

/// Whether two names are one letter apart, or two neighbours swapped.
pub(super) fn is_near(name: &str, other: &str) -> bool {
    let (short, long) = match name.len() <= other.len() {
        true => (name.as_bytes(), other.as_bytes()),
        false => (other.as_bytes(), name.as_bytes()),
    };
    if long.len() - short.len() > 1 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[start..], &long[start..]);
    if short.len() < long.len() {
        return *short == long[1..];
    }
    match (short, long) {
        ([a, b, rest @ ..], [c, d, others @ ..]) if (a, b) == (d, c) && rest == others => true,
        ([_, rest @ ..], [_, others @ ..]) => rest == others,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_near, right_name};

    #[test]
    fn a_name_that_is_one_letter_off_is_recognized() {
        assert_eq!(right_name("oauth_tokey"), Some("oauth_token"));
        assert_eq!(right_name("auth_version"), Some("oauth_version"));
        assert_eq!(right_name("oauth_signagure"), Some("oauth_signature"));
        assert_eq!(right_name("oauth_nocne"), Some("oauth_nonce"));
        assert_eq!(right_name("oauth_nonces"), Some("oauth_nonce"));
        assert_eq!(right_name("oauth_token"), None);
        assert_eq!(right_name("oauth_tokens_of_mine"), None);
        assert_eq!(right_name(""), None);
        assert!(!is_near("", "oauth_token") && !is_near("ab", "cd"));
    }
}
