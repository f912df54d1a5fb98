//! Reports word for word: `reports/` has one for each of these cases, in its own file.

use std::fmt::Write as _;

use crate::cases::read;

/// With the cause that each is an example of.
const REPORTS: [&str; 14] = [
    "A1",                      // value-decoded-twice, by a search
    "B2",                      // value-encoded-too-little
    "B8",                      // path-trailing-slash, parameter-typo, parameter-missing
    "B10",                     // path-encoding-level
    "B16",                     // unexplained
    "C1",                      // signature-plus-lost
    "S3-no-ampersand",         // key-no-ampersand
    "T1",                      // time-skew
    "p-order-joined-2",        // order-joined
    "p-plus-for-space-1",      // plus-for-space
    "p-scheme-2",              // scheme
    "p-server-at-fault-4",     // server-at-fault
    "p-time-not-integer-1",    // time-not-integer
    "p-value-decoded-twice-2", // one of two
];

#[test]
fn reports_read_like_the_messages_of_a_compiler() {
    let cases = read();
    for name in REPORTS {
        let case = cases.iter().find(|case| case.name == name).unwrap();
        let report = case.evidence().diagnose().to_string();
        let file = format!("diagnosis/reports/{name}.txt");
        // With `WRITE_REPORTS` in the environment, the files are written instead.
        if std::env::var_os("WRITE_REPORTS").is_some() {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
            std::fs::write(folder.join(&file), &report).unwrap();
        }
        let expected = String::from_utf8(support::files::read(&file)).unwrap();
        assert!(report == expected, "{file} should be:\n{report}");
    }
}

/// Everything but secrets is in it, in lines of 80 columns.
#[test]
fn the_alternate_form_shows_both_base_strings() {
    let cases = read();
    let case = cases.iter().find(|case| case.name == "B2").unwrap();
    let diagnosis = case.evidence().diagnose();
    let expected = support::files::read("diagnosis/reports/B2-all.txt");
    let report = format!("{diagnosis:#}");
    assert!(report.as_bytes() == expected, "should be:\n{report}");
}

/// Whatever is reported, it can be pasted anywhere.
#[test]
fn every_report_is_of_short_lines_of_ascii() {
    for case in read() {
        let diagnosis = case.evidence().diagnose();
        let mut reports = format!("{diagnosis}{diagnosis:#}");
        for finding in diagnosis.findings() {
            write!(reports, "{finding}{finding:#}").unwrap();
        }
        for line in reports.lines() {
            let is_shown = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
            assert!(
                line.len() <= 80 && line.bytes().all(is_shown),
                "{}: {line}",
                case.name
            );
            assert_eq!(line, line.trim_end(), "{}", case.name);
        }
    }
}
