//! Does the crate sign what the RFC says, on any request? A slow model of the RFC says what that is.

use std::{collections::BTreeMap, convert::Infallible};

use oauth1_signer::signature_method::{HmacSha1, Signature, SigningKey};
use oauth1_signer::{
    BaseString, Callback, Consumer, Place, Realm, Request, RequestError, Signed, Signer, Stamp,
    Token,
};
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
};
use support::reference::{self, Input, decode_form};
use url::Url;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(768))]

    #[test]
    fn every_stage_is_what_the_model_says(case in case()) {
        let signer = case.signer();
        let body = case.form_bytes();
        for request in [case.request(None), case.request(Some(&body))] {
            case.check_stages(&request, &signer.sign(&request, case.stamp()));
        }
    }

    /// The everyday constructor, and the one for keys of one's own.
    #[test]
    fn signers_are_the_same_however_they_are_made(mut case in case()) {
        case.signature_method = "HMAC-SHA1".into();
        let consumer = Consumer::new(&case.consumer.0, &case.consumer.1);
        let token = case.token.as_ref().map(|(token, secret)| Token::new(token, secret));
        let request = case.request(None);
        let (new, with_key) = (case.set(Signer::new(&consumer, &token)), case.signer());
        let new = new.sign(&request, case.stamp());
        let with_key = with_key.sign(&request, case.stamp());
        prop_assert_eq!(
            new.authorization_header().to_value(),
            with_key.authorization_header().to_value()
        );
    }

    #[test]
    fn renderings_carry_the_same_parameters(case in case()) {
        let signer = case.signer();
        let body = case.form_bytes();
        for request in [case.request(None), case.request(Some(&body))] {
            case.check_renderings(&request, &signer.sign(&request, case.stamp()));
        }
    }
}

