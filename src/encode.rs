//! Percent-encoding, applied once or twice ([RFC 5849 §3.6](https://www.rfc-editor.org/rfc/rfc5849#section-3.6)).

mod decimal;
mod encoder;
mod out;
mod run;
mod table;

use alloc::{string::String, vec::Vec};
use core::{fmt, str};

use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

use self::encoder::FOR_TEXT;
pub(crate) use self::{
    decimal::Decimal,
    encoder::Encoder,
    out::Out,
    run::run_of,
    table::{ONCE, TWICE, Table, digit, hexadecimal, is_unreserved_byte},
};

/// Percent-encodes bytes as [RFC 5849 §3.6] requires: letters, digits, `-`, `.`, `_` and `~` stay
/// as they are, and every other byte becomes `%` followed by two upper-case hexadecimal digits.
///
/// The result differs from that of an HTML form, which writes a space as `+` and not as `%20`, and
/// from that of a URL parser, which leaves `!`, `*`, `'`, `(` and `)` alone. Text is encoded as
/// UTF-8.
///
/// ```
/// use oauth1_signer::encode;
///
/// let title = String::from("Ladies + Gentlemen");
/// assert_eq!(encode(&title), "Ladies%20%2B%20Gentlemen");
/// assert_eq!(encode("☃~"), "%E2%98%83~");
/// assert_eq!(encode(b"\xFF"), "%FF");
/// ```
///
/// [RFC 5849 §3.6]: https://www.rfc-editor.org/rfc/rfc5849#section-3.6
#[must_use]
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    percent_encode(bytes.as_ref(), &RESERVED).collect()
}

/// Percent-encodes text and appends it.
pub(crate) fn push_encoded(text: &str, to: &mut String) {
    // Most secrets consist of letters and digits, which can be copied as they are.
    if is_unreserved(text.as_bytes()) {
        to.push_str(text);
    } else {
        to.extend(percent_encode(text.as_bytes(), &RESERVED));
    }
}

/// Whether percent-encoding would leave the bytes unchanged.
#[inline]
pub(crate) fn is_unreserved(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| is_unreserved_byte(*byte))
}

/// Views bytes as text. They must be ASCII, as are encoded text, our nonces and base64, the text
/// of a `Url`, and realms.
pub(crate) fn ascii(text: &[u8]) -> &str {
    str::from_utf8(text).expect("ASCII is UTF-8")
}

/// The characters to encode: all but the unreserved ones.
static RESERVED: AsciiSet = {
    let mut reserved = CONTROLS.add(0);
    let mut byte = 0;
    while byte < 0x80 {
        if !is_unreserved_byte(byte) {
            reserved = reserved.add(byte);
        }
        byte += 1;
    }
    reserved
};

/// Collects encoded text in a string. This takes one allocation unless the text is longer than
/// `expected`.
#[inline]
pub(crate) fn encode_to_string(expected: usize, write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut text = Vec::with_capacity(expected);
    write(&mut text);
    String::from_utf8(text).expect("all that is written is text")
}

/// Writes encoded text to a formatter.
pub(crate) fn encode_to(
    f: &mut fmt::Formatter<'_>,
    write: impl FnOnce(&mut Encoder<&mut dyn FnMut(&[u8]), FOR_TEXT>),
) -> fmt::Result {
    let mut result = Ok(());
    let mut sink = |piece: &[u8]| result = result.and_then(|()| f.write_str(ascii(piece)));
    let mut encoder = Encoder::for_text(&mut sink as &mut dyn FnMut(&[u8]));
    write(&mut encoder);
    encoder.finish();
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreserved_is_what_encoding_leaves_alone() {
        for length in 0..50 {
            let mut text = alloc::vec![b'a'; length];
            assert!(is_unreserved(&text), "{length}");
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    text[place] = byte;
                    let stays = encode([byte]).len() == 1;
                    assert_eq!(is_unreserved(&text), stays, "{byte} at {place} of {length}");
                }
                text[place] = b'a';
            }
        }
    }
}
