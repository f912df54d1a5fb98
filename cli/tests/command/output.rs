//! Help, versions, and readers that are gone.

use std::{
    fs::{File, OpenOptions},
    io::Read,
    process::Stdio,
};

use super::support::{AT, nobody, oauth1};

#[test]
fn help_has_every_option_and_examples() {
    for command in ["sign", "login"] {
        let text = nobody([command, "--help"]).stdout();
        for part in [
            "\nExamples:\n",
            "OAUTH_CONSUMER_SECRET",
            "Secrets belong in environment",
        ] {
            assert!(text.contains(part), "{part}\n\n{text}");
        }
        let short = nobody([command, "-h"]).stdout();
        assert!(short.contains("\nExamples:\n"), "{short}");
        assert_eq!(nobody(["help", command]).stdout(), text);
    }
    let text = nobody(["--help"]).stdout();
    assert!(text.contains("\nExamples:\n  oauth1 login\n"), "{text}");
    assert_eq!(
        nobody(["--version"]).stdout(),
        concat!("oauth1 ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_reader_that_is_gone_is_no_error() {
    for arguments in [&["sign", "GET", AT][..], &["login"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut run = oauth1(arguments);
        let output = run
            .command
            .stdin(Stdio::null())
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn output_that_is_lost_is_an_error() {
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let full: File = full;
    for arguments in [&["sign", "GET", AT][..], &["--help"]] {
        let mut run = oauth1(arguments);
        run.command
            .stdout(full.try_clone().unwrap())
            .stdin(Stdio::null());
        let output = run.command.output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        let expected = "oauth1: standard output cannot be written: No space left on device";
        assert!(error.starts_with(expected), "{error}");
        assert_eq!(output.status.code(), Some(2));
    }
    // What cannot be told is not told.
    let mut run = oauth1(["sign"]);
    let status = run
        .command
        .stderr(full)
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_body_may_be_longer_than_a_pipe() {
    let mut run = oauth1([
        "sign",
        "POST",
        AT,
        "--form",
        &format!("a={}", "b".repeat(100_000)),
    ]);
    let mut child = run
        .command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 5];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"POST ");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
