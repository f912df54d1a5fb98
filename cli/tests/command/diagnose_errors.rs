//! Wrong usage of `oauth1 diagnose`, word for word.

use super::diagnose::{OURS, THEIRS, diagnose, said};

#[test]
fn wrong_usage_is_refused_in_one_line() {
    let three = [OURS, THEIRS, OURS].join("\n");
    for (arguments, stdin, expected) in WRONG {
        let stdin = stdin.replace("THREE", &three);
        let output = diagnose(arguments.iter().copied()).stdin(stdin).output();
        let (report, error, code) = said(output);
        let expected = expected.replace("NONSENSE", NONSENSE);
        assert_eq!(error, format!("oauth1: {expected}\n"), "{arguments:?}");
        assert_eq!((report.as_str(), code), ("", Some(2)), "{arguments:?}");
    }
}

const NONSENSE: &str = "this is not recognized; put what it is before it, such as `ours:`, \
                        `theirs:`, `expected signature:`, `sent:` or `answer:`";
const NOTHING: &str = "there is nothing to look at: give a base string, a request or an answer";

/// Arguments, standard input, and what is said about them. No line repeats what is `hidden`.
const WRONG: &[(&[&str], &str, &str)] = &[
    (&[], "", NOTHING),
    (&["-"], "\n# a\n", NOTHING),
    (&["--our-time", "1"], "", NOTHING),
    (&["-"], "\nhidden", "standard input, line 2: NONSENSE"),
    (
        &["hidden"],
        "",
        "<PIECE>: there is no such file; as a text, NONSENSE",
    ),
    (
        &["--ours", "hidden"],
        "",
        "--ours: there is no such file; as a text, NONSENSE",
    ),
    (
        &["--signature", "hidden.txt"],
        "",
        "--signature: there is no such file, and a signature is longer",
    ),
    (&["--ours", "@hidden"], "", "--ours: there is no such file"),
    (&["--ours"], "", "--ours <PIECE> needs a value"),
    (
        &["--ours", OURS, "--ours", OURS],
        "",
        "--ours <PIECE> is given twice",
    ),
    (
        &["--ours", "-", "--theirs", "-"],
        OURS,
        "standard input can be read once only, but --ours and --theirs both want it",
    ),
    (
        &["-"],
        "THREE",
        "standard input, line 3: the base string that the server made is there already; label what \
         this is, or leave it out",
    ),
    (
        &["-"],
        "curl -d @hidden https://a.test",
        "standard input, line 1: curl: the form is in a file; write its text behind --data-raw \
         instead",
    ),
    (
        &["-"],
        "curl \"https://a.test/$hidden\"",
        "standard input, line 1: a shell replaces a part of this command, such as $NAME: paste the \
         command as `set -x` shows it",
    ),
    (
        &["-"],
        "\n  $ curl 'https://hidden.test",
        "standard input, line 2: the command ends within quotes; paste all of it",
    ),
    (
        &["-"],
        "curl --hidden",
        "standard input, line 1: curl: the command has no URL; paste all of it",
    ),
    (
        &["-"],
        "time: 12",
        "standard input, line 1: say whose time it is: `our time:` or `their time:`",
    ),
    (
        &["-"],
        "HTTP/1.1 hidden",
        "standard input, line 1: this answer has no status, such as HTTP/1.1 401",
    ),
    (
        &["--their-time", "hidden"],
        "",
        "--their-time: there is no such file; as a text, a time is a whole number of seconds since \
         1970-01-01 00:00 UTC",
    ),
    (
        &["--color", "hidden", "-"],
        OURS,
        "--color <WHEN> is one of auto, always, never",
    ),
    (
        &["--hidden"],
        "",
        "there is no option --hidden; `oauth1 diagnose --help` lists the options",
    ),
    (
        &["--ours", OURS, "--token-secret-file", "hidden"],
        "",
        "--token-secret-file: there is no such file",
    ),
    (
        &[
            "--ours",
            OURS,
            "--token-secret-file",
            "Cargo.toml",
            "--token-secret",
            "hidden",
        ],
        "",
        "--token-secret-file <FILE> cannot be used together with --token-secret <SECRET>",
    ),
    (
        &["--no-token", "--token-file", "hidden"],
        "",
        "--no-token cannot be used together with --token-file <FILE>",
    ),
];
