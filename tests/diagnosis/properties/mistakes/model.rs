//! What the RFC makes of a request, and ways to make it wrong.

use oauth1_signer::Signed;
use support::reference::{Input, base_uri, decode_form, encode, parameters};

use crate::properties::random::Case;

/// An encoded name and value.
pub(super) type Pair = (Vec<u8>, Vec<u8>);

/// What section 3.4.1 makes of a request: encoded names and values, in order.
#[derive(Clone)]
pub(crate) struct Right {
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) pairs: Vec<Pair>,
}

/// A base string with a mistake.
pub(crate) struct Wrong {
    pub(crate) text: String,
    /// The name of the parameter, if just one is concerned.
    pub(crate) parameter: Option<String>,
}

impl Right {
    pub(crate) fn of(case: &Case, signed: &Signed<'_>) -> Self {
        let form: Vec<(Vec<u8>, Vec<u8>)> = case
            .form
            .iter()
            .flatten()
            .map(|(name, value)| (name.clone().into_bytes(), value.clone().into_bytes()))
            .collect();
        let protocol: Vec<(String, String)> = signed
            .protocol_parameters()
            .into_iter()
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect();
        let input = Input {
            method: case.method,
            url: &case.url,
            form: &form,
            protocol: &protocol,
        };
        let parameters = parameters(&input);
        let pairs = parameters.split('&').map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.into(), value.into())
        });
        Self {
            method: case.method.into(),
            uri: base_uri(&case.url),
            pairs: pairs.collect(),
        }
    }

    pub(crate) fn text(&self) -> String {
        let Self { method, uri, .. } = self;
        let parts = [method.as_bytes(), uri.as_bytes(), &self.third_part()];
        parts.map(encode).join("&")
    }

    pub(super) fn third_part(&self) -> Vec<u8> {
        let pairs = self
            .pairs
            .iter()
            .map(|(name, value)| [name, &b"="[..], value].concat());
        pairs.collect::<Vec<_>>().join(&b"&"[..])
    }

    /// The text as it is: with a mistake if something was changed.
    pub(super) fn wrong(&self) -> Wrong {
        Wrong::of(&self.text())
    }

    pub(super) fn with_uri(&self, uri: impl Into<String>) -> Wrong {
        let uri = uri.into();
        Self {
            uri,
            ..self.clone()
        }
        .wrong()
    }

    /// With other pairs, in the order of what they are then.
    pub(super) fn with_pairs(&self, mut pairs: Vec<Pair>) -> Wrong {
        pairs.sort();
        Self {
            pairs,
            ..self.clone()
        }
        .wrong()
    }

    /// Whether a pair is none of the protocol, and the only one of its name.
    pub(super) fn lone_name(&self) -> impl Fn(&Pair) -> bool {
        |(name, _)| {
            let same = self.pairs.iter().filter(|(other, _)| other == name);
            !name.starts_with(b"oauth_") && same.count() == 1
        }
    }

    pub(super) fn with(&self, name: &str, value: &str) -> Wrong {
        let mut pairs = self.pairs.clone();
        pairs.push((encoded(name.as_bytes()), encoded(value.as_bytes())));
        self.with_pairs(pairs).about(name)
    }

    pub(super) fn replaced(&self, name: &str, value: &str) -> Wrong {
        let mut pairs = self.pairs.clone();
        pairs.retain(|pair| pair.0 != name.as_bytes());
        let without = Self {
            pairs,
            ..self.clone()
        };
        without.with(name, value)
    }

    /// Changes values, or names as well, from what they are, decoded.
    pub(super) fn with_halves(
        &self,
        change: fn(&[u8]) -> Vec<u8>,
        (names, values): (bool, bool),
    ) -> Wrong {
        let half = |half: &Vec<u8>, is_changed: bool| {
            if is_changed {
                change(&decoded(half))
            } else {
                half.clone()
            }
        };
        let mut changed = Vec::new();
        let mut pairs = Vec::new();
        for pair in &self.pairs {
            let (name, value) = (half(&pair.0, names), half(&pair.1, values));
            // It would be read as two.
            if name.contains(&b'=') || [&name, &value].iter().any(|half| half.contains(&b'&')) {
                return self.wrong();
            }
            if (&name, &value) != (&pair.0, &pair.1) {
                changed.push(decoded(&pair.0));
            }
            pairs.push((name, value));
        }
        changed.dedup();
        let wrong = self.with_pairs(pairs);
        match changed.as_slice() {
            [name] => wrong.about(&String::from_utf8(name.clone()).unwrap()),
            _ => wrong,
        }
    }
}

impl Wrong {
    pub(super) fn of(text: &str) -> Self {
        let (text, parameter) = (text.to_owned(), None);
        Self { text, parameter }
    }

    pub(super) fn about(self, parameter: &str) -> Self {
        let parameter = Some(parameter.to_owned());
        Self { parameter, ..self }
    }
}

pub(super) fn decoded(half: &[u8]) -> Vec<u8> {
    let pairs = decode_form(&[half, b"="].concat());
    pairs.into_iter().next().unwrap().0
}

/// What is decoded once more: escapes only.
pub(super) fn once_more(value: &[u8]) -> Vec<u8> {
    let kept = String::from_utf8_lossy(value).replace('+', "%2B");
    let kept = kept.replace('&', "%26").replace('=', "%3D");
    decoded(kept.as_bytes())
}

pub(super) fn encoded(value: &[u8]) -> Vec<u8> {
    encode(value).into_bytes()
}

pub(super) fn replace(value: &[u8], from: &str, to: &str) -> Vec<u8> {
    encode(value).replace(from, to).into_bytes()
}

pub(super) fn octets_lost(value: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(value.to_vec()).unwrap();
    let lost: String = text
        .chars()
        .map(|c| if c.is_ascii() { c } else { '?' })
        .collect();
    encoded(lost.as_bytes())
}

pub(super) fn latin_1(value: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(value.to_vec()).unwrap();
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    encoded(&bytes.unwrap_or_else(|| value.to_vec()))
}

pub(super) fn lower_case(value: &[u8]) -> Vec<u8> {
    let mut digits = 0;
    let lower = encode(value).into_bytes().into_iter().map(|byte| {
        digits = if byte == b'%' {
            2
        } else {
            i32::max(digits - 1, -1)
        };
        if digits >= 0 {
            byte.to_ascii_lowercase()
        } else {
            byte
        }
    });
    lower.collect()
}

pub(super) fn reserved_left(value: &[u8]) -> Vec<u8> {
    let pairs = [
        ("%21", "!"),
        ("%2A", "*"),
        ("%27", "'"),
        ("%28", "("),
        ("%29", ")"),
    ];
    let left = pairs
        .iter()
        .fold(encode(value), |text, (from, to)| text.replace(from, to));
    left.into_bytes()
}

pub(super) const VALUES: (bool, bool) = (false, true);
pub(super) const NAMES: (bool, bool) = (true, false);
pub(super) const BOTH: (bool, bool) = (true, true);
