//! Every case of the conformance vectors in `tests/vectors/`, stage by stage.

use std::{collections::BTreeMap, fs, path::Path};

use oauth1_signer::flow::{Endpoints, Flow, Redirect};
use oauth1_signer::response::{ProblemReport, Response, ResponseError};
use oauth1_signer::signature_method::{AnyKey, MethodError, Plaintext, SigningError, SigningKey};
use oauth1_signer::{
    BaseString, Callback, Consumer, Parameters, Realm, Request, Signed, Signer, Stamp, Target,
    Temporary, encode,
};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// The files, how each case is checked, and what is left for later by reason and number.
const FILES: &[(&str, Check, Left)] = &[
    ("auth_header.json", later, &[("another stage", 25)]),
    ("authorize_url.json", authorize_url, &[]),
    ("base_uri.json", base_uri, &[]),
    ("body_hash.json", body_hash, &[]),
    ("callback.json", callback, &[]),
    ("encode.json", encoding, &[]),
    ("error_response.json", error_response, &[]),
    ("malformed_query.json", malformed_query, &[]),
    ("normalize.json", normalize, &[]),
    ("sign_edge.json", sign, &[]),
    (
        "sign_published.json",
        sign,
        &[("a timestamp that is no number", 1)],
    ),
    ("sign_random.json", sign, &[]),
    ("sign_services.json", sign, &[]),
    ("signature.json", signature, &[]),
    ("token_response.json", token_response, &[]),
    ("verify.json", later, &[("another stage", 99)]),
];

/// Why a case is left where the crate is built without a method.
const NO_FEATURE: &str = "a feature that is not there";

/// What is left for later, by reason and number.
type Left = &'static [(&'static str, usize)];

type Check = fn(&Case) -> Outcome;

enum Outcome {
    Passed,
    Later(String),
}

use Outcome::{Later, Passed};

#[test]
fn every_case_of_every_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let mut present: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|name| name == "json")
        })
        .collect();
    present.sort();
    let known: Vec<&str> = FILES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(present, known, "every file is checked, and only those");

    for (file, check, left) in FILES {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let (mut passed, mut later) = (0, BTreeMap::new());
        for case in &cases {
            let case = Case(case);
            match check(&case) {
                Passed => passed += 1,
                Later(reason) => *later.entry(reason).or_insert(0) += 1,
            }
        }
        if !cfg!(all(feature = "sha2", feature = "rsa")) {
            later.remove(NO_FEATURE);
        }
        let left: BTreeMap<_, _> = left
            .iter()
            .map(|(reason, count)| ((*reason).to_owned(), *count))
            .collect();
        assert_eq!(later, left, "{file}: what is left for later");
        println!("{file}: {passed} of {} cases passed", cases.len());
    }
}

/// One case; whatever fails names it.
struct Case<'a>(&'a serde_json::Value);

impl Case<'_> {
    fn get<T: DeserializeOwned>(&self, key: &str) -> T {
        T::deserialize(&self.0[key]).unwrap_or_else(|error| panic!("{self}: {key}: {error}"))
    }
}

impl std::fmt::Display for Case<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0["name"])
    }
}

/// Files of stages that do not exist yet.
fn later(case: &Case) -> Outcome {
    let _: String = case.get("name");
    Later("another stage".into())
}

fn encoding(case: &Case) -> Outcome {
    let octets = match case.get::<Option<String>>("input") {
        Some(text) => text.into_bytes(),
        None => from_hex(&case.get::<String>("input_hex")),
    };
    assert_eq!(encode(octets), case.get::<String>("encoded"), "{case}");
    Passed
}

fn base_uri(case: &Case) -> Outcome {
    let url: String = case.get("url");
    let base_uri = Target::try_from(&url).ok().map(|target| target.base_uri());
    assert_eq!(base_uri, case.get("base_uri"), "{case}");
    assert_eq!(Request::get(&url).is_ok(), base_uri.is_some(), "{case}");
    Passed
}

/// Malformed escapes are refused, one of the two choices of D6.
fn malformed_query(case: &Case) -> Outcome {
    let url: String = case.get("url");
    let error = Request::get(&url).unwrap_err().to_string();
    assert!(
        error.starts_with("malformed percent escape"),
        "{case}: {error}"
    );
    Passed
}

