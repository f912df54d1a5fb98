//! What is signed is verified, and nothing else is.

use oauth1_signer::{
    Callback, Consumer, Placement, Realm, Request, Signer, Stamp, Token,
    signature_method::SignatureMethod,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use support::cases;

use crate::wire::{Key, NOW, Wire};

#[derive(Clone, Debug)]
struct Case {
    method: &'static str,
    url: String,
    form: Option<Vec<(String, String)>>,
    consumer: (String, String),
    token: Option<(String, String)>,
    nonce: String,
    callback: Option<String>,
    extra: Option<String>,
    version: bool,
    realm: Option<String>,
    placement: Placement,
    signature_method: &'static str,
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9_.~-]{0,20}", "[ -~]{0,12}", "\\PC{0,6}"]
}

fn not_empty() -> impl Strategy<Value = String> {
    text().prop_map(|text| text + "n")
}

/// Names of query and form: not those of protocol parameters.
fn pairs(most: usize) -> impl Strategy<Value = Vec<(String, String)>> {
    let name = text().prop_filter("protocol", |name| !name.starts_with("oauth_"));
    vec((name, text()), 0..most)
}

fn url() -> impl Strategy<Value = String> {
    let path = "(/([a-z]{1,5}|%[2-7][0-9A-F]|[!$&'()*+,;=:@]|\\.\\.\\.)?){1,3}";
    let host = select(vec![
        "a.example",
        "a.example:8080",
        "10.0.0.7",
        "[2001:db8::a]",
    ]);
    (any::<bool>(), host, path, pairs(6)).prop_map(|(secure, host, path, query)| {
        let scheme = if secure { "https" } else { "http" };
        let url = format!("{scheme}://{host}{path}");
        let request = Request::get(url.as_str()).unwrap();
        request.query(query).unwrap().url().to_owned()
    })
}

fn methods() -> Vec<&'static str> {
    let mut methods = vec!["HMAC-SHA1"];
    if cfg!(feature = "sha2") {
        methods.extend(["HMAC-SHA256", "HMAC-SHA512"]);
    }
    if cfg!(feature = "rsa") {
        methods.extend(["RSA-SHA1", "RSA-SHA256", "RSA-SHA512"]);
    }
    methods
}

fn case() -> impl Strategy<Value = Case> {
    let method = select(vec!["GET", "POST", "PUT", "DELETE", "PATCH", "X_Y"]);
    let placement = select(vec![Placement::Header, Placement::Query, Placement::Body]);
    let credentials = || (text(), text());
    let request = (
        method,
        url(),
        option::of(pairs(6)),
        placement,
        select(methods()),
    );
    let claims = (
        credentials(),
        option::of(credentials()),
        not_empty(),
        option::of(not_empty()),
        option::of(text()),
        any::<bool>(),
        option::of("[ -~]{0,9}"),
    );
    (request, claims).prop_map(|(request, claims)| {
        let (method, url, form, placement, signature_method) = request;
        let (consumer, token, nonce, callback, extra, version, realm) = claims;
        // A body with the protocol parameters is a form.
        let form = match placement {
            Placement::Body => Some(form.unwrap_or_default()),
            _ => form,
        };
        Case {
            method: if form.is_some() && method == "GET" {
                "POST"
            } else {
                method
            },
            url,
            form,
            consumer,
            token,
            nonce,
            callback,
            extra,
            version,
            realm,
            placement,
            signature_method,
        }
    })
}

impl Case {
    fn method_and_key(&self) -> (SignatureMethod, Key) {
        #[cfg(feature = "rsa")]
        if self.signature_method.starts_with("RSA") {
            use oauth1_signer::signature_method::RsaPublicKey;
            let read = |file| support::files::read(&format!("vectors/keys/rsa-2048.{file}.pem"));
            let method = SignatureMethod::from_private_key(self.signature_method, &read("pkcs8"));
            let key = RsaPublicKey::from_pem(&read("pub")).unwrap();
            return (method.unwrap(), Key::Public(key));
        }
        let token_secret = self.token.as_ref().map_or("", |(_, secret)| secret);
        let key = Key::Secrets(self.consumer.1.clone(), token_secret.to_owned());
        (
            SignatureMethod::from_name(self.signature_method).unwrap(),
            key,
        )
    }

