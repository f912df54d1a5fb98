//! Mistakes of the method and of the base string URI (RFC 5849, section 3.4.1.2).

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    super::{
        Cause,
        message::Location,
        text::{decode, lossy},
    },
    candidates::{Candidates, Mistake},
    draft::{Draft, Source, join},
    paths,
};
use crate::encode::encode;

/// Adds what the usual mistakes make of the method and of the URI.
pub(super) fn add(draft: &Draft<'_>, candidates: &mut Candidates) {
    methods(draft, candidates);
    let uri = lossy(&draft.right.uri);
    let mut uris = Uris {
        right: Location::of(&uri),
        draft,
        candidates,
    };
    uris.schemes();
    uris.hosts();
    uris.as_given();
    uris.ports();
    uris.paths();
    uris.invalid(&uri);
    codings(draft, candidates);
    queries(draft, candidates);
}

/// Wrong base string URIs.
struct Uris<'a> {
    right: Location<'a>,
    draft: &'a Draft<'a>,
    candidates: &'a mut Candidates,
}

impl Uris<'_> {
    fn add(&mut self, is_usual: bool, cause: Cause, uri: &str, (wrong, right): (&str, &str)) {
        self.candidates.are_usual = is_usual;
        let mistake = Mistake::new(cause).with_wrong(wrong).with_right(right);
        let text = self.draft.at(&self.draft.method, &encode(uri));
        self.candidates.add(text, mistake);
    }

    /// The port of the scheme, and that of the other one.
    fn own_ports(&self) -> (&'static str, &'static str) {
        match self.right.scheme {
            "https" => ("443", "80"),
            _ => ("80", "443"),
        }
    }

    fn schemes(&mut self) {
        let Location {
            scheme,
            host,
            port,
            path,
            ..
        } = self.right;
        let (own_port, other_port) = self.own_ports();
        let other = if scheme == "https" { "http" } else { "https" };
        let kept = [Some(own_port), Some(other_port)];
        let ports = [port]
            .into_iter()
            .chain(kept.into_iter().filter(|_| port.is_none()));
        for (number, port) in ports.enumerate() {
            let uri = whole(other, host, port, path);
            self.add(number == 0, Cause::Scheme, &uri, (other, scheme));
        }
    }

    fn hosts(&mut self) {
        let Location {
            scheme,
            host,
            port,
            path,
            ..
        } = self.right;
        let www = match host.strip_prefix("www.") {
            Some(without) => without.to_string(),
            None => format!("www.{host}"),
        };
        let uri = whole(scheme, &www, port, path);
        self.add(true, Cause::HostWww, &uri, (&www, host));
        let other = match host {
            "localhost" => "127.0.0.1".to_string(),
            "127.0.0.1" => "localhost".to_string(),
            _ => match host.strip_suffix('.') {
                Some(without) => without.to_string(),
                None => format!("{host}."),
            },
        };
        let uri = whole(scheme, &other, port, path);
        self.add(false, Cause::Host, &uri, (&other, host));
    }

    /// The scheme, the host and the port as they stand in the URL.
    fn as_given(&mut self) {
        let Location {
            scheme,
            host,
            port,
            path,
            ..
        } = self.right;
        let draft = self.draft;
        let Some(request) = draft.request else {
            return;
        };
        let given = Location::of(&request.url);
        for (scheme, given_host, texts) in [
            (scheme, given.host, (given.host, host)),
            (given.scheme, given.host, (given.host, host)),
            (given.scheme, host, (given.scheme, scheme)),
        ] {
            let uri = whole(scheme, given_host, port, path);
            self.add(true, Cause::HostCase, &uri, texts);
        }
        let texts = (given.port.unwrap_or_default(), port.unwrap_or_default());
        let uri = whole(scheme, host, given.port, path);
        self.add(true, Cause::PortDefaultKept, &uri, texts);
    }

    fn ports(&mut self) {
        let Location {
            scheme,
            host,
            port,
            path,
            ..
        } = self.right;
        let (own_port, other_port) = self.own_ports();
        let right = port.unwrap_or_default();
        if port.is_none() {
            let uri = whole(scheme, host, Some(own_port), path);
            self.add(true, Cause::PortDefaultKept, &uri, (own_port, right));
        }
        for wrong in [None, Some("8080"), Some("8443"), Some(other_port)] {
            let uri = whole(scheme, host, wrong, path);
            let texts = (wrong.unwrap_or_default(), right);
            self.add(wrong.is_none(), Cause::Port, &uri, texts);
        }
    }

    fn paths(&mut self) {
        let Location {
            scheme,
            host,
            port,
            path,
            ..
        } = self.right;
        let slash = match path.strip_suffix('/') {
            Some(without) => without.to_string(),
            None => format!("{path}/"),
        };
        let uri = whole(scheme, host, port, &slash);
        self.add(true, Cause::PathTrailingSlash, &uri, (&slash, path));
        for (number, level) in paths::levels(path).into_iter().enumerate() {
            let level = lossy(&level);
            let uri = whole(scheme, host, port, &level);
            self.add(number < 5, Cause::PathEncodingLevel, &uri, (&level, path));
        }
        for other in paths::others(path) {
            let uri = whole(scheme, host, port, &other);
            self.add(false, Cause::Path, &uri, (&other, path));
        }
    }

    fn invalid(&mut self, right: &str) {
        let Location {
            scheme,
            host,
            port,
            path,
            ..
        } = self.right;
        let authority = whole("", host, port, "");
        let authority = authority.trim_start_matches("://");
        let wrong = [
            format!("null//null{path}"),
            path.to_string(),
            format!("{host}{path}"),
            format!("{authority}{path}"),
            format!("null://null{path}"),
            format!("undefined//undefined{path}"),
            format!("undefined://undefined{path}"),
            format!("//{authority}{path}"),
            format!("://{authority}{path}"),
            path.trim_start_matches('/').to_string(),
            format!("{scheme}://{path}"),
            format!("{scheme}://null{path}"),
            format!("{scheme}:{authority}{path}"),
            format!("{scheme}:/{authority}{path}"),
        ];
        for (number, wrong) in wrong.iter().enumerate() {
            self.add(number < 4, Cause::UriInvalid, wrong, (wrong, right));
        }
    }
}

