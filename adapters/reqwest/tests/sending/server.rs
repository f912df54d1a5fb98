//! A server on the loopback interface that keeps what it receives.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// Answers every request, until the tests end.
pub(crate) struct Server {
    origin: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Answers 200 with an empty body.
    pub(crate) fn start() -> Self {
        Self::answering(|_| Reply::new(200))
    }

    pub(crate) fn answering(mut answer: impl FnMut(&Received) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        let own_origin = origin.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut reader = BufReader::new(stream.unwrap());
                // A client that signed nothing may have connected and gone.
                let Some(request) = Received::read(&mut reader, &own_origin) else {
                    continue;
                };
                let reply = answer(&request);
                log.lock().unwrap().push(request);
                reply.write(reader.get_mut());
            }
        });
        Self { origin, received }
    }

    /// Scheme, host and port.
    #[cfg(feature = "middleware")]
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The URL of a path and query.
    pub(crate) fn url(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.origin)
    }

    /// All requests until now.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The one request until now.
    #[track_caller]
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1);
        received.into_iter().next().unwrap()
    }
}

/// A request as it arrived.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// The URL: the origin of the server, and the path and query of the request line.
    pub(crate) url: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    fn read(reader: &mut impl BufRead, origin: &str) -> Option<Self> {
        let request_line = line(reader)?;
        let mut words = request_line.split(' ');
        let method = words.next()?.to_owned();
        let url = format!("{origin}{}", words.next()?);
        let mut headers = Vec::new();
        while let Some((name, value)) = line(reader)?.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut request = Self {
            method,
            url,
            headers,
            body: Vec::new(),
        };
        if request.header("transfer-encoding") == Some("chunked") {
            while let size @ 1.. = usize::from_str_radix(&line(reader)?, 16).ok()? {
                request.take(reader, size)?;
                line(reader)?;
            }
            line(reader)?;
        } else if let Some(length) = request.header("content-length") {
            request.take(reader, length.parse().ok()?)?;
        }
        Some(request)
    }

    fn take(&mut self, reader: &mut impl BufRead, size: usize) -> Option<()> {
        let mut bytes = vec![0; size];
        reader.read_exact(&mut bytes).ok()?;
        self.body.extend(bytes);
        Some(())
    }

    /// The value of a header that occurs at most once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|header| header.0 == name);
        let value = values.next().map(|header| header.1.as_str());
        assert!(values.next().is_none(), "{name} occurs twice");
        value
    }

    /// The path and query of the request line.
    pub(crate) fn target(&self) -> &str {
        let (_scheme, rest) = self.url.split_once("://").unwrap();
        &rest[rest.find('/').unwrap()..]
    }
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    reader
        .read_line(&mut line)
        .ok()
        .filter(|&length| length > 0)?;
    Some(line.trim_end().to_owned())
}

/// An answer.
pub(crate) struct Reply {
    status: u16,
    headers: String,
    body: String,
}

impl Reply {
    pub(crate) fn new(status: u16) -> Self {
        let (headers, body) = (String::new(), String::new());
        Self {
            status,
            headers,
            body,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.extend([name, ": ", value, "\r\n"]);
        self
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        self.body.push_str(body);
        self
    }

    fn write(&self, stream: &mut TcpStream) {
        let Self {
            status,
            headers,
            body,
        } = self;
        let length = body.len();
        let text = format!(
            "HTTP/1.1 {status} Text\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        stream.write_all(text.as_bytes()).unwrap();
        // Closing with unread bytes would reset the connection before the client has read.
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let _ = stream.read(&mut [0; 1]);
    }
}