    fn wire(&self) -> Wire {
        let consumer = Consumer::new(&self.consumer.0, &self.consumer.1);
        let token = self.token.as_ref();
        let token = token.map(|(token, secret)| Token::new(token, secret));
        let (method, key) = self.method_and_key();
        let mut signer = Signer::with_method(&method, &consumer, &token);
        if !self.version {
            signer = signer.without_version();
        }
        if let Some(realm) = &self.realm {
            signer = signer.with_realm(Realm::new(realm).unwrap());
        }
        let mut request = Request::new(self.method, self.url.as_str()).unwrap();
        if let Some(form) = &self.form {
            request = request.form(form).unwrap();
        }
        if let Some(callback) = &self.callback {
            request = request.callback(Callback::Url(callback));
        }
        if let Some(extra) = &self.extra {
            request = request
                .protocol_parameter("oauth_session_handle", extra)
                .unwrap();
        }
        let signed = signer
            .try_sign(&request, Stamp::new(self.nonce.clone(), NOW))
            .unwrap();
        Wire::of(&signed.call(self.placement), key)
    }
}

proptest! {
    #![proptest_config(cases(if cfg!(feature = "rsa") { 96 } else { 512 }))]

    #[test]
    fn what_is_signed_is_verified(case in case()) {
        let wire = case.wire();
        prop_assert_eq!(wire.verify(), Ok(()), "{:?}", wire);
        let incoming = wire.incoming().unwrap();
        prop_assert_eq!(incoming.consumer_key(), &case.consumer.0);
        prop_assert_eq!(incoming.token(), case.token.as_ref().map(|(token, _)| &**token));
        prop_assert_eq!(incoming.nonce(), Some(&*case.nonce));
        prop_assert_eq!(incoming.timestamp(), Some(NOW));
        prop_assert_eq!(incoming.callback(), case.callback.as_deref());
        prop_assert_eq!(incoming.signature_method(), case.signature_method);
        prop_assert_eq!(incoming.placement(), case.placement);
        if case.placement == Placement::Header {
            let realm = incoming.realm();
            prop_assert_eq!(realm.as_deref(), case.realm.as_deref());
        }
        let handle = incoming.protocol_parameters().get("oauth_session_handle");
        prop_assert_eq!(handle, case.extra.as_deref());
    }

    /// Exactly one thing is changed each time.
    #[test]
    fn every_single_change_is_refused(case in case()) {
        let wire = case.wire();
        prop_assert_eq!(wire.verify(), Ok(()));
        for (what, changed) in changes(&wire) {
            prop_assert!(changed.verify().is_err(), "{what}: {changed:?}");
        }
    }

    #[test]
    fn what_is_not_signed_does_not_matter(case in case()) {
        let mut wire = case.wire();
        wire.method = wire.method.to_ascii_lowercase();
        // Nor is the order, not even of parameters with the same name.
        if let Some((path, query)) = wire.url.split_once('?') {
            wire.url = format!("{path}?{}", reversed(query));
        }
        wire.body = reversed(&wire.body);
        wire.url = wire.url.replacen("http", "HTTP", 1) + "#top";
        if let Some(header) = &wire.authorization {
            let header = header.replacen("OAuth", "oauth", 1).replace("\", ", "\" ,, \t");
            wire.authorization = Some(match case.realm {
                Some(_) => header,
                None => header + ", Realm=\"another \\\" one\"",
            });
        }
        wire.content_type = wire.content_type.map(|of| of.to_ascii_uppercase() + " ; charset=UTF-8");
        prop_assert_eq!(wire.verify(), Ok(()), "{:?}", wire);
    }
}

