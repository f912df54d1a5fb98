//! The names of all protocol parameters as one text, in each syntax ([RFC 5849 §3.1](https://www.rfc-editor.org/rfc/rfc5849#section-3.1)).

use super::Name;
use crate::parameters::Syntax;

/// The names of all parameters in one syntax, with a gap for every value but that of the version. It
/// is made at compile time; a signer fills in what it knows.
pub(crate) struct Blank {
    pub(super) text: [u8; ROOM],
    pub(super) gaps: [Gap; Name::ALL.len()],
}

impl Blank {
    pub(super) const fn new<S: Syntax>() -> Self {
        let (mut text, mut end) = ([0; ROOM], 0);
        let mut gaps = [Gap::EMPTY; Name::ALL.len()];
        let mut name = 0;
        while name < gaps.len() {
            let start = end;
            end = append(&mut text, end, S::SEPARATOR);
            end = append(&mut text, end, Name::ALL[name].as_str().as_bytes());
            end = append(&mut text, end, S::EQUALS);
            let value = end;
            if matches!(Name::ALL[name], Name::Version) {
                end = append(&mut text, end, VERSION);
            }
            end = append(&mut text, end, S::END);
            gaps[name] = Gap { start, value, end };
            name += 1;
        }
        Self { text, gaps }
    }
}

/// Where a parameter stands in a text: its separator and name, the place of its value, and what
/// closes it.
#[derive(Clone, Copy)]
pub(super) struct Gap {
    pub(super) start: usize,
    pub(super) value: usize,
    pub(super) end: usize,
}

impl Gap {
    const EMPTY: Self = Self {
        start: 0,
        value: 0,
        end: 0,
    };

    pub(super) const fn before(self) -> usize {
        self.value - self.start
    }

    pub(super) const fn after(self) -> usize {
        self.end - self.value
    }
}

const fn append(text: &mut [u8; ROOM], mut end: usize, part: &[u8]) -> usize {
    let mut byte = 0;
    while byte < part.len() {
        text[end] = part[byte];
        end += 1;
        byte += 1;
    }
    end
}

/// The value of `oauth_version`.
pub(super) const VERSION: &[u8] = b"1.0";

/// The length of the longest blank.
pub(super) const ROOM: usize = 190;
