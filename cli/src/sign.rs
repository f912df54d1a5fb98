//! `oauth1 sign`: signs a request, and shows how.

mod curl;
mod exposure;
mod message;
mod options;
mod stages;

use std::borrow::Cow;

use oauth1_signer::{
    FormBody, Request, RequestError, Signed, Signer,
    signature_method::{AnyKey, SigningError},
};
use url::Url;

use self::message::{Body, Message};
pub(crate) use self::options::{Options, Placement};
use crate::{
    input::{self, Input, Source},
    method::MethodOptions,
    output,
};

pub(crate) fn run(options: &Options) -> Result<(), String> {
    output::write(&sign(options)?)
}

/// What to print for the request that the options describe.
fn sign(options: &Options) -> Result<Vec<u8>, String> {
    let input = Input::default();
    let signer = options.signer(&input)?;
    let mut parts = Inputs::read(options, &input)?;
    let body = parts.body.take();
    let method = options.method.to_ascii_uppercase();
    let url = url(&options.url)?;
    exposure::warn_of_arguments(options, &parts, &url);
    let hash = if options.parts.body_hash {
        let bytes = body.as_ref().map_or(&[][..], |body| &body.bytes);
        let hash = signer.body_hash(bytes);
        Some(hash.map_err(|error| format!("--body-hash: {error}"))?)
    } else {
        None
    };
    let mut request = parts.request(options, &method, &url)?;
    if let Some(hash) = &hash {
        request = request
            .body_hash(hash)
            .map_err(|error| format!("--body-hash: {error}"))?;
    }

    let signed = signed(options, &signer, &request)?;
    let message = Message::new(
        &signed.call(options.protocol.placement.into()),
        body,
        options.parts.content_type.as_deref(),
    );
    if options.output.json {
        return message.to_json(options.output.explain.then_some(&signed));
    }
    let mut text = Vec::new();
    if options.output.explain {
        let stages = stages::text(&signed, options.protocol.placement);
        let stages = if options.output.curl {
            stages::as_comments(&stages)
        } else {
            stages
        };
        text.extend(stages.into_bytes());
    }
    if options.output.curl {
        exposure::warn_of_curl(options, &signed);
        text.extend(curl::command_line(&message)?);
    } else {
        message.write(&mut text);
    }
    Ok(text)
}

fn signed<'a>(
    options: &Options,
    signer: &'a Signer<AnyKey>,
    request: &'a Request<'a>,
) -> Result<Signed<'a>, String> {
    let signed = match options.protocol.stamp()? {
        Some(stamp) => signer.try_sign(request, stamp),
        None => signer.sign_without_stamp(request),
    };
    signed.map_err(|error| match error {
        SigningError::InsecureTransport => MethodOptions::INSECURE.to_owned(),
        SigningError::StampNeeded => format!("--no-stamp: {error}"),
        error => error.to_string(),
    })
}

fn url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => {
            "<URL>: it does not begin with http:// or https://".to_owned()
        }
        error => format!("<URL>: it cannot be parsed: {error}"),
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "<URL>: remove the user and the password, which are neither signed nor sent with it"
                .into(),
        );
    }
    Ok(url)
}

/// The option that sets a protocol parameter.
fn option_for(name: &str) -> Option<&'static str> {
    Some(match name {
        "oauth_body_hash" => "--body-hash",
        "oauth_callback" => "--callback",
        "oauth_consumer_key" => "--consumer-key",
        "oauth_nonce" => "--nonce",
        "oauth_signature_method" => "--signature-method",
        "oauth_timestamp" => "--timestamp",
        "oauth_token" => "--token",
        "oauth_verifier" => "--verifier",
        _ if name.eq_ignore_ascii_case("realm") => "--realm",
        _ => return None,
    })
}

fn has_no_form(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}

impl Placement {
    /// Refuses to put the protocol parameters where the method has no place for them.
    pub(crate) fn check(self, method: &str) -> Result<(), String> {
        if self == Self::Body && has_no_form(method) {
            return Err(format!(
                "a {method} request has no form for the protocol parameters: use --placement \
                 header or query"
            ));
        }
        Ok(())
    }
}

/// What the options name, read.
struct Inputs<'o> {
    query: Vec<input::Pair<'o>>,
    form: Vec<input::Pair<'o>>,
    form_files: Vec<input::FileField>,
    form_body: Option<Vec<u8>>,
    body: Option<Body>,
    signed_elsewhere: Vec<input::Pair<'o>>,
    parameters: Vec<(&'o str, &'o str)>,
    parameter_files: Vec<(String, String)>,
    verifier: Option<Cow<'o, str>>,
}

