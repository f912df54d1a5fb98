//! Redirects within the origin, and to a foreign one.

use ::tower::{Layer, ServiceExt};
use oauth1_signer::{Placement, encode, http::HttpError, signature_method::SigningError};
use reqwest::{Client, redirect::Policy};
use reqwest_middleware::ClientBuilder;
use tokio::runtime::Runtime;
use tower_http::follow_redirect::FollowRedirectLayer;

use crate::{
    Ports, Result,
    arrivals::Arrivals,
    attempts::{
        Seen::{Once, Referred, SentAgain, SignedAnew, Unsigned},
        Send, Setup, call, get,
    },
    clients::{hyper, request_of, reqwest as requests, tower, ureq},
    secrets::signers,
};

pub(crate) fn run(ports: Ports, arrivals: &Arrivals, runtime: &Runtime) -> Result {
    println!(
        "\n{:<50}{:<27}to a foreign one",
        "Redirects", "within the origin"
    );
    let mut wrong = Vec::new();
    for setup in setups(ports.home, runtime) {
        for (method, signer) in signers() {
            let mut seen = Vec::new();
            for port in [ports.home, ports.foreign] {
                let location = format!("http://127.0.0.1:{port}/after?x=1");
                for status in [302, 307] {
                    let path = format!("redirect/{status}/{}", encode(&location));
                    let url = format!("http://127.0.0.1:{}/{path}", ports.home);
                    seen.push(setup.run(&signer, &url, arrivals)?.0);
                }
            }
            println!("{:<38}{method:<12}{:<27}{}", setup.name, seen[0], seen[2]);
            let (home, foreign) = setup.expected;
            if seen != [home, home, foreign, foreign] {
                wrong.push(format!("{}: {seen:?}", setup.name));
            }
        }
    }
    match wrong.as_slice() {
        [] => Ok(()),
        wrong => Err(wrong.join("\n").into()),
    }
}

fn setups(port: u16, runtime: &Runtime) -> Vec<Setup<'_>> {
    let mut setups = with_reqwest(port, runtime);
    setups.extend(with_middleware(port, runtime));
    setups.extend(with_ureq(port));
    setups.extend(with_hyper(port, runtime));
    setups
}

fn with_reqwest(port: u16, runtime: &Runtime) -> Vec<Setup<'_>> {
    let send = move |redirects: fn() -> Policy, placement| {
        let client = requests::client(port, redirects());
        with_client(client, placement, runtime)
    };
    let no_referer = requests::builder(port).referer(false).build();
    let no_referer = no_referer.expect("a client without TLS");
    vec![
        Setup {
            name: "reqwest, no redirects",
            send: send(Policy::none, Placement::Header),
            expected: (Once, Once),
        },
        Setup {
            name: "reqwest by itself",
            send: send(Policy::default, Placement::Header),
            expected: (SentAgain, Unsigned),
        },
        Setup {
            name: "reqwest by itself, with a signed URL",
            send: send(Policy::default, Placement::Query),
            expected: (Referred, Referred),
        },
        Setup {
            name: "the same with referer(false)",
            send: with_client(no_referer, Placement::Query, runtime),
            expected: (Unsigned, Unsigned),
        },
    ]
}

fn with_client(client: Client, placement: Placement, runtime: &Runtime) -> Box<Send<'_>> {
    Setup::sender(move |signer, url| {
        let call = call(signer, url, placement)?;
        runtime.block_on(requests::send(&client, &call))
    })
}

fn with_middleware(port: u16, runtime: &Runtime) -> Vec<Setup<'_>> {
    let send = move |redirects: fn() -> Policy, followed| {
        let client = requests::client(port, redirects());
        Setup::sender(move |signer, url| {
            let sign = requests::middleware(signer, port).follow_redirects(followed);
            let client = ClientBuilder::new(client.clone()).with(sign).build();
            runtime.block_on(requests::send_with_middleware(client.get(url)))
        })
    };
    vec![
        Setup {
            name: "SignMiddleware, no redirects",
            send: send(Policy::none, 0),
            expected: (Once, Once),
        },
        Setup {
            name: "SignMiddleware follows redirects",
            send: send(Policy::none, 5),
            expected: (SignedAnew, Once),
        },
        Setup {
            name: "SignMiddleware, reqwest follows them",
            send: send(Policy::default, 0),
            expected: (SentAgain, Unsigned),
        },
    ]
}

fn with_ureq(port: u16) -> Vec<Setup<'static>> {
    let send = |redirects| {
        let agent = ureq::agent(port, redirects);
        Setup::sender(move |signer, url| {
            let call = call(signer, url, Placement::Header)?;
            ureq::run(&agent, request_of(call)?)
        })
    };
    vec![
        Setup {
            name: "ureq, no redirects",
            send: send(0),
            expected: (Once, Once),
        },
        Setup {
            name: "ureq by itself",
            send: send(10),
            expected: (Unsigned, Unsigned),
        },
    ]
}

fn with_hyper(port: u16, runtime: &Runtime) -> Vec<Setup<'_>> {
    type Error = HttpError<SigningError>;

    let send = move |pass_foreign| {
        let client = hyper::client(port);
        Setup::sender(move |signer, url| {
            let mut layer = tower::layer(signer, port);
            if pass_foreign {
                layer = layer.pass_foreign();
            }
            let service = FollowRedirectLayer::new().layer(layer.layer(client.clone()));
            runtime.block_on(tower::send::<Error, _>(service, get(url)?))
        })
    };
    let client = hyper::client(port);
    let signed_before = Setup::sender(move |signer, url| {
        let request = request_of(call(signer, url, Placement::Header)?)?;
        let client = client.clone().map_err(Into::into);
        let service = FollowRedirectLayer::new().layer(client);
        runtime.block_on(tower::send::<Error, _>(service, request))
    });
    let client = hyper::client(port);
    let by_itself = Setup::sender(move |signer, url| {
        let request = request_of(call(signer, url, Placement::Header)?)?;
        runtime.block_on(hyper::send(&client, request))
    });
    vec![
        Setup {
            name: "hyper by itself",
            send: by_itself,
            expected: (Once, Once),
        },
        Setup {
            name: "tower: FollowRedirect above SignLayer",
            send: send(false),
            expected: (SignedAnew, Once),
        },
        Setup {
            name: "the same with pass_foreign",
            send: send(true),
            expected: (SignedAnew, Unsigned),
        },
        Setup {
            name: "tower: signed before FollowRedirect",
            send: signed_before,
            expected: (SentAgain, Unsigned),
        },
    ]
}
