//! RSA-SHA1 ([RFC 5849 §3.4.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.3)), and the same with SHA-2.

mod der;
mod private_key;
mod public_key;

use alloc::sync::Arc;
use core::{fmt, marker::PhantomData};

use ::rsa::{Error, Pkcs1v15Sign, PrivateKey, traits::SignatureScheme};
use rand::rngs::SysRng;
use sha1::{Digest, Sha1, digest::const_oid::AssociatedOid};
use sha2::{Sha256, Sha512};

pub use self::private_key::PrivateKeyError;
pub(crate) use self::private_key::is_pem;
pub use self::public_key::{PublicKeyError, RsaPublicKey};
use super::{Signature, SigningError, SigningKey, VerifyingKey};
use crate::base_string::BaseString;

/// RSA-SHA1 (RFC 5849, section 3.4.3): signs with the consumer's private key. The secrets of the
/// consumer and the token are not used. Needs the feature `rsa`.
///
/// SHA-1 is considered broken for signatures, so use [`RsaSha256`] if the service accepts it. Apart
/// from the hash, both work the same: see there which keys can be read, and how a key is protected.
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
    /// Reads a private key in PEM. See [`RsaSha256::from_pem`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`], which says what was found instead.
    ///
    /// ```no_run
    /// use oauth1_signer::signature_method::RsaSha1;
    ///
    /// let key = RsaSha1::from_pem(&std::fs::read("key.pem")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_pem(pem: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_pem(pem.as_ref()).map(Self)
    }

    /// Reads a private key in DER. See [`RsaSha256::from_der`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`], which says what was found instead.
    ///
    /// ```no_run
    /// use oauth1_signer::signature_method::RsaSha1;
    ///
    /// let key = RsaSha1::from_der(&std::fs::read("key.der")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

/// Shows the size of the key in bits.
impl fmt::Debug for RsaSha1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, "RsaSha1")
    }
}

/// RSA-SHA256: signs with the consumer's private key. The secrets of the consumer and the token are
/// not used. Needs the feature `rsa`.
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
/// # How the key is protected
///
/// Signatures are computed by the `rsa` crate, which avoids branches and memory accesses that
/// depend on the key. In addition, each signature is blinded with fresh random bytes from the
/// operating system, and checked with the public key before it is returned. Clones share one key in
/// memory, which is wiped when the last of them is dropped.
///
/// Two risks remain. Some operations of that crate may still take a time that depends on the key,
/// and its advisory [RUSTSEC-2023-0071] is still open. The advisory describes servers that an
/// attacker can make decrypt or sign at will while measuring the time; a client that signs its own
/// requests seldom allows that. And anyone who can read the program's memory can read the key.
///
/// If this matters to you, keep the key in a security module or a key service. Implement
/// [`SigningKey`] for one that answers at once, and use
/// [`Signer::prepare`](crate::Signer::prepare) for one that answers later. Neither needs the
/// feature `rsa`.
///
/// [RUSTSEC-2023-0071]: https://rustsec.org/advisories/RUSTSEC-2023-0071.html
#[derive(Clone)]
pub struct RsaSha256(Key<Sha256>);

impl RsaSha256 {
    /// Reads a private key in PEM: PKCS #8 (`PRIVATE KEY`) or PKCS #1 (`RSA PRIVATE KEY`), of 1024
    /// to 8192 bits. Anything else in the file, such as certificates, is skipped.
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`], which says what was found instead.
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
    /// [`PrivateKeyError`], which says what was found instead.
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

/// Shows the size of the key in bits.
impl fmt::Debug for RsaSha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, "RsaSha256")
    }
}

/// RSA-SHA512: like [`RsaSha256`], with another hash. Needs the feature `rsa`.
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
    /// Reads a private key in PEM. See [`RsaSha256::from_pem`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`], which says what was found instead.
    ///
    /// ```no_run
    /// use oauth1_signer::signature_method::RsaSha512;
    ///
    /// let key = RsaSha512::from_pem(&std::fs::read("key.pem")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_pem(pem: &(impl AsRef<[u8]> + ?Sized)) -> Result<Self, PrivateKeyError> {
        Key::from_pem(pem.as_ref()).map(Self)
    }

    /// Reads a private key in DER. See [`RsaSha256::from_der`].
    ///
    /// # Errors
    ///
    /// [`PrivateKeyError`], which says what was found instead.
    ///
    /// ```no_run
    /// use oauth1_signer::signature_method::RsaSha512;
    ///
    /// let key = RsaSha512::from_der(&std::fs::read("key.der")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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

/// Shows the size of the key in bits.
impl fmt::Debug for RsaSha512 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, "RsaSha512")
    }
}

/// A private key and the hash that it signs with.
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
        // Passing a generator turns blinding on.
        match padding.sign(Some(&mut SysRng), &self.private, &hash) {
            Ok(bytes) => Ok(Signature::from_bytes(&bytes)),
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
