//! A command line that sends a message.

use std::path::Path;

use super::message::{Body, Message};

/// The longest body that is written into the command line. Linux refuses arguments of 128 KiB.
const LONGEST: usize = 100_000;

/// The command line for any shell of the POSIX family. What curl sends is what was signed.
pub(super) fn command_line(message: &Message) -> Result<Vec<u8>, String> {
    // Curl would read brackets and braces in a URL as patterns, and remove dots from its path.
    let mut words: Vec<Vec<u8>> = ["curl", "--globoff", "--path-as-is"].map(Into::into).into();
    // Curl remarks on a method that it would use anyway.
    let has_data = message.body.is_some() || message.method == "POST";
    let usual = if has_data { "POST" } else { "GET" };
    if message.method == "HEAD" {
        words.push("--head".into());
    } else if message.method != usual {
        words.extend(["--request".into(), message.method.clone().into_bytes()]);
    }
    for (name, value) in &message.headers {
        let header = format!("{name}: {value}");
        words.extend(["--header".into(), header.into_bytes()]);
    }
    match &message.body {
        Some(body) => words.extend(data(body)?),
        // Without a body there would be no `Content-Length`, which services may insist on. Curl
        // must not call it a form.
        None if ["POST", "PUT", "PATCH"].contains(&&*message.method) => {
            words.extend(["--header", "Content-Type:", "--data-raw", ""].map(Into::into));
        }
        None => {}
    }
    words.push(message.url.clone().into_bytes());
    if words.iter().any(|word| word.len() > 120_000) {
        return Err("--curl: this is too long for a command line; use --json".to_owned());
    }
    let words: Vec<_> = words.iter().map(|word| quote(word)).collect();
    let mut line = words.join(&b' ');
    line.push(b'\n');
    Ok(line)
}

fn data(body: &Body) -> Result<[Vec<u8>; 2], String> {
    let inline = ["--data-raw".into(), body.bytes.clone()];
    if body.bytes.len() <= LONGEST && is_text(&body.bytes) {
        return Ok(inline);
    }
    match &body.file {
        Some(file) => Ok(["--data-binary".into(), [b"@", path(file)?].concat()]),
        None if body.bytes.contains(&0) => Err(
            "--curl: the body has a NUL byte, which a command line cannot have; save it in a \
             file, and give --body @FILE"
                .to_owned(),
        ),
        None => Ok(inline),
    }
}

/// Whether a body survives being copied from one terminal to another.
fn is_text(bytes: &[u8]) -> bool {
    let is_plain = |character: char| character == '\n' || !character.is_control();
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_plain))
}

/// Between single quotes a shell leaves everything alone, and only `'` itself needs care.
fn quote(word: &[u8]) -> Vec<u8> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._/:".contains(byte);
    if !word.is_empty() && word.iter().all(plain) {
        return word.to_vec();
    }
    let parts: Vec<_> = word.split(|byte| *byte == b'\'').collect();
    [b"'", &*parts.join(&b"'\\''"[..]), b"'"].concat()
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)]
fn path(path: &Path) -> Result<&[u8], String> {
    let path = path.as_os_str();
    Ok(std::os::unix::ffi::OsStrExt::as_bytes(path))
}

#[cfg(not(unix))]
fn path(path: &Path) -> Result<&[u8], String> {
    let path = path.to_str().map(str::as_bytes);
    path.ok_or_else(|| "--curl: the name of the file is not valid Unicode".to_owned())
}
