//! hyper: the client of hyper-util, which takes absolute URIs, and the connections of hyper itself, on
//! which a URI is relative.

use std::io;

use http::{Request, header::HOST};
use hyper::client::conn::http1::handshake;
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioIo},
};
use oauth1_signer::{Placement, Signer, Stamp, http::Origin};
use tokio::{net::TcpStream, runtime::Runtime};
use tower::util::BoxCloneSyncService;

use super::{Message, Result, Stopped, call, request, request_of};

pub(crate) type Connect = BoxCloneSyncService<http::Uri, TokioIo<TcpStream>, io::Error>;

/// A client whose connections all lead to the server.
pub(crate) fn client(port: u16) -> Client<Connect, String> {
    let connect = tower::service_fn(move |_: http::Uri| async move {
        Ok(TokioIo::new(TcpStream::connect(("127.0.0.1", port)).await?))
    });
    Client::builder(TokioExecutor::new()).build(BoxCloneSyncService::new(connect))
}

pub(crate) async fn send(client: &Client<Connect, String>, request: Request<String>) -> Result {
    let response = client.request(request).await;
    Ok(response.map_err(Stopped::client)?.status().as_u16())
}

pub(super) struct Text<'a> {
    client: Client<Connect, String>,
    runtime: &'a Runtime,
}

impl<'a> Text<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        let client = client(port);
        Self { client, runtime }
    }
}

impl super::Client for Text<'_> {
    fn name(&self) -> &'static str {
        "hyper, text"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let request = request_of(call(signer, message, Placement::Header)?)?;
        self.runtime.block_on(send(&self.client, request))
    }
}

pub(super) struct Uri<'a> {
    client: Client<Connect, String>,
    runtime: &'a Runtime,
}

impl<'a> Uri<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        let client = client(port);
        Self { client, runtime }
    }
}

impl super::Client for Uri<'_> {
    fn name(&self) -> &'static str {
        "hyper, Uri"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let mut request = request(message)?;
        signer
            .sign_http(&mut request, Stamp::now())
            .map_err(Stopped::signer)?;
        self.runtime.block_on(send(&self.client, request))
    }
}

pub(super) struct ConnectionText<'a> {
    port: u16,
    runtime: &'a Runtime,
}

impl<'a> ConnectionText<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        Self { port, runtime }
    }
}

impl super::Client for ConnectionText<'_> {
    fn name(&self) -> &'static str {
        "connection, text"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let request = relative(request_of(call(signer, message, Placement::Header)?)?)?;
        self.runtime
            .block_on(send_on_connection(self.port, request))
    }
}

pub(super) struct ConnectionUri<'a> {
    port: u16,
    runtime: &'a Runtime,
}

impl<'a> ConnectionUri<'a> {
    pub(super) fn new(port: u16, runtime: &'a Runtime) -> Self {
        Self { port, runtime }
    }
}

impl super::Client for ConnectionUri<'_> {
    fn name(&self) -> &'static str {
        "connection, Uri"
    }

    fn send(&self, signer: &Signer, message: &Message) -> Result {
        let absolute = request(message)?;
        let origin = Origin::new(absolute.uri()).map_err(Stopped::signer)?;
        let mut request = relative(absolute)?;
        signer
            .sign_http_at(&origin, &mut request, Stamp::now())
            .map_err(Stopped::signer)?;
        self.runtime
            .block_on(send_on_connection(self.port, request))
    }
}

/// The request with a relative URI and a `Host` header.
fn relative(mut request: Request<String>) -> Result<Request<String>> {
    let uri = request.uri().clone();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let host = authority.parse().map_err(Stopped::client)?;
    request.headers_mut().insert(HOST, host);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = path.parse().map_err(Stopped::client)?;
    Ok(request)
}

async fn send_on_connection(port: u16, request: Request<String>) -> Result {
    let stream = TcpStream::connect(("127.0.0.1", port)).await;
    let (mut sender, connection) = handshake(TokioIo::new(stream.map_err(Stopped::client)?))
        .await
        .map_err(Stopped::client)?;
    tokio::spawn(connection);
    let response = sender.send_request(request).await;
    Ok(response.map_err(Stopped::client)?.status().as_u16())
}
