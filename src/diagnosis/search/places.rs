//! Mistakes of the method and of the base string URI (RFC 5849, section 3.4.1.2).

use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

use super::{
    super::{
        Cause,
        message::Location,
        text::{decode, escape, lossy, replace_byte},
    },
    candidates::{Candidates, Mistake},
    draft::{Draft, Source, join},
};
use crate::encode::encode;

/// Adds what the usual mistakes make of the method and of the URI.
pub(super) fn add(draft: &Draft<'_>, candidates: &mut Candidates) {
    methods(draft, candidates);
    let uri = lossy(&draft.right.uri);
    let location = Location::of(&uri);
    let mut add = |cause, uri: String, wrong: &str, right: &str| {
        let mistake = Mistake::new(cause).with_wrong(wrong).with_right(right);
        candidates.add(draft.at(&draft.method, &encode(uri)), mistake);
    };
    let whole = |scheme: &str, host: &str, port: Option<&str>, path: &str| {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{scheme}://{host}{port}{path}")
    };
    let (scheme, host, port, path) = (location.scheme, location.host, location.port, location.path);

    let (other, own_port, other_port) = match scheme {
        "https" => ("http", "443", "80"),
        _ => ("https", "80", "443"),
    };
    let schemes = [port, Some(own_port), Some(other_port), None];
    for changed in schemes {
        let is_of_port = changed.is_none() && port.is_some();
        if !is_of_port && (port.is_none() || changed == port) {
            add(
                Cause::Scheme,
                whole(other, host, changed, path),
                other,
                scheme,
            );
        }
    }
    let www = match host.strip_prefix("www.") {
        Some(without) => without.to_string(),
        None => format!("www.{host}"),
    };
    add(Cause::HostWww, whole(scheme, &www, port, path), &www, host);
    let slash = match path.strip_suffix('/') {
        Some(without) => without.to_string(),
        None => format!("{path}/"),
    };
    let changed = whole(scheme, host, port, &slash);
    add(Cause::PathTrailingSlash, changed, &slash, path);
    as_given(draft, &location, &mut add);
    let ports = [None, Some("8080"), Some("8443"), Some(other_port)];
    for changed in ports.into_iter().filter(|changed| *changed != port) {
        let (wrong, right) = (changed.unwrap_or_default(), port.unwrap_or_default());
        add(
            Cause::Port,
            whole(scheme, host, changed, path),
            wrong,
            right,
        );
    }
    if port.is_none() {
        let kept = whole(scheme, host, Some(own_port), path);
        add(Cause::PortDefaultKept, kept, own_port, "");
    }
    for level in levels(path) {
        let changed = whole(scheme, host, port, &lossy(&level));
        add(Cause::PathEncodingLevel, changed, &lossy(&level), path);
    }
    for invalid in [
        format!("null//null{path}"),
        format!("null://null{path}"),
        format!("undefined//undefined{path}"),
        format!("undefined://undefined{path}"),
        path.to_string(),
        format!("{host}{path}"),
        format!(
            "{}{path}",
            whole("", host, port, "").trim_start_matches("://")
        ),
        format!("//{host}{path}"),
        format!("://{host}{path}"),
        path.trim_start_matches('/').to_string(),
        format!("{scheme}://{path}"),
        format!("{scheme}://null{path}"),
        format!("{scheme}:{host}{path}"),
        format!("{scheme}:/{host}{path}"),
    ] {
        add(Cause::UriInvalid, invalid.clone(), &invalid, &uri);
    }
    for (cause, changed) in other_paths(path) {
        add(cause, whole(scheme, host, port, &changed), &changed, path);
    }
    let other_host = match host {
        "localhost" => "127.0.0.1".to_string(),
        "127.0.0.1" => "localhost".to_string(),
        _ => match host.strip_suffix('.') {
            Some(without) => without.to_string(),
            None => format!("{host}."),
        },
    };
    let changed = whole(scheme, &other_host, port, path);
    add(Cause::Host, changed, &other_host, host);
    codings(draft, candidates);
    queries(draft, candidates);
}

fn methods(draft: &Draft<'_>, candidates: &mut Candidates) {
    let right = &draft.right.method;
    let given = draft.request.map(|request| request.method.clone());
    let lower = right.to_ascii_lowercase();
    let mut methods: Vec<String> = given.into_iter().chain([lower]).collect();
    for method in [
        "GET", "POST", "PUT", "DELETE", "get", "post", "put", "delete", "Get", "Post", "Put",
        "Delete", "PATCH", "HEAD", "OPTIONS",
    ] {
        methods.push(method.to_string());
    }
    for method in methods {
        let mistake = Mistake::new(Cause::Method);
        let mistake = mistake.with_wrong(&method).with_right(right);
        candidates.add(draft.at(&encode(&method), &draft.uri), mistake);
    }
}

