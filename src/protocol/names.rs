//! The names of the protocol parameters, in their only ordered list ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

/// A protocol parameter that is not an extra one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Name {
    Callback,
    ConsumerKey,
    Nonce,
    Signature,
    SignatureMethod,
    Timestamp,
    Token,
    Verifier,
    Version,
}

impl Name {
    /// All names, sorted ([RFC 5849 §3.4.1.3.2]).
    ///
    /// [RFC 5849 §3.4.1.3.2]: https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.3.2
    pub(crate) const ALL: [Self; 9] = [
        Self::Callback,
        Self::ConsumerKey,
        Self::Nonce,
        Self::Signature,
        Self::SignatureMethod,
        Self::Timestamp,
        Self::Token,
        Self::Verifier,
        Self::Version,
    ];

    /// The names whose values change from request to request, sorted.
    pub(crate) const CHANGING: [Self; 5] = {
        let mut changing = [Self::Callback; 5];
        let (mut name, mut place) = (0, 0);
        while name < Self::ALL.len() {
            if Self::ALL[name].is_changing() {
                changing[place] = Self::ALL[name];
                place += 1;
            }
            name += 1;
        }
        assert!(place == changing.len());
        changing
    };

    pub(crate) const fn is_changing(self) -> bool {
        matches!(
            self,
            Self::Callback | Self::Nonce | Self::Signature | Self::Timestamp | Self::Verifier
        )
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Callback => "oauth_callback",
            Self::ConsumerKey => "oauth_consumer_key",
            Self::Nonce => "oauth_nonce",
            Self::Signature => "oauth_signature",
            Self::SignatureMethod => "oauth_signature_method",
            Self::Timestamp => "oauth_timestamp",
            Self::Token => "oauth_token",
            Self::Verifier => "oauth_verifier",
            Self::Version => "oauth_version",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::of_bytes(name.as_bytes())
    }

    /// The name at the beginning of a text, if `="` follows.
    #[inline]
    pub(crate) fn beginning(text: &[u8]) -> Option<Self> {
        // A few letters decide which name it can be.
        match text.get("oauth_".len()..)?.first_chunk()? {
            b"cal" => Self::Callback.if_begins::<{ Self::Callback as usize }>(text),
            b"con" => Self::ConsumerKey.if_begins::<{ Self::ConsumerKey as usize }>(text),
            b"non" => Self::Nonce.if_begins::<{ Self::Nonce as usize }>(text),
            b"sig" if text.get(Self::Signature.as_str().len()) == Some(&b'=') => {
                Self::Signature.if_begins::<{ Self::Signature as usize }>(text)
            }
            b"sig" => Self::SignatureMethod.if_begins::<{ Self::SignatureMethod as usize }>(text),
            b"tim" => Self::Timestamp.if_begins::<{ Self::Timestamp as usize }>(text),
            b"tok" => Self::Token.if_begins::<{ Self::Token as usize }>(text),
            b"ver" if text.get("oauth_ver".len()) == Some(&b'i') => {
                Self::Verifier.if_begins::<{ Self::Verifier as usize }>(text)
            }
            b"ver" => Self::Version.if_begins::<{ Self::Version as usize }>(text),
            _ => None,
        }
    }

    /// Compares with a name whose length is known to the compiler.
    #[inline(always)]
    fn if_begins<const NAME: usize>(self, text: &[u8]) -> Option<Self> {
        let behind = text.strip_prefix(const { Self::ALL[NAME].as_str().as_bytes() })?;
        behind.starts_with(b"=\"").then_some(self)
    }

    #[inline]
    pub(crate) fn of_bytes(name: &[u8]) -> Option<Self> {
        let rest = name.strip_prefix(b"oauth_")?;
        Some(match rest {
            b"callback" => Self::Callback,
            b"consumer_key" => Self::ConsumerKey,
            b"nonce" => Self::Nonce,
            b"signature" => Self::Signature,
            b"signature_method" => Self::SignatureMethod,
            b"timestamp" => Self::Timestamp,
            b"token" => Self::Token,
            b"verifier" => Self::Verifier,
            b"version" => Self::Version,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_found_again() {
        assert!(Name::ALL.is_sorted_by_key(|name| name.as_str()));
        for (place, name) in Name::ALL.into_iter().enumerate() {
            assert_eq!(name as usize, place);
            assert_eq!(Name::of(name.as_str()), Some(name));
            let text = alloc::format!("{}=\"value", name.as_str());
            assert_eq!(Name::beginning(text.as_bytes()), Some(name));
            for end in 0..text.len() - "\"value".len() {
                let (start, rest) = text.split_at(end);
                let other = alloc::format!("{start}x{rest}");
                assert_eq!(Name::beginning(start.as_bytes()), None);
                assert_eq!(Name::beginning(other.as_bytes()), None);
            }
        }
        assert_eq!(Name::of("oauth_token_secret"), None);
    }
}
