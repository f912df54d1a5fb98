//! tower, above the client of hyper-util.

use std::future::{Ready, ready};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::client::legacy;
use oauth1_signer::{
    Signer,
    http::{HttpError, Origin},
    signature_method::SigningKey,
    tower::SignLayer,
};
use tokio::runtime::Runtime;
use tower::{BoxError, Layer, Service, ServiceExt, retry::Policy};

use super::{
    Message, Result, Stopped,
    hyper::{Connect, client},
    request,
};

pub(super) struct Layered<'a> {
    client: legacy::Client<Connect, String>,
    runtime: &'a Runtime,
}

impl<'a> Layered<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        let client = client(port);
        Self { client, runtime }
    }
}

impl super::Client for Layered<'_> {
    fn name(&self) -> &'static str {
        "tower, SignLayer"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let request = request(message)?;
        let origin = Origin::new(request.uri()).map_err(Stopped::signer)?;
        let service = SignLayer::new(signer.clone(), origin).layer(self.client.clone());
        self.runtime
            .block_on(send::<HttpError, _>(service, request))
    }
}

/// Sends a request with a service whose signer has errors of the type `E`.
pub(crate) async fn send<E, S>(service: S, request: Request<String>) -> Result
where
    E: std::error::Error + 'static,
    S: Service<Request<String>, Response = Response<Incoming>, Error = BoxError>,
{
    match service.oneshot(request).await {
        Ok(response) => Ok(response.status().as_u16()),
        Err(error) if error.is::<E>() => Err(Stopped::Signer(error.to_string())),
        Err(error) => Err(Stopped::Client(error.to_string())),
    }
}

/// Sends again while the server is busy.
#[derive(Clone, Copy)]
pub(crate) struct WhileBusy {
    pub(crate) attempts: usize,
}

impl<E> Policy<Request<String>, Response<Incoming>, E> for WhileBusy {
    type Future = Ready<()>;

    fn retry(
        &mut self,
        _: &mut Request<String>,
        result: &mut std::result::Result<Response<Incoming>, E>,
    ) -> Option<Ready<()>> {
        let busy = result
            .as_ref()
            .is_ok_and(|response| response.status() == 503);
        self.attempts = self.attempts.saturating_sub(1);
        (busy && self.attempts > 0).then(|| ready(()))
    }

    fn clone_request(&mut self, request: &Request<String>) -> Option<Request<String>> {
        Some(request.clone())
    }
}

/// The layer of a signer for an origin on loopback.
pub(crate) fn layer<K: SigningKey>(signer: &Signer<K>, port: u16) -> SignLayer<K>
where
    Signer<K>: Clone,
{
    let origin = Origin::new(format!("http://127.0.0.1:{port}")).expect("an origin");
    SignLayer::new(signer.clone(), origin)
}
