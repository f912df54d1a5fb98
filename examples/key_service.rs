//! Signs in two steps, with a key in a service that answers later:
//! `cargo run --example key_service`.

use std::{
    error::Error,
    future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use oauth1_signer::{Request, Signer, Stamp, signature_method::Signature};

fn main() -> Result<(), Box<dyn Error>> {
    let request = Request::get("https://api.example.com/accounts?limit=10")?;
    let authorization = block_on(authorization(&request))?;
    println!("GET {}", request.url());
    println!("Authorization: {authorization}");
    Ok(())
}

async fn authorization(request: &Request<'_>) -> Result<String, Box<dyn Error>> {
    let signer = Signer::with_key_elsewhere("consumer key", Some("token"), "RSA-SHA256")?;

    // The base string goes to the service, and the signature comes back.
    let prepared = signer.prepare(request, Stamp::now());
    let bytes = key_service(prepared.base_string().to_string()).await?;
    let signed = prepared.with_signature(Signature::from_bytes(&bytes));
    Ok(signed.authorization_header().to_value())
}

/// Stands for a call to the service. A signature of RSA with a key of 2048 bits has 256 bytes.
async fn key_service(base_string: String) -> Result<Vec<u8>, Box<dyn Error>> {
    future::ready(()).await;
    let sum = base_string.bytes().fold(0_u8, u8::wrapping_add);
    Ok(vec![sum; 256])
}

/// Stands for the async runtime of a real program.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
