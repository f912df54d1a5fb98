//! Numbers as the values of a form, by reference.
//! says: `{integer}` is not the text or the bytes of a name or a value
//! says: write numbers and booleans as text first, such as `page.to_string()`

use oauth1_signer::Request;

fn main() {
    let page = 7;
    let request = Request::post("https://api.example.com/posts").unwrap();
    let _request = request.form([("page", &page)]);
}
