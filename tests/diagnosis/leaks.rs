//! What reports are silent about: secrets always, and without `{:#}` tokens, keys, and whatever is the
//! same on both sides.

mod generated;

use std::collections::BTreeSet;

use oauth1_signer::{
    diagnosis::{Diagnosis, Evidence},
    encode,
};
use serde_json::Value;
use support::{secrets::Secrets, shown};

use crate::cases::read;

/// What must not be shown at all, and what only `{:#}` may show.
#[derive(Debug, Default)]
struct Hidden {
    secret: BTreeSet<String>,
    confidential: BTreeSet<String>,
}

impl Hidden {
    /// Panics if anything is shown that must not be.
    #[track_caller]
    fn check(&self, name: &str, evidence: &Evidence) {
        let diagnosis = evidence.diagnose();
        let secrets = all_levels(&self.secret);
        let both = all_levels(&self.secret).and(all_levels(&self.confidential));
        let everything = |text: &str| {
            assert_eq!(secrets.found_in(text), None, "{name}:\n{text}");
        };
        let masked = |text: &str| assert_eq!(both.found_in(text), None, "{name}:\n{text}");
        let of_one = |shown: shown::Shown, all: String| {
            shown.texts().for_each(masked);
            everything(&all);
        };
        of_one(shown!(evidence), String::new());
        of_one(shown!(diagnosis), format!("{diagnosis:#}"));
        for finding in diagnosis.findings() {
            of_one(shown!(finding), format!("{finding:#}"));
            masked(&finding.title());
            masked(&finding.help());
        }
    }
}

/// Texts that are not, once, twice or three times encoded.
fn all_levels(texts: &BTreeSet<String>) -> Secrets {
    let texts = texts
        .iter()
        .flat_map(|text| [text.clone(), encode(text), text.replace(' ', "+")]);
    let texts: Vec<String> = texts.collect();
    Secrets::new(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn no_case_shows_a_secret() {
    let values: Vec<Value> = support::files::cases("../diagnosis/cases.json");
    for (value, case) in values.iter().zip(read()) {
        let mut hidden = Hidden::default();
        hidden.add_case(value);
        hidden.check(&case.name, &case.evidence());
    }
}

impl Hidden {
    fn add_case(&mut self, case: &Value) {
        let text = |path: &str| {
            case.pointer(path)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        for path in [
            "/credentials/consumer_secret",
            "/credentials/token_secret",
            "/theirs/expected_signature",
            "/theirs/received_signature",
            "/ours/signature",
            "/answer_holds/expected_signature",
        ] {
            self.add_secret(text(path));
        }
        let empty = serde_json::Map::new();
        let oauth = case
            .pointer("/ours/request/oauth")
            .and_then(Value::as_object);
        for (name, value) in oauth.unwrap_or(&empty) {
            self.add_parameter(name, value.as_str().unwrap_or_default());
        }
        let form = case.pointer("/ours/request/form").and_then(Value::as_array);
        for pair in form.into_iter().flatten() {
            self.add_parameter(pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        }
        let theirs = [
            text("/theirs/base_string"),
            text("/answer_holds/base_string"),
        ]
        .concat();
        self.add_equal(text("/ours/base_string"), &theirs);
    }

    fn add_secret(&mut self, text: &str) {
        if is_rare(text) {
            self.secret.insert(text.into());
        }
    }

    fn add_parameter(&mut self, name: &str, value: &str) {
        let is_account = ["oauth_token", "oauth_consumer_key", "oauth_verifier"].contains(&name);
        if name.contains("password") {
            self.add_secret(value);
        } else if is_account && is_rare(value) {
            self.confidential.insert(value.into());
        }
    }

    /// Adds the values that are the same in two base strings.
    fn add_equal(&mut self, ours: &str, theirs: &str) {
        let ours: BTreeSet<_> = pairs(ours).collect();
        for (name, value) in pairs(theirs).filter(|pair| ours.contains(pair)) {
            if is_rare(&value) && !["oauth_signature_method", "oauth_version"].contains(&&*name) {
                self.confidential.insert(value);
            }
        }
    }
}

/// The decoded parameters of a base string.
fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let third = text.splitn(3, '&').nth(2).unwrap_or_default();
    let pairs = third.split("%26").filter_map(|pair| pair.split_once("%3D"));
    pairs.map(|(name, value)| (decoded_twice(name), decoded_twice(value)))
}

fn decoded_twice(text: &str) -> String {
    let decoded = |text: &str| -> String {
        // A form is decoded, but for its plus signs.
        let text = text.replace('+', "%2B").replace('&', "%26");
        let pairs = url::form_urlencoded::parse(text.as_bytes());
        pairs.map(|(name, _)| name.into_owned()).collect()
    };
    decoded(&decoded(text))
}

/// Whether a text is nowhere by chance: the words of the reports themselves are not looked for.
fn is_rare(text: &str) -> bool {
    const WORDS: [&str; 6] = [
        "secret",
        "private",
        "original",
        "example",
        "client_auth",
        "about:blank",
    ];
    text.len() >= 6 && !WORDS.contains(&text)
}

/// A report that shows something fails these tests.
#[test]
fn what_is_hidden_would_be_found() {
    let theirs = "GET&https%3A%2F%2Fa%2F&q%3Dtwo%2520words";
    let evidence = Evidence::new().our_base_string("GET&https%3A%2F%2Fa%2F&q%3Dtwo%2Bwords");
    let diagnosis = evidence.their_base_string(theirs).diagnose();
    let mut hidden = Hidden::default();
    hidden.add_equal(theirs, theirs);
    let found = |diagnosis: &Diagnosis| {
        let all = all_levels(&hidden.confidential);
        all.found_in(&format!("{diagnosis:#}")).is_some()
    };
    assert!(found(&diagnosis));
}
