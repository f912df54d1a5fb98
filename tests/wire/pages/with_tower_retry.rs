use std::time::Duration;

use http::{Request, Response, StatusCode};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use oauth1_signer::{
    Signer,
    http::Origin,
    tower::{Sign, SignLayer},
};
use tokio::time::{Sleep, sleep};
use tower::{
    ServiceBuilder,
    retry::{Policy, Retry, RetryLayer},
};

/// Tries again, up to `retries` times, while the server is busy.
#[derive(Clone)]
pub struct WhileBusy {
    retries: u32,
}

impl<B, E> Policy<Request<String>, Response<B>, E> for WhileBusy {
    type Future = Sleep;

    fn retry(
        &mut self,
        _: &mut Request<String>,
        result: &mut Result<Response<B>, E>,
    ) -> Option<Sleep> {
        let answer = result.as_ref().ok()?;
        if answer.status() != StatusCode::SERVICE_UNAVAILABLE {
            return None;
        }
        self.retries = self.retries.checked_sub(1)?;
        Some(sleep(Duration::from_millis(200)))
    }

    fn clone_request(&mut self, request: &Request<String>) -> Option<Request<String>> {
        Some(request.clone()) // not signed yet
    }
}

pub fn service(
    client: Client<HttpConnector, String>,
    signer: Signer,
    origin: Origin,
) -> Retry<WhileBusy, Sign<Client<HttpConnector, String>>> {
    ServiceBuilder::new()
        .layer(RetryLayer::new(WhileBusy { retries: 3 }))
        .layer(SignLayer::new(signer, origin))
        .service(client)
}
