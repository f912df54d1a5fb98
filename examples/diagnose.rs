//! Finds out why a service refused a signature: `cargo run --example diagnose`.

use std::error::Error;

use oauth1_signer::{
    Call, Consumer, Placement, Request, Signer, Stamp,
    diagnosis::{Diagnosis, Evidence},
    response::Response,
};

fn main() -> Result<(), Box<dyn Error>> {
    let consumer = Consumer::new("key", "secret");
    let signer = Signer::new(&consumer, None);
    let request = Request::get("https://flickr.com/services/rest/?method=flickr.test.echo")?;
    let signed = signer.sign(&request, Stamp::new("nonce", 1_316_657_628));
    let call = signed.call(Placement::Header);

    // What Flickr answers after a redirect: its base string has the host that the request went to.
    let expected = call.base_string().replace("flickr.com", "www.flickr.com");
    let body = format!("oauth_problem=signature_invalid&debug_sbs={expected}");
    explain(&call, &Response::new(401, &body));

    // Two base strings, wherever they are from.
    let ours = "GET&https%3A%2F%2Fapi.example.com%2Fsearch&q%3Dladies%2Bgentlemen";
    let theirs = "GET&https%3A%2F%2Fapi.example.com%2Fsearch&q%3Dladies%2520gentlemen";
    println!("{}", Diagnosis::compare(ours, theirs));

    // With the secrets, a signature that another program made of the same request: its key has no `&`.
    let evidence = Evidence::new()
        .our_base_string(call.base_string())
        .our_signature("xFiq90gwS7Cv8Yb/yHilQBD+gJY=")
        .credentials(&consumer, None);
    println!("{}", evidence.diagnose());
    Ok(())
}

fn explain(call: &Call, response: &Response) {
    let evidence = Evidence::new()
        .our_base_string(call.base_string())
        .sent(call)
        .response(response);
    println!("{}", evidence.diagnose());
}
