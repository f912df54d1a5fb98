//! Wrong encoders: what known mistakes make of a name or a value (RFC 5849, section 3.6).

#[cfg(feature = "normal-forms")]
mod normal_form;

use alloc::{string::String, vec::Vec};
use core::str;

use super::{
    Cause,
    text::{contains, decode, decode_form, encoded, escape, replace},
};

/// Writes a text wrongly, given its right encoding as well.
pub(super) type Encoder = fn(&[u8], &[u8]) -> Vec<u8>;

/// How many of the encoders are usual.
pub(super) const USUAL: usize = 19;

/// Wrong encoders, the usual ones first.
pub(super) const ENCODERS: &[(Cause, Encoder)] = &[
    (Cause::ValueEncodedTooOften, |_, right| encoded(right)),
    (Cause::ValueEncodedTooLittle, |text, _| text.to_vec()),
    (Cause::ValueDecodedTwice, |text, _| encoded(decode(text))),
    (Cause::ValueDecodedTwice, |text, _| {
        encoded(decode_form(text))
    }),
    (Cause::PlusForSpace, |_, right| replace(right, b"%20", b"+")),
    (Cause::SpaceAsPlusLiteral, |_, right| {
        replace(right, b"%20", b"%2B")
    }),
    (Cause::EscapesLowerCase, |_, right| lower_case(right)),
    (Cause::ReservedLeft, |_, right| {
        left(right, RESERVED_IN_RFC_2396)
    }),
    (Cause::TildeEncoded, |_, right| replace(right, b"~", b"%7E")),
    // As forms are written.
    (Cause::PlusForSpace, |_, right| of_form(right, b"*")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-._~")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b".")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"_")),
    (Cause::Latin1, |text, _| taken_for_latin_1(text, &[])),
    (Cause::Latin1, |text, _| taken_for_latin_1(text, WINDOWS)),
    (Cause::Latin1, |text, right| {
        let latin = str::from_utf8(text).ok().and_then(latin_1);
        latin.map_or_else(|| right.to_vec(), encoded)
    }),
    (Cause::OctetsLost, |text, _| lost(text, '\u{80}', "?")),
    (Cause::OctetsLost, |text, _| {
        lost(text, '\u{80}', "\u{fffd}")
    }),
    // Up to here they are usual. By PHP and Java, by encodeURIComponent.
    (Cause::PlusForSpace, |_, right| of_form(right, b"")),
    (Cause::PlusForSpace, |_, right| {
        left(&replace(right, b"%20", b"+"), RESERVED_IN_RFC_2396)
    }),
    (Cause::PlusForSpace, |_, right| {
        lower_case(&replace(right, b"%20", b"+"))
    }),
    (Cause::PlusForSpace, |text, _| replace(text, b" ", b"+")),
    (Cause::TildeEncoded, |_, right| replace(right, b"~", b"%7e")),
    // As encodeURI writes, and as some write who mean paths.
    (Cause::ValueEncodedTooLittle, |_, right| {
        left(right, b"!*'();,/?:@&=+$#")
    }),
    (Cause::ValueEncodedTooLittle, |_, right| left(right, b"/")),
    (Cause::ValueEncodedTooLittle, |_, right| left(right, b"/:")),
    (Cause::ValueEncodedTooLittle, |text, _| {
        replace(text, b" ", b"%20")
    }),
    (Cause::ValueEncodedTooOften, |_, right| {
        encoded(encoded(right))
    }),
    (Cause::ValueEncodedTooOften, |_, right| {
        encoded(replace(right, b"%20", b"+"))
    }),
    (Cause::ValueDecodedTwice, |text, _| {
        encoded(decode(&decode(text)))
    }),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-.")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"._")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-_")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-._")),
    (Cause::ReservedLeft, |_, right| left(right, b"*")),
    (Cause::ReservedLeft, |_, right| left(right, b"!")),
    (Cause::ReservedLeft, |_, right| left(right, b"'")),
    (Cause::ReservedLeft, |_, right| left(right, b"()")),
    (Cause::ReservedLeft, |_, right| left(right, b"!*()")),
    (Cause::ReservedLeft, |_, right| left(right, b"!'()")),
    (Cause::OctetsLost, |text, _| lost(text, '\u{100}', "?")),
    (Cause::OctetsLost, |text, _| lost(text, '\u{10000}', "?")),
    (Cause::OctetsLost, |text, _| lost(text, '\u{10000}', "??")),
    (Cause::OctetsLost, |text, _| {
        lost(text, '\u{10000}', "\u{fffd}")
    }),
    (Cause::OctetsLost, |text, _| {
        lost(text, '\u{10000}', "\u{fffd}\u{fffd}")
    }),
    (Cause::OctetsLost, |text, _| bytes_lost(text, b"?")),
    (Cause::OctetsLost, |text, _| {
        bytes_lost(text, "\u{fffd}".as_bytes())
    }),
    (Cause::OctetsLost, |text, _| {
        encoded(String::from_utf8_lossy(text).as_bytes())
    }),
    (Cause::Utf8BomOrNormalForm, |text, _| {
        encoded(["\u{feff}".as_bytes(), text].concat())
    }),
    (Cause::Utf8BomOrNormalForm, |text, _| {
        encoded(replace(text, "\u{feff}".as_bytes(), b""))
    }),
];

