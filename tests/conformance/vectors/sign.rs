//! Whole requests: every stage from the URL to the header, and all three renderings.

use std::collections::BTreeMap;

use oauth1_signer::{
    BaseString, Callback, Realm, Request, Signed, Signer, Stamp, encode,
    signature_method::{SigningError, SigningKey},
};
use url::form_urlencoded;

use super::{
    Case, NO_FEATURE,
    Outcome::{self, Later, Passed},
    stages::{key, plaintext},
};

pub(super) fn sign(case: &Case) -> Outcome {
    let mut oauth: BTreeMap<String, String> = case.get("oauth");
    let nonce = oauth.remove("oauth_nonce");
    let stamp = match oauth.remove("oauth_timestamp").map(|text| text.parse()) {
        Some(Ok(timestamp)) => Some(Stamp::new(nonce.unwrap(), timestamp)),
        Some(Err(_)) => return Later("a timestamp that is no number"),
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
            return Later(NO_FEATURE);
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
