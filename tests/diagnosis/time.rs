//! Timestamps, nonces and body hashes, which servers often report as a wrong signature.

use oauth1_signer::{
    diagnosis::{Certainty, Diagnosis, Evidence, Message},
    encode,
    response::Response,
};

const NOW: u64 = 1_700_000_000;

#[test]
fn two_times_in_an_answer_prove_a_skew() {
    let evidence = || Evidence::new().our_base_string(base_string("1700000000"));
    for body in [
        "Expired timestamp: given 1700000000 and now 1700000301 has a greater difference",
        "Expired timestamp, yours 1700000000, ours 1699999000",
        r#"{"id":"INVALID_SIGNATURE","description":"given 1700000000 and now 1700009999"}"#,
        "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1700000001-1700000600",
        "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1-1699999999",
    ] {
        for evidence in [evidence(), evidence().our_time(NOW)] {
            let diagnosis = evidence.response(&Response::new(401, body)).diagnose();
            assert_eq!(first(&diagnosis), "proven time-skew", "{body}");
        }
    }
    // A server may allow less than others.
    let body = "Expired timestamp: given 1700000000 and now 1700000099";
    let diagnosis = evidence().response(&Response::new(401, body)).diagnose();
    assert_eq!(first(&diagnosis), "proven time-skew");
    for body in [
        "Invalid signature: given 1700000000 and now 1700000300",
        "oauth_problem=signature_invalid&oauth_acceptable_timestamps=1700000000-1700000600",
    ] {
        let diagnosis = evidence().response(&Response::new(401, body)).diagnose();
        assert_eq!(first(&diagnosis), "", "{body}");
    }
}

#[test]
fn a_clock_of_the_server_makes_a_skew_likely() {
    for (theirs, found) in [
        (NOW - 301, "likely time-skew"),
        (NOW - 300, ""),
        (NOW + 300, ""),
        (NOW + 301, "likely time-skew"),
    ] {
        let string = Evidence::new().our_base_string(base_string(&NOW.to_string()));
        let clock = string.clone().their_time(theirs);
        assert_eq!(first(&clock.diagnose()), found);
        let clocks = Evidence::new().their_time(theirs).our_time(NOW);
        assert_eq!(first(&clocks.diagnose()), found);
        // It is the timestamp that the server sees.
        let late = clock.our_time(NOW + 100_000);
        assert_eq!(first(&late.diagnose()), found);
        let time = i64::try_from(theirs).unwrap();
        let minutes = (time - 1_699_999_200) / 60; // 22:00
        let date = format!(
            "Tue, 14 Nov 2023 22:{minutes:02}:{:02} GMT",
            (time - 1_699_999_200) % 60
        );
        let answer = Response::new(401, "").date(Some(&date));
        let dated = string.response(&answer);
        assert_eq!(first(&dated.diagnose()), found);
    }
}

/// It may be older than the last one, without any skew.
#[test]
fn a_refused_timestamp_is_told_even_without_a_time() {
    let body = "oauth_problem=timestamp_refused";
    let refused = Evidence::new().response(&Response::new(401, body));
    assert_eq!(first(&refused.diagnose()), "likely time-skew");
    let agreeing = refused.our_time(NOW).their_time(NOW);
    assert_eq!(first(&agreeing.diagnose()), "possible time-skew");
}

#[test]
fn a_timestamp_is_in_seconds() {
    for (ours, found) in [
        ("1700000000123", "likely time-milliseconds"),
        ("1700000000123456", "likely time-milliseconds"),
        ("1700000000123456789", "likely time-milliseconds"),
        ("1700000000.5", "proven time-not-integer"),
        ("-1", "proven time-not-integer"),
        ("", "proven time-not-integer"),
        ("2023-11-14T22:13:20Z", "proven time-not-integer"),
        ("1.7e9", "proven time-not-integer"),
    ] {
        for evidence in evidence("oauth_timestamp", ours) {
            assert_eq!(first(&evidence.diagnose()), found, "{ours}");
            let date = Response::new(401, "").date(Some("Tue, 14 Nov 2023 22:13:20 GMT"));
            let body =
                "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1699999700-1700000300";
            for evidence in [
                evidence.clone().our_time(NOW),
                evidence.clone().their_time(NOW),
                evidence.clone().response(&date),
                evidence.response(&Response::new(401, body)),
            ] {
                let found = found.replace("likely", "proven");
                let diagnosis = evidence.diagnose();
                assert_eq!(first(&diagnosis), found, "{ours}");
                assert!(!format!("{diagnosis:?}").contains("TimeSkew"), "{ours}");
            }
        }
    }
}

