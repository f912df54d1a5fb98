//! Decimal numbers as text, for the timestamp ([RFC 5849 §3.3](https://www.rfc-editor.org/rfc/rfc5849#section-3.3)).

/// The decimal digits of a number, kept on the stack.
pub(crate) struct Decimal {
    text: [u8; DIGITS],
    start: usize,
}

const DIGITS: usize = u64::MAX.ilog10() as usize + 1;

impl Decimal {
    pub(crate) const EMPTY: Self = Self {
        text: [0; DIGITS],
        start: DIGITS,
    };

    /// Writes the digits in place: copying freshly written digits stalls on store forwarding.
    #[allow(clippy::cast_possible_truncation)] // Every number cast here is below 100.
    #[inline]
    pub(crate) fn set(&mut self, number: u64) {
        self.start = DIGITS;
        let mut rest = number;
        while rest >= 10 {
            self.start -= 2;
            self.text[self.start..][..2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
            rest /= 100;
        }
        if rest > 0 || number == 0 {
            self.start -= 1;
            self.text[self.start] = PAIRS[rest as usize][1];
        }
    }

    pub(crate) fn digits(&self) -> &[u8] {
        &self.text[self.start..]
    }
}

/// All pairs of digits. Writing two digits at a time halves the number of divisions.
#[allow(clippy::cast_possible_truncation)] // Every number cast here is below 10.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn digits_are_those_of_the_formatter() {
        let mut decimal = Decimal::EMPTY;
        for number in [0, 1, 9, 10, 1_316_657_628, u64::MAX - 1, u64::MAX] {
            decimal.set(number);
            assert_eq!(decimal.digits(), number.to_string().as_bytes());
        }
    }
}