proptest! {
    #![proptest_config(config(512))]

    /// Nor on the place: the same parameters give the same signature as a form, in the query, and
    /// elsewhere.
    #[test]
    fn signature_does_not_depend_on_the_order(
        (pairs, shuffled) in vec((name(), value()), 0..12)
            .prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle())),
        cuts in any::<[prop::sample::Index; 2]>(),
        spelling in any::<Spelling>(),
    ) {
        let sign = |request: &Request| {
            let signer = Signer::new(&Consumer::new("key", "secret"), None);
            let signed = signer.sign(request, Stamp::new("nonce", 1));
            signed.signature().expose_secret().to_owned()
        };
        let request = Request::post("https://example.com/").unwrap().form(&pairs).unwrap();
        let expected = sign(&request);

        let mut cuts = cuts.map(|cut| cut.index(shuffled.len() + 1));
        cuts.sort_unstable();
        let (first, last) = shuffled.split_at(cuts[1]);
        let (query, form) = first.split_at(cuts[0]);
        let url = format!("https://example.com/?{}", in_query(query, spelling));
        let body = in_form(form, spelling);
        let request = Request::post(url.as_str()).unwrap();
        let with_pairs = request.clone().signed_elsewhere(last).unwrap().form(form).unwrap();
        let with_bytes = request.form_bytes(&body).unwrap().signed_elsewhere(last).unwrap();
        prop_assert_eq!(sign(&with_pairs), expected.as_str());
        prop_assert_eq!(sign(&with_bytes), expected.as_str());
    }

    #[test]
    fn protocol_parameters_are_refused_however_they_are_spelled(
        rest in vec(any::<u8>(), 0..12),
        value in value(),
        others in vec((name(), value()), 0..6),
        at in any::<prop::sample::Index>(),
        spelling in any::<Spelling>(),
    ) {
        let name = [&b"oauth_"[..], &rest].concat();
        let mut pairs = others;
        pairs.insert(at.index(pairs.len() + 1), (name.clone(), value));
        let refused = |result: Result<Request, RequestError>, place| {
            let odd = |octet: &u8| !octet.is_ascii_alphanumeric() && *octet != b'_';
            let name = name.split(odd).next().unwrap();
            let name = String::from_utf8(name.to_vec()).unwrap();
            assert_eq!(result.unwrap_err(), RequestError::ProtocolParameter { name, place });
        };
        let url = format!("https://example.com/?{}", in_query(&pairs, spelling));
        let body = in_form(&pairs, spelling);
        let request = Request::post("https://example.com/?a=b").unwrap();
        refused(Request::get(url.as_str()), Place::Query);
        refused(request.clone().form(&pairs), Place::Form);
        refused(request.clone().form_bytes(&body), Place::Form);
        refused(request.clone().signed_elsewhere(&pairs), Place::Elsewhere);
    }

    /// What is taken can be signed and written, and what is not is an error.
    #[test]
    fn nothing_panics(
        method in prop_oneof![arbitrary_text(), method()],
        url in prop_oneof![
            arbitrary_text(),
            arbitrary_text().prop_map(|rest| format!("http://{rest}")),
            arbitrary_text().prop_map(|rest| format!("https://example.com/?{rest}")),
        ],
        body in prop_oneof![
            vec(any::<u8>(), 0..40),
            vec(select(&b"%%%&&==+;4fFgo\0\xFF"[..]), 0..20),
        ],
        name in arbitrary_text(),
        texts in any::<[String; 2]>(),
        realm in arbitrary_text(),
    ) {
        let first_malformed = body.iter().enumerate().position(|(at, octet)| {
            *octet == b'%'
                && !(body.len() > at + 2 && body[at + 1..at + 3].iter().all(u8::is_ascii_hexdigit))
        });
        let form = Request::post("https://example.com/").unwrap().form_bytes(&body);
        let position = match &form {
            Err(RequestError::MalformedEscape { position, .. }) => Some(*position),
            _ => None,
        };
        prop_assert_eq!(position, first_malformed);

        let mut requests: Vec<Request> = form.into_iter().collect();
        requests.extend(Request::new(&method, "https://example.com/"));
        requests.extend(Request::get(url.as_str()));
        requests.extend(Request::new(&method, url.as_str()).and_then(|r| r.form_bytes(&body)));
        let more: Vec<Request> = requests
            .iter()
            .filter_map(|request| request.clone().protocol_parameter(&name, &texts[0]).ok())
            .map(|request| request.callback(Callback::Url(&texts[1])).verification_code(&name))
            .collect();
        let mut signer = Signer::new(&Consumer::new(&name, &realm), &Token::new(&realm, &name));
        if let Ok(realm) = Realm::new(&realm) {
            signer = signer.with_realm(realm);
        }
        for request in requests.iter().chain(&more) {
            let signed = signer.sign(request, Stamp::new(realm.clone(), 0));
            let url = signed.query().to_url();
            let parsed = Url::parse(&url).unwrap();
            prop_assert_eq!(parsed.as_str(), &url);
            prop_assert!(signed.form_body().to_string().is_ascii());
            let header = signed.authorization_header().to_value();
            prop_assert!(header.bytes().all(|octet| matches!(octet, b'\t' | b' '..=b'~')));
            prop_assert_eq!(signed.base_string().to_string().matches('&').count(), 2);
        }
    }
}

/// A request and who signs it.
#[derive(Clone, Debug)]
struct Case {
    method: String,
    /// As it is given to the crate and to the model alike. `url` makes no other URL of it than the
    /// model does.
    url: String,
    form: Vec<Pair>,
    elsewhere: Vec<Pair>,
    spelling: Spelling,
    signature_method: String,
    consumer: (String, String),
    token: Option<(String, String)>,
    nonce: String,
    timestamp: u64,
    version: bool,
    callback: Option<String>,
    verifier: Option<String>,
    further: Vec<(String, String)>,
    realm: Option<String>,
}

/// A name and a value, decoded.
type Pair = (Vec<u8>, Vec<u8>);

impl Case {
    fn signer(&self) -> Signer<Named> {
        let (consumer_key, consumer_secret) = &self.consumer;
        let (token, token_secret) = self.token_and_secret();
        let key = Named {
            name: self.signature_method.clone(),
            key: HmacSha1::new(consumer_secret, token_secret),
        };
        self.set(Signer::with_key(consumer_key, token, key))
    }

