//! The text of a token in place of a token.
//! says: `&str` is neither a reference to a token nor `None`
//! says: pass `&token`, where `token` is a `Token` or an `Option<Token>`

use oauth1_signer::{Consumer, Signer};

fn main() {
    let _signer = Signer::new(&Consumer::new("key", "secret"), "token");
}
