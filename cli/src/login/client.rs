//! Sends calls, and shows what is sent and answered without secrets.

use std::{
    error::Error,
    io::{self, Write},
    process::Command,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use oauth1_signer::Call;
use ureq::{
    Agent,
    http::{Request, Response},
};

/// How long anything on the network may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    agent: Agent,
    shows: bool,
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
        }
    }

    /// One that shows nothing: the user's browser.
    pub(crate) fn silent() -> Self {
        Self {
            shows: false,
            ..Self::new()
        }
    }

    pub(crate) fn send(&self, call: &Call) -> Result<Received, Box<dyn Error>> {
        let mut request = Request::builder().method(call.method()).uri(call.url());
        self.show(&format!("> {} {}", call.method(), call.url()));
        for (name, value) in call.headers() {
            self.show(&format!("> {name}: {value}"));
            request = request.header(name, value);
        }
        let response = if call.method() == "GET" {
            self.agent.run(request.body(())?)
        } else {
            if !call.body().is_empty() {
                self.show(&format!("> {}", call.body()));
            }
            self.agent.run(request.body(call.body())?)
        };
        self.receive(call.url(), response)
    }

    pub(crate) fn get(
        &self,
        url: &str,
        authorization: Option<&str>,
    ) -> Result<Received, Box<dyn Error>> {
        self.show(&format!("> GET {url}"));
        let mut request = Request::get(url);
        if let Some(value) = authorization {
            self.show(&format!("> Authorization: {value}"));
            request = request.header("Authorization", value);
        }
        self.receive(url, self.agent.run(request.body(())?))
    }

    fn receive(
        &self,
        url: &str,
        response: Result<Response<ureq::Body>, ureq::Error>,
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
        for line in body.lines().take(5) {
            self.show(&format!("< {line}"));
        }
        Ok(Received { body, ..received })
    }

    fn show(&self, text: &str) {
        if self.shows {
            println!("{}", without_secrets(text));
        }
    }
}

/// The text with the values of secrets left out.
fn without_secrets(text: &str) -> String {
    let mut shown = text.to_owned();
    for name in ["oauth_token_secret", "oauth_verifier"] {
        let mut start = 0;
        while let Some(found) = shown[start..].find(name) {
            start += found + name.len();
            let Some(value) = shown[start..].strip_prefix('=') else {
                continue;
            };
            let quote = usize::from(value.starts_with('"'));
            let from = start + 1 + quote;
            let length = shown[from..]
                .find(['&', '"', ',', ' '])
                .unwrap_or(shown.len() - from);
            shown.replace_range(from..from + length, "[hidden]");
        }
    }
    shown
}

pub(crate) fn ask(question: &str) -> Result<String, Box<dyn Error>> {
    print!("{question}");
    io::stdout().flush()?;
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 || line.trim().is_empty() {
        return Err("no code was typed in".into());
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
