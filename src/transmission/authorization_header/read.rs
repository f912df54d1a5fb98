//! Reading an `Authorization` header strictly ([RFC 5849 §3.5.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.5.1)).

use alloc::{string::String, vec::Vec};

use thiserror::Error;

use crate::{
    encode::{digit, is_unreserved_byte},
    protocol::Name,
};

/// One element of the list in a header.
pub(crate) enum Element<'t> {
    Realm {
        /// What stands between the quotation marks, with its backslashes.
        text: &'t [u8],
        position: usize,
    },
    Parameter {
        /// The name if it is a known one, written without escapes.
        known: Option<Name>,
        name: Part<'t>,
        value: Part<'t>,
        position: usize,
    },
}

/// A name or a value in a header, still encoded.
#[derive(Clone, Copy)]
pub(crate) struct Part<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) position: usize,
    /// Whether it consists of unreserved characters, and is the same decoded.
    pub(crate) unreserved: bool,
}

/// Calls `visit` with each element of a header. What is encoded is not checked yet: see
/// [`Part::decode`].
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
        // Nearly all names are known ones. Comparing is faster than reading (W1: 0.3).
        let known = Name::beginning(&header[at..], b"=\"");
        let name = match known {
            Some(name) => Part {
                text: &header[at..at + name.as_str().len()],
                position,
                unreserved: true,
            },
            None => name(header, at)?,
        };
        at += name.text.len() + "=\"".len();
        if known.is_none() && name.text.eq_ignore_ascii_case(b"realm") {
            let text = quoted(header, at)?;
            at += text.len();
            visit(Element::Realm { text, position })?;
        } else {
            let value = value(header, at)?;
            at += value.text.len();
            visit(Element::Parameter {
                known,
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

impl Part<'_> {
    /// Decodes to the end of a text that has room. A plus sign stands for itself.
    ///
    /// # Errors
    ///
    /// [`AuthorizationError`] if a character must be encoded or an escape is malformed. Whether the result
    /// is UTF-8 is not checked.
    pub(crate) fn decode(&self, decoded: &mut Vec<u8>) -> Result<(), AuthorizationError> {
        let start = decoded.len();
        if self.unreserved {
            decoded.extend_from_slice(self.text);
            return Ok(());
        }
        // Written in place, because pushing byte by byte asks for room again and again.
        decoded.resize(start + self.text.len(), 0);
        let (mut from, mut to) = (0, start);
        while let Some(byte) = self.text.get(from) {
            let position = self.position + from;
            decoded[to] = match byte {
                b'%' => {
                    let digits = self.text.get(from + 1..from + 3);
                    let digits = digits.and_then(|pair| Some((digit(pair[0])?, digit(pair[1])?)));
                    let Some((high, low)) = digits else {
                        return Err(AuthorizationError::MalformedEscape { position });
                    };
                    from += 2;
                    high << 4 | low
                }
                // A backslash would be an escape to some readers, and a character to others.
                b'!'..=b'[' | b']'..=b'~' => *byte,
                _ => return Err(AuthorizationError::Character { position }),
            };
            from += 1;
            to += 1;
        }
        decoded.truncate(to);
        Ok(())
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

/// The name at a position, which `="` follows.
#[cold]
fn name(header: &[u8], start: usize) -> Result<Part<'_>, AuthorizationError> {
    let is_in_name = |byte: &u8| byte.is_ascii_graphic() && !b"=\",\\".contains(byte);
    let rest = &header[start..];
    let length = rest.iter().position(|byte| !is_in_name(byte));
    let end = start + length.unwrap_or(rest.len());
    if end == start {
        return Err(unexpected(start, "the name of a parameter"));
    }
    match header.get(end..) {
        Some([b'=', b'"', ..]) => {
            let text = &header[start..end];
            Ok(Part {
                text,
                position: start,
                unreserved: unreserved(text) == text.len(),
            })
        }
        Some([b'=', ..]) => Err(unexpected(end + 1, "a quotation mark")),
        _ => Err(unexpected(end, "an equals sign")),
    }
}

/// The value at a position, which a quotation mark follows.
#[inline]
fn value(header: &[u8], start: usize) -> Result<Part<'_>, AuthorizationError> {
    let rest = &header[start..];
    let plain = unreserved(rest);
    if rest.get(plain) == Some(&b'"') {
        return Ok(Part {
            text: &rest[..plain],
            position: start,
            unreserved: true,
        });
    }
    match rest[plain..].iter().position(|byte| *byte == b'"') {
        Some(length) => Ok(Part {
            text: &rest[..plain + length],
            position: start,
            unreserved: false,
        }),
        None => Err(unexpected(header.len(), "a quotation mark")),
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

/// The number of unreserved characters at the beginning of a text.
#[inline]
fn unreserved(text: &[u8]) -> usize {
    // Whole blocks are compared as vectors.
    let (blocks, _) = text.as_chunks::<16>();
    let all = |block: &[u8; 16]| block.iter().fold(true, |all, byte| all & is_plain(*byte));
    let plain = 16 * blocks.iter().take_while(|block| all(block)).count();
    let rest = &text[plain..];
    let more = rest.iter().position(|byte| !is_unreserved_byte(*byte));
    plain + more.unwrap_or(rest.len())
}

/// Whether a byte is unreserved, without a branch or a table.
#[allow(clippy::needless_bitwise_bool)]
#[inline]
fn is_plain(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'0') < 10)
        | (byte == b'-')
        | (byte == b'.')
        | (byte == b'_')
        | (byte == b'~')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_find_the_same_characters_unreserved() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_plain(byte), is_unreserved_byte(byte), "{byte:#04x}");
        }
        for length in 0..40 {
            let mut text = alloc::vec![b'a'; length];
            assert_eq!(unreserved(&text), length);
            for place in (0..length).rev() {
                text[place] = b'%';
                assert_eq!(unreserved(&text), place);
            }
        }
    }
}