    fn token_and_secret(&self) -> (Option<&str>, &str) {
        match &self.token {
            None => (None, ""),
            Some((token, secret)) => (Some(token), secret),
        }
    }

    fn set<K: SigningKey>(&self, mut signer: Signer<K>) -> Signer<K> {
        if !self.version {
            signer = signer.without_version();
        }
        if let Some(realm) = &self.realm {
            signer = signer.with_realm(Realm::new(realm).unwrap());
        }
        signer
    }

    fn stamp(&self) -> Stamp {
        Stamp::new(self.nonce.clone(), self.timestamp)
    }

    /// With the form as bytes or, without bytes, as pairs.
    fn request<'a>(&'a self, form_bytes: Option<&'a [u8]>) -> Request<'a> {
        let mut request = Request::new(&self.method, self.url.as_str()).unwrap();
        request = match form_bytes {
            None => request.form(&self.form).unwrap(),
            Some(body) => request.form_bytes(body).unwrap(),
        };
        request = request.signed_elsewhere(&self.elsewhere).unwrap();
        if let Some(callback) = &self.callback {
            request = request.callback(Callback::Url(callback));
        }
        if let Some(code) = &self.verifier {
            request = request.verification_code(code);
        }
        for (name, value) in &self.further {
            request = request.protocol_parameter(name, value).unwrap();
        }
        request
    }

    fn form_bytes(&self) -> Vec<u8> {
        in_form(&self.form, self.spelling)
    }

    /// What the model signs besides query and form.
    fn protocol(&self) -> Vec<(String, String)> {
        let mut protocol = self.further.clone();
        let mut add = |name: &str, value: &str| protocol.push((name.into(), value.into()));
        add("oauth_consumer_key", &self.consumer.0);
        add("oauth_nonce", &self.nonce);
        add("oauth_signature_method", &self.signature_method);
        add("oauth_timestamp", &self.timestamp.to_string());
        if let Some(token) = self.token_and_secret().0 {
            add("oauth_token", token);
        }
        if self.version {
            add("oauth_version", "1.0");
        }
        if let Some(callback) = &self.callback {
            add("oauth_callback", callback);
        }
        if let Some(code) = &self.verifier {
            add("oauth_verifier", code);
        }
        protocol
    }

    fn check_stages(&self, request: &Request, signed: &Signed) {
        let form = [&self.form[..], &self.elsewhere].concat();
        let input = Input {
            method: &self.method,
            url: &self.url,
            form: &form,
            protocol: &self.protocol(),
        };
        let base_string = reference::base_string(&input);
        let signature =
            reference::hmac_sha1(&base_string, &self.consumer.1, self.token_and_secret().1);

        let base_uri = reference::base_uri(&self.url);
        assert_eq!(request.target().base_uri(), base_uri);
        assert_eq!(
            signed.parameters().to_string(),
            reference::parameters(&input)
        );
        assert_eq!(signed.base_string().to_string(), base_string);
        let mut chunks = Vec::new();
        let view = signed.base_string();
        view.for_each_chunk(|chunk| chunks.extend_from_slice(chunk));
        assert_eq!(chunks, base_string.as_bytes());
        assert_eq!(signed.signature().expose_secret(), signature);
    }

