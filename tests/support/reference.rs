//! A slow model of RFC 5849 request signing.
//!
//! It goes through the RFC's steps one by one, with a new string for each, and shares nothing with
//! the crate.  The crate must agree with it on every request.  "D4" and the like point to the
//! decisions that come with the test vectors.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

/// What goes into a signature, apart from the secrets.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// In any case.
    pub method: &'a str,
    /// Absolute, `http` or `https`, as it is sent.
    pub url: &'a str,
    /// The decoded pairs of a form-encoded body; none for any other body.
    pub form: &'a [(Vec<u8>, Vec<u8>)],
    /// The decoded `oauth_*` parameters without `oauth_signature`.
    pub protocol: &'a [(String, String)],
}

/// Section 3.4.1.1.
pub fn base_string(input: &Input) -> String {
    // Custom methods are put in upper case as well, but only their ASCII letters (D10).
    let method = input.method.to_ascii_uppercase();
    let method = encode(method.as_bytes());
    let uri = encode(base_uri(input.url).as_bytes());
    // Names and values are encoded already: here they are encoded a second time.
    let parameters = encode(parameters(input).as_bytes());
    format!("{method}&{uri}&{parameters}")
}

/// Section 3.4.1.2.
///
/// # Panics
///
/// If `url` is not an absolute URL with a host, or its port is not a number.
pub fn base_uri(url: &str) -> String {
    let parts = split(url);

    let scheme = parts.scheme.to_ascii_lowercase();
    assert!(scheme == "http" || scheme == "https", "scheme of {url:?}");

    // A user and a password before the host go into a header of their own, not into the URI.
    let host_and_port = match parts.authority.rsplit_once('@') {
        Some((_userinfo, rest)) => rest,
        None => parts.authority,
    };

    // The colons in the brackets of an IPv6 address do not start a port.
    let host_end = if host_and_port.starts_with('[') {
        host_and_port.find(']').expect("a closing bracket") + 1
    } else {
        host_and_port.find(':').unwrap_or(host_and_port.len())
    };
    let (host, port) = host_and_port.split_at(host_end);
    assert!(!host.is_empty(), "host of {url:?}");

    let mut uri = String::new();
    uri.push_str(&scheme);
    uri.push_str("://");
    uri.push_str(&host.to_ascii_lowercase());

    // A port is a number, and `:` without one is no port (D4).
    if !port.is_empty() && port != ":" {
        let digits = port.strip_prefix(':').expect("a colon after the host");
        assert!(!digits.starts_with('+'), "a sign, which `parse` would take");
        let number: u16 = digits.parse().expect("a port below 65536");
        let default = if scheme == "http" { 80 } else { 443 };
        if number != default {
            uri.push(':');
            uri.push_str(&number.to_string());
        }
    }

    // HTTP sends a slash for an empty path (D1).  Any other path stays as it is (D9).
    if parts.path.is_empty() {
        uri.push('/');
    } else {
        uri.push_str(parts.path);
    }
    uri
}

/// RFC 3986, section 3.
struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    query: &'a str,
}

/// RFC 3986, section 3: from left to right, each part up to the character that ends it.
fn split(url: &str) -> Parts<'_> {
    let (scheme, rest) = url.split_once(':').expect("a scheme");
    let rest = rest.strip_prefix("//").expect("an authority");
    let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (path, rest) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let (query, _fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    Parts {
        scheme,
        authority,
        path,
        // Without its question mark.  No query and an empty one give the same parameters: none.
        query: query.strip_prefix('?').unwrap_or(""),
    }
}

/// Section 3.4.1.3.1, the decoding of a query or a form-encoded body.
pub fn decode_form(text: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut pairs = Vec::new();
    // `;` does not separate (D3).
    for pair in text.split(|&b| b == b'&') {
        // Nothing between two separators is no parameter, but a single `=` is one (D2).
        if pair.is_empty() {
            continue;
        }
        // Only the first `=` counts; without one, all is name.
        let (name, value) = match pair.iter().position(|&b| b == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &pair[pair.len()..]),
        };
        pairs.push((decode(name), decode(value)));
    }
    pairs
}

/// Section 3.4.1.3.1: one name or value, to octets and not to text (D5).
fn decode(text: &[u8]) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'+' {
            // A plus is a space in queries too, not only in bodies.
            octets.push(b' ');
            at += 1;
        } else if text[at] == b'%'
            && at + 2 < text.len()
            && text[at + 1].is_ascii_hexdigit()
            && text[at + 2].is_ascii_hexdigit()
        {
            octets.push(16 * hex_value(text[at + 1]) + hex_value(text[at + 2]));
            at += 3;
        } else {
            // Also a `%` that starts no escape (D6).
            octets.push(text[at]);
            at += 1;
        }
    }
    octets
}

/// The value of a hexadecimal digit.
fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => panic!("{digit} is not a hexadecimal digit"),
    }
}

/// Section 3.4.1.3.1, the collecting, and section 3.4.1.3.2, the normalizing.
pub fn parameters(input: &Input) -> String {
    let mut pairs = decode_form(split(input.url).query.as_bytes());
    for (name, value) in input.protocol {
        pairs.push((name.clone().into_bytes(), value.clone().into_bytes()));
    }
    pairs.extend_from_slice(input.form);

    // The signature does not sign itself, wherever it stands (D13).
    pairs.retain(|(name, _value)| name != b"oauth_signature");

    // The encoded text is sorted, not the decoded: `{` comes after `z` but `%7B` before it.
    let mut encoded: Vec<(String, String)> = Vec::new();
    for (name, value) in &pairs {
        encoded.push((encode(name), encode(value)));
    }

    // By name and then by value, octet by octet, as Rust compares pairs of strings.  Joined text
    // would sort differently: `a` comes before `a-b`, though `-` comes before `=`.
    encoded.sort();

    let joined: Vec<String> = encoded.iter().map(|(n, v)| format!("{n}={v}")).collect();
    joined.join("&")
}

