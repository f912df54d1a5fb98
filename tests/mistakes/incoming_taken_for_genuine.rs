//! A request whose nonce is taken before its signature was checked.
//! is: error[E0599]

use oauth1_signer::verifier::{Incoming, MemoryNonces};

fn handle(incoming: Incoming<'_>, nonces: &MemoryNonces) {
    let _ = incoming.accept(nonces);
}

fn main() {}
