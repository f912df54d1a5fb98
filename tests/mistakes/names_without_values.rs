//! A list of texts where the pairs of a form belong.
//! says: `&str` is not a pair of a name and a value
//! says: give an array of pairs, such as `[("status", &status)]`, or a map

use oauth1_signer::Request;

fn main() {
    let request = Request::post("https://api.example.com/posts").unwrap();
    let _request = request.form(["status", "hello"]);
}
