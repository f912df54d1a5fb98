//! As much of HTTP as the example needs: one request per connection.

use std::{
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

use oauth1_signer::{
    Call,
    verifier::{Body, Incoming, IncomingError, Refusal, Verifier},
};

/// A request, with the bytes as they arrived.
pub(crate) struct Received {
    method: String,
    pub(crate) path_and_query: String,
    authorization: Option<String>,
    content_type: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// What the request claims, for a verifier to check.
    pub(crate) fn incoming(&self, verifier: &Verifier) -> Result<Incoming<'_>, IncomingError> {
        verifier.read(
            &self.method,
            &self.path_and_query,
            self.authorization.as_deref(),
            Body::received(self.content_type.as_deref(), &self.body),
        )
    }

    pub(crate) fn is_for(&self, path: &str) -> bool {
        self.method == "POST" && self.path_and_query.split('?').next() == Some(path)
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) www_authenticate: Option<String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<String>) -> Self {
        Self {
            status,
            content_type,
            www_authenticate: None,
            body: body.into(),
        }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, "text/plain", "There is nothing here.\n")
    }
}

/// What a client may know about a refusal.
impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status(),
            content_type: "application/x-www-form-urlencoded",
            www_authenticate: refusal.www_authenticate(None),
            body: refusal.body(),
        }
    }
}

/// Answers requests until the program ends, each in a thread of its own.
pub(crate) fn serve<H>(listener: TcpListener, handler: H)
where
    H: Fn(&Received) -> Answer + Send + Sync + 'static,
{
    let handler = Arc::new(handler);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handler = Arc::clone(&handler);
            thread::spawn(move || {
                let answer = match receive(&stream) {
                    Ok(received) => handler(&received),
                    Err(error) => Answer::new(400, "text/plain", format!("{error}\n")),
                };
                // If the client is gone, there is nobody to tell.
                let _ = respond(&stream, &answer);
            });
        }
    });
}

/// Sends a signed call with a body that is not a form.
pub(crate) fn send(call: &Call, content_type: &str, body: &str) -> io::Result<(u16, String)> {
    let mut headers = vec![("Content-Type", content_type)];
    headers.extend(call.headers());
    post(call.url(), &headers, body)
}

/// Sends a request, and returns the status and the body of the answer.
pub(crate) fn post(url: &str, headers: &[(&str, &str)], body: &str) -> io::Result<(u16, String)> {
    let (_, rest) = url.split_once("://").ok_or(ErrorKind::InvalidInput)?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let mut request = Vec::new();
    write!(request, "POST {path} HTTP/1.1\r\nHost: {host}\r\n")?;
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n")?;
    }
    write!(request, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(&request)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .ok_or(ErrorKind::InvalidData)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok((status.ok_or(ErrorKind::InvalidData)?, body.to_owned()))
}

fn receive(stream: &TcpStream) -> io::Result<Received> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.take(MOST_HEAD));
    let line = line(&mut reader)?;
    let mut words = line.split(' ');
    let (Some(method), Some(path_and_query)) = (words.next(), words.next()) else {
        return Err(ErrorKind::InvalidData.into());
    };
    let mut received = Received {
        method: method.to_owned(),
        path_and_query: path_and_query.to_owned(),
        authorization: None,
        content_type: None,
        body: Vec::new(),
    };
    let mut length = None;
    loop {
        let line = self::line(&mut reader)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        let field = match name.to_ascii_lowercase().as_str() {
            "authorization" => &mut received.authorization,
            "content-type" => &mut received.content_type,
            "content-length" => &mut length,
            _ => continue,
        };
        // Programs differ in which of two headers they read, so there must not be two.
        if field.replace(value.trim().to_owned()).is_some() {
            return Err(io::Error::new(
                ErrorKind::InvalidData,
                format!("two headers {name}"),
            ));
        }
    }
    let length = length
        .unwrap_or_default()
        .parse()
        .unwrap_or(0)
        .min(MOST_BODY);
    reader.get_mut().set_limit(length);
    reader.take(length).read_to_end(&mut received.body)?;
    Ok(received)
}

/// The most bytes of the headers and of the body that are read.
const MOST_HEAD: u64 = 16 * 1024;
const MOST_BODY: u64 = 1024 * 1024;

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn respond(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    let (status, length) = (answer.status, answer.body.len());
    let mut bytes = Vec::new();
    write!(bytes, "HTTP/1.1 {status} -\r\nConnection: close\r\n")?;
    if let Some(challenge) = &answer.www_authenticate {
        write!(bytes, "WWW-Authenticate: {challenge}\r\n")?;
    }
    write!(bytes, "Content-Type: {}\r\n", answer.content_type)?;
    write!(bytes, "Content-Length: {length}\r\n\r\n{}", answer.body)?;
    stream.write_all(&bytes)
}
