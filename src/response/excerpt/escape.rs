//! Decoding escapes of several kinds.

use alloc::string::String;

use crate::encode::digit;

/// A character and the way it is written.
pub(super) struct Unit<'t> {
    pub(super) character: char,
    pub(super) written: &'t str,
}

/// Iterates over the characters of a text, and decodes percent escapes (also repeated ones), `\u`
/// escapes of JSON, and character references of HTML.
///
/// This is only used to find names and assignment signs. If something merely looks like an escape,
/// too much may be hidden, but never too little.
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

/// Decodes the text between the quotation marks of a JSON string.
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
                // An unpaired surrogate.
                Some('u') => plain.push_str("\\u"),
                other => plain.extend(other),
            }
            characters.as_str()
        };
    }
    plain + rest
}

/// Decodes `%3D`, `%253D` and so on. Returns the character and the length of the escape.
fn percent(text: &str) -> Option<(char, usize)> {
    let byte = |at| {
        let [high, low] = *text.as_bytes().get(at..)?.first_chunk()?;
        Some(digit(high)? << 4 | digit(low)?)
    };
    let mut end = 1;
    while byte(end) == Some(b'%') && byte(end + 2).is_some() {
        end += 2;
    }
    Some((char::from(byte(end)?), end + 2))
}

/// Decodes `\u003d`.
fn json(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    Some((char::from_u32(code)?, 6))
}

/// Decodes `&#61;`, `&#x3D;`, `&equals;`, `&amp;equals;` and so on.
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

/// Decodes a character reference without its `&`.
fn character(text: &str) -> Option<(char, usize)> {
    let beginning = &text.as_bytes()[..text.len().min(LONGEST)];
    let end = beginning.iter().position(|byte| *byte == b';')?;
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

/// The length of the longest reference, including its `;`.
const LONGEST: usize = 12;

/// References to characters that may come between a name and its value.
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
