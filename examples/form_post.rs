//! A POST request whose body is a form: `cargo run --example form_post`.

use oauth1_signer::{Consumer, FormBody, Request, RequestError, Signer, Stamp, Token};

fn main() -> Result<(), RequestError> {
    let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
    let token = Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");
    let signer = Signer::new(&consumer, &token);

    // Names and values are given as they are meant. Encoding them is not the caller's business.
    let fields = [
        ("status", "Zürich: 1 + 1 = 2"),
        ("tags[]", "a"),
        ("tags[]", "b"),
    ];
    let request = Request::post("https://api.example.com/posts")?.form(&fields)?;

    // The body to send comes from the request, so that it is the one that was signed.
    let signed = signer.sign(&request, Stamp::now());
    println!("POST https://api.example.com/posts");
    println!("Authorization: {}", signed.authorization_header());
    println!("Content-Type: {}", FormBody::CONTENT_TYPE);
    println!("\n{}\n", request.form_body());

    // Or everything in the body, without a header, as a browser posts a form. That is another
    // request, and has a stamp of its own.
    let signed = signer.sign(&request, Stamp::now());
    println!("POST https://api.example.com/posts");
    println!("Content-Type: {}", FormBody::CONTENT_TYPE);
    println!("\n{}", signed.form_body());

    // Any other body (JSON, multipart) is not signed, and the request does not mention it.
    Ok(())
}
