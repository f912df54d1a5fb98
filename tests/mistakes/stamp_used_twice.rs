//! One stamp for two requests.
//! is: error[E0382]

use oauth1_signer::{Consumer, Request, Signer, Stamp};

fn main() {
    let signer = Signer::new(&Consumer::new("key", "secret"), None);
    let request = Request::get("https://api.example.com/").unwrap();
    let stamp = Stamp::now();
    let _first = signer.sign(&request, stamp);
    let _second = signer.sign(&request, stamp);
}
