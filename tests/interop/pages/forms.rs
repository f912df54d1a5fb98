//! Forms with all that can go wrong between a page and a post.

pub(crate) struct Form {
    pub(crate) name: &'static str,
    /// The path and the query of the target.
    pub(crate) place: &'static str,
    pub(crate) fields: Fields,
}

#[derive(Clone, Copy)]
pub(crate) enum Fields {
    None,
    /// With line ends to be changed as a browser changes them.
    Pairs(&'static [(&'static str, &'static str)]),
    AsTheyAre(&'static [(&'static str, &'static str)]),
    /// A form that is encoded already.
    Bytes(&'static str),
}

/// A form that is posted to `/launch`.
const fn launch(name: &'static str, fields: &'static [(&'static str, &'static str)]) -> Form {
    Form {
        name,
        place: "/launch",
        fields: Fields::Pairs(fields),
    }
}

/// A form that is posted somewhere else.
const fn to(name: &'static str, place: &'static str) -> Form {
    Form {
        name,
        place,
        fields: Fields::Pairs(&[("title", "a b"), ("page", "1")]),
    }
}

/// A form that is given in another way.
const fn given(name: &'static str, fields: Fields) -> Form {
    Form {
        name,
        place: "/launch?unit=1",
        fields,
    }
}

pub(crate) const FORMS: &[Form] = &[
    launch(
        "an LTI launch",
        &[
            ("lti_message_type", "basic-lti-launch-request"),
            ("lti_version", "LTI-1p0"),
            ("resource_link_id", "88391-e1919-bb3456"),
            ("context_title", "Design of Personal Environments"),
            ("roles", "Instructor,Administrator"),
            (
                "launch_presentation_return_url",
                "https://lms.example.com/?a=b&c=d#e",
            ),
            ("custom_review:chapter", "1.2.56"),
        ],
    ),
    launch(
        "quotes",
        &[("a\"b", "'a' \"b\" `c`"), ("\"", "'"), ("'", "\"")],
    ),
    launch(
        "tags",
        &[("<b>", "<b>a</b></form><script>alert(1)</script><!-- -->")],
    ),
    launch(
        "ampersands",
        &[("a&b", "&"), ("amp", "&amp; &lt &copy &notin; &amp;amp;")],
    ),
    launch(
        "text that looks like a character reference",
        &[("&#10;", "&#10;&#13;&#x41;&#0;&#"), ("b", "&#128;&#65")],
    ),
    launch("a line feed", &[("text", "first line\nsecond line\n")]),
    launch(
        "a carriage return",
        &[("text", "first line\rsecond line\r")],
    ),
    launch("CR LF", &[("text", "first line\r\nsecond line\r\n")]),
    launch(
        "line ends of all kinds",
        &[("text", "\n\n\r\r\r\n\r\n\n\r\n\r")],
    ),
    launch(
        "line ends in names",
        &[("a\nb", "1"), ("a\rb", "2"), ("\r\n", "3")],
    ),
    launch(
        "white space around",
        &[
            ("  a  ", "  b  "),
            ("\t", "\tc\t"),
            (" ", " "),
            ("\n", "\n"),
        ],
    ),
    launch("tabs and a form feed", &[("a\tb", "\t\tc\td\u{c}")]),
    launch(
        "non-ASCII",
        &[("größe", "Zürich ☃ 日本語 עברית"), ("ß", "\u{a0}\u{ad}ÿ")],
    ),
    launch("emoji", &[("👍", "👩‍👩‍👧‍👦 🇨🇭 😀"), ("x", "\u{10ffff}")]),
    launch(
        "combining characters are not composed",
        &[("e\u{301}", "é e\u{301}"), ("é", "ﬁ Å Å")],
    ),
    launch(
        "odd characters",
        &[(
            "a",
            "\u{feff}b\u{fffd}c\u{fffe}\u{ffff}\u{2028}\u{2029}\u{fdd0}",
        )],
    ),
    launch(
        "control characters",
        &[(
            "a",
            "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{b}\u{e}\u{f}\u{10}\u{1b}\u{1f}\u{7f}",
        )],
    ),
    launch(
        "ASCII",
        &[
            ("a", " !\"#$%&'()*+,-./0123456789:;<=>?@AZ[\\]^_`az{|}~"),
            ("+%20", "%2B+%zz%"),
        ],
    ),
    launch("empty values", &[("a", ""), ("b", ""), ("c", "")]),
    launch(
        "a name again and again",
        &[("a", "2"), ("b", "x"), ("a", "1"), ("a", "2"), ("A", "0")],
    ),
    launch(
        "names of what a form has",
        &[
            ("submit", "1"),
            ("action", "https://example.com/"),
            ("method", "get"),
            ("enctype", "text/plain"),
            ("target", "_blank"),
            ("elements", "1"),
            ("length", "1"),
            ("nodeName", "1"),
            ("ownerDocument", "1"),
            ("constructor", "1"),
            ("__proto__", "1"),
            ("prototype", "1"),
        ],
    ),
    launch(
        "names of what a document has",
        &[("currentScript", "1"), ("forms", "1"), ("cookie", "1")],
    ),
    launch(
        "names that were special",
        &[("isindex", "1"), ("dirname", "2"), ("_method", "3")],
    ),
    launch(
        "the encoding",
        &[
            ("_charset_", "UTF-8"),
            ("_CharSet_", "UTF-8"),
            ("charset", "x"),
        ],
    ),
    launch("long values", &[("a", LONG), ("b", LONG_NON_ASCII)]),
    to("a query", "/launch?unit=1&page=2"),
    to(
        "a query with quotes and escapes",
        "/launch?a='b'&c=%22%C3%A9+%2B&amp;=&lt;&d&=e&#top",
    ),
    to(
        "a query with brackets",
        "/launch?a%5B0%5D=%7Bb%7D&c=d%7Ce%5Ef%60g%5ch",
    ),
    to("an empty query", "/launch?"),
    to(
        "escapes in the path",
        "/launch/caf%C3%A9/a%2Fb/%7e%41%2e%5E%7C;v=1/",
    ),
    to("signs in the path", "/launch/!$&'()*+,;=:@~-_.[]//x"),
    given("no form", Fields::None),
    given("an empty form", Fields::Pairs(&[])),
    given(
        "line ends that are CR LF already",
        Fields::AsTheyAre(&[("a\r\n", "\r\nb\r\n\r\nc")]),
    ),
    given(
        "a form that is encoded already",
        Fields::Bytes("title=a+b%20c&page&&tag=%C3%A9&tag=~&text=a%0D%0Ab&x==&*=%7E!'()"),
    ),
];

const LONG: &str = match str::from_utf8(&[b'a'; 100_000]) {
    Ok(text) => text,
    Err(_) => "",
};

const LONG_NON_ASCII: &str = match str::from_utf8(&EACUTES) {
    Ok(text) => text,
    Err(_) => "",
};

/// The letter é, again and again.
static EACUTES: [u8; 40_000] = {
    let mut bytes = [0xC3; 40_000];
    let mut at = 1;
    while at < bytes.len() {
        bytes[at] = 0xA9;
        at += 2;
    }
    bytes
};
