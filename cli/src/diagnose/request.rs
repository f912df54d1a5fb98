//! A request and an answer, as a text shows them.

use oauth1_signer::{diagnosis::Message, response::Response};
use url::form_urlencoded;

/// A request. Its URL may lack the scheme, which is not in the text of a request.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: Url,
    pub(super) authorization: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) body: Option<String>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Url {
    Absolute(String),
    /// The host and all that follows it.
    WithoutScheme(String),
}

impl Default for Url {
    fn default() -> Self {
        Self::Absolute(String::new())
    }
}

impl Request {
    /// The value of a protocol parameter, wherever it is.
    pub(super) fn has(&self, name: &str) -> bool {
        let in_header = self.authorization.as_deref().unwrap_or_default();
        let in_header = in_header
            .split([' ', ','])
            .any(|part| part.split('=').next() == Some(name));
        let (Url::Absolute(url) | Url::WithoutScheme(url)) = &self.url;
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let form = self.body.as_deref().filter(|_| self.has_form_type());
        let mut pairs = form_urlencoded::parse(query.as_bytes())
            .chain(form_urlencoded::parse(form.unwrap_or_default().as_bytes()));
        in_header || pairs.any(|(known, _)| known == name)
    }

    pub(super) fn has_form_type(&self) -> bool {
        is_form(self.content_type.as_deref().unwrap_or_default())
    }

    /// The URL, with this scheme if it has none of its own.
    pub(super) fn url(&self, scheme: &str) -> String {
        match &self.url {
            Url::Absolute(url) => url.clone(),
            Url::WithoutScheme(url) => format!("{scheme}://{url}"),
        }
    }

    pub(super) fn message(&self, scheme: &str) -> Message {
        let mut message = Message::new(self.method.clone(), self.url(scheme));
        if let Some(header) = &self.authorization {
            message = message.authorization(header.clone());
        }
        if let Some(content_type) = &self.content_type {
            message = message.content_type(content_type.clone());
        }
        if let Some(body) = &self.body {
            message = message.body(body.clone());
        }
        message
    }
}

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

pub(super) fn is_form(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case(FORM)
}

/// What a server answered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) www_authenticate: Option<String>,
    pub(super) date: Option<String>,
    pub(super) body: String,
}

impl Answer {
    /// Whether nothing but the body is known.
    pub(super) fn is_body(&self) -> bool {
        self.www_authenticate.is_none() && self.date.is_none()
    }

    /// The base string that the server made.
    pub(super) fn base_string(&self) -> Option<String> {
        let report = Response::new(401, &self.body).report()?;
        report.base_string().map(String::from)
    }
}
