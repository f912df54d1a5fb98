//! Every error in one line, word for word.

use super::support::{AT, nobody, oauth1};

#[test]
fn wrong_input_to_sign_is_refused_in_one_line() {
    for (arguments, expected) in SIGN {
        oauth1(["sign"]).arguments(*arguments).refused(expected);
    }
}

#[test]
fn a_command_is_named_first() {
    nobody::<&str>([]).refused(
        "a command is missing: begin with `oauth1 sign`, `oauth1 login`, `oauth1 diagnose` or `oauth1 verify`; \
         `oauth1 --help` explains them",
    );
    nobody(["hidden", AT]).refused(
        "there is no such command: begin with `oauth1 sign`, `oauth1 login`, `oauth1 diagnose` or `oauth1 verify`; \
         `oauth1 --help` explains them",
    );
    nobody(["--xyz"]).refused("there is no option --xyz; `oauth1 --help` lists the commands");
}

#[test]
fn missing_credentials_are_named() {
    let sign = ["sign", "GET", AT];
    let key = "--consumer-key is missing: set OAUTH_CONSUMER_KEY";
    nobody(sign)
        .env("OAUTH_CONSUMER_SECRET", "hidden")
        .refused(key);
    let secret = "--consumer-secret is missing: set OAUTH_CONSUMER_SECRET or give \
                  --consumer-secret-file";
    nobody(sign)
        .env("OAUTH_CONSUMER_KEY", "key")
        .refused(secret);
    oauth1(sign)
        .env("OAUTH_CONSUMER_SECRET", "")
        .refused(secret);
    oauth1(sign).arguments(["--token", "token"]).refused(
        "--token-secret is missing: a token has one; set OAUTH_TOKEN_SECRET or give \
         --token-secret-file",
    );
    oauth1(sign).env("OAUTH_TOKEN_SECRET", "hidden").refused(
        "--token is missing: its secret is there; set OAUTH_TOKEN, or sign with --no-token, which \
         uses a secret only from --token-secret-file",
    );
}