fn whole(scheme: &str, host: &str, port: Option<&str>, path: &str) -> String {
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}{path}")
}

fn methods(draft: &Draft<'_>, candidates: &mut Candidates) {
    let right = &draft.right.method;
    let given = draft.request.map(|request| request.method.clone());
    let lower = right.to_ascii_lowercase();
    let given = given
        .into_iter()
        .chain([lower])
        .map(|method| (true, method));
    let known = METHODS.iter().enumerate();
    let known = known.map(|(number, method)| (number < 4, String::from(*method)));
    for (is_usual, method) in given.chain(known) {
        candidates.are_usual = is_usual;
        let mistake = Mistake::new(Cause::Method);
        let mistake = mistake.with_wrong(&method).with_right(right);
        candidates.add(draft.at(&encode(&method), &draft.uri), mistake);
    }
}

/// The usual four, and others.
const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", "post", "put", "delete",
    "Get", "Post", "Put", "Delete",
];

/// The second part raw, or encoded twice.
fn codings(draft: &Draft<'_>, candidates: &mut Candidates) {
    let raw = lossy(&draft.right.uri);
    candidates.are_usual = true;
    for wrong in [
        raw.clone(),
        encode(&draft.uri),
        paths::encode_but(raw.as_bytes(), b"/")
            .into_iter()
            .map(char::from)
            .collect(),
        paths::encode_but(raw.as_bytes(), b"/:")
            .into_iter()
            .map(char::from)
            .collect(),
    ] {
        let mistake = Mistake::new(Cause::UriEncoding).with_wrong(&wrong);
        let text = draft.at(&draft.method, &wrong);
        candidates.add(text, mistake.with_right(&draft.uri));
    }
}

/// The query left in the URI, with its parameters in the third part as well or not.
fn queries(draft: &Draft<'_>, candidates: &mut Candidates) {
    let of_query = |at: &usize| {
        let source = draft.items[*at].source;
        matches!(source, Source::Query | Source::Unknown)
    };
    let given: Vec<usize> = (0..draft.items.len()).filter(of_query).collect();
    let sorted: Vec<usize> = draft.sorted.iter().copied().filter(of_query).collect();
    let written = |order: &[usize]| {
        let pairs = order.iter().map(|at| draft.items[*at].halves.joined());
        lossy(&pairs.collect::<Vec<_>>().join(&b"&"[..]))
    };
    let location = draft.request.map(|request| Location::of(&request.url));
    let as_given = location.and_then(|location| location.query);
    let mut queries: Vec<String> = as_given.map(ToString::to_string).into_iter().collect();
    for order in [&given, &sorted] {
        if !order.is_empty() {
            queries.push(written(order));
        }
    }
    queries.extend(as_given.map(|query| lossy(&decode(query.as_bytes()))));
    let form = queries.first().map(|query| query.replace("%20", "+"));
    queries.extend(form);
    let rest = draft.sorted_where(|item| !matches!(item.source, Source::Query | Source::Unknown));
    let rest = join(rest.iter().map(|at| &*draft.items[*at].text));
    let uri = lossy(&draft.right.uri);
    for (number, query) in queries.into_iter().enumerate() {
        candidates.are_usual = number == 0;
        for third in [draft.third(), rest.clone()] {
            let shown = format!("?{query}");
            let mistake = Mistake::new(Cause::QueryInUri)
                .with_wrong(&shown)
                .with_right("");
            let uri = encode(format!("{uri}?{query}"));
            candidates.add([&draft.method, &*uri, &*third].join("&"), mistake);
        }
        // A part that is not encoded, and its query with it.
        let mistake = Mistake::new(Cause::QueryInUri).with_right("");
        let raw = format!("{uri}?{query}");
        candidates.add([&draft.method, &*raw, &*rest].join("&"), mistake);
    }
    if as_given.is_none_or(str::is_empty) {
        let mistake = Mistake::new(Cause::QueryInUri)
            .with_wrong("?")
            .with_right("");
        let uri = encode(format!("{uri}?"));
        candidates.add(draft.at(&draft.method, &uri), mistake);
    }
}