#[test]
fn times_come_first() {
    let body = "Expired timestamp: given 1700000000 and now 1700009999";
    let diagnosis = Evidence::new()
        .our_base_string(base_string("1700000000"))
        .their_base_string(base_string("1700000000").replace("GET", "POST"))
        .our_signature("0fhNGlzpFNAsTme/hDfUb5HPB5U=")
        .received_signature("")
        .response(&Response::new(401, body))
        .diagnose();
    assert_eq!(first(&diagnosis), "proven time-skew");
    assert_eq!(diagnosis.findings().len(), 3);
}

#[test]
fn a_nonce_is_used_if_the_answer_says_so() {
    for body in [
        "oauth_problem=nonce_used",
        "Nonce already used: abc",
        "The nonce is already being used by the consumer with ID 7.",
        r#"{"error":"invalid_nonce"}"#,
    ] {
        let evidence = Evidence::new().response(&Response::new(401, body));
        let diagnosis = evidence.diagnose();
        assert_eq!(first(&diagnosis), "proven nonce-used", "{body}");
        assert_eq!(diagnosis.findings()[0].parameters(), ["oauth_nonce"]);
    }
}

#[test]
fn a_body_hash_is_that_of_the_body() {
    let sha1 = "2jmj7l5rSw0yVb/vlWAYkK/YBwk=";
    let sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    for hash in [sha1, sha256, "da39a3ee5e6b4b0d3255bfef95601890afd80709", ""] {
        let message = Message::new("PUT", "https://e.com/").authorization(format!(
            "OAuth oauth_body_hash=\"{}\", oauth_consumer_key=\"k\", oauth_signature=\"x\"",
            encode(hash)
        ));
        // Without the feature, it cannot be computed.
        let is_known = hash == sha1 || cfg!(feature = "sha2") && hash == sha256;
        for (body, is_right) in [
            ("", hash == sha1 || hash == sha256),
            ("x", !is_known && hash == sha256),
        ] {
            let sent = Evidence::new().sent(message.clone().body(body));
            let found = if is_right { "" } else { "proven body-hash" };
            assert_eq!(first(&sent.diagnose()), found, "{hash} {body}");
        }
        // A body that is not known has no hash.
        let evidence = Evidence::new().sent(message);
        assert_eq!(first(&evidence.diagnose()), "");
    }
}

#[test]
fn a_server_compares_body_hashes() {
    let body =
        "INVALID_BODY_HASH: the oauth_body_hash does not match. Calculated: abc=, Received: def=";
    let diagnosis = Evidence::new()
        .response(&Response::new(400, body))
        .diagnose();
    assert_eq!(first(&diagnosis), "proven body-hash");
    let finding = &diagnosis.findings()[0];
    assert_eq!(
        (finding.ours(), finding.theirs()),
        (Some("def="), Some("abc="))
    );
    // Ours is known from the request, if the answer has no more than the code.
    for evidence in evidence("oauth_body_hash", "A+/=") {
        let evidence = evidence.response(&Response::new(400, "Incorrect oauth_body_hash."));
        let diagnosis = evidence.diagnose();
        assert_eq!(first(&diagnosis), "proven body-hash");
        assert_eq!(diagnosis.findings()[0].ours(), Some("A+/="));
    }
}

/// How sure the first finding is, and its code.
fn first(diagnosis: &Diagnosis) -> String {
    let Some(finding) = diagnosis.findings().first() else {
        return String::new();
    };
    let certainty = match finding.certainty() {
        Certainty::Possible => "possible",
        Certainty::Likely => "likely",
        Certainty::Proven => "proven",
    };
    format!("{certainty} {}", finding.cause().code())
}

/// Evidence that tells one protocol parameter, in each of its forms.
fn evidence(name: &str, value: &str) -> [Evidence; 5] {
    let once = encode(value);
    let string = format!("GET&https%3A%2F%2Fe.com%2F&{name}%3D{}", encode(&once));
    let header = format!("OAuth {name}=\"{once}\", oauth_signature=\"x\"");
    [
        Evidence::new().our_base_string(&*string),
        Evidence::new().their_base_string(string),
        Evidence::new().sent(Message::new("GET", "https://e.com/").authorization(header)),
        Evidence::new().sent(Message::new(
            "GET",
            format!("https://e.com/?{name}={once}&oauth_signature=x"),
        )),
        Evidence::new()
            .request(Message::new("GET", "https://e.com/").protocol_parameters([(name, value)])),
    ]
}

fn base_string(timestamp: &str) -> String {
    format!("GET&https%3A%2F%2Fe.com%2F&oauth_timestamp%3D{timestamp}%26oauth_version%3D1.0")
}
