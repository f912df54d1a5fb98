//! A store that has to be awaited where one is asked that blocks.
//! says: `Database` is not a store of nonces
//! says: a store that has to be awaited implements `AsyncNonces`: use `Genuine::accept_async`

use oauth1_signer::verifier::{AsyncNonces, Genuine, Insertion, NonceKey};

struct Database;

impl AsyncNonces for Database {
    type Error = std::fmt::Error;

    async fn insert(&self, _: &NonceKey<'_>) -> Result<Insertion, Self::Error> {
        Ok(Insertion::New)
    }
}

fn handle(genuine: Genuine<'_>) {
    let _ = genuine.accept(&Database);
}

fn main() {}
