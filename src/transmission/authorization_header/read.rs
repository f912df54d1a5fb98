//! Reading an `Authorization` header strictly ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::{borrow::Cow, string::String};
use core::ops::Range;

use thiserror::Error;

use crate::{
    encode::{digit, hexadecimal, is_unreserved_byte},
    protocol::Name,
};

/// What takes the elements of the list in a header.
pub(crate) trait Sink {
    /// As much room as the header is long, and how much of it is filled.
    fn room(&mut self) -> (&mut [u8], &mut usize);

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
    /// Whether it was decoded into the room. Otherwise, it consists of unreserved characters in the header.
    pub(crate) is_decoded: bool,
}

/// Why a parameter was not taken.
pub(crate) enum NotTaken {
    Duplicate,
    TooMany,
}

/// Passes each element of a header to a sink. Whether what was decoded is UTF-8 is not checked.
///
/// # Errors
///
/// The first error of the syntax, or of the sink.
#[inline(always)]
pub(crate) fn read(header: &[u8], sink: &mut impl Sink) -> Result<(), AuthorizationError> {
    let mut at = after_scheme(header)?;
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
                None => unknown_name(header, position, end, sink)?,
            };
            let value = value(header, &mut at, sink)?;
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
    header: &[u8],
    start: usize,
    end: usize,
    sink: &mut impl Sink,
) -> Result<Piece, AuthorizationError> {
    if unreserved(&header[start..end]) == end - start {
        return Ok(Piece::plain(start, end));
    }
    let mut at = start;
    // The name contains no quotation mark, so decoding ends at that of the value.
    decode(&header[..=end + "=".len()], &mut at, start, sink.room()).map(|piece| Piece {
        // And the equals sign between them has been decoded as well.
        end: piece.end - "=".len(),
        ..piece
    })
}

/// The value at a position, which a quotation mark follows. Moves to that mark.
#[inline(always)]
fn value(header: &[u8], at: &mut usize, sink: &mut impl Sink) -> Result<Piece, AuthorizationError> {
    let start = *at;
    *at += unreserved(&header[start..]);
    if header.get(*at) == Some(&b'"') {
        return Ok(Piece::plain(start, *at));
    }
    decode(header, at, start, sink.room())
}

/// Decodes the rest of a value that is plain from its start to a position, and moves to the quotation mark
/// behind it. A plus sign stands for itself.
#[inline(never)]
fn decode(
    header: &[u8],
    at: &mut usize,
    start: usize,
    (room, filled): (&mut [u8], &mut usize),
) -> Result<Piece, AuthorizationError> {
    let plain = &header[start..*at];
    let begin = *filled;
    let mut to = begin + plain.len();
    room[begin..to].copy_from_slice(plain);
    loop {
        let position = *at;
        let Some(byte) = header.get(position) else {
            return Err(unexpected(position, "a quotation mark"));
        };
        room[to] = match CLASSES[usize::from(*byte)] {
            Class::Plain => *byte,
            Class::Percent => match header.get(position + 1..position + 3) {
                Some([high, low]) if digit(*high).is_some() && digit(*low).is_some() => {
                    *at += 2;
                    hexadecimal(*high, *low)
                }
                _ => return Err(AuthorizationError::MalformedEscape { position }),
            },
            Class::Quote => break,
            Class::Other => return Err(AuthorizationError::Character { position }),
        };
        to += 1;
        *at += 1;
    }
    *filled = to;
    Ok(Piece {
        start: begin,
        end: to,
        is_decoded: true,
    })
}

#[derive(Clone, Copy)]
enum Class {
    Plain,
    Percent,
    Quote,
    /// What must be encoded. A backslash would be an escape to some readers, and a character to others.
    Other,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        classes[byte as usize] = match byte {
            b'%' => Class::Percent,
            b'"' => Class::Quote,
            b'\\' => Class::Other,
            _ => Class::Plain,
        };
        byte += 1;
    }
    classes
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

/// The number of unreserved characters at the beginning of a text.
#[inline]
fn unreserved(text: &[u8]) -> usize {
    let reserved = text.iter().position(|byte| !is_unreserved_byte(*byte));
    reserved.unwrap_or(text.len())
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
    /// The decoded name or value of a parameter is not UTF-8.
    #[error("a parameter of the Authorization header is not UTF-8")]
    NotText,
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
