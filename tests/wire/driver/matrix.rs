//! Every odd URL with every client: the server accepts the request, or nothing is sent.

use std::collections::BTreeMap;

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

/// How many URLs of each client oauthlib has to accept. A matrix in which nothing is sent shows
/// nothing.
const ENOUGH: usize = 24;

pub(crate) fn run(ports: Ports, arrivals: &Arrivals, runtime: &Runtime) -> Result {
    notices_another_url(ports, arrivals, runtime)?;
    let clients = clients::all(ports, runtime);
    println!(
        "\nURLs: `ok` is accepted by oauthlib, `ok*` by the model, because oauthlib cannot read"
    );
    println!("it; `s` is refused by the signer and `c` by the client, before anything is sent\n");
    for (column, client) in clients.iter().enumerate() {
        println!("{}{}", "|   ".repeat(column), client.name());
    }
    let mut accepted = vec![0; clients.len()];
    let mut reasons = BTreeMap::<_, Vec<_>>::new();
    let mut wrong = Vec::new();
    for url in URLS {
        let written = url.replace("{port}", &ports.home.to_string());
        let mut line = String::new();
        for (client, accepted) in clients.iter().zip(&mut accepted) {
            let cell = cell(client.as_ref(), &written, arrivals)?;
            line += cell.short();
            let name = client.name();
            match cell {
                Cell::Accepted(By::Oauthlib) => *accepted += 1,
                Cell::Accepted(By::Model) => {}
                Cell::Stopped(why) => reasons.entry((url, why)).or_default().push(name),
                Cell::Wrong(why) => wrong.push(format!("{url:?}, {name}: {why}")),
            }
        }
        println!("{line}{url:?}");
    }
    println!("\nWhat was not sent:");
    for ((url, stopped), clients) in reasons {
        println!("{url:?}: {stopped} ({})", clients.join("; "));
    }
    println!();
    for (client, accepted) in clients.iter().zip(accepted) {
        println!(
            "oauthlib accepted {accepted} of {} URLs of {}",
            URLS.len(),
            client.name()
        );
        if accepted < ENOUGH {
            wrong.push(format!(
                "{}: oauthlib accepted {accepted} only",
                client.name()
            ));
        }
    }
    match wrong.as_slice() {
        [] => Ok(()),
        wrong => Err(wrong.join("\n").into()),
    }
}

/// The server and the model must refuse what was signed for another URL, or the matrix shows nothing.
fn notices_another_url(ports: Ports, arrivals: &Arrivals, runtime: &Runtime) -> Result {
    let port = ports.home;
    let signed = format!("http://127.0.0.1:{port}/c");
    let sent = format!("http://127.0.0.1:{port}/b");
    clients::send_another(runtime, port, &signed, &sent).map_err(|stopped| stopped.to_string())?;
    let [arrival] = &arrivals.take()?[..] else {
        return Err("one request was sent".into());
    };
    match arrival.verify() {
        Ok(_) => Err("a request was accepted that was signed for another URL".into()),
        Err(_) => Ok(()),
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
                let verified: Vec<_> = arrived.iter().map(Arrival::verify).collect();
                return Ok(Cell::Wrong(format!("{sent:?} after {verified:?}")));
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
