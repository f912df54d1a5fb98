//! Redirects within the origin, and to a foreign one.

use oauth1_signer::{Call, Placement, Request, Signer, Stamp, encode, signature_method::AnyKey};
use reqwest::redirect::Policy;
use tokio::runtime::Runtime;

use crate::{
    Ports, Result,
    arrivals::Arrivals,
    attempts::{Seen, Setup},
    clients::{self, Stopped, request_of},
    secrets::signers,
};

pub(crate) fn run(ports: Ports, arrivals: &Arrivals, runtime: &Runtime) -> Result {
    println!(
        "\n{:<50}{:<27}to a foreign one",
        "Redirects", "within the origin"
    );
    let mut wrong = Vec::new();
    for (setup, expected) in setups(ports, runtime) {
        for (method, signer) in signers() {
            let mut seen = Vec::new();
            for port in [ports.home, ports.foreign] {
                let location = encode(&format!("http://127.0.0.1:{port}/after?x=1")).to_string();
                for status in [302, 307] {
                    let port = ports.home;
                    let url = format!("http://127.0.0.1:{port}/redirect/{status}/{location}");
                    seen.push(setup.run(&signer, &url, arrivals)?.0);
                }
            }
            println!("{:<38}{method:<12}{:<27}{}", setup.name, seen[0], seen[2]);
            let (home, foreign) = expected;
            if seen != [home, home, foreign, foreign] {
                wrong.push(format!("{}: {seen:?}, not {expected:?}", setup.name));
            }
        }
    }
    match wrong.as_slice() {
        [] => Ok(()),
        wrong => Err(wrong.join("\n").into()),
    }
}

/// Those that a program should use, and what clients do by themselves.
fn setups(ports: Ports, runtime: &Runtime) -> Vec<(Setup<'_>, (Seen, Seen))> {
    let port = ports.home;
    let without = clients::reqwest::client(port, Policy::none());
    let by_itself = clients::reqwest::client(port, Policy::default());
    let referring = by_itself.clone();
    let hyper = clients::hyper::client(port);
    let (ureq, ureq_by_itself) = (
        clients::ureq::agent(port, 0),
        clients::ureq::agent(port, 10),
    );
    let setup = |name, send| Setup { name, send };
    vec![
        (
            setup(
                "reqwest, no redirects",
                Box::new(move |signer, url| {
                    let call = call(signer, url, Placement::Header)?;
                    runtime.block_on(clients::reqwest::send(&without, &call))
                }),
            ),
            (Seen::Once, Seen::Once),
        ),
        (
            setup(
                "reqwest by itself",
                Box::new(move |signer, url| {
                    let call = call(signer, url, Placement::Header)?;
                    runtime.block_on(clients::reqwest::send(&by_itself, &call))
                }),
            ),
            (Seen::SentAgain, Seen::Unsigned),
        ),
        (
            setup(
                "reqwest by itself, with a signed URL",
                Box::new(move |signer, url| {
                    let call = call(signer, url, Placement::Query)?;
                    runtime.block_on(clients::reqwest::send(&referring, &call))
                }),
            ),
            (Seen::Referred, Seen::Referred),
        ),
        (
            setup(
                "ureq, no redirects",
                Box::new(move |signer, url| {
                    let call = call(signer, url, Placement::Header)?;
                    clients::ureq::run(&ureq, request_of(call)?)
                }),
            ),
            (Seen::Once, Seen::Once),
        ),
        (
            setup(
                "ureq by itself",
                Box::new(move |signer, url| {
                    let call = call(signer, url, Placement::Header)?;
                    clients::ureq::run(&ureq_by_itself, request_of(call)?)
                }),
            ),
            (Seen::Unsigned, Seen::Unsigned),
        ),
        (
            setup(
                "hyper by itself",
                Box::new(move |signer, url| {
                    let call = call(signer, url, Placement::Header)?;
                    runtime.block_on(clients::hyper::send(&hyper, request_of(call)?))
                }),
            ),
            (Seen::Once, Seen::Once),
        ),
    ]
}

fn call(signer: &Signer<AnyKey>, url: &str, placement: Placement) -> clients::Result<Call> {
    let request = Request::get(url).map_err(Stopped::signer)?;
    let signed = signer.try_sign(&request, Stamp::now());
    Ok(signed.map_err(Stopped::signer)?.call(placement))
}
