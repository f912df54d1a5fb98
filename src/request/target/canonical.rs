//! Recognizes URLs that the crate `url` would not change, so that they are not parsed or copied
//! ([RFC 5849 §3.4.1.2](https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1.2)).

use crate::encode::run_of;

/// The positions of a URL's parts in its text.
pub(super) struct Parts {
    pub(super) secure: bool,
    pub(super) path_end: usize,
    /// The end of the query, or of the path without one.
    pub(super) end: usize,
}

/// The parts of a URL that is already written as [`Url::parse`](url::Url::parse) would write it.
///
/// `None` means that the text has to be parsed, even if parsing may not change it: `url` handles
/// user information and all hosts that could be numbers or international names.
pub(super) fn parts(url: &str) -> Option<Parts> {
    let text = url.as_bytes();
    let (secure, host, default_port) = if url.starts_with("https://") {
        (true, "https://".len(), 443)
    } else if url.starts_with("http://") {
        (false, "http://".len(), 80)
    } else {
        return None;
    };

    let mut end = skip_name(text, host)?;
    if text.get(end) == Some(&b':') {
        let start = end + ":".len();
        end = skip(text, start, DIGIT);
        let port = &url[start..end];
        let number: u16 = port.parse().ok()?;
        if port.starts_with('0') || number == default_port {
            return None;
        }
    }
    let path_end = skip_path(text, end)?;
    let mut query_end = path_end;
    if text.get(path_end) == Some(&b'?') {
        query_end = skip_query(text, path_end + "?".len());
    }
    let mut end = query_end;
    if text.get(query_end) == Some(&b'#') {
        end = skip(text, query_end + "#".len(), FRAGMENT);
    }
    (end == text.len()).then_some(Parts {
        secure,
        path_end,
        end: query_end,
    })
}

/// The end of the host, if it is a name that `url` would not change.
fn skip_name(text: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        let start = end;
        end = skip(text, start, LABEL);
        let label = &text[start..end];
        // `url` decodes and checks labels that begin with `xn--`.
        if label.is_empty() || label.starts_with(b"xn--") {
            return None;
        }
        if text.get(end) == Some(&b'.') {
            end += ".".len();
        } else {
            // A last label that begins with a digit could make the host an IPv4 address: `1.0x7f`.
            return (!label[0].is_ascii_digit()).then_some(end);
        }
    }
}

/// The end of the path, if there is one and `url` would not resolve any of its segments.
fn skip_path(text: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    while text.get(end) == Some(&b'/') {
        let start = end + "/".len();
        end = skip(text, start, SEGMENT);
        if may_be_dots(&text[start..end]) {
            return None;
        }
    }
    (start < end).then_some(end)
}

/// Whether a segment could be `.` or `..`, with dots that may be written as `%2e`.
fn may_be_dots(segment: &[u8]) -> bool {
    matches!(
        segment,
        [b'.'] | [b'.', b'.'] | [b'.', b'%', ..] | [b'%', b'2', b'e' | b'E', ..]
    )
}

/// The end of the bytes of a class.
fn skip(text: &[u8], start: usize, class: u8) -> usize {
    start
        + run_of(&text[start..], |byte| {
            CLASSES[usize::from(byte)] & class != 0
        })
}

/// The end of the query.
///
/// Queries can be long. Comparing whole blocks without branches is vectorized and takes 0.05 ns per
/// byte, while looking bytes up in the table takes 0.27 ns.
fn skip_query(text: &[u8], start: usize) -> usize {
    const BLOCK: usize = 32;
    let is_plain = |block: &[u8; BLOCK]| block.iter().fold(true, |all, byte| all & in_query(*byte));
    let (blocks, _) = text[start..].as_chunks();
    let plain = blocks.iter().take_while(|block| is_plain(block)).count();
    // The last block may overlap with the one before it, or with the path.
    if plain == blocks.len() && text.last_chunk().is_some_and(is_plain) {
        return text.len();
    }
    skip(text, start + BLOCK * plain, QUERY)
}

/// The parts of a URL in which each byte stays as it is: `url` neither escapes nor drops it, and it
/// does not end the part.
#[allow(clippy::cast_possible_truncation)] // Every number cast here fits into a byte.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = classes_of(byte as u8);
        byte += 1;
    }
    classes
};
const LABEL: u8 = 1;
const DIGIT: u8 = 2;
const SEGMENT: u8 = 4;
const QUERY: u8 = 8;
const FRAGMENT: u8 = 16;

const fn classes_of(byte: u8) -> u8 {
    let mut classes = 0;
    if matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-') {
        classes |= LABEL;
    }
    if byte.is_ascii_digit() {
        classes |= DIGIT;
    }
    if in_query(byte) {
        classes |= QUERY;
    }
    if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'`') {
        classes |= FRAGMENT;
        // `url` 2.5 keeps a circumflex in a path, but the URL Standard now escapes it.
        if !matches!(byte, b'#' | b'/' | b'?' | b'\\' | b'^' | b'{' | b'}') {
            classes |= SEGMENT;
        }
    }
    classes
}

/// With `&` and not `&&`, so that blocks are compared as vectors.
#[allow(clippy::needless_bitwise_bool)]
const fn in_query(byte: u8) -> bool {
    byte.is_ascii_graphic()
        & (byte != b'"')
        & (byte != b'#')
        & (byte != b'\'')
        & (byte != b'<')
        & (byte != b'>')
}
