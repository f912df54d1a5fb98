//! What a case demands of a diagnosis: rules 1 to 5 of `README.md`.

use oauth1_signer::diagnosis::{Certainty, Diagnosis, Finding};

use super::schema::{Case, Expected};

/// What is wrong with the diagnosis of a case.
pub(super) fn complaints(case: &Case, diagnosis: &Diagnosis) -> Vec<String> {
    let mut complaints = missing(case, diagnosis);
    complaints.extend(excessive(case, diagnosis));
    if diagnosis.base_strings_are_equal() != case.equal {
        complaints.push(format!("equal should be {}", case.equal));
    }
    if diagnosis.is_unexplained() != case.unexplained {
        complaints.push(format!("unexplained should be {}", case.unexplained));
    }
    complaints
}

/// What is expected and not reported, or not as surely (rules 1 and 2).
fn missing(case: &Case, diagnosis: &Diagnosis) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut numbers: Vec<u32> = case.expected.iter().filter_map(|e| e.alt).collect();
    numbers.dedup();
    for number in numbers {
        let mut alternatives = case.expected.iter().filter(|e| e.alt == Some(number));
        if !alternatives.any(|expected| is_found(expected, diagnosis)) {
            complaints.push(format!("none of the alternatives {number}"));
        }
    }
    for expected in &case.expected {
        if expected.certainty > Certainty::Possible && !is_found(expected, diagnosis) {
            let parameter = expected.parameter.as_deref().unwrap_or_default();
            let mistake = expected.mistake.as_deref().unwrap_or_default();
            complaints.push(format!("no {} {parameter}{mistake}", expected.code));
        }
    }
    complaints
}

/// Whether one of the findings is the expected one, and at least as sure.
fn is_found(expected: &Expected, diagnosis: &Diagnosis) -> bool {
    diagnosis.findings().iter().any(|finding| {
        let names_parameter = match &expected.parameter {
            Some(parameter) => finding.parameters().contains(parameter),
            None => true,
        };
        let names_mistake = match &expected.mistake {
            Some(mistake) => finding.mistake().is_some_and(|m| m.code() == mistake),
            None => true,
        };
        finding.cause().code() == expected.code
            && finding.certainty() >= expected.certainty
            && names_parameter
            && names_mistake
    })
}

/// What is reported and should not be, or not as surely (rules 1, 3, 4 and 5).
fn excessive(case: &Case, diagnosis: &Diagnosis) -> Vec<String> {
    let mut complaints = Vec::new();
    for finding in diagnosis.findings() {
        let code = finding.cause().code();
        let certainty = finding.certainty();
        if case.never.iter().any(|never| never == code) {
            complaints.push(format!("{code} is excluded"));
        }
        let of_code = || case.expected.iter().filter(|e| e.code == code);
        if certainty == Certainty::Proven
            && !of_code().any(|e| e.certainty > Certainty::Possible)
            && !accompanies(finding, case)
        {
            complaints.push(format!("{code} is not proven"));
        }
        let nothing_is_sure = case.unexplained || case.expected.is_empty();
        if nothing_is_sure && certainty > Certainty::Possible && of_code().next().is_none() {
            complaints.push(format!("{code} is not even likely"));
        }
    }
    complaints
}

/// Whether a finding is the general form of one that is expected (rule 3).
fn accompanies(finding: &Finding, case: &Case) -> bool {
    let special: &[&str] = match finding.cause().code() {
        "parameter-missing" => &[
            "query-not-signed",
            "duplicates-lost",
            "callback-invented",
            "server-at-fault",
        ],
        "parameter-added" => &[
            "empty-token",
            "realm-signed",
            "signature-signed",
            "body-signed-as-form",
            "file-signed",
            "server-at-fault",
        ],
        "value-differs" => &["version", "method-name", "hash-other"],
        "signature-plus-lost" => &["signature-not-encoded"],
        "path" => &["server-at-fault"],
        _ => &[],
    };
    let expects = |code: &str| case.expected.iter().any(|e| e.code == code);
    expects("sent-differs") || special.iter().any(|code| expects(code))
}
