//! What `oauth1 login` refuses before anything is sent, word for word.

use super::support::{AT, Folder, oauth1};

#[test]
fn wrong_input_to_login_is_refused_in_one_line() {
    let folder = Folder::new();
    folder.write("there", "");
    for (arguments, expected) in LOGIN {
        let run = oauth1(["login"]).arguments(*arguments);
        run.in_folder(&folder).refused(expected);
    }
    assert_eq!(folder.names(), ["there"]);
}

/// Arguments, and what is said about them.
const LOGIN: &[(&[&str], &str)] = &[
    (
        &["hidden"],
        "everything is given as an option; a value with spaces needs quotation marks; \
         `oauth1 login --help` lists the options",
    ),
    (
        &["--request-url", AT],
        "--authorize-url <URL>, --token-url <URL>, --store <FILE> are missing; \
         `oauth1 login --help` lists the options",
    ),
    (
        &[
            "--request-url",
            AT,
            "--authorize-url",
            AT,
            "--token-url",
            AT,
        ],
        "--store <FILE> is missing; `oauth1 login --help` lists the options",
    ),
    (
        &["--token-url", AT],
        "--authorize-url <URL>, --store <FILE>, --request-url <URL> are missing; \
         `oauth1 login --help` lists the options",
    ),
    (
        &["--overwrite"],
        "--store <FILE> is missing; `oauth1 login --help` lists the options",
    ),
    (
        &["--store", "there"],
        "--store: the file exists already; --overwrite replaces it",
    ),
    (&["--store", "."], "--store: this is a folder"),
    (
        &["--store", "hidden/token.json"],
        "--store: there is no such folder",
    ),
    (
        &["--store", "-"],
        "--store takes a file, since a token must not be shown",
    ),
    (
        &["--port", "hidden"],
        "--port <PORT>: invalid digit found in string",
    ),
    (
        &["--port", "1", "--out-of-band"],
        "--port <PORT> cannot be used together with --out-of-band",
    ),
    (
        &["--callback-url", "https://example.com/hidden"],
        "--callback-url is a URL of this machine without a query, such as \
         http://localhost:8080/callback",
    ),
    (
        &["--user", "nobody"],
        "--user <USER> is one of allow, ask, refuse, wrong-code",
    ),
    (
        &["--authorize-parameter", "hidden"],
        "--authorize-parameter <NAME=VALUE>: there is no `=`",
    ),
    (
        &["--placement", "body", "--method", "get"],
        "a GET request has no form for the protocol parameters: use --placement header or query",
    ),
    (
        &["--signature-method", "PLAINTEXT"],
        "the provider on this machine takes HMAC-SHA1 only; for a service, give --request-url, \
         --authorize-url, --token-url and --store",
    ),
    (
        &[
            "--request-url=http://a.test",
            "--authorize-url",
            AT,
            "--token-url",
            AT,
            "--store=x",
        ],
        "--request-url: the service would answer with a secret over http; use https, or allow it \
         with --insecure-transport",
    ),
    (
        &[
            "--request-url=http://127.0.0.1/",
            "--authorize-url",
            AT,
            "--token-url",
            AT,
            "--store=x",
            "--signature-method=PLAINTEXT",
        ],
        "--request-url: PLAINTEXT would send the secrets unprotected over http; use https, or \
         allow it with --insecure-transport",
    ),
    (
        &[
            "--request-url=hidden",
            "--authorize-url",
            AT,
            "--token-url",
            AT,
            "--store=x",
        ],
        "--request-url: the URL does not begin with http:// or https://",
    ),
    (
        &[
            "--request-url",
            AT,
            "--authorize-url",
            AT,
            "--token-url",
            AT,
            "--store=x",
            "--user=ask",
        ],
        "--request-url <URL> cannot be used together with --user <USER>",
    ),
];
