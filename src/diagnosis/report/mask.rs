//! What a report does not show.

use alloc::{format, string::String, vec::Vec};

use super::{
    ascii::{ascii, cut},
    text::{decode, lossy},
};
use crate::protocol::Name;

/// Whether the value of a parameter is never shown: passwords, secrets and signatures.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let contains = |part: &&str| name.contains(*part);
    name != "oauth_signature_method" && (SECRET.iter().any(contains) || name.ends_with("pass"))
}

/// Whether the value of a parameter is only shown by `{:#}`: what stands for an account, too.
pub(super) fn is_confidential(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let contains = |part: &&str| lower.contains(*part);
    is_secret(name) || CONFIDENTIAL.iter().any(contains) || lower.ends_with("key")
}

/// Parts of names, in lower case. Magento 1 sends a signature as `debug_sbs`.
const SECRET: [&str; 6] = [
    "secret",
    "password",
    "passwd",
    "pwd",
    "signature",
    "debug_sbs",
];

const CONFIDENTIAL: [&str; 6] = ["token", "verifier", "session", "cookie", "handle", "nonce"];

/// In the place of a value.
pub(super) fn bytes(text: &str) -> String {
    match text.len() {
        1 => "[1 byte]".into(),
        length => format!("[{length} bytes]"),
    }
}

/// In the place of a number: how many digits it has.
pub(super) fn digits(text: &str) -> String {
    let parts = text.splitn(3, |letter: char| !letter.is_ascii_digit());
    let lengths: Vec<_> = parts.map(str::len).collect();
    match lengths[..] {
        [whole] => format!("[{whole} digits]"),
        [whole, fraction] if text.contains('.') => format!("[{whole} digits].[{fraction} digits]"),
        _ => bytes(text),
    }
}

/// A name for people to read, in ASCII. A body that was taken for a name is not shown.
pub(super) fn name(name: &str) -> String {
    match name.find(['=', '&', '\n', '\r']) {
        _ if name.is_empty() => "(empty name)".into(),
        _ if is_body(name) => bytes(name),
        Some(at) => format!("{}{}", cut(&name[..at], LONGEST_NAME), bytes(&name[at..])),
        None => cut(name, LONGEST_NAME),
    }
}

const LONGEST_NAME: usize = 40;

/// Whether a name is the beginning of a JSON or XML body.
fn is_body(name: &str) -> bool {
    let beginnings = ["{", "<", "\"", "'", "[{", "[[", "[\"", "[]"];
    let name = name.trim_start();
    beginnings
        .iter()
        .any(|beginning| name.starts_with(beginning))
}

/// A name as it stands in a base string.
pub(super) fn half_of_name(half: &str) -> String {
    if is_body(&decoded(half)) {
        bytes(half)
    } else {
        half.into()
    }
}

/// How often names are decoded.
const LEVELS: usize = 4;

/// A stretch of a base string with `..` for each value, whatever joins the pieces, and at whatever
/// level of encoding.
pub(super) fn shape(text: &str, known: &[String]) -> String {
    let mut shown = String::new();
    let mut before = None;
    let mut rest = text;
    loop {
        let (piece, joint) = next_joint(rest);
        let behind = &rest[piece.len() + joint.map_or(0, |joint| joint.length)..];
        let follows = joint.map(|joint| joint.stands_for);
        // White space and the like is not shown, but neither is it part of a name.
        shown += &match (before, follows) {
            (Some('='), _) if piece.is_empty() => String::new(),
            (Some('='), _) => "..".into(),
            (_, Some('=')) if piece.is_empty() => String::new(),
            (_, Some('=')) => name(piece),
            _ => unjoined(piece, before.is_none(), known),
        };
        if shown.len() > LONGEST_SHAPE {
            return cut(&shown, LONGEST_SHAPE);
        }
        let Some(joint) = joint else {
            return shown;
        };
        shown += &ascii(&rest[piece.len()..piece.len() + joint.length]);
        before = Some(joint.stands_for);
        rest = behind;
    }
}

const LONGEST_SHAPE: usize = 400;

