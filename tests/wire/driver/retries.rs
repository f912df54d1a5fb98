//! Retries, while a server is busy.

use oauth1_signer::{Placement, http::HttpError, signature_method::SigningError};
use reqwest::{
    StatusCode,
    redirect::Policy,
    retry::{Builder, for_host},
};
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
            name: "reqwest by itself, for statuses",
            send: by_itself,
            expected: (SentAgain, SentAgain),
        },
    ]
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
