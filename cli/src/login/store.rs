//! Stores a token. On Unix, only its owner can read it.

use std::{
    error::Error,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use oauth1_signer::{Stamp, Token};

/// A place for a token. It is tried before the user is troubled.
pub(crate) struct Store<'o> {
    path: &'o Path,
    overwrite: bool,
}

impl<'o> Store<'o> {
    pub(crate) fn new(path: &'o Path, overwrite: bool) -> Result<Self, Box<dyn Error>> {
        if path == Path::new("-") {
            return Err("--store takes a file, since a token must not be shown".into());
        }
        if path.is_dir() || path.file_name().is_none() {
            return Err("--store: this is a folder".into());
        }
        // A link that leads nowhere exists, too.
        if !overwrite && fs::symlink_metadata(path).is_ok() {
            return Err(exists());
        }
        let store = Self { path, overwrite };
        let (draft, _) = store.draft()?;
        fs::remove_file(draft)?;
        Ok(store)
    }

    /// Writes what `oauth1 sign --token-file` reads. The file is there as a whole or not at all.
    pub(crate) fn store(&self, token: &Token) -> Result<(), Box<dyn Error>> {
        let text = serde_json::to_string(token)?;
        let (draft, mut file) = self.draft()?;
        let result = writeln!(file, "{text}")
            .and_then(|()| file.sync_all())
            .map_err(Box::from)
            .and_then(|()| self.publish(&draft));
        if result.is_err() {
            let _ = fs::remove_file(&draft);
        }
        result
    }

    /// Gives the draft its name.
    fn publish(&self, draft: &Path) -> Result<(), Box<dyn Error>> {
        if self.overwrite {
            fs::rename(draft, self.path)?;
            return Ok(());
        }
        // Unlike renaming, this replaces nothing.
        match fs::hard_link(draft, self.path) {
            Ok(()) => Ok(fs::remove_file(draft)?),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(exists()),
            // Some file systems have no links.
            Err(_) if fs::symlink_metadata(self.path).is_err() => Ok(fs::rename(draft, self.path)?),
            Err(_) => Err(exists()),
        }
    }

    /// A new file beside the one to be. On Unix, nobody else can read it at any time.
    fn draft(&self) -> Result<(PathBuf, File), Box<dyn Error>> {
        let refused = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => "--store: there is no such folder".to_owned(),
            ErrorKind::PermissionDenied => "--store: you may not write to this folder".to_owned(),
            _ => format!("--store: the file cannot be written: {error}"),
        };
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}", Stamp::now().nonce()));
        let path = self.path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(refused)?;
        Ok((path, file))
    }
}

fn exists() -> Box<dyn Error> {
    "--store: the file exists already; --overwrite replaces it".into()
}
