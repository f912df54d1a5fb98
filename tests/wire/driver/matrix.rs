//! Every odd URL with every client: the server accepts the request, or nothing is sent.

use tokio::runtime::Runtime;

use crate::{
    Ports, Result,
    arrivals::{Arrival, Arrivals, By},
    clients::{self, Client, Message, Stopped},
    secrets::signer,
    urls::URLS,
};

const FORM: &[(&str, &str)] = &[
    ("title", "Café & crème, 100%"),
    ("data[]", "a+b c"),
    ("empty", ""),
    ("~-._*", "~-._!*'()\r\n"),
];

pub(crate) fn run(ports: Ports, arrivals: &Arrivals, runtime: &Runtime) -> Result {
    let clients = clients::all(ports, runtime);
    for (column, client) in clients.iter().enumerate() {
        println!("{}{}", "|   ".repeat(column), client.name());
    }
    let mut wrong = Vec::new();
    let mut reasons = Vec::new();
    for url in URLS {
        let written = url.replace("{port}", &ports.home.to_string());
        let mut line = String::new();
        for client in &clients {
            let cell = cell(client.as_ref(), &written, arrivals)?;
            line += cell.short();
            match cell {
                Cell::Accepted(_) => {}
                Cell::Stopped(stopped) => {
                    reasons.push(format!("{url:?}, {}: {stopped:?}", client.name()))
                }
                Cell::Wrong(why) => wrong.push(format!("{url:?}, {}: {why}", client.name())),
            }
        }
        println!("{line}{}", url.escape_debug());
    }
    for reason in reasons {
        println!("{reason}");
    }
    match wrong.as_slice() {
        [] => Ok(()),
        wrong => Err(wrong.join("\n").into()),
    }
}

/// What became of a URL with a client.
enum Cell {
    Accepted(By),
    Stopped(Stopped),
    Wrong(String),
}

impl Cell {
    fn short(&self) -> &'static str {
        match self {
            Self::Accepted(By::Oauthlib) => "ok  ",
            Self::Accepted(By::Model) => "ok* ",
            Self::Stopped(Stopped::Signer(_)) => "s   ",
            Self::Stopped(Stopped::Client(_)) => "c   ",
            Self::Wrong(_) => "!!  ",
        }
    }
}

/// Without a form and with one.
fn cell(client: &dyn Client, url: &str, arrivals: &Arrivals) -> Result<Cell> {
    let mut verified = By::Oauthlib;
    for (method, form) in [("GET", &[][..]), ("POST", FORM)] {
        let sent = client.send(&signer(), &Message { method, url, form });
        let arrived = arrivals.take()?;
        match (sent, &arrived[..]) {
            (Err(stopped), []) => return Ok(Cell::Stopped(stopped)),
            (Ok(200), [arrival]) => match check(arrival, method, form) {
                Ok(by) => verified = verified.max(by),
                Err(why) => return Ok(Cell::Wrong(why)),
            },
            (sent, arrived) => {
                let why = arrived.iter().map(|arrived| match arrived.verify() {
                    Ok(_) => "accepted".into(),
                    Err(why) => why,
                });
                let why: Vec<_> = why.collect();
                return Ok(Cell::Wrong(format!("{sent:?} after {why:?}")));
            }
        }
    }
    Ok(Cell::Accepted(verified))
}

fn check(
    arrival: &Arrival,
    method: &str,
    form: &[(&str, &str)],
) -> std::result::Result<By, String> {
    let by = arrival.verify()?;
    let sent = form
        .iter()
        .map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    let came = arrival.request.form();
    let same = sent.eq(came.iter().map(|(name, value)| (&name[..], &value[..])));
    if arrival.request.method != method || !same {
        return Err("another method or form arrived".into());
    }
    Ok(by)
}
