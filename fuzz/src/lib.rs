//! What the fuzz targets share: a text format for their inputs, and checks on what is shown.
//!
//! Inputs are text so that seeds can be read and words of a dictionary fit anywhere. A first line,
//! headers, an empty line, and a body that is taken byte for byte:
//!
//! ```text
//! POST https://api.example.com/posts?draft=1
//! consumer: key=secret
//! stamp: nonce=1316657628
//!
//! title=Z%C3%BCrich&page=1
//! ```

pub mod answers;
pub mod case;
pub mod diagnosis;
pub mod shown;

use support::reference::decode_form;

/// An input: a first line, headers, and a body.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// The first line.
    pub first_line: String,
    headers: Vec<(&'a [u8], &'a [u8])>,
    /// What stands after the first empty line, if there is one.
    pub body: Option<&'a [u8]>,
}

impl<'a> Message<'a> {
    /// Reads any input. Lines without `: ` have no effect.
    #[must_use]
    pub fn parse(data: &'a [u8]) -> Self {
        let (first_line, mut rest) = split_at_line_end(data);
        let mut headers = Vec::new();
        let mut body = None;
        while let Some(text) = rest {
            let (line, after) = split_at_line_end(text);
            if line.is_empty() {
                body = after;
                break;
            }
            if let Some(colon) = line.windows(2).position(|two| two == b": ") {
                headers.push((&line[..colon], &line[colon + 2..]));
            }
            rest = after;
        }
        Self {
            first_line: lossy(first_line),
            headers,
            body,
        }
    }

    /// The bytes of a header.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&'a [u8]> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| *known == name.as_bytes())?;
        Some(value)
    }

    /// A header as it stands, as text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.bytes(name).map(lossy)
    }

    /// A header that is a number. Digits that do not fit are cut off.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        self.bytes(name).map(number)
    }

    /// A header that is one text, percent-encoded where it must be.
    #[must_use]
    pub fn decoded(&self, name: &str) -> Option<String> {
        let escaped = self.text(name)?.replace('&', "%26").replace('=', "%3D");
        let pairs = decode_form(escaped.as_bytes());
        Some(
            pairs
                .first()
                .map_or_else(String::new, |(text, _)| lossy(text)),
        )
    }

    /// A header that is a list of form-urlencoded pairs.
    #[must_use]
    pub fn pairs(&self, name: &str) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
        self.bytes(name).map(decode_form)
    }

    /// A header that is a list of pairs of texts.
    #[must_use]
    pub fn text_pairs(&self, name: &str) -> Option<Vec<(String, String)>> {
        let pairs = self.pairs(name)?.into_iter();
        Some(
            pairs
                .map(|(name, value)| (lossy(&name), lossy(&value)))
                .collect(),
        )
    }
}

/// Any bytes as text.
#[must_use]
pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The digits at the beginning, as many as fit.
#[must_use]
pub fn number(text: &[u8]) -> u64 {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    digits
        .map(|byte| u64::from(byte - b'0'))
        .try_fold(0_u64, |number, digit| {
            let longer = number
                .checked_mul(10)
                .and_then(|ten| ten.checked_add(digit));
            longer.ok_or(number)
        })
        .unwrap_or_else(|number| number)
}

/// Whether an input contains the secret, also percent-encoded once or twice.
fn contains_secret(data: &[u8]) -> bool {
    let mut text = data.to_vec();
    for _ in 0..3 {
        let mut windows = text.windows(shown::SECRET.len());
        if windows.any(|window| window == shown::SECRET.as_bytes()) {
            return true;
        }
        if !text.contains(&b'%') {
            return false;
        }
        let pairs = decode_form(&text).into_iter();
        text = pairs
            .flat_map(|(name, value)| [name, value].concat())
            .collect();
    }
    false
}

fn split_at_line_end(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|byte| *byte == b'\n') {
        None => (text, None),
        Some(end) => (&text[..end], Some(&text[end + 1..])),
    }
}
