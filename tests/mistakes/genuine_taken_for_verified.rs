//! A request that is acted upon before a store has seen its nonce.
//! is: error[E0308]

use oauth1_signer::verifier::{Genuine, Verified};

fn transfer(_: &Verified<'_>) {}

fn handle(genuine: Genuine<'_>) {
    transfer(&genuine);
}

fn main() {}
