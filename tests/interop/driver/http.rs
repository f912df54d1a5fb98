//! Sending what was signed, over `ureq`.

use oauth1_signer::response::Response;
use oauth1_signer::signature_method::AnyKey;
use oauth1_signer::{Call, FormBody, Placement, Request, Signer, Stamp};
use ureq::{Agent, http};

use crate::Result;

pub(crate) struct Http(Agent);

pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) date: String,
    pub(crate) location: String,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn answer(&self) -> Response<'_> {
        Response::new(self.status, &self.body).date(Some(&self.date))
    }
}

impl Http {
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false);
        Self(config.build().into())
    }

    pub(crate) fn get(&self, url: &str) -> Result<Received> {
        receive(self.0.get(url).call())
    }

    pub(crate) fn send(&self, call: &Call) -> Result<Received> {
        let mut request = http::Request::builder()
            .method(call.method())
            .uri(call.url());
        for (name, value) in call.headers() {
            request = request.header(name, value);
        }
        receive(self.0.run(request.body(call.body())?))
    }

    pub(crate) fn call(
        &self,
        signer: &Signer<AnyKey>,
        request: &Request<'_>,
        placement: Placement,
        stamp: Stamp,
    ) -> Result<Received> {
        let signed = signer.try_sign(request, stamp)?;
        let (url, form) = match placement {
            Placement::Query => (signed.query().to_url(), request.form_body().to_string()),
            Placement::Body => (url(request), signed.form_body().to_string()),
            Placement::Header => (url(request), request.form_body().to_string()),
        };
        let mut sent = http::Request::builder().method(request.method()).uri(url);
        if placement == Placement::Header {
            sent = sent.header("Authorization", signed.authorization_header().to_value());
        }
        if form.is_empty() {
            return receive(self.0.run(sent.body(())?));
        }
        sent = sent.header("Content-Type", FormBody::CONTENT_TYPE);
        receive(self.0.run(sent.body(form)?))
    }
}

fn url(request: &Request<'_>) -> String {
    let target = request.target();
    match target.query() {
        None => target.base_uri(),
        Some(query) => format!("{}?{query}", target.base_uri()),
    }
}

fn receive(
    response: std::result::Result<http::Response<ureq::Body>, ureq::Error>,
) -> Result<Received> {
    let mut response = response?;
    let header = |name| {
        let value = response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    Ok(Received {
        status: response.status().as_u16(),
        date: header("Date"),
        location: header("Location"),
        body: response.body_mut().read_to_string()?,
    })
}
