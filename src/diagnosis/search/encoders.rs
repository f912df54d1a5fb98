//! Wrong encoders (RFC 5849, section 3.6).

use alloc::{string::String, vec::Vec};
use core::str;

use super::super::{
    Cause, half,
    text::{decode, decode_form, encoded, replace},
};

/// Writes a text wrongly, given its right encoding as well.
pub(super) type Encoder = fn(&[u8], &[u8]) -> Vec<u8>;

/// How many of the encoders are usual.
pub(super) const USUAL: usize = 18;

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
    (Cause::EscapesLowerCase, |_, right| half::lower_case(right)),
    (Cause::ReservedLeft, |_, right| half::reserved_left(right)),
    (Cause::TildeEncoded, |_, right| replace(right, b"~", b"%7E")),
    // As forms are written.
    (Cause::PlusForSpace, |_, right| of_form(right, b"*")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-._~")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"-")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b".")),
    (Cause::UnreservedEncoded, |_, right| escaped(right, b"_")),
    (Cause::Latin1, |text, _| taken_for_latin_1(text)),
    (Cause::Latin1, |text, right| {
        let latin = str::from_utf8(text).ok().and_then(half::latin_1);
        latin.map_or_else(|| right.to_vec(), encoded)
    }),
    (Cause::OctetsLost, |text, _| lost(text, '\u{80}', "?")),
    (Cause::OctetsLost, |text, _| {
        lost(text, '\u{80}', "\u{fffd}")
    }),
    // Up to here they are usual. By PHP and Java, by encodeURIComponent.
    (Cause::PlusForSpace, |_, right| of_form(right, b"")),
    (Cause::PlusForSpace, |_, right| {
        half::reserved_left(&replace(right, b"%20", b"+"))
    }),
    (Cause::PlusForSpace, |_, right| {
        half::lower_case(&replace(right, b"%20", b"+"))
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
    (Cause::OctetsLost, |text, _| lost(text, '\u{80}', "")),
    (Cause::OctetsLost, |text, _| lost(text, '\u{100}', "?")),
    (Cause::OctetsLost, |text, _| lost(text, '\u{10000}', "?")),
    (Cause::OctetsLost, |text, _| lost(text, '\u{10000}', "??")),
    (Cause::OctetsLost, |text, _| {
        lost(text, '\u{10000}', "\u{fffd}")
    }),
    (Cause::OctetsLost, |text, _| {
        lost(text, '\u{10000}', "\u{fffd}\u{fffd}")
    }),
    (Cause::OctetsLost, |text, _| lost(text, '\u{10000}', "")),
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

/// UTF-8 that was taken for Latin-1, and encoded as UTF-8 again.
fn taken_for_latin_1(text: &[u8]) -> Vec<u8> {
    let characters = text.iter().map(|byte| char::from(*byte));
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
        replace(&half, &[*byte], &half::escape_of(*byte))
    })
}
