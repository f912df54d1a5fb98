//! Starting and ending a Redis server.

use std::{
    env, fs,
    io::{self, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{self, Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

/// Ended when dropped.
pub(crate) struct Server {
    child: Child,
    port: u16,
    /// Where it keeps its files, and is then removed.
    folder: PathBuf,
    options: Vec<String>,
}

impl Server {
    /// `None` if Redis is not installed.
    pub(crate) fn start(options: &[&str]) -> Option<Self> {
        let installed = Command::new("redis-server")
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        if installed.is_err() {
            // Unlike `eprintln!`, this is shown for a test that passes too.
            let message = "\n*** NOT TESTED: redis-server is not installed ***\n";
            io::stderr().write_all(message.as_bytes()).unwrap();
            assert!(env::var_os("CI").is_none(), "redis-server is not installed");
            return None;
        }
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("oauth1-redis-{}-{count}", process::id()));
        fs::create_dir(&folder).unwrap();
        let options: Vec<String> = options.iter().map(|&option| option.into()).collect();
        // Somebody else may take the port before Redis does.
        for _ in 0..5 {
            let port = free_port();
            let mut server = Self {
                child: spawn(port, &folder, &options),
                port,
                folder: folder.clone(),
                options: options.clone(),
            };
            if server.is_ready() {
                return Some(server);
            }
        }
        panic!("redis-server did not start");
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// As a crash or the machine's power button would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// On the same port, with the same files.
    pub(crate) fn restart(&mut self) {
        self.kill();
        self.child = spawn(self.port, &self.folder, &self.options);
        assert!(self.is_ready());
    }

    /// Stops the process, so that it neither answers nor closes its connections.
    pub(crate) fn pause(&self) {
        self.signal("-STOP");
    }

    pub(crate) fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let process = self.child.id().to_string();
        let status = Command::new("kill").args([signal, &process]).status();
        assert!(status.unwrap().success());
    }

    /// Whether it listens, which it does not if its port was taken.
    fn is_ready(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) {
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// How many servers this process has started.
static COUNT: AtomicU32 = AtomicU32::new(0);

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn spawn(port: u16, folder: &PathBuf, options: &[String]) -> Child {
    Command::new("redis-server")
        .args(["--bind", "127.0.0.1", "--save", "", "--port"])
        .arg(port.to_string())
        .arg("--dir")
        .arg(folder)
        .args(options)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
