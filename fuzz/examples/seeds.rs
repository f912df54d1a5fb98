//! Writes the seeds of `fuzz/seeds` from the conformance vectors:
//!
//! ```text
//! cargo run --manifest-path fuzz/Cargo.toml --example seeds
//! ```
//!
//! `sign` gets the requests of the vectors, `answers` what servers answer in them and long texts in
//! short form, `diagnosis` the evidence of the first case of each kind, `header` and `incoming` what servers
//! receive. The target `keys` takes the keys of the tests as they are.

use std::{error::Error, fmt::Write, fs, path::Path};

use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for target in ["answers", "diagnosis", "header", "incoming", "sign"] {
        // What is left of a case that is no longer there would stay.
        fs::remove_dir_all(folder.join("seeds").join(target)).ok();
    }
    let vectors = |name: &str| -> Result<Vec<Value>> {
        let path = folder.join(format!("../tests/vectors/{name}.json"));
        Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
    };
    let write = |target: &str, name: &str, seed: &str| -> Result<()> {
        let folder = folder.join("seeds").join(target);
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(name), seed)?)
    };

    for file in ["sign_published", "sign_services", "sign_edge"] {
        for case in vectors(file)? {
            write("sign", text(&case, "name"), &request(&case)?)?;
        }
    }
    // Everything mixed: a few are enough.
    for case in vectors("sign_random")?.iter().take(40) {
        write("sign", text(case, "name"), &request(case)?)?;
    }
    for file in ["base_uri", "malformed_query"] {
        for case in vectors(file)? {
            let seed = format!("GET {}\n", text(&case, "url"));
            write("sign", text(&case, "name"), &seed)?;
        }
    }

    for case in vectors("auth_header")? {
        write("header", text(&case, "name"), text(&case, "header"))?;
    }
    for case in vectors("verify")? {
        write("incoming", text(&case, "name"), &received(&case)?)?;
    }

    for case in vectors("token_response")? {
        let seed = format!("200\n\n{}", text(&case, "body"));
        write("answers", &format!("token-{}", text(&case, "name")), &seed)?;
    }
    for case in vectors("error_response")? {
        let mut seed = format!("{}\n", case["status"]);
        if let Some(header) = case["www_authenticate"].as_str() {
            writeln!(seed, "www-authenticate: {header}")?;
        }
        write!(seed, "\n{}", text(&case, "body"))?;
        write("answers", &format!("error-{}", text(&case, "name")), &seed)?;
    }
    for case in vectors("callback")? {
        let seed = format!("302\n\n{}", text(&case, "url"));
        write(
            "answers",
            &format!("redirect-{}", text(&case, "name")),
            &seed,
        )?;
    }
    for (name, seed) in ANSWERS {
        write("answers", name, seed)?;
    }

    for case in vectors("../diagnosis/cases")? {
        let name = text(&case, "name");
        // Of the generated cases, the second of a kind says little more than the first.
        if !name.starts_with("p-") || name.ends_with("-1") {
            write("diagnosis", name, &evidence(&case)?)?;
        }
    }
    for (name, seed) in EVIDENCE {
        write("diagnosis", name, seed)?;
    }
    Ok(())
}

fn evidence(case: &Value) -> Result<String> {
    let (ours, theirs) = (&case["ours"], &case["theirs"]);
    let (sent, request) = (&ours["sent"], &ours["request"]);
    let mut seed = format!("{} {}", text(sent, "method"), text(sent, "url"));
    if sent.is_null() {
        seed.clear();
    }
    seed.push('\n');
    let mut header = |name: &str, value: Option<String>| match value {
        Some(value) => writeln!(seed, "{name}: {value}"),
        None => Ok(()),
    };
    let raw = |value: &Value| value.as_str().map(str::to_owned);
    let escaped = |value: &Value| value.as_str().map(escape);
    header("authorization", raw(&sent["authorization"]))?;
    header("type", raw(&sent["content_type"]))?;
    header("body", raw(&sent["body"]))?;
    header("ours", raw(&ours["base_string"]))?;
    header("theirs", raw(&theirs["base_string"]))?;
    header("signature", escaped(&ours["signature"]))?;
    header("expected", escaped(&theirs["expected_signature"]))?;
    header("received", escaped(&theirs["received_signature"]))?;
    if let Some(url) = request["url"].as_str() {
        let method = text(request, "method");
        header("request", Some(format!("{method} {url}")))?;
    }
    header("realm", escaped(&request["realm"]))?;
    header("payload", escaped(&request["body"]))?;
    if let Some(form) = request["form"].as_array() {
        let pairs = form.iter().map(|pair| (pair[0].as_str(), &pair[1]));
        header("form", Some(joined(pairs)))?;
    }
    if let Some(protocol) = request["oauth"].as_object() {
        let pairs = protocol
            .iter()
            .map(|(name, value)| (Some(name.as_str()), value));
        header("protocol", Some(joined(pairs)))?;
    }
    header("secret", escaped(&case["credentials"]["consumer_secret"]))?;
    header("token", escaped(&case["credentials"]["token_secret"]))?;
    header("clock", theirs["clock"].as_u64().map(|n| n.to_string()))?;
    header("now", case["now"].as_u64().map(|n| n.to_string()))?;
    let answer = &theirs["answer"];
    if let Some(body) = answer["body"].as_str() {
        header("status", answer["status"].as_u64().map(|n| n.to_string()))?;
        let mut headers = answer["headers"].as_array().into_iter().flatten();
        if let Some(date) = headers.find(|header| header[0] == "Date") {
            header("date", raw(&date[1]))?;
        }
        write!(seed, "\n{body}")?;
    }
    Ok(seed)
}

