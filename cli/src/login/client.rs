//! Sends calls, and shows what is sent and answered without secrets.

use std::{
    cell::RefCell,
    error::Error,
    io::{self, Write},
    process::Command,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use oauth1_signer::{Call, encode};
use ureq::{
    Agent,
    http::{Request, Response},
};

use crate::{
    output::tell,
    secret_names::{self, HIDDEN},
};

/// How long anything on the network may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    agent: Agent,
    shows: bool,
    secrets: RefCell<Vec<String>>,
}

/// What was answered, as far as it is of use.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) www_authenticate: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Client {
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A signed call belongs to one place: it must not be carried to another.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent("oauth1")
            .build();
        Self {
            agent: config.into(),
            shows: true,
            secrets: RefCell::default(),
        }
    }

    /// One that shows nothing: the user's browser.
    pub(crate) fn silent() -> Self {
        Self {
            shows: false,
            ..Self::new()
        }
    }

    /// From now on, this is hidden wherever it occurs, as it is and encoded. A server may repeat in
    /// its answer what it should not.
    pub(crate) fn hide(&self, secret: &str) {
        // Shorter ones are no secrets, and occur in other words.
        if secret.len() < 6 {
            return;
        }
        let once = encode(secret);
        let twice = encode(&once);
        self.secrets
            .borrow_mut()
            .extend([twice, once, secret.to_owned()]);
    }

    /// The text without the secrets that are known.
    pub(crate) fn without_secrets(&self, text: &str) -> String {
        let secrets = self.secrets.borrow();
        let known = secrets.iter();
        known.fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN))
    }

    /// Sends a call whose answer has a secret in it. Of that, only the status is shown: what a server
    /// says when it refuses is for the library to tell, which knows how secrets are written.
    pub(crate) fn send(&self, call: &Call) -> Result<Received, Box<dyn Error>> {
        let mut request = Request::builder().method(call.method()).uri(call.url());
        self.show_sent(&format!("{} {}", call.method(), call.url()));
        for (name, value) in call.headers() {
            self.show_sent(&format!("{name}: {value}"));
            request = request.header(name, value);
        }
        let response = if call.method() == "GET" {
            self.agent.run(request.body(())?)
        } else {
            if !call.body().is_empty() {
                self.show_sent(call.body());
            }
            self.agent.run(request.body(call.body())?)
        };
        self.receive(call.url(), response, false)
    }

    /// Gets a page, and shows how it begins.
    pub(crate) fn get(
        &self,
        url: &str,
        authorization: Option<&str>,
    ) -> Result<Received, Box<dyn Error>> {
        self.show_sent(&format!("GET {url}"));
        let mut request = Request::get(url);
        if let Some(value) = authorization {
            self.show_sent(&format!("Authorization: {value}"));
            request = request.header("Authorization", value);
        }
        self.receive(url, self.agent.run(request.body(())?), true)
    }

    fn receive(
        &self,
        url: &str,
        response: Result<Response<ureq::Body>, ureq::Error>,
        shows_body: bool,
    ) -> Result<Received, Box<dyn Error>> {
        let before_query = url.split('?').next().unwrap_or_default();
        let mut response =
            response.map_err(|error| format!("{before_query} cannot be reached: {error}"))?;
        let header = |name| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let received = Received {
            status: response.status().as_u16(),
            www_authenticate: header("WWW-Authenticate"),
            date: header("Date"),
            location: header("Location"),
            body: String::new(),
        };
        let body = response.body_mut().with_config().limit(1 << 20);
        let body = body.lossy_utf8(true).read_to_string()?;
        self.show(&format!("< {}", received.status));
        if shows_body && received.is_success() {
            // It may be written in any way, so that nobody knows where a secret ends.
            let lines = if names_a_secret(&body) { HIDDEN } else { &body };
            for line in lines.lines().take(5) {
                self.show(&format!("< {line}"));
            }
        }
        Ok(Received { body, ..received })
    }

    fn show_sent(&self, text: &str) {
        self.show(&format!("> {}", secret_names::without_values(text)));
    }

    fn show(&self, text: &str) {
        if self.shows {
            tell(&self.without_secrets(text));
        }
    }
}

/// Whether a page may contain a secret that was not known before.
fn names_a_secret(page: &str) -> bool {
    let page = page.to_lowercase();
    let names = ["secret", "passw", "verifier", "session_handle", "plaintext"];
    names.iter().any(|name| page.contains(name))
}

pub(crate) fn ask(question: &str) -> Result<String, Box<dyn Error>> {
    let mut stdout = io::stdout();
    let _ = write!(stdout, "{question}").and_then(|()| stdout.flush());
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 || line.trim().is_empty() {
        return Err(
            "no code was typed in; begin again, since the service gives a code once".into(),
        );
    }
    Ok(line)
}

pub(crate) fn open_browser(url: &str) -> Result<(), Box<dyn Error>> {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    Command::new(program)
        .arg(url)
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    Ok(())
}

/// Our time, in seconds since 1970-01-01 00:00 UTC.
pub(crate) fn now() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    since_1970.map_or(0, |elapsed| elapsed.as_secs())
}
