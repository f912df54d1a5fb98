//! Finds out why a service refused a signature: `cargo run --example refused`.

use std::error::Error;

use oauth1_signer::{Call, Consumer, Placement, Request, Signer, Stamp, response::Response};

fn main() -> Result<(), Box<dyn Error>> {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let request = Request::get("https://api.example.com/titles?term=dark+knight")?;
    let signed = signer.sign(&request, Stamp::new("nonce", 1_316_657_628));
    let call = signed.call(Placement::Header);

    // What a service answers if a proxy in front of it turned https into http.
    let expected = call.base_string().replace("https", "http");
    let body = format!("oauth_problem=signature_invalid&debug_sbs={expected}");
    explain(&call, Response::new(401, &body));

    // What it answers if the base strings are the same.
    let body = format!(
        "oauth_problem=signature_invalid&debug_sbs={}",
        call.base_string()
    );
    explain(&call, Response::new(401, &body));
    Ok(())
}

fn explain(call: &Call, response: Response<'_>) {
    let Some(report) = response.report() else {
        println!("status {}, and no known report", response.status());
        return;
    };
    println!("{report}");

    // Base strings contain every value in the query and the form: print them, but do not log them.
    let Some(expected) = report.base_string() else {
        return;
    };
    let signed = call.base_string();
    let pairs = signed.bytes().zip(expected.bytes());
    let same = pairs.take_while(|(ours, theirs)| ours == theirs).count();
    if signed == expected {
        println!("The base strings are the same: the key is wrong, or the signature was damaged.");
    } else {
        println!("expected: {expected}\n  signed: {signed}");
        println!(
            "{}^ differs from here",
            " ".repeat("  signed: ".len() + same)
        );
    }
}
