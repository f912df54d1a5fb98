//! The structure of a base string: what its text consists of (RFC 5849, section 3.4.1.1).

use alloc::{string::String, vec::Vec};

use super::text::{decode, lossy};
use crate::encode::encode;

/// A base string, taken apart.
///
/// The names and values are *halves*: as they stand in the normalized parameters, so encoded once if
/// all is right.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Structure {
    pub(super) method: String,
    /// The base string URI, decoded once.
    pub(super) uri: Vec<u8>,
    /// The halves of each parameter, in their order.
    pub(super) parameters: Vec<Halves>,
}

/// The name and the value of a parameter, as they stand in the normalized parameters.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Halves {
    pub(super) name: Vec<u8>,
    pub(super) value: Vec<u8>,
}

impl Halves {
    /// The halves of decoded texts.
    pub(super) fn of(name: &[u8], value: &[u8]) -> Self {
        Self {
            name: encode(name).into_bytes(),
            value: encode(value).into_bytes(),
        }
    }

    /// The decoded name, for people to read.
    pub(super) fn shown_name(&self) -> String {
        lossy(&decode(&self.name))
    }

    /// Whether the decoded name begins with `oauth_`.
    pub(super) fn is_protocol(&self) -> bool {
        self.name.starts_with(b"oauth_")
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.name == name.as_bytes()
    }

    /// `name=value`.
    pub(super) fn joined(&self) -> Vec<u8> {
        [&self.name[..], b"=", &self.value].concat()
    }
}

impl Structure {
    /// The normalized parameters: the third part, decoded.
    pub(super) fn normalized(&self) -> Vec<u8> {
        let joined: Vec<_> = self.parameters.iter().map(Halves::joined).collect();
        joined.join(&b"&"[..])
    }

    /// The base string.
    pub(super) fn text(&self) -> String {
        let (method, uri) = (encode(&self.method), encode(&self.uri));
        [method, uri, encode(self.normalized())].join("&")
    }

    /// The half of the value of the first parameter with this name.
    pub(super) fn value_of(&self, name: &str) -> Option<&[u8]> {
        let found = self.parameters.iter().find(|halves| halves.has_name(name));
        found.map(|halves| &halves.value[..])
    }

    /// The decoded value of the first parameter with this name, as text.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        self.value_of(name).map(|value| lossy(&decode(value)))
    }

    /// Sorts the parameters as section 3.4.1.3.2 requires.
    pub(super) fn sort(&mut self) {
        self.parameters.sort();
    }
}
