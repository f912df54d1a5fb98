//! Signs a GET request with an `Authorization` header: `cargo run --example header`.

use oauth1_signer::{Consumer, Placement, Request, RequestError, Signer, Stamp, Token};

fn main() -> Result<(), RequestError> {
    // What the service gave to the application, and what it gave for the user. The secrets are the
    // key of the signature, and are never sent.
    let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
    let token = Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");

    // One signer signs all requests with these credentials.
    let signer = Signer::new(&consumer, &token);

    // Fails if the URL cannot be signed: another scheme, a malformed escape, signed already.
    let request = Request::get("https://photos.example.net/photos?size=original")?;

    // The query is signed too. What you add to it is encoded.
    let album = String::from("São Paulo + Rio");
    let request = request.query([("album", album)])?;

    // `now` makes a fresh nonce. To send the request again, sign it again.
    let signed = signer.sign(&request, Stamp::now());

    // Give these to any HTTP client. The URL is `request.url()`: send it as it is.
    let call = signed.call(Placement::Header);
    println!("{} {}", call.method(), call.url());
    for (name, value) in call.headers() {
        println!("{name}: {value}");
    }
    Ok(())
}
