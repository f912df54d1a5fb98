//! Wrong orders, and parts that are missing or joined wrongly (RFC 5849, sections 3.4.1.1 and
//! 3.4.1.3.2).

use alloc::{string::String, vec::Vec};

use super::{
    super::{
        Cause,
        message::Message,
        order,
        structure::Halves,
        text::{decode, lossy, replace},
    },
    candidates::{Candidates, Mistake},
    draft::{Draft, Source, join},
};
use crate::encode::encode;

/// Adds what is made by joining and sorting wrongly.
pub(super) fn add(draft: &Draft<'_>, candidates: &mut Candidates) {
    third_part(draft, candidates);
    missing(draft, candidates);
    orders(draft, candidates);
    joints(draft, candidates);
}

/// The third part raw.
fn third_part(draft: &Draft<'_>, candidates: &mut Candidates) {
    let raw = lossy(&draft.right.normalized());
    let mistake = || Mistake::new(Cause::NotEncodedTwice);
    candidates.add(draft.with_third(&raw), mistake());
    // The values may have been encoded by the step that is missing.
    let decoded = draft.sorted.iter().map(|at| {
        let halves = &draft.items[*at].halves;
        lossy(&[decode(&halves.name), decode(&halves.value)].join(&b"="[..]))
    });
    let decoded: Vec<_> = decoded.collect();
    let uri = lossy(&draft.right.uri);
    for raw in [raw, decoded.join("&")] {
        let both = [mistake(), Mistake::new(Cause::UriEncoding)];
        candidates.add_all([&draft.method, &*uri, &*raw].join("&"), both.into());
    }
}

fn missing(draft: &Draft<'_>, candidates: &mut Candidates) {
    let (method, uri, third) = (&*draft.method, &*draft.uri, &*draft.third());
    for parts in [
        &[uri, third][..],
        &[method, third],
        &[method, uri],
        &["", uri, third],
        &[method, "", third],
        &[method, uri, ""],
        &[third],
        &[uri],
    ] {
        candidates.add(parts.join("&"), Mistake::new(Cause::PartsMissing));
    }
}

fn orders(draft: &Draft<'_>, candidates: &mut Candidates) {
    let mut add = |order: &[usize]| {
        let halves: Vec<Halves> = order
            .iter()
            .map(|at| draft.items[*at].halves.clone())
            .collect();
        for cause in order::causes(&halves, &halves) {
            candidates.add(draft.of(order), Mistake::new(cause));
        }
    };
    let decoded = |at: &usize| {
        let halves = &draft.items[*at].halves;
        (decode(&halves.name), decode(&halves.value))
    };
    let mut order = draft.sorted.clone();
    order.sort_by_key(decoded);
    add(&order);
    order.sort_by_key(|at| draft.items[*at].halves.joined());
    add(&order);
    order.sort_by_key(|at| [&decoded(at).0[..], b"=", &decoded(at).1].concat());
    add(&order);
    order.sort_by_key(|at| draft.items[*at].text.clone());
    add(&order);
    let given: Vec<usize> = (0..draft.items.len()).collect();
    for sources in orders_of_sources() {
        let mut order = given.clone();
        order.sort_by_key(|at| {
            sources
                .iter()
                .position(|source| *source == draft.items[*at].source)
        });
        add(&order);
        // By name alone: what has the same name stays as it was.
        let mut by_name = order.clone();
        by_name.sort_by_key(|at| &draft.items[*at].halves.name);
        add(&by_name);
        // Each source is sorted by itself, or only the protocol's is.
        let place = |at: &usize| {
            sources
                .iter()
                .position(|source| *source == draft.items[*at].source)
        };
        let mut each = draft.sorted.clone();
        each.sort_by_key(place);
        add(&each);
        let is_protocol = |at: &usize| draft.items[*at].source == Source::Protocol;
        let mut protocol = each.into_iter().filter(is_protocol);
        let mixed: Vec<usize> = order
            .iter()
            .map(|at| {
                let next = is_protocol(at).then(|| protocol.next());
                next.flatten().unwrap_or(*at)
            })
            .collect();
        add(&mixed);
    }
    let mut order = draft.sorted.clone();
    order.reverse();
    add(&order);
    let mut order = given;
    order.sort_by_key(|at| draft.items[*at].halves.name.to_ascii_lowercase());
    add(&order);
    order.sort_by_key(|at| draft.items[*at].halves.joined().to_ascii_lowercase());
    add(&order);
    // In the order of the header, which may be another one than that of the request.
    if let Some(given) = draft.request.map(Message::header_pairs) {
        let place = |at: &usize| {
            let name = &draft.items[*at].halves.name;
            given
                .iter()
                .position(|(given, _)| given.as_bytes() == &name[..])
        };
        order.sort_by_key(place);
        add(&order);
    }
}

