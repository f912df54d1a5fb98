//! What the texts of findings are.

use super::{Cause, Finding};

/// What the texts of a finding are.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Texts {
    /// Signatures, keys and bodies, which a report does not show.
    Hidden,
    Name,
    /// A method, a scheme, a host name, a port or a path.
    Place,
    /// A stretch of a base string.
    Shape,
    Time,
    Uri,
    Value,
}

impl Texts {
    pub(super) fn of(finding: &Finding) -> Self {
        match finding.cause() {
            Cause::ServerAtFault => match finding.mistake() {
                Some(mistake) => Self::of_cause(mistake),
                None if finding.parameters().is_empty() => Self::Shape,
                None => Self::Value,
            },
            cause => Self::of_cause(cause),
        }
    }

    fn of_cause(cause: Cause) -> Self {
        match cause {
            Cause::Method
            | Cause::Scheme
            | Cause::Host
            | Cause::HostWww
            | Cause::HostCase
            | Cause::Port
            | Cause::PortDefaultKept
            | Cause::Path
            | Cause::PathTrailingSlash
            | Cause::PathEncodingLevel => Self::Place,
            Cause::QueryInUri | Cause::UriInvalid | Cause::UriEncoding => Self::Uri,
            Cause::ParameterTypo | Cause::NameNotEncoded | Cause::NameEncodedTooOften => Self::Name,
            Cause::OrderUnsorted
            | Cause::OrderDecoded
            | Cause::OrderJoined
            | Cause::JoinedWrongly
            | Cause::PartsMissing
            | Cause::NotEncodedTwice
            | Cause::SentDiffers
            | Cause::AnswerHides => Self::Shape,
            Cause::TimeSkew => Self::Time,
            Cause::ParameterMissing
            | Cause::ParameterAdded
            | Cause::EmptyToken
            | Cause::RealmSigned
            | Cause::SignatureSigned
            | Cause::CallbackInvented
            | Cause::FileSigned
            | Cause::ValueDiffers
            | Cause::DuplicatesLost
            | Cause::Version
            | Cause::MethodName
            | Cause::HashOther
            | Cause::TimeMilliseconds
            | Cause::TimeNotInteger
            | Cause::BodyHash => Self::Value,
            cause if cause.is_of_encoding() => Self::Value,
            _ => Self::Hidden,
        }
    }
}

/// Whether a text that a finding lacks is missing on that side.
pub(super) fn is_missing(finding: &Finding) -> bool {
    matches!(
        finding.mistake().unwrap_or(finding.cause()),
        Cause::Port
            | Cause::PortDefaultKept
            | Cause::QueryInUri
            | Cause::ParameterMissing
            | Cause::ParameterAdded
            | Cause::EmptyToken
            | Cause::RealmSigned
            | Cause::SignatureSigned
            | Cause::CallbackInvented
            | Cause::FileSigned
            | Cause::DuplicatesLost
            | Cause::Version
    )
}

/// Whether a text that stands alone in a finding is not encoded as section 3.6 requires, so that it is
/// known how it should be.
pub(super) fn is_encoding(finding: &Finding) -> bool {
    matches!(
        finding.mistake().unwrap_or(finding.cause()),
        Cause::EscapesLowerCase
            | Cause::TildeEncoded
            | Cause::UnreservedEncoded
            | Cause::ReservedLeft
            | Cause::ValueEncodedTooLittle
            | Cause::NameNotEncoded
    )
}