/// The scheme, the host and the port as they stand in the URL.
fn as_given(
    draft: &Draft<'_>,
    right: &Location<'_>,
    add: &mut impl FnMut(Cause, String, &str, &str),
) {
    let Some(request) = draft.request else {
        return;
    };
    let given = Location::of(&request.url);
    let port = |location: &Location<'_>| {
        let port = location.port.map(|port| format!(":{port}"));
        port.unwrap_or_default()
    };
    let (given_port, right_port) = (port(&given), port(right));
    let (scheme, host, path) = (right.scheme, right.host, right.path);
    let mut add_whole = |cause, scheme: &str, host: &str, port: &str, wrong: &str, right: &str| {
        add(
            cause,
            format!("{scheme}://{host}{port}{path}"),
            wrong,
            right,
        );
    };
    add_whole(
        Cause::HostCase,
        scheme,
        given.host,
        &right_port,
        given.host,
        host,
    );
    add_whole(
        Cause::HostCase,
        given.scheme,
        given.host,
        &right_port,
        given.host,
        host,
    );
    add_whole(
        Cause::HostCase,
        given.scheme,
        host,
        &right_port,
        given.scheme,
        scheme,
    );
    let kept = given.port.unwrap_or_default();
    add_whole(Cause::PortDefaultKept, scheme, host, &given_port, kept, "");
    if given.path.is_empty() {
        let bare = format!("{scheme}://{host}{right_port}");
        add(Cause::PathTrailingSlash, bare, "", path);
    }
}

/// What encoding and decoding make of a path.
fn levels(path: &str) -> Vec<Vec<u8>> {
    let path = path.as_bytes();
    let once = decode(path);
    // The characters that encoders leave besides the unreserved ones.
    let strict = |text: &[u8]| encode_but(text, b"/");
    let lenient = |text: &[u8]| encode_but(text, b"/:@!$&'()*+,;=");
    let of_script = |text: &[u8]| encode_but(text, b"/:@!$&'()*+,;=?#");
    vec![
        once.clone(),
        strict(path),
        strict(&once),
        lenient(&once),
        lenient(path),
        decode(&once),
        strict(&strict(path)),
        strict(&strict(&once)),
        of_script(&once),
        encode_but(path, b"/%"),
        encode_but(path, b"/%:@"),
        escapes(path, <[u8]>::make_ascii_uppercase),
        escapes(path, <[u8]>::make_ascii_lowercase),
        unreserved_decoded(path),
        escapes(&strict(&once), <[u8]>::make_ascii_lowercase),
        segments(path),
        encode(&once).into_bytes(),
        encode(path).into_bytes(),
        replace_byte(path, b'+', b' '),
    ]
}

fn encode_but(text: &[u8], kept: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(3 * text.len());
    for byte in text {
        if kept.contains(byte) {
            encoded.push(*byte);
        } else {
            encoded.extend_from_slice(encode([*byte]).as_bytes());
        }
    }
    encoded
}

fn escapes(text: &[u8], change: fn(&mut [u8])) -> Vec<u8> {
    let mut changed = text.to_vec();
    for at in 0..changed.len() {
        if escape(&changed[at..]).is_some() {
            change(&mut changed[at + 1..at + 3]);
        }
    }
    changed
}

/// Escapes of unreserved characters undone, as RFC 3986 allows, and the others in upper case.
fn unreserved_decoded(path: &[u8]) -> Vec<u8> {
    let mut changed = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, behind)) = rest.split_first() {
        rest = if let Some(byte) = escape(rest) {
            changed.extend_from_slice(encode([byte]).as_bytes());
            &rest[3..]
        } else {
            changed.push(*first);
            behind
        };
    }
    changed
}

/// Each segment decoded and encoded, so that an escaped slash stays.
fn segments(path: &[u8]) -> Vec<u8> {
    let segments = path.split(|byte| *byte == b'/');
    let segments: Vec<_> = segments.map(|segment| encode(decode(segment))).collect();
    segments.join("/").into_bytes()
}

/// Other paths that programs and proxies make of one.
fn other_paths(path: &str) -> Vec<(Cause, String)> {
    let mut paths = Vec::new();
    let segments: Vec<_> = path.split('/').skip(1).collect();
    if let [first, rest @ ..] = &segments[..] {
        if !rest.is_empty() {
            paths.push(format!("/{}", rest.join("/")));
        }
        if !first.is_empty() {
            paths.push(format!("/{first}{path}"));
        }
    }
    let filled: Vec<_> = segments
        .iter()
        .filter(|segment| !segment.is_empty())
        .copied()
        .collect();
    let end = if path.ends_with('/') && !filled.is_empty() {
        "/"
    } else {
        ""
    };
    paths.push(format!("/{}{end}", filled.join("/")));
    let mut walked: Vec<&str> = Vec::new();
    for segment in &segments {
        match *segment {
            "." => {}
            ".." => drop(walked.pop()),
            segment => walked.push(segment),
        }
    }
    paths.push(format!("/{}", walked.join("/")));
    if let Some((before, _)) = path.split_once(';') {
        paths.push(before.to_string());
    }
    paths.push(path.to_ascii_lowercase());
    paths.push("/".to_string());
    paths.into_iter().map(|path| (Cause::Path, path)).collect()
}

/// The second part raw, or encoded twice.
fn codings(draft: &Draft<'_>, candidates: &mut Candidates) {
    let raw = lossy(&draft.right.uri);
    for wrong in [
        raw.clone(),
        encode(&draft.uri),
        encode_but(raw.as_bytes(), b"/")
            .into_iter()
            .map(char::from)
            .collect(),
        encode_but(raw.as_bytes(), b"/:")
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
    for query in queries {
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
