//! Runs the command, and looks at what it says.

use std::{
    env,
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{self, Command, Output, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

pub(crate) const AT: &str = "https://api.example.com/";
pub(crate) const STAMP: [&str; 4] = ["--nonce", "once", "--timestamp", "1318622958"];

/// The command with a consumer and without a token. Its secret is `hidden-one`.
pub(crate) fn oauth1<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    nobody(arguments)
        .env("OAUTH_CONSUMER_KEY", "key")
        .env("OAUTH_CONSUMER_SECRET", "hidden-one")
}

/// The command without any credentials.
pub(crate) fn nobody<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oauth1"));
    for name in ["CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN", "TOKEN_SECRET"] {
        command.env_remove(format!("OAUTH_{name}"));
    }
    for proxy in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    command.args(arguments);
    Run {
        command,
        stdin: Vec::new(),
    }
}

pub(crate) struct Run {
    pub(crate) command: Command,
    stdin: Vec<u8>,
}

impl Run {
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn arguments<A: AsRef<OsStr>>(mut self, more: impl IntoIterator<Item = A>) -> Self {
        self.command.args(more);
        self
    }

    pub(crate) fn stdin(mut self, content: impl Into<Vec<u8>>) -> Self {
        self.stdin = content.into();
        self
    }

    pub(crate) fn in_folder(mut self, folder: &Folder) -> Self {
        self.command.current_dir(&folder.path);
        self
    }

    pub(crate) fn output(mut self) -> Output {
        self.command.stdin(Stdio::piped());
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        // Whoever refuses the command line does not read this.
        let _ = child.stdin.take().unwrap().write_all(&self.stdin);
        child.wait_with_output().unwrap()
    }

    /// What it prints, if all is well and there is no warning.
    #[track_caller]
    pub(crate) fn bytes(self) -> Vec<u8> {
        let output = self.output();
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(error, "");
        assert_eq!(output.status.code(), Some(0));
        output.stdout
    }

    #[track_caller]
    pub(crate) fn stdout(self) -> String {
        String::from_utf8(self.bytes()).unwrap()
    }

    /// Expects one line of error, word for word, which repeats nothing that is hidden.
    #[track_caller]
    pub(crate) fn refused(self, expected: &str) {
        let output = self.output();
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(error, format!("oauth1: {expected}\n"));
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert_eq!(output.stdout, b"", "{error}");
        assert!(!error.contains("hidden"), "{error}");
    }
}

/// A folder that is removed in the end.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
}

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("oauth1-test-{}-{count}", process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self { path }
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path.join(name), content).unwrap();
        self
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A file of the tests of the crate, such as a key.
pub(crate) fn shared(path: &str) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    tests.join(path)
}

/// Whether a program is there. If it is not, says so where the harness does not swallow it, and
/// fails where all checks must run.
pub(crate) fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        assert!(env::var_os("CI").is_none(), "{program} is missing");
        let _ = writeln!(
            std::io::stderr(),
            "\nNOT TESTED, because {program} is missing: the command lines for it\n"
        );
    }
    found
}
