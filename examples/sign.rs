//! Signs a published example and prints every stage: `cargo run --example sign`.
//!
//! The example is the request for temporary credentials from "OAuth and Flickr".

use oauth1_signer::{Callback, Consumer, Request, RequestError, Signer, Stamp};

fn main() -> Result<(), RequestError> {
    let consumer = Consumer::new("768fe946d252b119746fda82e1599980", "1a3c208e172d3edc");
    let signer = Signer::new(&consumer, None); // no token yet
    let request = Request::get("http://www.flickr.com/services/oauth/request_token")?
        .callback(Callback::Url("http://www.wackylabs.net/oauth/test"));
    let stamp = Stamp::new("C2F26CD5C075BA9050AD8EE90644CF29", 1_316_657_628);
    let signed = signer.sign(&request, stamp);

    println!(
        "\
# Normalized parameters (RFC 5849, section 3.4.1.3.2)
# All of the query, the form and the protocol: encoded, then sorted by name and value.
{}

# Signature base string (section 3.4.1.1)
# Method, URI and parameters, each encoded (the parameters now twice) and joined by `&`.
{}

# Signature (section 3.4.2)
# HMAC-SHA1 of the base string, in base64. The key: both secrets, encoded and joined by `&`.
{}

# Request with an `Authorization` header (section 3.5.1)
# Send the protocol parameters in one place only: header, form body or URL.
Authorization: {}

# Signed URL (section 3.5.3)
# The same parameters behind the query: for links, and for whoever cannot set headers.
{}",
        signed.parameters(),
        signed.base_string(),
        signed.signature().expose_secret(),
        signed.authorization_header(),
        signed.query().to_url(),
    );
    Ok(())
}
