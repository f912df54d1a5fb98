//! Reading an `Authorization` header strictly ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::{borrow::Cow, string::String};
use core::{mem, ops::Range};

use thiserror::Error;

use crate::{
    encode::{digit, hexadecimal, is_unreserved, is_unreserved_byte, run_of},
    protocol::Name,
};

/// What takes the elements of the list in a header.
pub(crate) trait Sink {
    /// Where text goes that has to be decoded.
    fn decoded(&mut self) -> &mut String;

    /// Takes the realm, by where its text stands in the header, with its backslashes. Returns false if
    /// there is one already.
    fn realm(&mut self, text: Range<usize>) -> bool;

    /// Takes a parameter. `known` is its name if it is a known one, written without escapes.
    fn parameter(&mut self, known: Option<Name>, name: Piece, value: Piece)
    -> Result<(), NotTaken>;
}

/// A name or a value.
#[derive(Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether it is in the sink's text. Otherwise, it consists of unreserved characters in the header.
    pub(crate) is_decoded: bool,
}

/// Why a parameter was not taken.
pub(crate) enum NotTaken {
    Duplicate,
    TooMany,
}

/// Passes each element of a header to a sink.
///
/// # Errors
///
/// The first error of the syntax, or of the sink.
#[inline(always)]
pub(crate) fn read(text: &str, sink: &mut impl Sink) -> Result<(), AuthorizationError> {
    let header = text.as_bytes();
    // Other schemes may need longer headers, and are ignored in a request.
    let mut at = after_scheme(header)?;
    if header.len() > LONGEST {
        return Err(AuthorizationError::TooLong { limit: LONGEST });
    }
    loop {
        // An empty element of a list means nothing (RFC 9110, section 5.6.1.2).
        while matches!(header.get(at), Some(b' ' | b'\t' | b',')) {
            at += 1;
        }
        if at == header.len() {
            return Ok(());
        }
        let position = at;
        // Nearly all names are known ones, and comparing is faster than reading.
        let known = Name::beginning(&header[at..]);
        let end = match known {
            Some(name) => at + name.as_str().len(),
            None => name_end(header, at)?,
        };
        let name = &header[at..end];
        at = end + "=\"".len();
        let is_new = if known.is_none() && name.eq_ignore_ascii_case(b"realm") {
            let start = at;
            at = quoted_end(header, at)?;
            sink.realm(start..at)
        } else {
            let name = match known {
                Some(_) => Piece::plain(position, end),
                None => unknown_name(text, position, end, sink)?,
            };
            let value = value(text, &mut at, sink)?;
            match sink.parameter(known, name, value) {
                Ok(()) => true,
                Err(NotTaken::Duplicate) => false,
                Err(NotTaken::TooMany) => {
                    return Err(AuthorizationError::TooManyParameters { limit: MOST });
                }
            }
        };
        if !is_new {
            return Err(AuthorizationError::Duplicate { position });
        }
        at += "\"".len();
        while matches!(header.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        if !matches!(header.get(at), None | Some(b',')) {
            return Err(unexpected(at, "a comma"));
        }
    }
}

impl Piece {
    #[inline]
    fn plain(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            is_decoded: false,
        }
    }
}

/// The position of what follows the name of the scheme.
#[inline]
fn after_scheme(header: &[u8]) -> Result<usize, AuthorizationError> {
    const SCHEME: &[u8] = b"OAuth";
    let is_oauth = header
        .get(..SCHEME.len())
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
    if is_oauth && matches!(header.get(SCHEME.len()), None | Some(b' ' | b'\t')) {
        Ok(SCHEME.len())
    } else {
        Err(AuthorizationError::Scheme)
    }
}

