//! A token in a log.
//! is: error[E0277]

use oauth1_signer::Token;

fn main() {
    println!("{}", Token::new("token", "secret"));
}
