//! Checking RSA signatures ([RFC 5849 §3.4.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.3)).

use alloc::{sync::Arc, vec::Vec};
use core::fmt;

use ::rsa::{Pkcs1v15Sign, PublicKey, pkcs1::DecodeRsaPublicKey, traits::PublicKeyParts};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha1::{Digest, Sha1, digest::const_oid::AssociatedOid};
use sha2::{Sha256, Sha512};
use thiserror::Error;

use super::VerifyingKey;
use super::der::{
    BEGIN, BIT_STRING, DASHES, DerError, END, Elements, INTEGER, OBJECT_IDENTIFIER, RSA_ENCRYPTION,
    SEQUENCE, bits, find,
};
use crate::base_string::BaseString;

/// A consumer's public key, to check signatures of RSA-SHA1, RSA-SHA256 and RSA-SHA512 with. Needs the
/// feature `rsa`.
///
/// The client chooses the method, and a verifier's policy says which methods it may choose. SHA-1 is
/// considered broken for signatures, so leave RSA-SHA1 out if no consumer needs it.
///
/// Clones share one key in memory.
///
/// ```
/// use oauth1_signer::signature_method::{RsaPublicKey, VerifyingKey};
///
/// let pem = "-----BEGIN PUBLIC KEY-----
/// MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCtBZtQ5GINZeaKxYEY5DVRzD2c
/// A7A/2om56ywb6kNNqeNv+D28WeoeiLuZHWxKf4DR5Rco2Q5cfA/dhgA6qmoUlJHV
/// DXdZ+vnil4mwnkQHKa2xvqXHtuPUOPJRLscXPNiyM0LyH/pEFqCFMfuUyLYyM8jY
/// GiInUJXjoY4/e0/N7wIDAQAB
/// -----END PUBLIC KEY-----";
/// let key = RsaPublicKey::from_pem(pem)?;
/// assert!(key.supports("RSA-SHA256"));
/// assert_eq!(format!("{key:?}"), "RsaPublicKey(1024 bits)");
/// # Ok::<(), oauth1_signer::signature_method::PublicKeyError>(())
/// ```
///
/// # Certificates
///
/// This crate does not read X.509 certificates, because it would have to say whether they are valid.
/// Take the key out with `openssl x509 -in certificate.pem -noout -pubkey`.
#[derive(Clone)]
pub struct RsaPublicKey(Arc<PublicKey>);

