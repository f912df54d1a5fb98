//! The problems that a server can report (the Problem Reporting extension of OAuth Core 1.0).

use alloc::string::String;
use core::fmt;

use super::excerpt::excerpt;

/// What is wrong with a request: the value of `oauth_problem` (an extension of OAuth Core 1.0).
///
/// ```
/// use oauth1_signer::response::Problem;
///
/// assert_eq!(Problem::from("nonce_used"), Problem::NonceUsed);
/// assert_eq!(Problem::NonceUsed.as_str(), "nonce_used");
/// // Other values are kept as they are.
/// assert_eq!(Problem::from("some_future_problem").as_str(), "some_future_problem");
/// ```
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// The user has to authorize again, or to authorize more.
    AdditionalAuthorizationRequired,
    /// The server does not accept requests from this consumer at the moment.
    ConsumerKeyRefused,
    /// The consumer key has been revoked, or does not fit the request.
    ConsumerKeyRejected,
    /// The server does not know the consumer key.
    ConsumerKeyUnknown,
    /// The nonce has been used before.
    NonceUsed,
    /// A required parameter is missing.
    ParameterAbsent,
    /// The server does not accept the value of a parameter, or the place where it was sent.
    ParameterRejected,
    /// The user does not allow the consumer to do this.
    PermissionDenied,
    /// The user has not decided yet whether the consumer may do this.
    PermissionUnknown,
    /// The signature is not the one the server expects.
    SignatureInvalid,
    /// The server does not accept the signature method.
    SignatureMethodRejected,
    /// The timestamp is too far from the server's time, or older than the last one.
    TimestampRefused,
    /// The token has expired. It may be possible to renew it.
    TokenExpired,
    /// The server does not accept the token.
    TokenRejected,
    /// The user has revoked the token.
    TokenRevoked,
    /// The temporary credentials have already been exchanged for a token.
    TokenUsed,
    /// The user refused the authorization.
    UserRefused,
    /// The verification code is not the one that the user was given.
    VerifierInvalid,
    /// The server does not accept this version of OAuth.
    VersionRejected,
    /// Any other problem, under the name that the server gave it. Sentences that fit none of the
    /// problems above have these names: `body_hash_invalid` (Mastercard's `INVALID_BODY_HASH`),
    /// `could_not_authenticate` (code 32 of X, which is anything from a wrong signature to a wrong
    /// key), and `invalid_login_attempt` (`NetSuite`, whose Login Audit Trail tells more).
    Other(String),
}

impl Problem {
    /// The value of `oauth_problem`.
    ///
    /// ```
    /// use oauth1_signer::response::Problem;
    ///
    /// assert_eq!(Problem::TokenExpired.as_str(), "token_expired");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(name) => name,
            known => NAMES
                .iter()
                .find(|(_, problem)| problem == known)
                .map_or("", |(name, _)| name),
        }
    }
}

impl From<&str> for Problem {
    fn from(name: &str) -> Self {
        NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map_or_else(|| Self::Other(name.into()), |(_, problem)| problem.clone())
    }
}

/// Writes the value of `oauth_problem`. An unknown one is shortened and shown without anything that
/// looks like a secret.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(name) => f.write_str(&excerpt(name.as_bytes())),
            known => f.write_str(known.as_str()),
        }
    }
}

/// Shows the name of the variant, and an unknown problem as `Display` writes it.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Other(name) = self {
            return f
                .debug_tuple("Other")
                .field(&excerpt(name.as_bytes()))
                .finish();
        }
        // A variant has the name that is sent, in CamelCase.
        for word in self.as_str().split('_') {
            let mut letters = word.chars();
            if let Some(first) = letters.next() {
                write!(f, "{}{}", first.to_ascii_uppercase(), letters.as_str())?;
            }
        }
        Ok(())
    }
}

/// The problem that a sentence means.
pub(super) fn of_sentence(text: &str) -> Option<Problem> {
    let beginning = text.chars().take(READ);
    let plus_is_space = |c: char| {
        if c == '+' {
            ' '
        } else {
            c.to_ascii_lowercase()
        }
    };
    let text: String = beginning.map(plus_is_space).collect();
    SENTENCES
        .iter()
        .find(|(sentence, _)| text.contains(sentence))
        .map(|(_, problem)| Problem::from(*problem))
}

/// How many characters are searched: a sentence comes near the beginning of an answer.
const READ: usize = 4096;

