//! Answers of real servers, as they were pasted into threads: what is read from each.

use oauth1_signer::{
    Token,
    response::{Clock, Problem, ProblemReport, Response, Retry},
};

const TEXT: &str = "GET&https%3A%2F%2Fe.com%2F&a%3D1%26b%3D%2520";

fn report(body: &str) -> ProblemReport {
    Response::new(401, body).report().expect(body)
}

fn other(name: &str) -> Problem {
    Problem::Other(name.to_owned())
}

#[test]
fn base_strings_are_read_in_the_wrapping_of_each_server() {
    let json = TEXT.replace('&', r"\u0026");
    let html = TEXT.replace('&', "&amp;");
    let once = oauth1_signer::encode(TEXT);
    let nested = oauth1_signer::encode(format!("oauth_problem=signature_invalid&debug_sbs={TEXT}"));
    for body in [
        format!("oauth_problem=signature_invalid&debug_sbs={TEXT}"),
        format!("oauth_problem=signature_invalid&debug_sbs={once}"),
        format!("debug_sbs={once}&oauth_problem=signature_invalid"),
        format!("oauth_error=1000&oauth_error_message={nested}"),
        format!(
            r#"{{"Errors":{{"Error":[{{"Source":"Gateway","ReasonCode":"AUTHENTICATION_FAILED","Description":"OAuth signatures did not match. Acceptable signature base string: {TEXT}","Recoverable":false}}]}}}}"#
        ),
        format!(
            r#"{{"Errors":{{"Error":[{{"Description":"OAuth Signature parameter failed verification. Acceptable signature base string: {TEXT}"}}]}}}}"#
        ),
        format!(
            r#"{{"error": {{"text": "Signature was invalid", "id": "INVALID_SIGNATURE", "description": "Invalid signature. Expected signature base string: {json}"}}}}"#
        ),
        format!(
            "<html><body><h1>401 Unauthorized</h1><p>Invalid signature. Expected signature base string: {html}</p></body></html>"
        ),
        format!("Illegal signaure. Expected signature base string: {TEXT}"),
        format!(r#"{{"error":"oauth_problem=signature_invalid\u0026debug_sbs={json}"}}"#),
    ] {
        let report = report(&body);
        assert_eq!(report.problem(), &Problem::SignatureInvalid, "{body}");
        assert_eq!(report.base_string(), Some(TEXT), "{body}");
        assert_eq!(report.expected_signature(), None, "{body}");
    }
}

/// RFC 5849 encodes the method, which may be any token.
#[test]
fn a_base_string_may_begin_with_an_odd_method() {
    for method in ["V%7CW", "M-SEARCH", "P%2BQ", "get"] {
        let text = TEXT.replace("GET", method);
        let body = format!("Invalid signature. Expected signature base string: {text}");
        assert_eq!(report(&body).base_string(), Some(&*text));
    }
}

#[test]
fn signatures_are_read_in_the_words_of_each_server() {
    let (expected, received) = (
        "3C+PbkkhnfJYwJiQZV/XuHTVXKE=",
        "INmKfxDrAKCzr2Y+CCUw3JGqa+g=",
    );
    let lost = "INmKfxDrAKCzr2Y CCUw3JGqa g=";
    for (body, received) in [
        (
            format!("oauth_signature [{received}] does not match expected value [{expected}]"),
            Some(received),
        ),
        (
            format!("Expected value \"{expected}\". Received value \"{lost}\""),
            Some(lost),
        ),
        (
            format!("Invalid signature ours= {expected} yours= {received}"),
            Some(received),
        ),
        (
            format!("oauth_problem=signature_invalid&debug_sbs={expected}"),
            None,
        ),
        (
            format!(
                "debug_sbs={}&oauth_problem=signature_invalid",
                oauth1_signer::encode(expected)
            ),
            None,
        ),
        (
            format!(
                r#"{{"message":"Expected value \"{}\""}}"#,
                expected.replace('/', r"\/")
            ),
            None,
        ),
    ] {
        let report = report(&body);
        assert_eq!(report.problem(), &Problem::SignatureInvalid, "{body}");
        assert_eq!(report.expected_signature(), Some(expected), "{body}");
        assert_eq!(report.received_signature(), received, "{body}");
        assert_eq!(report.base_string(), None, "{body}");
        // Whoever knows the expected signature can send the request.
        let shown = format!("{report:?} {report:#?} {report}");
        assert!(!shown.contains(&expected[..8]), "{shown}");
        assert!(
            !shown.contains(&received.unwrap_or("INmKfxDr")[..8]),
            "{shown}"
        );
    }
}

/// Whoever knows the expected signature can send the request, so no error shows it.
#[test]
fn errors_do_not_show_the_signatures_that_a_server_compares() {
    let signature = "cEWvmwSskPc+LnpusZ6j+aUd5UQ=";
    for body in [
        r#"{"message":"Expected value \"SIGNATURE\". Received value \"SIGNATURE\""}"#,
        "<p>Expected value &quot;SIGNATURE&quot;</p>",
        "oauth_signature [SIGNATURE] does not match expected value [SIGNATURE]",
        r#"{"error": "oauth_signature [x] does not match expected value [cEWvmwSskPc+LnpusZ6j+aUd5UQ\u003d]"}"#,
        "Invalid signature ours= SIGNATURE yours= SIGNATURE",
        "oauth_problem=signature_invalid&debug_sbs=SIGNATURE",
        "debug_sbs=cEWvmwSskPc%2BLnpusZ6j%2BaUd5UQ%3D",
        "debug_sbs: SIGNATURE",
    ] {
        let body = body.replace("SIGNATURE", signature);
        for status in [200, 401, 500] {
            let error = Token::from_response(Response::new(status, &body)).unwrap_err();
            let shown = format!("{error} {error:?} {error:#?}");
            assert!(!shown.contains("cEWvmw"), "{body}: {shown}");
        }
    }
}

/// Some servers call an expired timestamp an invalid signature.
#[test]
fn times_are_read_and_count_more_than_the_signature() {
    let (received, now) = (1_326_837_029, 1_326_841_425);
    for body in [
        format!(
            "Expired timestamp: given {received} and now {now} has a greater difference than threshold 300"
        ),
        format!("Expired timestamp, yours {received}, ours {now}"),
        format!(
            r#"{{"error":{{"text":"Signature was invalid","id":"INVALID_SIGNATURE","description":"Expired timestamp: given {received} and now {now} has a greater difference than threshold 300"}}}}"#
        ),
        format!(
            r#"{{"error":{{"developer_message":"Expired timestamp, yours {received}, ours {now} (threshold 300).","reason_stack":["invalid_oauth_request","invalid_timestamp"],"status":400,"yours":"{received}","ours":{now},"difference":4396,"threshold":300}}}}"#
        ),
        format!("yours: {received}, ours: {now}"),
    ] {
        let report = report(&body);
        assert_eq!(report.problem(), &Problem::TimestampRefused, "{body}");
        assert_eq!(report.received_timestamp(), Some(received), "{body}");
        assert_eq!(report.server_time(), Some(now), "{body}");
        let response = Response::new(401, &body).date(Some("Sat, 11 Oct 2008 06:23:08 GMT"));
        assert_eq!(response.retry(), Retry::WithCorrectedClock);
        let mut clock = Clock::new();
        clock.learn_from_response_at(&response, received).unwrap();
        assert_eq!(clock.time(received), now);
    }
}

#[test]
fn codes_and_sentences_mean_what_they_mean() {
    for (body, problem) in [
        (
            r#"[{"code":"json_oauth1_signature_mismatch","message":"OAuth signature does not match"}]"#,
            Problem::SignatureInvalid,
        ),
        (
            r#"{"code":"woocommerce_rest_authentication_error","message":"Invalid signature - provided signature does not match.","data":{"status":401}}"#,
            Problem::SignatureInvalid,
        ),
        (
            r#"{"code":"woocommerce_rest_authentication_error","message":"Invalid timestamp.","data":{"status":401}}"#,
            Problem::TimestampRefused,
        ),
        (
            r#"{"code":"woocommerce_rest_authentication_error","message":"Invalid nonce - nonce has already been used.","data":{"status":401}}"#,
            Problem::NonceUsed,
        ),
        (
            r#"{"message":"The signature is invalid. Verify and try again."}"#,
            Problem::SignatureInvalid,
        ),
        (
            r#"{"errorCode":401300,"message":"Signature mismatch. Authorization signature or client credential is wrong."}"#,
            Problem::SignatureInvalid,
        ),
        (
            "error=invalid_signature&error_description=",
            Problem::SignatureInvalid,
        ),
        (r#"{"error": "invalid_nonce"}"#, Problem::NonceUsed),
        ("Nonce already used: 0Sc5xK", Problem::NonceUsed),
        (
            "<html><body><h1>HTTP Status 401 - Invalid signature for signature method HMAC-SHA1</h1></body></html>",
            Problem::SignatureInvalid,
        ),
        (
            r#"{"Errors":{"Error":[{"ReasonCode":"INVALID_BODY_HASH","Description":"The provided oauth_body_hash does not match"}]}}"#,
            other("body_hash_invalid"),
        ),
        (
            r#"{"errors":[{"code":32,"message":"Could not authenticate you."}]}"#,
            other("could_not_authenticate"),
        ),
        (
            r#"{"errors":[{"code":135,"message":"Timestamp out of bounds."}]}"#,
            Problem::TimestampRefused,
        ),
        (
            r#"{"error":{"code":"INVALID_LOGIN_ATTEMPT","message":"Invalid login attempt."}}"#,
            other("invalid_login_attempt"),
        ),
        (
            "oauth_signature does not match expected value",
            Problem::SignatureInvalid,
        ),
    ] {
        let report = report(body);
        assert_eq!(report.problem(), &problem, "{body}");
        assert_eq!(
            (report.base_string(), report.expected_signature()),
            (None, None)
        );
    }
    for body in [
        "Not found",
        "",
        "{}",
        "signature",
        "oauth_problem=",
        "yours and ours",
    ] {
        assert_eq!(Response::new(401, body).report(), None, "{body}");
    }
}

/// The cases of `tests/diagnosis` say what each answer holds.
#[test]
fn answers_of_the_cases_hold_what_they_say() {
    let mut answers = 0;
    for case in support::files::cases::<serde_json::Value>("../diagnosis/cases.json") {
        let answer = &case["theirs"]["answer"];
        let Some(body) = answer["body"].as_str() else {
            continue;
        };
        let status = answer["status"].as_u64().unwrap().try_into().unwrap();
        let report = Response::new(status, body).report();
        let holds = |name: &str| case["answer_holds"][name].as_str();
        let name = &case["name"];
        let read = |text: fn(&ProblemReport) -> Option<&str>| report.as_ref().and_then(text);
        assert_eq!(
            read(ProblemReport::base_string),
            holds("base_string"),
            "{name}"
        );
        assert_eq!(
            read(ProblemReport::expected_signature),
            holds("expected_signature"),
            "{name}"
        );
        assert_eq!(
            read(ProblemReport::received_signature),
            holds("received_signature"),
            "{name}"
        );
        answers += 1;
    }
    assert!(answers > 80);
}

/// Mastercard tells both hashes, the received one as it came.
#[test]
fn the_body_hashes_that_a_server_compares_are_read() {
    let text =
        "The provided oauth_body_hash does not match the SHA256 hash of the request payload.";
    let calculated = "8gvc07EIynBEDNsawysKl3cd+LbHDylpYlDiaX0Rbz8=";
    for received in ["01NcCrM7J5FOzJrJiGs+5+UMnkZ5S5iveHoxY3inu+A=", "01Nc%2B%3D"] {
        let told = format!("{text} Calculated: {calculated}, Received: {received}");
        for body in [
            told.clone(),
            format!(
                r#"{{"Errors":{{"Error":[{{"Source":"Gateway","ReasonCode":"INVALID_BODY_HASH","Description":"{told}","Recoverable":false,"Details":null}}]}}}}"#
            ),
        ] {
            let report = report(&body);
            assert_eq!(report.problem(), &other("body_hash_invalid"), "{body}");
            assert_eq!(report.calculated_body_hash(), Some(calculated), "{body}");
            assert_eq!(report.received_body_hash(), Some(received), "{body}");
        }
    }
    let report = report("Incorrect oauth_body_hash.");
    assert_eq!(report.problem(), &other("body_hash_invalid"));
    assert_eq!(report.calculated_body_hash(), None);
    assert_eq!(report.received_body_hash(), None);
}
