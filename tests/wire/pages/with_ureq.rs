use std::error::Error;

use oauth1_signer::{Placement, Request, Signer, Stamp, response::Response};
use ureq::{Agent, http};

/// Built once. It does not follow redirects, because a signature is good for one URL, and returns a
/// refusal with its body, which says why.
pub fn agent() -> Agent {
    let config = Agent::config_builder();
    let config = config.max_redirects(0).http_status_as_error(false);
    config.build().into()
}

pub fn post(
    agent: &Agent,
    signer: &Signer,
    url: &str,
    title: &str,
) -> Result<String, Box<dyn Error>> {
    let request = Request::post(url)?.form([("title", title)])?;
    let call = signer.sign(&request, Stamp::now()).call(Placement::Header);
    let answer = agent.run(http::Request::<String>::try_from(&call)?)?;
    let (head, mut body) = answer.into_parts();
    let answer = http::Response::from_parts(head, body.read_to_string()?);
    if answer.status().is_success() {
        return Ok(answer.into_body());
    }
    match Response::from(&answer).report() {
        Some(report) => Err(report.to_string().into()),
        None => Err(answer.status().to_string().into()),
    }
}
