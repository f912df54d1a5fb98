use alloc::{format, string::ToString, vec};

use super::*;
use crate::credentials::Consumer;

fn diagnosis(findings: Vec<Finding>) -> Diagnosis {
    Diagnosis {
        findings,
        equal: false,
        unexplained: false,
        ours: None,
        theirs: Some(String::new()),
        next: Vec::new(),
        complaint: None,
    }
}

#[track_caller]
fn check(shown: &impl ToString, expected: &str) {
    let shown = shown.to_string();
    assert!(shown == expected, "{shown}\n{expected}");
}

#[test]
fn a_finding_shows_the_stretch_that_differs() {
    let finding = Finding::proven(Cause::PlusForSpace)
        .with_parameter("q")
        .with_texts("ladies+gentlemen", "ladies%20gentlemen");
    check(
        &finding,
        "\
error[plus-for-space]: a space is written as `+` instead of `%20` (`q`)
    ours: q=...ies+gen...
  theirs: q=...ies%20gen...
                  ^^^
  = help: encode a space as %20: use RFC 3986 percent-encoding, not form
          encoding, for what you sign
",
    );
}

#[test]
fn of_a_token_only_escapes_are_shown() {
    let finding = Finding::likely(Cause::ValueEncodedTooOften)
        .with_parameter("oauth_token")
        .with_texts("private%252Fagain", "private%2Fagain");
    check(
        &finding,
        "\
likely[value-encoded-too-often]: a value is percent-encoded once too often
    (`oauth_token`)
    ours: oauth_token=...%252F...
  theirs: oauth_token=...%2F...
                         ^^^^^
  = help: pass the value to what signs it as it is, without encoding it first.
          In the base string, a value is encoded once by itself, and once with
          all the others
",
    );
    let finding = Finding::proven(Cause::ValueDiffers)
        .with_parameter("oauth_token")
        .with_texts("private-one", "another");
    let shown = finding.to_string();
    assert!(
        shown.contains("    ours: oauth_token=[11 bytes]\n"),
        "{shown}"
    );
    assert!(
        shown.contains("  theirs: oauth_token=[7 bytes]\n"),
        "{shown}"
    );
}

#[test]
fn values_that_have_nothing_in_common_are_only_measured() {
    let shown = |ours, theirs| {
        let finding = Finding::proven(Cause::ValueDiffers).with_parameter("q");
        finding.with_texts(ours, theirs).to_string()
    };
    assert!(shown("1", "url-hunter2").contains("  theirs: q=[11 bytes]\n"));
    assert!(shown("1", "2").contains("  theirs: q=2\n"));
    assert!(shown("url-hunter1", "url-hunter2").contains("  theirs: q=...ter2\n"));
}

#[test]
fn a_value_of_one_side_is_only_measured() {
    let finding = Finding::proven(Cause::ParameterMissing)
        .with_parameter("page")
        .with_theirs("12345678");
    check(
        &finding,
        "\
error[parameter-missing]: a parameter that the server counts was not signed
    (`page`)
    ours: (none)
  theirs: page=[8 bytes]
          ^^^^^^^^^^^^^^
  = help: sign the parameter, or do not send it. The query, a form body and the
          `oauth_*` parameters all count. If you do not send it, look for what
          adds it on the way, such as a client, a plugin or a proxy
",
    );
    let all = format!("{finding:#}");
    assert!(all.contains("  theirs: page=12345678\n"), "{all}");
    let password = Finding::proven(Cause::ParameterAdded)
        .with_parameter("x_auth_password")
        .with_ours("private");
    assert!(!format!("{password:#}").contains("private"));
}

#[test]
fn one_server_at_fault_and_two_alternatives() {
    let fault = Finding::proven(Cause::PlusForSpace)
        .of_server()
        .with_parameter("q")
        .with_texts("two%20words", "two+words");
    let alternative = |cause| {
        let finding = Finding::possible(cause).with_parameter("u");
        finding.with_texts("a,b", "a%2Cb").alternative_of(1)
    };
    let too_little = alternative(Cause::ValueEncodedTooLittle);
    let twice = alternative(Cause::ValueDecodedTwice);
    check(
        &diagnosis(vec![too_little, fault, twice]),
        "\
One of these explains the difference. The evidence does not tell which:
possible[value-encoded-too-little]: a value is percent-encoded once too little
    (`u`)
    ours: u=a,b
  theirs: u=a%2Cb
             ^^^
  = help: percent-encode each value before you join names and values, and the
          joined parameters once more: `,` becomes `%2C`, and then `%252C`
possible[value-decoded-twice]: a value is decoded once too often before it is
    signed (`u`)
  = help: decode the query or the form once. If a value still contains escapes,
          they are part of it: they have to be encoded, and not decoded

error[server-at-fault]: the server does not follow RFC 5849: a space is written
    as `+` instead of `%20` (`q`)
    ours: q=two%20wor...
  theirs: q=two+wor...
               ^^^
  = help: what was signed is right by RFC 5849. Check what left: a client or a
          proxy may have changed the request after it was signed. If nothing
          did, report this to the service. Until it is fixed, avoid spaces in
          this value, or sign them as `+` for this server
",
    );
}

