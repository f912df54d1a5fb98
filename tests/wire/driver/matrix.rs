//! Every odd URL with every client: the server accepts the request, or nothing is sent.

use std::{collections::BTreeMap, fmt};

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

/// How many URLs each client sends, in the order of the columns. All others are refused by the signer or
/// by the client, so a URL that was sent before and is refused now is noticed here.
const SENT: [(&str, usize); 12] = [
    ("reqwest, text", 62),
    ("reqwest, signed URL", 62),
    ("reqwest, sign", 60),
    ("reqwest-middleware", 60),
    ("ureq, text", 63),
    ("ureq, signed URL", 63),
    ("ureq, Uri", 48),
    ("hyper, text", 63),
    ("hyper, Uri", 48),
    ("tower, SignLayer", 48),
    ("connection, text", 63),
    ("connection, Uri", 46),
];

/// How many of them oauthlib cannot read at most, so that the model alone verifies them.
const UNREAD: usize = 5;

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
    let mut counts: Vec<_> = clients
        .iter()
        .map(|client| Count::of(client.name()))
        .collect();
    let mut reasons = BTreeMap::<_, Vec<_>>::new();
    let mut wrong = Vec::new();
    for url in URLS {
        let written = url.replace("{port}", &ports.home.to_string());
        let mut line = String::new();
        for (client, count) in clients.iter().zip(&mut counts) {
            let cell = cell(client.as_ref(), &written, arrivals)?;
            line += cell.short();
            let name = client.name();
            match cell {
                Cell::Accepted(By::Oauthlib) => count.by_oauthlib += 1,
                Cell::Accepted(By::Model) => count.by_model += 1,
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
    for count in &counts {
        println!("{count}");
        if count.by_model > UNREAD {
            wrong.push(format!("too few are read by oauthlib: {count}"));
        }
    }
    let sent: Vec<_> = counts.iter().map(Count::sent).collect();
    if sent != SENT {
        wrong.push(format!("other numbers than {SENT:?} were sent: {sent:?}"));
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

/// How many URLs a client has sent, by who verified them.
struct Count {
    name: &'static str,
    by_oauthlib: usize,
    by_model: usize,
}

impl Count {
    fn of(name: &'static str) -> Self {
        Self {
            name,
            by_oauthlib: 0,
            by_model: 0,
        }
    }

    fn sent(&self) -> (&'static str, usize) {
        (self.name, self.by_oauthlib + self.by_model)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, sent) = self.sent();
        let urls = URLS.len();
        let by_oauthlib = self.by_oauthlib;
        write!(
            f,
            "{name}: {sent} of {urls} URLs were sent, and {by_oauthlib} accepted by oauthlib"
        )
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
