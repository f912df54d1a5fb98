//! The cases of `cases.json`, or of the file that `DIAGNOSIS_CASES` names. `README.md` says what each
//! of them demands.

mod demands;
pub(crate) mod schema;

use std::{collections::BTreeMap, env, fmt::Write as _, fs};

use self::{demands::complaints, schema::Case};

/// Prints a line for each code, and for each failure the case and what is wrong.
#[test]
fn every_case_is_explained() {
    let cases = read();
    let mut codes: BTreeMap<String, Count> = BTreeMap::new();
    let mut failures = String::new();
    for case in &cases {
        let diagnosis = case.evidence().diagnose();
        let complaints = complaints(case, &diagnosis);
        for code in case.codes() {
            let count = codes.entry(code).or_default();
            count.cases += 1;
            count.failed += usize::from(!complaints.is_empty());
        }
        if !complaints.is_empty() {
            let note = case.note.as_deref().unwrap_or_default();
            writeln!(
                failures,
                "{} ({note}): {}",
                case.name,
                complaints.join("; ")
            )
            .unwrap();
            for finding in diagnosis.findings() {
                writeln!(failures, "    {finding:?}").unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{}\n{failures}", table(&codes));
    assert!(cases.len() >= 240);
}

/// How many cases expect a code, and how many of them failed.
#[derive(Default)]
struct Count {
    cases: usize,
    failed: usize,
}

fn table(codes: &BTreeMap<String, Count>) -> String {
    let mut table = String::from("\ncode                             cases  failed\n");
    for (code, Count { cases, failed }) in codes {
        writeln!(table, "{code:30} {cases:7} {failed:7}").unwrap();
    }
    table
}

pub(crate) fn read() -> Vec<Case> {
    match env::var_os("DIAGNOSIS_CASES") {
        Some(path) => serde_json::from_slice(&fs::read(path).unwrap()).unwrap(),
        None => support::files::cases("../diagnosis/cases.json"),
    }
}
