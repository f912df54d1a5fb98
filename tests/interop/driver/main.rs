//! Runs the three legs and signed calls against the provider of `provider.py`. See `run`.

mod calls;
mod http;
mod legs;
mod method;
mod refusals;

use std::{env, error::Error};

use oauth1_signer::{
    Placement,
    flow::{Endpoints, EndpointsError},
};

use self::{
    http::Http,
    method::{Consumer, Method},
};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

const PLACEMENTS: [Placement; 3] = [Placement::Header, Placement::Query, Placement::Body];

/// Consumers that the provider knows.
const CONSUMERS: [Consumer; 2] = [
    Consumer {
        key: "dpf43f3p2l4k3l03dpf43f3p2l4k3l",
        secret: "kd94hf93k423kf44",
    },
    Consumer {
        key: "reservedreservedreserved",
        secret: "s +&=%/ü☃~",
    },
];

struct Driver {
    http: Http,
    base: String,
    legs: usize,
    calls: usize,
    refusals: Vec<String>,
}

fn main() -> Result {
    let base = env::args().nth(1).ok_or("usage: interop <url>")?;
    let mut driver = Driver {
        http: Http::new(),
        base,
        legs: 0,
        calls: 0,
        refusals: Vec::new(),
    };
    for method in Method::all()? {
        driver.method(&method)?;
    }
    println!(
        "passed: {} times three legs, {} calls, {} refusals",
        driver.legs,
        driver.calls,
        driver.refusals.len()
    );
    Ok(())
}

impl Driver {
    fn method(&mut self, method: &Method) -> Result {
        let name = method.name();
        for consumer in CONSUMERS {
            for placement in PLACEMENTS {
                let what = format!("{name}, {placement:?}, {}", consumer.key);
                if method.signs_with_escapes(consumer) && placement != Placement::Header {
                    println!("--  {what}: left out, oauthlib decodes the signature twice");
                    continue;
                }
                let signers = method.signers(consumer);
                let token = self
                    .three_legs(&signers, placement)
                    .map_err(|error| format!("{what}: {error}"))?;
                let calls = self
                    .signed_calls(&signers.signer(&token), placement)
                    .map_err(|error| format!("{what}: {error}"))?;
                println!("ok  {what}: three legs with URL and out of band, {calls} calls");
            }
        }
        self.all_refusals(method)
            .map_err(|error| format!("{name}: {error}").into())
    }

    fn url(&self, path_and_query: &str) -> String {
        format!("{}/{path_and_query}", self.base)
    }

    fn endpoints(&self) -> std::result::Result<Endpoints, EndpointsError> {
        Endpoints::new(
            &self.url("temporary"),
            &self.url("authorize"),
            &self.url("token?lang=de+at"),
        )
    }
}
