//! A request as it arrived, byte by byte.

use std::borrow::Cow;

use oauth1_signer::{
    signature_method::VerifyingKey,
    verifier::{Body, Incoming, IncomingError, Verifier},
};

use crate::diagnose::{is_request_line_of_any_method, without_marks};

pub(super) struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    /// Reads a request. The error says what to paste.
    pub(super) fn read(content: &[u8]) -> Result<Self, String> {
        let content = without_trace(content);
        let mut rest = &*content;
        let mut number = 1;
        while !rest.is_empty() && trimmed_line(rest).0.is_empty() {
            rest = trimmed_line(rest).1;
            number += 1;
        }
        let (line, behind) = trimmed_line(rest);
        if line.is_empty() {
            return Err("there is no request: give a file, or paste it".into());
        }
        let mut words = line.split_whitespace();
        let (mut method, mut target) = (words.next(), words.next());
        if line.starts_with(':') {
            // HTTP/2 has headers in place of the line: `:method` and `:path`.
            number -= 1;
        } else if is_request_line_of_any_method(&line) {
            rest = behind;
        } else {
            return Err(format!(
                "line {number}: a request begins with a line such as POST /path HTTP/1.1, or with the \
                 headers :method and :path of HTTP/2"
            ));
        }

        let mut headers: Vec<(String, String)> = Vec::new();
        loop {
            number += 1;
            let (line, behind) = trimmed_line(rest);
            rest = behind;
            if line.is_empty() {
                break;
            }
            match (name_and_value(&line), headers.last_mut()) {
                // A header that a mail or a log has broken into lines.
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (Some((name, value)), _) => {
                    headers.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                (None, _) => {
                    return Err(format!(
                        "line {number}: this is not a header; a blank line separates the body"
                    ));
                }
            }
        }
        if line.starts_with(':') {
            [method, target] = [":method", ":path"].map(|name| only(&headers, name));
            if method.is_none() || target.is_none() {
                return Err("a request of HTTP/2 has one :method and one :path".into());
            }
        }
        let mut request = Self {
            method: method.unwrap_or_default().to_owned(),
            target: target.unwrap_or_default().to_owned(),
            body: Vec::new(),
            headers,
        };
        request.body = request.body_in(rest)?.to_owned();
        Ok(request)
    }

    /// What belongs to the body. Editors add the end of a line to a text.
    fn body_in<'c>(&self, rest: &'c [u8]) -> Result<&'c [u8], String> {
        if self.header("transfer-encoding").is_some() {
            return Err(
                "the body is in chunks, as Transfer-Encoding says: paste it without their lengths, \
                 and without this header"
                    .into(),
            );
        }
        let Some(length) = self.header("content-length") else {
            let line = rest.strip_suffix(b"\n").unwrap_or(rest);
            return Ok(line.strip_suffix(b"\r").unwrap_or(line));
        };
        let length: usize = length
            .parse()
            .map_err(|_| "Content-Length is not a number of bytes".to_owned())?;
        match rest.split_at_checked(length) {
            Some((body, behind)) if behind.trim_ascii().is_empty() => Ok(body),
            _ => Err(format!(
                "the body has {} bytes, and Content-Length says {length}: paste it as it arrived, or \
                 leave this header out",
                rest.len()
            )),
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let of_name = move |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .filter(of_name)
            .map(|(_, value)| &**value)
    }

    /// Whether there is an `Authorization` header, of whatever scheme.
    pub(super) fn has_authorization(&self) -> bool {
        self.header("authorization").is_some()
    }

    pub(super) fn body(&self) -> Body<'_> {
        Body::received(self.header("content-type"), &self.body)
    }

    fn path_and_query(&self) -> &str {
        let after_scheme = self.target.split_once("://").map(|(_, rest)| rest);
        match after_scheme.filter(|_| !self.target.starts_with('/')) {
            Some(rest) => rest.find(['/', '?']).map_or("/", |start| &rest[start..]),
            None => &self.target,
        }
    }

    /// Other origins that a client may have signed: with the host that the request names, with and
    /// without the path of the one that was given.
    pub(super) fn origins(&self, given: &str) -> impl Iterator<Item = String> {
        let host = self.header("host").or_else(|| self.header(":authority"));
        let host = host.map(str::to_ascii_lowercase);
        let path = given.split_once("://").map_or("", |(_, rest)| {
            rest.find('/').map_or("", |start| &rest[start..])
        });
        let paths = if path.is_empty() {
            vec![""]
        } else {
            vec![path, ""]
        };
        host.into_iter().flat_map(move |host| {
            let of =
                |path: &&str| ["https", "http"].map(|scheme| format!("{scheme}://{host}{path}"));
            paths.iter().flat_map(of).collect::<Vec<_>>()
        })
    }

    /// The claims of the request.
    pub(super) fn incoming<K: VerifyingKey>(
        &self,
        verifier: &Verifier<K>,
    ) -> Result<Incoming<'_>, IncomingError> {
        for name in ["Authorization", "Content-Type"] {
            if self.all(name).nth(1).is_some() {
                return Err(IncomingError::HeaderTwice { name });
            }
        }
        let authorization = self.header("authorization");
        verifier.read(
            &self.method,
            self.path_and_query(),
            authorization,
            self.body(),
        )
    }
}

/// The parts of a header. The names of those that stand for the request line in HTTP/2 begin with a colon.
fn name_and_value(line: &str) -> Option<(&str, &str)> {
    let start = usize::from(line.starts_with(':'));
    let colon = start + line[start..].find(':')?;
    Some((&line[..colon], &line[colon + 1..]))
}

/// The value of a header that must not be there twice.
fn only<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut values = headers.iter().filter(|header| header.0 == name);
    let (_, value) = values.next()?;
    values.next().is_none().then_some(value)
}

/// The request in what `curl --verbose` prints.
fn without_trace(content: &[u8]) -> Cow<'_, [u8]> {
    match std::str::from_utf8(content) {
        Ok(text) if text.starts_with(['>', '*']) => {
            let plain = without_marks(text);
            // The answer is not part of it.
            let end = plain.find("\nHTTP/").map_or(plain.len(), |end| end + 1);
            plain.as_bytes()[..end].to_vec().into()
        }
        _ => content.into(),
    }
}

/// The first line without its end, and the lines after it.
fn trimmed_line(content: &[u8]) -> (String, &[u8]) {
    let end = content.iter().position(|byte| *byte == b'\n');
    let (line, rest) = match end {
        Some(end) => (&content[..end], &content[end + 1..]),
        None => (content, &[][..]),
    };
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (String::from_utf8_lossy(line).into_owned(), rest)
}
