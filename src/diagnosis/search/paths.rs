//! What programs and proxies make of a path (RFC 5849, section 3.4.1.2).

use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

use super::super::text::{decode, escape, replace_byte};
use crate::encode::encode;

/// What encoding and decoding make of a path.
pub(super) fn levels(path: &str) -> Vec<Vec<u8>> {
    let path = path.as_bytes();
    let once = decode(path);
    // The characters that encoders leave besides the unreserved ones.
    let strict = |text: &[u8]| encode_but(text, b"/");
    let lenient = |text: &[u8]| encode_but(text, b"/:@!$&'()*+,;=");
    let of_script = |text: &[u8]| encode_but(text, b"/:@!$&'()*+,;=?#");
    vec![
        once.clone(),
        strict(path),
        strict(&once),
        lenient(&once),
        lenient(path),
        decode(&once),
        strict(&strict(path)),
        strict(&strict(&once)),
        of_script(&once),
        encode_but(path, b"/%"),
        encode_but(path, b"/%:@"),
        escapes(path, <[u8]>::make_ascii_uppercase),
        escapes(path, <[u8]>::make_ascii_lowercase),
        unreserved_decoded(path),
        escapes(&strict(&once), <[u8]>::make_ascii_lowercase),
        segments(path),
        encode(&once).into_bytes(),
        encode(path).into_bytes(),
        replace_byte(path, b'+', b' '),
    ]
}

pub(super) fn encode_but(text: &[u8], kept: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(3 * text.len());
    for byte in text {
        if kept.contains(byte) {
            encoded.push(*byte);
        } else {
            encoded.extend_from_slice(encode([*byte]).as_bytes());
        }
    }
    encoded
}

fn escapes(text: &[u8], change: fn(&mut [u8])) -> Vec<u8> {
    let mut changed = text.to_vec();
    for at in 0..changed.len() {
        if escape(&changed[at..]).is_some() {
            change(&mut changed[at + 1..at + 3]);
        }
    }
    changed
}

/// Escapes of unreserved characters undone, as RFC 3986 allows, and the others in upper case.
fn unreserved_decoded(path: &[u8]) -> Vec<u8> {
    let mut changed = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, behind)) = rest.split_first() {
        rest = if let Some(byte) = escape(rest) {
            changed.extend_from_slice(encode([byte]).as_bytes());
            &rest[3..]
        } else {
            changed.push(*first);
            behind
        };
    }
    changed
}

/// Each segment decoded and encoded, so that an escaped slash stays.
fn segments(path: &[u8]) -> Vec<u8> {
    let segments = path.split(|byte| *byte == b'/');
    let segments: Vec<_> = segments.map(|segment| encode(decode(segment))).collect();
    segments.join("/").into_bytes()
}

/// Other paths that programs and proxies make of one.
pub(super) fn others(path: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let segments: Vec<_> = path.split('/').skip(1).collect();
    if let [first, rest @ ..] = &segments[..] {
        if !rest.is_empty() {
            paths.push(format!("/{}", rest.join("/")));
        }
        if !first.is_empty() {
            paths.push(format!("/{first}{path}"));
        }
    }
    let filled: Vec<_> = segments
        .iter()
        .filter(|segment| !segment.is_empty())
        .copied()
        .collect();
    let end = if path.ends_with('/') && !filled.is_empty() {
        "/"
    } else {
        ""
    };
    paths.push(format!("/{}{end}", filled.join("/")));
    let mut walked: Vec<&str> = Vec::new();
    for segment in &segments {
        match *segment {
            "." => {}
            ".." => drop(walked.pop()),
            segment => walked.push(segment),
        }
    }
    paths.push(format!("/{}", walked.join("/")));
    if let Some((before, _)) = path.split_once(';') {
        paths.push(before.to_string());
    }
    paths.push(path.to_ascii_lowercase());
    paths.push("/".to_string());
    paths
}
