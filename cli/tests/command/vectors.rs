//! The vectors of the crate, signed by the command.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use super::support::{Run, nobody, shared};

#[test]
fn the_published_vectors_are_signed() {
    let mut refused = Vec::new();
    let mut signed = 0;
    for name in ["sign_published", "sign_services", "sign_edge"] {
        let file = fs::read(shared(&format!("vectors/{name}.json"))).unwrap();
        let cases: Vec<Value> = serde_json::from_slice(&file).unwrap();
        for case in &cases {
            let name = case["name"].as_str().unwrap();
            let output = run(case).output();
            let error = String::from_utf8_lossy(&output.stderr);
            if !output.status.success() {
                let (_, reason) = error.trim_end().split_once("oauth1: ").unwrap();
                refused.push(format!("{name}: {reason}"));
                continue;
            }
            assert_eq!(error, "", "{name}");
            let object: Value = serde_json::from_slice(&output.stdout).unwrap();
            let expected = &case["expected"];
            if !expected["base_string"].is_null() {
                assert_eq!(object["base_string"], expected["base_string"], "{name}");
            }
            assert_eq!(object["parameters"], expected["parameters"], "{name}");
            let header = object["headers"]["Authorization"].as_str().unwrap();
            assert_eq!(
                parameters(header),
                texts(&expected["authorization"]),
                "{name}"
            );
            signed += 1;
        }
    }
    // What the command does not do: a timestamp that is not a number, and a user in the URL.
    assert_eq!(
        refused,
        [
            "oauthlib-unicode-cjk: --timestamp is a whole number of seconds since 1970-01-01 00:00 \
             UTC",
            "uri-userinfo: <URL>: remove the user and the password, which are neither signed nor \
             sent with it",
        ]
    );
    assert!(signed > 100, "{signed}");
}

/// The command line of a case, with its secrets in the environment.
fn run(case: &Value) -> Run {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut arguments = vec![
        "sign".to_owned(),
        "--json".to_owned(),
        "--explain".to_owned(),
    ];
    arguments.extend([text(&case["method"]), text(&case["url"])].map(Option::unwrap));
    for pair in case["form"].as_array().into_iter().flatten() {
        let [name, value] = [&pair[0], &pair[1]].map(|text| text.as_str().unwrap());
        arguments.extend(["--form".to_owned(), format!("{name}={value}")]);
    }
    if case["form"].as_array().is_some_and(Vec::is_empty) {
        arguments.extend(["--form-body".to_owned(), String::new()]);
    }
    let mut oauth: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in case["oauth"].as_object().unwrap() {
        oauth.insert(name, text(value).unwrap());
    }
    let mut option = |option: &str, value: Option<String>| {
        arguments.extend(value.map(|value| format!("--{option}={value}")));
    };
    option("signature-method", oauth.remove("oauth_signature_method"));
    option("consumer-key", oauth.remove("oauth_consumer_key"));
    option("callback", oauth.remove("oauth_callback"));
    // Only one of these can be read from standard input.
    let verifier = oauth.remove("oauth_verifier");
    option("verifier-file", verifier.as_ref().map(|_| "-".to_owned()));
    let stamp = (oauth.remove("oauth_nonce"), oauth.remove("oauth_timestamp"));
    let has_stamp = stamp != (None, None);
    option("nonce", stamp.0);
    option("timestamp", stamp.1);
    option("realm", text(&case["realm"]));
    let key = case["private_key"].as_str();
    let key = key.map(|name| shared(&format!("vectors/keys/{name}")));
    option(
        "private-key",
        key.map(|path| path.to_str().unwrap().to_owned()),
    );
    let secret = case["consumer_secret"].as_str().unwrap_or_default();
    option("consumer-secret", secret.is_empty().then(String::new));
    let token = oauth.remove("oauth_token");
    let token_secret = case["token_secret"].as_str().unwrap_or_default();
    if token.is_some() && token_secret.is_empty() {
        option("token-secret", Some(String::new()));
    }
    let is_lone = token.is_none() && !token_secret.is_empty();
    option("token-secret-file", is_lone.then(|| "-".to_owned()));
    option("token", token);
    if is_lone {
        arguments.push("--no-token".to_owned());
    }
    if !has_stamp {
        arguments.push("--no-stamp".to_owned());
    }
    if oauth.remove("oauth_version").is_none() {
        arguments.push("--no-version".to_owned());
    }
    if case["tags"].to_string().contains("plaintext-over-http") {
        arguments.push("--insecure-transport".to_owned());
    }
    for (name, value) in oauth {
        arguments.push(format!("--parameter={name}={value}"));
    }
    let run = nobody(arguments);
    let stdin = verifier.unwrap_or_else(|| token_secret.to_owned());
    run.env("OAUTH_CONSUMER_SECRET", secret)
        .env("OAUTH_TOKEN_SECRET", token_secret)
        .stdin(stdin)
}

/// The parameters of a header, sorted. No value contains `", `.
fn parameters(header: &str) -> Vec<String> {
    let header = header.strip_prefix("OAuth ").unwrap();
    let mut parameters: Vec<_> = header
        .split_inclusive("\", ")
        .map(|parameter| parameter.trim_end_matches([',', ' ']).to_owned())
        .collect();
    parameters.sort();
    parameters
}

fn texts(array: &Value) -> Vec<String> {
    let texts = array.as_array().unwrap().iter();
    let mut texts: Vec<_> = texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect();
    texts.sort();
    texts
}
