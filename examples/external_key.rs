//! Signs with a key in a security module, which this program never sees:
//! `cargo run --example external_key`.

use std::{error::Error, fmt};

use oauth1_signer::signature_method::{Signature, SigningKey};
use oauth1_signer::{BaseString, Request, Signer, Stamp};

fn main() -> Result<(), Box<dyn Error>> {
    let request = Request::get("https://api.example.com/accounts?limit=10")?;

    // The module is a key like any other, except that it can fail.
    let signer = Signer::with_key("consumer key", None, Module { slot: 7 });
    let signed = signer.try_sign(&request, Stamp::now())?;
    println!("GET {}", request.url());
    println!("Authorization: {}", signed.authorization_header());

    let signer = Signer::with_key("consumer key", None, Module { slot: 8 });
    if let Err(error) = signer.try_sign(&request, Stamp::now()) {
        println!("{error}");
    }
    Ok(())
}

/// Stands for a key in a security module.
struct Module {
    slot: u8,
}

impl SigningKey for Module {
    type Error = NoKey;

    fn method(&self) -> &'static str {
        "RSA-SHA256"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, NoKey> {
        if self.slot != 7 {
            return Err(NoKey { slot: self.slot });
        }
        // A module that hashes the text itself takes it in pieces; others take `to_string`.
        let mut sum = 0_u8;
        base_string.for_each_chunk(|piece| sum = piece.iter().fold(sum, |a, b| a.wrapping_add(*b)));
        // The real module signs here. A signature of RSA with a key of 2048 bits has 256 bytes.
        Ok(Signature::from_bytes(&[sum; 256]))
    }
}

#[derive(Debug)]
struct NoKey {
    slot: u8,
}

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no key in slot {}", self.slot)
    }
}

impl Error for NoKey {}
