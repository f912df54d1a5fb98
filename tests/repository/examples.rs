//! The examples, run as a reader runs them.

use std::{env, fs, process::Command};

#[test]
fn the_example_sign_walks_through_the_published_example() {
    let text = run("sign");
    let parameters = "oauth_callback=http%3A%2F%2Fwww.wackylabs.net%2Foauth%2Ftest\
        &oauth_consumer_key=768fe946d252b119746fda82e1599980\
        &oauth_nonce=C2F26CD5C075BA9050AD8EE90644CF29&oauth_signature_method=HMAC-SHA1\
        &oauth_timestamp=1316657628&oauth_version=1.0";
    let base_string = "GET&http%3A%2F%2Fwww.flickr.com%2Fservices%2Foauth%2Frequest_token\
        &oauth_callback%3Dhttp%253A%252F%252Fwww.wackylabs.net%252Foauth%252Ftest\
        %26oauth_consumer_key%3D768fe946d252b119746fda82e1599980\
        %26oauth_nonce%3DC2F26CD5C075BA9050AD8EE90644CF29\
        %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1316657628\
        %26oauth_version%3D1.0";
    let mut lines = text.lines();
    for expected in [
        "# Normalized parameters (RFC 5849, section 3.4.1.3.2)",
        parameters,
        "# Signature base string (section 3.4.1.1)",
        base_string,
        "# Signature (section 3.4.2)",
        "0fhNGlzpFNAsTme/hDfUb5HPB5U=",
        "# Request with an `Authorization` header (section 3.5.1)",
        "Authorization: OAuth \
            oauth_callback=\"http%3A%2F%2Fwww.wackylabs.net%2Foauth%2Ftest\", \
            oauth_consumer_key=\"768fe946d252b119746fda82e1599980\", \
            oauth_nonce=\"C2F26CD5C075BA9050AD8EE90644CF29\", \
            oauth_signature=\"0fhNGlzpFNAsTme%2FhDfUb5HPB5U%3D\", \
            oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1316657628\", \
            oauth_version=\"1.0\"",
        "# Signed URL (section 3.5.3)",
        "http://www.flickr.com/services/oauth/request_token\
            ?oauth_callback=http%3A%2F%2Fwww.wackylabs.net%2Foauth%2Ftest\
            &oauth_consumer_key=768fe946d252b119746fda82e1599980\
            &oauth_nonce=C2F26CD5C075BA9050AD8EE90644CF29\
            &oauth_signature=0fhNGlzpFNAsTme%2FhDfUb5HPB5U%3D\
            &oauth_signature_method=HMAC-SHA1&oauth_timestamp=1316657628&oauth_version=1.0",
    ] {
        let found = lines.any(|line| line == expected);
        assert!(
            found,
            "this line, behind the one before:\n{expected}\n\n{text}"
        );
    }
}

#[test]
fn the_readme_shows_what_the_example_diagnose_prints() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let mut reports = readme.split("```text\n").skip(1);
    let (report, _) = reports.next().unwrap().split_once("```").unwrap();
    assert!(reports.next().is_none());
    let text = run("diagnose");
    assert!(text.starts_with(&format!("{report}\n")), "{text}");
    // The last of the three is about the key.
    assert!(text.contains("\nerror[key-no-ampersand]: "), "{text}");
}

/// What an example prints. Cargo builds examples beside the tests, but does not say where.
fn run(name: &str) -> String {
    let this = env::current_exe().unwrap();
    let profile = this.ancestors().nth(2).unwrap();
    let example = profile
        .join("examples")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(
        example.exists(),
        "{} has not been built; `cargo build --example {name}` builds it",
        example.display()
    );
    let output = Command::new(example).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert_eq!(error, "");
    String::from_utf8(output.stdout).unwrap()
}
