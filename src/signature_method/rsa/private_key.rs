//! Reading private keys: PEM ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)), PKCS #8 and PKCS #1.
//!
//! The `rsa` crate reads keys, too, but says little about those it cannot read. This module finds
//! out what the file contains, and leaves the numbers to that crate.

use alloc::vec::Vec;

use ::rsa::{PrivateKey, pkcs1::DecodeRsaPrivateKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use thiserror::Error;

use super::der::{
    BEGIN, BIT_STRING, DASHES, DerError, END, Elements, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING,
    RSA_ENCRYPTION, SEQUENCE, bits, find,
};

/// Why a private key could not be read. Needs the feature `rsa`.
///
/// ```
/// use oauth1_signer::signature_method::{PrivateKeyError, RsaSha256};
///
/// let error = RsaSha256::from_pem("-----BEGIN PRIVATE KEY-----\nMIIEvg").unwrap_err();
/// assert_eq!(error, PrivateKeyError::CutOff);
/// assert_eq!(error.to_string(), "the key is cut off");
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum PrivateKeyError {
    /// The lines between the first and the last line of the PEM block are not valid base64.
    #[error("the base64 of the key is damaged")]
    Base64,
    /// The end of the key is missing.
    #[error("the key is cut off")]
    CutOff,
    /// The key is protected with a passphrase, which this crate does not support.
    #[error("the key is encrypted: decrypt it first, for example with `openssl pkey`")]
    Encrypted,
    /// The file has the format of an RSA key, but its numbers do not belong together.
    #[error("the numbers of the key do not make up an RSA key")]
    Inconsistent,
    /// The text has a backslash and an `n` in place of each line end, as keys in environment
    /// variables often do. Replace them with line ends first.
    #[error("the key has literal \\n instead of line ends")]
    LiteralLineEnds,
    /// The input is not a key in PEM or DER. It may be the path of a file, or the base64 of a key
    /// without the first and last line.
    #[error(
        "this is not a private key in PEM, with its first and last line, or in DER \
         (the content of the file, not its path)"
    )]
    Malformed,
    /// The key is for another algorithm, such as ECDSA, or restricted to RSASSA-PSS.
    #[error("the key is not for RSA with PKCS #1 v1.5")]
    OtherAlgorithm,
    /// The key is in the OpenSSH format.
    #[error("the key is in the format of OpenSSH: convert it with `ssh-keygen -p -m PKCS8`")]
    OpenSsh,
    /// The file is a PKCS #12 archive.
    #[error("this is a PKCS #12 archive: take the key out with `openssl pkcs12 -nodes -nocerts`")]
    Pkcs12,
    /// The file contains a public key or a certificate.
    #[error("this is a public key or a certificate: signing takes the private key")]
    PublicKey,
    /// The key is too small to be safe, or larger than anyone uses.
    #[error("the key has {bits} bits: those of 1024 to 8192 bits can sign")]
    Size {
        /// The length of the modulus in bits.
        bits: usize,
    },
}

impl From<DerError> for PrivateKeyError {
    fn from(error: DerError) -> Self {
        match error {
            DerError::CutOff => Self::CutOff,
            DerError::Malformed => Self::Malformed,
        }
    }
}

/// Whether a file is meant to be PEM.
pub(crate) fn is_pem(file: &[u8]) -> bool {
    find(file, BEGIN).is_some()
}

/// Reads the first private key in a PEM file and skips everything around it.
pub(super) fn from_pem(file: &[u8]) -> Result<PrivateKey, PrivateKeyError> {
    let mut rest = file;
    let mut refused = PrivateKeyError::Malformed;
    while let Some(begin) = find(rest, BEGIN) {
        rest = &rest[begin + BEGIN.len()..];
        let label_end = find(rest, DASHES).ok_or(PrivateKeyError::CutOff)?;
        let label = &rest[..label_end];
        rest = &rest[label_end + DASHES.len()..];
        match label {
            b"PRIVATE KEY" | b"RSA PRIVATE KEY" => return from_pem_body(rest, label),
            b"ENCRYPTED PRIVATE KEY" => return Err(PrivateKeyError::Encrypted),
            b"EC PRIVATE KEY" | b"DSA PRIVATE KEY" => return Err(PrivateKeyError::OtherAlgorithm),
            b"OPENSSH PRIVATE KEY" => return Err(PrivateKeyError::OpenSsh),
            b"PUBLIC KEY" | b"RSA PUBLIC KEY" | b"CERTIFICATE" | b"TRUSTED CERTIFICATE" => {
                refused = PrivateKeyError::PublicKey;
            }
            _ => {}
        }
    }
    Err(refused)
}

