//! Wrong orders, and parts that are missing or joined wrongly (RFC 5849, sections 3.4.1.1 and
//! 3.4.1.3.2).

use alloc::{string::String, vec::Vec};

use super::{
    super::{
        Cause,
        message::Message,
        order,
        structure::Halves,
        text::{decode, lossy},
    },
    candidates::{Candidates, Mistake},
    draft::{Draft, Source, join},
};
use crate::encode::encode;

/// Adds what is made by joining and sorting wrongly.
pub(super) fn add(draft: &Draft<'_>, candidates: &mut Candidates) {
    candidates.are_usual = true;
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
        candidates.are_usual &= parts != [method, uri];
    }
}

fn orders(draft: &Draft<'_>, candidates: &mut Candidates) {
    let mut done: Vec<Vec<usize>> = [draft.sorted.clone()].into();
    let mut add = |is_usual, order: &[usize]| {
        if done.iter().any(|done| done == order) {
            return;
        }
        done.push(order.to_vec());
        candidates.are_usual = is_usual;
        let halves = order.iter().map(|at| draft.items[*at].halves.clone());
        let halves: Vec<Halves> = halves.collect();
        for cause in order::causes(&halves, &halves) {
            candidates.add(draft.of(order), Mistake::new(cause));
        }
    };
    let items = &draft.items;
    let by = |key: &dyn Fn(&Halves) -> Vec<u8>| {
        let mut order = draft.sorted.clone();
        order.sort_by_key(|at| key(&items[*at].halves));
        order
    };
    let mut decoded = draft.sorted.clone();
    decoded.sort_by_key(|at| {
        let halves = &items[*at].halves;
        (decode(&halves.name), decode(&halves.value))
    });
    add(true, &decoded);
    add(true, &by(&Halves::joined));
    let given: Vec<usize> = (0..items.len()).collect();
    for (number, sources) in orders_of_sources().iter().enumerate() {
        let place = |at: &usize| {
            sources
                .iter()
                .position(|source| *source == items[*at].source)
        };
        let mut order = given.clone();
        order.sort_by_key(place);
        add(number < 4, &order);
        // Each source is sorted by itself, or only the protocol's is.
        let mut each = draft.sorted.clone();
        each.sort_by_key(place);
        add(false, &each);
        let is_protocol = |at: &usize| items[*at].source == Source::Protocol;
        for protocol in protocols(draft) {
            let mut protocol = protocol.into_iter();
            let mixed = order.iter().map(|at| {
                let next = is_protocol(at).then(|| protocol.next());
                next.flatten().unwrap_or(*at)
            });
            add(false, &mixed.collect::<Vec<_>>());
        }
        // By name alone: what has the same name stays as it was.
        order.sort_by_key(|at| &items[*at].halves.name);
        add(number < 2, &order);
    }
    let mut reversed = draft.sorted.clone();
    reversed.reverse();
    for order in [
        reversed,
        by(&|halves| decode(&halves.joined())),
        by(&|halves| halves.joined().to_ascii_lowercase()),
        by(&|halves| halves.name.to_ascii_lowercase()),
        by(&|halves| [&halves.name[..], &halves.value].concat()),
    ] {
        add(false, &order);
    }
    // In the order of the header, which may be another one than that of the request.
    if let Some(given) = draft.request.map(Message::header_pairs) {
        let place = |halves: &Halves| {
            let name = |pair: &(String, String)| pair.0.as_bytes() == &halves.name[..];
            given.iter().position(name)
        };
        let mut order = draft.sorted.clone();
        order.sort_by_key(|at| place(&items[*at].halves));
        add(false, &order);
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

/// The protocol parameters in the orders that programs write them in.
fn protocols(draft: &Draft<'_>) -> Vec<Vec<usize>> {
    // Consumer, nonce, method, timestamp, token, version, callback, verifier: by their initials.
    let orders = [
        "ckmnstovb",
        "cknmtsvob",
        "cotsmnkvb",
        "ckomstnvb",
        "ckomnstvb",
        "ckmtnovsb",
    ];
    let initial = |at: &usize| match &draft.items[*at].halves.name[..] {
        b"oauth_consumer_key" => 'c',
        b"oauth_nonce" => 'n',
        b"oauth_signature_method" => 'm',
        b"oauth_timestamp" => 't',
        b"oauth_token" => 'o',
        b"oauth_version" => 'v',
        b"oauth_callback" => 'b',
        _ => 'z',
    };
    let protocol = draft.sorted_where(|item| item.source == Source::Protocol);
    let mut lists: Vec<Vec<usize>> = orders
        .iter()
        .map(|order| {
            let mut list = protocol.clone();
            list.sort_by_key(|at| order.find(initial(at)).unwrap_or(order.len()));
            list
        })
        .collect();
    lists.push(protocol);
    lists
}

fn joints(draft: &Draft<'_>, candidates: &mut Candidates) {
    let (method, uri, third) = (&*draft.method, &*draft.uri, &*draft.third());
    let mut add = |is_usual, text: String| {
        candidates.are_usual = is_usual;
        candidates.add(text, Mistake::new(Cause::JoinedWrongly));
    };
    add(true, [method, uri, "&", third].concat());
    add(true, [method, "&", uri, third].concat());
    add(true, [method, uri, third].concat());
    for joint in [",", ";", "%26", "&amp;", "\n", " ", "+", "|", ":", "?"] {
        add(false, [method, uri, third].join(joint));
    }
    for joint in ["%3F", "?", "%26"] {
        add(false, [method, "&", uri, joint, third].concat());
    }
    add(false, [method, uri, third, ""].join("&"));
    add(false, draft.with_third(&[third, "%26"].concat()));
    let halves = || draft.sorted.iter().map(|at| &draft.items[*at].halves);
    for (number, (joint, equals)) in PAIRS.iter().enumerate() {
        let pairs =
            halves().map(|halves| [&halves.name[..], equals.as_bytes(), &halves.value].concat());
        let normalized = pairs.collect::<Vec<_>>().join(joint.as_bytes());
        add(number < 3, draft.with_third(&encode(&normalized)));
    }
    for joint in [",", ";", "&", "&amp;"] {
        add(false, draft.with_third(&third.replace("%26", joint)));
    }
    add(false, draft.with_third(&third.replace("%3D", "=")));
    // A name without a value has no equals sign, or the other way round.
    let texts = || draft.sorted.iter().map(|at| &*draft.items[*at].text);
    let ends = texts().map(|text| text.strip_suffix("%3D").unwrap_or(text));
    add(true, draft.with_third(&join(ends)));
    let begins = texts().map(|text| text.strip_prefix("%3D").unwrap_or(text));
    add(false, draft.with_third(&join(begins)));
    // An escape that lost its digits: everywhere, or in one place.
    for (escape, rest) in [("%3D", "%"), ("%3D", "3D"), ("%26", "%"), ("%26", "26")] {
        add(false, draft.with_third(&third.replace(escape, rest)));
    }
    for part in ["%3A", "%2F"] {
        add(false, [method, &*uri.replace(part, "%"), third].join("&"));
    }
    if draft.is_long {
        return;
    }
    for (number, (at, _)) in third.match_indices("%3D").enumerate() {
        let lost = [&third[..at], "%", &third[at + 3..]].concat();
        add(number == 0, draft.with_third(&lost));
    }
    for (at, _) in third.match_indices("%26") {
        add(
            false,
            draft.with_third(&[&third[..at], "%", &third[at + 3..]].concat()),
        );
    }
}

/// What stands between parameters, and between a name and its value. The first three are usual.
const PAIRS: &[(&str, &str)] = &[
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
];
