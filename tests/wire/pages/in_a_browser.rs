use oauth1_signer::{Call, Placement, Request, RequestError, Signer, Stamp};

/// `now` is in seconds: `(js_sys::Date::now() / 1000.0) as u64`.
pub fn call(signer: &Signer, url: &str, now: u64) -> Result<Call, RequestError> {
    let request = Request::get(url)?;
    Ok(signer
        .sign(&request, Stamp::at(now))
        .call(Placement::Header))
}
