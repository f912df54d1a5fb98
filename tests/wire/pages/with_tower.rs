use hyper_util::client::legacy::{Client, connect::HttpConnector};
use oauth1_signer::{
    Signer,
    http::Origin,
    tower::{Sign, SignLayer},
};
use tower::ServiceBuilder;
use tower_http::follow_redirect::{FollowRedirect, FollowRedirectLayer};

/// `origin` is where the signatures may go, such as `Origin::new("https://api.example.com")?`.
pub fn service(
    client: Client<HttpConnector, String>,
    signer: Signer,
    origin: Origin,
) -> FollowRedirect<Sign<Client<HttpConnector, String>>> {
    ServiceBuilder::new()
        .layer(FollowRedirectLayer::new())
        .layer(SignLayer::new(signer, origin))
        .service(client)
}
