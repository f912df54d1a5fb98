//! Signing with a key that this program never sees: in a security module that answers at once, and
//! in a key service that answers later.
//!
//! `cargo run --example external_key`

use std::{
    error::Error,
    fmt, future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use oauth1_signer::signature_method::{Signature, SigningKey};
use oauth1_signer::{BaseString, Realm, Request, Signer, Stamp};

fn main() -> Result<(), Box<dyn Error>> {
    let request = Request::get("https://api.example.com/accounts?limit=10")?;

    // One step: the module is a key like any other.
    let signer = Signer::with_key("consumer key", None, Module { slot: 7 });
    let signed = signer.try_sign(&request, Stamp::now())?;
    println!("Authorization: {}", signed.authorization_header());

    // A module that has gone away says so in its own words.
    let signer = Signer::with_key("consumer key", None, Module { slot: 8 });
    if let Err(error) = signer.try_sign(&request, Stamp::now()) {
        println!("{error}");
    }

    // Two steps: the base string goes out, and the signature comes back.
    let header = block_on(sign_with_service(&request))?;
    println!("Authorization: {header}");
    Ok(())
}

async fn sign_with_service(request: &Request<'_>) -> Result<String, Box<dyn Error>> {
    let signer = Signer::with_key_elsewhere("consumer key", Some("token"), "RSA-SHA256")?
        .with_realm(Realm::new("example")?);
    let prepared = signer.prepare(request, Stamp::now());
    let octets = service(prepared.base_string().to_string()).await?;
    let signed = prepared.with_signature(Signature::from_bytes(&octets));
    Ok(signed.authorization_header().to_value())
}

/// A key in a security module.
struct Module {
    slot: u8,
}

impl SigningKey for Module {
    type Error = ModuleError;

    fn method(&self) -> &'static str {
        "RSA-SHA256"
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, ModuleError> {
        // A module that hashes by itself takes the pieces; others take `to_string`.
        let mut session = Session::open(self.slot)?;
        base_string.for_each_chunk(|piece| session.update(piece));
        Ok(Signature::from_bytes(&session.sign()))
    }
}

#[derive(Debug)]
struct ModuleError {
    slot: u8,
}

impl fmt::Display for ModuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no key in slot {}", self.slot)
    }
}

impl Error for ModuleError {}

/// Stands for the module's own library. It signs nothing: this is where the real one goes.
struct Session(Vec<u8>);

impl Session {
    fn open(slot: u8) -> Result<Self, ModuleError> {
        match slot {
            7 => Ok(Self(Vec::new())),
            slot => Err(ModuleError { slot }),
        }
    }

    fn update(&mut self, piece: &[u8]) {
        self.0.extend_from_slice(piece);
    }

    fn sign(self) -> [u8; 256] {
        [self.0.first().copied().unwrap_or_default(); 256]
    }
}

/// Stands for a key service behind a network. It signs nothing either.
async fn service(base_string: String) -> Result<Vec<u8>, Box<dyn Error>> {
    future::ready(()).await;
    Ok(base_string.into_bytes().repeat(2)[..256].to_vec())
}

/// A runtime, for want of a real one.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
