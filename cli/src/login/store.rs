//! Stores a token so that only its owner can read it.

use std::{error::Error, fs::OpenOptions, io::Write, path::Path};

use oauth1_signer::Token;
use serde_json::json;

/// Writes what the feature `serde` reads.
pub(crate) fn store(path: &Path, token: &Token) -> Result<(), Box<dyn Error>> {
    let fields: Vec<_> = token.fields().iter().collect();
    let text = json!({
        "token": token.token(),
        "secret": token.expose_secret(),
        "fields": fields,
    });
    // A file that is there already may be readable for others: it is not written over.
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    writeln!(file, "{text}")?;
    Ok(())
}
