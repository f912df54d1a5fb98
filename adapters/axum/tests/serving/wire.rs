//! A client that sends what it is given, byte for byte.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use axum::http::Request;

/// What was answered.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|header| header.0 == name)?;
        Some(value)
    }

    /// So that answers can be compared.
    pub(crate) fn headers_without_date(&mut self) {
        self.headers.retain(|header| header.0 != "date");
    }

    /// Status and body.
    pub(crate) fn parts(&self) -> (u16, &str) {
        (self.status, &self.body)
    }
}

/// Sends a request without blocking the server, which runs on the same threads.
pub(crate) async fn send(to: SocketAddr, request: &Request<Vec<u8>>) -> Answer {
    let text = written(request);
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(to).unwrap();
        // A server that refuses a large body may stop reading.
        let _ = stream.write_all(&text);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        read(&answer)
    })
    .await
    .unwrap()
}

fn written(request: &Request<Vec<u8>>) -> Vec<u8> {
    let path = request.uri().path_and_query().unwrap();
    let mut text = format!("{} {path} HTTP/1.1\r\n", request.method()).into_bytes();
    // A host that is not the public one, as behind a proxy.
    text.extend(b"Host: 10.0.0.1:8080\r\nConnection: close\r\n");
    for (name, value) in request.headers() {
        text.extend(name.as_str().bytes());
        text.extend(b": ");
        text.extend(value.as_bytes());
        text.extend(b"\r\n");
    }
    text.extend(format!("Content-Length: {}\r\n\r\n", request.body().len()).bytes());
    text.extend(request.body());
    text
}

fn read(answer: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    Answer {
        status: status.parse().unwrap(),
        headers: lines.map(header).collect(),
        body: body.to_owned(),
    }
}
