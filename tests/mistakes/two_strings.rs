//! Two strings in place of credentials.
//! is: error[E0308]

use oauth1_signer::Signer;

fn main() {
    let _signer = Signer::new("consumer key", "consumer secret");
}
