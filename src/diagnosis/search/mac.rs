//! Signatures that are recomputed (RFC 5849, section 3.4.2).

use alloc::vec::Vec;

use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
#[cfg(feature = "sha2")]
use sha2::{Sha256, Sha512};

use super::super::text::{decode, has_escape};
use crate::encode::digit;

/// The hash of an HMAC.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Hash {
    Sha1,
    #[cfg(feature = "sha2")]
    Sha256,
    #[cfg(feature = "sha2")]
    Sha512,
}

impl Hash {
    pub(super) const ALL: &[Self] = &[
        Self::Sha1,
        #[cfg(feature = "sha2")]
        Self::Sha256,
        #[cfg(feature = "sha2")]
        Self::Sha512,
    ];

    /// The name of the signature method.
    pub(super) fn method(self) -> &'static str {
        match self {
            Self::Sha1 => "HMAC-SHA1",
            #[cfg(feature = "sha2")]
            Self::Sha256 => "HMAC-SHA256",
            #[cfg(feature = "sha2")]
            Self::Sha512 => "HMAC-SHA512",
        }
    }

    /// The hash that makes so many bytes.
    pub(super) fn of_length(length: usize) -> Option<Self> {
        match length {
            20 => Some(Self::Sha1),
            #[cfg(feature = "sha2")]
            32 => Some(Self::Sha256),
            #[cfg(feature = "sha2")]
            64 => Some(Self::Sha512),
            _ => None,
        }
    }

    fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            #[cfg(feature = "sha2")]
            Self::Sha256 => 32,
            #[cfg(feature = "sha2")]
            Self::Sha512 => 64,
        }
    }
}

/// A hash that has read its key.
#[derive(Clone)]
pub(super) enum Keyed {
    Sha1(Hmac<Sha1>),
    #[cfg(feature = "sha2")]
    Sha256(Hmac<Sha256>),
    #[cfg(feature = "sha2")]
    Sha512(Hmac<Sha512>),
}

impl Keyed {
    pub(super) fn new(hash: Hash, key: &[u8]) -> Self {
        const ANY_LENGTH: &str = "HMAC takes keys of any length";
        match hash {
            Hash::Sha1 => Self::Sha1(Hmac::new_from_slice(key).expect(ANY_LENGTH)),
            #[cfg(feature = "sha2")]
            Hash::Sha256 => Self::Sha256(Hmac::new_from_slice(key).expect(ANY_LENGTH)),
            #[cfg(feature = "sha2")]
            Hash::Sha512 => Self::Sha512(Hmac::new_from_slice(key).expect(ANY_LENGTH)),
        }
    }

    pub(super) fn sign(&self, text: &[u8]) -> Bytes {
        match self {
            Self::Sha1(mac) => Bytes::of(&mac.clone().chain_update(text).finalize().into_bytes()),
            #[cfg(feature = "sha2")]
            Self::Sha256(mac) => Bytes::of(&mac.clone().chain_update(text).finalize().into_bytes()),
            #[cfg(feature = "sha2")]
            Self::Sha512(mac) => Bytes::of(&mac.clone().chain_update(text).finalize().into_bytes()),
        }
    }
}

/// The bytes of a signature.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) struct Bytes {
    bytes: [u8; 64],
    length: usize,
}

impl Bytes {
    fn of(slice: &[u8]) -> Self {
        let mut bytes = [0; 64];
        let length = slice.len().min(bytes.len());
        bytes[..length].copy_from_slice(&slice[..length]);
        Self { bytes, length }
    }

    /// Reads a signature, also one that was damaged or written in another way: that is another
    /// mistake, which does not hide what was signed. `None` if it cannot be an HMAC.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut text = text.trim().trim_matches(['"', '\'']).as_bytes().to_vec();
        for _ in 0..2 {
            if has_escape(&text) {
                text = decode(&text);
            }
        }
        for byte in &mut text {
            if *byte == b' ' {
                *byte = b'+';
            }
        }
        let bytes = match from_hex(&text) {
            Some(bytes) => bytes,
            None => LENIENT.decode(&text).ok()?,
        };
        let bytes = from_hex(&bytes).unwrap_or(bytes);
        let is_known = [20, 32, 64].contains(&bytes.len());
        is_known.then(|| Self::of(&bytes))
    }

    #[cfg(test)]
    pub(super) fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// The hash that makes as many bytes.
    pub(super) fn hash(&self) -> Option<Hash> {
        Hash::of_length(self.length)
    }

    pub(super) fn can_be_of(&self, hash: Hash) -> bool {
        self.length == hash.length()
    }
}

fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    if ![40, 64, 128].contains(&text.len()) {
        return None;
    }
    let pairs = text.chunks_exact(2);
    pairs
        .map(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?))
        .collect()
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_read_however_it_is_written() {
        let right = Bytes::read("egQqG5AJep5sJ7anhXju1unge2I=");
        assert!(right.is_some());
        for damaged in [
            "egQqG5AJep5sJ7anhXju1unge2I",
            "egQqG5AJep5sJ7anhXju1unge2I%3D",
            "\"egQqG5AJep5sJ7anhXju1unge2I=\"",
            "egQqG5AJep5sJ7anhXju1unge2I=\n",
            "7a042a1b90097a9e6c27b6a78578eed6e9e07b62",
            "N2EwNDJhMWI5MDA5N2E5ZTZjMjdiNmE3ODU3OGVlZDZlOWUwN2I2Mg==",
        ] {
            assert!(Bytes::read(damaged) == right, "{damaged}");
        }
        let key = Keyed::new(Hash::Sha1, b"cs&");
        assert!(Some(key.sign(b"bs")) == right);
    }

    #[test]
    fn what_cannot_be_an_hmac_is_not_read() {
        for text in ["", "secret&", "c%26s&ts", "AAAA"] {
            assert!(Bytes::read(text).is_none(), "{text}");
        }
    }
}