/// What may be shown of a piece that is neither a name nor a value: a method and a URI, and the
/// name at its beginning.
fn unjoined(piece: &str, is_first: bool, known: &[String]) -> String {
    let rest = piece.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    if rest.is_empty() && is_first || is_uri(rest) {
        return cut(piece, LONGEST_NAME);
    }
    let begins = |name: &&str| !name.is_empty() && piece.starts_with(*name);
    let known = known.iter().map(String::as_str).filter(begins);
    let protocol: Vec<&str> = protocol_names().collect();
    let names = known.chain(protocol.into_iter().filter(begins));
    match names.max_by_key(|name| name.len()) {
        Some(found) if found.len() == piece.len() => name(found),
        Some(found) => name(found) + "..",
        None if piece.is_empty() => String::new(),
        None => "..".into(),
    }
}

/// The names of RFC 5849, and that of the extension for hashes of bodies.
pub(super) fn protocol_names() -> impl Iterator<Item = &'static str> {
    let names = Name::ALL.iter().map(|name| name.as_str());
    names.chain(["oauth_body_hash", "realm"])
}

/// The names in a base string, which a `=` follows.
pub(super) fn names_in(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut before = None;
    let mut rest = text;
    while let (piece, Some(joint)) = next_joint(rest) {
        if joint.stands_for == '=' && before != Some('=') {
            names.push(piece);
        }
        before = Some(joint.stands_for);
        rest = &rest[piece.len() + joint.length..];
    }
    names
}

fn is_uri(text: &str) -> bool {
    let rest = text.strip_prefix("http");
    let rest = rest.map(|rest| rest.strip_prefix('s').unwrap_or(rest));
    let ends = [":", "%3A", "%3a", "%253A", "%253a"];
    // User information would contain a password.
    let is_at = ["@", "%40"].iter().any(|at| text.contains(at));
    !is_at && rest.is_some_and(|rest| ends.iter().any(|end| rest.starts_with(end)))
}

/// A character that joins, however often it is encoded.
#[derive(Clone, Copy)]
pub(super) struct Joint {
    pub(super) stands_for: char,
    /// As it is written.
    pub(super) length: usize,
}

/// What comes before the next joint, and the joint.
pub(super) fn next_joint(text: &str) -> (&str, Option<Joint>) {
    for (at, character) in text.char_indices() {
        let joint = match character {
            '&' | '=' | '?' | ',' | ';' => Some(Joint {
                stands_for: character,
                length: 1,
            }),
            '%' => encoded_joint(&text[at..]),
            _ => None,
        };
        if joint.is_some() {
            return (&text[..at], joint);
        }
    }
    (text, None)
}

/// An escape of `&`, `=` or `?`, or an escape of that.
fn encoded_joint(text: &str) -> Option<Joint> {
    let rest = text[1..].trim_start_matches("25");
    let digits = rest.get(..2)?;
    let stands_for = match digits {
        "26" => '&',
        "3D" | "3d" => '=',
        "3F" | "3f" => '?',
        _ => return None,
    };
    Some(Joint {
        stands_for,
        length: text.len() - rest.len() + 2,
    })
}

/// How long the value is that follows a `=`. It ends at the next `&` that is not encoded more often.
pub(super) fn value_length(text: &str, equals: Joint) -> usize {
    let mut rest = text;
    loop {
        let (piece, joint) = next_joint(rest);
        let Some(joint) = joint else {
            return text.len();
        };
        if joint.stands_for == '&' && joint.length <= equals.length {
            return text.len() - rest.len() + piece.len();
        }
        rest = &rest[piece.len() + joint.length..];
    }
}

/// A name without escapes.
pub(super) fn decoded(name: &str) -> String {
    let beginning = name.as_bytes().get(..LONGEST).unwrap_or(name.as_bytes());
    lossy(&(0..LEVELS).fold(beginning.to_vec(), |text, _| decode(&text)))
}

/// Longer names are not looked at as a whole.
const LONGEST: usize = 4096;

/// Whether a piece of a base string is a URI.
pub(super) fn is_place(text: &str) -> bool {
    let rest = text.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    ["http:", "https:", "http%", "https%"]
        .iter()
        .any(|scheme| rest.starts_with(scheme))
}

/// A method or a part of a URI. What is none, because a base string could not be taken apart, is not
/// shown.
pub(super) fn place(text: String) -> String {
    let (beginning, joint) = next_joint(&text);
    match joint {
        Some(_) if text.starts_with('/') && text.contains("oauth_") => [beginning, ".."].concat(),
        _ if text.starts_with('/') => text,
        None if text.len() <= LONGEST_HOST && !text.contains('%') => text,
        _ => bytes(&text),
    }
}

/// The longest name in the domain name system.
const LONGEST_HOST: usize = 253;

