//! Signs a POST request whose body is a form: `cargo run --example form_post`.

use oauth1_signer::{Call, Consumer, Placement, Request, RequestError, Signer, Stamp, Token};

fn main() -> Result<(), RequestError> {
    let consumer = Consumer::new("dpf43f3p2l4k3l03", "kd94hf93k423kf44");
    let token = Token::new("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00");
    let signer = Signer::new(&consumer, &token);

    // Names and values are not encoded; the request encodes them.
    let status = format!("Zürich: 1 + 1 = {}", 1 + 1);
    let request = Request::post("https://api.example.com/posts")?.form([
        ("status", status.as_str()),
        ("tags[]", "a"),
        ("tags[]", "b"),
    ])?;

    // The signature in a header, and the form in the body.
    let signed = signer.sign(&request, Stamp::now());
    print(&signed.call(Placement::Header));

    // Everything in the body and no header, as when a browser posts the form. This is another
    // request, so it has a stamp of its own.
    let signed = signer.sign(&request, Stamp::now());
    print(&signed.call(Placement::Body));
    Ok(())
}

/// Prints what to send. Send the body as it is here: another encoding is another signature.
fn print(call: &Call) {
    println!("{} {}", call.method(), call.url());
    for (name, value) in call.headers() {
        println!("{name}: {value}");
    }
    println!("\n{}\n", call.body());
}
