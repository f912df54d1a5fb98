//! As much of an HTTP server as the provider and the listener need: one request per connection.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

pub(crate) struct Incoming {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Incoming {
    pub(crate) fn read(stream: &TcpStream) -> io::Result<Self> {
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut reader = BufReader::new(stream).take(LIMIT);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let mut words = lines.first().map_or("", String::as_str).split(' ');
        let (method, target) = (words.next(), words.next());
        let headers: Vec<(String, String)> = lines
            .iter()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut incoming = Self {
            method: method.unwrap_or_default().to_owned(),
            target: target.unwrap_or_default().to_owned(),
            headers,
            body: Vec::new(),
        };
        let length = incoming.header("content-length").unwrap_or("0");
        let length = length.parse().unwrap_or(0);
        reader.take(length).read_to_end(&mut incoming.body)?;
        Ok(incoming)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

pub(crate) struct Outgoing {
    pub(crate) status: &'static str,
    pub(crate) header: Option<(&'static str, String)>,
    pub(crate) body: String,
}

impl Outgoing {
    pub(crate) fn new(status: &'static str, body: impl Into<String>) -> Self {
        Self {
            status,
            header: None,
            body: body.into(),
        }
    }

    pub(crate) fn write(&self, mut stream: &TcpStream) -> io::Result<()> {
        let header = match &self.header {
            None => String::new(),
            Some((name, value)) => format!("{name}: {value}\r\n"),
        };
        write!(
            stream,
            "HTTP/1.1 {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n{header}\r\n{}",
            self.status,
            self.body.len(),
            self.body,
        )
    }
}

const LIMIT: u64 = 1 << 16;