impl RsaPublicKey {
    /// Reads a public key in PEM: `PUBLIC KEY` (X.509 SPKI) or `RSA PUBLIC KEY` (PKCS #1), of 1024 to
    /// 8192 bits. Anything around it is skipped.
    ///
    /// # Errors
    ///
    /// [`PublicKeyError`], which says what was found instead.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{PublicKeyError, RsaPublicKey};
    ///
    /// let pem = "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----";
    /// assert_eq!(RsaPublicKey::from_pem(pem).unwrap_err(), PublicKeyError::Certificate);
    /// ```
    pub fn from_pem(pem: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PublicKeyError> {
        from_pem(pem.as_ref()).map(Self::new)
    }

    /// Reads a public key in DER: X.509 SPKI or PKCS #1, of 1024 to 8192 bits.
    ///
    /// # Errors
    ///
    /// [`PublicKeyError`], which says what was found instead.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{PublicKeyError, RsaPublicKey};
    ///
    /// let error = RsaPublicKey::from_der("no key").unwrap_err();
    /// assert_eq!(error, PublicKeyError::Malformed);
    /// ```
    pub fn from_der(der: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PublicKeyError> {
        from_der(der.as_ref()).map(Self::new)
    }

    fn new(key: PublicKey) -> Self {
        Self(Arc::new(key))
    }

    fn is_signed<D>(&self, base_string: &BaseString<'_>, signature: &str) -> bool
    where
        D: AssociatedOid + Digest,
    {
        let mut digest = D::new();
        base_string.for_each_chunk(|chunk| digest.update(chunk));
        let hash = digest.finalize();
        let size = self.0.size();
        // A signature that is not base64 of the right length is replaced, so that it takes as long.
        let bytes = STANDARD.decode(signature).unwrap_or_default();
        let has_size = bytes.len() == size;
        let mut instead = Vec::new();
        if !has_size {
            instead.resize(size, 1);
            instead[0] = 0;
        }
        let bytes = if has_size { &bytes } else { &instead };
        let verified = self.0.verify(Pkcs1v15Sign::new::<D>(), &hash, bytes);
        has_size && verified.is_ok()
    }
}

impl VerifyingKey for RsaPublicKey {
    fn supports(&self, method: &str) -> bool {
        matches!(method, "RSA-SHA1" | "RSA-SHA256" | "RSA-SHA512")
    }

    fn verify(&self, method: &str, base_string: &BaseString<'_>, signature: &str) -> bool {
        match method {
            "RSA-SHA1" => self.is_signed::<Sha1>(base_string, signature),
            "RSA-SHA256" => self.is_signed::<Sha256>(base_string, signature),
            "RSA-SHA512" => self.is_signed::<Sha512>(base_string, signature),
            _ => false,
        }
    }

    /// A key of 2048 bits whose private key was never written down.
    fn stand_in() -> Self {
        Self::from_pem(STAND_IN).expect("a valid key")
    }
}

/// Shows the size of the key in bits.
impl fmt::Debug for RsaPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaPublicKey({} bits)", self.0.n().bit_width())
    }
}

/// Why a public key could not be read. Needs the feature `rsa`.
///
/// ```
/// use oauth1_signer::signature_method::{PublicKeyError, RsaPublicKey};
///
/// let error = RsaPublicKey::from_pem("-----BEGIN PRIVATE KEY-----\nMIIEvg").unwrap_err();
/// assert_eq!(error, PublicKeyError::PrivateKey);
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum PublicKeyError {
    /// The lines between the first and the last line of the PEM block are not valid base64.
    #[error("the base64 of the key is damaged")]
    Base64,
    /// The file contains a certificate.
    #[error(
        "this is a certificate: take the key out with `openssl x509 -in certificate.pem -noout -pubkey`"
    )]
    Certificate,
    /// The end of the key is missing.
    #[error("the key is cut off")]
    CutOff,
    /// The file has the format of an RSA key, but its numbers cannot be used.
    #[error("the numbers of the key do not make up an RSA key")]
    Inconsistent,
    /// The text has a backslash and an `n` in place of each line end.
    #[error("the key has literal \\n instead of line ends")]
    LiteralLineEnds,
    /// The input is not a key in PEM or DER.
    #[error(
        "this is not a public key in PEM, with its first and last line, or in DER \
         (the content of the file, not its path)"
    )]
    Malformed,
    /// The key is in the format of OpenSSH.
    #[error("the key is in the format of OpenSSH: convert it with `ssh-keygen -e -m PKCS8 -f`")]
    OpenSsh,
    /// The key is for another algorithm, such as ECDSA, or restricted to RSASSA-PSS.
    #[error("the key is not for RSA with PKCS #1 v1.5")]
    OtherAlgorithm,
    /// The file contains a private key, which a server should not have.
    #[error(
        "this is a private key: verifying takes the public key, which `openssl pkey -pubout` writes"
    )]
    PrivateKey,
    /// The key is too small to be safe, or larger than anyone uses.
    #[error("the key has {bits} bits: those of 1024 to 8192 bits are accepted")]
    Size {
        /// The length of the modulus in bits.
        bits: usize,
    },
}

impl From<DerError> for PublicKeyError {
    fn from(error: DerError) -> Self {
        match error {
            DerError::CutOff => Self::CutOff,
            DerError::Malformed => Self::Malformed,
        }
    }
}

/// Reads the first public key in a PEM file and skips everything around it.
fn from_pem(file: &[u8]) -> Result<PublicKey, PublicKeyError> {
    if file.trim_ascii_start().starts_with(b"ssh-") {
        return Err(PublicKeyError::OpenSsh);
    }
    let mut rest = file;
    let mut refused = PublicKeyError::Malformed;
    while let Some(begin) = find(rest, BEGIN) {
        rest = &rest[begin + BEGIN.len()..];
        let label_end = find(rest, DASHES).ok_or(PublicKeyError::CutOff)?;
        let label = &rest[..label_end];
        rest = &rest[label_end + DASHES.len()..];
        match label {
            b"PUBLIC KEY" | b"RSA PUBLIC KEY" => return from_pem_body(rest, label),
            b"CERTIFICATE" | b"TRUSTED CERTIFICATE" => refused = PublicKeyError::Certificate,
            b"SSH2 PUBLIC KEY" => refused = PublicKeyError::OpenSsh,
            label if label.ends_with(b"PRIVATE KEY") => refused = PublicKeyError::PrivateKey,
            _ => {}
        }
    }
    Err(refused)
}

