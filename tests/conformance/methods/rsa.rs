//! RSA, against a model that opens a signature with the public key.

use oauth1_signer::{
    BaseString,
    signature_method::{AnyKey, SigningKey},
};
use proptest::prelude::*;
use support::{
    cases,
    reference::{encoded_message, opened},
};

proptest! {
    // The model takes its time.
    #![proptest_config(cases(4))]

    #[test]
    fn rsa_signs_what_its_public_key_opens(text in "\\PC{0,200}", more in 0_usize..200) {
        // Also texts that fill blocks of the hash to the last octet.
        let text = text + &"a".repeat(more);
        let modulus = modulus();
        for (method, model) in MODELS {
            let key = AnyKey::from_private_key(method, KEY).unwrap();
            let signature = key.sign(&BaseString::from_text(&text)).unwrap();
            prop_assert_eq!(
                opened(signature.expose_secret(), &modulus),
                model(&text)
            );
        }
    }
}

const KEY: &[u8] = include_bytes!("../../keys/rsa-1024.pkcs8.der");

/// As `openssl rsa -modulus` prints it.
const MODULUS: &str = concat!(
    "ED6506DCCB238D3E258E8F2733AC70F7F9AE44F5506965ADD6B82FA18D1F1396",
    "64CA7A8E7368ADA01A9584B41801DC2C6C672420DDAF6014E5A8438DDD5CE4EF",
    "95031853C4B5D205778E177B6971645CC2B7A838C87C1612E0E396147403D4B6",
    "3A14012AEA4B701026F2E2043B13745BB8C3C155A6378319A58A14121B643B5F",
);

fn modulus() -> Vec<u8> {
    (0..MODULUS.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&MODULUS[at..at + 2], 16).unwrap())
        .collect()
}

type Model = fn(&str) -> Vec<u8>;

const MODELS: [(&str, Model); 3] = [
    ("RSA-SHA1", |text| {
        encoded_message::<sha1::Sha1>(text, SHA1, 128)
    }),
    ("RSA-SHA256", |text| {
        encoded_message::<sha2::Sha256>(text, SHA256, 128)
    }),
    ("RSA-SHA512", |text| {
        encoded_message::<sha2::Sha512>(text, SHA512, 128)
    }),
];

/// RFC 8017, section 9.2, note 1.
const SHA1: &[u8] = b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14";
const SHA256: &[u8] =
    b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
const SHA512: &[u8] =
    b"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40";
