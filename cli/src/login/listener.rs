//! Catches the redirect on loopback.

use std::{error::Error, net::TcpListener};

use super::http::{Incoming, Outgoing};

pub(crate) struct Listener {
    socket: TcpListener,
    port: u16,
}

impl Listener {
    pub(crate) fn new(port: u16) -> Result<Self, Box<dyn Error>> {
        let socket = TcpListener::bind(("127.0.0.1", port))
            .map_err(|error| format!("port {port} cannot be listened on: {error}"))?;
        let port = socket.local_addr()?.port();
        Ok(Self { socket, port })
    }

    pub(crate) fn callback_url(&self) -> String {
        format!("http://127.0.0.1:{}/callback", self.port)
    }

    /// The path and the query with which the user comes back. Whatever else a browser asks for is
    /// passed over.
    pub(crate) fn wait(&self) -> Result<String, Box<dyn Error>> {
        for stream in self.socket.incoming() {
            let stream = stream?;
            let Ok(incoming) = Incoming::read(&stream) else {
                continue;
            };
            let is_callback = incoming.target.starts_with("/callback?");
            let outgoing = if is_callback {
                Outgoing::new("200 OK", "You can close this window.\n")
            } else {
                Outgoing::new("404 Not Found", "Not found.\n")
            };
            // The browser may be gone already.
            let _ = outgoing.write(&stream);
            if is_callback {
                return Ok(incoming.target);
            }
        }
        Err("the listener has ended".into())
    }
}
