//! A model of known mistakes: what programs make of a request that the RFC makes otherwise. It shares
//! nothing with the crate.

mod model;

use oauth1_signer::diagnosis::Diagnosis;
use support::reference::encode;

pub(crate) use self::model::Right;
use self::model::{
    BOTH, NAMES, Pair, VALUES, Wrong, decoded, encoded, latin_1, lower_case, octets_lost,
    once_more, replace, reserved_left,
};

pub(crate) struct Mistake {
    code: &'static str,
    /// Other codes that explain the same text on some requests.
    or: &'static [&'static str],
    /// Whether the search can find it: it has no freedom.
    pub(crate) is_searched: bool,
    pub(crate) make: fn(&Right) -> Wrong,
}

impl Mistake {
    #[track_caller]
    pub(crate) fn assert_named(&self, diagnosis: &Diagnosis, parameter: Option<&str>, text: &str) {
        let named = diagnosis.findings().iter().any(|finding| {
            let code = finding.cause().code();
            let names = finding.parameters();
            let names_it = parameter.is_none_or(|parameter| names.iter().any(|n| n == parameter));
            code == self.code && names_it || self.or.contains(&code)
        });
        assert!(
            named,
            "{} {parameter:?} in {text}: {diagnosis:?}",
            self.code
        );
        assert!(!diagnosis.is_unexplained());
    }
}

const fn searched(code: &'static str, make: fn(&Right) -> Wrong) -> Mistake {
    Mistake {
        code,
        or: &[],
        is_searched: true,
        make,
    }
}

const fn seen(code: &'static str, make: fn(&Right) -> Wrong) -> Mistake {
    Mistake {
        code,
        or: &[],
        is_searched: false,
        make,
    }
}

impl Mistake {
    const fn or(self, or: &'static [&'static str]) -> Self {
        Self { or, ..self }
    }
}

