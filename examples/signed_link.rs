//! Makes a link that contains its own signature: `cargo run --example signed_link`.

use oauth1_signer::{Consumer, Request, RequestError, Signer, Stamp};

fn main() -> Result<(), RequestError> {
    // Many catalogs ask for the application's key, but not for a user's token.
    let signer = Signer::new(&Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44"), None);

    let term = "dark & knight";
    let request =
        Request::get("https://api.example.com/catalog/titles")?.query([("term", term)])?;
    let signed = signer.sign(&request, Stamp::now());

    // The protocol parameters follow the query that was there. Anyone who has the link can use it,
    // but only once and not for long: services remember nonces and check the time.
    let link = signed.query().to_url();
    println!("{link}");

    // A signed URL cannot be signed again.
    if let Err(error) = Request::get(&link) {
        println!("\nSigning it again: {error}");
    }
    Ok(())
}
