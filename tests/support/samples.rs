//! The values that many tests begin with.

use oauth1_signer::{
    Consumer, Request, Signed, Stamp,
    flow::{Endpoints, Flow},
};

/// An endpoint that has a query already.
pub const ENDPOINT: &str = "https://photos.example.net/oauth?service=photos";

/// The same stamp every time, where only one request is signed.
pub fn stamp() -> Stamp {
    Stamp::new("nonce", 1_316_657_628)
}

/// A request with nothing in it.
pub fn post() -> Request<'static> {
    Request::post("https://example.com/").unwrap()
}

/// A flow of the consumer `key` with the secret `secret`, all of whose legs go to [`ENDPOINT`].
pub fn flow() -> Flow {
    Flow::new(Consumer::new("key", "secret"), endpoints())
}

/// Three times [`ENDPOINT`].
pub fn endpoints() -> Endpoints {
    Endpoints::new(ENDPOINT, ENDPOINT, ENDPOINT).unwrap()
}

/// The value of the `Authorization` header.
pub fn header(signed: &Signed) -> String {
    signed.authorization_header().to_value()
}