    fn check_renderings(&self, request: &Request, signed: &Signed) {
        let mut sent = self.protocol();
        let signature = signed.signature().expose_secret();
        sent.push(("oauth_signature".into(), signature.into()));
        sent.sort_by_key(|(name, _)| reference::encode(name.as_bytes()));
        let listed: Vec<(String, String)> = signed
            .protocol_parameters()
            .iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        assert_eq!(listed, sent);
        let sent: Vec<Pair> = sent
            .into_iter()
            .map(|(name, value)| (name.into_bytes(), value.into_bytes()))
            .collect();

        let header = signed.authorization_header().to_value();
        assert_eq!(header, signed.authorization_header().to_string());
        assert_eq!(self.pairs_in_header(&header), sent);

        // Nothing of what was there is lost, and the rest of the URL stays.
        let before = Url::parse(&self.url).unwrap();
        let url = signed.query().to_url();
        let after = Url::parse(&url).unwrap();
        assert_eq!(after.as_str(), url, "a parser leaves the URL alone");
        let query = after.query().unwrap();
        assert_eq!(query, signed.query().to_string());
        let mut expected = decode_form(before.query().unwrap_or("").as_bytes());
        expected.extend_from_slice(&sent);
        assert_eq!(decode_form(query.as_bytes()), expected);
        let mut restored = after.clone();
        restored.set_query(before.query());
        assert_eq!(restored, before);

        let form = request.form_body().to_string();
        assert!(form.is_ascii());
        assert_eq!(decode_form(form.as_bytes()), self.form);
        let form = signed.form_body().to_string();
        assert!(form.is_ascii());
        assert_eq!(
            decode_form(form.as_bytes()),
            [&self.form[..], &sent].concat()
        );
    }

    fn pairs_in_header(&self, header: &str) -> Vec<Pair> {
        let mut rest = header.strip_prefix("OAuth ").unwrap();
        if let Some(realm) = &self.realm {
            let realm = Realm::new(realm).unwrap().to_string();
            rest = rest.strip_prefix("realm=").unwrap();
            rest = rest.strip_prefix(realm.as_str()).unwrap();
            rest = rest.strip_prefix(", ").unwrap();
        }
        assert!(!rest.contains('+'), "{rest}");
        rest.split(", ")
            .flat_map(|parameter| {
                let (name, value) = parameter.split_once('=').unwrap();
                let value = value.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
                decode_form(format!("{name}={value}").as_bytes())
            })
            .collect()
    }
}

/// HMAC-SHA1 by any name.
struct Named {
    name: String,
    key: HmacSha1,
}

impl SigningKey for Named {
    type Error = Infallible;

    fn method(&self) -> &str {
        &self.name
    }

    fn sign(&self, base_string: &BaseString<'_>) -> Result<Signature, Infallible> {
        self.key.sign(base_string)
    }
}

/// How octets are written where they are encoded: repeated from the start for each text.
type Spelling = [u8; 5];

/// Writes octets as they are, or as escapes with digits in lower or upper case.
fn spell(octets: &[u8], spelling: Spelling, plain: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut spelled = Vec::new();
    for (&octet, how) in octets.iter().zip(spelling.iter().cycle()) {
        match how % 4 {
            0 => spelled.extend(format!("%{octet:02x}").bytes()),
            1 => spelled.extend(format!("%{octet:02X}").bytes()),
            _ if octet == b' ' => spelled.push(b'+'),
            _ if plain(octet) => spelled.push(octet),
            _ => spelled.extend(format!("%{octet:02X}").bytes()),
        }
    }
    spelled
}

/// In a URL, text may stand as it is even if it is not ASCII, but half a character may not.
fn spell_in_query(octets: &[u8], spelling: Spelling, plain: &str) -> String {
    let whole = std::str::from_utf8(octets).is_ok() && spelling.iter().all(|how| how % 4 > 1);
    let plain = |octet: u8| {
        octet.is_ascii_alphanumeric()
            || plain.contains(char::from(octet)) && octet.is_ascii()
            || whole && !octet.is_ascii()
    };
    String::from_utf8(spell(octets, spelling, plain)).unwrap()
}

/// Neither `&`, `+`, `%` and `#`, nor what a URL parser removes.
const PLAIN_NAME: &str = "!\"$'()*,-./:;<>?@[\\]^_`{|}~";

/// Only the first `=` separates.
const PLAIN_VALUE: &str = "!\"$'()*,-./:;<>?@[\\]^_`{|}~=";

fn in_query(pairs: &[Pair], spelling: Spelling) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| {
            let name = spell_in_query(name, spelling, PLAIN_NAME);
            format!("{name}={}", spell_in_query(value, spelling, PLAIN_VALUE))
        })
        .collect();
    pairs.join("&")
}

