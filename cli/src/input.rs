//! What is read from files and from standard input.

use std::{
    cell::Cell,
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

/// Reads what options name. Standard input is read once only.
#[derive(Default)]
pub(crate) struct Input {
    read_from_stdin: Cell<Option<&'static str>>,
    /// What standard input is for, although it is read last.
    reserved: Option<&'static str>,
}

/// The longest file that is read.
const LIMIT: u64 = 1 << 28;

impl Input {
    /// Input for an option or argument that is read after the others.
    pub(crate) fn reserved_for(option: &'static str, path: &Path) -> Self {
        Self {
            reserved: (path == Path::new("-")).then_some(option),
            ..Self::default()
        }
    }

    /// Reads a file, or standard input for `-`. The errors do not repeat the path: it may be a secret
    /// that was given in its place.
    pub(crate) fn file(&self, option: &'static str, path: &Path) -> Result<Vec<u8>, String> {
        let refused = |error: io::Error| {
            let reason = match error.kind() {
                ErrorKind::NotFound => "there is no such file".to_owned(),
                ErrorKind::PermissionDenied => "you may not read this file".to_owned(),
                ErrorKind::IsADirectory => "this is a folder".to_owned(),
                _ => format!("the file cannot be read: {error}"),
            };
            format!("{option}: {reason}")
        };
        let mut content = Vec::new();
        let read = if path == Path::new("-") {
            let reserved = self.reserved.filter(|other| *other != option);
            if let Some(other) = self.read_from_stdin.replace(Some(option)).or(reserved) {
                return Err(format!(
                    "standard input can be read once only, but {other} and {option} both want it"
                ));
            }
            io::stdin().take(LIMIT + 1).read_to_end(&mut content)
        } else {
            File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut content))
        };
        read.map_err(refused)?;
        if content.len() as u64 > LIMIT {
            return Err(format!("{option}: this is longer than 256 MiB"));
        }
        Ok(content)
    }

    /// Reads a secret from a file that contains nothing else. The end of its line is not part of it.
    pub(crate) fn secret(&self, option: &'static str, path: &Path) -> Result<String, String> {
        let content = self.file(option, path)?;
        let text = String::from_utf8(content)
            .map_err(|_| format!("{option}: the file is not text in UTF-8"))?;
        let length = without_line_end(text.as_bytes()).len();
        let line = &text[..length];
        if line.contains(['\n', '\r']) {
            return Err(format!(
                "{option}: the file has more than one line; it must contain the secret only"
            ));
        }
        if line.starts_with('\u{feff}') {
            return Err(format!(
                "{option}: the file begins with a byte order mark, which would count as part of \
                 the secret; save it without one"
            ));
        }
        Ok(line.to_owned())
    }
}

/// The line without its end: editors and `echo` write one.
pub(crate) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// What an option takes: a text, `@FILE`, or `-` for standard input.
pub(crate) enum Source<'o> {
    File(&'o Path),
    Text(&'o [u8]),
}

impl<'o> Source<'o> {
    pub(crate) fn of(option: &str, given: &'o OsStr) -> Result<Self, String> {
        if given == "-" {
            return Ok(Self::File(Path::new(given)));
        }
        let text = bytes(option, given)?;
        Ok(match text.strip_prefix(b"@") {
            Some(path) => Self::File(path_of(option, path)?),
            None => Self::Text(text),
        })
    }

    pub(crate) fn read(&self, option: &'static str, input: &Input) -> Result<Vec<u8>, String> {
        match self {
            Self::File(path) => input.file(option, path),
            Self::Text(text) => Ok(text.to_vec()),
        }
    }

    /// The file, if it can be read again: a pipe cannot.
    pub(crate) fn again(&self) -> Option<PathBuf> {
        match self {
            Self::File(path) if path.is_file() => Some((*path).to_owned()),
            Self::File(_) | Self::Text(_) => None,
        }
    }
}

/// A name and a value, not encoded.
pub(crate) type Pair<'o> = (&'o [u8], &'o [u8]);

/// Splits at the first `=`, so that values may contain it.
pub(crate) fn pairs<'o>(option: &str, given: &'o [OsString]) -> Result<Vec<Pair<'o>>, String> {
    let pair = |(place, text): (usize, &'o OsString)| {
        let text = bytes(option, text)?;
        let Some(equals) = text.iter().position(|byte| *byte == b'=') else {
            let place = place + 1;
            return Err(format!(
                "{option} takes NAME=VALUE, but number {place} has no `=`"
            ));
        };
        Ok((&text[..equals], &text[equals + 1..]))
    };
    given.iter().enumerate().map(pair).collect()
}

/// A name, not encoded, and what a file contains.
pub(crate) struct FileField {
    pub(crate) name: Vec<u8>,
    pub(crate) value: Vec<u8>,
}

/// Reads the files of `NAME=FILE` pairs.
pub(crate) fn files(
    option: &'static str,
    given: &[OsString],
    input: &Input,
) -> Result<Vec<FileField>, String> {
    pairs(option, given)
        .map_err(|error| error.replace("NAME=VALUE", "NAME=FILE"))?
        .into_iter()
        .map(|(name, path)| {
            Ok(FileField {
                name: name.to_vec(),
                value: input.file(option, path_of(option, path)?)?,
            })
        })
        .collect()
}

/// Reads the files of `NAME=FILE` pairs, which contain one line each.
pub(crate) fn secrets(
    option: &'static str,
    given: &[OsString],
    input: &Input,
) -> Result<Vec<(String, String)>, String> {
    pairs(option, given)
        .map_err(|error| error.replace("NAME=VALUE", "NAME=FILE"))?
        .into_iter()
        .map(|(name, path)| {
            let name = std::str::from_utf8(name).map_err(|_| format!("{option} is not UTF-8"))?;
            let value = input.secret(option, path_of(option, path)?)?;
            Ok((name.to_owned(), value))
        })
        .collect()
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)]
fn bytes<'o>(_: &str, text: &'o OsStr) -> Result<&'o [u8], String> {
    Ok(std::os::unix::ffi::OsStrExt::as_bytes(text))
}

#[cfg(not(unix))]
fn bytes<'o>(option: &str, text: &'o OsStr) -> Result<&'o [u8], String> {
    let text = text.to_str();
    let text = text.ok_or_else(|| format!("{option} is not valid Unicode"))?;
    Ok(text.as_bytes())
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)]
fn path_of<'o>(_: &str, path: &'o [u8]) -> Result<&'o Path, String> {
    let path: &OsStr = std::os::unix::ffi::OsStrExt::from_bytes(path);
    Ok(Path::new(path))
}

#[cfg(not(unix))]
fn path_of<'o>(option: &str, path: &'o [u8]) -> Result<&'o Path, String> {
    let path = std::str::from_utf8(path).map_err(|_| format!("{option} is not valid Unicode"))?;
    Ok(Path::new(path))
}
