//! What a client is answered, and what it is never told.

use oauth1_signer::{
    Realm,
    response::{Problem, Response},
    verifier::{AcceptError, Body, Incoming, IncomingError, MemoryNoncesError, Refusal},
};

use crate::wire::Wire;

fn refusals() -> Vec<Refusal> {
    vec![
        Refusal::BodyHash,
        Refusal::BodyHashMissing,
        Refusal::BodyHashSha1,
        Refusal::Credentials {
            message: "the database is down".into(),
        },
        Refusal::Incoming(IncomingError::NotSigned),
        Refusal::Incoming(IncomingError::Missing {
            name: "oauth_nonce",
        }),
        Refusal::Incoming(IncomingError::Version),
        Refusal::Incoming(IncomingError::Timestamp),
        Refusal::InsecureTransport,
        Refusal::NonceLength {
            least: 1,
            most: 255,
        },
        Refusal::NonceUsed,
        Refusal::because(Problem::TokenExpired),
        Refusal::Signature,
        Refusal::SignatureMethod,
        Refusal::from(AcceptError::Store(MemoryNoncesError::Full)),
        Refusal::Timestamp {
            earliest: 700,
            latest: 1300,
        },
    ]
}

#[test]
fn every_refusal_has_an_answer() {
    let answers: Vec<_> = refusals()
        .iter()
        .map(|refusal| format!("{} {}", refusal.status(), refusal.body()))
        .collect();
    assert_eq!(
        answers,
        [
            "401 oauth_problem=body_hash_invalid",
            "400 oauth_problem=parameter_absent&oauth_parameters_absent=oauth_body_hash",
            "401 oauth_problem=body_hash_invalid",
            "503 ",
            "401 oauth_problem=parameter_absent&oauth_problem_advice=\
             the%20request%20is%20not%20signed%20with%20OAuth%201.0",
            "400 oauth_problem=parameter_absent&oauth_parameters_absent=oauth_nonce",
            "400 oauth_problem=version_rejected&oauth_acceptable_versions=1.0-1.0",
            "400 oauth_problem=parameter_rejected&oauth_problem_advice=\
             oauth_timestamp%20is%20not%20a%20positive%20integer",
            "400 oauth_problem=signature_method_rejected&oauth_problem_advice=\
             PLAINTEXT%20was%20used%20over%20http",
            "400 oauth_problem=parameter_rejected&oauth_problem_advice=\
             the%20nonce%20does%20not%20have%201%20to%20255%20bytes",
            "401 oauth_problem=nonce_used",
            "401 oauth_problem=token_expired",
            "401 oauth_problem=signature_invalid",
            "400 oauth_problem=signature_method_rejected",
            "503 ",
            "401 oauth_problem=timestamp_refused&oauth_acceptable_timestamps=700-1300",
        ]
    );
}

#[test]
fn the_texts_of_refusals_are_these() {
    let texts: Vec<_> = refusals().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "the body is not the one whose hash was signed",
            "the body is not signed: oauth_body_hash is missing",
            "oauth_body_hash is SHA-1, which does not go with the signature method: let the policy allow it",
            "the credentials could not be looked up: the database is down",
            "the request is not signed with OAuth 1.0",
            "oauth_nonce is missing",
            "oauth_version is not 1.0",
            "oauth_timestamp is not a positive integer",
            "PLAINTEXT was used over http",
            "the nonce does not have 1 to 255 bytes",
            "the nonce has been used before",
            "refused: token_expired",
            "the signature is not valid, or the consumer or the token is unknown",
            "the signature method is not accepted",
            "the nonce could not be checked: the store of nonces is full: give it a larger capacity",
            "the timestamp is not from 700 to 1300",
        ]
    );
    assert_eq!(
        MemoryNoncesError::Forgotten.to_string(),
        "nonces of that time are forgotten already: did the clock go ahead and back?"
    );
    let store: AcceptError<MemoryNoncesError> = AcceptError::Store(MemoryNoncesError::Full);
    assert!(
        store
            .to_string()
            .starts_with("the nonce could not be checked: the store")
    );
}

/// Our own client reads what is answered.
#[test]
fn a_client_can_read_the_answers() {
    let realm = Realm::new("Photos").unwrap();
    for refusal in refusals() {
        let (body, challenge) = (refusal.body(), refusal.www_authenticate(Some(&realm)));
        assert_eq!(challenge.is_some(), refusal.status() == 401);
        let response = Response::new(refusal.status(), body.as_bytes());
        let report = response.www_authenticate(challenge.as_deref()).report();
        let problem = report.as_ref().map(|report| report.problem().clone());
        assert_eq!(problem, refusal.problem(), "{refusal:?}");
        if let Some(challenge) = challenge {
            assert!(
                challenge.starts_with("OAuth realm=\"Photos\""),
                "{challenge}"
            );
            let without = refusal.www_authenticate(None).unwrap();
            assert_eq!(
                without.replace("OAuth", "").trim(),
                challenge[20..].trim_matches([',', ' '])
            );
        }
    }
    let timestamp = Refusal::Timestamp {
        earliest: 700,
        latest: 1300,
    };
    let body = timestamp.body();
    let report = Response::new(401, body.as_bytes()).report().unwrap();
    assert_eq!(report.acceptable_timestamps(), Some((700, 1300)));
}

#[test]
fn an_answer_contains_neither_the_expected_signature_nor_the_base_string() {
    let right = Wire::get();
    let signature = right
        .incoming()
        .unwrap()
        .protocol_parameters()
        .get("oauth_signature")
        .unwrap()
        .to_owned();
    let wire = Wire::with_authorization(|header| {
        header.replace("oauth_signature=\"", "oauth_signature=\"x")
    });
    let refusal = wire.verify().unwrap_err();
    let base_string = wire.incoming().unwrap().base_string().to_string();
    let answer = [refusal.body(), refusal.www_authenticate(None).unwrap()].join("\n");
    for told in [
        &*signature,
        &oauth1_signer::encode(&signature),
        &base_string,
        "photos",
    ] {
        assert!(!answer.contains(told), "{told}");
    }
}

#[test]
fn the_developer_of_the_server_can_compare_base_strings() {
    use oauth1_signer::diagnosis::Cause;

    let wire = Wire::get();
    let incoming = wire.incoming().unwrap();
    let explanation = incoming.explain();
    assert_eq!(
        explanation.base_string(),
        incoming.base_string().to_string()
    );
    let equal = explanation.compare(explanation.base_string());
    assert!(equal.base_strings_are_equal());
    let of_the_client = explanation.base_string().replacen("GET", "POST", 1);
    let diagnosis = explanation.compare(of_the_client);
    assert_eq!(diagnosis.findings()[0].cause(), Cause::Method);
    let of_the_client = explanation.base_string().replace("%26size%3Doriginal", "");
    let diagnosis = explanation
        .into_evidence()
        .our_base_string(of_the_client)
        .diagnose();
    assert_eq!(diagnosis.findings()[0].parameters(), ["size"]);
}

#[test]
fn an_answer_does_not_grow_with_the_request() {
    let name = "oauth_".to_owned() + &"a".repeat(100_000);
    let form = format!("{name}=1&{name}=2");
    let body = Body::form(form.as_bytes());
    let error = Incoming::read("POST", "https://api.example.com/", None, body).unwrap_err();
    assert!(error.to_string().len() < 200);
    assert!(Refusal::from(error).body().len() < 300);
}