/// A URL or URI with `..` for the user information and for each value of the query.
pub(super) fn uri(text: &str) -> String {
    let first = |text: &str, of: &[&str]| {
        let found = of.iter().filter_map(|of| Some((text.find(of)?, of.len())));
        found.min()
    };
    let query = first(text, &["?", "%3F", "%3f", "%253F", "%253f"]);
    let (place, query) = text.split_at(query.map_or(text.len(), |(at, _)| at));
    let slashes = first(
        place,
        &["//", "%2F%2F", "%2f%2f", "%252F%252F", "%252f%252f"],
    );
    let (scheme, place) = place.split_at(slashes.map_or(0, |(at, length)| at + length));
    // In a path, `@` is data.
    let authority = first(place, &["/", "%2F", "%2f", "%252F", "%252f"]);
    let (authority, path) = place.split_at(authority.map_or(place.len(), |(at, _)| at));
    let at = ["@", "%40", "%2540"]
        .iter()
        .filter_map(|at| authority.rfind(at));
    let (user, host) = authority.split_at(at.max().unwrap_or(0));
    let user = if user.is_empty() { "" } else { ".." };
    [scheme, user, host, path, &shape(query, &[])].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_is_confidential() {
        for secret in ["x_auth_password", "oauth_signature", "Client_Secret"] {
            assert!(is_secret(secret) && is_confidential(secret), "{secret}");
        }
        for shown in ["oauth_token", "oauth_consumer_key", "oauth_verifier"] {
            assert!(!is_secret(shown) && is_confidential(shown), "{shown}");
        }
        for open in ["oauth_signature_method", "oauth_version", "q", "keyword"] {
            assert!(!is_confidential(open), "{open}");
        }
    }

    #[test]
    fn of_a_stretch_of_a_base_string_names_are_shown() {
        for (text, shown) in [
            (
                "GET&https%3A%2F%2Fa%2F&q%3Dprivate%26b%3D",
                "GET&https%3A%2F%2Fa%2F&q%3D..%26b%3D",
            ),
            ("a=private,b=private", "a=..,b=.."),
            ("oauth_nonce%private%26x%3Dy", "oauth_nonce..%26x%3D.."),
            ("oauth_timestamp1316657628", "oauth_timestamp.."),
            ("GEThttps%3A%2F%2F", "GEThttps%3A%2F%2F"),
            ("?page=private&q", "?page=..&.."),
            ("q%253Dprivate%2526private", "q%253D..%2526.."),
        ] {
            assert_eq!(shape(text, &[]), shown);
        }
        assert_eq!(shape("flag&private", &["flag".into()]), "flag&..");
    }

    #[test]
    fn of_a_uri_the_place_is_shown() {
        for (text, shown) in [
            ("https://me:private@a/b?q=private", "https://..@a/b?q=.."),
            (
                "https%3A%2F%2Fa%2Fb%3Fq%3Dprivate",
                "https%3A%2F%2Fa%2Fb%3Fq%3D..",
            ),
            ("null//null/route", "null//null/route"),
            ("https://a/@b", "https://a/@b"),
        ] {
            assert_eq!(uri(text), shown);
        }
    }

    #[test]
    fn what_is_no_part_of_a_uri_is_not_shown() {
        for shown in ["GET", "api.example.com", "/a=b", "8443", "/a%2Fb"] {
            assert_eq!(place(shown.into()), shown);
        }
        assert_eq!(place("tag%3Dprivate".into()), "[13 bytes]");
        assert_eq!(place("/aoauth_token%3Dprivate".into()), "/aoauth_token..");
    }

    #[test]
    fn of_a_timestamp_the_digits_are_counted() {
        assert_eq!(digits("1361000000123"), "[13 digits]");
        assert_eq!(digits("1361000000.12"), "[10 digits].[2 digits]");
        assert_eq!(digits("1361000000.1.2"), "[14 bytes]");
        assert_eq!(digits("now"), "[3 bytes]");
    }

    #[test]
    fn a_body_is_not_shown_as_a_name() {
        assert_eq!(name("{\"password\":\"private\"}"), "[22 bytes]");
        assert_eq!(name("a=b"), "a[2 bytes]");
        assert_eq!(name("tags[]"), "tags[]");
        assert_eq!(name("a\u{202e}"), "a\\u{202e}");
        assert_eq!(name(""), "(empty name)");
    }
}
