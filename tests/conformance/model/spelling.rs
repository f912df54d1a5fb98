//! The ways in which the same names and values can be written in a query and in a form.

/// A name and a value, decoded.
pub(crate) type Pair = (Vec<u8>, Vec<u8>);

/// How octets are written where they are encoded: repeated from the start for each text.
pub(crate) type Spelling = [u8; 5];

/// Writes octets as they are, or as escapes with digits in lower or upper case.
fn spell(octets: &[u8], spelling: Spelling, plain: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut spelled = Vec::new();
    for (&octet, how) in octets.iter().zip(spelling.iter().cycle()) {
        match how % 4 {
            0 => spelled.extend(format!("%{octet:02x}").bytes()),
            1 => spelled.extend(format!("%{octet:02X}").bytes()),
            _ if octet == b' ' => spelled.push(b'+'),
            _ if plain(octet) => spelled.push(octet),
            _ => spelled.extend(format!("%{octet:02X}").bytes()),
        }
    }
    spelled
}

/// In a URL, text may stand as it is even if it is not ASCII, but half a character may not.
pub(super) fn spell_in_query(octets: &[u8], spelling: Spelling, plain: &str) -> String {
    let whole = std::str::from_utf8(octets).is_ok() && spelling.iter().all(|how| how % 4 > 1);
    let plain = |octet: u8| {
        octet.is_ascii_alphanumeric()
            || plain.contains(char::from(octet)) && octet.is_ascii()
            || whole && !octet.is_ascii()
    };
    String::from_utf8(spell(octets, spelling, plain)).unwrap()
}

/// Neither `&`, `+`, `%` and `#`, nor what a URL parser removes.
pub(super) const PLAIN_NAME: &str = "!\"$'()*,-./:;<>?@[\\]^_`{|}~";

/// Only the first `=` separates.
const PLAIN_VALUE: &str = "!\"$'()*,-./:;<>?@[\\]^_`{|}~=";

pub(super) fn in_query(pairs: &[Pair], spelling: Spelling) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| {
            let name = spell_in_query(name, spelling, PLAIN_NAME);
            format!("{name}={}", spell_in_query(value, spelling, PLAIN_VALUE))
        })
        .collect();
    pairs.join("&")
}

/// What no encoder leaves as it is.
pub(super) fn must_be_encoded(octet: u8) -> bool {
    !octet.is_ascii_graphic() || b"\"<>{}".contains(&octet)
}

pub(super) fn in_form(pairs: &[Pair], spelling: Spelling) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in pairs {
        body.extend(spell(name, spelling, |octet| {
            !b"&=+%".contains(&octet) && !must_be_encoded(octet)
        }));
        body.push(b'=');
        body.extend(spell(value, spelling, |octet| {
            !b"&+%".contains(&octet) && !must_be_encoded(octet)
        }));
        body.push(b'&');
    }
    // Empty pairs are none: whether the separator at the end stays makes no difference.
    if spelling[0].is_multiple_of(2) {
        body.pop();
    }
    body
}
