use std::error::Error;

use oauth1_signer::{Call, Placement, Request, Signer, Stamp};
use serde::Serialize;

#[derive(Serialize)]
pub struct Post<'a> {
    pub title: &'a str,
    pub page: u32,
    pub draft: bool,
    pub tags: Vec<&'a str>,
    pub place: Option<&'a str>,
}

pub fn call(signer: &Signer, url: &str, post: &Post) -> Result<Call, Box<dyn Error>> {
    let form = serde_html_form::to_string(post)?;
    let request = Request::post(url)?.form_bytes(&form)?;
    Ok(signer.sign(&request, Stamp::now()).call(Placement::Header))
}