/// Section 3.6.
pub fn encode(octets: &[u8]) -> String {
    let mut text = String::new();
    for &octet in octets {
        match octet {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(octet));
            }
            // Unlike in forms, a space is `%20` and the digits are always in upper case.
            _ => {
                let escape = format!("%{octet:02X}");
                text.push_str(&escape);
            }
        }
    }
    text
}

/// Section 3.4.2.
pub fn hmac_sha1(base_string: &str, consumer_secret: &str, token_secret: &str) -> String {
    let key = key(consumer_secret, token_secret);
    hmac::<Sha1>(key.as_bytes(), base_string.as_bytes(), 64)
}

/// As section 3.4.2, with another hash.
pub fn hmac_sha256(base_string: &str, consumer_secret: &str, token_secret: &str) -> String {
    let key = key(consumer_secret, token_secret);
    hmac::<sha2::Sha256>(key.as_bytes(), base_string.as_bytes(), 64)
}

/// As section 3.4.2, with another hash, which has larger blocks.
pub fn hmac_sha512(base_string: &str, consumer_secret: &str, token_secret: &str) -> String {
    let key = key(consumer_secret, token_secret);
    hmac::<sha2::Sha512>(key.as_bytes(), base_string.as_bytes(), 128)
}

/// Section 3.4.4.
pub fn plaintext(consumer_secret: &str, token_secret: &str) -> String {
    key(consumer_secret, token_secret)
}

/// Section 3.4.2, the key.
pub fn key(consumer_secret: &str, token_secret: &str) -> String {
    // The ampersand is there even when both secrets are empty (D18).
    encode(consumer_secret.as_bytes()) + "&" + &encode(token_secret.as_bytes())
}

/// RFC 2104, section 2, in base64.  `block` is the block size of the hash in octets.
pub fn hmac<D: Digest>(key: &[u8], text: &[u8], block: usize) -> String {
    // A key longer than a block is hashed, one as long as a block is not.
    let mut key = key.to_vec();
    if key.len() > block {
        key = D::digest(&key).to_vec();
    }
    key.resize(block, 0);

    let mut inner: Vec<u8> = key.iter().map(|octet| octet ^ 0x36).collect();
    inner.extend_from_slice(text);
    let inner_hash = D::digest(&inner);

    let mut outer: Vec<u8> = key.iter().map(|octet| octet ^ 0x5c).collect();
    outer.extend_from_slice(&inner_hash);
    STANDARD.encode(D::digest(&outer))
}

/// OAuth Request Body Hash 1.0, section 3.2.
pub fn body_hash<D: Digest>(body: &[u8]) -> String {
    STANDARD.encode(D::digest(body))
}

/// RFC 8017, section 9.2: what a private key is applied to.  `name` is the hash's `DigestInfo` up
/// to the hash itself (note 1 there), `length` that of the modulus in octets.
pub fn encoded_message<D: Digest>(text: &str, name: &[u8], length: usize) -> Vec<u8> {
    let hash = D::digest(text.as_bytes());
    let padding = length - name.len() - hash.len() - 3;
    let mut message = vec![0x00, 0x01];
    message.extend(vec![0xff; padding]);
    message.push(0x00);
    message.extend_from_slice(name);
    message.extend_from_slice(&hash);
    message
}

/// RFC 8017, section 5.2.2: what a public key with the exponent 65537 makes of a signature.
/// Numbers are big-endian octets, as long as the modulus.
pub fn opened(signature: &str, modulus: &[u8]) -> Vec<u8> {
    let signature = STANDARD.decode(signature).expect("base64");
    assert_eq!(signature.len(), modulus.len());
    // 65537 is 2^16 + 1.
    let mut power = signature.clone();
    for _ in 0..16 {
        power = product(&power, &power, modulus);
    }
    product(&power, &signature, modulus)
}

/// The remainder of a product, by doubling and adding.
fn product(left: &[u8], right: &[u8], modulus: &[u8]) -> Vec<u8> {
    let mut result = vec![0; modulus.len()];
    for octet in left {
        for bit in (0..8).rev() {
            result = sum(&result, &result, modulus);
            if octet >> bit & 1 == 1 {
                result = sum(&result, right, modulus);
            }
        }
    }
    result
}

/// The remainder of a sum.  Both are smaller than the modulus.
fn sum(left: &[u8], right: &[u8], modulus: &[u8]) -> Vec<u8> {
    let mut sum = vec![0; modulus.len()];
    let mut carry = 0;
    for place in (0..modulus.len()).rev() {
        let digit = u16::from(left[place]) + u16::from(right[place]) + carry;
        sum[place] = (digit & 0xff) as u8;
        carry = digit >> 8;
    }
    // Numbers of the same length compare octet by octet.
    if carry == 0 && sum.as_slice() < modulus {
        return sum;
    }
    let mut borrow = 0;
    for place in (0..modulus.len()).rev() {
        let digit = 0x100 + u16::from(sum[place]) - u16::from(modulus[place]) - borrow;
        sum[place] = (digit & 0xff) as u8;
        borrow = 1 - (digit >> 8);
    }
    sum
}
