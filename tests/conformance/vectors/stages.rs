//! Single stages: an input, and what one step makes of it.

use oauth1_signer::{
    BaseString, Consumer, Parameters, Request, Signer, Target, encode,
    signature_method::{AnyKey, MethodError, Plaintext, SigningKey},
};

use super::{
    Case, NO_FEATURE,
    Outcome::{self, Later, Passed},
};

pub(super) fn encoding(case: &Case) -> Outcome {
    let octets = match case.get::<Option<String>>("input") {
        Some(text) => text.into_bytes(),
        None => from_hex(&case.get::<String>("input_hex")),
    };
    assert_eq!(encode(octets), case.get::<String>("encoded"), "{case}");
    Passed
}

pub(super) fn base_uri(case: &Case) -> Outcome {
    let url: String = case.get("url");
    let base_uri = Target::try_from(&url).ok().map(|target| target.base_uri());
    assert_eq!(base_uri, case.get("base_uri"), "{case}");
    assert_eq!(Request::get(&url).is_ok(), base_uri.is_some(), "{case}");
    Passed
}

/// Malformed escapes are refused, one of the two choices of D6.
pub(super) fn malformed_query(case: &Case) -> Outcome {
    let url: String = case.get("url");
    let error = Request::get(&url).unwrap_err().to_string();
    assert!(
        error.starts_with("malformed percent escape"),
        "{case}: {error}"
    );
    Passed
}

pub(super) fn normalize(case: &Case) -> Outcome {
    let normalized: String = case.get("normalized");
    if let Some(query) = case.get::<Option<String>>("query") {
        let parameters = Parameters::from_form_urlencoded(query.as_bytes()).unwrap();
        assert_eq!(parameters.to_string(), normalized, "{case}");
    } else {
        let params: Vec<(String, String)> = case.get("params");
        assert_eq!(
            Parameters::from_pairs(&params).to_string(),
            normalized,
            "{case}"
        );
    }
    Passed
}

pub(super) fn body_hash(case: &Case) -> Outcome {
    let body: String = case.get("body");
    let methods = match case.get::<String>("hash").as_str() {
        "SHA1" => &["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"][..],
        "SHA256" if cfg!(feature = "sha2") => &["HMAC-SHA256", "RSA-SHA256"],
        "SHA256" => return Later(NO_FEATURE),
        other => panic!("{case}: {other}"),
    };
    for method in methods {
        let hash = match Signer::with_key_elsewhere("key", None, method) {
            Ok(signer) => signer.body_hash(&body),
            Err(_) => Signer::plaintext(&Consumer::new("key", ""), None).body_hash(&body),
        };
        assert_eq!(
            hash.unwrap().as_str(),
            case.get::<String>("body_hash"),
            "{case}: {method}"
        );
    }
    Passed
}

pub(super) fn signature(case: &Case) -> Outcome {
    let text: String = case.get("base_string");
    let Some(key) = key(case) else {
        return Later(NO_FEATURE);
    };
    let signature = key.sign(&BaseString::from_text(&text));
    assert_eq!(
        signature.unwrap().expose_secret(),
        case.get::<String>("signature"),
        "{case}"
    );
    Passed
}

/// The key of a case, read or made by the name of its method.
pub(super) fn key(case: &Case) -> Option<AnyKey> {
    let method: String = case.get("signature_method");
    if let Some(file) = case.get::<Option<String>>("private_key") {
        return private_key(&method, &file);
    }
    if method == "PLAINTEXT" {
        return Some(AnyKey::new(plaintext(case).allow_insecure_transport()));
    }
    let (consumer_secret, token_secret) = secrets(case);
    match AnyKey::from_secrets(&method, &consumer_secret, &token_secret) {
        Err(MethodError::Feature { .. }) => None,
        key => Some(key.unwrap()),
    }
}

pub(super) fn plaintext(case: &Case) -> Plaintext {
    let (consumer_secret, token_secret) = secrets(case);
    Plaintext::new(&consumer_secret, &token_secret)
}

fn secrets(case: &Case) -> (String, String) {
    let token_secret: Option<String> = case.get("token_secret");
    (
        case.get("consumer_secret"),
        token_secret.unwrap_or_default(),
    )
}

#[cfg(feature = "rsa")]
#[allow(clippy::unnecessary_wraps)] // It is `None` without the feature.
fn private_key(method: &str, file: &str) -> Option<AnyKey> {
    let pem = support::files::read(&format!("vectors/keys/{file}"));
    Some(AnyKey::from_private_key(method, &pem).unwrap())
}

#[cfg(not(feature = "rsa"))]
fn private_key(_: &str, _: &str) -> Option<AnyKey> {
    None
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}
