//! Random requests, with what is special in signing more often than by chance.

use std::collections::BTreeMap;

use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
};

use super::{
    Case,
    spelling::{PLAIN_NAME, Pair, Spelling, in_query, spell_in_query},
};

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let request = (method(), url(), pairs(), pairs(), any::<Spelling>());
    let signer = (
        prop_oneof![3 => Just(String::from("HMAC-SHA1")), 1 => text()],
        (text(), text()),
        option::of((text(), text())),
        any::<bool>(),
        option::of("[ -~\t]{0,8}"),
    );
    let of_request = (
        text(),
        any::<u64>(),
        option::of(text()),
        option::of(text()),
        further(),
    );
    (request, signer, of_request).prop_map(
        |(
            (method, url, form, elsewhere, spelling),
            (signature_method, consumer, token, version, realm),
            (nonce, timestamp, callback, verifier, further),
        )| Case {
            method,
            url,
            form,
            elsewhere,
            spelling,
            signature_method,
            consumer,
            token,
            nonce,
            timestamp,
            version,
            callback,
            verifier,
            further,
            realm,
        },
    )
}

pub(super) fn method() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&["GET", "get", "Post", "PROPFIND", "m-search", "%41"][..]).prop_map(String::from),
        "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}",
        "[a-z%]{40,130}",
    ]
}

fn url() -> impl Strategy<Value = String> {
    let scheme = select(&["http", "https", "HTTP", "hTTpS"][..]);
    let userinfo = select(&["", "", "", "user@", "user:pass@", ":@"][..]);
    let host = select(
        &[
            "example.com",
            "API.Example.COM",
            "127.0.0.1",
            "[2001:DB8::1]",
            "xn--bcher-kva.example",
            "a.b-c_d.example.",
        ][..],
    );
    let port = prop_oneof![
        2 => select(&["", ":", ":80", ":443", ":0443", ":00080", ":8080"][..]).prop_map(String::from),
        1 => any::<u16>().prop_map(|port| format!(":{port}")),
    ];
    let fragment = select(&["", "", "#", "#top", "#a=1&oauth_token=x?y"][..]);
    (scheme, userinfo, host, port, path(), query(), fragment).prop_map(
        |(scheme, userinfo, host, port, path, query, fragment)| {
            format!("{scheme}://{userinfo}{host}{port}{path}{query}{fragment}")
        },
    )
}

/// Whatever a URL parser leaves alone: no segment of dots only, which it would resolve.
fn path() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "a",
            "Photos",
            "~x",
            "-",
            "_",
            "v1.0",
            "..x",
            "%2F",
            "%2f",
            "%C3%a9",
            "%20",
            "%FF",
            "%zz",
            "%25",
            "!$&'()*+,;=",
            ":@",
            "[]|",
            ";jsessionid=1",
        ][..],
    );
    let segment = vec(piece, 0..4).prop_map(|pieces| format!("/{}", pieces.concat()));
    vec(segment, 0..5).prop_map(|segments| segments.concat())
}

/// With its question mark, or nothing.
fn query() -> impl Strategy<Value = String> {
    let pair = (name(), value(), any::<Spelling>())
        .prop_map(|(name, value, spelling)| in_query(&[(name, value)], spelling));
    let flag = (name(), any::<Spelling>())
        .prop_map(|(name, spelling)| spell_in_query(&name, spelling, PLAIN_NAME));
    let item = prop_oneof![
        8 => pair,
        2 => flag,
        1 => select(&["", "=", "==", "a=1;b=2", "%6fauth", "=oauth_token"][..]).prop_map(String::from),
    ];
    option::of(vec(item, 0..8).prop_map(|items| format!("?{}", items.join("&"))))
        .prop_map(Option::unwrap_or_default)
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    prop_oneof![
        1 => Just(Vec::new()),
        3 => vec((name(), value()), 0..6),
    ]
}

/// Names that share a beginning, that stand elsewhere in the order once they are encoded, and that
/// nearly are of the protocol.
pub(super) fn name() -> impl Strategy<Value = Vec<u8>> {
    let near = select(
        &[
            "a", "a", "a", "a1", "a-b", "a.b", "a_", "a~", "a b", "a&b", "a=b",
        ][..],
    );
    let far = select(
        &[
            "",
            "{",
            "é",
            "P",
            "z",
            "~",
            "%",
            "+",
            ";",
            "*",
            "\0",
            "a\0",
            "a\0\0",
            "%41",
            "c@",
            "realm",
            "oaut",
            "oauth",
            "oauth\0",
            "oauth-x",
            "oauth~",
            "oauthz",
            "Oauth_token",
            "xoauth_x",
        ][..],
    );
    prop_oneof![
        4 => near.prop_map(|name| name.as_bytes().to_vec()),
        4 => far.prop_map(|name| name.as_bytes().to_vec()),
        2 => vec(select(&b"\0ab%\xFF"[..]), 0..3).prop_map(|end| [b"abcdefgh", &end[..]].concat()),
        2 => vec(any::<u8>(), 0..12),
        1 => text().prop_map(String::into_bytes),
    ]
    .prop_filter("refused", |name| !name.starts_with(b"oauth_"))
}

/// Values that differ late or not at all, text, and octets that are none.
pub(super) fn value() -> impl Strategy<Value = Vec<u8>> {
    let common = |lengths| {
        (select(lengths), vec(any::<u8>(), 0..2))
            .prop_map(|(length, end)| [&vec![b'x'; length][..], &end].concat())
    };
    prop_oneof![
        4 => select(&["", "1", "2", "{", "é", "P", "a b", "a=b&c", "%20", "\0"][..])
            .prop_map(|value| value.as_bytes().to_vec()),
        3 => common(&[0, 1, 7, 8, 47, 48, 49, 96]),
        2 => vec(any::<u8>(), 0..20),
        1 => text().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..700),
    ]
}

/// Any text, and often such as needs no encoding.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[A-Za-z0-9._~-]{1,12}",
        vec(any::<char>(), 0..12).prop_map(String::from_iter),
        "[a-z &%+☃]{60,120}",
    ]
}

/// Further protocol parameters, which stand before, between and behind those of the signer.
fn further() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        6 => select(
            &[
                "oauth_",
                "oauth_expires_in",
                "oauth_callback2",
                "oauth_callbacj",
                "oauth_nonc",
                "oauth_signatur",
                "oauth_signature_m",
                "oauth_session_handle",
                "oauth_tokeo",
                "oauth_é",
                "oauth_versions",
                "OAUTH_TOKEN",
                "xoauth_requestor_id",
                "x_auth_mode",
                "a",
                "abcdefgh",
                "{",
                "é",
            ][..],
        )
        .prop_map(String::from),
        1 => vec(any::<char>(), 1..12).prop_map(String::from_iter),
    ];
    let some = btree_map(name, text(), 1..5)
        .prop_map(|map: BTreeMap<_, _>| Vec::from_iter(map))
        .prop_shuffle();
    prop_oneof![2 => Just(Vec::new()), 1 => some]
}

/// What nobody should send, with what is special in a URL more often than by chance.
pub(super) fn arbitrary_text() -> impl Strategy<Value = String> {
    let special = "%&=+?#/:@[].;\0\t\r\n\"\\ \u{7f}é☃\u{202e}oauth_0fFg";
    let special: Vec<char> = special.chars().collect();
    prop_oneof![
        vec(any::<char>(), 0..20).prop_map(String::from_iter),
        vec(select(special), 0..20).prop_map(String::from_iter),
    ]
}
