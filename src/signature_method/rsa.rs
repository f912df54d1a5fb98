//! RSA with PKCS #1 v1.5 ([RFC 5849 §3.4.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.3)), and with SHA-2.

mod private_key;

use alloc::sync::Arc;
use core::{fmt, marker::PhantomData};

use ::rsa::{Error, Pkcs1v15Sign, PrivateKey, traits::SignatureScheme};
use rand::rngs::SysRng;
use sha1::{Digest, Sha1, digest::const_oid::AssociatedOid};
use sha2::{Sha256, Sha512};

pub use self::private_key::PrivateKeyError;
pub(crate) use self::private_key::is_pem;
use super::{Signature, SigningError, SigningKey};
use crate::base_string::BaseString;

/// RSA-SHA1. The consumer has a private key; the secrets of consumer and token play no part.
///
/// SHA-1 is no longer fit for signatures: take [`RsaSha256`] where the service does. For reading
/// keys, for what protects them and what does not, see there: all is the same but the hash.
///
/// ```no_run
/// use oauth1_signer::{Request, Signer, Stamp, signature_method::RsaSha1};
///
/// let key = RsaSha1::from_pem(&std::fs::read("key.pem")?)?;
/// let signer = Signer::with_key("consumer key", Some("token"), key);
/// let request = Request::get("https://api.example.com/")?;
/// let signed = signer.try_sign(&request, Stamp::now())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RsaSha1(Key<Sha1>);

impl RsaSha1 {
    /// Reads a private key in PEM, as [`RsaSha256::from_pem`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`] says what else it is.
    pub fn from_pem(pem: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_pem(pem.as_ref()).map(Self)
    }

    /// Reads a private key in DER, as [`RsaSha256::from_der`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`] says what else it is.
    pub fn from_der(der: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_der(der.as_ref()).map(Self)
    }
}

impl SigningKey for RsaSha1 {
    type Error = SigningError;

    fn method(&self) -> &'static str {
        "RSA-SHA1"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        self.0.sign(base_string)
    }
}

/// Shows the size of the key.
impl fmt::Debug for RsaSha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, "RsaSha1")
    }
}

/// RSA-SHA256. The consumer has a private key; the secrets of consumer and token play no part.
///
/// ```no_run
/// use oauth1_signer::{Request, Signer, Stamp, signature_method::RsaSha256};
///
/// let key = RsaSha256::from_pem(&std::fs::read("key.pem")?)?;
/// let signer = Signer::with_key("consumer key", None, key);
/// let hash = signer.body_hash("")?;
/// let request = Request::get("https://api.example.com/")?.body_hash(&hash)?;
/// let signed = signer.try_sign(&request, Stamp::now())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What protects the key, and what does not
///
/// The crate `rsa` computes, in a version that avoids branches and memory accesses that depend on
/// the key. On top of that each signature is blinded with fresh random octets of the operating
/// system, and checked with the public key before it leaves. Clones share one key in memory, which
/// is wiped with the last of them.
///
/// What remains: some operations of that crate are not yet known to take the same time for every
/// key, and its advisory [RUSTSEC-2023-0071] is still open. The advisory is about a server that an
/// attacker can make decrypt or sign at will while measuring it; a client that signs its own
/// requests seldom offers that. And a key in the memory of a program can be read by whoever can
/// read that memory.
///
/// Where this matters, keep the key in a security module or a key service: [`SigningKey`] for one
/// that answers at once, [`Signer::prepare`](crate::Signer::prepare) for one that answers later.
/// Neither needs the feature `rsa`.
///
/// [RUSTSEC-2023-0071]: https://rustsec.org/advisories/RUSTSEC-2023-0071.html
#[derive(Clone)]
pub struct RsaSha256(Key<Sha256>);

