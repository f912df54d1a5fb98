//! The header in one line, with a key that can fail.
//! says: signing with this key can fail

use oauth1_signer::{Consumer, Signer};

fn main() {
    let signer = Signer::plaintext(&Consumer::new("key", "secret"), None);
    let _header = signer.authorization("GET", "https://api.example.com/");
}
