//! Sends with a clock that is wrong, learns the server's time, and signs once more:
//! `cargo run --package oauth1-signer-reqwest --example retry`.

pub(crate) mod server;

use std::error::Error;

use oauth1_signer::{
    Consumer, Signer, Token,
    response::{Clock, Retry},
};
use oauth1_signer_reqwest::{Answer, Sign};
use reqwest::{Client, RequestBuilder};

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let url = server::start()?;
    let signer = Signer::new(
        &Consumer::new("key", "secret"),
        &Token::new("token", "secret"),
    );
    let client = Client::new();
    let request = || client.post(&url).form(&[("status", "Hello!")]);

    let mut clock = Clock::new(); // one for each service, kept
    let answer = send(request, &signer, &mut clock).await?;
    println!("{}", answer.status());
    let hours = clock.offset() / 3600;
    println!("the server's clock is {hours} hours ahead of ours");
    Ok(())
}

pub(crate) async fn send(
    request: impl Fn() -> RequestBuilder,
    signer: &Signer,
    clock: &mut Clock,
) -> Result<Answer, Box<dyn Error>> {
    let first = request().sign_with(signer, clock.stamp())?;
    let answer = Answer::read(first.send().await?).await?;
    if answer.response().retry() != Retry::WithCorrectedClock
        || clock.learn_from_response(&answer.response()).is_err()
    {
        return Ok(answer);
    }
    println!(
        "{}: {}",
        answer.status(),
        String::from_utf8_lossy(answer.body())
    );
    let second = request().sign_with(signer, clock.stamp())?;
    Ok(Answer::read(second.send().await?).await?)
}