/// Bytes are taken as they come, also those that do not belong in such a body.
fn in_form(pairs: &[Pair], spelling: Spelling) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in pairs {
        body.extend(spell(name, spelling, |octet| !b"&=+%".contains(&octet)));
        body.push(b'=');
        body.extend(spell(value, spelling, |octet| !b"&+%".contains(&octet)));
        body.push(b'&');
    }
    // Empty pairs are none: whether the separator at the end stays makes no difference.
    if spelling[0].is_multiple_of(2) {
        body.pop();
    }
    body
}

fn case() -> impl Strategy<Value = Case> {
    let request = (method(), url(), pairs(), pairs(), any::<Spelling>());
    let signer = (
        prop_oneof![3 => Just(String::from("HMAC-SHA1")), 1 => text()],
        (text(), text()),
        option::of((text(), text())),
        any::<bool>(),
        option::of("[ -~\t]{0,8}"),
    );
    let of_request = (
        text(),
        any::<u64>(),
        option::of(text()),
        option::of(text()),
        further(),
    );
    (request, signer, of_request).prop_map(
        |(
            (method, url, form, elsewhere, spelling),
            (signature_method, consumer, token, version, realm),
            (nonce, timestamp, callback, verifier, further),
        )| Case {
            method,
            url,
            form,
            elsewhere,
            spelling,
            signature_method,
            consumer,
            token,
            nonce,
            timestamp,
            version,
            callback,
            verifier,
            further,
            realm,
        },
    )
}

fn method() -> impl Strategy<Value = String> {
    prop_oneof![
        select(&["GET", "get", "Post", "PROPFIND", "m-search", "%41"][..]).prop_map(String::from),
        "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}",
        "[a-z%]{40,130}",
    ]
}

fn url() -> impl Strategy<Value = String> {
    let scheme = select(&["http", "https", "HTTP", "hTTpS"][..]);
    let userinfo = select(&["", "", "", "user@", "user:pass@", ":@"][..]);
    let host = select(
        &[
            "example.com",
            "API.Example.COM",
            "127.0.0.1",
            "[2001:DB8::1]",
            "xn--bcher-kva.example",
            "a.b-c_d.example.",
        ][..],
    );
    let port = prop_oneof![
        2 => select(&["", ":", ":80", ":443", ":0443", ":00080", ":8080"][..]).prop_map(String::from),
        1 => any::<u16>().prop_map(|port| format!(":{port}")),
    ];
    let fragment = select(&["", "", "#", "#top", "#a=1&oauth_token=x?y"][..]);
    (scheme, userinfo, host, port, path(), query(), fragment).prop_map(
        |(scheme, userinfo, host, port, path, query, fragment)| {
            format!("{scheme}://{userinfo}{host}{port}{path}{query}{fragment}")
        },
    )
}

/// Whatever a URL parser leaves alone: no segment of dots only, which it would resolve.
fn path() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "a",
            "Photos",
            "~x",
            "-",
            "_",
            "v1.0",
            "..x",
            "%2F",
            "%2f",
            "%C3%a9",
            "%20",
            "%FF",
            "%zz",
            "%25",
            "!$&'()*+,;=",
            ":@",
            "[]|",
            ";jsessionid=1",
        ][..],
    );
    let segment = vec(piece, 0..4).prop_map(|pieces| format!("/{}", pieces.concat()));
    vec(segment, 0..5).prop_map(|segments| segments.concat())
}

/// With its question mark, or nothing.
fn query() -> impl Strategy<Value = String> {
    let pair = (name(), value(), any::<Spelling>())
        .prop_map(|(name, value, spelling)| in_query(&[(name, value)], spelling));
    let flag = (name(), any::<Spelling>())
        .prop_map(|(name, spelling)| spell_in_query(&name, spelling, PLAIN_NAME));
    let item = prop_oneof![
        8 => pair,
        2 => flag,
        1 => select(&["", "=", "==", "a=1;b=2", "%6fauth", "=oauth_token"][..]).prop_map(String::from),
    ];
    option::of(vec(item, 0..8).prop_map(|items| format!("?{}", items.join("&"))))
        .prop_map(Option::unwrap_or_default)
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    prop_oneof![
        1 => Just(Vec::new()),
        3 => vec((name(), value()), 0..6),
    ]
}

