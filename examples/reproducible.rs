//! A signature that is the same every time: `cargo run --example reproducible`.

use oauth1_signer::{Consumer, Request, RequestError, Signer, Stamp};

/// Code that is to be tested takes the stamp from outside. The program passes `Stamp::now()`, the
/// test a fixed one: the rest of the code is the same.
fn authorization(signer: &Signer, stamp: Stamp) -> Result<String, RequestError> {
    let request = Request::get("https://api.example.com/photos?size=original")?;
    Ok(signer
        .sign(&request, stamp)
        .authorization_header()
        .to_value())
}

fn main() -> Result<(), RequestError> {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);

    // Nonce and seconds since 1970. The same request has the same signature.
    let once = authorization(&signer, Stamp::new("nonce", 1_316_657_628))?;
    let again = authorization(&signer, Stamp::new("nonce", 1_316_657_628))?;
    println!("{once}");
    assert_eq!(once, again);
    assert!(once.contains(r#"oauth_signature="3wPJGUfQfGmzfcs4ww9jKmTTu3s%3D""#));

    // A second later it has another one.
    let later = authorization(&signer, Stamp::new("nonce", 1_316_657_629))?;
    println!("{later}");
    assert_ne!(once, later);
    Ok(())
}
