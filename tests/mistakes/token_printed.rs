//! A token in a log.
//! says: Token` doesn't implement `std::fmt::Display`

use oauth1_signer::Token;

fn main() {
    println!("{}", Token::new("token", "secret"));
}
