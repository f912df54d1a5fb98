use std::error::Error;

use http_body_util::BodyExt;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use oauth1_signer::{Signer, Stamp};

pub async fn get(
    client: &Client<HttpConnector, String>,
    signer: &Signer,
    url: &str,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut request = http::Request::get(url).body(String::new())?;
    signer.sign_http(&mut request, Stamp::now())?;
    let response = client.request(request).await?;
    Ok(response.into_body().collect().await?.to_bytes().into())
}
