//! Refusals, and how they are answered ([RFC 5849 §3.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.2)).

use alloc::{format, string::String, vec::Vec};

use thiserror::Error;

use super::IncomingError;
use crate::{
    encode::encode,
    response::Problem,
    transmission::{AuthorizationError, Realm},
};

/// Why a request was refused, and what to answer.
///
/// The answer never tells the client whether the consumer or the token exists, which signature was
/// expected, or which base string. For the developer of the server, `Display` says more, and so does
/// [`Incoming::explain`](super::Incoming::explain).
///
/// ```
/// use oauth1_signer::{Realm, verifier::Refusal};
///
/// let refusal = Refusal::Signature;
/// assert_eq!(refusal.status(), 401);
/// assert_eq!(refusal.body(), "oauth_problem=signature_invalid");
/// let realm = Realm::new("Photos")?;
/// assert_eq!(
///     refusal.www_authenticate(Some(&realm)).as_deref(),
///     Some(r#"OAuth realm="Photos", oauth_problem="signature_invalid""#)
/// );
/// # Ok::<(), oauth1_signer::RealmError>(())
/// ```
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// The body is not the one whose hash was signed.
    #[error("the body is not the one whose hash was signed")]
    BodyHash,
    /// The policy wants bodies that are not forms to be signed with an `oauth_body_hash`.
    #[error("the body is not signed: oauth_body_hash is missing")]
    BodyHashMissing,
    /// The hash of the body is the SHA-1 one, and the signature method goes with another. Python's oauthlib
    /// sends it: see [`Policy::allow_sha1_body_hash`](super::Policy::allow_sha1_body_hash). The client gets
    /// the same answer as for [`BodyHash`](Self::BodyHash).
    #[error(
        "oauth_body_hash is SHA-1, which does not go with the signature method: let the policy allow it"
    )]
    BodyHashSha1,
    /// The program could not look up the credentials, because its database is down for example. An unknown
    /// consumer or token is a [`Signature`](Self::Signature) that is not valid: see
    /// [`Verifier::verify`](super::Verifier::verify).
    ///
    /// ```
    /// use oauth1_signer::{signature_method::SharedSecrets, verifier::Refusal};
    ///
    /// fn find(
    ///     look_up: impl Fn(&str) -> std::io::Result<Option<SharedSecrets>>,
    ///     consumer_key: &str,
    /// ) -> Result<Option<SharedSecrets>, Refusal> {
    ///     look_up(consumer_key).map_err(|error| Refusal::Credentials { message: error.to_string() })
    /// }
    /// ```
    #[error("the credentials could not be looked up: {message}")]
    Credentials {
        /// The error message of the program, which is not sent to the client.
        message: String,
    },
    /// The request is malformed.
    #[error(transparent)]
    Incoming(#[from] IncomingError),
    /// PLAINTEXT was used over http.
    #[error("PLAINTEXT was used over http")]
    InsecureTransport,
    /// The nonce is shorter or longer than the policy allows.
    #[error("the nonce does not have {least} to {most} bytes")]
    NonceLength {
        /// The least bytes that are accepted.
        least: usize,
        /// The most bytes that are accepted.
        most: usize,
    },
    /// The nonce has been used before: the request is a replay.
    #[error("the nonce has been used before")]
    NonceUsed,
    /// The program refused the request. See [`Refusal::because`].
    #[error("refused: {0}")]
    Problem(Problem),
    /// The consumer or the token is unknown, or no key fits. The client cannot tell which.
    #[error("the signature is not valid, or the consumer or the token is unknown")]
    Signature,
    /// The policy does not allow the signature method, or the verifier's keys do not support it. For keys of
    /// your own, see [`Verifier::with_key_type`](super::Verifier::with_key_type).
    #[error("the signature method is not accepted")]
    SignatureMethod,
    /// The store of nonces is full or could not be reached.
    #[error("the nonce could not be checked: {message}")]
    Store {
        /// The error message of the store, which is not sent to the client.
        message: String,
    },
    /// The timestamp is too far from the server's clock.
    #[error("the timestamp is not from {earliest} to {latest}")]
    Timestamp {
        /// The first second that would have been accepted.
        earliest: u64,
        /// The last one.
        latest: u64,
    },
}

impl Refusal {
    /// Refuses a request for a reason of the program, such as a token that has expired or that may not do
    /// what the request wants.
    ///
    /// Do not use it for consumers and tokens that are unknown: pass no key to
    /// [`Verifier::verify`](super::Verifier::verify), and the answer does not tell them apart.
    ///
    /// ```
    /// use oauth1_signer::{response::Problem, verifier::Refusal};
    ///
    /// let refusal = Refusal::because(Problem::TokenExpired);
    /// assert_eq!(refusal.body(), "oauth_problem=token_expired");
    /// ```
    #[must_use]
    pub fn because(problem: Problem) -> Self {
        Self::Problem(problem)
    }

