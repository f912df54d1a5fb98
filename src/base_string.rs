//! The signature base string ([RFC 5849 §3.4.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1)).

use core::{fmt, str};

use crate::{
    Parameters, Target,
    encode::{ONCE, STORED, TWICE, Table},
    parameters::{Octets, decode_next},
};

/// The signature base string: what a signature method signs.
///
/// This is a view, without text of its own: method, base string URI and parameters are encoded
/// while they are read, in pieces of some hundred bytes, so that signing a large form takes no
/// memory. `Display` shows it, for comparing it with what a server says it saw.
///
/// ```
/// use oauth1_signer::{BaseString, Parameters, Target};
///
/// let target = Target::try_from("https://api.example.com/photos")?;
/// let parameters = Parameters::from_pairs(&[("title", "a b")]);
/// assert_eq!(
///     BaseString::new("get", &target, parameters).to_string(),
///     "GET&https%3A%2F%2Fapi.example.com%2Fphotos&title%3Da%2520b"
/// );
/// # Ok::<(), oauth1_signer::TargetError>(())
/// ```
#[derive(Clone)]
pub struct BaseString<'a>(Source<'a>);

#[derive(Clone)]
enum Source<'a> {
    Parts {
        method: &'a str,
        target: &'a Target<'a>,
        parameters: Parameters<'a>,
    },
    Text(&'a str),
}

impl<'a> BaseString<'a> {
    /// Joins a method, in any case, a target and the parameters.
    #[must_use]
    pub fn new(method: &'a str, target: &'a Target<'a>, parameters: Parameters<'a>) -> Self {
        Self(Source::Parts {
            method,
            target,
            parameters,
        })
    }

    /// Takes a text that is already there, as it is: a base string that a server reported, or
    /// something else that a service wants signed with the same key.
    ///
    /// ```
    /// use oauth1_signer::{BaseString, HmacSha1, SigningKey};
    ///
    /// let key = HmacSha1::new("cs", "ts");
    /// let Ok(signature) = key.sign(&BaseString::from_text("bs"));
    /// assert_eq!(signature.expose_secret(), "VZVjXceV7JgPq/dOTnNmEfO0Fv8=");
    /// ```
    #[must_use]
    pub fn from_text(text: &'a str) -> Self {
        Self(Source::Text(text))
    }

    /// Writes the base string piece by piece, as it would be fed to a hash. Pieces end anywhere.
    ///
    /// ```
    /// use oauth1_signer::BaseString;
    ///
    /// let mut length = 0;
    /// BaseString::from_text("GET&…").for_each_chunk(|bytes| length += bytes.len());
    /// assert_eq!(length, "GET&…".len());
    /// ```
    pub fn for_each_chunk(&self, sink: impl FnMut(&[u8])) {
        let mut chunks = Chunks::new(sink);
        match &self.0 {
            Source::Text(text) => (chunks.sink)(text.as_bytes()),
            Source::Parts {
                method,
                target,
                parameters,
            } => {
                // D10 of the vectors' decisions: any method, in upper case, encoded like the rest.
                let method = method.bytes().map(|octet| octet.to_ascii_uppercase());
                chunks.encoded(&ONCE, method);
                chunks.literal(b"&");
                chunks.literal(if target.is_secure() {
                    b"https%3A%2F%2F"
                } else {
                    b"http%3A%2F%2F"
                });
                chunks.encoded(&ONCE, target.authority_and_path().bytes());
                let mut separator: &[u8] = b"&";
                for parameter in parameters.iter() {
                    chunks.literal(separator);
                    chunks.octets(parameter.name);
                    chunks.literal(b"%3D");
                    chunks.octets(parameter.value);
                    separator = b"%26";
                }
                if separator == b"&" {
                    chunks.literal(b"&");
                }
                chunks.flush();
            }
        }
    }
}

impl fmt::Display for BaseString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.for_each_chunk(|chunk| {
            // Parts give ASCII, and a text comes in one piece.
            let text = str::from_utf8(chunk).map_err(|_| fmt::Error);
            result = result.and(text.and_then(|text| f.write_str(text)));
        });
        result
    }
}

impl fmt::Debug for BaseString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseString({self})")
    }
}

/// A buffer on the stack between the encoder and the hash: large enough that the hash works on
/// whole blocks, small enough that clearing it costs nothing.
struct Chunks<F> {
    buffer: [u8; SIZE],
    filled: usize,
    sink: F,
}

const SIZE: usize = 1024;

impl<F: FnMut(&[u8])> Chunks<F> {
    fn new(sink: F) -> Self {
        Self {
            buffer: [0; SIZE],
            filled: 0,
            sink,
        }
    }

    fn octets(&mut self, octets: Octets<'_>) {
        match octets {
            Octets::Unreserved(text) => self.literal(text),
            Octets::Decoded(octets) => self.encoded(&TWICE, octets.iter().copied()),
            Octets::Encoded(raw) => {
                let mut raw = raw.iter();
                self.encoded(&TWICE, core::iter::from_fn(|| decode_next(&mut raw)));
            }
        }
    }

    /// Writes what needs no encoding.
    #[inline]
    fn literal(&mut self, text: &[u8]) {
        match self.buffer.get_mut(self.filled..self.filled + text.len()) {
            Some(place) => {
                place.copy_from_slice(text);
                self.filled += text.len();
            }
            None => {
                self.flush();
                match self.buffer.get_mut(..text.len()) {
                    Some(place) => {
                        place.copy_from_slice(text);
                        self.filled = text.len();
                    }
                    None => (self.sink)(text),
                }
            }
        }
    }

    #[inline]
    fn encoded(&mut self, table: &Table, octets: impl Iterator<Item = u8>) {
        for octet in octets {
            if self.filled > SIZE - STORED {
                self.flush();
            }
            let (stored, length) = table.look_up(octet);
            self.buffer[self.filled..self.filled + STORED].copy_from_slice(&stored);
            self.filled += length;
        }
    }

    fn flush(&mut self) {
        (self.sink)(&self.buffer[..self.filled]);
        self.filled = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::String, vec::Vec};

    #[test]
    fn chunks_join_to_the_same_text_wherever_they_end() {
        for length in (0..40).chain(SIZE - 20..SIZE + 20).chain([5 * SIZE]) {
            for octet in [b'a', b' '] {
                let value: Vec<u8> = (0..length).map(|_| octet).collect();
                let mut written = Vec::new();
                let mut chunks = Chunks::new(|chunk: &[u8]| written.extend_from_slice(chunk));
                chunks.literal(b"&");
                chunks.octets(Octets::Decoded(&value));
                chunks.literal(&value);
                chunks.octets(Octets::Encoded(b"+"));
                chunks.flush();
                let encoded = if octet == b' ' { "%2520" } else { "a" };
                let literal = if octet == b' ' { " " } else { "a" };
                let expected: String = [
                    "&",
                    &encoded.repeat(length),
                    &literal.repeat(length),
                    "%2520",
                ]
                .concat();
                assert_eq!(written, expected.as_bytes(), "{length}");
            }
        }
    }
}
