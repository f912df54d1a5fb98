//! Catches the redirect on loopback.

use std::{
    error::Error,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener},
};

use oauth1_signer::{
    Temporary,
    flow::{Redirect, RedirectError},
};
use url::{Host, Url};

use super::{
    http::{Incoming, Outgoing},
    options::{UserOptions, is_loopback},
};

pub(crate) struct Listener {
    socket: TcpListener,
    callback: Url,
}

impl Listener {
    pub(crate) fn new(options: &UserOptions) -> Result<Self, Box<dyn Error>> {
        let given = match &options.callback_url {
            None => None,
            Some(text) => Some(
                Url::parse(text)
                    .ok()
                    .filter(|url| url.scheme() == "http" && is_loopback(url))
                    .filter(|url| url.query().is_none() && url.fragment().is_none())
                    .ok_or(
                        "--callback-url is a URL of this machine without a query, such as \
                         http://localhost:8080/callback",
                    )?,
            ),
        };
        let host = given.as_ref().and_then(Url::host);
        let address: IpAddr = match host {
            Some(Host::Ipv6(_)) => Ipv6Addr::LOCALHOST.into(),
            _ => Ipv4Addr::LOCALHOST.into(),
        };
        let port = given
            .as_ref()
            .map_or(options.port, |url| url.port().unwrap_or(80));
        let socket = TcpListener::bind((address, port)).map_err(|error| {
            format!("port {port} of this machine cannot be listened on: {error}; choose another")
        })?;
        let callback = match given {
            Some(callback) => callback,
            None => Url::parse(&format!("http://{}/callback", socket.local_addr()?))?,
        };
        Ok(Self { socket, callback })
    }

    pub(crate) fn callback_url(&self) -> &str {
        self.callback.as_str()
    }

    /// The redirect with which the user comes back. Whatever else a browser asks for is passed over,
    /// and so is what belongs to another login: any page can send a browser here.
    pub(crate) fn wait(&self, temporary: &Temporary) -> Result<Redirect, Box<dyn Error>> {
        for stream in self.socket.incoming() {
            let stream = stream?;
            let Ok(incoming) = Incoming::read(&stream) else {
                continue;
            };
            let is_callback = incoming.target.split('?').next() == Some(self.callback.path());
            let redirect = is_callback.then(|| {
                let redirect = Redirect::parse(&incoming.target)?;
                redirect.check(temporary).map(|()| redirect)
            });
            let (outgoing, result) = match redirect {
                None => (Outgoing::new("404 Not Found", "Not found.\n"), None),
                Some(Err(RedirectError::NoToken | RedirectError::TokenMismatch)) => {
                    let page = "This does not belong to the login that is under way.\n";
                    (Outgoing::new("400 Bad Request", page), None)
                }
                Some(Err(error)) => {
                    let page = "There is no authorization. You can close this window.\n";
                    (Outgoing::new("200 OK", page), Some(Err(error)))
                }
                Some(Ok(redirect)) => {
                    let page = "You can close this window.\n";
                    (Outgoing::new("200 OK", page), Some(Ok(redirect)))
                }
            };
            // The browser may be gone already.
            let _ = outgoing.write(&stream);
            if let Some(result) = result {
                return Ok(result?);
            }
        }
        Err("the listener has ended".into())
    }
}
