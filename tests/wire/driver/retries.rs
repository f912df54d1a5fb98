//! Retries, while a server is busy.

use std::time::Duration;

use oauth1_signer::{Placement, http::HttpError, signature_method::SigningError};
use reqwest::{
    StatusCode,
    redirect::Policy,
    retry::{Builder, for_host},
};
use reqwest_middleware::ClientBuilder;
use reqwest_retry::{RetryTransientMiddleware, policies::ExponentialBackoff};
use tokio::runtime::Runtime;
use tower::{Layer, retry::RetryLayer};

use crate::{
    Ports, Result,
    arrivals::Arrivals,
    attempts::{
        Seen::{SentAgain, SignedAnew},
        Setup, call, get,
    },
    clients::{
        hyper, reqwest as requests,
        tower::{WhileBusy, layer, send},
    },
    secrets::signers,
};

/// How often the server is busy.
const BUSY: usize = 2;

pub(crate) fn run(ports: Ports, arrivals: &Arrivals, runtime: &Runtime) -> Result {
    println!("\nRetries");
    let port = ports.home;
    let mut wrong = Vec::new();
    for (number, setup) in setups(port, runtime).iter().enumerate() {
        for (method, signer) in signers() {
            let url = format!("http://127.0.0.1:{port}/busy/{BUSY}/{number}{method}?x=1");
            let (seen, sent) = setup.run(&signer, &url, arrivals)?;
            println!("{:<38}{method:<12}{seen}", setup.name);
            let succeeds = setup.expected.1 == SignedAnew;
            if seen != setup.expected.0 || succeeds != matches!(sent, Ok(200)) {
                wrong.push(format!("{}: {seen:?} and {sent:?}", setup.name));
            }
        }
    }
    match wrong.as_slice() {
        [] => Ok(()),
        wrong => Err(wrong.join("\n").into()),
    }
}

fn setups(port: u16, runtime: &Runtime) -> Vec<Setup<'_>> {
    type Error = HttpError<SigningError>;

    let client = hyper::client(port);
    let with_tower = Setup::sender(move |signer, url| {
        let retries = RetryLayer::new(WhileBusy { attempts: BUSY + 1 });
        let service = retries.layer(layer(signer, port).layer(client.clone()));
        runtime.block_on(send::<Error, _>(service, get(url)?))
    });
    let client = requests::client(port, Policy::none());
    let with_middleware = |signs_first| {
        let client = client.clone();
        Setup::sender(move |signer, url| {
            let client = ClientBuilder::new(client.clone());
            let (sign, retries) = (requests::middleware(signer, port), retries());
            let client = if signs_first {
                client.with(sign).with(retries)
            } else {
                client.with(retries).with(sign)
            };
            runtime.block_on(requests::send_with_middleware(client.build().get(url)))
        })
    };
    let (retries_first, signs_first) = (with_middleware(false), with_middleware(true));
    let client = requests::builder(port).redirect(Policy::none());
    let client = client.retry(while_busy()).build();
    let client = client.expect("a client without TLS");
    let by_itself = Setup::sender(move |signer, url| {
        let call = call(signer, url, Placement::Header)?;
        runtime.block_on(requests::send(&client, &call))
    });
    vec![
        Setup {
            name: "tower: Retry above SignLayer",
            send: with_tower,
            expected: (SignedAnew, SignedAnew),
        },
        Setup {
            name: "reqwest-retry, then SignMiddleware",
            send: retries_first,
            expected: (SignedAnew, SignedAnew),
        },
        Setup {
            name: "SignMiddleware, then reqwest-retry",
            send: signs_first,
            expected: (SentAgain, SentAgain),
        },
        Setup {
            name: "reqwest by itself, for statuses",
            send: by_itself,
            expected: (SentAgain, SentAgain),
        },
    ]
}

fn retries() -> RetryTransientMiddleware<ExponentialBackoff> {
    let bounds = [1, 10].map(Duration::from_millis);
    let policy = ExponentialBackoff::builder().retry_bounds(bounds[0], bounds[1]);
    RetryTransientMiddleware::new_with_policy(policy.build_with_max_retries(3))
}

/// By default, reqwest sends again only what the server has not seen.
fn while_busy() -> Builder {
    for_host("127.0.0.1")
        .no_budget()
        .classify_fn(|attempt| match attempt.status() {
            Some(StatusCode::SERVICE_UNAVAILABLE) => attempt.retryable(),
            _ => attempt.success(),
        })
}
