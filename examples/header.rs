//! A GET request with an `Authorization` header: `cargo run --example header`.

use std::error::Error;

use oauth1_signer::{Consumer, Request, Signer, Stamp, Token};
use url::Url;

fn main() -> Result<(), Box<dyn Error>> {
    // What the service gave to the application, and what it gave for the user. Both secrets go into
    // the key of the signature. Neither is sent.
    let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
    let token = Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");

    // One signer serves all requests with these credentials.
    let signer = Signer::new(&consumer, &token);

    // The query is signed too. `Url` encodes what is pushed into it.
    let mut url = Url::parse("https://photos.example.net/photos")?;
    url.query_pairs_mut()
        .append_pair("album", "São Paulo + Rio");

    // What cannot be signed is refused here: wrong schemes, broken escapes, a URL signed already.
    let request = Request::get(&url)?;

    // A fresh nonce and the time. Whoever sends the request again signs it again.
    let signed = signer.sign(&request, Stamp::now());

    // Hand these two to any HTTP client, and let it leave the URL as it is.
    println!("GET {url}");
    println!("Authorization: {}", signed.authorization_header());
    Ok(())
}