fn orders_of_sources() -> [[Source; 3]; 6] {
    use Source::{Form, Protocol, Query};
    [
        [Query, Form, Protocol],
        [Protocol, Query, Form],
        [Form, Protocol, Query],
        [Form, Query, Protocol],
        [Protocol, Form, Query],
        [Query, Protocol, Form],
    ]
}

fn joints(draft: &Draft<'_>, candidates: &mut Candidates) {
    let (method, uri, third) = (&*draft.method, &*draft.uri, &*draft.third());
    let mut add = |text: String| candidates.add(text, Mistake::new(Cause::JoinedWrongly));
    add([method, uri, "&", third].concat());
    add([method, "&", uri, third].concat());
    add([method, uri, third].concat());
    for joint in [",", ";", "%26", "&amp;", "\n", " ", "+", "|", ":", "?"] {
        add([method, uri, third].join(joint));
    }
    add([method, "&", uri, "%3F", third].concat());
    add([method, "&", uri, "?", third].concat());
    add([method, "&", uri, "%26", third].concat());
    add([method, uri, third, ""].join("&"));
    add(draft.with_third(&[third, "%26"].concat()));
    // Between parameters, and within them.
    for (joint, equals) in [
        (",", "="),
        (";", "="),
        ("&", ","),
        ("&", ";"),
        ("&", ":"),
        ("&amp;", "="),
        (", ", "="),
        ("", "="),
        ("&", ""),
        ("&", "=="),
        ("&&", "="),
        ("\n", "="),
        ("+", "="),
        ("|", "="),
    ] {
        let pairs = draft.sorted.iter().map(|at| {
            let halves = &draft.items[*at].halves;
            [&halves.name[..], equals.as_bytes(), &halves.value].concat()
        });
        let pairs: Vec<_> = pairs.collect();
        let normalized = pairs.join(joint.as_bytes());
        add(draft.with_third(&encode(&normalized)));
        if equals == "=" {
            add(draft.with_third(
                &join(draft.sorted.iter().map(|at| &*draft.items[*at].text)).replace("%26", joint),
            ));
        }
    }
    add(draft.with_third(&third.replace("%3D", "=")));
    add(draft.with_third(&third.replace("%26", "&")));
    // A name without a value has no equals sign.
    let bare = |text: &str| text.strip_suffix("%3D").unwrap_or(text).into();
    let texts: Vec<String> = draft
        .sorted
        .iter()
        .map(|at| bare(&draft.items[*at].text))
        .collect();
    add(draft.with_third(&join(texts.iter().map(|text| &**text))));
    // A name without a value is not there, or a value without a name has no equals sign.
    let bare = |text: &str| text.strip_prefix("%3D").unwrap_or(text).into();
    let texts: Vec<String> = draft
        .sorted
        .iter()
        .map(|at| bare(&draft.items[*at].text))
        .collect();
    add(draft.with_third(&join(texts.iter().map(|text| &**text))));
    // An escape that lost its digits: everywhere, or in one place.
    for (escape, rest) in [("%3D", "%"), ("%3D", "3D"), ("%26", "%"), ("%26", "26")] {
        add(draft.with_third(&third.replace(escape, rest)));
    }
    let equals: Vec<usize> = third.match_indices("%3D").map(|(at, _)| at).collect();
    for at in equals {
        add(draft.with_third(&[&third[..at], "%", &third[at + 3..]].concat()));
    }
    for (at, _) in third.match_indices("%26") {
        add(draft.with_third(&[&third[..at], "%", &third[at + 3..]].concat()));
    }
    for part in ["%3A", "%2F"] {
        let uri = lossy(&replace(uri.as_bytes(), part.as_bytes(), b"%"));
        add([method, &*uri, third].join("&"));
    }
}
