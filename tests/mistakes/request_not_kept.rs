//! A request that is gone before what was signed is used.
//! says: temporary value dropped while borrowed
//! says: consider using a `let` binding to create a longer lived value

use oauth1_signer::{Consumer, Request, Signer, Stamp};

fn main() {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let url = "https://api.example.com/";
    let signed = signer.sign(&Request::get(url).unwrap(), Stamp::now());
    println!("{}", signed.authorization_header());
}
