//! A service on loopback that checks signatures with the slow model.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use arrived::Arrived;
use oauth1_signer::{Consumer, Signer, Token};

const CONSUMER_SECRET: &str = "consumer secret";
const TOKEN_SECRET: &str = "token secret";

pub(crate) fn consumer() -> Consumer {
    Consumer::new("consumer key", CONSUMER_SECRET)
}

pub(crate) fn token() -> Token {
    Token::new("token", TOKEN_SECRET)
}

pub(crate) fn signer() -> Signer {
    Signer::new(&consumer(), &token())
}

/// A service that answers signed requests with `verified`. `/busy…` answers every other request with
/// 503, and `/moved?<location>` leads elsewhere.
pub(crate) struct Service {
    port: u16,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Service {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&arrived);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                if let Err(error) = serve(&stream, &log) {
                    eprintln!("the service on loopback: {error}");
                }
            }
        });
        Self { port, arrived }
    }

    /// The origin, without a slash at its end.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Takes what has arrived.
    pub(crate) fn take(&self) -> Vec<Arrived> {
        std::mem::take(&mut self.arrived.lock().unwrap())
    }

    /// Takes the one request that has arrived.
    pub(crate) fn take_one(&self) -> Arrived {
        let mut arrived = self.take();
        assert_eq!(arrived.len(), 1);
        arrived.remove(0)
    }
}

/// Answers one request, and closes the connection.
fn serve(mut stream: &TcpStream, log: &Mutex<Vec<Arrived>>) -> io::Result<()> {
    let Some(request) = read(stream)? else {
        return Ok(());
    };
    let (status, location) = {
        let mut log = log.lock().unwrap();
        log.push(request.clone());
        answer(&request, &log)
    };
    let text = if status == 401 {
        "oauth_problem=signature_invalid"
    } else {
        "verified"
    };
    write!(
        stream,
        "HTTP/1.1 {status} \r\nLocation: {location}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
}

fn answer<'a>(request: &'a Arrived, log: &[Arrived]) -> (u16, &'a str) {
    let nonces: Vec<_> = log
        .iter()
        .filter_map(|request| request.parameter("oauth_nonce"))
        .collect();
    let fresh = nonces.len() == nonces.iter().collect::<BTreeSet<_>>().len();
    if !fresh || !request.is_genuine(CONSUMER_SECRET, TOKEN_SECRET) {
        return (401, "");
    }
    if request.target.starts_with("/busy") && log.len() % 2 == 1 {
        return (503, "");
    }
    match request.target.split_once("/moved?") {
        Some((_, location)) => (307, location),
        None => (200, ""),
    }
}

/// Reads a request, or `None` if the client has closed the connection.
fn read(stream: &TcpStream) -> io::Result<Option<Arrived>> {
    let mut reader = BufReader::new(stream);
    let first = line(&mut reader)?;
    let mut words = first.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let mut headers = BTreeMap::new();
    loop {
        let line = line(&mut reader)?;
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        let value = value.to_owned();
        assert!(headers.insert(title(name), value).is_none(), "{name} twice");
    }
    let body = if headers.contains_key("Transfer-Encoding") {
        chunks(&mut reader)?
    } else {
        let length = headers.get("Content-Length");
        let length = length.and_then(|length| length.parse().ok());
        bytes(&mut reader, length.unwrap_or_default())?
    };
    Ok(Some(Arrived {
        method: method.into(),
        target: target.into(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }))
}

/// A line without its end.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// `content-type` as `Content-Type`.
fn title(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + &rest.to_lowercase()
    });
    words.collect::<Vec<_>>().join("-")
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = usize::from_str_radix(&line(reader)?, 16);
        let size = size.map_err(io::Error::other)?;
        body.extend(bytes(reader, size)?);
        line(reader)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn bytes(reader: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}
