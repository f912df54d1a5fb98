//! `--curl`: the words of the command line.

use std::process::Command;

use super::support::{AT, Folder, STAMP, oauth1};

#[test]
fn curl_gets_each_word_as_it_is() {
    let url = "https://api.example.com/it's/[1]?who=O'Neill&city=Zürich";
    let arguments = [
        "--form",
        "title=it's $HOME `x` \"é\" !",
        "--realm",
        "it's $(touch x)",
        "--curl",
    ];
    let line = oauth1(["sign", "POST", url])
        .arguments(STAMP)
        .arguments(arguments)
        .stdout();
    let (start, rest) = line.split_once(" --header 'Authorization: ").unwrap();
    assert_eq!(start, "curl --globoff --path-as-is");
    assert!(rest.starts_with(r#"OAuth realm="it'\''s $(touch x)", oauth_consumer_key="key", "#));
    let (_, rest) = rest.split_once(" --header ").unwrap();
    assert_eq!(
        rest,
        "'Content-Type: application/x-www-form-urlencoded' \
         --data-raw 'title=it%27s%20%24HOME%20%60x%60%20%22%C3%A9%22%20%21' \
         'https://api.example.com/it'\\''s/[1]?who=O%27Neill&city=Z%C3%BCrich'\n"
    );
}

#[test]
fn each_method_and_placement_has_its_line() {
    let url = "https://api.example.com/find?q=é&r='";
    for (arguments, before, behind) in [
        (
            &["GET", url, "--placement", "query"][..],
            "curl --globoff --path-as-is \
             'https://api.example.com/find?q=%C3%A9&r=%27&oauth_consumer_key=key&oauth_nonce=",
            "&oauth_version=1.0'\n",
        ),
        (
            &["HEAD", AT],
            "curl --globoff --path-as-is --head --header 'Authorization: OAuth oauth_consumer_key=",
            "oauth_version=\"1.0\"' https://api.example.com/\n",
        ),
        (
            &["POST", AT],
            "curl --globoff --path-as-is --header 'Authorization: OAuth oauth_",
            "oauth_version=\"1.0\"' --header Content-Type: --data-raw '' https://api.example.com/\n",
        ),
        (
            &["put", url, "--placement", "body", "--form", "näme=it's = 1"],
            "curl --globoff --path-as-is --request PUT \
             --header 'Content-Type: application/x-www-form-urlencoded' \
             --data-raw 'n%C3%A4me=it%27s%20%3D%201&oauth_consumer_key=key&",
            "&oauth_version=1.0' 'https://api.example.com/find?q=%C3%A9&r=%27'\n",
        ),
        (
            &["POST", AT, "--body", "a\nb"],
            "curl --globoff --path-as-is --header 'Authorization: OAuth oauth_",
            "--header 'Content-Type: application/octet-stream' --data-raw 'a\nb' \
             https://api.example.com/\n",
        ),
    ] {
        let line = oauth1(["sign"])
            .arguments(arguments)
            .arguments(["--curl"])
            .stdout();
        assert!(line.starts_with(before), "{line}\n{before}");
        assert!(line.ends_with(behind), "{line}\n{behind}");
    }
}

#[test]
fn a_body_that_no_command_line_holds_is_read_from_its_file() {
    let folder = Folder::new();
    folder
        .write("it's", b"\0")
        .write("long", vec![b'a'; 200_000]);
    let run = |body: &str| {
        let run = oauth1(["sign", "POST", AT, "--curl", "--body", body]);
        run.in_folder(&folder)
    };
    let line = run("@it's").stdout();
    assert!(line.contains(" --data-binary '@it'\\''s' "), "{line}");
    let line = run("@long").stdout();
    assert!(line.contains(" --data-binary '@long' "), "{line}");
    run("-").stdin(b"\0").refused(
        "--curl: the body has a NUL byte, which a command line cannot have; save it in a file, \
         and give --body @FILE",
    );
    let too_long = "--curl: this is too long for a command line; use --json";
    run("-").stdin(vec![b'a'; 200_000]).refused(too_long);
    let form = oauth1(["sign", "POST", AT, "--curl", "--form-body", "@long"]);
    form.in_folder(&folder).refused(too_long);
}

#[test]
fn a_shell_passes_over_the_stages() {
    if !cfg!(unix) {
        return;
    }
    let run = oauth1([
        "sign",
        "POST",
        AT,
        "--form",
        "a=$(touch x);`touch x`\ntouch x",
    ]);
    let lines = run.arguments(["--curl", "--explain"]).stdout();
    assert!(lines.contains("\n#   POST&https%3A%2F%2F"), "{lines}");
    let script = format!("curl() {{ echo once; }}; {lines}");
    let folder = Folder::new();
    let mut command = Command::new("sh");
    let output = command
        .args(["-c", &script])
        .current_dir(&folder.path)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "once\n");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(folder.names().is_empty());
}
