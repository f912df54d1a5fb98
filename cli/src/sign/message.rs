//! What to send.

use std::fmt;

use oauth1_signer::{AuthorizationHeader, FormBody};

pub(crate) struct Message {
    method: String,
    url: String,
    headers: Vec<String>,
    body: Option<String>,
}

impl Message {
    pub(crate) fn new(method: &str, url: &str, body: Option<FormBody<'_>>) -> Self {
        let content_type = format!("Content-Type: {}", FormBody::CONTENT_TYPE);
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: body.iter().map(|_| content_type.clone()).collect(),
            body: body.map(|body| body.to_string()),
        }
    }

    pub(crate) fn with_authorization(mut self, header: AuthorizationHeader<'_>) -> Self {
        self.headers.insert(0, format!("Authorization: {header}"));
        self
    }

    /// The command line, for any shell of the POSIX family.
    pub(crate) fn to_curl(&self) -> String {
        // Without `--globoff` curl takes brackets and braces in a URL for patterns.
        let mut words = vec!["curl", "--globoff"];
        if self.method == "HEAD" && self.body.is_none() {
            words.push("--head");
        } else {
            words.extend(["--request", &self.method]);
        }
        for header in &self.headers {
            words.extend(["--header", header]);
        }
        match &self.body {
            Some(body) => words.extend(["--data-raw", body]),
            // Without a body there would be no `Content-Length`, which services may insist on.
            None if ["POST", "PUT", "PATCH"].contains(&&*self.method) => {
                words.extend(["--data-raw", ""]);
            }
            None => {}
        }
        words.push(&self.url);
        words.into_iter().map(quote).collect::<Vec<_>>().join(" ")
    }
}

/// As it is sent, but with the whole URL in the first line.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method, self.url)?;
        for header in &self.headers {
            writeln!(f, "{header}")?;
        }
        match &self.body {
            Some(body) => writeln!(f, "\n{body}"),
            None => Ok(()),
        }
    }
}

/// Between single quotes a shell leaves everything alone, and only `'` itself needs care.
fn quote(word: &str) -> String {
    let plain = |octet: u8| octet.is_ascii_alphanumeric() || b"-._/:".contains(&octet);
    if !word.is_empty() && word.bytes().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
