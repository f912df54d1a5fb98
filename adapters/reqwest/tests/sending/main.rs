//! What a server receives of requests that are signed and sent with reqwest.

// The last is for what the tests of the crate share with these. A dependency on them would tie the
// versions of their dependencies to those of reqwest.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod answers;
#[cfg(feature = "blocking")]
mod blocking;
mod calls;
mod errors;
mod examples;
#[cfg(feature = "middleware")]
mod middleware;
mod redirects;
#[allow(dead_code)]
#[path = "../../../../tests/support/reference.rs"]
mod reference;
mod requests;
#[allow(dead_code)]
#[path = "../../../../tests/support/secrets.rs"]
mod secrets;
mod server;
#[allow(dead_code)]
#[path = "../../../../tests/support/shown.rs"]
mod shown;
mod types;
mod verify;

use oauth1_signer::{Consumer, Signer, Token};

/// The signer whose requests `verify` accepts.
fn signer() -> Signer {
    let (consumer, token) = (verify::CONSUMER, verify::TOKEN);
    Signer::new(
        &Consumer::new(consumer.0, consumer.1),
        &Token::new(token.0, token.1),
    )
}
