//! A key that can fail, and a signature without a `Result`.
//! says: signing with this key can fail
//! says: call `try_sign`, which returns a `Result`

use oauth1_signer::{Consumer, Request, Signer, Stamp};

fn main() {
    let signer = Signer::plaintext(&Consumer::new("key", "secret"), None);
    let request = Request::get("https://api.example.com/").unwrap();
    let _signed = signer.sign(&request, Stamp::now());
}