fn reversed(pairs: &str) -> String {
    let pairs: Vec<_> = pairs.split('&').rev().collect();
    pairs.join("&")
}

fn changes(wire: &Wire) -> Vec<(String, Wire)> {
    let mut changes = Vec::new();
    let mut change = |what: &str, change: &dyn Fn(&mut Wire)| {
        let mut changed = wire.clone();
        change(&mut changed);
        changes.push((what.to_owned(), changed));
    };
    change("method", &|wire| wire.method.push('S'));
    change("scheme", &|wire| {
        wire.url = match wire.url.strip_prefix("https") {
            Some(rest) => format!("http{rest}"),
            None => wire.url.replacen("http", "https", 1),
        };
    });
    change("host", &|wire| {
        wire.url = wire
            .url
            .replacen("://", "://x", 1)
            .replace("://x[2", "://[3");
    });
    change("path", &|wire| {
        let end = wire.url.find('?').unwrap_or(wire.url.len());
        wire.url.insert(end, 'x');
    });
    change("parameter added to the query", &|wire| {
        let separator = if wire.url.contains('?') { '&' } else { '?' };
        wire.url = format!("{}{separator}added=1", wire.url);
    });
    change("parameter added to the form", &|wire| {
        wire.content_type = Some("application/x-www-form-urlencoded".into());
        wire.body.push_str("&added=1");
    });
    if wire.content_type.is_some() && !wire.body.is_empty() {
        change("form taken for something else", &|wire| {
            wire.content_type = None;
        });
        change("form cut off", &|wire| {
            // An empty form is as good as none.
            wire.body.truncate(wire.body.len() / 2);
            wire.body.push('~');
        });
    }
    match &wire.key {
        Key::Secrets(consumer, token) => {
            let (longer, other) = (format!("{consumer}x"), format!("{token}x"));
            change("consumer secret", &|wire| {
                wire.key = Key::Secrets(longer.clone(), token.clone());
            });
            change("token secret", &|wire| {
                wire.key = Key::Secrets(consumer.clone(), other.clone());
            });
        }
        #[cfg(feature = "rsa")]
        Key::Public(_) => {}
    }
    for (name, place) in parameters(wire) {
        // A parameter of the same name follows, so the value ends here.
        change(&format!("{name} longer"), &|wire| edit(wire, place, "1"));
        change(&format!("{name} removed"), &|wire| remove(wire, &name));
    }
    changes
}

/// The names of the protocol parameters and, for each, where its value ends.
fn parameters(wire: &Wire) -> Vec<(String, usize)> {
    let text = carrier(wire);
    let names = text.match_indices("oauth_").filter_map(|(start, _)| {
        let before = text[..start].chars().next_back();
        if !matches!(before, None | Some(' ' | '&' | '?')) {
            return None;
        }
        let name_end = start + text[start..].find('=')?;
        let value = text[name_end..]
            .trim_start_matches("=\"")
            .trim_start_matches('=');
        let value_start = text.len() - value.len();
        let end = value.find(['"', '&']).unwrap_or(value.len());
        Some((text[start..name_end].to_owned(), value_start + end))
    });
    names.collect()
}

fn carrier(wire: &Wire) -> &str {
    match &wire.authorization {
        Some(header) => header,
        None if wire.url.contains("oauth_signature=") => &wire.url,
        None => &wire.body,
    }
}

fn carrier_mut(wire: &mut Wire) -> &mut String {
    let in_url = wire.url.contains("oauth_signature=");
    match &mut wire.authorization {
        Some(header) => header,
        None if in_url => &mut wire.url,
        None => &mut wire.body,
    }
}

fn edit(wire: &mut Wire, end: usize, added: &str) {
    carrier_mut(wire).insert_str(end, added);
}

fn remove(wire: &mut Wire, name: &str) {
    // Spelled another way, it is another parameter.
    let text = carrier_mut(wire);
    *text = text.replacen(&format!("{name}="), &format!("x{name}="), 1);
}
