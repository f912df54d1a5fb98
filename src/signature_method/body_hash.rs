//! The hash of a body that is no form (OAuth Request Body Hash 1.0, an extension).

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
/// RFC 5849 signs the parameters of a form and of no other body. A service that wants others
/// protected as well takes their hash, and says for which requests: mostly for those with a body
/// that is no form, some for all of them, with the hash of nothing where there is no body. It is
/// signed where [`Request::body_hash`](crate::Request::body_hash) is called, and nowhere else.
///
/// The hash follows the signature method: [`Signer::body_hash`](crate::Signer::body_hash) chooses
/// it. The constructors here are for a service that wants a certain one, and for methods that this
/// crate does not know.
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

/// The base64 of SHA-512.
const LONGEST: usize = 88;

impl BodyHash {
    /// Hashes a body with SHA-1.
    #[must_use]
    pub fn sha1(body: impl AsRef<[u8]>) -> Self {
        Self::new(&Sha1::digest(body))
    }

    /// Hashes a body with SHA-256.
    ///
    /// ```
    /// use oauth1_signer::signature_method::BodyHash;
    ///
    /// // No body at all.
    /// assert_eq!(BodyHash::sha256("").as_str(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    /// ```
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn sha256(body: impl AsRef<[u8]>) -> Self {
        Self::new(&Sha256::digest(body))
    }

    /// Hashes a body with SHA-512.
    #[cfg(feature = "sha2")]
    #[must_use]
    pub fn sha512(body: impl AsRef<[u8]>) -> Self {
        Self::new(&Sha512::digest(body))
    }

    /// The hash as it is sent, before it is percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        ascii(&self.text[..self.length])
    }

    pub(crate) fn of_method(method: &str, body: &[u8]) -> Result<Self, MethodError> {
        match method {
            "HMAC-SHA1" | "PLAINTEXT" | "RSA-SHA1" => Ok(Self::sha1(body)),
            #[cfg(feature = "sha2")]
            "HMAC-SHA256" | "RSA-SHA256" => Ok(Self::sha256(body)),
            #[cfg(feature = "sha2")]
            "HMAC-SHA512" | "RSA-SHA512" => Ok(Self::sha512(body)),
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
    /// Signs the hash of a body that is no form, as the extension OAuth Request Body Hash has it:
    /// `oauth_body_hash`. See [`Signer::body_hash`](crate::Signer::body_hash): services want the
    /// hash that belongs to the signature method, which is that of the signer it comes from.
    ///
    /// Send such a request with a header or a signed query: its body is taken.
    ///
    /// # Errors
    ///
    /// [`RequestError::BodyHashOfForm`] if there is a form: its parameters are signed already, and
    /// the extension rules it out. [`RequestError::DuplicateName`] if there is a hash already.
    ///
    /// ```
    /// use oauth1_signer::{Consumer, Request, Signer, Stamp};
    ///
    /// let signer = Signer::new(&Consumer::new("key", "secret"), None);
    /// let hash = signer.body_hash(r#"{"status": "Hello!"}"#)?;
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
