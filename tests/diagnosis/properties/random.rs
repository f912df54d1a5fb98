//! Random requests that are signed with HMAC-SHA1, and texts of any kind.

use oauth1_signer::{Consumer, Request, Signed, Signer, Stamp, Token};
use proptest::{collection::vec, option, prelude::*, sample::select};
use support::reference::encode;

pub(super) type Pair = (String, String);

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) form: Option<Vec<Pair>>,
    /// Of the consumer and of the token.
    pub(super) secrets: Pair,
}

pub(super) fn case() -> impl Strategy<Value = Case> {
    let url = (
        select(vec!["http", "https"]),
        select(vec![
            "example.com",
            "api.example.net:8080",
            "[2001:db8::1]",
            "127.0.0.1",
        ]),
        select(vec![
            "/",
            "/photos",
            "/a/b%2Fc",
            "/caf%C3%A9/",
            "/x;y/~z",
            "/api/v1/x",
        ]),
        vec(pair(), 0..5),
    );
    let url = url.prop_map(|(scheme, authority, path, query)| {
        let query: Vec<String> = query
            .iter()
            .map(|(name, value)| {
                format!("{}={}", encode(name.as_bytes()), encode(value.as_bytes()))
            })
            .collect();
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{}", query.join("&"))
        };
        format!("{scheme}://{authority}{path}{query}")
    });
    let method_and_form = prop_oneof![
        (select(vec!["GET", "DELETE", "PROPFIND"]), Just(None)),
        (
            select(vec!["POST", "PUT", "PATCH"]),
            option::of(vec(pair(), 1..4))
        ),
    ];
    // A space at an end would be a mistake.
    let secret = || "[a-zA-Z0-9+/=&%é]{1,12}";
    (url, method_and_form, (secret(), secret())).prop_map(|(url, (method, form), secrets)| Case {
        method,
        url,
        form,
        secrets,
    })
}

/// No names with a meaning of their own, apart from those that the signer writes.
fn pair() -> impl Strategy<Value = Pair> {
    let names = vec![
        "a", "a", "b", "a-b", "a.b", "a b", "tags[]", "user id", "~", "café", "snow☃", "x+y", "q",
        "z9",
    ];
    let values = vec![
        "",
        "a b",
        "a+b",
        "a%20b",
        "100%",
        "a,b",
        "a/b",
        "http://a.b/c",
        "(new)!",
        "it's",
        "a~b",
        "1.5",
        "x_y",
        "a-b",
        "café",
        "£5",
        "☃",
        "あい",
        "e\u{301}",
        "50%2F50",
        "plain",
        "7",
        "\u{10ffff}",
        "\n",
    ];
    (
        prop_oneof![
            3 => select(names).prop_map(str::to_owned),
            1 => "[b-y]{2,5}",
        ],
        prop_oneof![
            4 => select(values).prop_map(str::to_owned),
            1 => "[a-z0-9]{1,6}",
            1 => "\\PC{0,6}",
        ],
    )
}

/// What looks like evidence, and what does not.
pub(super) fn arbitrary_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "GET",
        "&",
        "=",
        "%",
        "%26",
        "%3D",
        "%25",
        "%2520",
        "%252525",
        "%C3%A9",
        "%25E9",
        "%zz",
        "+",
        " ",
        "\"",
        "\\u0026",
        "&amp;",
        "http",
        "https%3A%2F%2F",
        "://",
        "[::1]",
        "example.com",
        ":443",
        "/",
        "?",
        "#",
        "oauth_",
        "oauth_token",
        "oauth_signature",
        "oauth_version",
        "oauth_timestamp",
        "realm",
        "1316657628",
        "1316657628000",
        "HMAC-SHA1",
        "PLAINTEXT",
        "OAuth ",
        ",",
        "\n",
        "\0",
        "é",
        "\u{301}",
        "debug_sbs=",
        "oauth_problem=",
        "base string: ",
        "expected",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "{",
        "<",
        "application/x-www-form-urlencoded",
    ];
    prop_oneof![
        6 => vec(select(pieces), 0..24).prop_map(|pieces| pieces.concat()),
        1 => "\\PC{0,40}",
        1 => any::<String>(),
    ]
}

impl Case {
    pub(super) fn consumer(&self) -> Consumer {
        Consumer::new("key", &self.secrets.0)
    }

    pub(super) fn token(&self) -> Token {
        Token::new("token", &self.secrets.1)
    }

    /// Signs the request, and does something with it.
    pub(super) fn sign(&self, then: impl FnOnce(&Signed<'_>)) {
        let mut request = Request::new(self.method, self.url.as_str()).unwrap();
        if let Some(form) = &self.form {
            request = request.form(form).unwrap();
        }
        let signer = Signer::new(&self.consumer(), &self.token());
        then(&signer.sign(&request, Stamp::new("nonce", 1_316_657_628)));
    }
}
