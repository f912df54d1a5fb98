//! A request that is gone before what was signed is used.
//! is: error[E0716]

use oauth1_signer::{Consumer, Request, Signer, Stamp};

fn main() {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let url = "https://api.example.com/";
    let signed = signer.sign(&Request::get(url).unwrap(), Stamp::now());
    println!("{}", signed.authorization_header());
}