/// The end of the name at a position, which `="` follows.
#[cold]
fn name_end(header: &[u8], start: usize) -> Result<usize, AuthorizationError> {
    let is_in_name = |byte: &u8| byte.is_ascii_graphic() && !b"=\",\\".contains(byte);
    let rest = &header[start..];
    let length = rest.iter().position(|byte| !is_in_name(byte));
    let end = start + length.unwrap_or(rest.len());
    if end == start {
        return Err(unexpected(start, "the name of a parameter"));
    }
    match header.get(end..) {
        Some([b'=', b'"', ..]) => Ok(end),
        Some([b'=', ..]) => Err(unexpected(end + 1, "a quotation mark")),
        _ => Err(unexpected(end, "an equals sign")),
    }
}

#[cold]
fn unknown_name(
    header: &str,
    start: usize,
    end: usize,
    sink: &mut impl Sink,
) -> Result<Piece, AuthorizationError> {
    if is_unreserved(&header.as_bytes()[start..end]) {
        return Ok(Piece::plain(start, end));
    }
    let mut at = start;
    // The name contains no quotation mark, so decoding ends at that of the value, and the equals sign
    // between them has been decoded as well.
    let piece = decode(header, &mut at, start, sink.decoded())?;
    sink.decoded().pop();
    Ok(Piece {
        end: piece.end - "=".len(),
        ..piece
    })
}

/// The value at a position, which a quotation mark follows. Moves to that mark.
#[inline(always)]
fn value(header: &str, at: &mut usize, sink: &mut impl Sink) -> Result<Piece, AuthorizationError> {
    let start = *at;
    *at += run_of(&header.as_bytes()[start..], is_unreserved_byte);
    if header.as_bytes().get(*at) == Some(&b'"') {
        return Ok(Piece::plain(start, *at));
    }
    decode(header, at, start, sink.decoded())
}

/// Decodes a value that is plain from its start to a position, and moves to the quotation mark at its end.
/// A plus sign stands for itself.
#[inline(never)]
fn decode(
    header: &str,
    at: &mut usize,
    start: usize,
    decoded: &mut String,
) -> Result<Piece, AuthorizationError> {
    if decoded.capacity() == 0 {
        // Enough for everything: growing would leave copies of secrets that nobody wipes.
        decoded.reserve(header.len());
    }
    let begin = decoded.len();
    decoded.push_str(&header[start..*at]);
    // A `String` in the caller's memory would be a chain of stores and loads.
    let mut text = mem::take(decoded);
    let end = decode_into(&mut text, header, *at);
    *decoded = text;
    *at = end?;
    Ok(Piece {
        start: begin,
        end: decoded.len(),
        is_decoded: true,
    })
}

#[inline(always)]
fn decode_into(
    text: &mut String,
    header: &str,
    mut at: usize,
) -> Result<usize, AuthorizationError> {
    loop {
        let position = at;
        let Some(byte) = header.as_bytes().get(position) else {
            return Err(unexpected(position, "a quotation mark"));
        };
        if PLAIN[usize::from(*byte)] {
            text.push(char::from(*byte & 0x7F));
            at += 1;
        } else if *byte == b'%' {
            let byte = escaped(header, at)?;
            at += 3;
            if byte.is_ascii() {
                text.push(char::from(byte));
            } else {
                text.push(character(byte, header, &mut at, position)?);
            }
        } else if *byte == b'"' {
            return Ok(at);
        } else {
            return Err(AuthorizationError::Character { position });
        }
    }
}

/// The byte that the escape at a position stands for.
#[inline(always)]
fn escaped(header: &str, at: usize) -> Result<u8, AuthorizationError> {
    match header.as_bytes().get(at + 1..at + 3) {
        Some([high, low]) if digit(*high).is_some() && digit(*low).is_some() => {
            Ok(hexadecimal(*high, *low))
        }
        _ => Err(AuthorizationError::MalformedEscape { position: at }),
    }
}

/// The character whose first byte has been read. The others are escapes as well.
#[cold]
fn character(
    first: u8,
    header: &str,
    at: &mut usize,
    position: usize,
) -> Result<char, AuthorizationError> {
    let mut bytes = [first, 0, 0, 0];
    let length = first.leading_ones() as usize;
    for byte in bytes.get_mut(1..length).unwrap_or_default() {
        if header.as_bytes().get(*at) != Some(&b'%') {
            return Err(AuthorizationError::NotText { position });
        }
        *byte = escaped(header, *at)?;
        *at += 3;
    }
    let bytes = bytes.get(..length).unwrap_or(&bytes[..1]);
    let text = str::from_utf8(bytes).ok();
    let character = text.and_then(|text| text.chars().next());
    character.ok_or(AuthorizationError::NotText { position })
}

