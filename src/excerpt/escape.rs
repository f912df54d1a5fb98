//! What characters mean that are escaped, in whichever way.

use alloc::string::String;

use crate::form_text::digit;

/// A character as it is meant, and as it is written.
pub(super) struct Unit<'t> {
    pub(super) character: char,
    pub(super) written: &'t str,
}

/// The characters of a text: percent escapes (also of percent escapes), `\u` escapes of JSON and
/// references of HTML count as what they stand for.
///
/// A text is read so only to find names and assignment signs. What is not an escape after all may
/// hide too much, never too little.
pub(super) fn units(text: &str) -> impl Iterator<Item = Unit<'_>> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let escaped = match first {
            '%' => percent(rest),
            '\\' => json(rest),
            '&' => reference(rest),
            _ => None,
        };
        let (character, length) = escaped.unwrap_or((first, first.len_utf8()));
        let (written, behind) = rest.split_at(length);
        rest = behind;
        Some(Unit { character, written })
    })
}

/// What a string of JSON says that stands between its quotation marks.
pub(super) fn unescape_json(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escaped)) = rest.split_once('\\') {
        plain.push_str(before);
        let at = &rest[before.len()..];
        rest = if let Some((character, length)) = json(at) {
            plain.push(character);
            &at[length..]
        } else {
            let mut characters = escaped.chars();
            match characters.next() {
                Some('b' | 'f' | 'n' | 'r' | 't') => plain.push(' '),
                // Half a character.
                Some('u') => plain.push_str("\\u"),
                other => plain.extend(other),
            }
            characters.as_str()
        };
    }
    plain + rest
}

/// `%3D`, `%253D` and so on.
fn percent(text: &str) -> Option<(char, usize)> {
    let octet = |at| {
        let [high, low] = *text.as_bytes().get(at..)?.first_chunk()?;
        Some(digit(high)? << 4 | digit(low)?)
    };
    let mut end = 1;
    while octet(end) == Some(b'%') && octet(end + 2).is_some() {
        end += 2;
    }
    Some((char::from(octet(end)?), end + 2))
}

/// `\u003d`.
fn json(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    Some((char::from_u32(code)?, 6))
}

/// `&#61;`, `&#x3D;`, `&equals;`, `&amp;equals;` and so on.
fn reference(text: &str) -> Option<(char, usize)> {
    let mut name = &text[1..];
    while let Some(behind) = name.strip_prefix("amp;") {
        name = behind;
    }
    let before = text.len() - name.len();
    match character(name) {
        Some((character, length)) => Some((character, before + length)),
        None => (before > 1).then_some(('&', before)),
    }
}

/// The character that a reference names, without its `&`.
fn character(text: &str) -> Option<(char, usize)> {
    let beginning = &text.as_bytes()[..text.len().min(LONGEST)];
    let end = beginning.iter().position(|octet| *octet == b';')?;
    let name = &text[..end];
    let code = match name
        .strip_prefix('#')
        .map(|code| (code, code.strip_prefix(['x', 'X'])))
    {
        None => {
            let (_, character) = NAMES.iter().find(|(known, _)| *known == name)?;
            return Some((*character, end + 1));
        }
        Some((_, Some(hexadecimal))) => u32::from_str_radix(hexadecimal, 16),
        Some((decimal, None)) => decimal.parse(),
    };
    Some((char::from_u32(code.ok()?)?, end + 1))
}

/// How many characters a reference has at most, with its `;`.
const LONGEST: usize = 12;

/// References of what can stand between a name and a value.
const NAMES: [(&str, char); 8] = [
    ("apos", '\''),
    ("colon", ':'),
    ("equals", '='),
    ("gt", '>'),
    ("lowbar", '_'),
    ("lt", '<'),
    ("nbsp", '\u{a0}'),
    ("quot", '"'),
];

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn escapes_count_as_what_they_stand_for() {
        for escape in [
            "=",
            "%3D",
            "%3d",
            "%253D",
            "%25253d",
            r"\u003d",
            "&#61;",
            "&#x3D;",
            "&#0061;",
            "&equals;",
            "&amp;#61;",
            "&amp;amp;equals;",
        ] {
            let text = ["a", escape, "b"].concat();
            let read: Vec<_> = units(&text)
                .map(|unit| (unit.character, unit.written))
                .collect();
            assert_eq!(read, [('a', "a"), ('=', escape), ('b', "b")]);
        }
    }

    #[test]
    fn everything_else_stands_for_itself() {
        for text in [
            "%",
            "%4",
            "%zz",
            "%+1",
            r"\",
            r"\u",
            r"\u00g0",
            r"\ud800",
            "&",
            "&amp",
            "&;",
            "&#;",
            "&#x;",
            "&#1114112;",
            "&unknown;",
            "&much_too_long;",
            "\u{e9}%\u{e9}",
            "\\u\u{e9}\u{e9}",
        ] {
            let read: String = units(text).map(|unit| unit.character).collect();
            assert_eq!(read, text);
        }
        let read: String = units("100%25%25&amp;&amp;")
            .map(|unit| unit.character)
            .collect();
        assert_eq!(read, "100%%&&");
    }
}
