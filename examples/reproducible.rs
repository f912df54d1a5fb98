//! Makes a signature that is always the same, for a test: `cargo run --example reproducible`.

use oauth1_signer::{Consumer, Request, RequestError, Signer, Stamp};

/// Code to be tested takes the stamp as an argument. The program passes `Stamp::now()`, and the test
/// passes a fixed one.
fn authorization(signer: &Signer, stamp: Stamp) -> Result<String, RequestError> {
    let request = Request::get("https://api.example.com/photos?size=original")?;
    let signed = signer.sign(&request, stamp);
    Ok(signed.authorization_header().to_value())
}

fn main() -> Result<(), RequestError> {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);

    // A nonce and the time in seconds since 1970. The same request gets the same signature.
    let once = authorization(&signer, Stamp::new("nonce", 1_316_657_628))?;
    let again = authorization(&signer, Stamp::new("nonce", 1_316_657_628))?;
    println!("{once}");
    assert_eq!(once, again);
    assert!(once.contains(r#"oauth_signature="3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D""#));

    // One second later it gets another one.
    let later = authorization(&signer, Stamp::new("nonce", 1_316_657_629))?;
    println!("{later}");
    assert_ne!(once, later);
    Ok(())
}
