//! The programs of `docs/clients.md`: each is a file here, stands on the page as it stands here, and is
//! run against a service on loopback.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod loopback;
mod ureq_client;

use self::loopback::{Service, signer};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

const PAGE: &str = include_str!("../../../docs/clients.md");

#[test]
fn the_page_shows_these_programs_and_no_other() {
    let mut programs = [include_str!("ureq_client.rs")];
    programs.sort_unstable();
    let blocks = PAGE.split("```rust\n").skip(1);
    let mut blocks: Vec<_> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    blocks.sort_unstable();
    assert_eq!(blocks, programs);
}

#[test]
fn ureq() -> Result {
    let service = Service::start();
    ureq_client::post(&signer(), &service.origin(), "1 + 1 = 2")?;
    let arrived = service.take_one();
    Ok(())
}
