//! Recognizes text that the crate `url` would not change, so that it is neither parsed nor copied.

use super::{LONGEST, Parts};

/// The parts of a URL that is already written as [`Url::parse`](url::Url::parse) would write it.
///
/// `None` says that the text has to be parsed. It may still be such a URL: hosts that `url` might
/// take for numbers or international names are left to it, and so is user information.
pub(super) fn parts(url: &str) -> Option<Parts> {
    if url.len() > LONGEST {
        return None;
    }
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
    (end == text.len()).then(|| Parts::new(secure, host, path_end, query_end))
}

/// Where the host ends, if it is a name that `url` takes as it is.
fn skip_name(text: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        let start = end;
        end = skip(text, start, LABEL);
        let label = &text[start..end];
        // `url` decodes and checks the rest of such a label.
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

/// Where the path ends, if there is one and it has no segments that `url` resolves.
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

/// Whether a segment may be `.` or `..`, in which a dot may be written as `%2e`.
fn may_be_dots(segment: &[u8]) -> bool {
    matches!(
        segment,
        [b'.'] | [b'.', b'.'] | [b'.', b'%', ..] | [b'%', b'2', b'e' | b'E', ..]
    )
}

/// Where the bytes of a class end.
fn skip(text: &[u8], start: usize, class: u8) -> usize {
    let rest = &text[start..];
    let length = rest
        .iter()
        .position(|byte| CLASSES[usize::from(*byte)] & class == 0);
    start + length.unwrap_or(rest.len())
}

/// Where the query ends.
///
/// Queries can be long. Comparing whole blocks without branches, which compilers turn into vector
/// instructions, costs 0.05 ns per byte. Looking bytes up in the table costs 0.27.
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

/// What may stand where: the bytes that `url` neither escapes nor drops nor takes for the end.
#[allow(clippy::cast_possible_truncation)] // There are no more bytes.
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
        // `url` 2.5 keeps a circumflex in a path, the URL Standard by now escapes it.
        if !matches!(byte, b'#' | b'/' | b'?' | b'\\' | b'^' | b'{' | b'}') {
            classes |= SEGMENT;
        }
    }
    classes
}

/// Not lazy: a block would be compared byte by byte.
#[allow(clippy::needless_bitwise_bool)]
const fn in_query(byte: u8) -> bool {
    byte.is_ascii_graphic()
        & (byte != b'"')
        & (byte != b'#')
        & (byte != b'\'')
        & (byte != b'<')
        & (byte != b'>')
}
