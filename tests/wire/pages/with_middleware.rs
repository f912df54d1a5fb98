use std::error::Error;

use oauth1_signer::{Signer, http::Origin};
use oauth1_signer_reqwest::SignMiddleware;
use reqwest::{Client, redirect::Policy};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};

/// `api` is where the signatures may go, such as `https://api.example.com`.
pub fn client(signer: Signer, api: &str) -> Result<ClientWithMiddleware, Box<dyn Error>> {
    let client = Client::builder().redirect(Policy::none()).build()?;
    let retries = ExponentialBackoff::builder().build_with_max_retries(3);
    Ok(ClientBuilder::new(client)
        .with(RetryTransientMiddleware::new_with_policy(retries))
        .with(SignMiddleware::new(signer, Origin::new(api)?).follow_redirects(5))
        .build())
}
