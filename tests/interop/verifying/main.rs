//! Verifies requests that libraries of other authors sign. See `verify`.
//!
//! Two servers listen on loopback. Clients send to the first, which stands between them and the second:
//! it sends every request on with one thing changed, each time another, then as it is, and then again.
//! Only the unchanged one may be accepted, and that once. The second server verifies.

mod attacker;
mod changes;
mod consumers;
mod message;
mod server;

use std::{
    error::Error,
    io::{self, Write},
    net::TcpListener,
    sync::Arc,
    thread,
};

use self::{attacker::Attacker, server::Server};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result {
    let front = TcpListener::bind("127.0.0.1:0")?;
    let back = TcpListener::bind("127.0.0.1:0")?;
    let port = front.local_addr()?.port();
    let attacker = Attacker::new(back.local_addr()?);

    // The origin is the one that the clients see.
    let server = Arc::new(Server::new(&format!("http://127.0.0.1:{port}"))?);
    thread::spawn(move || {
        for stream in back.incoming().flatten() {
            server.answer(stream);
        }
    });

    println!("{port}");
    io::stdout().flush()?;
    // One after the other, as the clients send them.
    for stream in front.incoming().flatten() {
        attacker.answer(stream);
    }
    Ok(())
}