/// Arguments, and what is said about them. No line repeats what is `hidden`.
const SIGN: &[(&[&str], &str)] = &[
    (
        &["GET"],
        "<URL> is missing; `oauth1 sign --help` lists the options",
    ),
    (
        &["--curl"],
        "<METHOD>, <URL> are missing; `oauth1 sign --help` lists the options",
    ),
    (
        &["GET", AT, "hidden"],
        "there is more than <METHOD> and <URL>; a value with spaces needs quotation marks",
    ),
    (
        &["GET", AT, "-xhidden"],
        "only -h has one hyphen; a value that begins with one is given as --option=-value",
    ),
    (
        &["GET", AT, "--nonce", "-xhidden"],
        "only -h has one hyphen; a value that begins with one is given as --option=-value",
    ),
    (&["GET", AT, "--curl=hidden"], "--curl takes no value"),
    (
        &["GET", "https://user:hidden@example.com/"],
        "<URL>: remove the user and the password, which are neither signed nor sent with it",
    ),
    (
        &["GET", AT, "--noncf", "1"],
        "there is no such option; do you mean --nonce? `oauth1 sign --help` lists the options",
    ),
    (
        &["GET", AT, "--xyz=hidden"],
        "there is no option --xyz; `oauth1 sign --help` lists the options",
    ),
    (
        &["GET", AT, "--HIDDEN7"],
        "there is no such option; `oauth1 sign --help` lists the options",
    ),
    (
        &["G T", AT],
        "<METHOD>: the method is not a valid HTTP method",
    ),
    (&["", AT], "<METHOD>: the method is not a valid HTTP method"),
    (
        &["GET", "api.example.com/"],
        "<URL>: it does not begin with http:// or https://",
    ),
    (
        &["GET", ""],
        "<URL>: it does not begin with http:// or https://",
    ),
    (
        &["GET", "http://"],
        "<URL>: it cannot be parsed: empty host",
    ),
    (
        &["GET", "ftp://example.com/"],
        "<URL>: the scheme of the URL is neither http nor https",
    ),
    (
        &["GET", "https://api.example.com/?q=100%"],
        "<URL>: malformed percent escape at byte 5 of the query: write a percent sign as %25",
    ),
    (
        &["GET", "https://api.example.com/?oauth_token=hidden"],
        "<URL>: oauth_token is already in the query: oauth_* parameters are added by the signer; \
         is this signed already?",
    ),
    (
        &["GET", AT, "--query", "oauth_token=hidden"],
        "--query: oauth_token is already in the query: oauth_* parameters are added by the \
         signer; is this signed already?",
    ),
    (
        &["GET", AT, "--query", "hidden"],
        "--query takes NAME=VALUE, but number 1 has no `=`",
    ),
    (
        &["POST", AT, "--form", "a=b", "--form", "hidden"],
        "--form takes NAME=VALUE, but number 2 has no `=`",
    ),
    (
        &["POST", AT, "--form-file", "hidden"],
        "--form-file takes NAME=FILE, but number 1 has no `=`",
    ),
    (
        &["POST", AT, "--form-file", "a=hidden"],
        "--form-file: there is no such file",
    ),
    (
        &["POST", AT, "--signed-elsewhere", "hidden"],
        "--signed-elsewhere takes NAME=VALUE, but number 1 has no `=`",
    ),
    (
        &["POST", AT, "--signed-elsewhere", "oauth_x=hidden"],
        "--signed-elsewhere: oauth_x is already in the parameters signed elsewhere: oauth_* \
         parameters are added by the signer; is this signed already?",
    ),
    (
        &["POST", AT, "--signed-elsewhere", "a=hidden", "--curl"],
        "--curl cannot be used together with --signed-elsewhere: curl would send the request \
                 without these parameters, so the signature would not match; use --json and send \
                 the complete request yourself",
    ),
    (
        &["POST", AT, "--form", "oauth_nonce=hidden"],
        "--form: oauth_nonce is already in the form: oauth_* parameters are added by the signer; \
         is this signed already?",
    ),
    (
        &["get", AT, "--form", "a=hidden"],
        "a GET request has no form: add the parameters with --query",
    ),
    (
        &["HEAD", AT, "--form-body", "a=hidden"],
        "a HEAD request has no form: add the parameters with --query",
    ),
    (
        &["GET", AT, "--placement", "body"],
        "a GET request has no form for the protocol parameters: use --placement header or query",
    ),
    (
        &["POST", AT, "--form-body", "q=%zz"],
        "--form-body: malformed percent escape at byte 2 of the form: write a percent sign as %25",
    ),
    (
        &["POST", AT, "--form-body", r#"{"hidden": 1}"#],
        "--form-body: byte 0 must be percent-encoded; a body that is not a form, such as JSON, \
         is given with --body",
    ),
    (
        &["POST", AT, "--form-body", "@hidden"],
        "--form-body: there is no such file",
    ),
    (
        &["POST", AT, "--form", "a=b", "--form-body", "a=b"],
        "--form <NAME=VALUE> cannot be used together with --form-body <TEXT>",
    ),
    (
        &["POST", AT, "--body", "a", "--form-body", "a=b"],
        "--body <TEXT> cannot be used together with --form-body <TEXT>",
    ),
    (
        &["POST", AT, "--body", "@hidden"],
        "--body: there is no such file",
    ),
    (&["POST", AT, "--body", "@/"], "--body: this is a folder"),
    (&["HEAD", AT, "--body", "a"], "a HEAD request has no body"),
    (
        &["POST", AT, "--body", "a", "--placement", "body"],
        "--body is not a form, so the protocol parameters cannot be added to it: use --placement \
         header or query",
    ),
    (
        &["POST", AT, "--content-type", "text/plain"],
        "--body <TEXT> is missing; `oauth1 sign --help` lists the options",
    ),
    (
        &[
            "POST",
            AT,
            "--body",
            "a",
            "--content-type",
            "text/plain\nX: hidden",
        ],
        "--content-type is a media type, such as application/json or 'text/plain; charset=utf-8'",
    ),
    (
        &["POST", AT, "--body", "a", "--content-type", " "],
        "--content-type is a media type, such as application/json or 'text/plain; charset=utf-8'",
    ),
    (
        &[
            "POST",
            AT,
            "--body=a",
            "--content-type=Application/X-WWW-Form-Urlencoded ;charset=x",
        ],
        "--content-type: servers read this body as a form, which must be signed: give it with \
         --form-body",
    ),
    (
        &["POST", AT, "--form", "a=b", "--body-hash"],
        "--body-hash: a form cannot have a body hash: its parameters are signed already",
    ),
    (
        &[
            "POST",
            AT,
            "--body-hash",
            "--parameter",
            "oauth_body_hash=a",
        ],
        "--body-hash: \"oauth_body_hash\" is given twice",
    ),
    (
        &["GET", AT, "--placement", "cookie"],
        "--placement <PLACEMENT> is one of header, query, body",
    ),
    (&["GET", AT, "--nonce"], "--nonce <NONCE> needs a value"),
    (
        &["GET", AT, "--nonce", "1", "--nonce", "2"],
        "--nonce <NONCE> is given twice",
    ),
    (
        &["GET", AT, "--timestamp", "noon"],
        "--timestamp is a whole number of seconds since 1970-01-01 00:00 UTC",
    ),
    (
        &["GET", AT, "--timestamp", "-1"],
        "--timestamp is a whole number of seconds since 1970-01-01 00:00 UTC",
    ),
    (
        &["GET", AT, "--timestamp", "1380138173684"],
        "--timestamp is in seconds; this looks like milliseconds",
    ),
    (
        &["GET", AT, "--no-stamp", "--nonce", "1"],
        "--no-stamp cannot be used together with --nonce <NONCE>",
    ),
    (
        &["GET", AT, "--callback", "hidden"],
        "--callback is neither an absolute URL nor `oob`",
    ),
    (
        &["GET", AT, "--parameter", "oauth_session_handle"],
        "--parameter takes NAME=VALUE, but number 1 has no `=`",
    ),
    (
        &["GET", AT, "--parameter-file", "oauth_session_handle"],
        "--parameter-file takes NAME=FILE, but number 1 has no `=`",
    ),
    (
        &["GET", AT, "--parameter-file", "oauth_session_handle=hidden"],
        "--parameter-file: there is no such file",
    ),
    (
        &["GET", AT, "--parameter-file", "oauth_verifier=-"],
        "--parameter-file: oauth_verifier is set by --verifier",
    ),
    (
        &["GET", AT, "--verifier-file", "hidden"],
        "--verifier-file: there is no such file",
    ),
    (
        &["GET", AT, "--verifier-file", "-", "--verifier", "hidden"],
        "--verifier-file <FILE> cannot be used together with --verifier <CODE>",
    ),
    (
        &["GET", AT, "--parameter", "oauth_callback=hidden"],
        "--parameter: oauth_callback is set by --callback",
    ),
    (
        &["GET", AT, "--parameter", "oauth_signature=hidden"],
        "--parameter: \"oauth_signature\" cannot be an extra protocol parameter: the signer adds it",
    ),
    (
        &["GET", AT, "--parameter", "oauth_nonce=hidden"],
        "--parameter: oauth_nonce is set by --nonce",
    ),
    (
        &[
            "GET",
            AT,
            "--parameter",
            "o\n=1",
            "--parameter",
            "o\n=hidden",
        ],
        "--parameter: \"o\\n\" is given twice",
    ),
    (
        &["GET", AT, "--realm", "Café"],
        "--realm: the character at byte 3 cannot stand in a realm",
    ),
    (
        &["GET", AT, "--realm", "Photos", "--placement", "query"],
        "--realm stands in the header only: use --placement header",
    ),
    (
        &["GET", AT, "--json", "--curl"],
        "--json cannot be used together with --curl",
    ),
];
