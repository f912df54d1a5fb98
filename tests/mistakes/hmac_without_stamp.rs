//! A signature without a nonce, which only PLAINTEXT may leave out.
//! is: error[E0599]

use oauth1_signer::{Consumer, Request, Signer};

fn main() {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let request = Request::get("https://api.example.com/").unwrap();
    let _signed = signer.sign_without_stamp(&request);
}