#[test]
fn the_difference_of_two_clocks_is_told() {
    let finding = Finding::proven(Cause::TimeSkew).with_texts("1326837029", "1326841425");
    let shown = "\
error[time-skew]: the clocks of the two sides differ
  = help: your clock is 4396 s behind the server's: set the clock, best with a
          time service. The timestamp is in seconds since 1970-01-01 00:00 UTC,
          not in local time
";
    check(&finding, shown);
}

#[test]
fn what_is_not_explained_is_told_with_the_evidence_to_get() {
    let ours = "GET&https%3A%2F%2Fa%2F&q%3Da%2520b%26x_auth_password%3Dprivate";
    let mut diagnosis = Evidence::new()
        .our_base_string(ours)
        .their_base_string(ours)
        .credentials(&Consumer::new("key", "private"), None)
        .diagnose();
    diagnosis.findings.clear();
    diagnosis.equal = true;
    diagnosis.unexplained = false;
    let nothing = "\
ok: nothing is wrong, as far as the evidence tells
note: both base strings are the same
";
    check(&diagnosis, nothing);
    diagnosis.unexplained = true;
    let unexplained = "\
unexplained: no known mistake explains this refusal
  = help: this would tell more:
    - the request as it left: URL, `Authorization` header and body, from a proxy
      or a verbose log
    - a signature that the server accepts for the same request, from another
      program
    - the server's answer: its status, its `Date` header and its body
note: both base strings are the same: so it is the key, or the signature on its
      way
";
    check(&diagnosis, unexplained);
    let strings = "
our base string:
  GET&https%3A%2F%2Fa%2F&q%3Da%2520b%26x_auth_password%3D[secret]

their base string:
  GET&https%3A%2F%2Fa%2F&q%3Da%2520b%26x_auth_password%3D[secret]
";
    check(&format!("{diagnosis:#}"), &[unexplained, strings].concat());
}

/// Whatever a text contains, and however long it is.
#[test]
fn a_report_is_short_and_of_ascii() {
    let hostile = [
        "\u{1b}[31m".repeat(200),
        "%25".repeat(200),
        "\u{e9}\u{202e}\n".repeat(200),
        "&=".repeat(200),
        "x".repeat(2_000),
        "%".into(),
        String::new(),
    ];
    let causes = [
        Cause::ValueDiffers,
        Cause::NameNotEncoded,
        Cause::JoinedWrongly,
        Cause::UriInvalid,
        Cause::Path,
        Cause::TimeSkew,
    ];
    for ours in &hostile {
        for theirs in &hostile {
            let findings = causes.map(|cause| {
                let names = [ours, theirs, "a", "b", "c"].map(String::from);
                let finding = Finding::proven(cause).with_texts(ours, theirs);
                [finding.clone(), finding.with_parameters(names)]
            });
            let findings = vec![findings.concat(); 2].concat();
            let diagnosis = Diagnosis {
                ours: Some(ours.repeat(20)),
                theirs: Some(theirs.repeat(20)),
                ..diagnosis(findings)
            };
            for (report, most) in [
                (format!("{diagnosis}"), 16_000),
                (format!("{diagnosis:#}"), 160_000),
                (format!("{diagnosis:?}"), 40_000),
            ] {
                assert!(report.len() <= most, "{}", report.len());
            }
            for report in [format!("{diagnosis}"), format!("{diagnosis:#}")] {
                let is_shown = |c: char| c == '\n' || c == ' ' || c.is_ascii_graphic();
                assert!(report.chars().all(is_shown));
                let longest = report.lines().map(str::len).max();
                assert!(longest <= Some(80), "{report}");
            }
        }
    }
}
