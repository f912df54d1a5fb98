//! The hash of a body that is not a form (OAuth Request Body Hash 1.0, an extension).

use core::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha1::{Digest, Sha1};
#[cfg(feature = "sha2")]
use sha2::{Sha256, Sha512};

use super::MethodError;
use crate::{
    encode::ascii,
    request::{BODY_HASH, Request, RequestError},
};

/// The value of `oauth_body_hash`: the hash of a request's body, in base64.
///
/// RFC 5849 signs the body only if it is a form. Services that want other bodies protected ask for
/// their hash, and document which requests need it: usually those whose body is not a form, and
/// sometimes every request, with the hash of an empty body if it has none. A request carries the
/// hash only if you call [`Request::body_hash`](crate::Request::body_hash).
///
/// Usually, [`Signer::body_hash`](crate::Signer::body_hash) is what you want: it picks the hash
/// that goes with the signature method. Use the constructors here if the service asks for a
/// specific hash, or if this crate does not know the signature method.
///
/// ```
/// use oauth1_signer::signature_method::BodyHash;
///
/// assert_eq!(BodyHash::sha1("Hello World!").as_str(), "Lve95gjOVATpfV8EL5X4nxwjKHE=");
/// ```
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct BodyHash {
    text: [u8; LONGEST],
    length: usize,
}

/// The length of a SHA-512 hash in base64.
const LONGEST: usize = 88;

impl BodyHash {
    /// Hashes a body with SHA-1.
    ///
    /// ```
    /// use oauth1_signer::signature_method::BodyHash;
    ///
    /// let body = r#"{"status": "Hello!"}"#;
    /// assert_eq!(BodyHash::sha1(body).as_str().len(), 28);
    /// ```
    #[must_use]
    pub fn sha1(body: impl AsRef<[u8]>) -> Self {
        Self::new(&Sha1::digest(body))
    }

    /// Hashes a body with SHA-256. Needs the feature `sha2`.
    ///
    /// ```
    /// use oauth1_signer::signature_method::BodyHash;
    ///
    /// // The hash of an empty body, for a request without one.
    /// assert_eq!(BodyHash::sha256("").as_str(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    /// ```
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn sha256(body: impl AsRef<[u8]>) -> Self {
        Self::new(&Sha256::digest(body))
    }

    /// Hashes a body with SHA-512. Needs the feature `sha2`.
    ///
    /// ```
    /// use oauth1_signer::signature_method::BodyHash;
    ///
    /// assert_eq!(BodyHash::sha512("Hello World!").as_str().len(), 88);
    /// ```
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn sha512(body: impl AsRef<[u8]>) -> Self {
        Self::new(&Sha512::digest(body))
    }

    /// The hash in base64, before percent-encoding.
    ///
    /// ```
    /// use oauth1_signer::signature_method::BodyHash;
    ///
    /// assert_eq!(BodyHash::sha1("").as_str(), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        ascii(&self.text[..self.length])
    }

    /// The hash that goes with a signature method.
    pub(crate) fn of_method(method: &str) -> Result<fn(&[u8]) -> Self, MethodError> {
        match method {
            "HMAC-SHA1" | "PLAINTEXT" | "RSA-SHA1" => Ok(|body| Self::sha1(body)),
            #[cfg(feature = "sha2")]
            "HMAC-SHA256" | "RSA-SHA256" => Ok(|body| Self::sha256(body)),
            #[cfg(feature = "sha2")]
            "HMAC-SHA512" | "RSA-SHA512" => Ok(|body| Self::sha512(body)),
            #[cfg(not(feature = "sha2"))]
            "HMAC-SHA256" | "RSA-SHA256" | "HMAC-SHA512" | "RSA-SHA512" => {
                Err(MethodError::Feature {
                    name: method.into(),
                    feature: "sha2",
                })
            }
            _ => Err(MethodError::Unknown {
                name: method.into(),
            }),
        }
    }

    fn new(hash: &[u8]) -> Self {
        let mut text = [0; LONGEST];
        let length = STANDARD
            .encode_slice(hash, &mut text)
            .expect("there is room for the longest hash");
        Self { text, length }
    }
}

impl<'a> Request<'a> {
    /// Adds `oauth_body_hash`, the hash of a body that is not a form (OAuth Request Body Hash 1.0,
    /// an extension). Take the hash from the signer that will sign the request, with
    /// [`Signer::body_hash`](crate::Signer::body_hash): it has to match the signature method.
    ///
    /// Send the protocol parameters of such a request in the header or in the query, because they
    /// cannot be added to the body.
    ///
    /// # Errors
    ///
    /// [`RequestError::BodyHashOfForm`] if the request has a form: its parameters are signed
    /// anyway, and the extension forbids the hash. [`RequestError::DuplicateName`] if the request has a
    /// body hash already.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let body = r#"{"status": "Hello!"}"#;
    /// let hash = signer.body_hash(body)?;
    /// let request = Request::post("https://api.example.com/posts")?.body_hash(&hash)?;
    /// let signed = signer.sign(&request, Stamp::new("nonce", 1316657628));
    /// assert!(signed.authorization_header().to_value().contains("oauth_body_hash="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn body_hash(self, hash: &'a BodyHash) -> Result<Self, RequestError> {
        self.protocol_parameter(BODY_HASH, hash.as_str())
    }
}

impl fmt::Display for BodyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BodyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BodyHash({self})")
    }
}
