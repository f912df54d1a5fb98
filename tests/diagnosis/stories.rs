//! The stories that people told in forums, in which a diagnosis would have ended the search.

use oauth1_signer::{
    diagnosis::{Certainty, Diagnosis, Evidence, Message},
    response::Response,
};

const REQUEST_TOKEN: &str = "GET&http%3A%2F%2Fwww.flickr.com%2Fservices%2Foauth%2Frequest_token&oauth_callback%3Dhttp%253A%252F%252Fwww.wackylabs.net%252Foauth%252Ftest%26oauth_consumer_key%3D768fe946d252b119746fda82e1599980%26oauth_nonce%3DC2F26CD5C075BA9050AD8EE90644CF29%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1316657628%26oauth_version%3D1.0";
const ACCESS_TOKEN: &str = "GET&http%3A%2F%2Fwww.flickr.com%2Fservices%2Foauth%2Faccess_token&oauth_consumer_key%3Dbe211209a5054354064bfec8fb0cada6%26oauth_nonce%3D35197928%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1327421466%26oauth_token%3D72157629013334217-4a83d8a75d6764d1%26oauth_verifier%3D755-955-488%26oauth_version%3D1.0";

/// Asserts that a code is the first finding, and that nothing but the parameter is named.
#[track_caller]
fn assert_proven(diagnosis: &Diagnosis, code: &str, parameter: Option<&str>) {
    let mut findings = diagnosis.findings().iter();
    let found = findings.find(|finding| finding.cause().code() == code);
    let Some(found) = found else {
        panic!("{code} is not found: {diagnosis:?}");
    };
    assert_eq!(found.certainty(), Certainty::Proven, "{diagnosis:?}");
    if let Some(parameter) = parameter {
        assert_eq!(found.parameters(), [parameter], "{diagnosis:?}");
    }
    let first = diagnosis.findings().first().unwrap();
    assert_eq!(first.cause().code(), code, "{diagnosis:?}");
    assert!(!diagnosis.is_unexplained());
}

/// "Below is the SBS": after the `%` of `oauth_token%3D`, `3D` is missing, and nobody saw it.
#[test]
fn the_digits_of_an_escape_are_missing() {
    let ours = "GET&http%3A%2F%2Fapi.netflix.com%2Foauth%2Faccess_token&oauth_consumer_key%3Dkey%26oauth_nonce%3D1110614947%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1228847130%26oauth_token%token1%26oauth_version%3D1.0";
    let alone = Evidence::new().our_base_string(ours).diagnose();
    assert_proven(&alone, "joined-wrongly", None);

    let theirs = ours.replace("oauth_token%", "oauth_token%3D");
    assert_proven(&Diagnosis::compare(ours, theirs), "joined-wrongly", None);
}

/// "The base string had www added to it."
#[test]
fn the_host_lacks_its_www() {
    let ours = ACCESS_TOKEN.replace("www.", "");
    let body = format!("oauth_problem=signature_invalid&debug_sbs={ACCESS_TOKEN}");
    let diagnosis = Evidence::new()
        .our_base_string(ours)
        .response(&Response::new(401, &body))
        .diagnose();
    assert_proven(&diagnosis, "host-www", None);
    let [finding] = diagnosis.findings() else {
        panic!("{diagnosis:?}");
    };
    assert_eq!(finding.ours(), Some("flickr.com"));
    assert_eq!(finding.theirs(), Some("www.flickr.com"));
}

/// "Here's my version": the URL has `&` where `?` belongs, so it has no query, and an odd path.
#[test]
fn an_ampersand_begins_the_query() {
    let url = "http://www.flickr.com/services/oauth/access_token&oauth_consumer_key=be211209a5054354064bfec8fb0cada6&oauth_nonce=35197928&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1327421466&oauth_token=72157629013334217-4a83d8a75d6764d1&oauth_verifier=755-955-488&oauth_version=1.0&oauth_signature=6FDW75A0amJrpnlR%2B85GkmnmTCg%3D";
    let diagnosis = Evidence::new()
        .our_base_string(ACCESS_TOKEN)
        .sent(Message::new("GET", url))
        .diagnose();
    assert_proven(&diagnosis, "path", None);
    let path = &diagnosis.findings()[0];
    assert_eq!(path.ours(), Some("/services/oauth/access_token"));
    assert!(
        path.theirs()
            .unwrap()
            .starts_with("/services/oauth/access_token&oauth_consumer_key=")
    );
}

/// "The output from your hash method gives a string of a different length to mine."
#[test]
fn the_digest_is_in_hexadecimal_digits() {
    let diagnosis = Evidence::new()
        .our_base_string(REQUEST_TOKEN)
        .our_signature("d1f84d1a5ce914d02c4e67bf8437d46f91cf0795")
        .diagnose();
    assert_proven(&diagnosis, "signature-hex", None);
}

