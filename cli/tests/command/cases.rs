//! The cases of the crate's tests, pasted as text: what is found does not depend on how it is given.

use std::fmt::Write as _;

use serde_json::Value;

use super::support::{nobody, shared};

#[test]
fn pasted_evidence_proves_what_it_should() {
    let cases = std::fs::read_to_string(shared("diagnosis/cases.json")).unwrap();
    let mut failed = Vec::new();
    let lines = cases.lines().filter(|line| line.starts_with('{'));
    for line in lines.clone() {
        let case: &Value = &serde_json::from_str(line.trim_end_matches(',')).unwrap();
        let text = pasted(case, line);
        let mut run = nobody(["diagnose", "-"]).stdin(text.clone());
        for (key, name) in [("consumer_secret", "CONSUMER"), ("token_secret", "TOKEN")] {
            if let Some(secret) = case["credentials"][key].as_str() {
                run = run.env(&format!("OAUTH_{name}_SECRET"), secret);
            }
        }
        match case["credentials"]["token_secret"].as_str() {
            None => run = run.arguments(["--no-token"]),
            // As a variable, it would count as not set.
            Some("") => run = run.arguments(["--token-secret", ""]),
            Some(_) => {}
        }
        // A text may have quotes around a signature that are not part of it.
        if let Some(signature) = case["theirs"]["received_signature"].as_str() {
            run = run.arguments(["--received-signature", signature]);
        }
        let output = run.output();
        let findings = case["expected"].as_array().unwrap();
        let is_proven = findings.iter().any(|one| one["certainty"] == "proven");
        if output.status.code() != Some(i32::from(is_proven)) {
            let report = String::from_utf8_lossy(&output.stdout);
            let notes = String::from_utf8_lossy(&output.stderr);
            failed.push(format!("{}\n{text}\n{report}{notes}", case["name"]));
        }
    }
    assert!(lines.count() > 200);
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n\n")
    );
}

/// The evidence of a case, as somebody may paste it.
fn pasted(case: &Value, line: &str) -> String {
    let mut text = String::new();
    let (ours, theirs) = (&case["ours"], &case["theirs"]);
    for (label, value) in [
        ("ours", &ours["base_string"]),
        ("our signature", &ours["signature"]),
        ("theirs", &theirs["base_string"]),
        ("expected signature", &theirs["expected_signature"]),
    ] {
        if let Some(value) = value.as_str() {
            writeln!(text, "{label}: {value}\n").unwrap();
        }
    }
    for (label, value) in [("our time", &case["now"]), ("their time", &theirs["clock"])] {
        if !value.is_null() {
            writeln!(text, "{label}: {value}\n").unwrap();
        }
    }
    if !ours["request"].is_null() {
        writeln!(text, "request:\n{}\n", meant(&ours["request"], line)).unwrap();
    }
    if !ours["sent"].is_null() {
        let sent = &ours["sent"];
        writeln!(
            text,
            "sent:\n{} {}",
            sent["method"].as_str().unwrap(),
            url(&sent["url"])
        )
        .unwrap();
        header(&mut text, "Authorization", &sent["authorization"]);
        header(&mut text, "Content-Type", &sent["content_type"]);
        if let Some(body) = sent["body"].as_str() {
            write!(text, "Content-Length: {}\n\n{body}", body.len()).unwrap();
        }
        text += "\n\n";
    }
    let answer = &theirs["answer"];
    if !answer.is_null() {
        writeln!(text, "HTTP/1.1 {} Refused", answer["status"]).unwrap();
        for pair in answer["headers"].as_array().unwrap() {
            header(&mut text, pair[0].as_str().unwrap(), &pair[1]);
        }
        writeln!(text, "\n{}", answer["body"].as_str().unwrap()).unwrap();
    }
    text
}

/// The request that was meant, as a command line for curl.
fn meant(request: &Value, case: &str) -> String {
    let mut line = format!(
        "curl -X {} {} \\\n  -H 'Authorization: OAuth ",
        quoted(request["method"].as_str().unwrap()),
        quoted(&url(&request["url"]))
    );
    if let Some(realm) = request["realm"].as_str() {
        write!(line, "realm=\"{realm}\", ").unwrap();
    }
    let parameters = request["oauth"].as_object().unwrap().iter();
    let mut parameters: Vec<_> = parameters.collect();
    // Their order counts, but a `Value` does not have it.
    let object = case.find(r#""oauth":{"#).unwrap();
    parameters.sort_by_key(|(name, _)| case[object..].find(&format!("\"{name}\":")));
    let parameters = parameters.into_iter().map(|(name, value)| {
        let value = oauth1_signer::encode(value.as_str().unwrap());
        format!("{name}=\"{value}\"")
    });
    line += &parameters.collect::<Vec<_>>().join(", ");
    line += "'";
    for pair in request["form"].as_array().into_iter().flatten() {
        let (name, value) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        let field = format!("{}={value}", oauth1_signer::encode(name));
        write!(line, " \\\n  --data-urlencode {}", quoted(&field)).unwrap();
    }
    if let Some(body) = request["body"].as_str() {
        write!(line, " -H Content-Type:x/y --data-raw {}", quoted(body)).unwrap();
    }
    line
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A URL without the bytes that no request line has.
fn url(url: &Value) -> String {
    url.as_str().unwrap().replace(' ', "%20")
}

fn header(text: &mut String, name: &str, value: &Value) {
    if let Some(value) = value.as_str() {
        writeln!(text, "{name}: {value}").unwrap();
    }
}