const NAMES: [(&str, Problem); 19] = [
    (
        "additional_authorization_required",
        Problem::AdditionalAuthorizationRequired,
    ),
    ("consumer_key_refused", Problem::ConsumerKeyRefused),
    ("consumer_key_rejected", Problem::ConsumerKeyRejected),
    ("consumer_key_unknown", Problem::ConsumerKeyUnknown),
    ("nonce_used", Problem::NonceUsed),
    ("parameter_absent", Problem::ParameterAbsent),
    ("parameter_rejected", Problem::ParameterRejected),
    ("permission_denied", Problem::PermissionDenied),
    ("permission_unknown", Problem::PermissionUnknown),
    ("signature_invalid", Problem::SignatureInvalid),
    (
        "signature_method_rejected",
        Problem::SignatureMethodRejected,
    ),
    ("timestamp_refused", Problem::TimestampRefused),
    ("token_expired", Problem::TokenExpired),
    ("token_rejected", Problem::TokenRejected),
    ("token_revoked", Problem::TokenRevoked),
    ("token_used", Problem::TokenUsed),
    ("user_refused", Problem::UserRefused),
    ("verifier_invalid", Problem::VerifierInvalid),
    ("version_rejected", Problem::VersionRejected),
];
/// Sentences in lower case, and what they mean. The first one that occurs counts, so those that are
/// about time come first: some servers call an expired timestamp an invalid signature.
const SENTENCES: [(&str, &str); 40] = [
    // python-oauth2 and its relatives, PHP libraries, OKAPI
    ("expired timestamp", "timestamp_refused"),
    // Flickr
    ("timestamp is invalid", "timestamp_refused"),
    // Netflix; the key may also be unknown.
    ("missing required consumer key", "consumer_key_unknown"),
    ("authentication failed nonce invalid", "nonce_used"),
    (
        "authentication failed timestamp invalid",
        "timestamp_refused",
    ),
    (
        "authentication failed signature check failed",
        "signature_invalid",
    ),
    // X
    ("timestamp out of bounds", "timestamp_refused"),
    ("could not authenticate you", "could_not_authenticate"),
    ("invalid or expired token", "token_rejected"),
    // Other sentences about time and nonces
    ("timestamp given is invalid", "timestamp_refused"),
    ("invalid timestamp", "timestamp_refused"),
    ("invalid_timestamp", "timestamp_refused"),
    ("nonce already used", "nonce_used"),
    ("nonce has already been used", "nonce_used"),
    ("nonce is already", "nonce_used"),
    ("nonce_already_used", "nonce_used"),
    ("invalid nonce", "nonce_used"),
    ("invalid_nonce", "nonce_used"),
    // Mastercard
    ("invalid_body_hash", "body_hash_invalid"),
    ("incorrect oauth_body_hash", "body_hash_invalid"),
    ("oauth signatures did not match", "signature_invalid"),
    (
        "signature parameter failed verification",
        "signature_invalid",
    ),
    // Tumblr
    ("does not match expected value", "signature_invalid"),
    // Spring, WooCommerce, MediaWiki, IMS and many more
    ("invalid signature", "signature_invalid"),
    // Authlib and Yelp
    ("invalid_signature", "signature_invalid"),
    ("signature was invalid", "signature_invalid"),
    ("unsupported_signature_method", "signature_method_rejected"),
    ("missing_required_parameter", "parameter_absent"),
    // WP OAuth1
    ("signature_mismatch", "signature_invalid"),
    ("oauth signature does not match", "signature_invalid"),
    ("signature did not match", "signature_invalid"),
    ("signature verification failed", "signature_invalid"),
    // Magento 2
    ("the signature is invalid", "signature_invalid"),
    // HERE
    ("signature mismatch", "signature_invalid"),
    // A server in JavaScript that writes it like this
    ("illegal signaure", "signature_invalid"),
    ("illegal signature", "signature_invalid"),
    // WooCommerce and WP OAuth1
    ("consumer key is invalid", "consumer_key_unknown"),
    ("consumer key is not valid", "consumer_key_unknown"),
    ("invalid consumer", "consumer_key_unknown"),
    // NetSuite, which tells more in its Login Audit Trail
    ("invalid_login_attempt", "invalid_login_attempt"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_again() {
        for (name, problem) in NAMES {
            assert_eq!(Problem::from(name), problem);
            assert_eq!(problem.as_str(), name);
            assert!(!matches!(problem, Problem::Other(_)));
        }
    }

    #[test]
    fn debug_shows_the_name_of_the_variant() {
        for (problem, shown) in [
            (
                Problem::AdditionalAuthorizationRequired,
                "AdditionalAuthorizationRequired",
            ),
            (Problem::NonceUsed, "NonceUsed"),
            (Problem::SignatureMethodRejected, "SignatureMethodRejected"),
            (Problem::Other("x".into()), "Other(\"x\")"),
            (Problem::Other(String::new()), "Other(\"\")"),
        ] {
            assert_eq!(alloc::format!("{problem:?}"), shown);
        }
    }

    #[test]
    fn sentences_are_in_lower_case_and_recognised() {
        for (sentence, problem) in SENTENCES {
            assert_eq!(sentence, sentence.to_ascii_lowercase());
            assert_eq!(
                of_sentence(&sentence.to_ascii_uppercase()),
                Some(Problem::from(problem))
            );
        }
        assert_eq!(
            of_sentence("Invalid+Signature method"),
            Some(Problem::SignatureInvalid)
        );
        assert_eq!(of_sentence("Not found"), None);
    }
}
