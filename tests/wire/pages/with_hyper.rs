use std::error::Error;

use http_body_util::BodyExt;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use oauth1_signer::{Signer, Stamp, response::Response};

pub async fn get(
    client: &Client<HttpConnector, String>,
    signer: &Signer,
    url: &str,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut request = http::Request::get(url).body(String::new())?;
    signer.sign_http(&mut request, Stamp::now())?;
    let (head, body) = client.request(request).await?.into_parts();
    let answer = http::Response::from_parts(head, body.collect().await?.to_bytes());
    if answer.status().is_success() {
        return Ok(answer.into_body().into());
    }
    match Response::from(&answer).report() {
        Some(report) => Err(report.to_string().into()),
        None => Err(answer.status().to_string().into()),
    }
}
