//! Requests and answers, as they stand on the wire.

use std::{
    fmt::Write as _,
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    time::Duration,
};

/// A request, with its parts as they arrived.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) www_authenticate: Option<String>,
    pub(crate) body: String,
}

impl Message {
    pub(crate) fn receive(stream: &TcpStream) -> io::Result<Self> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut reader = BufReader::new(stream);
        let (line, headers) = head(&mut reader)?;
        let mut words = line.split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0")) =
            (words.next(), words.next(), words.next())
        else {
            return Err(ErrorKind::InvalidData.into());
        };
        let body = body(&mut reader, &headers)?;
        Ok(Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers,
            body,
        })
    }

    /// The values of all headers of a name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        values(&self.headers, name)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    pub(crate) fn send(&self, address: SocketAddr) -> io::Result<Answer> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            if !name.eq_ignore_ascii_case("content-length") {
                let _ = write!(head, "{name}: {value}\r\n");
            }
        }
        let _ = write!(head, "Content-Length: {}\r\n\r\n", self.body.len());
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(&[head.as_bytes(), &self.body].concat())?;
        Answer::receive(&stream)
    }
}

impl Answer {
    fn receive(stream: &TcpStream) -> io::Result<Self> {
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let mut reader = BufReader::new(stream);
        let (line, headers) = head(&mut reader)?;
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let body = body(&mut reader, &headers)?;
        Ok(Self {
            status: status.ok_or(ErrorKind::InvalidData)?,
            www_authenticate: values(&headers, "www-authenticate")
                .next()
                .map(str::to_owned),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    pub(crate) fn send(&self, mut stream: TcpStream) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} -\r\nConnection: close\r\n", self.status);
        if let Some(challenge) = &self.www_authenticate {
            let _ = write!(head, "WWW-Authenticate: {challenge}\r\n");
        }
        let length = self.body.len();
        let _ = write!(head, "Content-Length: {length}\r\n\r\n{}", self.body);
        stream.write_all(head.as_bytes())?;
        stream.shutdown(Shutdown::Write)
    }
}

/// The first line, and the headers.
fn head(reader: &mut impl BufRead) -> io::Result<(String, Vec<(String, String)>)> {
    let first = line(reader)?;
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?;
        match line.split_once(':') {
            Some((name, value)) => headers.push((name.to_owned(), value.trim().to_owned())),
            None if line.is_empty() => return Ok((first, headers)),
            None => return Err(ErrorKind::InvalidData.into()),
        }
    }
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn body(reader: &mut impl Read, headers: &[(String, String)]) -> io::Result<Vec<u8>> {
    let length = values(headers, "content-length").next().unwrap_or("0");
    let length = length.parse().map_err(|_| ErrorKind::InvalidData)?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

fn values<'h>(headers: &'h [(String, String)], name: &str) -> impl Iterator<Item = &'h str> {
    let of_name = move |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
    headers.iter().filter(of_name).map(|(_, value)| &**value)
}
