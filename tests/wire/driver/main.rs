//! Sends odd URLs with several HTTP clients to the server of `server.py`, which verifies what arrives.
//! See `run`.

mod arrivals;
mod attempts;
mod clients;
mod matrix;
mod redirects;
mod retries;
mod secrets;
mod urls;

use std::{env, error::Error};

use self::arrivals::Arrivals;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The ports of the server.
#[derive(Clone, Copy)]
struct Ports {
    /// Of the origin that the credentials are for.
    home: u16,
    /// Of an origin that must not see a signature.
    foreign: u16,
}

fn main() -> Result {
    let ports: Vec<u16> = env::args()
        .skip(1)
        .map(|port| port.parse())
        .collect::<std::result::Result<_, _>>()?;
    let &[home, foreign, arrived] = &ports[..] else {
        return Err("usage: wire <home> <foreign> <arrived>".into());
    };
    let ports = Ports { home, foreign };
    let arrivals = Arrivals::new(arrived);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    matrix::run(ports, &arrivals, &runtime)?;
    redirects::run(ports, &arrivals, &runtime)?;
    retries::run(ports, &arrivals, &runtime)
}
