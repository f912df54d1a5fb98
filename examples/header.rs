//! Signs a GET request with an `Authorization` header: `cargo run --example header`.

use std::error::Error;

use oauth1_signer::{Consumer, Placement, Request, Signer, Stamp, Token};
use url::Url;

fn main() -> Result<(), Box<dyn Error>> {
    // What the service gave to the application, and what it gave for the user. The secrets are the
    // key of the signature, and are never sent.
    let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
    let token = Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");

    // One signer signs all requests with these credentials.
    let signer = Signer::new(&consumer, &token);

    // The query is signed too. `Url` encodes what you append to it.
    let mut url = Url::parse("https://photos.example.net/photos")?;
    url.query_pairs_mut()
        .append_pair("album", "São Paulo + Rio");

    // Fails if the URL cannot be signed: another scheme, a malformed escape, signed already.
    let request = Request::get(&url)?;

    // `now` makes a fresh nonce. To send the request again, sign it again.
    let signed = signer.sign(&request, Stamp::now());

    // Give these to any HTTP client, and make sure that it does not change the URL.
    let call = signed.call(Placement::Header);
    println!("{} {}", call.method(), call.url());
    for (name, value) in call.headers() {
        println!("{name}: {value}");
    }
    Ok(())
}