fn from_pem_body(text: &[u8], label: &[u8]) -> Result<PrivateKey, PrivateKeyError> {
    let end = find(text, END).ok_or(PrivateKeyError::CutOff)?;
    let after = &text[end + END.len()..];
    if !after.starts_with(label) || !after[label.len()..].starts_with(DASHES) {
        return Err(PrivateKeyError::CutOff);
    }
    let mut base64 = SecretBytes(Vec::with_capacity(end));
    for line in text[..end].split(|byte| *byte == b'\n') {
        // Headers as in RFC 1421, which OpenSSL writes into an encrypted PKCS #1 key.
        if line.contains(&b':') {
            if find(line, b"ENCRYPTED").is_some() {
                return Err(PrivateKeyError::Encrypted);
            }
            continue;
        }
        let characters = line.iter().filter(|byte| !byte.is_ascii_whitespace());
        base64.0.extend(characters);
    }
    match STANDARD.decode(&base64.0).map(SecretBytes) {
        Ok(der) => from_der(&der.0),
        Err(_) if find(&base64.0, br"\n").is_some() => Err(PrivateKeyError::LiteralLineEnds),
        Err(_) => Err(PrivateKeyError::Base64),
    }
}

/// Reads a private key, or finds out what else the file contains.
#[expect(clippy::match_same_arms, reason = "one arm for each kind of file")]
pub(super) fn from_der(der: &[u8]) -> Result<PrivateKey, PrivateKeyError> {
    if der.first() != Some(&SEQUENCE) {
        return Err(PrivateKeyError::Malformed);
    }
    let mut file = Elements(der);
    let (Some((_, mut key)), []) = (file.next()?, file.0) else {
        return Err(PrivateKeyError::Malformed);
    };
    match (key.next()?, key.next()?) {
        // PKCS #1: a version, the modulus and the other numbers.
        (Some((INTEGER, Elements([0]))), Some((INTEGER, modulus))) => {
            check_size(modulus.0)?;
            PrivateKey::from_pkcs1_der(der).map_err(|_| PrivateKeyError::Inconsistent)
        }
        // PKCS #1 with more than two primes, which nobody uses.
        (Some((INTEGER, Elements([1]))), Some((INTEGER, _))) => {
            Err(PrivateKeyError::OtherAlgorithm)
        }
        // A public key in PKCS #1: modulus and exponent.
        (Some((INTEGER, _)), Some((INTEGER, _))) => Err(PrivateKeyError::PublicKey),
        // PKCS #8: a version, the algorithm, and the key in the format of that algorithm.
        (Some((INTEGER, Elements([0 | 1]))), Some((SEQUENCE, algorithm))) => {
            from_pkcs8(algorithm, key.next()?)
        }
        (Some((INTEGER, Elements([3]))), Some((SEQUENCE, _))) => Err(PrivateKeyError::Pkcs12),
        // SEC 1: an elliptic-curve key that is not wrapped in PKCS #8.
        (Some((INTEGER, Elements([1]))), Some((OCTET_STRING, _))) => {
            Err(PrivateKeyError::OtherAlgorithm)
        }
        (Some((SEQUENCE, _)), Some((OCTET_STRING, _))) => Err(PrivateKeyError::Encrypted),
        (Some((SEQUENCE, _)), Some((BIT_STRING | SEQUENCE, _))) => Err(PrivateKeyError::PublicKey),
        _ => Err(PrivateKeyError::Malformed),
    }
}

fn from_pkcs8(
    mut algorithm: Elements<'_>,
    key: Option<(u8, Elements<'_>)>,
) -> Result<PrivateKey, PrivateKeyError> {
    let Some((OCTET_STRING, Elements(key))) = key else {
        return Err(PrivateKeyError::Malformed);
    };
    match algorithm.next()? {
        Some((OBJECT_IDENTIFIER, Elements(RSA_ENCRYPTION))) => {}
        Some((OBJECT_IDENTIFIER, _)) => return Err(PrivateKeyError::OtherAlgorithm),
        _ => return Err(PrivateKeyError::Malformed),
    }
    let Some((SEQUENCE, mut numbers)) = Elements(key).next()? else {
        return Err(PrivateKeyError::Malformed);
    };
    let (Some((INTEGER, _)), Some((INTEGER, modulus))) = (numbers.next()?, numbers.next()?) else {
        return Err(PrivateKeyError::Malformed);
    };
    check_size(modulus.0)?;
    PrivateKey::from_pkcs1_der(key).map_err(|_| PrivateKeyError::Inconsistent)
}

fn check_size(modulus: &[u8]) -> Result<(), PrivateKeyError> {
    let bits = bits(modulus);
    if (1024..=8192).contains(&bits) {
        Ok(())
    } else {
        Err(PrivateKeyError::Size { bits })
    }
}

/// Bytes that are wiped on drop with the feature `zeroize`.
struct SecretBytes(Vec<u8>);

#[cfg(feature = "zeroize")]
impl Drop for SecretBytes {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}
