//! What known mistakes make of one half of a parameter (RFC 5849, section 3.6).

#[cfg(feature = "normal-forms")]
pub(super) mod normal_form;

use alloc::{string::String, vec, vec::Vec};
use core::str;

use super::{
    Cause,
    text::{
        contains, decode, decode_form, encoded, escape, has_escape, is_well_formed, raw_characters,
        replace,
    },
};

/// The causes that explain how a half came about, if `value` is what it should stand for. Empty if it
/// is right, or if no known mistake explains it. The causes are named as those of values.
pub(super) fn explain(half: &[u8], value: &[u8]) -> Vec<Cause> {
    if half == encoded(value) {
        return Vec::new();
    }
    let mut causes = Vec::new();
    for (cause, wrong) in mistakes(value) {
        if wrong == half && !causes.contains(&cause) {
            causes.push(cause);
        }
    }
    if causes.is_empty() {
        causes.extend(by_its_characters(half, value));
    }
    causes
}

/// Every known mistake that changes the half of a value, with what it makes of it.
pub(super) fn mistakes(value: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let right = encoded(value);
    let mut wrong = vec![
        (Cause::ValueEncodedTooOften, encoded(&right)),
        (Cause::ValueEncodedTooLittle, value.to_vec()),
        (Cause::PlusForSpace, replace(&right, b"%20", b"+")),
        (Cause::SpaceAsPlusLiteral, replace(&right, b"%20", b"%2B")),
        (Cause::EscapesLowerCase, lower_case(&right)),
        (Cause::TildeEncoded, replace(&right, b"~", b"%7E")),
        (Cause::TildeEncoded, replace(&right, b"~", b"%7e")),
        (Cause::ReservedLeft, reserved_left(&right)),
    ];
    if has_escape(value) {
        wrong.push((Cause::ValueDecodedTwice, encoded(decode(value))));
    }
    // A form that is read where it was read already turns a plus into a space as well.
    if has_escape(value) || value.contains(&b'+') {
        wrong.push((Cause::ValueDecodedTwice, encoded(decode_form(value))));
    }
    wrong.extend(unreserved_encoded(&right).map(|half| (Cause::UnreservedEncoded, half)));
    wrong.extend(charsets(value));
    wrong.extend(forms(value).map(|half| (Cause::Utf8BomOrNormalForm, half)));
    wrong.retain(|(_, half)| *half != right);
    wrong
}

/// Explains a half by what stands raw or escaped in it, where it means the same as the right one.
fn by_its_characters(half: &[u8], value: &[u8]) -> Option<Cause> {
    if decode(half) != value {
        // A form: pluses for spaces, and nothing else that is wrong, or one level more.
        if contains(half, b"+") && decode_form(half) == value {
            return Some(Cause::PlusForSpace);
        }
        let again = decode(half);
        if has_escape(&again) && decode(&again) == value && is_well_formed(half) {
            return Some(Cause::ValueEncodedTooOften);
        }
        // Forms that cannot be undone, such as a ligature that became letters.
        let form = is_well_formed(half) && forms(&again).any(|form| form == encoded(value));
        return form.then_some(Cause::Utf8BomOrNormalForm);
    }
    let raw = raw_characters(half);
    Some(if raw.is_empty() {
        if lower_case(half) == lower_case(&encoded(value)) {
            Cause::EscapesLowerCase
        } else {
            Cause::UnreservedEncoded
        }
    } else if raw.iter().all(|byte| RESERVED_IN_RFC_2396.contains(byte)) {
        Cause::ReservedLeft
    } else {
        Cause::ValueEncodedTooLittle
    })
}

/// What RFC 2396 does not escape and RFC 3986 does.
const RESERVED_IN_RFC_2396: &[u8] = b"!*'()";

pub(super) fn reserved_left(right: &[u8]) -> Vec<u8> {
    let bytes = RESERVED_IN_RFC_2396.iter();
    bytes.fold(right.to_vec(), |half, byte| {
        replace(&half, &encoded([*byte]), &[*byte])
    })
}

