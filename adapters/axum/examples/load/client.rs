//! The clients: a few connections, each with one request at a time.

use std::{
    env,
    error::Error,
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use oauth1_signer::{Consumer, Request, Signer, Stamp};

use crate::process::{self, Usage};

pub(crate) const ORIGIN: &str = "https://api.example.com";
pub(crate) const CONSUMER: &str = "consumer key";
pub(crate) const SECRET: &str = "consumer secret";

const CONNECTIONS: usize = 16;

/// A server, and what is sent to it.
pub(crate) struct Client {
    server: Child,
    address: SocketAddr,
    signer: Signer,
}

impl Client {
    /// Starts the server. `window` is how long nonces are valid, in seconds.
    pub(crate) fn start(window: u64) -> Result<Self, Box<dyn Error>> {
        let mut server = Command::new(env::current_exe()?)
            .args(["server", &window.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        let output = server.stdout.take().ok_or("the server has no output")?;
        BufReader::new(output).read_line(&mut address)?;
        Ok(Self {
            server,
            address: address.trim().parse()?,
            signer: Signer::new(&Consumer::new(CONSUMER, SECRET), None),
        })
    }

    /// Sends requests, and measures from the first to the last.
    pub(crate) fn measure(&mut self, path: &str, count: usize) -> Result<Usage, Box<dyn Error>> {
        let process = self.server.id();
        let requests = self.sign(path, count)?;
        let processor = process::processor_time(process);
        let elapsed = self.send_all(&requests)?;
        #[allow(clippy::cast_precision_loss)] // It is not that much.
        Ok(Usage {
            count: count as f64,
            elapsed: elapsed.as_secs_f64(),
            processor: process::processor_time(process) - processor,
        })
    }

    pub(crate) fn send(&mut self, path: &str, count: usize) -> Result<(), Box<dyn Error>> {
        let requests = self.sign(path, count)?;
        self.send_all(&requests).map(drop)
    }

    /// How many nonces are in the memory of the server.
    pub(crate) fn count(&self) -> Result<usize, Box<dyn Error>> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.write_all(b"GET /count HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, count) = answer
            .rsplit_once("\r\n")
            .ok_or("the answer is incomplete")?;
        Ok(count.parse()?)
    }

    /// The memory of the server, in kilobytes.
    pub(crate) fn memory(&self) -> Option<f64> {
        process::memory(self.server.id())
    }

    /// Requests that differ in their paths and their signatures only.
    fn sign(&self, path: &str, count: usize) -> Result<Vec<String>, Box<dyn Error>> {
        let path = format!("{path}?file=vacation.jpg&size=original");
        let url = format!("{ORIGIN}{path}");
        let request = Request::get(&url)?;
        let sign = |_| {
            let signed = self.signer.sign(&request, Stamp::now());
            let header = signed.authorization_header();
            format!(
                "GET {path} HTTP/1.1\r\nHost: api.example.com\r\nAuthorization: {header}\r\n\r\n"
            )
        };
        Ok((0..count).map(sign).collect())
    }

    fn send_all(&self, requests: &[String]) -> Result<Duration, Box<dyn Error>> {
        let connect = |_| {
            TcpStream::connect(self.address).and_then(|stream| {
                stream.set_nodelay(true)?;
                Ok(stream)
            })
        };
        let streams: Vec<_> = (0..CONNECTIONS).map(connect).collect::<Result<_, _>>()?;
        let start = Instant::now();
        thread::scope(|scope| -> io::Result<()> {
            let chunks = requests.chunks(requests.len().div_ceil(CONNECTIONS));
            let connections: Vec<_> = streams
                .into_iter()
                .zip(chunks)
                .map(|(stream, chunk)| scope.spawn(move || converse(stream, chunk)))
                .collect();
            for connection in connections {
                connection.join().map_err(|_| io::ErrorKind::Other)??;
            }
            Ok(())
        })?;
        Ok(start.elapsed())
    }
}

impl Drop for Client {
    /// The server ends with its input.
    fn drop(&mut self) {
        drop(self.server.stdin.take());
        let _ = self.server.wait();
    }
}

/// Sends requests one after the other. All answers are equally long.
fn converse(mut stream: TcpStream, requests: &[String]) -> io::Result<()> {
    let mut answer = Vec::new();
    for request in requests {
        stream.write_all(request.as_bytes())?;
        if answer.is_empty() {
            let mut buffer = [0; 4096];
            while !answer.ends_with(b"hello") {
                let read = stream.read(&mut buffer)?;
                answer.extend(&buffer[..read]);
                if read == 0 || !answer.starts_with(ACCEPTED) {
                    break;
                }
            }
        } else {
            stream.read_exact(&mut answer)?;
        }
        if !answer.starts_with(ACCEPTED) {
            let answer = String::from_utf8_lossy(&answer).into_owned();
            return Err(io::Error::other(answer));
        }
    }
    Ok(())
}

const ACCEPTED: &[u8] = b"HTTP/1.1 200 ";