fn from_pem_body(text: &[u8], label: &[u8]) -> Result<PublicKey, PublicKeyError> {
    let end = find(text, END).ok_or(PublicKeyError::CutOff)?;
    let after = &text[end + END.len()..];
    if !after.starts_with(label) || !after[label.len()..].starts_with(DASHES) {
        return Err(PublicKeyError::CutOff);
    }
    let body = &text[..end];
    let base64: Vec<u8> = body
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    match STANDARD.decode(base64) {
        Ok(der) => from_der(&der),
        Err(_) if find(body, br"\n").is_some() => Err(PublicKeyError::LiteralLineEnds),
        Err(_) => Err(PublicKeyError::Base64),
    }
}

/// Reads a public key, or finds out what else the file contains.
fn from_der(der: &[u8]) -> Result<PublicKey, PublicKeyError> {
    if der.first() != Some(&SEQUENCE) {
        return Err(PublicKeyError::Malformed);
    }
    let mut file = Elements(der);
    let (Some((_, mut key)), []) = (file.next()?, file.0) else {
        return Err(PublicKeyError::Malformed);
    };
    match (key.next()?, key.next()?) {
        // PKCS #1 and PKCS #8 of a private key begin with a version, which a modulus never is.
        (Some((INTEGER, Elements([_]))), _) => Err(PublicKeyError::PrivateKey),
        // PKCS #1: modulus and exponent.
        (Some((INTEGER, modulus)), Some((INTEGER, _))) => from_pkcs1(der, modulus.0),
        // SPKI: the algorithm, and the key in the format of that algorithm.
        (Some((SEQUENCE, algorithm)), Some((BIT_STRING, Elements([0, key @ ..])))) => {
            from_spki(algorithm, key)
        }
        // What is signed of a certificate, the algorithm and the signature.
        (Some((SEQUENCE, _)), Some((SEQUENCE, _))) => Err(PublicKeyError::Certificate),
        _ => Err(PublicKeyError::Malformed),
    }
}

fn from_spki(mut algorithm: Elements<'_>, key: &[u8]) -> Result<PublicKey, PublicKeyError> {
    match algorithm.next()? {
        Some((OBJECT_IDENTIFIER, Elements(RSA_ENCRYPTION))) => {}
        Some((OBJECT_IDENTIFIER, _)) => return Err(PublicKeyError::OtherAlgorithm),
        _ => return Err(PublicKeyError::Malformed),
    }
    let Some((SEQUENCE, mut numbers)) = Elements(key).next()? else {
        return Err(PublicKeyError::Malformed);
    };
    match numbers.next()? {
        Some((INTEGER, modulus)) => from_pkcs1(key, modulus.0),
        _ => Err(PublicKeyError::Malformed),
    }
}

fn from_pkcs1(der: &[u8], modulus: &[u8]) -> Result<PublicKey, PublicKeyError> {
    let bits = bits(modulus);
    if !(1024..=8192).contains(&bits) {
        return Err(PublicKeyError::Size { bits });
    }
    PublicKey::from_pkcs1_der(der).map_err(|_| PublicKeyError::Inconsistent)
}

const STAND_IN: &str = "\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuhBPGtV8zjH4GiiFRS2v
i2c1XJc0U0V7r85f4Iy5N1s7wmp93t+G0KV79NgMQMSUqnP73ph5X/qZvPjsm0g4
msx3nG21P//iY1Grt+wf2Q5Flw4yFhYjdxOaCat/1xhHvM4Roq6kHzF0rEtQXVO9
nFlnP3PrDlePGiaa1qJq7AkvLqPrHqn+xADIoOTQCLccit3Ayt7EJdIOLNvQIImL
sAq8ia326KmYmeua1pqqx5xnnzbVpTms/WmlK57kgmOTUtC8RGeEC2AyD/kmpKsu
4BZMy41H1C3VJB5vbNzk8yjzElWZoBV+gt/TRy5a+nESMlNndzBLKCsf5CpPuUih
zwIDAQAB
-----END PUBLIC KEY-----";
