//! A link that carries its own signature: `cargo run --example signed_link`.

use oauth1_signer::{Consumer, Request, RequestError, Signer, Stamp};

fn main() -> Result<(), RequestError> {
    // Many catalogs want no user's token, only the application's key.
    let signer = Signer::new(&Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44"), None);

    // A URL may also be text. It is parsed as HTTP clients do, so that what is signed is what they
    // send.
    let request = Request::get("https://api.example.com/catalog/titles?term=dark+knight")?;
    let signed = signer.sign(&request, Stamp::now());

    // The protocol parameters stand behind the query that was there. Whoever has the link can use
    // it as it is: once, and not for long, because services remember nonces and look at the time.
    let link = signed.query().to_url();
    println!("{link}");

    // A URL is never signed twice: the parameters would stand in it twice.
    if let Err(error) = Request::get(&link) {
        println!("\nSigning it again: {error}.");
    }
    Ok(())
}
