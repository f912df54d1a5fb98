//! Answers that have a secret in them, however it comes: nothing of it is shown in an error.

use oauth1_signer::response::Response;
use oauth1_signer::{Callback, Temporary};
use proptest::prelude::*;
use serde_json::json;
use support::{cases, samples::flow};

/// All that is shown of the errors that are made of an answer.
fn shown(body: &str) -> String {
    let flow = flow();
    let first = flow.temporary(Callback::OutOfBand);
    let last = flow.token_without_code(Temporary::new("t", "s"));
    let errors = [200, 401, 500]
        .map(|status| Response::new(status, body))
        .map(|answer| [first.accept(answer).err(), last.accept(answer).err()]);
    let texts = errors.iter().flatten().flatten();
    texts
        .map(|error| format!("{error}\n{error:?}\n{error:#?}\n"))
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn an_error_hides_all_that_a_parser_would_take() {
    for body in [
        "oauth_token=t&oauth_token_secret=SEC,hidden",
        "oauth_token=t&oauth_token_secret=SEC;hidden",
        "oauth_token=t&oauth_token_secret=SEC)hidden",
        "oauth_token=t&oauth_token_secret=SEC}hidden",
        "oauth_token=t&oauth_token_secret=SEC]hidden",
        "oauth_token=t&oauth_token_secret=SEC>hidden",
        "oauth_token=t&oauth_token_secret=SEC<hidden",
        "oauth_token=t&oauth_token_secret=<a>hidden",
        "oauth_token=t&oauth_token_secret=SEC hidden",
        "oauth_token=t&oauth_token_secret=SEC\nhidden",
        "oauth_token=t&oauth_token_secret=\"SEC\"hidden",
        "oauth_token=t&oauth_token_secret='SEC'hidden",
        "oauth_token=t&oauth_token_secret=SEC\\\"hidden",
        "oauth_token_s%65cret=hidden",
        "%6f%61uth_%74oken_s%65cret=SEC hidden&a=b",
        r#"["oauth_token_secret","hidden"]"#,
        r#"["oauth_token_secret",["hidden"],{"a":"hidden"}]"#,
        r#"[["oauth_token","hidden"],["oauth_token_secret","hidden"]]"#,
        r#"{"oauth_token_secret":["SEC","hidden",{"a":["hidden"]}]}"#,
        r#"{"oauth_token_\u0073ecret":"hidden"}"#,
        r#"{"name":"oauth_token_secret","value":"hidden"}"#,
        "<r><name>oauth_token_secret</name><value>hidden</value></r>",
        "<r><name>oauth_token_secret</name>\n<type>text</type>\n<value>hidden</value></r>",
        "<r><oauth_token_secret><value>SEC</value><value>hidden</value></oauth_token_secret></r>",
        "<r><oauth_token_secret><![CDATA[SEC>hidden]]></oauth_token_secret></r>",
        "<input name=\"oauth_token_secret\" value=\"SEC>hidden\">",
        "Your secret: SEC, hidden",
    ] {
        let shown = shown(body);
        assert!(!shown.contains("hidden"), "{body}: {shown}");
    }
}

#[test]
fn an_error_shows_what_is_not_secret() {
    for (body, text) in [
        ("Timestamp is invalid", "Timestamp is invalid"),
        ("The token was not found", "The token was not found"),
        (r#"{"error": "bad key"}"#, r#"{"error": "bad key"}"#),
        (
            r#"{"error":"invalid_token","error_description":"The token is unknown"}"#,
            r#"{"error":"invalid_token","error_description":"The token is unknown"}"#,
        ),
        (
            "<html><head><title>503 Down</title></head>\n<body class=\"x\">Try  later</body>",
            "503 Down Try later",
        ),
        (
            "user=bob&oauth_token_secret=SEC,TAIL&oauth_expires_in=3600",
            "user=bob&oauth_token_secret=[...]&oauth_expires_in=3600",
        ),
        (
            r#"{"oauth_token_secret":["SEC"],"user":{"id":7}}"#,
            r#"{"oauth_token_secret":[...],"user":{"id":7}}"#,
        ),
        (
            "<r><oauth_token_secret>SEC</oauth_token_secret><user>bob</user></r>",
            "[...] bob",
        ),
    ] {
        let flow = flow();
        let leg = flow.temporary(Callback::OutOfBand);
        let error = leg.accept(Response::new(500, body)).unwrap_err();
        assert!(error.to_string().ends_with(text), "{error}");
    }
}

/// What no frame around a secret has, so that nothing of a secret is there by chance.
const RARE: &str = "JKQVWXYZ";

/// Names of secrets, as a form, JSON and XML may have them.
const NAMES: &[&str] = &[
    "oauth_token_secret",
    "oauth_token",
    "oauth_verifier",
    "oauth_session_handle",
    "x_auth_password",
    "secret",
    "Token-Secret",
];

/// How a secret comes in an answer. `{n}` is its name, `{s}` what the syntax makes of the secret.
struct Arrangement {
    name: fn(&str, u32) -> String,
    secret: fn(&str) -> String,
    bodies: &'static [&'static str],
}

const ARRANGEMENTS: [Arrangement; 7] = [
    // Forms: raw, as many servers write them, and encoded.
    Arrangement {
        name: some_percent_encoded,
        secret: |secret| secret.replace('&', ""),
        bodies: FORMS,
    },
    Arrangement {
        name: some_percent_encoded,
        secret: percent_encoded,
        bodies: FORMS,
    },
    Arrangement {
        name: some_json_escaped,
        secret: |secret| json!(secret).to_string(),
        bodies: &[
            r#"{"{n}":{s}}"#,
            r#"{ "a": 1, "b": { "{n}" : {s} }, "c": "d" }"#,
            r#"{"{n}":[{s},{s}],"a":{"{n}":{"b":[{"c":{s}}]}}}"#,
            r#"["{n}",{s}]"#,
            r#"{"a":[["b","c"],["{n}",[{s}]],["d",{s}]]}"#,
            r#"{"parameters":[{"name":"{n}","type":"string","value":{s}}]}"#,
            r#"{"value":{s},"name":"{n}"}"#,
            r#"{"names":["a","{n}","b"],"rows":[["c",{s},"d"]]}"#,
            r#"{"{n}":{s}"#,
            // Not JSON.
            r#"{"{n}"={s}}"#,
            r#"[("{n}", {s})]"#,
            r#"callback({"{n}":{s}})"#,
        ],
    },
    Arrangement {
        name: unchanged,
        secret: |secret| {
            let quoted = json!(format!(": {secret}")).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        },
        bodies: &[
            r#"{"error":"The {n}{s}","a":"b"}"#,
            r#"["{n} {s}"]"#,
            r#"{"body":"{\"{n}\"{s}\"}","a":"b"}"#,
        ],
    },
    Arrangement {
        name: unchanged,
        secret: xml_escaped,
        bodies: &[
            "<r><{n}>{s}</{n}></r>",
            "<r><{n} a='b'><c/><v>{s}</v>{s}</{n}><d>e</d></r>",
            "<p><name>{n}</name><value>{s}</value></p>",
            "<p>\n <name>{n}</name>\n <type>text</type>\n <value>{s}</value>\n</p>",
            "<p><value>{s}</value><name>{n}</name></p>",
            "<p name=\"{n}\" value=\"{s}\"/>",
            "<p name='{n}'>{s}</p>",
            "<p name=\"{n}\"><type>text</type><value>{s}</value></p>",
            "<html><body><input type=hidden name={n} value='{s}'>Go on</body></html>",
            "<html><p>Your {n}: {s}</p>",
            "<html><p>Your {n}: {s} <b>{s}</b> {s}</p>",
            "<html><dl><dt>Your {n}:</dt><dd>{s}</dd></dl>",
            "<html><table><tr><td>{n}</td><td>{s}</td></tr></table>",
            "<html><p><b>{n}</b>: <i>{s}</i></p>",
            "<html><pre>{n}&#61;{s}</pre>",
        ],
    },
    Arrangement {
        name: unchanged,
        secret: |secret| format!("<![CDATA[{}]]>", secret.replace("]]>", "")),
        bodies: &[
            "<r><{n}>{s}</{n}></r>",
            "<p><name>{n}</name><value>{s}</value></p>",
            "<p><name><![CDATA[{n}]]></name><value>{s}</value></p>",
            "<p name='{n}'>{s}</p>",
        ],
    },
    // Nothing is escaped where no syntax is known.
    Arrangement {
        name: unchanged,
        secret: unchanged_secret,
        bodies: &[
            "{n}: {s}",
            "The request is bad; its {n} is {n}: {s}",
            "Error at 12:30, {n} = {s}, sorry",
            "{n}\t=>\t{s}\nand more",
            "{n}: \"{s}\"",
            "(\"{n}\", \"{s}\")",
            "s:9:\"{n}\";s:9:\"{s}\";",
            "| {n} | {s} |",
            "{'{n}': '{s}', 'a': 'b'}",
            "{a=b, {n}={s}}",
            "Array ( [{n}] => {s} )",
            "a: b\r\n{n}: {s}\r\nc: d",
            "See https://example.com/?{n}={s}",
            "Bad request <b>{n}</b>: {s}",
            "Bad request &lt;{n}&gt;{s}&lt;/{n}&gt;",
            "\"{n}\":\"{s}\"",
        ],
    },
];

const FORMS: &[&str] = &[
    "{n}={s}",
    "a=b&{n}={s}&c=d",
    "oauth_token=t&{n}={s}\n",
    "oauth_problem=token_rejected&{n}={s}",
    "&{n}={s}&{n}={s}&oauth_problem_advice=why",
    "a[b]=c&{n}[0]={s}",
];

fn unchanged(name: &str, _: u32) -> String {
    name.to_owned()
}

fn unchanged_secret(secret: &str) -> String {
    secret.to_owned()
}

/// Escapes the characters that are set in `which`.
fn escaped(name: &str, which: u32, escape: fn(char) -> String) -> String {
    name.chars()
        .enumerate()
        .map(|(index, character)| match which >> index & 1 {
            0 => character.to_string(),
            _ => escape(character),
        })
        .collect()
}

fn some_percent_encoded(name: &str, which: u32) -> String {
    escaped(name, which, |character| {
        format!("%{:02x}", u32::from(character))
    })
}

fn some_json_escaped(name: &str, which: u32) -> String {
    escaped(name, which, |character| {
        format!("\\u{:04x}", u32::from(character))
    })
}

fn percent_encoded(secret: &str) -> String {
    url::form_urlencoded::byte_serialize(secret.as_bytes()).collect()
}

fn xml_escaped(secret: &str) -> String {
    secret
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

/// A piece of four characters of the secret that is in a text.
fn piece(secret: &str, text: &str) -> Option<String> {
    let characters: Vec<_> = secret.chars().collect();
    characters
        .windows(4)
        .filter(|piece| piece.iter().filter(|c| RARE.contains(**c)).count() > 1)
        .map(|piece| piece.iter().collect::<String>())
        .find(|piece| text.contains(piece))
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn no_piece_of_a_secret_is_shown_however_it_comes(
        secret in "[JKQVWXYZJKQVWXYZ23456789,;)}>\"' &%+:=<\\[\\](\\\\{|é_.!?/-]{8,30}",
        arrangement in 0..ARRANGEMENTS.len(),
        body in any::<prop::sample::Index>(),
        name in any::<prop::sample::Index>(),
        which: u32,
    ) {
        let Arrangement { name: write_name, secret: write_secret, bodies } = &ARRANGEMENTS[arrangement];
        let written = write_secret(&secret);
        let body = body
            .get(bodies)
            .replace("{n}", &write_name(NAMES[name.index(NAMES.len())], which))
            .replace("{s}", &written);
        let shown = shown(&body);
        for secret in [&secret, &written] {
            prop_assert_eq!(piece(secret, &shown), None, "{}\n{}", body, shown);
        }
    }

    #[test]
    fn no_piece_of_a_secret_in_a_report_is_shown(
        secret in "[JKQVWXYZJKQVWXYZ23456789,;)}>\"' &%+:=<\\[\\](\\\\{|é_.!?/-]{8,30}",
        name in any::<prop::sample::Index>(),
    ) {
        let name = NAMES[name.index(NAMES.len())];
        let pair = format!("{name}={}", percent_encoded(&secret));
        let text = format!("{name}: {secret}");
        for (parameter, value) in [
            ("oauth_problem", &text),
            ("oauth_problem_advice", &text),
            ("oauth_parameters_rejected", &pair),
            ("oauth_parameters_absent", &pair),
            ("debug_sbs", &format!("GET&http%3A%2F%2Fe.com%2F&{}", percent_encoded(&pair))),
        ] {
            let body = format!("oauth_problem=x&{parameter}={}", percent_encoded(value));
            let body = body.replace("oauth_problem=x&oauth_problem=", "oauth_problem=");
            let shown = shown(&body);
            prop_assert_eq!(piece(&secret, &shown), None, "{}\n{}", body, shown);
        }
    }
}
