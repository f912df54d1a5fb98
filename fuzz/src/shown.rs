//! What errors and reports show: never more than a bounded text, and never a secret.

use std::fmt::{Debug, Display};

/// The value of `oauth_token_secret` that must not be shown anywhere.
pub const SECRET: &str = "XqvZkjWyQbHx";

/// How many bytes the `Display` of an error or a report has at most: a few excerpts of 160
/// characters, and words.
pub const DISPLAY_LIMIT: usize = 4 * 1024;

/// How many bytes its `Debug` has at most: there a character can take ten, as `\u{10ffff}`.
pub const DEBUG_LIMIT: usize = 16 * 1024;

/// Checks what an error or a report shows.
///
/// # Panics
///
/// If it shows too much, or the [`SECRET`].
pub fn check_shown<T: Debug + Display>(value: &T) {
    let text = value.to_string();
    assert!(
        text.len() <= DISPLAY_LIMIT,
        "`Display` is bounded, but has {} bytes: {text:.500}",
        text.len()
    );
    assert!(!text.contains(SECRET), "`Display` shows a secret: {text}");
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(
            text.len() <= DEBUG_LIMIT,
            "`Debug` is bounded, but has {} bytes: {text:.500}",
            text.len()
        );
        assert!(!text.contains(SECRET), "`Debug` shows a secret: {text}");
    }
}

/// Checks the `Debug` of credentials: the token and the names of fields may be long.
///
/// # Panics
///
/// If it shows the [`SECRET`].
pub fn check_debug<T: Debug>(value: &T) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(SECRET), "`Debug` shows a secret: {text}");
    }
}
