//! Redirects and retries: what becomes of the signature when a message is sent more than once.

use std::{collections::BTreeSet, fmt};

use http::Request;
use oauth1_signer::{Call, Placement, Request as ToSign, Signer, Stamp, signature_method::AnyKey};

use crate::{
    Result,
    arrivals::{Arrival, Arrivals, Origin},
    clients::{self, Stopped},
    secrets::SECRETS,
};

/// A client that is set up in some way.
pub(crate) struct Setup<'a> {
    pub(crate) name: &'static str,
    /// Signs a GET request with its header, sends it, and returns the status.
    pub(crate) send: Box<Send<'a>>,
    /// What is seen of a redirect within the origin, and of one to a foreign origin. Both are the same
    /// for retries.
    pub(crate) expected: (Seen, Seen),
}

pub(crate) type Send<'a> = dyn Fn(&Signer<AnyKey>, &str) -> clients::Result + 'a;

/// What the server has seen of one message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Seen {
    /// One attempt.
    Once,
    /// Each attempt had a signature of its own, which was right.
    SignedAnew,
    /// The next attempt had the old signature, which a server refuses.
    SentAgain,
    /// The next attempt had no signature.
    Unsigned,
    /// The next attempt had something of the old signature in its `Referer`, and nowhere else.
    Referred,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Once => "sent once",
            Self::SignedAnew => "signed anew",
            Self::SentAgain => "old signature again",
            Self::Unsigned => "sent unsigned",
            Self::Referred => "signed URL as Referer",
        })
    }
}

impl<'a> Setup<'a> {
    /// A closure in a box, with the types that it must have.
    pub(crate) fn sender(
        send: impl Fn(&Signer<AnyKey>, &str) -> clients::Result + 'a,
    ) -> Box<Send<'a>> {
        Box::new(send)
    }

    /// Sends a message, and looks at what arrived.
    ///
    /// # Errors
    ///
    /// If the first attempt was not signed as it should be, or anything of a signature arrived at the
    /// foreign origin in another place than the `Referer`.
    pub(crate) fn run(
        &self,
        signer: &Signer<AnyKey>,
        url: &str,
        arrivals: &Arrivals,
    ) -> Result<(Seen, clients::Result)> {
        let sent = (self.send)(signer, url);
        let arrived = arrivals.take()?;
        let seen = seen(&arrived).map_err(|why| format!("{}, {url}: {why}", self.name))?;
        Ok((seen, sent))
    }
}

fn seen(arrived: &[Arrival]) -> std::result::Result<Seen, String> {
    let [first, rest @ ..] = arrived else {
        return Err("nothing was sent".into());
    };
    first.verify()?;
    if rest.is_empty() {
        return Ok(Seen::Once);
    }
    let traces = traces(first);
    let referred = rest.iter().any(|attempt| {
        let referer = attempt.request.header("Referer");
        traces.iter().any(|trace| referer.contains(trace))
    });
    for attempt in rest {
        let mut request = attempt.request.clone();
        request.headers.remove("Referer");
        let leaks = request.headers.contains_key("Authorization")
            || traces.iter().any(|trace| request.contains(trace));
        if leaks && (referred || attempt.origin == Origin::Foreign) {
            return Err("something of the signature arrived where it must not".into());
        }
    }
    if referred {
        return Ok(Seen::Referred);
    }
    let nonces: BTreeSet<_> = arrived.iter().map(nonce).collect();
    if rest.iter().all(|attempt| !attempt.request.is_signed()) {
        Ok(Seen::Unsigned)
    } else if nonces.len() == 1 {
        Ok(Seen::SentAgain)
    } else if nonces.len() == arrived.len() {
        for attempt in rest {
            attempt.verify()?;
        }
        Ok(Seen::SignedAnew)
    } else {
        Err("some attempts have the same nonce".into())
    }
}

fn nonce(arrival: &Arrival) -> Option<String> {
    arrival.request.parameter("oauth_nonce")
}

/// What a request without a signature does not contain: a secret, a credential, the nonce of the first
/// attempt or the name of a protocol parameter.
fn traces(first: &Arrival) -> Vec<String> {
    let constant = SECRETS.into_iter().chain(["oauth_", "OAuth"]);
    constant.map(str::to_owned).chain(nonce(first)).collect()
}

pub(crate) fn call(
    signer: &Signer<AnyKey>,
    url: &str,
    placement: Placement,
) -> clients::Result<Call> {
    let request = ToSign::get(url).map_err(Stopped::signer)?;
    let signed = signer.try_sign(&request, Stamp::now());
    Ok(signed.map_err(Stopped::signer)?.call(placement))
}

/// A request that is not signed yet.
pub(crate) fn get(url: &str) -> clients::Result<Request<String>> {
    let request = Request::get(url).body(String::new());
    request.map_err(Stopped::client)
}
