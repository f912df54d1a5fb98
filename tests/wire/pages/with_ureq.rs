use std::error::Error;

use oauth1_signer::{Placement, Request, Signer, Stamp};
use ureq::{Agent, http};

/// Built once. It does not follow redirects, because a signature is good for one URL.
pub fn agent() -> Agent {
    Agent::config_builder().max_redirects(0).build().into()
}

pub fn post(
    agent: &Agent,
    signer: &Signer,
    url: &str,
    title: &str,
) -> Result<String, Box<dyn Error>> {
    let request = Request::post(url)?.form([("title", title)])?;
    let call = signer.sign(&request, Stamp::now()).call(Placement::Header);
    let mut response = agent.run(http::Request::<String>::try_from(call)?)?;
    Ok(response.body_mut().read_to_string()?)
}
