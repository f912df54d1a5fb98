//! A body as one text, where the pairs of a form belong.
//! is: error[E0277]

use oauth1_signer::Request;

fn main() {
    let request = Request::post("https://api.example.com/posts").unwrap();
    let _request = request.form("status=hello");
}
