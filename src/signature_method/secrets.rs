//! The secrets of consumer and token, joined ([RFC 5849 §3.4.2, §3.4.4](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.2)).

use alloc::string::String;

use crate::{credentials::Secret, encode::push_encoded};

/// Both secrets, percent-encoded and joined with `&`: the HMAC key of section 3.4.2 and the
/// PLAINTEXT signature of section 3.4.4.
pub(super) fn joined_secrets(consumer_secret: &str, token_secret: &str) -> Secret {
    // Reserved up front, because growing would leave copies that are never wiped.
    let length = 3 * (consumer_secret.len() + token_secret.len()) + "&".len();
    let mut joined = Secret(String::with_capacity(length));
    push_encoded(consumer_secret, &mut joined.0);
    joined.0.push('&');
    push_encoded(token_secret, &mut joined.0);
    joined
}