/// "I'm unable to get `access_token` to work": it is `oauth_version`, and the documentation had another
/// such error.
#[test]
fn a_letter_of_a_name_is_missing() {
    let url = "http://api.netflix.com/oauth/access_token?auth_version=1.0&oauth_nonce=b0ae008de9a28ff1931ff4ec2b41d420&oauth_timestamp=1223052691&oauth_consumer_key=3z44pnwc4ynrxrba9btk8x7c&oauth_token=z75x9cpzqv5ksrt7dmt3eg5n&oauth_signature_method=HMAC-SHA1&oauth_signature=ypZtXEa0000000000000000MI%3D";
    let diagnosis = Evidence::new().sent(Message::new("GET", url)).diagnose();
    let typo = &diagnosis.findings()[0];
    assert_eq!(typo.cause().code(), "parameter-typo", "{diagnosis:?}");
    assert_eq!(typo.parameters(), ["oauth_version"]);
    assert!(typo.certainty() >= Certainty::Likely, "{diagnosis:?}");

    let ours = "GET&http%3A%2F%2Fapi.netflix.com%2Foauth%2Faccess_token&auth_version%3D1.0%26oauth_consumer_key%3Dkey%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1223052691";
    let theirs = "GET&http%3A%2F%2Fapi.netflix.com%2Foauth%2Faccess_token&oauth_consumer_key%3Dkey%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1223052691%26oauth_version%3D1.0";
    let diagnosis = Diagnosis::compare(ours, theirs);
    assert_proven(&diagnosis, "parameter-typo", Some("oauth_version"));
}

/// "HTTP request headers": the server reads `HMACSHA1` as what was meant.
#[test]
fn the_name_of_the_method_lacks_its_hyphen() {
    let theirs = REQUEST_TOKEN;
    let ours = theirs.replace("HMAC-SHA1", "HMACSHA1");
    let diagnosis = Diagnosis::compare(ours, theirs);
    assert_proven(&diagnosis, "method-name", Some("oauth_signature_method"));
}

/// `time.time()` is not a whole number in Python.
#[test]
fn the_timestamp_has_decimals() {
    let ours = REQUEST_TOKEN.replace("1316657628", "1316657628.48");
    let diagnosis = Evidence::new().our_base_string(ours).diagnose();
    assert_proven(&diagnosis, "time-not-integer", Some("oauth_timestamp"));
}

/// "Request URLs should NEVER contain an ending slash."
#[test]
fn the_path_ends_in_a_slash() {
    let theirs = "POST&http%3A%2F%2Fapi.photobucket.com%2Flogin%2Frequest&format%3Djson%26oauth_consumer_key%3Dkey%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1316657628%26oauth_version%3D1.0";
    let ours = theirs.replace("request&", "request%2F&");
    assert_proven(
        &Diagnosis::compare(ours, theirs),
        "path-trailing-slash",
        None,
    );
}

/// "You are sending each parameter twice": in the header and in the query.
#[test]
fn parameters_are_in_two_places() {
    let parameters = [
        ("oauth_consumer_key", "768fe946d252b119746fda82e1599980"),
        ("oauth_nonce", "C2F26CD5C075BA9050AD8EE90644CF29"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "1316657628"),
        ("oauth_version", "1.0"),
    ];
    let query: Vec<String> = parameters.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let header: Vec<String> = parameters
        .iter()
        .map(|(n, v)| format!("{n}=\"{v}\""))
        .collect();
    let ours = format!(
        "GET&http%3A%2F%2Fwww.flickr.com%2Fservices%2Frest&{}",
        query.join("%26").replace('=', "%3D")
    );
    let url = format!("http://www.flickr.com/services/rest?{}", query.join("&"));
    let header = format!("OAuth {}, oauth_signature=\"c2ln\"", header.join(", "));
    let diagnosis = Evidence::new()
        .our_base_string(ours)
        .sent(Message::new("GET", url).authorization(header))
        .diagnose();
    assert_proven(&diagnosis, "oauth-parameters-twice", None);
}

/// "If you base string matches exactly the `debug_sbs` then you either have the secret wrong": it was
/// the secret of the token.
#[test]
fn the_strings_are_the_same() {
    let body = format!("oauth_problem=signature_invalid&debug_sbs={ACCESS_TOKEN}");
    let diagnosis = Evidence::new()
        .our_base_string(ACCESS_TOKEN)
        .our_signature("6FDW75A0amJrpnlR+85GkmnmTCg=")
        .response(&Response::new(401, &body))
        .diagnose();
    assert!(diagnosis.base_strings_are_equal());
    let codes: Vec<&str> = diagnosis
        .findings()
        .iter()
        .map(|f| f.cause().code())
        .collect();
    assert!(codes.contains(&"key-wrong"), "{diagnosis:?}");
    assert!(
        diagnosis
            .findings()
            .iter()
            .all(|f| f.certainty() < Certainty::Proven),
        "{diagnosis:?}"
    );
}
