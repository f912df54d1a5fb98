use std::error::Error;

use oauth1_signer::Signer;
use oauth1_signer_reqwest::Sign;
use reqwest::{Client, redirect::Policy};

/// Built once. It does not follow redirects, because a signature is good for one URL.
pub fn client() -> reqwest::Result<Client> {
    Client::builder().redirect(Policy::none()).build()
}

pub async fn post(
    client: &Client,
    signer: &Signer,
    url: &str,
    title: &str,
) -> Result<String, Box<dyn Error>> {
    let request = client.post(url).form(&[("title", title)]);
    let response = request.sign(signer)?.send().await?;
    Ok(response.error_for_status()?.text().await?)
}
