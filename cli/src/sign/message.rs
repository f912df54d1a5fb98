//! What to send.

use std::path::PathBuf;

use base64::{Engine, engine::general_purpose::STANDARD};
use oauth1_signer::{Call, Signed};
use serde::Serialize;

pub(crate) struct Message {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Body>,
}

pub(crate) struct Body {
    pub(super) bytes: Vec<u8>,
    /// The file that it was read from.
    pub(super) file: Option<PathBuf>,
}

impl Message {
    /// The call, with a body if that is not a form.
    pub(super) fn new(call: &Call, body: Option<Body>, content_type: Option<&str>) -> Self {
        let headers = call.headers();
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut headers: Vec<_> = headers.collect();
        let body = match body {
            Some(body) => {
                // Clients that are not told would call it a form.
                let content_type = content_type.unwrap_or("application/octet-stream");
                headers.push(("Content-Type".to_owned(), content_type.to_owned()));
                Some(body)
            }
            None => (!call.body().is_empty()).then(|| Body {
                bytes: call.body().into(),
                file: None,
            }),
        };
        Self {
            method: call.method().to_owned(),
            url: call.url().to_owned(),
            headers,
            body,
        }
    }

    /// As it is sent, but with the whole URL in the first line.
    pub(super) fn write(&self, text: &mut Vec<u8>) {
        text.extend(format!("{} {}\n", self.method, self.url).bytes());
        for (name, value) in &self.headers {
            text.extend(format!("{name}: {value}\n").bytes());
        }
        if let Some(body) = &self.body {
            text.push(b'\n');
            text.extend(&body.bytes);
            text.push(b'\n');
        }
    }

    /// One object on one line. `docs/command.md` promises its keys.
    pub(super) fn to_json(&self, signed: Option<&Signed<'_>>) -> Result<Vec<u8>, String> {
        let text = self
            .body
            .as_ref()
            .map(|body| std::str::from_utf8(&body.bytes));
        let bytes = self.body.as_ref().filter(|_| matches!(text, Some(Err(_))));
        let is_plaintext = signed.is_some_and(|signed| {
            signed.protocol_parameters().get("oauth_signature_method") == Some("PLAINTEXT")
        });
        let object = Object {
            method: &self.method,
            url: &self.url,
            headers: Headers(&self.headers),
            body: text.and_then(Result::ok),
            body_base64: bytes.map(|body| STANDARD.encode(&body.bytes)),
            parameters: signed.map(|signed| signed.parameters().to_string()),
            base_string: signed.map(|signed| signed.base_string().to_string()),
            signature: signed
                .filter(|_| !is_plaintext)
                .map(|signed| signed.signature().expose_secret()),
        };
        let mut json = serde_json::to_vec(&object).map_err(|error| error.to_string())?;
        json.push(b'\n');
        Ok(json)
    }
}

#[derive(Serialize)]
struct Object<'a> {
    method: &'a str,
    url: &'a str,
    headers: Headers<'a>,
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_string: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<&'a str>,
}

struct Headers<'a>(&'a [(String, String)]);

impl Serialize for Headers<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