/// A request as a server sees it.
fn received(case: &Value) -> Result<String> {
    let mut seed = format!("{} {}\n", text(case, "method"), text(case, "url"));
    if let Some(header) = case["authorization"].as_str() {
        writeln!(seed, "authorization: {header}")?;
    }
    if let Some(content_type) = case["content_type"].as_str() {
        writeln!(seed, "type: {content_type}")?;
    }
    write!(seed, "\n{}", text(case, "body"))?;
    Ok(seed)
}

/// Pairs, form-urlencoded.
fn joined<'v>(pairs: impl Iterator<Item = (Option<&'v str>, &'v Value)>) -> String {
    let pairs: Vec<String> = pairs
        .map(|(name, value)| {
            let name = escape(name.unwrap_or_default());
            format!("{name}={}", escape(value.as_str().unwrap_or_default()))
        })
        .collect();
    pairs.join("&")
}

/// A value that may be absent.
fn text<'v>(case: &'v Value, key: &str) -> &'v str {
    case[key].as_str().unwrap_or_default()
}

fn request(case: &Value) -> Result<String> {
    let mut seed = format!("{} {}\n", text(case, "method"), text(case, "url"));
    let oauth = case["oauth"].as_object().ok_or("no protocol parameters")?;
    let oauth_text = |name: &str| oauth.get(name).and_then(Value::as_str);
    let mut header = |name: &str, value: &str| writeln!(seed, "{name}: {value}");
    let pair = |name: Option<&str>, value: &str| {
        format!("{}={}", escape(name.unwrap_or_default()), escape(value))
    };

    let consumer = oauth_text("oauth_consumer_key");
    header("consumer", &pair(consumer, text(case, "consumer_secret")))?;
    if let Some(token) = oauth_text("oauth_token") {
        header("token", &pair(Some(token), text(case, "token_secret")))?;
    }
    let timestamp = oauth_text("oauth_timestamp").unwrap_or_default();
    header("stamp", &pair(oauth_text("oauth_nonce"), timestamp))?;
    if oauth_text("oauth_version").is_none() {
        header("version", "none")?;
    }
    if let Some(realm) = case["realm"].as_str() {
        header("realm", &escape(realm))?;
    }
    if let Some(callback) = oauth_text("oauth_callback") {
        header("callback", &escape(callback))?;
    }
    if let Some(code) = oauth_text("oauth_verifier") {
        header("code", &escape(code))?;
    }
    let extra = oauth
        .iter()
        .filter(|(name, _)| !KNOWN.contains(&name.as_str()));
    let extra: Vec<String> = extra
        .map(|(name, value)| pair(Some(name), value.as_str().unwrap_or_default()))
        .collect();
    if !extra.is_empty() {
        header("extra", &extra.join("&"))?;
    }
    if let Some(form) = case["form"].as_array() {
        let form: Vec<String> = form
            .iter()
            .map(|field| pair(field[0].as_str(), field[1].as_str().unwrap_or_default()))
            .collect();
        // Some forms as pairs, some as bytes.
        if form.len().is_multiple_of(2) {
            header("form", &form.join("&"))?;
        } else {
            write!(seed, "\n{}", form.join("&"))?;
        }
    }
    Ok(seed)
}

/// Encodes only what would be read as something else, so that the seeds stay readable.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '%' | '&' | '=' | '+' | '\0'..' ' | '\u{7f}' => {
                escaped.extend(format!("%{:02X}", u32::from(character)).chars());
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// What the signer writes, or what has a header of its own.
const KNOWN: [&str; 9] = [
    "oauth_callback",
    "oauth_consumer_key",
    "oauth_nonce",
    "oauth_signature",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_token",
    "oauth_verifier",
    "oauth_version",
];

