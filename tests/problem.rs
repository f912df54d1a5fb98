//! What a server says went wrong, as servers say it.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

use oauth1_signer::{Problem, ProblemReport};
use proptest::prelude::*;

fn parsed(header: &str) -> ProblemReport {
    ProblemReport::parse(Some(header), b"").unwrap()
}

#[test]
fn a_report_is_found_among_challenges() {
    for header in [
        r#"OAuth oauth_problem="nonce_used""#,
        "OAuth oauth_problem=nonce_used",
        r#"oauth oauth_problem="nonce_used",realm="x""#,
        r#"Basic realm="a, b", OAuth realm="c" , oauth_problem = "nonce_used""#,
        r#"OAuth realm="", oauth_problem="nonce_used", oauth_problem="token_used""#,
        r#"OAuth oauth_problem="nonce_used"#,
    ] {
        assert_eq!(parsed(header).problem(), &Problem::NonceUsed, "{header}");
    }
    assert_eq!(ProblemReport::parse(Some("OAuth"), b"Unauthorized"), None);
}

#[test]
fn values_in_a_header_are_encoded() {
    let report = parsed(
        r#"OAuth oauth_problem="parameter_rejected", oauth_problem_advice="one%20+%20two", oauth_parameters_rejected="a%3D1%2520%26b%3D", oauth_parameters_absent="c""#,
    );
    assert_eq!(report.advice(), Some("one + two"));
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        report.parameters_rejected(),
        [pair("a", "1 "), pair("b", "")]
    );
    assert_eq!(report.parameters_absent(), ["c"]);
}

#[test]
fn sentences_mean_what_they_mean() {
    for (sentence, problem) in [
        ("Timestamp is invalid", Problem::TimestampRefused),
        ("Invalid signature", Problem::SignatureInvalid),
        ("\n\n\nInvalid signature\n", Problem::SignatureInvalid),
        ("Missing Required Consumer Key", Problem::ConsumerKeyUnknown),
        ("Authentication failed nonce invalid", Problem::NonceUsed),
        (
            "Authentication failed timestamp invalid",
            Problem::TimestampRefused,
        ),
        (
            "Authentication failed signature check failed",
            Problem::SignatureInvalid,
        ),
    ] {
        let report = ProblemReport::from_sentence(sentence.as_bytes()).unwrap();
        assert_eq!(report.problem(), &problem, "{sentence}");
        assert_eq!(ProblemReport::parse(None, sentence.as_bytes()), None);
    }
    assert_eq!(ProblemReport::from_sentence(b"Unauthorized"), None);
}

#[test]
fn what_is_malformed_is_passed_over() {
    let body = b"oauth_problem=timestamp_refused&oauth_acceptable_timestamps=9-1&oauth_acceptable_versions=1&oauth_problem_advice=100%";
    let report = ProblemReport::parse(None, body).unwrap();
    assert_eq!(report.acceptable_timestamps(), None);
    assert_eq!(report.acceptable_versions(), None);
    assert_eq!(report.advice(), Some("100%"));
    let report = ProblemReport::parse(None, b"oauth_problem=x&debug_sbs=").unwrap();
    assert_eq!(report.base_string(), None);
    assert_eq!(report.problem(), &Problem::Other("x".into()));
}

#[test]
fn an_empty_problem_is_none() {
    assert_eq!(ProblemReport::parse(None, b"oauth_problem="), None);
    assert_eq!(
        parsed(r#"OAuth oauth_problem="", oauth_problem="nonce_used""#).problem(),
        &Problem::NonceUsed
    );
    // What stands in the body is read then.
    let header = Some(r#"OAuth oauth_problem="""#);
    let report = ProblemReport::parse(header, b"oauth_problem=token_used").unwrap();
    assert_eq!(report.problem(), &Problem::TokenUsed);
}

#[test]
fn texts_show_what_is_wrong_and_no_secrets() {
    let body = concat!(
        "oauth_problem=parameter_rejected&oauth_problem_advice=token_secret%3Dhidden+is+wrong",
        "&oauth_parameters_rejected=oauth_signature%3Dhidden%2526hidden",
        "&debug_sbs=GET&http%3A%2F%2Fexample.com%2F&x_auth_password%3Dhidden",
    );
    let report = ProblemReport::parse(None, body.as_bytes()).unwrap();
    assert_eq!(
        report.to_string(),
        "parameter_rejected (token_secret=[...] is wrong)"
    );
    for text in [format!("{report:?}"), format!("{report:#?}")] {
        assert!(!text.contains("hidden"), "{text}");
        assert!(text.contains("oauth_signature"), "{text}");
    }
    let report = ProblemReport::parse(None, b"oauth_problem=token_expired").unwrap();
    assert_eq!(report.to_string(), "token_expired");
}

proptest! {
    #[test]
    fn reading_never_panics(header in "\\PC*", body: Vec<u8>) {
        let _ = ProblemReport::parse(Some(&header), &body);
        let _ = ProblemReport::from_sentence(&body);
    }

    #[test]
    fn reading_of_what_looks_right_never_panics(
        header in r#"(OAuth |oauth_problem|=|"|,| |%|é|a){0,20}"#,
        body in "(oauth_problem|debug_sbs|oauth_acceptable_timestamps|oauth_parameters_rejected|=|&|%|%2|é|-|9){0,20}",
    ) {
        if let Some(report) = ProblemReport::parse(Some(&header), body.as_bytes()) {
            let _ = (format!("{report:?}"), report.to_string());
        }
    }

    #[test]
    fn reading_of_sentences_never_panics(
        body in "invalid signature(base string|sbs|: |GET|&|&http|%3A%2F%2F|&amp;|é|K|\\.|\"){0,20}",
    ) {
        let report = ProblemReport::from_sentence(body.as_bytes()).unwrap();
        if let Some(base_string) = report.base_string() {
            prop_assert!(base_string.contains("&http"), "{}", base_string);
        }
    }
}
