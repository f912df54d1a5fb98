//! A value that may be absent.
//! says: `Option<&str>` is not the text or the bytes of a name or a value
//! says: leave out what is `None`

use oauth1_signer::Request;

fn main() {
    let language = std::env::args().nth(1);
    let request = Request::get("https://api.example.com/posts").unwrap();
    let _request = request.query([("language", language.as_deref())]);
}