/// Answers that no vector has: a secret in another spelling, dates, and texts of up to a megabyte.
const ANSWERS: [(&str, &str); 25] = [
    (
        "secret-spelled",
        "401\nspelling: 305419896\nat: 13\n\noauth_token=a&x=y",
    ),
    (
        "secret-after-quote",
        "200\nspelling: 5\n\n<p title=\"secret",
    ),
    ("secret-after-tag", "500\n\n<html><body>token"),
    (
        "secret-after-json",
        "400\nat: 20\n\n{\"oauth_token\": \"abc\", \"x\": \"y\"}",
    ),
    (
        "date-fixed",
        "401\ndate: Sat, 11 Oct 2008 06:23:08 GMT\nours: 1223696646\n\n",
    ),
    (
        "date-rfc850",
        "401\ndate: Sunday, 06-Nov-94 08:49:37 GMT\nours: 784111777\n\n",
    ),
    (
        "date-asctime",
        "401\ndate: Sun Nov  6 08:49:37 1994\nours: 18446744073709551615\n\n",
    ),
    (
        "date-leap",
        "401\ndate: Thu, 29 Feb 2024 23:59:60 GMT\nlimit: 18446744073709551615\nours: 0\n\n",
    ),
    (
        "timestamps",
        "401\n\noauth_problem=timestamp_refused&oauth_acceptable_timestamps=0-18446744073709551615",
    ),
    (
        "problem-unknown",
        "401\n\noauth_problem=xauth_disabled&oauth_problem_advice=Ask%20us%3A+secret%3Dx",
    ),
    (
        "sentence",
        "401\n\nInvalid signature. Expected signature base string: GET&https%3A%2F%2Fe.com%2F&a%3Db",
    ),
    (
        "sentence-json",
        "401\n\n{\"error\": \"Invalid signature\", \"base_string\": \"GET\\u0026https%3A%2F%2Fe.com%2F\\u0026a%3Db\"}",
    ),
    ("long-and", "401\nlong: 1000000 &\n\noauth_problem=x"),
    (
        "long-base-string",
        "401\nlong: 100000 base string\n\ninvalid signature ",
    ),
    (
        "long-debug-sbs",
        "401\nlong: 100000 &debug_sbs=\n\noauth_problem=signature_invalid",
    ),
    (
        "long-equals",
        "401\nwww-authenticate: OAuth oauth_problem\nlong: 1000000 =\n\nx",
    ),
    ("long-escapes", "401\nlong: 300000 %25\n\noauth_problem="),
    (
        "long-fields",
        "200\nlong: 200000 &a=b\n\noauth_token=a&oauth_token_secret=b",
    ),
    ("long-less", "503\nlong: 1000000 <\n\n"),
    (
        "long-quotes",
        "401\nwww-authenticate: OAuth oauth_problem=\"\nlong: 1000000 \"\n\nsecret=",
    ),
    (
        "long-rejected",
        "401\nlong: 300000 a%26\n\noauth_problem=parameter_rejected&oauth_parameters_rejected=",
    ),
    ("long-sbs", "401\nlong: 300000 sbs\n\ninvalid signature "),
    (
        "long-sbs-http",
        "401\nlong: 100000 sbs&http\n\ninvalid signature ",
    ),
    ("long-secrets", "200\nlong: 100000 secret=x \n\n{"),
    (
        "long-versions",
        "401\nlong: 1000000 9\n\noauth_problem=version_rejected&oauth_acceptable_versions=1-",
    ),
];

/// Evidence that no case has: a secret that must not be shown, and base strings that are long.
const EVIDENCE: [(&str, &str); 6] = [
    (
        "secret-of-token",
        "\nours: GET&https%3A%2F%2Fe.com%2F&a%3D1\nsignature: AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D\nexpected: BBBBBBBBBBBBBBBBBBBBBBBBBBB%3D\nsecret: s\ntoken: -\n",
    ),
    (
        "secret-in-plaintext",
        "\nrequest: GET https://e.com/\nprotocol: oauth_signature_method=PLAINTEXT&oauth_token=t\nsignature: s%26\nsecret: s\ntoken: -\n",
    ),
    (
        "long-added",
        "\nours: GET&https%3A%2F%2Fe.com%2F&a%3D1\ntheirs: GET&https%3A%2F%2Fe.com%2F&b%3D1\nlong: 10000 %26c%3D%25\n",
    ),
    (
        "long-one-side",
        "\nours: GET&https%3A%2F%2Fe.com%2F&a%3D\nlong: 60000 %25\n",
    ),
    (
        "long-encoded",
        "\nours: GET&https%3A%2F%2Fe.com%2F&a%3D%2525\ntheirs: GET&https%3A%2F%2Fe.com%2F&a%3D%25\nlong: 20000 25\n",
    ),
    (
        "long-searched",
        "\nours: GET&https%3A%2F%2Fe.com%2F&a%3D1\nsignature: AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D\nexpected: BBBBBBBBBBBBBBBBBBBBBBBBBBB%3D\nsecret: s\nlong: 10000 %26c%3D%2520\n",
    ),
];
