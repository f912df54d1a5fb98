//! Bodies whose bytes can be read ([RFC 5849 §3.4.1.3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.1)).

use alloc::{borrow::Cow, boxed::Box, string::String, sync::Arc, vec::Vec};

use bytes::Bytes;

/// A body whose bytes can be read, so that a form can be signed.
///
/// Text, bytes and `()` are such bodies. Implement the trait for your own body type to sign requests
/// with it.
///
/// ```
/// use oauth1_signer::http::BodyBytes;
///
/// enum Body {
///     Whole(Vec<u8>),
///     File(std::fs::File),
/// }
///
/// impl BodyBytes for Body {
///     fn body_bytes(&self) -> Option<&[u8]> {
///         match self {
///             Body::Whole(bytes) => Some(bytes),
///             Body::File(_) => None,
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the bytes of the body `{Self}` cannot be read to sign a form",
    note = "bodies that can be read are `()`, text and bytes: sign the request before its body is turned into `{Self}`",
    note = "if `{Self}` is your own type, implement `BodyBytes` for it",
    note = "to sign with a body that is a stream, pass `None` to `Signer::http_authorization` in its place"
)]
pub trait BodyBytes {
    /// The bytes that will be sent, or `None` if they cannot be read, as those of a stream. Without
    /// them, signing a form is an error; other bodies are not signed.
    ///
    /// ```
    /// use oauth1_signer::http::BodyBytes;
    ///
    /// assert_eq!("a=b".body_bytes(), Some(&b"a=b"[..]));
    /// assert_eq!(().body_bytes(), Some(&b""[..]));
    /// ```
    fn body_bytes(&self) -> Option<&[u8]>;
}

impl BodyBytes for () {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(&[])
    }
}

impl BodyBytes for str {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self.as_bytes())
    }
}

impl BodyBytes for String {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self.as_bytes())
    }
}

impl BodyBytes for [u8] {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self)
    }
}

impl<const N: usize> BodyBytes for [u8; N] {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self)
    }
}

impl BodyBytes for Vec<u8> {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self)
    }
}

impl BodyBytes for Bytes {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self)
    }
}

impl BodyBytes for Cow<'_, str> {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self.as_bytes())
    }
}

impl BodyBytes for Cow<'_, [u8]> {
    fn body_bytes(&self) -> Option<&[u8]> {
        Some(self)
    }
}

/// `None` is an empty body.
impl<B: BodyBytes> BodyBytes for Option<B> {
    fn body_bytes(&self) -> Option<&[u8]> {
        self.as_ref().map_or(Some(&[]), B::body_bytes)
    }
}

impl<B: BodyBytes + ?Sized> BodyBytes for &B {
    fn body_bytes(&self) -> Option<&[u8]> {
        (**self).body_bytes()
    }
}

impl<B: BodyBytes + ?Sized> BodyBytes for Box<B> {
    fn body_bytes(&self) -> Option<&[u8]> {
        (**self).body_bytes()
    }
}

impl<B: BodyBytes + ?Sized> BodyBytes for Arc<B> {
    fn body_bytes(&self) -> Option<&[u8]> {
        (**self).body_bytes()
    }
}
