use std::error::Error;

use oauth1_signer::{Placement, Request, Signer, Stamp};
use reqwest::Client;

pub async fn post(
    client: &Client,
    signer: &Signer,
    url: &str,
    title: &str,
) -> Result<String, Box<dyn Error>> {
    let request = Request::post(url)?.form([("title", title)])?;
    let call = signer.sign(&request, Stamp::now()).call(Placement::Header);
    let request = http::Request::<String>::try_from(&call)?.try_into()?;
    let response = client.execute(request).await?;
    Ok(response.error_for_status()?.text().await?)
}
