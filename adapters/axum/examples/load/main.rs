//! What verification costs: requests a second with and without it, and the memory of the nonces.
//!
//! ```sh
//! cargo run --release --package oauth1-signer-axum --example load            # requests a second
//! cargo run --release --package oauth1-signer-axum --example load memory     # after 1,000,000 nonces
//! cargo run --release --package oauth1-signer-axum --example load growth 10  # for ten minutes
//! ```
//!
//! A server and its clients run in two processes on this machine, and talk over the loopback interface.
//! Both handlers answer the same text to the same requests, one with and one without verifying them; they
//! take turns, so that what else the machine does affects both. Requests are signed before the clock
//! starts. The clients need as much of the machine as the server, so the processor time of the server says
//! more than the rate. `REDIS_URL=redis://127.0.0.1/` keeps the nonces in Redis.

mod client;
mod process;
mod server;

use std::{
    env,
    error::Error,
    thread,
    time::{Duration, Instant},
};

use self::{client::Client, process::Usage};

/// How many requests are signed and sent in one go.
const BATCH: usize = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    match arguments.next().as_deref() {
        None => rates(),
        Some("memory") => memory(1_000_000),
        Some("growth") => {
            let minutes = arguments.next().map_or(Ok(10), |text| text.parse())?;
            growth(Duration::from_secs(60 * minutes))
        }
        Some("server") => server::run(arguments.next().as_deref().unwrap_or("300").parse()?),
        Some(_) => Err("the argument is not `memory` or `growth`".into()),
    }
}

/// Both handlers in turns.
fn rates() -> Result<(), Box<dyn Error>> {
    let mut client = Client::start(300)?;
    let (mut plain, mut verified) = (Vec::new(), Vec::new());
    client.send("/plain", BATCH)?;
    client.send("/verified", BATCH)?;
    for turn in 0..10 {
        // The order changes, in case the first or the second has an advantage.
        for verify in [turn % 2 == 0, turn % 2 != 0] {
            if verify {
                verified.push(client.measure("/verified", BATCH)?);
            } else {
                plain.push(client.measure("/plain", BATCH)?);
            }
        }
    }
    println!("{} turns of {BATCH} requests each:", plain.len());
    println!();
    println!("| handler | best rate | median processor time of the server |");
    println!("| --- | --- | --- |");
    let show = |name: &str, turns: &[Usage]| {
        let mut rates: Vec<_> = turns.iter().map(Usage::rate).collect();
        let mut costs: Vec<_> = turns.iter().map(Usage::cost).collect();
        rates.sort_by(f64::total_cmp);
        costs.sort_by(f64::total_cmp);
        let (rate, cost) = (rates[turns.len() - 1], costs[turns.len() / 2]);
        println!("| {name} | {rate:.0} requests a second | {cost:.1} µs a request |");
        (rate, cost)
    };
    let (plain_rate, plain_cost) = show("without verification", &plain);
    let (rate, cost) = show("verified", &verified);
    println!();
    println!(
        "Verification leaves {:.0} % of the rate, and takes {:.1} µs of processor time.",
        100.0 * rate / plain_rate,
        cost - plain_cost
    );
    Ok(())
}

/// How much a number of nonces takes, if none of them expires meanwhile.
fn memory(nonces: usize) -> Result<(), Box<dyn Error>> {
    let mut client = Client::start(3600)?;
    // What the server needs for connections.
    client.send("/plain", BATCH)?;
    let before = client.memory();
    let mut sent = 0;
    while sent < nonces {
        client.send("/verified", BATCH)?;
        sent += BATCH;
        if sent % (nonces / 10) == 0 {
            println!(
                "{:>9} nonces: {}",
                client.count()?,
                megabytes(client.memory())
            );
        }
    }
    let (before, after) = (megabytes(before), megabytes(client.memory()));
    println!(
        "The server took {before} before, and {after} with {} nonces.",
        client.count()?
    );
    Ok(())
}

/// 10,000 requests a second, if the machine can. Nonces are kept for a few seconds, so memory is full soon,
/// and must not grow after that.
fn growth(time: Duration) -> Result<(), Box<dyn Error>> {
    let mut client = Client::start(2)?;
    let start = Instant::now();
    for turn in 0.. {
        let due = Duration::from_millis(200) * turn;
        if due >= time {
            break;
        }
        thread::sleep(due.saturating_sub(start.elapsed()));
        client.send("/verified", 2000)?;
        if turn % 75 == 0 {
            let (seconds, nonces) = (start.elapsed().as_secs(), client.count()?);
            let memory = megabytes(client.memory());
            println!("{seconds:>4} s: {nonces:>7} nonces, {memory}");
        }
    }
    Ok(())
}

fn megabytes(kilobytes: Option<f64>) -> String {
    kilobytes.map_or_else(|| "?".into(), |size| format!("{:.1} MB", size / 1024.0))
}