/// Every known mistake that changes the half of a value, with what it makes of it.
pub(super) fn mistakes(value: &[u8], right: &[u8]) -> impl Iterator<Item = (Cause, Vec<u8>)> {
    let encoders = ENCODERS
        .iter()
        .filter(|(cause, _)| may_change(*cause, right));
    let wrong = encoders.map(|(cause, encoder)| (*cause, encoder(value, right)));
    let forms = normal_forms(value).map(|form| (Cause::Utf8BomOrNormalForm, form));
    wrong
        .chain(forms)
        .filter(move |(cause, wrong)| wrong != right && shows(*cause, wrong, right))
}

/// Whether a wrong encoder may change a half: most do nothing to text that needs no escapes.
pub(super) fn may_change(cause: Cause, right: &[u8]) -> bool {
    match cause {
        Cause::UnreservedEncoded => !right.iter().all(u8::is_ascii_alphanumeric),
        Cause::TildeEncoded => right.contains(&b'~'),
        Cause::Utf8BomOrNormalForm => true,
        _ => right.contains(&b'%'),
    }
}

/// Whether a half that is written wrongly shows this cause, and not one that says it better.
pub(super) fn shows(cause: Cause, wrong: &[u8], right: &[u8]) -> bool {
    match cause {
        Cause::PlusForSpace => contains(right, b"%20"),
        Cause::ValueEncodedTooLittle => {
            wrong != left(right, RESERVED_IN_RFC_2396) || wrong == decode(right)
        }
        Cause::ValueEncodedTooOften => wrong != replace(right, b"%20", b"%2B"),
        Cause::UnreservedEncoded => wrong != replace(right, b"~", b"%7E"),
        _ => true,
    }
}

/// A value in each of the normal forms of Unicode, encoded.
#[cfg(feature = "normal-forms")]
pub(super) fn normal_forms(value: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let text = str::from_utf8(value).ok().filter(|text| !text.is_ascii());
    let forms = text.map(normal_form::all).unwrap_or_default();
    forms.into_iter().map(encoded)
}

#[cfg(not(feature = "normal-forms"))]
pub(super) fn normal_forms(_: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    core::iter::empty()
}

/// What RFC 2396 does not escape and RFC 3986 does.
pub(super) const RESERVED_IN_RFC_2396: &[u8] = b"!*'()";

/// Writes the digits of escapes in lower case.
pub(super) fn lower_case(half: &[u8]) -> Vec<u8> {
    let mut lower = half.to_vec();
    for at in 0..lower.len() {
        if escape(&lower[at..]).is_some() {
            lower[at + 1..at + 3].make_ascii_lowercase();
        }
    }
    lower
}

