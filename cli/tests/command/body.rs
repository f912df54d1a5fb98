//! Forms and bodies, from arguments, files and standard input.

use super::support::{AT, Folder, STAMP, oauth1};

const SIGN: [&str; 3] = ["sign", "POST", AT];

#[test]
fn a_form_is_read_from_files_and_standard_input() {
    let folder = Folder::new();
    folder
        .write("form", "title=a+b&tags=x%2Cy")
        .write("line", "title=a+b&tags=x%2Cy\n")
        .write("windows", "title=a+b&tags=x%2Cy\r\n");
    let sign = |form: &str| {
        let run = oauth1(SIGN)
            .arguments(STAMP)
            .arguments(["--form-body", form]);
        run.in_folder(&folder)
    };
    let expected = sign("title=a+b&tags=x%2Cy").stdout();
    assert!(
        expected.ends_with("urlencoded\n\ntitle=a+b&tags=x%2Cy\n"),
        "{expected}"
    );
    for form in ["@form", "@line", "@windows"] {
        assert_eq!(sign(form).stdout(), expected);
    }
    for form in ["-", "@-"] {
        assert_eq!(
            sign(form).stdin("title=a+b&tags=x%2Cy\n").stdout(),
            expected
        );
    }
    // Only one, at the end.
    folder.write("lines", "a=b\n\n");
    sign("@lines").refused(
        "--form-body: byte 3 must be percent-encoded; a body that is not a form, such as JSON, \
         is given with --body",
    );
}

#[test]
fn a_field_is_read_from_a_file() {
    let folder = Folder::new();
    folder.write("password", b"p\0\xff&\n");
    let run = oauth1(SIGN).arguments(["--form-file", "x_auth_password=password"]);
    let text = run
        .arguments(["--form", "x_auth_mode=client_auth"])
        .in_folder(&folder)
        .stdout();
    let body = "\n\nx_auth_mode=client_auth&x_auth_password=p%00%FF%26%0A\n";
    assert!(text.ends_with(body), "{text}");
}

#[test]
fn a_browser_makes_line_ends_cr_lf() {
    let run = || oauth1(SIGN).arguments(["--form", "text=a\nb\r\nc"]);
    assert!(run().stdout().ends_with("\n\ntext=a%0Ab%0D%0Ac\n"));
    let text = run().arguments(["--browser-form"]).stdout();
    assert!(text.ends_with("\n\ntext=a%0D%0Ab%0D%0Ac\n"), "{text}");
}

#[test]
fn a_body_that_is_not_a_form_is_sent_as_it_is_and_not_signed() {
    let folder = Folder::new();
    let body = "{\"a\": \"é\"}\n";
    folder.write("body.json", body);
    let without = oauth1(SIGN).arguments(STAMP).stdout();
    for (given, stdin) in [(body, ""), ("@body.json", ""), ("-", body)] {
        let run = oauth1(SIGN)
            .arguments(STAMP)
            .arguments(["--body", given])
            .stdin(stdin);
        let run = run.arguments(["--content-type", "application/json; charset=utf-8"]);
        let text = run.in_folder(&folder).stdout();
        let rest = format!("Content-Type: application/json; charset=utf-8\n\n{body}\n");
        assert_eq!(text, format!("{without}{rest}"));
    }
    let text = oauth1(["sign", "GET", AT, "--body", "a"]).stdout();
    assert!(
        text.ends_with("\nContent-Type: application/octet-stream\n\na\n"),
        "{text}"
    );
}

#[test]
fn a_body_has_the_hash_of_the_method() {
    for (method, body, hash) in [
        (
            "HMAC-SHA1",
            "Hello World!",
            "Lve95gjOVATpfV8EL5X4nxwjKHE%3D",
        ),
        ("PLAINTEXT", "", "2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D"),
        (
            "HMAC-SHA256",
            "",
            "47DEQpj8HBSa%2B%2FTImW%2B5JCeuQeRkm5NMpJWZG3hSuFU%3D",
        ),
    ] {
        let run = oauth1(SIGN).arguments(["--signature-method", method, "--body-hash"]);
        let text = run.arguments(["--body", body]).stdout();
        assert!(
            text.contains(&format!("OAuth oauth_body_hash=\"{hash}\", ")),
            "{text}"
        );
    }
    // Without a body it is that of an empty one.
    let text = oauth1(["sign", "GET", AT, "--body-hash"]).stdout();
    assert!(
        text.contains("oauth_body_hash=\"2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D\""),
        "{text}"
    );
    assert!(!text.contains("Content-Type"), "{text}");
}

#[test]
fn a_body_may_be_any_bytes() {
    let bytes: Vec<u8> = (0..=255).collect();
    let output = oauth1(SIGN)
        .arguments(["--body", "-"])
        .stdin(bytes.clone())
        .bytes();
    assert!(output.ends_with(&[b"\n\n", &bytes[..], b"\n"].concat()));
}
