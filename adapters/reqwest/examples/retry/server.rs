//! A service on the loopback interface whose clock is three hours ahead.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

const AHEAD: u64 = 3 * 60 * 60;

/// Answers two requests, and returns the URL to send them to.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/statuses/update.json", listener.local_addr()?);
    thread::spawn(move || -> io::Result<()> {
        for stream in listener.incoming().take(2) {
            answer(stream?)?;
        }
        Ok(())
    });
    Ok(url)
}

/// Looks at the timestamp only; the signature is not checked.
fn answer(stream: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut timestamp, mut length) = (0, 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => {
                let value = value.split("oauth_timestamp=\"").nth(1);
                let value = value.and_then(|value| value.split('"').next());
                timestamp = value.and_then(|value| value.parse().ok()).unwrap_or(0);
            }
            "content-length" => length = value.trim().parse().unwrap_or(0),
            _ => {}
        }
    }
    reader.read_exact(&mut vec![0; length])?;

    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |elapsed| elapsed.as_secs()) + AHEAD;
    let (low, high) = (now - 300, now + 300);
    let (status, body) = if (low..=high).contains(&timestamp) {
        ("200 OK", String::from("{}"))
    } else {
        let range = format!("oauth_acceptable_timestamps={low}-{high}");
        let body = format!("oauth_problem=timestamp_refused&{range}");
        ("401 Unauthorized", body)
    };
    let length = body.len();
    let text =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    reader.get_mut().write_all(text.as_bytes())
}