/// Names that share a beginning, that stand elsewhere in the order once they are encoded, and that
/// nearly are of the protocol.
fn name() -> impl Strategy<Value = Vec<u8>> {
    let near = select(
        &[
            "a", "a", "a", "a1", "a-b", "a.b", "a_", "a~", "a b", "a&b", "a=b",
        ][..],
    );
    let far = select(
        &[
            "",
            "{",
            "é",
            "P",
            "z",
            "~",
            "%",
            "+",
            ";",
            "*",
            "\0",
            "a\0",
            "a\0\0",
            "%41",
            "c@",
            "realm",
            "oaut",
            "oauth",
            "oauth\0",
            "oauth-x",
            "oauth~",
            "oauthz",
            "Oauth_token",
            "xoauth_x",
        ][..],
    );
    prop_oneof![
        4 => near.prop_map(|name| name.as_bytes().to_vec()),
        4 => far.prop_map(|name| name.as_bytes().to_vec()),
        2 => vec(select(&b"\0ab%\xFF"[..]), 0..3).prop_map(|end| [b"abcdefgh", &end[..]].concat()),
        2 => vec(any::<u8>(), 0..12),
        1 => text().prop_map(String::into_bytes),
    ]
    .prop_filter("refused", |name| !name.starts_with(b"oauth_"))
}

/// Values that differ late or not at all, text, and octets that are none.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let common = |lengths| {
        (select(lengths), vec(any::<u8>(), 0..2))
            .prop_map(|(length, end)| [&vec![b'x'; length][..], &end].concat())
    };
    prop_oneof![
        4 => select(&["", "1", "2", "{", "é", "P", "a b", "a=b&c", "%20", "\0"][..])
            .prop_map(|value| value.as_bytes().to_vec()),
        3 => common(&[0, 1, 7, 8, 47, 48, 49, 96]),
        2 => vec(any::<u8>(), 0..20),
        1 => text().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..700),
    ]
}

/// Any text, and often such as needs no encoding.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[A-Za-z0-9._~-]{1,12}",
        vec(any::<char>(), 0..12).prop_map(String::from_iter),
        "[a-z &%+☃]{60,120}",
    ]
}

/// Further protocol parameters, which stand before, between and behind those of the signer.
fn further() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        6 => select(
            &[
                "oauth_",
                "oauth_expires_in",
                "oauth_callback2",
                "oauth_callbacj",
                "oauth_nonc",
                "oauth_signatur",
                "oauth_signature_m",
                "oauth_session_handle",
                "oauth_tokeo",
                "oauth_é",
                "oauth_versions",
                "OAUTH_TOKEN",
                "xoauth_requestor_id",
                "x_auth_mode",
                "a",
                "abcdefgh",
                "{",
                "é",
            ][..],
        )
        .prop_map(String::from),
        1 => vec(any::<char>(), 1..12).prop_map(String::from_iter),
    ];
    let some = btree_map(name, text(), 1..5)
        .prop_map(|map: BTreeMap<_, _>| Vec::from_iter(map))
        .prop_shuffle();
    prop_oneof![2 => Just(Vec::new()), 1 => some]
}

/// What nobody should send, with what is special in a URL more often than by chance.
fn arbitrary_text() -> impl Strategy<Value = String> {
    let special = "%&=+?#/:@[].;\0\t\r\n\"\\ \u{7f}é☃\u{202e}oauth_0fFg";
    let special: Vec<char> = special.chars().collect();
    prop_oneof![
        vec(any::<char>(), 0..20).prop_map(String::from_iter),
        vec(select(special), 0..20).prop_map(String::from_iter),
    ]
}
