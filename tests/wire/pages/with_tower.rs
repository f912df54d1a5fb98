use std::error::Error;

use http_body_util::BodyExt;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use oauth1_signer::{
    Signer,
    http::Origin,
    tower::{Sign, SignLayer},
};
use tower::{Service, ServiceBuilder, ServiceExt};
use tower_http::follow_redirect::{FollowRedirect, FollowRedirectLayer};

type Signed = FollowRedirect<Sign<Client<HttpConnector, String>>>;

/// `origin` is where the signatures may go, such as `Origin::new("https://api.example.com")?`.
pub fn service(client: Client<HttpConnector, String>, signer: Signer, origin: Origin) -> Signed {
    ServiceBuilder::new()
        .layer(FollowRedirectLayer::new())
        .layer(SignLayer::new(signer, origin))
        .service(client)
}

pub async fn get(service: &mut Signed, url: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let request = http::Request::get(url).body(String::new())?;
    let response = service.ready().await?.call(request).await?;
    Ok(response.into_body().collect().await?.to_bytes().into())
}
