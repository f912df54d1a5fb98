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

    /// The name at the beginning of a text, before `end`.
    #[inline]
    pub(crate) fn beginning(text: &[u8], end: [u8; 2]) -> Option<Self> {
        let rest = text.strip_prefix(b"oauth_")?;
        // A letter or two decide which name it can be.
        let name = match rest.first_chunk()? {
            b"cal" => Self::Callback,
            b"con" => Self::ConsumerKey,
            b"non" => Self::Nonce,
            b"sig" if rest.get("signature".len()) == Some(&end[0]) => Self::Signature,
            b"sig" => Self::SignatureMethod,
            b"tim" => Self::Timestamp,
            b"tok" => Self::Token,
            b"ver" if rest.get(3) == Some(&b'i') => Self::Verifier,
            b"ver" => Self::Version,
            _ => return None,
        };
        let behind = text.strip_prefix(name.as_str().as_bytes())?;
        behind.starts_with(&end).then_some(name)
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
            assert_eq!(Name::beginning(text.as_bytes(), *b"=\""), Some(name));
            for end in 0..text.len() - "\"value".len() {
                let (start, rest) = text.split_at(end);
                let other = alloc::format!("{start}x{rest}");
                assert_eq!(Name::beginning(start.as_bytes(), *b"=\""), None);
                assert_eq!(Name::beginning(other.as_bytes(), *b"=\""), None);
            }
        }
        assert_eq!(Name::of("oauth_token_secret"), None);
    }
}
