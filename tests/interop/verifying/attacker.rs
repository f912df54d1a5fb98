//! Whoever stands between the clients and the server.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fmt::Write,
    net::{SocketAddr, TcpStream},
};

use crate::{
    Result, changes,
    message::{Answer, Message},
};

pub(crate) struct Attacker {
    server: SocketAddr,
    counts: RefCell<BTreeMap<String, Counts>>,
}

/// Requests of a client.
#[derive(Default)]
struct Counts {
    accepted: usize,
    changed: usize,
    replayed: usize,
    refused: usize,
}

impl Attacker {
    pub(crate) fn new(server: SocketAddr) -> Self {
        Self {
            server,
            counts: RefCell::default(),
        }
    }

    /// Answers what the server does, or 500 if the server accepts what it must not.
    pub(crate) fn answer(&self, stream: TcpStream) {
        let answer = match Message::receive(&stream) {
            Ok(message) if message.target == "/report" => plain(200, self.report()),
            Ok(message) => self
                .attack(&message)
                .unwrap_or_else(|error| plain(500, error.to_string())),
            Err(error) => plain(500, error.to_string()),
        };
        // The client that is gone will say so.
        let _ = answer.send(stream);
    }

    fn attack(&self, message: &Message) -> Result<Answer> {
        let mut counts = self.counts.borrow_mut();
        let client = message.header("x-client").unwrap_or("somebody");
        let counts = counts.entry(client.to_owned()).or_default();
        if message.header("x-refused").is_some() {
            // The client makes a mistake that is known, so there is nothing to protect.
            counts.refused += 1;
            return Ok(message.send(self.server)?);
        }

        // First, so that a change that used up the nonce would be noticed.
        for (what, changed) in changes::of(message) {
            let answer = changed.send(self.server)?;
            if !(400..=401).contains(&answer.status) || answer.body.contains("nonce_used") {
                return Err(format!("{what}: {} {}", answer.status, answer.body).into());
            }
            counts.changed += 1;
        }
        let answer = message.send(self.server)?;
        if answer.status != 200 {
            return Ok(answer);
        }
        counts.accepted += 1;
        let again = message.send(self.server)?;
        if (again.status, &*again.body) != (401, "oauth_problem=nonce_used") {
            return Err(format!("again: {} {}", again.status, again.body).into());
        }
        counts.replayed += 1;
        Ok(answer)
    }

    fn report(&self) -> String {
        let mut report = String::new();
        for (client, counts) in &*self.counts.borrow() {
            let Counts {
                accepted,
                changed,
                replayed,
                refused,
            } = counts;
            let _ = writeln!(
                report,
                "{client}: {accepted} requests are accepted; {changed} that were changed, {replayed} \
                 replays and {refused} with a mistake of the library are refused"
            );
        }
        report
    }
}

fn plain(status: u16, body: String) -> Answer {
    Answer {
        status,
        www_authenticate: None,
        body,
    }
}
