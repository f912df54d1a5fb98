//! Files of keys: PEM ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)) and the elements of DER (X.690).

/// A sequence of DER elements.
#[derive(Clone, Copy)]
pub(super) struct Elements<'a>(pub(super) &'a [u8]);

/// Why there is no next element.
pub(super) enum DerError {
    CutOff,
    Malformed,
}

impl<'a> Elements<'a> {
    /// Takes the next element: its tag and its content.
    pub(super) fn next(&mut self) -> Result<Option<(u8, Elements<'a>)>, DerError> {
        let [tag, rest @ ..] = self.0 else {
            return Ok(None);
        };
        let (first, mut rest) = rest.split_first().ok_or(DerError::CutOff)?;
        let mut length = usize::from(*first);
        if length >= 0x80 {
            // The long form: a length of the length. Three bytes are enough for any key.
            let (digits, behind) = rest
                .split_at_checked(length - 0x80)
                .ok_or(DerError::CutOff)?;
            if digits.is_empty() || digits.len() > 3 {
                return Err(DerError::Malformed);
            }
            length = digits
                .iter()
                .fold(0, |length, digit| length << 8 | usize::from(*digit));
            rest = behind;
        }
        let (content, rest) = rest.split_at_checked(length).ok_or(DerError::CutOff)?;
        self.0 = rest;
        Ok(Some((*tag, Elements(content))))
    }
}

/// The length of a number in bits.
pub(super) fn bits(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    match &number[zeros..] {
        [] => 0,
        digits => 8 * digits.len() - digits[0].leading_zeros() as usize,
    }
}

pub(super) fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|part| part == what)
}

pub(super) const BEGIN: &[u8] = b"-----BEGIN ";
pub(super) const END: &[u8] = b"-----END ";
pub(super) const DASHES: &[u8] = b"-----";

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;

/// 1.2.840.113549.1.1.1, the identifier of RSA keys in PKCS #8 and X.509.
pub(super) const RSA_ENCRYPTION: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