    /// The status of the answer: 400 if the request is malformed or needs what the server does not
    /// support, 401 if it is not authorized, and 503 if the server could not tell: the credentials could
    /// not be looked up, or the store of nonces failed.
    ///
    /// ```
    /// use oauth1_signer::verifier::Refusal;
    ///
    /// assert_eq!(Refusal::NonceUsed.status(), 401);
    /// assert_eq!(Refusal::SignatureMethod.status(), 400);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Credentials { .. } | Self::Store { .. } => 503,
            Self::BodyHash
            | Self::BodyHashSha1
            | Self::Incoming(IncomingError::NotSigned)
            | Self::NonceUsed
            | Self::Problem(_)
            | Self::Signature
            | Self::Timestamp { .. } => 401,
            Self::BodyHashMissing
            | Self::Incoming(_)
            | Self::InsecureTransport
            | Self::NonceLength { .. }
            | Self::SignatureMethod => 400,
        }
    }

    /// What the answer says is wrong, by the Problem Reporting extension. A database that failed is not
    /// the client's problem.
    ///
    /// ```
    /// use oauth1_signer::{response::Problem, verifier::Refusal};
    ///
    /// assert_eq!(Refusal::NonceUsed.problem(), Some(Problem::NonceUsed));
    /// ```
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        Some(match self {
            Self::BodyHash | Self::BodyHashSha1 => Problem::Other("body_hash_invalid".into()),
            Self::BodyHashMissing
            | Self::Incoming(IncomingError::Missing { .. } | IncomingError::NotSigned) => {
                Problem::ParameterAbsent
            }
            Self::Incoming(IncomingError::Version) => Problem::VersionRejected,
            Self::Incoming(_) | Self::NonceLength { .. } => Problem::ParameterRejected,
            Self::InsecureTransport | Self::SignatureMethod => Problem::SignatureMethodRejected,
            Self::NonceUsed => Problem::NonceUsed,
            Self::Problem(problem) => problem.clone(),
            Self::Signature => Problem::SignatureInvalid,
            Self::Credentials { .. } | Self::Store { .. } => return None,
            Self::Timestamp { .. } => Problem::TimestampRefused,
        })
    }

    /// The value of the `WWW-Authenticate` header, which an answer with the status 401 needs.
    ///
    /// ```
    /// use oauth1_signer::verifier::Refusal;
    ///
    /// let challenge = Refusal::NonceUsed.www_authenticate(None);
    /// assert_eq!(challenge.as_deref(), Some(r#"OAuth oauth_problem="nonce_used""#));
    /// assert_eq!(Refusal::SignatureMethod.www_authenticate(None), None);
    /// ```
    #[must_use]
    pub fn www_authenticate(&self, realm: Option<&Realm>) -> Option<String> {
        if self.status() != 401 {
            return None;
        }
        let realm = realm.map(|realm| format!("realm={realm}"));
        // Whoever has not signed yet has no problem to be told about.
        let problem = self.problem().filter(|_| !self.is_unsigned());
        let problem =
            problem.map(|problem| format!("oauth_problem=\"{}\"", encode(problem.as_str())));
        let parameters: Vec<String> = realm.into_iter().chain(problem).collect();
        let challenge = ["OAuth", &*parameters.join(", ")].join(" ");
        Some(String::from(challenge.trim_end()))
    }

    /// The body of the answer, of the type `application/x-www-form-urlencoded`. It is empty if there is no
    /// problem that the client could solve.
    ///
    /// ```
    /// use oauth1_signer::verifier::Refusal;
    ///
    /// let refusal = Refusal::Timestamp { earliest: 1199098800, latest: 1199099400 };
    /// assert_eq!(
    ///     refusal.body(),
    ///     "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1199098800-1199099400"
    /// );
    /// ```
    #[must_use]
    pub fn body(&self) -> String {
        let Some(problem) = self.problem() else {
            return String::new();
        };
        let problem = format!("oauth_problem={}", encode(problem.as_str()));
        match self {
            Self::BodyHashMissing => problem + "&oauth_parameters_absent=oauth_body_hash",
            Self::Incoming(IncomingError::Missing { name }) => {
                problem + "&oauth_parameters_absent=" + name
            }
            Self::Incoming(IncomingError::Version) => {
                problem + "&oauth_acceptable_versions=1.0-1.0"
            }
            Self::Incoming(_) | Self::NonceLength { .. } | Self::InsecureTransport => {
                problem + "&oauth_problem_advice=" + &encode(format!("{self}"))
            }
            Self::Timestamp { earliest, latest } => {
                problem + &format!("&oauth_acceptable_timestamps={earliest}-{latest}")
            }
            _ => problem,
        }
    }

    fn is_unsigned(&self) -> bool {
        matches!(self, Self::Incoming(IncomingError::NotSigned))
    }
}

impl From<AuthorizationError> for Refusal {
    fn from(error: AuthorizationError) -> Self {
        Self::Incoming(error.into())
    }
}
