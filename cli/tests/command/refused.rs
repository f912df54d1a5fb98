//! `docs/refused.md`: the command prints the reports that are on the page. With `WRITE_REPORTS` in the
//! environment, they are written there.

use std::{env, fs, path::Path};

use super::support::nobody;

/// Evidence, which stands in a comment before its report.
struct Case<'p> {
    variables: Vec<(&'p str, &'p str)>,
    evidence: String,
    report: &'p str,
}

fn cases(page: &str) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    for comment in page.split("<!--\n").skip(1) {
        let (evidence, rest) = comment.split_once("-->\n```text\n").unwrap();
        let (report, _) = rest.split_once("```").unwrap();
        let (variables, evidence): (Vec<_>, Vec<_>) = evidence
            .split_inclusive('\n')
            .partition(|line| line.starts_with("OAUTH_"));
        let variables = variables.into_iter();
        cases.push(Case {
            variables: variables
                .filter_map(|line| line.trim().split_once('='))
                .collect(),
            evidence: evidence.concat(),
            report,
        });
    }
    cases
}

#[test]
fn the_reports_of_the_page_are_real() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/refused.md");
    let page = fs::read_to_string(&path).unwrap();
    let cases = cases(&page);
    let mut written = page.clone();
    assert_eq!(cases.len(), page.matches("\n### ").count());
    for case in cases {
        let mut run = nobody(["diagnose", "-"]).stdin(case.evidence.clone());
        for (name, value) in case.variables {
            run = run.env(name, value);
        }
        let output = run.output();
        let notes = String::from_utf8(output.stderr).unwrap();
        assert_eq!(notes, "", "{}", case.evidence);
        assert_eq!(output.status.code(), Some(1), "{}", case.evidence);
        let report = String::from_utf8(output.stdout).unwrap();
        if env::var_os("WRITE_REPORTS").is_some() {
            written = written.replacen(case.report, &report, 1);
        } else {
            assert_eq!(report, case.report, "{}", case.evidence);
        }
    }
    if written != page {
        fs::write(path, written).unwrap();
    }
}
