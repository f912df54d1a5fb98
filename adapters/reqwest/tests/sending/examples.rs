//! The worked retry, as the example shows it.

#[path = "../../examples/retry/main.rs"]
mod retry;

use oauth1_signer::response::Clock;
use reqwest::Client;

use crate::signer;

#[tokio::test]
async fn the_example_learns_the_time_and_signs_once_more() {
    let url = retry::server::start().unwrap();
    let client = Client::new();
    let request = || client.post(&url).form(&[("status", "Hello!")]);
    let mut clock = Clock::new();
    let answer = retry::send(request, &signer(), &mut clock).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(clock.offset(), 3 * 60 * 60);
}

#[test]
fn the_example_runs() {
    retry::main().unwrap();
}
