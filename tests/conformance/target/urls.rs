//! Random URLs, mostly ordinary, with what has a meaning in a URL more often than by chance.

use proptest::{collection::vec, option, prelude::*, sample::select};

/// A URL that is mostly an ordinary one.
pub(crate) fn url() -> impl Strategy<Value = String> {
    let scheme = mostly(select(&["http://", "https://"][..]), SCHEMES);
    let label = mostly("[a-z][a-z0-9-]{0,7}", LABELS);
    let host = vec(label, 1..4).prop_map(|labels| labels.join("."));
    let port = mostly(
        option::of(1..=65535_u16)
            .prop_map(|port| port.map_or(String::new(), |port| format!(":{port}"))),
        PORTS,
    );
    let segment = mostly("[a-zA-Z0-9._~%!$&'()*+,;=:@|-]{0,5}", SEGMENTS);
    let segment = (mostly(Just("/"), &["\\", "", "//"]), segment);
    let path = vec(segment.prop_map(|(slash, segment)| slash + &segment), 0..5);
    let query = option::weighted(0.7, mostly("\\?[!$-&(-;=?-~]{0,40}", AFTER_PATH));
    let fragment = option::weighted(0.3, mostly("#[!#-;=?-_a-~]{0,10}", AFTER_PATH));
    let edge = || mostly(Just(""), SPACES);
    let before_host = (edge(), scheme, mostly(Just(""), USERS));
    let after_host = (path, query, fragment, edge());
    (before_host, host, port, after_host).prop_map(
        |((start, scheme, user), host, port, (path, query, fragment, end))| {
            let (query, fragment) = (query.unwrap_or_default(), fragment.unwrap_or_default());
            let path = path.concat();
            [start, scheme, user, host, port, path, query, fragment, end].concat()
        },
    )
}

/// Now and then something that has a meaning of its own.
fn mostly(
    usual: impl Strategy<Value = impl ToString + std::fmt::Debug>,
    odd: &'static [&'static str],
) -> impl Strategy<Value = String> {
    prop_oneof![
        12 => usual.prop_map(|usual| usual.to_string()),
        1 => select(odd).prop_map(str::to_owned),
    ]
}

pub(crate) fn mixture() -> impl Strategy<Value = String> {
    let any = [LABELS, PORTS, SEGMENTS, AFTER_PATH, SPACES, USERS, MARKS].concat();
    (select(SCHEMES), vec(select(any), 0..8))
        .prop_map(|(scheme, rest)| scheme.to_owned() + &rest.concat())
}

pub(crate) const SCHEMES: &[&str] = &[
    "http://",
    "https://",
    "HTTP://",
    "Https://",
    "http:/",
    "http:",
    "https:///",
    "http:\\\\",
    "http:\\/",
    "h\tttp://",
    "http:\n//",
    "http://\r",
    "ftp://",
    "ws://",
    "file://",
    "//",
    "",
];
const USERS: &[&str] = &[
    "@",
    ":@",
    "user@",
    "user:@",
    ":word@",
    "user:word@",
    "a@b@",
    "%40@",
];
const LABELS: &[&str] = &[
    "",
    "-",
    "-a",
    "a-",
    "a--b",
    "xn--",
    "xn--a",
    "xn--bcher-kva",
    "XN--bcher-kva",
    "axn--a",
    "A",
    "a_b",
    "a~",
    "%61",
    "%2e",
    "%",
    "a b",
    "a\tb",
    "a\\b",
    "a|b",
    "a^b",
    "a<b",
    "ä",
    "ß",
    "\u{130}",
    "\u{ad}",
    "\u{3002}",
    "\u{ff0e}",
    "\u{ff21}",
    "\u{5d0}",
    "0",
    "1",
    "127",
    "256",
    "4294967295",
    "4294967296",
    "0x7f",
    "0X7F",
    "0x",
    "0xg",
    "017",
    "08",
    "1e3",
    "1a",
    "[::1]",
    "[::FFFF:1.2.3.4]",
    "[1:0:0:0:0:0:0:1]",
    "[::",
    "]",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];
const PORTS: &[&str] = &[
    ":",
    ":0",
    ":80",
    ":443",
    ":080",
    ":00443",
    ":8080",
    ":65535",
    ":65536",
    ":4294967376",
    ":+80",
    ":-1",
    ":8 0",
    ":8\t0",
    ":a",
    ":8a",
    "::80",
    ":80:80",
    ":80@",
];
const SEGMENTS: &[&str] = &[
    ".",
    "..",
    "...",
    "%2e",
    "%2E",
    "%2e%2E",
    ".%2e",
    "%2E.",
    ".%",
    "%2",
    "%2e%2e%2e",
    "..a",
    ".\t.",
    ".a",
    "a.",
    "%2ea",
    "%2f",
    "%5c",
    "%",
    "%zz",
    "a b",
    "ä",
    "^",
    "|",
    "`",
    "{",
    "}",
    "\"",
    "<",
    ">",
    "[]",
    "\0",
    "\t",
    "\u{1f}",
    "\u{7f}",
    "\u{80}",
    "c:",
    "c|",
];
const AFTER_PATH: &[&str] = &[
    "?", "#", "??", "?#", "#?", "##", "?'", "?\"", "?<", "?>", "? ", "?`", "?{}", "?^", "?\\",
    "?ä", "?\t", "?\u{7f}", "#'", "#\"", "#<", "#>", "# ", "#`", "#{}", "#^", "#\\", "#ä", "#\0",
];
const SPACES: &[&str] = &[
    " ", "\t", "\r\n", "\0", "\u{1f}", "\u{a0}", "\u{feff}", "\u{7f}",
];
const MARKS: &[&str] = &[
    "/", "/", "/", ".", ".", "a", "b", "?", "#", "@", ":", "\\", "%",
];
