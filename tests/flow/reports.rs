//! What a server says went wrong, as servers say it.

use oauth1_signer::response::{Problem, ProblemReport, Response, Retry};
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
fn of_a_parameter_that_occurs_twice_the_first_counts() {
    let body = concat!(
        "oauth_problem=parameter_absent&oauth_problem=nonce_used",
        "&oauth_problem_advice=one&oauth_problem_advice=two",
        "&oauth_acceptable_versions=1.0-2.0&oauth_acceptable_versions=3.0-4.0",
        "&oauth_acceptable_timestamps=1-2&oauth_acceptable_timestamps=3-4",
        "&oauth_parameters_absent=a&oauth_parameters_absent=b",
        "&oauth_parameters_rejected=c%3D1&oauth_parameters_rejected=d%3D2",
        "&debug_sbs=GET%26e%26f&debug_sbs=GET%26g%26h",
    );
    let report = ProblemReport::parse(None, body.as_bytes()).unwrap();
    assert_eq!(report.problem(), &Problem::ParameterAbsent);
    assert_eq!(report.advice(), Some("one"));
    assert_eq!(report.acceptable_versions(), Some(("1.0", "2.0")));
    assert_eq!(report.acceptable_timestamps(), Some((1, 2)));
    assert_eq!(report.parameters_absent(), ["a"]);
    assert_eq!(
        report.parameters_rejected(),
        [("c".to_owned(), "1".to_owned())]
    );
    assert_eq!(report.base_string(), Some("GET&e&f"));
}

#[test]
fn a_base_string_that_is_not_there_swallows_nothing() {
    for body in [
        "debug_sbs&oauth_problem=nonce_used",
        "debug_sbs=&oauth_problem=nonce_used",
        "oauth_problem=nonce_used&debug_sbs",
    ] {
        let report = ProblemReport::parse(None, body.as_bytes()).unwrap();
        assert_eq!(report.problem(), &Problem::NonceUsed, "{body}");
        assert_eq!(report.base_string(), None, "{body}");
        let body = format!("{body}&debug_sbs=GET&http%3A%2F%2Fe.com%2F&a%3Db");
        let report = ProblemReport::parse(None, body.as_bytes()).unwrap();
        assert_eq!(
            report.base_string(),
            Some("GET&http%3A%2F%2Fe.com%2F&a%3Db"),
            "{body}"
        );
    }
}

const BASE: &str = "GET&http%3A%2F%2Fe.com%2F&a%3Db%26c%3Dd";

#[test]
fn a_base_string_is_found_wherever_it_is_in_a_refusal() {
    for answer in [
        "{}",
        "\n{}\n",
        "<pre>{}</pre>",
        "<html><body><h1>401</h1><pre>base string: {}</pre></body></html>",
        "&lt;pre&gt;{}&lt;/pre&gt;",
        r#"{"debug_sbs": "{}"}"#,
        r#"{"error": "x", "base_string":"{}","more":[]}"#,
        r#"{"Errors":{"Error":[{"Description":"OAuth signature did not match. The signature base string was {}","Details":null}]}}"#,
        r#"{"Errors":{"Error":[{"Details":"{}"}]}}"#,
        r#"{"message": "Expected signature base string: {}"}"#,
        "The signature base string was {}.",
        "Signature verification failed. Base string: {}",
        "OAuth signature did not match. Base string: {}\r\n",
        "We expected '{}'",
        "&http &http%3A &http%3A%2F%2F GET&http%3A%2F%2F {}",
    ] {
        for and in ["&", "&amp;", r"\u0026", "&#38;"] {
            let body = answer.replace("{}", &BASE.replace('&', and));
            for status in [400, 401, 403] {
                let report = Response::new(status, &body).report().unwrap();
                assert_eq!(report.base_string(), Some(BASE), "{body}");
                assert_eq!(report.problem(), &Problem::SignatureInvalid, "{body}");
            }
        }
    }
}

#[test]
fn a_base_string_in_an_answer_that_does_not_refuse_changes_nothing() {
    for status in [200, 204, 302, 408, 429, 500, 502, 503] {
        let response = Response::new(status, BASE);
        assert_eq!(response.report(), None);
        assert_eq!(response.retry(), Retry::advise(status, None));
    }
    assert_eq!(Response::new(401, BASE).retry(), Retry::Never);
    // What else is known counts more.
    let body = format!("Invalid nonce; base string: {BASE}");
    let response = Response::new(401, &body);
    assert_eq!(response.retry(), Retry::WithNewStamp);
    assert_eq!(response.report().unwrap().base_string(), Some(BASE));
}

#[test]
fn signatures_are_found_in_plain_words_and_not_shown() {
    let (ours, yours) = (
        "cEWvmwSskPc+LnpusZ6j+aUd5UQ=",
        "INmKfxDrAKCzr2Y+CCUw3JGqa+g=",
    );
    for body in [
        format!("Signature mismatch: expected {ours} but received {yours}"),
        format!(r#"{{"error":"invalid_signature","expected":"{ours}","received":"{yours}"}}"#),
    ] {
        let response = Response::new(401, &body);
        let report = response.report().unwrap();
        assert_eq!(report.expected_signature(), Some(ours));
        assert_eq!(report.received_signature(), Some(yours));
        let error = oauth1_signer::Token::from_response(response).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains(&ours[..8]) && !shown.contains(&yours[..8]),
            "{shown}"
        );
    }
}

