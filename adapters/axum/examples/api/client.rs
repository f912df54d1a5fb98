//! Calls the API, and shows the answers.

use std::error::Error;

use oauth1_signer::{Call, Consumer, Placement, Request, Signer, Stamp};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Makes a few calls for both consumers.
pub(crate) async fn call(origin: &str) -> Result<(), Box<dyn Error>> {
    let web = Signer::new(&Consumer::new("web", "secret of web"), None);
    let batch = Signer::new(&Consumer::new("batch", "secret of batch"), None);
    let stranger = Signer::new(&Consumer::new("web", "a guess"), None);
    let url = format!("{origin}/notes");
    let add = Request::post(&url)?.form([("text", "Buy milk")])?;
    let list = Request::get(&url)?;

    let once = web.sign(&add, Stamp::now()).call(Placement::Header);
    send("web adds a note", &once).await?;
    send("the same request again", &once).await?;
    let listed = web.sign(&list, Stamp::now()).call(Placement::Header);
    send("web lists its notes", &listed).await?;
    let listed = batch.sign(&list, Stamp::now()).call(Placement::Query);
    send("batch has none", &listed).await?;
    let listed = stranger.sign(&list, Stamp::now()).call(Placement::Header);
    send("somebody with another secret", &listed).await
}

/// Any HTTP client will do; this one is written down to keep the example small.
async fn send(what: &str, call: &Call) -> Result<(), Box<dyn Error>> {
    let (_, rest) = call.url().split_once("://").unwrap_or_default();
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let headers = call
        .headers()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    let (headers, body) = (headers.collect::<String>(), call.body());
    let text = format!(
        "{} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {}\r\n\
        Connection: close\r\n\r\n{body}",
        call.method(),
        body.len(),
    );
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(text.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    println!(
        "{what}:\n  {}: {body}",
        head.lines().next().unwrap_or_default()
    );
    Ok(())
}