/// UTF-8 that was taken for Latin-1, or for what is nearly the same, and encoded as UTF-8 again.
fn taken_for_latin_1(text: &[u8], differences: &[(char, u8)]) -> Vec<u8> {
    let characters = text.iter().map(|byte| {
        let mut known = differences.iter();
        let other = known.find(|(_, of_other)| of_other == byte);
        other.map_or(char::from(*byte), |(character, _)| *character)
    });
    encoded(characters.collect::<String>())
}

/// What is left of a text if characters from a limit on are lost.
fn lost(text: &[u8], limit: char, replacement: &str) -> Vec<u8> {
    let Ok(text) = str::from_utf8(text) else {
        return bytes_lost(text, replacement.as_bytes());
    };
    let mut left = String::with_capacity(text.len());
    for character in text.chars() {
        if character < limit {
            left.push(character);
        } else {
            left.push_str(replacement);
        }
    }
    encoded(left)
}

/// What is left if each byte that is not ASCII is lost.
fn bytes_lost(text: &[u8], replacement: &[u8]) -> Vec<u8> {
    let mut left = Vec::with_capacity(text.len());
    for byte in text {
        if byte.is_ascii() {
            left.push(*byte);
        } else {
            left.extend_from_slice(replacement);
        }
    }
    encoded(left)
}

/// The bytes of text in Latin-1, or in what Windows calls so.
fn latin_1(text: &str) -> Option<Vec<u8>> {
    let bytes = text.chars().map(|character| {
        let of_windows = WINDOWS.iter().find(|(known, _)| *known == character);
        match of_windows {
            Some((_, byte)) => Some(*byte),
            None => u8::try_from(u32::from(character)).ok(),
        }
    });
    bytes.collect()
}

/// Where the code page 1252 differs from Latin-1.
const WINDOWS: &[(char, u8)] = &[
    ('\u{20AC}', 0x80),
    ('\u{201A}', 0x82),
    ('\u{0192}', 0x83),
    ('\u{201E}', 0x84),
    ('\u{2026}', 0x85),
    ('\u{2020}', 0x86),
    ('\u{2021}', 0x87),
    ('\u{02C6}', 0x88),
    ('\u{2030}', 0x89),
    ('\u{0160}', 0x8A),
    ('\u{2039}', 0x8B),
    ('\u{0152}', 0x8C),
    ('\u{017D}', 0x8E),
    ('\u{2018}', 0x91),
    ('\u{2019}', 0x92),
    ('\u{201C}', 0x93),
    ('\u{201D}', 0x94),
    ('\u{2022}', 0x95),
    ('\u{2013}', 0x96),
    ('\u{2014}', 0x97),
    ('\u{02DC}', 0x98),
    ('\u{2122}', 0x99),
    ('\u{0161}', 0x9A),
    ('\u{203A}', 0x9B),
    ('\u{0153}', 0x9C),
    ('\u{017E}', 0x9E),
    ('\u{0178}', 0x9F),
];

fn of_form(right: &[u8], kept: &[u8]) -> Vec<u8> {
    let plus = replace(&replace(right, b"%20", b"+"), b"~", b"%7E");
    left(&plus, kept)
}

/// Leaves characters raw.
fn left(right: &[u8], characters: &[u8]) -> Vec<u8> {
    characters.iter().fold(right.to_vec(), |half, byte| {
        replace(&half, &encoded([*byte]), &[*byte])
    })
}

/// Escapes characters that need no escape.
fn escaped(right: &[u8], characters: &[u8]) -> Vec<u8> {
    characters.iter().fold(right.to_vec(), |half, byte| {
        replace(&half, &[*byte], &escape_of(*byte))
    })
}

fn escape_of(byte: u8) -> [u8; 3] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [
        b'%',
        DIGITS[usize::from(byte >> 4)],
        DIGITS[usize::from(byte & 15)],
    ]
}
