//! A map with values that may be absent.
//! says: `Option<String>` is not the text or the bytes of a name or a value
//! says: leave out what is `None`

use std::collections::HashMap;

use oauth1_signer::Request;

fn main() {
    let fields = HashMap::from([(String::from("language"), std::env::args().nth(1))]);
    let request = Request::get("https://api.example.com/posts").unwrap();
    let _request = request.query(&fields);
}
