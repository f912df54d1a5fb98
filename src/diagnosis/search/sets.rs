//! Wrong sets of parameters (RFC 5849, section 3.4.1.3.1).

use alloc::{string::String, vec::Vec};

use super::{
    super::{
        Cause, Message,
        message::form_pairs,
        structure::Halves,
        text::{decode, encoded, lossy},
    },
    Question,
    candidates::{Candidates, Mistake},
    draft::{Draft, Item, Source},
    mac::Hash,
};

/// Adds what is made by leaving parameters out, and by signing others.
pub(super) fn add(
    draft: &Draft<'_>,
    question: &Question<'_>,
    hash: Hash,
    candidates: &mut Candidates,
) {
    candidates.are_usual = true;
    sources(draft, candidates);
    version(draft, candidates);
    empty_token(draft, candidates);
    added(draft, question, candidates);
    candidates.are_usual = true;
    bodies(draft, question, candidates);
    duplicates(draft, candidates);
    twice(draft, candidates);
    methods(draft, hash, candidates);
    single(draft, candidates);
}

/// The query or the form is left out.
fn sources(draft: &Draft<'_>, candidates: &mut Candidates) {
    let has = |source| draft.items.iter().any(|item| item.source == source);
    let causes: &[(&[Source], &[Cause])] = &[
        (&[Source::Query], &[Cause::QueryNotSigned]),
        (&[Source::Form], &[Cause::FormNotSigned]),
        (
            &[Source::Query, Source::Form],
            &[Cause::QueryNotSigned, Cause::FormNotSigned],
        ),
    ];
    for (sources, causes) in causes {
        if sources.iter().copied().all(has) {
            let kept = draft.sorted_where(|item| !sources.contains(&item.source));
            let explanation = causes.iter().map(|cause| Mistake::new(*cause));
            candidates.add_all(draft.of(&kept), explanation.collect());
        }
    }
    if has(Source::Unknown) {
        let kept = draft.sorted_where(|item| item.source != Source::Unknown);
        for cause in [Cause::FormNotSigned, Cause::QueryNotSigned] {
            candidates.add(draft.of(&kept), Mistake::new(cause));
        }
    }
}

fn version(draft: &Draft<'_>, candidates: &mut Candidates) {
    const NAME: &str = "oauth_version";
    let right = draft.item(NAME).map(|item| &*item.halves.value);
    let mistake = || {
        let mistake = Mistake::new(Cause::Version).with_parameter(NAME);
        match right {
            Some(right) => mistake.with_right(right),
            None => mistake,
        }
    };
    let kept = draft.sorted_where(|item| !item.halves.has_name(NAME));
    candidates.add(draft.of(&kept), mistake());
    for version in ["1.0", "1.0a", "1", "2.0", "0.1", "1.0A", "1.1", "2", ""] {
        candidates.are_usual = !["1.0A", "1.1", "2", ""].contains(&version);
        let text = with_value(draft, NAME, version.as_bytes());
        candidates.add(text, mistake().with_wrong(version));
    }
}

/// The base string with one parameter that has this value instead of its own.
fn with_value(draft: &Draft<'_>, name: &str, value: &[u8]) -> String {
    let others = draft.sorted_where(|item| !item.halves.has_name(name));
    draft.with(&others, &[Halves::of(name.as_bytes(), value)])
}

/// Parameters that should not be signed.
fn added(draft: &Draft<'_>, question: &Question<'_>, candidates: &mut Candidates) {
    let mut add = |is_usual, cause, name: &str, value: &[u8]| {
        candidates.are_usual = is_usual;
        let halves = Halves::of(name.as_bytes(), value);
        let mistake = Mistake::new(cause).with_parameter(name);
        let mistake = mistake.with_wrong(&halves.value);
        candidates.add(draft.with(&draft.sorted, &[halves]), mistake);
    };
    if draft.item("oauth_token").is_none() {
        add(true, Cause::EmptyToken, "oauth_token", b"");
    }
    let realm = question.request.and_then(Message::shown_realm);
    if let Some(realm) = realm {
        add(true, Cause::RealmSigned, "realm", realm.as_bytes());
        add(
            false,
            Cause::RealmSigned,
            "realm",
            &decode(realm.as_bytes()),
        );
    }
    add(false, Cause::RealmSigned, "realm", b"");
    add(true, Cause::SignatureSigned, "oauth_signature", b"");
    for signature in [question.ours, question.expected].into_iter().flatten() {
        let twice = encoded(signature);
        add(
            true,
            Cause::SignatureSigned,
            "oauth_signature",
            signature.as_bytes(),
        );
        add(false, Cause::SignatureSigned, "oauth_signature", &twice);
    }
    if draft.item("oauth_callback").is_none() {
        add(
            true,
            Cause::CallbackInvented,
            "oauth_callback",
            b"about:blank",
        );
        add(false, Cause::ParameterAdded, "oauth_callback", b"oob");
    }
}