/// Whether a byte stands for itself in a value. All others must be encoded: a backslash would be an escape
/// to some readers, and a character to others.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        plain[byte as usize] = !matches!(byte, b'%' | b'"' | b'\\');
        byte += 1;
    }
    plain
};

/// The end of the inside of a quoted string (RFC 9110, section 5.6.4).
fn quoted_end(header: &[u8], start: usize) -> Result<usize, AuthorizationError> {
    let mut end = start;
    loop {
        match header.get(end) {
            Some(b'"') => return Ok(end),
            Some(b'\\') => match header.get(end + 1) {
                Some(b' '..=b'~' | b'\t') => end += 2,
                _ => return Err(AuthorizationError::Character { position: end }),
            },
            Some(b' '..=b'~' | b'\t') => end += 1,
            Some(_) => return Err(AuthorizationError::Character { position: end }),
            None => return Err(unexpected(end, "a quotation mark")),
        }
    }
}

fn unexpected(position: usize, expected: &'static str) -> AuthorizationError {
    AuthorizationError::Expected { position, expected }
}

/// Why an `Authorization` header could not be read ([RFC 5849 §3.5.1]).
///
/// ```
/// use oauth1_signer::AuthorizationParameters;
///
/// let error = AuthorizationParameters::parse("OAuth oauth_nonce=n").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "byte 18 of the Authorization header: a quotation mark is missing"
/// );
/// ```
///
/// [RFC 5849 §3.5.1]: https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum AuthorizationError {
    /// A character that cannot stand in a value: it must be percent-encoded.
    #[error("byte {position} of the Authorization header must be percent-encoded")]
    Character {
        /// The number of bytes before it.
        position: usize,
    },
    /// A parameter occurs twice.
    #[error("byte {position} of the Authorization header: the parameter occurs twice")]
    Duplicate {
        /// The number of bytes before the second one.
        position: usize,
    },
    /// Something that must be there is not.
    #[error("byte {position} of the Authorization header: {expected} is missing")]
    Expected {
        /// The number of bytes before the place where it is expected.
        position: usize,
        /// What is expected, in words.
        expected: &'static str,
    },
    /// A `%` is not followed by two hexadecimal digits.
    #[error("byte {position} of the Authorization header: malformed percent escape")]
    MalformedEscape {
        /// The number of bytes before the `%`.
        position: usize,
    },
    /// A decoded name or value is not UTF-8.
    #[error("byte {position} of the Authorization header: the decoded text is not UTF-8")]
    NotText {
        /// The number of bytes before the first escape that does not belong to a character.
        position: usize,
    },
    /// The header is of another scheme, such as `Bearer`.
    #[error("the scheme of the Authorization header is not OAuth")]
    Scheme,
    /// The header is too long.
    #[error("the Authorization header is longer than {limit} bytes")]
    TooLong {
        /// The number of bytes that are read.
        limit: usize,
    },
    /// The header has too many parameters.
    #[error("the Authorization header has more than {limit} parameters")]
    TooManyParameters {
        /// The number of parameters that are read.
        limit: usize,
    },
}

/// A realm without its backslashes.
pub(crate) fn unquoted(realm: &str) -> Cow<'_, str> {
    if !realm.contains('\\') {
        return realm.into();
    }
    let mut text = String::with_capacity(realm.len());
    let mut characters = realm.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        });
    }
    text.into()
}

/// The most bytes of a header that are read. Signatures with the largest RSA keys take 1.5 KiB.
pub(crate) const LONGEST: usize = 16 * 1024;

/// The most parameters of a header that are read.
pub(crate) const MOST: usize = 100;
