//! Standard output, whose reader may be gone.

use std::io::{self, ErrorKind, Write};

/// Writes a result. Whoever reads it may stop reading, as `head` does; any other error is one.
pub(crate) fn write(bytes: &[u8]) -> Result<(), String> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("standard output cannot be written: {error}"))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a line that tells what happens. Nothing depends on it. What a server answered may hold a
/// terminal's control characters.
pub(crate) fn tell(line: &str) {
    let line = line.replace(char::is_control, " ");
    let mut stdout = io::stdout().lock();
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
}