/// A body that is not a form is among the parameters.
fn bodies(draft: &Draft<'_>, question: &Question<'_>, candidates: &mut Candidates) {
    let has_form = draft.items.iter().any(|item| item.source == Source::Form);
    let body = question.request.and_then(|request| request.body.as_deref());
    let Some(body) = body.filter(|body| !body.is_empty() && !has_form) else {
        return;
    };
    let pairs = form_pairs(body).into_iter();
    let pairs = pairs.map(|(name, value)| Halves::of(&name, &value));
    for set in [
        Vec::from([Halves::of(body, b"")]),
        pairs.collect(),
        [Halves::of(b"body", body)].into(),
        [Halves::of(b"", body)].into(),
    ] {
        let text = draft.with(&draft.sorted, &set);
        candidates.add(text, Mistake::new(Cause::BodySignedAsForm));
    }
    // The name stands alone, without its equals sign.
    let own = draft.items.iter().map(|item| item.halves.joined());
    let mut texts: Vec<_> = own.chain([encoded(body)]).collect();
    texts.sort();
    let third = crate::encode::encode(texts.join(&b"&"[..]));
    candidates.add(
        draft.with_third(&third),
        Mistake::new(Cause::BodySignedAsForm),
    );
}

/// An empty token is left out.
fn empty_token(draft: &Draft<'_>, candidates: &mut Candidates) {
    candidates.are_usual = true;
    let is_empty =
        |item: &Item| item.halves.has_name("oauth_token") && item.halves.value.is_empty();
    if draft.items.iter().any(is_empty) {
        let kept = draft.sorted_where(|item| !is_empty(item));
        let mistake = Mistake::new(Cause::EmptyToken).with_parameter("oauth_token");
        candidates.add(draft.of(&kept), mistake.with_right(""));
    }
}

/// Of parameters with the same name, one is left.
fn duplicates(draft: &Draft<'_>, candidates: &mut Candidates) {
    if draft.is_long {
        return;
    }
    let all = 0..draft.items.len();
    let name = |at: usize| &draft.items[at].halves.name;
    let has_other = |at: usize| {
        all.clone()
            .any(|other| other != at && name(other) == name(at))
    };
    let mut names: Vec<_> = all.clone().filter(|at| has_other(*at)).map(name).collect();
    names.sort();
    names.dedup();
    let shown = |names: &[&Vec<u8>]| {
        let names = names.iter().map(|name| lossy(&decode(name)));
        names.fold(Mistake::new(Cause::DuplicatesLost), Mistake::with_parameter)
    };
    // In the order of the request, and in the sorted one.
    let given: Vec<usize> = all.clone().collect();
    let mut orders = [given, draft.sorted.clone()];
    let mut lose = |names: &[&Vec<u8>]| {
        for order in &mut orders {
            for _ in 0..2 {
                order.reverse();
                let mut kept: Vec<usize> = Vec::new();
                for at in order.iter().copied() {
                    let is_lost = names.contains(&name(at))
                        && kept.iter().any(|before| name(*before) == name(at));
                    if !is_lost {
                        kept.push(at);
                    }
                }
                let kept = draft.sorted.iter().copied().filter(|at| kept.contains(at));
                candidates.add(draft.of(&kept.collect::<Vec<_>>()), shown(names));
            }
        }
    };
    lose(&names);
    for name in &names {
        lose(&[name]);
    }
    let mut kept: Vec<usize> = Vec::new();
    for at in draft.sorted.iter().copied() {
        let is_same = |before: &usize| draft.items[*before].halves == draft.items[at].halves;
        if !kept.last().is_some_and(is_same) {
            kept.push(at);
        }
    }
    candidates.add(draft.of(&kept), shown(&names));
    candidates.are_usual = false;
}