pub(crate) const MISTAKES: &[Mistake] = &[
    searched("method", |right| {
        let mut wrong = right.clone();
        wrong.method = if right.method == "GET" { "POST" } else { "GET" }.into();
        wrong.wrong()
    }),
    searched("scheme", |right| match right.uri.strip_prefix("https:") {
        Some(rest) => right.with_uri(format!("http:{rest}")),
        None => right.with_uri(right.uri.replacen("http:", "https:", 1)),
    }),
    seen("host", |right| {
        right.with_uri(right.uri.replacen("example", "staging", 1))
    }),
    searched("host-www", |right| {
        // Of a host that has a name.
        let uri = right.uri.replacen("://example", "://www.example", 1);
        right.with_uri(uri.replacen("://api", "://www.api", 1))
    }),
    searched("port", |right| {
        right.with_uri(right.uri.replacen(":8080", "", 1))
    }),
    searched("port-default-kept", |right| {
        let port = if right.uri.starts_with("https") {
            ":443/"
        } else {
            ":80/"
        };
        let (scheme, rest) = right.uri.split_once("://").unwrap();
        if rest.contains(":8080") {
            return right.wrong();
        }
        right.with_uri(format!("{scheme}://{}", rest.replacen('/', port, 1)))
    }),
    seen("path", |right| {
        right.with_uri(right.uri.replacen("/api/v1", "/v1", 1))
    }),
    searched("path-trailing-slash", |right| {
        match right.uri.strip_suffix('/') {
            Some(uri) if uri.matches('/').count() > 2 => right.with_uri(uri),
            Some(_) => right.wrong(),
            None => right.with_uri(format!("{}/", right.uri)),
        }
    }),
    searched("path-encoding-level", |right| {
        right.with_uri(right.uri.replace('%', "%25"))
    }),
    searched("uri-invalid", |right| {
        let path = right.uri.splitn(4, '/').nth(3).unwrap();
        right.with_uri(format!("null//null/{path}"))
    }),
    seen("query-in-uri", |right| {
        right.with_uri(format!("{}?page=2", right.uri))
    }),
    searched("uri-encoding", |right| {
        right.with_uri(encode(right.uri.as_bytes()))
    }),
    searched("parts-missing", |right| {
        let text = right.text();
        Wrong::of(text.split_once('&').unwrap().1)
    }),
    searched("joined-wrongly", |right| {
        Wrong::of(&right.text().replacen('&', "", 1))
    }),
    searched("not-encoded-twice", |right| {
        let [method, uri] = [&right.method, &right.uri].map(|part| encode(part.as_bytes()));
        let third = String::from_utf8(right.third_part()).unwrap();
        Wrong::of(&format!("{method}&{uri}&{third}"))
    }),
    seen("order-unsorted", |right| {
        let mut wrong = right.clone();
        wrong.pairs.reverse();
        wrong.wrong()
    })
    .or(&["order-decoded", "order-joined"]),
    seen("value-differs", |right| {
        let name = right.lone_name();
        let plain = |pair: &&Pair| pair.1.iter().all(u8::is_ascii_lowercase) && !pair.1.is_empty();
        let Some(pair) = right.pairs.iter().filter(plain).find(|pair| name(pair)) else {
            return right.wrong();
        };
        let mut wrong = right.clone();
        wrong.pairs.retain(|other| other != pair);
        wrong
            .pairs
            .push((pair.0.clone(), [&pair.1, &b"jj"[..]].concat()));
        let name = String::from_utf8(decoded(&pair.0)).unwrap();
        right.with_pairs(wrong.pairs).about(&name)
    }),
    // Of a query or form of one parameter, the whole is missing.
    seen("parameter-missing", |right| {
        let name = right.lone_name();
        let mut pairs = right.pairs.clone();
        match right.pairs.iter().position(name) {
            Some(at) => {
                let (name, _) = pairs.remove(at);
                let name = String::from_utf8(decoded(&name)).unwrap();
                right.with_pairs(pairs).about(&name)
            }
            None => right.wrong(),
        }
    })
    .or(&["query-not-signed", "form-not-signed"]),
    // All that is not of the protocol is missing: the query, the form, or both of them.
    seen("query-not-signed", |right| {
        let mut pairs = right.pairs.clone();
        pairs.retain(|(name, _)| name.starts_with(b"oauth_"));
        right.with_pairs(pairs)
    })
    .or(&["form-not-signed", "parameter-missing"]),
    seen("duplicates-lost", |right| {
        let mut pairs = right.pairs.clone();
        pairs.dedup_by(|next, kept| next.0 == kept.0);
        right.with_pairs(pairs)
    })
    .or(&["query-not-signed", "form-not-signed"]),
    seen("parameter-added", |right| right.with("extra", "1")),
    searched("signature-signed", |right| {
        right.with("oauth_signature", "")
    }),
    searched("version", |right| right.replaced("oauth_version", "1.0a")),
    seen("method-name", |right| {
        right.replaced("oauth_signature_method", "HMACSHA1")
    }),
    seen("hash-other", |right| {
        right.replaced("oauth_signature_method", "HMAC-SHA256")
    }),
    seen("parameter-typo", |right| {
        let mut pairs = right.pairs.clone();
        pairs.retain(|(name, _)| name != b"oauth_nonce");
        pairs.push((b"oauth_nounce".into(), b"nonce".into()));
        right.with_pairs(pairs).about("oauth_nonce")
    }),
    seen("other-request", |right| {
        let mut pairs = right.pairs.clone();
        pairs.retain(|(name, _)| name != b"oauth_nonce" && name != b"oauth_timestamp");
        pairs.push((b"oauth_nonce".into(), b"again".into()));
        pairs.push((b"oauth_timestamp".into(), b"1316657700".into()));
        right.with_pairs(pairs)
    }),
    searched("value-encoded-too-often", |right| {
        right.with_halves(|v| encoded(&encoded(v)), VALUES)
    }),
    searched("value-encoded-too-little", |right| {
        right.with_halves(<[u8]>::to_vec, VALUES)
    })
    .or(&["reserved-left", "value-decoded-twice"]),
    searched("value-decoded-twice", |right| {
        right.with_halves(|v| encoded(&once_more(v)), VALUES)
    })
    .or(&["value-encoded-too-little"]),
    searched("name-encoded-too-often", |right| {
        right.with_halves(|v| encoded(&encoded(v)), NAMES)
    }),
    searched("name-not-encoded", |right| {
        right.with_halves(<[u8]>::to_vec, NAMES)
    }),
    searched("plus-for-space", |right| {
        right.with_halves(|v| replace(v, "%20", "+"), BOTH)
    }),
    searched("space-as-plus-literal", |right| {
        right.with_halves(|v| replace(v, "%20", "%2B"), BOTH)
    }),
    searched("escapes-lower-case", |right| {
        right.with_halves(lower_case, BOTH)
    }),
    searched("latin-1", |right| right.with_halves(latin_1, BOTH)),
    searched("octets-lost", |right| right.with_halves(octets_lost, BOTH)),
    searched("tilde-encoded", |right| {
        right.with_halves(|v| replace(v, "~", "%7E"), BOTH)
    }),
    searched("unreserved-encoded", |right| {
        right.with_halves(|v| replace(v, "-", "%2D"), BOTH)
    }),
    searched("reserved-left", |right| {
        right.with_halves(reserved_left, BOTH)
    }),
];

type Key = fn(&str, &str) -> String;

/// Keys that are made wrongly of both secrets.
pub(crate) const OF_KEYS: &[(&str, Key)] = &[
    ("key-no-ampersand", |consumer, token| {
        encode((consumer.to_owned() + token).as_bytes())
    }),
    ("key-no-token-secret", |consumer, _| {
        encode(consumer.as_bytes()) + "&"
    }),
    ("key-swapped", |consumer, token| {
        encode(token.as_bytes()) + "&" + &encode(consumer.as_bytes())
    }),
    ("key-not-encoded", |consumer, token| {
        format!("{consumer}&{token}")
    }),
    ("key-encoded-twice", |consumer, token| {
        let twice = |secret: &str| encode(encode(secret.as_bytes()).as_bytes());
        twice(consumer) + "&" + &twice(token)
    }),
];