impl<'o> Inputs<'o> {
    fn read(options: &'o Options, input: &Input) -> Result<Self, String> {
        let parts = &options.parts;
        let form_body = match &parts.form_body {
            None => None,
            Some(given) => {
                let option = "--form-body";
                let source = Source::of(option, given)?;
                let mut body = source.read(option, input)?;
                // The end of the last line of a file cannot be part of a form.
                if matches!(source, Source::File(_)) {
                    body.truncate(input::without_line_end(&body).len());
                }
                Some(body)
            }
        };
        let body = match &parts.body {
            None => None,
            Some(given) => {
                let source = Source::of("--body", given)?;
                Some(Body {
                    bytes: source.read("--body", input)?,
                    file: source.again(),
                })
            }
        };
        let mut parameters = Vec::new();
        for (name, value) in input::pairs("--parameter", &options.protocol.parameter)? {
            let text = |bytes| {
                std::str::from_utf8(bytes).map_err(|_| "--parameter is not UTF-8".to_owned())
            };
            parameters.push((text(name)?, text(value)?));
        }
        let protocol = &options.protocol;
        let verifier = match (&protocol.verifier, &protocol.verifier_file) {
            (Some(code), _) => Some(Cow::Borrowed(code.as_str())),
            (None, Some(path)) => Some(input.secret("--verifier-file", path)?.into()),
            (None, None) => None,
        };
        let inputs = Self {
            query: input::pairs("--query", &parts.query)?,
            form: input::pairs("--form", &parts.form)?,
            form_files: input::files("--form-file", &parts.form_file, input)?,
            form_body,
            body,
            signed_elsewhere: input::pairs("--signed-elsewhere", &parts.signed_elsewhere)?,
            parameters,
            parameter_files: input::secrets("--parameter-file", &protocol.parameter_file, input)?,
            verifier,
        };
        inputs.check(options)?;
        Ok(inputs)
    }

    fn form(&self) -> impl Iterator<Item = input::Pair<'_>> {
        let files = self.form_files.iter();
        let files = files.map(|field| (&*field.name, &*field.value));
        self.form.iter().copied().chain(files)
    }

    fn has_form(&self) -> bool {
        !self.form.is_empty() || !self.form_files.is_empty() || self.form_body.is_some()
    }

    /// Refuses combinations that nobody could send.
    fn check(&self, options: &Options) -> Result<(), String> {
        let method = options.method.to_ascii_uppercase();
        let placement = options.protocol.placement;
        if self.has_form() && has_no_form(&method) {
            return Err(format!(
                "a {method} request has no form: add the parameters with --query"
            ));
        }
        placement.check(&method)?;
        if options.output.curl && !self.signed_elsewhere.is_empty() {
            return Err(
                "--curl cannot be used together with --signed-elsewhere: curl would send the request \
                 without these parameters, so the signature would not match; use --json and send \
                 the complete request yourself"
                    .into(),
            );
        }
        if self.body.is_some() && method == "HEAD" {
            return Err("a HEAD request has no body".into());
        }
        if self.body.is_some() && placement == Placement::Body {
            return Err(
                "--body is not a form, so the protocol parameters cannot be added to it: use \
                 --placement header or query"
                    .into(),
            );
        }
        if let Some(content_type) = &options.parts.content_type {
            let is_visible = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
            if content_type.trim().is_empty() || !content_type.bytes().all(is_visible) {
                return Err(
                    "--content-type is a media type, such as application/json or \
                     'text/plain; charset=utf-8'"
                        .into(),
                );
            }
            let media_type = content_type.split(';').next().unwrap_or_default();
            if media_type
                .trim()
                .eq_ignore_ascii_case(FormBody::CONTENT_TYPE)
            {
                return Err(
                    "--content-type: servers read this body as a form, which must be signed: give \
                     it with --form-body"
                        .into(),
                );
            }
        }
        Ok(())
    }

    fn request<'a>(
        &'a self,
        options: &'a Options,
        method: &'a str,
        url: &'a Url,
    ) -> Result<Request<'a>, String> {
        let of = |option: &'static str| move |error: RequestError| format!("{option}: {error}");
        let mut request = Request::new(method, url).map_err(|error| match error {
            RequestError::Method => format!("<METHOD>: {error}"),
            error => format!("<URL>: {error}"),
        })?;
        if !self.query.is_empty() {
            request = request.query(&self.query).map_err(of("--query"))?;
        }
        if let Some(body) = &self.form_body {
            request = request.form_bytes(body).map_err(|error| match error {
                RequestError::NotFormUrlencoded { position } => format!(
                    "--form-body: byte {position} must be percent-encoded; a body that is not a \
                     form, such as JSON, is given with --body"
                ),
                error => format!("--form-body: {error}"),
            })?;
        } else if options.parts.browser_form {
            request = request.browser_form(self.form()).map_err(of("--form"))?;
        } else if self.has_form() {
            request = request.form(self.form()).map_err(of("--form"))?;
        }
        if !self.signed_elsewhere.is_empty() {
            let pairs = &self.signed_elsewhere;
            request = request
                .signed_elsewhere(pairs)
                .map_err(of("--signed-elsewhere"))?;
        }
        let files = self.parameter_files.iter();
        let files = files.map(|(name, value)| ("--parameter-file", &**name, &**value));
        let given = self.parameters.iter();
        let given = given.map(|(name, value)| ("--parameter", *name, *value));
        for (option, name, value) in given.chain(files) {
            let added = request.protocol_parameter(name, value);
            request = added.map_err(|error| match (&error, option_for(name)) {
                (RequestError::ReservedName { .. }, Some(other)) => {
                    format!("{option}: {name} is set by {other}")
                }
                _ => format!("{option}: {error}"),
            })?;
        }
        if let Some(callback) = options.protocol.callback()? {
            request = request.callback(callback);
        }
        if let Some(code) = &self.verifier {
            request = request.verification_code(code);
        }
        Ok(request)
    }
}
