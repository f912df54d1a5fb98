//! `oauth1 sign`: signs a request, and shows how.

mod message;
mod options;
mod stages;

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    process::ExitCode,
};

use clap::ArgMatches;
use oauth1_signer::{Callback, Request, RequestError};
use url::Url;

pub(crate) use self::options::Options;
use self::{message::Message, options::Place};
use crate::errors;

pub(crate) fn run(options: Options, matches: &ArgMatches) -> ExitCode {
    let matches = matches.subcommand_matches("sign");
    let options = matches
        .into_iter()
        .fold(options, Options::without_empty_variables);
    match sign(&options) {
        Ok(text) => {
            // Whoever reads this may stop reading, as `head` does.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(message) => errors::usage(&message),
    }
}

/// What to send for the request that the options describe.
fn sign(options: &Options) -> Result<String, String> {
    let signer = options.signer()?;
    let callback = options.callback()?;
    let stamp = options.stamp()?;
    let form = options::pairs("--form", &options.form)?;
    let parameters = options::pairs("--parameter", &options.parameter)?;
    let method = options.method.to_ascii_uppercase();
    let mut url = Url::parse(&options.url)
        .map_err(|error| format!("<URL>: {error}; it begins with http:// or https://"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("<URL>: user and password belong in a header of their own, if at all".into());
    }
    url.set_fragment(None); // It is not sent.

    let mut request = Request::new(&method, &url).map_err(|error| match error {
        RequestError::Method => format!("<METHOD>: {error}"),
        error => format!("<URL>: {error}"),
    })?;
    if !form.is_empty() {
        let with_form = request.form(&form);
        request = with_form.map_err(|error| format!("--form: {error}"))?;
    }
    if let Some(body) = &options.form_body {
        let with_form = request.form_bytes(body);
        request = with_form.map_err(|error| format!("--form-body: {error}"))?;
    }
    for (name, value) in &parameters {
        let with_parameter = request.protocol_parameter(name, value);
        request = with_parameter.map_err(|error| format!("--parameter: {error}"))?;
    }
    if let Some(callback) = callback {
        request = request.callback(callback);
    }
    if let Some(code) = &options.verifier {
        request = request.verification_code(code);
    }

    let signed = signer.sign(&request, stamp);
    let has_form = !form.is_empty() || options.form_body.is_some();
    let request_body = has_form.then(|| request.form_body());
    let message = match options.place {
        Place::Header => Message::new(&method, url.as_str(), request_body)
            .with_authorization(signed.authorization_header()),
        Place::Query => Message::new(&method, &signed.query().to_url(), request_body),
        Place::Form => Message::new(&method, url.as_str(), Some(signed.form_body())),
    };

    let mut text = String::new();
    if options.explain {
        text += &stages::until_signature(&signed);
        text += "\n";
        text += stages::sending(options.place);
    }
    if options.curl {
        let _ = writeln!(text, "{}", message.to_curl());
    } else {
        let _ = write!(text, "{message}");
    }
    Ok(text)
}

impl Options {
    fn callback(&self) -> Result<Option<Callback<'_>>, String> {
        match self.callback.as_deref() {
            None => Ok(None),
            Some("oob") => Ok(Some(Callback::OutOfBand)),
            Some(url) if Url::parse(url).is_ok() => Ok(Some(Callback::Url(url))),
            Some(_) => Err("--callback is neither an absolute URL nor `oob`".into()),
        }
    }
}