pub(super) fn lower_case(half: &[u8]) -> Vec<u8> {
    let mut lower = half.to_vec();
    for at in 0..lower.len() {
        if escape(&lower[at..]).is_some() {
            lower[at + 1..at + 3].make_ascii_lowercase();
        }
    }
    lower
}

/// Encoders that escape some of `-._`, or all of these and the tilde.
fn unreserved_encoded(right: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let sets: [&[u8]; 7] = [b"-", b".", b"_", b"-.", b"-._", b"-._~", b"._"];
    let right = right.to_vec();
    // A tilde alone has a cause of its own.
    let any = right.iter().any(|byte| b"-._".contains(byte));
    sets.into_iter().filter(move |_| any).map(move |set| {
        let encoded = set.iter().map(|byte| (*byte, escape_of(*byte)));
        encoded.fold(right.clone(), |half, (byte, escape)| {
            replace(&half, &[byte], &escape)
        })
    })
}

pub(super) fn escape_of(byte: u8) -> [u8; 3] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [
        b'%',
        DIGITS[usize::from(byte >> 4)],
        DIGITS[usize::from(byte & 15)],
    ]
}

/// Text that was written or read in another character set.
fn charsets(value: &[u8]) -> Vec<(Cause, Vec<u8>)> {
    let mut wrong = Vec::new();
    if value.is_ascii() {
        return wrong;
    }
    // UTF-8 that was taken for Latin-1, and encoded as UTF-8 again.
    let taken = |of_windows: bool| -> String {
        let characters = value
            .iter()
            .map(|byte| match WINDOWS.iter().find(|(_, of)| of == byte) {
                Some((character, _)) if of_windows => *character,
                _ => char::from(*byte),
            });
        characters.collect()
    };
    wrong.push((Cause::Latin1, encoded(taken(false))));
    wrong.push((Cause::Latin1, encoded(taken(true))));
    let bytes_lost = |lost: &[u8]| -> Vec<u8> {
        let kept = value.iter().map(|byte| {
            if byte.is_ascii() {
                vec![*byte]
            } else {
                lost.to_vec()
            }
        });
        encoded(kept.collect::<Vec<_>>().concat())
    };
    wrong.push((Cause::OctetsLost, bytes_lost(b"?")));
    wrong.push((Cause::OctetsLost, bytes_lost("\u{fffd}".as_bytes())));
    wrong.push((Cause::OctetsLost, bytes_lost(b"")));
    let lossy = String::from_utf8_lossy(value);
    wrong.push((Cause::OctetsLost, encoded(lossy.as_bytes())));
    let Ok(text) = str::from_utf8(value) else {
        return wrong;
    };
    if let Some(latin) = latin_1(text) {
        wrong.push((Cause::Latin1, encoded(latin)));
    }
    for lost in ["?", "\u{fffd}", ""] {
        // Not in ASCII, not in Latin-1, not in the basic plane (two for a surrogate pair).
        for limit in ['\u{80}', '\u{100}', '\u{10000}'] {
            for pairs in [1, 2] {
                let kept = text.chars().map(|character| match character {
                    _ if character < limit => String::from(character),
                    '\u{10000}'.. => lost.repeat(pairs),
                    _ => String::from(lost),
                });
                wrong.push((Cause::OctetsLost, encoded(kept.collect::<String>())));
            }
        }
    }
    wrong
}

/// The bytes of text in Latin-1, or in what Windows calls so.
pub(super) fn latin_1(text: &str) -> Option<Vec<u8>> {
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
const WINDOWS: [(char, u8); 27] = [
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

/// Byte order marks and normal forms.
fn forms(value: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let mut forms = vec![[MARK, value].concat(), replace(value, MARK, b"")];
    #[cfg(feature = "normal-forms")]
    forms.extend(
        str::from_utf8(value)
            .map(normal_form::all)
            .unwrap_or_default(),
    );
    forms.retain(|form| form != value);
    forms.into_iter().map(encoded)
}
