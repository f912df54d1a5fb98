//! Two strings in place of credentials.
//! says: expected `&Consumer`, found `&str`

use oauth1_signer::Signer;

fn main() {
    let _signer = Signer::new("consumer key", "consumer secret");
}