fn normalize(case: &Case) -> Outcome {
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

fn body_hash(case: &Case) -> Outcome {
    let body: String = case.get("body");
    let methods = match case.get::<String>("hash").as_str() {
        "SHA1" => &["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"][..],
        "SHA256" if cfg!(feature = "sha2") => &["HMAC-SHA256", "RSA-SHA256"],
        "SHA256" => return Later(NO_FEATURE.into()),
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

fn signature(case: &Case) -> Outcome {
    let text: String = case.get("base_string");
    let Some(key) = key(case) else {
        return Later(NO_FEATURE.into());
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
fn key(case: &Case) -> Option<AnyKey> {
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

fn plaintext(case: &Case) -> Plaintext {
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/keys");
    let pem = fs::read(folder.join(file)).unwrap();
    Some(AnyKey::from_private_key(method, &pem).unwrap())
}

#[cfg(not(feature = "rsa"))]
fn private_key(_: &str, _: &str) -> Option<AnyKey> {
    None
}

fn sign(case: &Case) -> Outcome {
    let mut oauth: BTreeMap<String, String> = case.get("oauth");
    let nonce = oauth.remove("oauth_nonce");
    let stamp = match oauth.remove("oauth_timestamp").map(|text| text.parse()) {
        Some(Ok(timestamp)) => Some(Stamp::new(nonce.unwrap(), timestamp)),
        Some(Err(_)) => return Later("a timestamp that is no number".into()),
        None => {
            assert_eq!(nonce, None, "{case}");
            None
        }
    };
    let method = oauth.remove("oauth_signature_method").unwrap();
    assert_eq!(method, case.get::<String>("signature_method"), "{case}");

    let consumer_key = oauth.remove("oauth_consumer_key").unwrap();
    let token = oauth.remove("oauth_token");
    let version = oauth.remove("oauth_version");
    assert!(
        version.is_none() || version.as_deref() == Some("1.0"),
        "{case}"
    );
    let realm = case.get::<Option<String>>("realm");
    let realm = realm.map(|realm| Realm::new(realm).unwrap());

    let (http_method, url): (String, String) = (case.get("method"), case.get("url"));
    let form: Option<Vec<(String, String)>> = case.get("form");
    let callback = oauth.remove("oauth_callback");
    let code = oauth.remove("oauth_verifier");
    let mut request = Request::new(&http_method, &url).unwrap();
    if let Some(form) = &form {
        request = request.form(form).unwrap();
    }
    if let Some(callback) = &callback {
        request = request.callback(match callback.as_str() {
            "oob" => Callback::OutOfBand,
            url => Callback::Url(url),
        });
    }
    if let Some(code) = &code {
        request = request.verification_code(code);
    }
    for (name, value) in &oauth {
        request = request.protocol_parameter(name, value).unwrap();
    }
    let standing = (
        consumer_key.as_str(),
        token.as_deref(),
        version.is_some(),
        realm.as_ref(),
    );
    let (any, unstamped);
    let signed = if let Some(stamp) = stamp {
        let Some(key) = key(case) else {
            return Later(NO_FEATURE.into());
        };
        any = signer(key, standing);
        any.try_sign(&request, stamp).unwrap()
    } else {
        assert_eq!(method, "PLAINTEXT", "{case}");
        let key = plaintext(case).allow_insecure_transport();
        unstamped = signer(key, standing);
        unstamped.sign_without_stamp(&request).unwrap()
    };
    check_stages(case, &request, &signed);
    check_renderings(case, &request, &signed);

    if method == "PLAINTEXT" {
        // Without the explicit permission, over https only.
        let signer = signer(plaintext(case), standing);
        let signed_again = signer.sign_without_stamp(&request);
        if url.starts_with("https:") {
            assert!(signed_again.is_ok(), "{case}");
        } else {
            assert_eq!(
                signed_again.unwrap_err(),
                SigningError::InsecureTransport,
                "{case}"
            );
        }
    }

    // The same form, as the bytes that are sent.
    if let Some(form) = &form {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let again = Request::new(&http_method, &url)
            .unwrap()
            .form_bytes(&body)
            .unwrap();
        let base_string = BaseString::new(&http_method, again.target(), signed.parameters());
        assert_eq!(
            base_string.to_string(),
            signed.base_string().to_string(),
            "{case}"
        );
        assert_eq!(again.form_body().to_string(), body, "{case}");
    }
    Passed
}

fn signer<K: SigningKey>(
    key: K,
    (consumer_key, token, version, realm): (&str, Option<&str>, bool, Option<&Realm>),
) -> Signer<K> {
    let mut signer = Signer::with_key(consumer_key, token, key);
    if !version {
        signer = signer.without_version();
    }
    match realm {
        Some(realm) => signer.with_realm(realm.clone()),
        None => signer,
    }
}

/// The stages of the pipeline, in its order.
fn check_stages(case: &Case, request: &Request, signed: &Signed) {
    let expected = Case(&case.0["expected"]);
    assert_eq!(
        request.target().base_uri(),
        expected.get::<String>("base_uri"),
        "{case}: base string URI"
    );
    assert_eq!(
        signed.parameters().to_string(),
        expected.get::<String>("parameters"),
        "{case}: normalized parameters"
    );
    // PLAINTEXT has none that it would sign.
    if let Some(base_string) = expected.get::<Option<String>>("base_string") {
        assert_eq!(
            signed.base_string().to_string(),
            base_string,
            "{case}: base string"
        );
    }
    assert_eq!(
        signed.signature().expose_secret(),
        expected.get::<String>("signature"),
        "{case}: signature"
    );
    let header = signed.authorization_header().to_value();
    assert_eq!(header, signed.authorization_header().to_string(), "{case}");
    assert_eq!(
        header_parameters(&header),
        expected.get::<Vec<String>>("authorization"),
        "{case}: header"
    );
}

/// All three renderings carry the same protocol parameters, and the query and the form lose
/// nothing of what was there.
fn check_renderings(case: &Case, request: &Request, signed: &Signed) {
    let sent: Vec<(String, String)> = signed
        .protocol_parameters()
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let header: Vec<String> = sent
        .iter()
        .map(|(name, value)| format!("{}=\"{}\"", encode(name), encode(value)))
        .collect();
    let value = signed.authorization_header().to_value();
    let mut written = header_parameters(&value);
    written.retain(|parameter| !parameter.starts_with("realm="));
    assert_eq!(written, header, "{case}: header");

    let url = signed.query().to_url();
    let parsed = url::Url::parse(&url).unwrap();
    assert_eq!(
        parsed.as_str(),
        url,
        "{case}: a parser leaves the URL alone"
    );
    let query = request.target().query().unwrap_or_default();
    let signed_query = parsed.query().unwrap();
    let appended = signed_query.strip_prefix(query).unwrap();
    assert!(!appended.contains('+'), "{case}: {appended}");
    assert_eq!(pairs(appended), sent, "{case}: query");
    assert_eq!(signed.query().to_string(), signed_query, "{case}: query");

    let form = request.form_body().to_string();
    let body = signed.form_body().to_string();
    assert!(!body.contains('+'), "{case}: {body}");
    assert_eq!(
        pairs(body.strip_prefix(&form).unwrap()),
        sent,
        "{case}: form"
    );
    let given: Option<Vec<(String, String)>> = case.get("form");
    assert_eq!(pairs(&form), given.unwrap_or_default(), "{case}: form");
}

fn header_parameters(header: &str) -> Vec<String> {
    // No value in the vectors has a comma in its quotation marks.
    let mut parameters: Vec<String> = header
        .strip_prefix("OAuth ")
        .unwrap()
        .split(',')
        .map(|parameter| parameter.trim().to_owned())
        .collect();
    parameters.sort();
    parameters
}

fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn error_response(case: &Case) -> Outcome {
    let www_authenticate: Option<String> = case.get("www_authenticate");
    let body: Option<String> = case.get("body");
    let body = body.unwrap_or_default();
    let report = ProblemReport::parse(www_authenticate.as_deref(), body.as_bytes());
    assert_eq!(report.is_some(), !case.0["expected"].is_null(), "{case}");
    let Some(report) = report else {
        return Passed;
    };
    let owned = |(low, high): (&str, &str)| (low.to_owned(), high.to_owned());
    let expected = Case(&case.0["expected"]);
    assert_eq!(
        report.problem().as_str(),
        expected.get::<String>("problem"),
        "{case}"
    );
    assert_eq!(
        report.advice().map(str::to_owned),
        expected.get::<Option<String>>("advice"),
        "{case}"
    );
    assert_eq!(
        report.acceptable_versions().map(owned),
        expected.get::<Option<(String, String)>>("acceptable_versions"),
        "{case}"
    );
    assert_eq!(
        report.acceptable_timestamps(),
        expected.get::<Option<(u64, u64)>>("acceptable_timestamps"),
        "{case}"
    );
    assert_eq!(
        report.parameters_absent(),
        expected.get::<Vec<String>>("parameters_absent"),
        "{case}"
    );
    assert_eq!(
        report.parameters_rejected(),
        expected.get::<Vec<(String, String)>>("parameters_rejected"),
        "{case}"
    );
    assert_eq!(
        report.base_string().map(str::to_owned),
        expected.get::<Option<String>>("debug_sbs"),
        "{case}"
    );
    Passed
}

fn flow(authorize: &str) -> Flow {
    let url = "https://example.com/";
    let endpoints = Endpoints::new(url, authorize, url).unwrap();
    Flow::new(Consumer::new("key", "secret"), endpoints)
}

fn authorize_url(case: &Case) -> Outcome {
    let extra: Vec<(String, String)> = case.get("extra");
    let extra: Vec<(&str, &str)> = extra.iter().map(|(n, v)| (&**n, &**v)).collect();
    let temporary = Temporary::new(case.get::<String>("oauth_token"), "secret");
    let url = flow(&case.get::<String>("endpoint")).authorize_url(&temporary, &extra);
    assert_eq!(url, case.get::<String>("url"), "{case}");
    Passed
}

fn callback(case: &Case) -> Outcome {
    let redirect = Redirect::parse(&case.get::<String>("url"));
    assert_eq!(redirect.is_ok(), !case.0["expected"].is_null(), "{case}");
    if let Ok(redirect) = redirect {
        let expected = Case(&case.0["expected"]);
        let token: String = expected.get("oauth_token");
        assert_eq!(redirect.token(), token, "{case}");
        let code = redirect.code_for(&Temporary::new(token, "")).unwrap();
        let expected: String = expected.get("oauth_verifier");
        assert_eq!(code.expose_secret(), expected, "{case}");
    }
    Passed
}

/// Every case as an answer to the first leg and to the last.
fn token_response(case: &Case) -> Outcome {
    let flow = flow("https://example.com/");
    let body: String = case.get("body");
    let answer = Response::new(200, &body);
    let first = flow.temporary(Callback::OutOfBand);
    let last = flow.token_without_code(Temporary::new("", ""));
    let token = last.accept(answer);
    assert_eq!(token.is_ok(), !case.0["expected"].is_null(), "{case}");
    let Ok(token) = token else {
        assert!(first.accept(answer).is_err(), "{case}");
        return Passed;
    };
    let expected = Case(&case.0["expected"]);
    let extra: Vec<(String, String)> = expected.get("extra");
    let extra: Vec<(&str, &str)> = extra.iter().map(|(n, v)| (&**n, &**v)).collect();
    assert_eq!(token.fields().iter().collect::<Vec<_>>(), extra, "{case}");
    let secret: String = expected.get("oauth_token_secret");
    assert_eq!(token.expose_secret(), secret, "{case}");
    assert_eq!(
        token.token(),
        expected.get::<String>("oauth_token"),
        "{case}"
    );

    match expected.get("callback_confirmed") {
        Some(true) => assert!(first.accept(answer).is_ok(), "{case}"),
        None | Some(false) => assert_eq!(
            first.accept(answer).unwrap_err(),
            ResponseError::CallbackNotConfirmed,
            "{case}"
        ),
    }
    let temporary = first.without_confirmation().accept(answer).unwrap();
    assert_eq!(temporary.token(), token.token(), "{case}");
    assert_eq!(temporary.expose_secret(), secret, "{case}");
    assert_eq!(
        temporary.fields().iter().collect::<Vec<_>>(),
        extra,
        "{case}"
    );
    Passed
}