impl RsaSha256 {
    /// Reads a private key in PEM: PKCS #8 (`PRIVATE KEY`) or PKCS #1 (`RSA PRIVATE KEY`), of 1024
    /// to 8192 bits. What else is in the file, such as certificates, is passed over.
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`] says what else it is.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{PrivateKeyError, RsaSha256};
    ///
    /// let pem = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n...\n-----END ENCRYPTED PRIVATE KEY-----";
    /// let error = RsaSha256::from_pem(pem).unwrap_err();
    /// assert_eq!(error, PrivateKeyError::Encrypted);
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the key is encrypted: decrypt it first, for example with `openssl pkey`"
    /// );
    /// ```
    pub fn from_pem(pem: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_pem(pem.as_ref()).map(Self)
    }

    /// Reads a private key in DER: PKCS #8 or PKCS #1, of 1024 to 8192 bits.
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`] says what else it is.
    ///
    /// ```
    /// use oauth1_signer::signature_method::{PrivateKeyError, RsaSha256};
    ///
    /// let error = RsaSha256::from_der("no key").unwrap_err();
    /// assert_eq!(error, PrivateKeyError::Malformed);
    /// assert!(error.to_string().ends_with("(the content of the file, not its path)"));
    /// ```
    pub fn from_der(der: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_der(der.as_ref()).map(Self)
    }
}

impl SigningKey for RsaSha256 {
    type Error = SigningError;

    fn method(&self) -> &'static str {
        "RSA-SHA256"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        self.0.sign(base_string)
    }
}

/// Shows the size of the key.
impl fmt::Debug for RsaSha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, "RsaSha256")
    }
}

/// RSA-SHA512: [`RsaSha256`] in all but the hash.
///
/// ```no_run
/// use oauth1_signer::{Signer, signature_method::RsaSha512};
///
/// let key = RsaSha512::from_der(&std::fs::read("key.der")?)?;
/// let signer = Signer::with_key("consumer key", None, key);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RsaSha512(Key<Sha512>);

impl RsaSha512 {
    /// Reads a private key in PEM, as [`RsaSha256::from_pem`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`] says what else it is.
    pub fn from_pem(pem: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_pem(pem.as_ref()).map(Self)
    }

    /// Reads a private key in DER, as [`RsaSha256::from_der`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`] says what else it is.
    pub fn from_der(der: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_der(der.as_ref()).map(Self)
    }
}

impl SigningKey for RsaSha512 {
    type Error = SigningError;

    fn method(&self) -> &'static str {
        "RSA-SHA512"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        self.0.sign(base_string)
    }
}

/// Shows the size of the key.
impl fmt::Debug for RsaSha512 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, "RsaSha512")
    }
}

/// A private key, and the hash that it signs.
struct Key<D> {
    private: Arc<PrivateKey>,
    digest: PhantomData<fn() -> D>,
}

impl<D: AssociatedOid + Digest> Key<D> {
    fn from_pem(pem: &[u8]) -> Result<Self, PrivateKeyError> {
        private_key::from_pem(pem).map(Self::new)
    }

    fn from_der(der: &[u8]) -> Result<Self, PrivateKeyError> {
        private_key::from_der(der).map(Self::new)
    }

    fn new(private: PrivateKey) -> Self {
        Self {
            private: Arc::new(private),
            digest: PhantomData,
        }
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, SigningError> {
        let mut digest = D::new();
        base_string.for_each_chunk(|chunk| digest.update(chunk));
        let hash = digest.finalize();
        let padding = Pkcs1v15Sign::new::<D>();
        // With a generator, the operation is blinded.
        match padding.sign(Some(&mut SysRng), &self.private, &hash) {
            Ok(octets) => Ok(Signature::from_bytes(&octets)),
            Err(Error::Rng) => Err(SigningError::Random),
            Err(_) => Err(SigningError::PrivateKey),
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        use ::rsa::traits::PublicKeyParts;

        write!(
            f,
            "{name}({} bits, [redacted])",
            self.private.n().bit_width()
        )
    }
}

impl<D> Clone for Key<D> {
    fn clone(&self) -> Self {
        Self {
            private: Arc::clone(&self.private),
            digest: PhantomData,
        }
    }
}
