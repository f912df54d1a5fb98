//! Public keys as they come: what is read, and what is said about all else.

use oauth1_signer::{
    BaseString,
    signature_method::{PublicKeyError, RsaPublicKey, RsaSha256, SigningKey, VerifyingKey},
};
use support::files::read;

const TEXT: &str = "GET&https%3A%2F%2Fapi.example.com%2F&oauth_consumer_key%3Dkey";

/// By `openssl dgst -sign`, as are those for private keys.
const SHA1: &str = concat!(
    "zkhQQMnZs+thRFHq5mCLyBRioiExM/tQ00L/f4leczOtsZXngz+uPMYHfIgVYaiEOYLiiWwVz4D377gfxHN8f+gL",
    "zLnNKYEoHn7OAoYjm2OGzrfyjAA2LSxWJxdBLokeCVmCdNOokKwEewcxR/t2lSTzVUOpZZzT1gFqbgAdPW8=",
);
const SHA512: &str = concat!(
    "Wjg5KXVoXKIvEKbiyN7xZ+RXbjq9TqFUuAgZDLcmou+CeS0xQwKRllviGeKtLdABxfNHdwJiHTYaJOJzRvEULfhQ",
    "Xyvoq9bjL5I3wytmfqwsoFqPA7cdXSsjhgDJm2MySCAIw6vq3b7DZJz8zJ7kAgeGbSNP/k+zfUjeYBItxLA=",
);

fn keys() -> [RsaPublicKey; 3] {
    [
        RsaPublicKey::from_pem(&read("keys/public.pem")).unwrap(),
        RsaPublicKey::from_pem(&read("keys/public.pkcs1.pem")).unwrap(),
        RsaPublicKey::from_der(&read("keys/public.der")).unwrap(),
    ]
}

#[test]
fn a_key_of_1024_bits_verifies_in_every_wrapping() {
    let text = BaseString::from_text(TEXT);
    for key in keys() {
        assert!(key.verify("RSA-SHA1", &text, SHA1));
        assert!(key.verify("RSA-SHA512", &text, SHA512));
        assert!(!key.verify("RSA-SHA256", &text, SHA1));
        assert!(!key.verify("RSA-SHA1", &BaseString::from_text("GET"), SHA1));
        assert!(!key.verify("HMAC-SHA1", &text, SHA1));
        assert_eq!(format!("{key:?}"), "RsaPublicKey(1024 bits)");
    }
}

#[test]
fn no_other_signature_is_accepted() {
    let text = BaseString::from_text(TEXT);
    let key = &keys()[0];
    for place in [0, 1, 80, SHA1.len() - 2] {
        let mut other = SHA1.to_owned();
        let new = if other.as_bytes()[place] == b'A' {
            "B"
        } else {
            "A"
        };
        other.replace_range(place..=place, new);
        assert!(!key.verify("RSA-SHA1", &text, &other), "{place}");
    }
    let (longer, cut) = (format!("{SHA1}AAAA"), &SHA1[..SHA1.len() - 4]);
    let one = format!("{}AQ==", "A".repeat(168));
    let large = format!("{}w==", "/".repeat(169));
    for other in [
        "",
        "=",
        "*",
        &longer,
        cut,
        &one,
        &large,
        &SHA1.replace('+', " "),
        SHA1.trim_end_matches('='),
    ] {
        assert!(!key.verify("RSA-SHA1", &text, other), "{other}");
    }
    assert!(!RsaPublicKey::stand_in().verify("RSA-SHA1", &text, SHA1));
    assert_eq!(
        format!("{:?}", RsaPublicKey::stand_in()),
        "RsaPublicKey(2048 bits)"
    );
}

#[test]
fn what_a_private_key_signs_its_public_key_verifies() {
    let private = RsaSha256::from_pem(&read("vectors/keys/rsa-2048.pkcs8.pem")).unwrap();
    let public = RsaPublicKey::from_pem(&read("vectors/keys/rsa-2048.pub.pem")).unwrap();
    let text = BaseString::from_text(TEXT);
    let signature = private.sign(&text).unwrap();
    assert!(public.verify("RSA-SHA256", &text, signature.expose_secret()));
    assert!(!keys()[0].verify("RSA-SHA256", &text, signature.expose_secret()));
}

#[test]
fn what_is_not_a_public_key_is_named() {
    let certificate = "this is a certificate: take the key out with \
        `openssl x509 -in certificate.pem -noout -pubkey`";
    let private = "this is a private key: verifying takes the public key, which \
        `openssl pkey -pubout` writes";
    for (name, text) in [
        ("certificate.pem", certificate),
        ("ec.pkcs8.pem", private),
        ("ec.sec1.pem", private),
        ("encrypted.pkcs8.pem", private),
        ("openssh.pem", private),
        ("rsa-1024.pkcs1.pem", private),
        ("rsa-1024.pkcs8.pem", private),
        ("rsa-1024.pkcs1.der", private),
        ("rsa-1024.pkcs8.der", private),
    ] {
        let file = read(&format!("keys/{name}"));
        let key = if name.contains("der") {
            RsaPublicKey::from_der(&file)
        } else {
            RsaPublicKey::from_pem(&file)
        };
        assert_eq!(key.unwrap_err().to_string(), text, "{name}");
    }
}

#[test]
fn a_damaged_key_is_named_for_its_damage() {
    let pem = String::from_utf8(read("keys/public.pem")).unwrap();
    let error = |pem: &str| RsaPublicKey::from_pem(pem).unwrap_err();
    let says = |pem: &str, text: &str| assert_eq!(error(pem).to_string(), text);
    says(
        "",
        "this is not a public key in PEM, with its first and last line, or in DER (the content of the file, not its path)",
    );
    says(
        "/etc/keys/public.pem",
        &PublicKeyError::Malformed.to_string(),
    );
    says(&pem[..pem.len() - 40], "the key is cut off");
    says(
        &pem.replace("-----END PUBLIC", "-----END PRIVATE"),
        "the key is cut off",
    );
    says(
        &pem.replacen("MIGf", "MIG*", 1),
        "the base64 of the key is damaged",
    );
    let body = pem.find("MIGf").unwrap();
    let (first, rest) = pem.split_at(body);
    let literal = format!("{first}{}", rest.replace('\n', "\\n"));
    says(&literal, "the key has literal \\n instead of line ends");
    says(
        "ssh-rsa AAAAB3NzaC1yc2E",
        "the key is in the format of OpenSSH: convert it with `ssh-keygen -e -m PKCS8 -f`",
    );
    let der = read("keys/public.der");
    let error = |der: &[u8]| RsaPublicKey::from_der(der).unwrap_err();
    assert_eq!(error(&der[..der.len() - 1]), PublicKeyError::CutOff);
    assert_eq!(
        error(&[&der[..], b"\0"].concat()),
        PublicKeyError::Malformed
    );
    for (place, byte) in der.iter().enumerate() {
        // Whatever is changed, nothing panics.
        for other in [0, byte ^ 1, byte ^ 0x80, 0xFF] {
            let mut changed = der.clone();
            changed[place] = other;
            let _ = RsaPublicKey::from_der(&changed);
        }
    }
    // An identifier of another algorithm, and a modulus that is too short.
    let mut other = der.clone();
    other[15] ^= 1;
    assert_eq!(error(&other), PublicKeyError::OtherAlgorithm);
    let size = error(b"\x30\x08\x02\x03\x01\x00\x01\x02\x01\x03");
    assert_eq!(size, PublicKeyError::Size { bits: 17 });
    assert_eq!(
        size.to_string(),
        "the key has 17 bits: those of 1024 to 8192 bits are accepted"
    );
}
