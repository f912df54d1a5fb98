use std::error::Error;

use http::{Request, header::HOST};
use hyper::{body::Incoming, client::conn::http1::SendRequest};
use oauth1_signer::{Signer, Stamp, http::Origin};

/// `origin` is what the connection leads to, such as `Origin::new("https://api.example.com")?`.
pub async fn get(
    connection: &mut SendRequest<String>,
    signer: &Signer,
    origin: &Origin,
    path_and_query: &str,
) -> Result<hyper::Response<Incoming>, Box<dyn Error>> {
    let mut request = Request::get(path_and_query)
        .header(HOST, origin.authority())
        .body(String::new())?;
    signer.sign_http_at(origin, &mut request, Stamp::now())?;
    Ok(connection.send_request(request).await?)
}