/// The protocol parameters count twice.
fn twice(draft: &Draft<'_>, candidates: &mut Candidates) {
    candidates.are_usual = true;
    let mut order = draft.sorted.clone();
    order.extend(draft.sorted_where(|item| item.source == Source::Protocol));
    let at_the_end = draft.of(&order);
    order.sort_by(|a, b| draft.items[*a].halves.cmp(&draft.items[*b].halves));
    for text in [draft.of(&order), at_the_end] {
        candidates.add(text, Mistake::new(Cause::OauthParametersTwice));
        candidates.are_usual = false;
    }
}

/// The signature method has another name.
fn methods(draft: &Draft<'_>, hash: Hash, candidates: &mut Candidates) {
    const NAME: &str = "oauth_signature_method";
    let Some(item) = draft.item(NAME) else {
        return;
    };
    let bare = hash.method().replace("HMAC-", "");
    let lower = hash.method().to_ascii_lowercase();
    let names = [
        hash.method().replace('-', ""),
        lower.clone(),
        hash.method().replace('-', "_"),
        lower.replace('-', ""),
        bare.clone(),
        ["Hmac", &*bare].concat(),
        ["HMAC-SHA-", bare.trim_start_matches("SHA")].concat(),
        bare.to_ascii_lowercase(),
        ["hmac", &*bare].concat(),
        String::new(),
    ];
    for (number, name) in names.into_iter().enumerate() {
        candidates.are_usual = number < 2;
        let mistake = Mistake::new(Cause::MethodName).with_parameter(NAME);
        let mistake = mistake.with_wrong(&name).with_right(&item.halves.value);
        candidates.add(with_value(draft, NAME, name.as_bytes()), mistake);
    }
    for name in [
        "HMAC-SHA1",
        "HMAC-SHA256",
        "HMAC-SHA512",
        "PLAINTEXT",
        "RSA-SHA1",
    ] {
        let mistake = Mistake::new(Cause::HashOther).with_parameter(NAME);
        let mistake = mistake.with_wrong(name).with_right(&item.halves.value);
        candidates.add(with_value(draft, NAME, name.as_bytes()), mistake);
    }
}

/// The base strings of other signature methods, with their hashes.
pub(super) fn of_other_hashes(draft: &Draft<'_>, hash: Hash) -> Vec<(Hash, String)> {
    const NAME: &str = "oauth_signature_method";
    let others = Hash::ALL.iter().copied().filter(|other| *other != hash);
    let others = others.filter(|_| draft.item(NAME).is_some());
    others
        .map(|other| (other, with_value(draft, NAME, other.method().as_bytes())))
        .collect()
}

/// One parameter is left out, or all that are empty, or it counts twice.
fn single(draft: &Draft<'_>, candidates: &mut Candidates) {
    let missing = |items: &[&Item]| {
        let names = items.iter().map(|item| item.halves.shown_name());
        names.fold(
            Mistake::new(Cause::ParameterMissing),
            Mistake::with_parameter,
        )
    };
    for name in [
        "oauth_callback",
        "oauth_verifier",
        "oauth_token",
        "oauth_body_hash",
    ] {
        if let Some(item) = draft.item(name) {
            let kept = draft.sorted_where(|other| !other.halves.has_name(name));
            let mistake = missing(&[item]).with_right(&item.halves.value);
            candidates.add(draft.of(&kept), mistake);
        }
    }
    let is_empty = |item: &Item| item.halves.value.is_empty() && item.source != Source::Protocol;
    let empty: Vec<_> = draft.items.iter().filter(|item| is_empty(item)).collect();
    if !empty.is_empty() {
        let kept = draft.sorted_where(|item| !is_empty(item));
        candidates.add(draft.of(&kept), missing(&empty));
    }
    if draft.is_long {
        return;
    }
    for at in draft.sorted.iter().copied() {
        let item = &draft.items[at];
        let kept: Vec<_> = draft
            .sorted
            .iter()
            .copied()
            .filter(|other| *other != at)
            .collect();
        let mistake = missing(&[item]).with_right(&item.halves.value);
        candidates.add(draft.of(&kept), mistake);
    }
}
