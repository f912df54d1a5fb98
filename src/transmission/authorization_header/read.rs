//! Reading an `Authorization` header strictly ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::string::String;

use thiserror::Error;

use crate::encode::{digit, is_unreserved_byte};

/// One element of the list in a header.
pub(crate) enum Element<'t> {
    Realm {
        /// What stands between the quotation marks, with its backslashes.
        text: &'t [u8],
        position: usize,
    },
    /// Any other parameter, still encoded, with well-formed escapes.
    Parameter {
        name: Part<'t>,
        value: Part<'t>,
        /// Where the parameter begins.
        position: usize,
    },
}

/// A name or a value.
#[derive(Clone, Copy)]
pub(crate) struct Part<'t> {
    pub(crate) text: &'t [u8],
    /// Whether it consists of unreserved characters, and is the same decoded.
    pub(crate) unreserved: bool,
}

/// Calls `visit` with each element of a header.
///
/// # Errors
///
/// The first error of the syntax, or of `visit`.
#[inline]
pub(crate) fn read<'t>(
    header: &'t [u8],
    mut visit: impl FnMut(Element<'t>) -> Result<(), AuthorizationError>,
) -> Result<(), AuthorizationError> {
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
        let name = name(header, at)?;
        at += name.text.len() + "=\"".len();
        if name.text.eq_ignore_ascii_case(b"realm") {
            let text = quoted(header, at)?;
            at += text.len();
            visit(Element::Realm { text, position })?;
        } else {
            let value = value(header, at)?;
            at += value.text.len();
            visit(Element::Parameter {
                name,
                value,
                position,
            })?;
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

/// The position of what follows the name of the scheme.
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

/// The name at a position, which `="` follows.
#[inline]
fn name(header: &[u8], start: usize) -> Result<Part<'_>, AuthorizationError> {
    let mut end = start + unreserved(&header[start..]);
    let mut is_unreserved = true;
    while let Some(byte) = header.get(end).filter(|byte| **byte != b'=') {
        is_unreserved = false;
        end += match byte {
            b'%' => escape(header, end)?,
            b'"' | b',' | b'\\' => return Err(unexpected(end, "an equals sign")),
            byte if byte.is_ascii_graphic() => 1,
            _ => return Err(unexpected(end, "an equals sign")),
        };
    }
    if end == start {
        return Err(unexpected(start, "the name of a parameter"));
    }
    match header.get(end..) {
        Some([b'=', b'"', ..]) => Ok(Part {
            text: &header[start..end],
            unreserved: is_unreserved,
        }),
        Some([b'=', ..]) => Err(unexpected(end + 1, "a quotation mark")),
        _ => Err(unexpected(end, "an equals sign")),
    }
}

/// The value at a position, which a quotation mark follows.
#[inline]
fn value(header: &[u8], start: usize) -> Result<Part<'_>, AuthorizationError> {
    let mut end = start + unreserved(&header[start..]);
    let mut is_unreserved = true;
    loop {
        match header.get(end) {
            Some(b'"') => {
                return Ok(Part {
                    text: &header[start..end],
                    unreserved: is_unreserved,
                });
            }
            Some(b'%') => end += escape(header, end)?,
            // A backslash would be an escape to some readers, and a character to others.
            Some(b'\\') => return Err(AuthorizationError::Character { position: end }),
            Some(byte) if byte.is_ascii_graphic() => end += 1,
            Some(_) => return Err(AuthorizationError::Character { position: end }),
            None => return Err(unexpected(end, "a quotation mark")),
        }
        is_unreserved = false;
        end += unreserved(&header[end..]);
    }
}

/// The inside of a quoted string (RFC 9110, section 5.6.4).
fn quoted(header: &[u8], start: usize) -> Result<&[u8], AuthorizationError> {
    let mut end = start;
    loop {
        match header.get(end) {
            Some(b'"') => return Ok(&header[start..end]),
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

/// The length of the escape at a position.
fn escape(header: &[u8], position: usize) -> Result<usize, AuthorizationError> {
    match header.get(position + 1..position + 3) {
        Some([high, low]) if digit(*high).is_some() && digit(*low).is_some() => Ok(3),
        _ => Err(AuthorizationError::MalformedEscape { position }),
    }
}

/// The number of unreserved characters at the beginning of a text.
#[inline]
fn unreserved(text: &[u8]) -> usize {
    text.iter()
        .position(|byte| !is_unreserved_byte(*byte))
        .unwrap_or(text.len())
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
    #[error("byte {position} of the Authorization header: the parameter is not UTF-8")]
    NotText {
        /// The number of bytes before the parameter.
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
pub(crate) fn unquoted(realm: &[u8]) -> String {
    let mut text = String::with_capacity(realm.len());
    let mut bytes = realm.iter();
    while let Some(byte) = bytes.next() {
        let byte = if *byte == b'\\' {
            bytes.next().unwrap_or(byte)
        } else {
            byte
        };
        text.push(char::from(*byte));
    }
    text
}

/// The most bytes of a header that are read. Signatures with the largest RSA keys take 1.5 KiB.
pub(crate) const LONGEST: usize = 16 * 1024;

/// The most parameters of a header that are read.
pub(crate) const MOST: usize = 100;