const READ: usize = 64 * 1024;

#[test]
fn the_first_64_kib_of_a_body_are_read() {
    const PAIR: &str = "&oauth_problem=nonce_used";
    let body = |before: usize| format!("{}{PAIR}", "a".repeat(before));
    let read = |body: &str| ProblemReport::parse(None, body.as_bytes());
    let fits = body(READ - PAIR.len());
    let report = read(&fits).unwrap();
    assert_eq!(report.problem(), &Problem::NonceUsed);
    // Also if more follows, but not if it is the pair that is longer.
    assert_eq!(read(&(fits.clone() + "&x=y")), Some(report));
    assert_eq!(read(&(fits + "_")), None);
    assert_eq!(read(&body(READ + 1 - PAIR.len())), None);
    assert_eq!(read(&"a".repeat(READ + 1)), None);
}

#[test]
fn a_base_string_that_is_cut_off_is_not_read() {
    let beginning = "oauth_problem=signature_invalid&debug_sbs=GET&http%3A%2F%2Fe.com%2F&a%3D";
    let body = |length: usize| format!("{beginning}{}", "b".repeat(length - beginning.len()));
    for (length, read) in [(READ, true), (READ + 1, false)] {
        let report = ProblemReport::parse(None, body(length).as_bytes()).unwrap();
        assert_eq!(report.problem(), &Problem::SignatureInvalid);
        assert_eq!(report.base_string().is_some(), read, "{length}");
    }
}

#[test]
fn a_header_of_more_than_64_kib_is_not_read() {
    let header = |length: usize| {
        let report = r#"OAuth oauth_problem="nonce_used", realm=""#;
        format!("{report}{}", "x".repeat(length - report.len()))
    };
    assert_eq!(parsed(&header(READ)).problem(), &Problem::NonceUsed);
    let report =
        ProblemReport::parse(Some(&header(READ + 1)), b"oauth_problem=token_used").unwrap();
    assert_eq!(report.problem(), &Problem::TokenUsed);
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
        "parameter_rejected (token_secret=[...])"
    );
    for text in [format!("{report:?}"), format!("{report:#?}")] {
        assert!(!text.contains("hidden"), "{text}");
        assert!(text.contains("oauth_signature"), "{text}");
    }
    let report = ProblemReport::parse(None, b"oauth_problem=token_expired").unwrap();
    assert_eq!(report.to_string(), "token_expired");
}

#[test]
fn debug_of_a_report_says_what_it_says() {
    let body = concat!(
        "oauth_problem=version_rejected&oauth_problem_advice=Use+1.0",
        "&oauth_acceptable_versions=1.0-2.0&oauth_acceptable_timestamps=1-2",
        "&oauth_parameters_absent=a%26b&oauth_parameters_rejected=c%3D1%26d&debug_sbs=GET%26e%26f",
    );
    let report = ProblemReport::parse(None, body.as_bytes()).unwrap();
    assert_eq!(
        format!("{report:?}"),
        concat!(
            r#"ProblemReport { problem: VersionRejected, advice: Some("Use 1.0"), "#,
            r#"acceptable_versions: Some(("1.0", "2.0")), acceptable_timestamps: Some((1, 2)), "#,
            r#"parameters_absent: ["a", "b"], parameters_rejected: ["c", "d"], base_string_bytes: Some(7), server_time: None, .. }"#,
        )
    );
}

#[test]
fn texts_of_hostile_reports_are_short_and_hide_secrets() {
    let long = format!("secret: hidden {}", "x".repeat(1_000));
    let many = "a&".repeat(2_000);
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("oauth_problem", &long)
        .append_pair("oauth_problem_advice", &long)
        .append_pair("oauth_acceptable_versions", &format!("{long}-{long}"))
        .append_pair("oauth_parameters_absent", &format!("{long}&{many}"))
        .append_pair("oauth_parameters_rejected", &format!("{long}&{many}"))
        .finish();
    let report = ProblemReport::parse(None, body.as_bytes()).unwrap();
    assert_eq!(report.parameters_absent().len(), 2_001);
    for text in [
        report.to_string(),
        report.problem().to_string(),
        format!("{:?}", report.problem()),
        format!("{report:?}"),
        format!("{report:#?}"),
    ] {
        assert!(text.len() < 2_000, "{} bytes", text.len());
        assert!(!text.contains("hidden"), "{text}");
        assert!(text.contains("secret: [...]"), "{text}");
    }
    let names = |count: usize| {
        let names: Vec<_> = (0..count).map(|index| format!("n{index}")).collect();
        let body = format!(
            "oauth_problem=x&oauth_parameters_absent={}",
            names.join("%26")
        );
        let report = ProblemReport::parse(None, body.as_bytes()).unwrap();
        format!("{report:?}")
    };
    assert!(names(16).contains(r#""n14", "n15"], "#));
    assert!(names(17).contains(r#""n14", "n15", ..], "#));
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
