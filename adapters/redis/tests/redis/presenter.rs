//! A process that presents signed requests to a verifier, and notes which ones it accepts.

use std::{
    collections::BTreeMap,
    env, fmt, fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use oauth1_signer::{
    Consumer, Request, Signer, Stamp, Token,
    signature_method::SharedSecrets,
    verifier::{AcceptError, Body, Genuine, Incoming, Verifier},
};
use oauth1_signer_redis::{BlockingRedisNonces, RedisNonces, RedisNoncesError};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use tokio::runtime::Runtime;

use crate::now;

/// How many requests there are.
pub(crate) const REQUESTS: usize = 10_000;
/// How many of them a process that awaits Redis presents at the same time.
pub(crate) const TASKS: usize = 16;

/// Four processes may keep a machine busy for longer than half a second.
const TIMEOUT: Duration = Duration::from_secs(5);

const ORIGIN: &str = "https://api.example.com";
const PATH: &str = "/posts?draft=1";

/// Starts a process. It runs this program, with the test below and nothing else.
pub(crate) fn start(kind: &str, url: &str, signed_at: u64, notes: &PathBuf) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "presenter::process", "--ignored"])
        .env("PRESENTER_KIND", kind)
        .env("PRESENTER_URL", url)
        .env("PRESENTER_SIGNED_AT", signed_at.to_string())
        .env("PRESENTER_NOTES", notes)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a process has noted.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) accepted: Vec<usize>,
    pub(crate) replays: usize,
    /// The errors of the store, and how often they occurred.
    pub(crate) errors: BTreeMap<String, usize>,
}

impl Notes {
    pub(crate) fn read(path: &PathBuf) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let mut notes = Self::default();
        for line in text.lines() {
            match line.split_once(' ').unwrap() {
                ("accepted", number) => notes.accepted.push(number.parse().unwrap()),
                ("replays", count) => notes.replays = count.parse().unwrap(),
                (count, error) => {
                    notes.errors.insert(error.into(), count.parse().unwrap());
                }
            }
        }
        notes
    }

    fn add(&mut self, number: usize, answer: Answer) -> bool {
        match answer {
            Ok(()) => self.accepted.push(number),
            Err(AcceptError::Replayed) => self.replays += 1,
            Err(error) => {
                *self.errors.entry(error.to_string()).or_default() += 1;
                return false;
            }
        }
        true
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.accepted.extend(other.accepted);
        self.replays += other.replays;
        for (error, count) in other.errors {
            *self.errors.entry(error).or_default() += count;
        }
    }
}

impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for number in &self.accepted {
            writeln!(f, "accepted {number}")?;
        }
        writeln!(f, "replays {}", self.replays)?;
        self.errors
            .iter()
            .try_for_each(|(error, count)| writeln!(f, "{count} {error}"))
    }
}

type Answer = Result<(), AcceptError<RedisNoncesError>>;

/// Presents all requests. One that is refused because Redis could not tell is presented again, as a
/// client or an attacker might.
#[test]
#[ignore = "other tests run it in processes of its own"]
fn process() {
    let Ok(url) = env::var("PRESENTER_URL") else {
        return;
    };
    let signed_at = env::var("PRESENTER_SIGNED_AT").unwrap().parse().unwrap();
    let requests = Requests::sign(signed_at);
    let notes = match &*env::var("PRESENTER_KIND").unwrap() {
        "blocking" => block(&requests, &url),
        _ => wait(requests, &url),
    };
    let path = PathBuf::from(env::var("PRESENTER_NOTES").unwrap());
    fs::write(path, notes.to_string()).unwrap();
}

fn block(requests: &Requests, url: &str) -> Notes {
    let nonces = BlockingRedisNonces::open(url)
        .unwrap()
        .with_timeout(TIMEOUT);
    let mut notes = Notes::default();
    let start = Instant::now();
    for number in 0..REQUESTS {
        let incoming = requests.read(number);
        while !notes.add(
            number,
            requests.genuine(&incoming).accept(&nonces).map(drop),
        ) {
            assert!(start.elapsed() < Duration::from_secs(120));
            thread::sleep(Duration::from_millis(20));
        }
    }
    notes
}

fn wait(requests: Requests, url: &str) -> Notes {
    let runtime = Runtime::new().unwrap();
    let config = ConnectionManagerConfig::new()
        .set_number_of_retries(0)
        .set_connection_timeout(Some(TIMEOUT))
        .set_response_timeout(Some(TIMEOUT));
    let connection = ConnectionManager::new_with_config(redis::Client::open(url).unwrap(), config);
    let nonces = RedisNonces::new(runtime.block_on(connection).unwrap());
    let requests = Arc::new(requests);
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| {
            let (nonces, requests) = (nonces.clone(), Arc::clone(&requests));
            runtime.spawn(async move {
                let mut notes = Notes::default();
                let start = Instant::now();
                for number in (task..REQUESTS).step_by(TASKS) {
                    let incoming = requests.read(number);
                    loop {
                        let genuine = requests.genuine(&incoming);
                        let answer = genuine.accept_async(&nonces).await.map(drop);
                        if notes.add(number, answer) {
                            break;
                        }
                        assert!(start.elapsed() < Duration::from_secs(120));
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }
                notes
            })
        })
        .collect();
    let mut notes = Notes::default();
    for task in tasks {
        notes.merge(runtime.block_on(task).unwrap());
    }
    notes
}

/// Requests that are the same in every process.
struct Requests {
    headers: Vec<String>,
    verifier: Verifier,
    secrets: SharedSecrets,
}

impl Requests {
    fn sign(signed_at: u64) -> Self {
        let consumer = Consumer::new("consumer", "consumer secret");
        let token = Token::new("token", "token secret");
        let signer = Signer::new(&consumer, &token);
        let url = format!("{ORIGIN}{PATH}");
        let request = Request::post(&url).unwrap();
        let header = |number| {
            let stamp = Stamp::new(format!("nonce {number}"), signed_at);
            signer
                .sign(&request, stamp)
                .authorization_header()
                .to_string()
        };
        Self {
            headers: (0..REQUESTS).map(header).collect(),
            verifier: Verifier::new(ORIGIN).unwrap(),
            secrets: SharedSecrets::new("consumer secret", "token secret"),
        }
    }

    fn read(&self, number: usize) -> Incoming<'_> {
        let header = Some(&*self.headers[number]);
        self.verifier
            .read("POST", PATH, header, Body::none())
            .unwrap()
    }

    fn genuine<'r>(&self, incoming: &'r Incoming<'_>) -> Genuine<'r> {
        let verified = self.verifier.verify(incoming, [&self.secrets], now());
        verified.unwrap()
    }
}
