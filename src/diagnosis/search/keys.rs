//! Known mistakes of the key (RFC 5849, section 3.4.2).

use alloc::{boxed::Box, string::String, vec, vec::Vec};

use super::{
    super::{
        Cause,
        evidence::Secrets,
        text::{decode, lossy},
    },
    mac::{Hash, Keyed},
};
use crate::credentials::Secret;

/// A key, right or wrong.
pub(super) struct Key {
    /// The key of an HMAC, and the text of a PLAINTEXT signature.
    pub(super) text: Secret,
    /// What is wrong with it. Nothing if it is right.
    pub(super) causes: Vec<Cause>,
    /// Whether it is tried together with mistakes of the string.
    pub(super) is_common: bool,
}

/// The right key first, then those that are made by known mistakes, the usual ones first.
pub(super) fn all(secrets: &Secrets) -> Vec<Key> {
    let consumer = &*secrets.consumer.0;
    let token = secrets.token.as_ref().map_or("", |token| &*token.0);
    let mut keys = Keys(Vec::new());
    keys.add(true, None, joined(consumer, token, once));
    let mut common = |cause, text| keys.add(true, Some(cause), text);
    common(Cause::KeyNoTokenSecret, joined(consumer, "", once));
    common(Cause::KeyNoAmpersand, unseparated(consumer, token, once));
    common(Cause::KeyNotEncoded, joined(consumer, token, raw));
    common(Cause::KeyEncodedTwice, joined(consumer, token, twice));
    common(Cause::KeySwapped, joined(token, consumer, once));
    for (number, (cause, change)) in CHANGES.iter().enumerate() {
        let (of_consumer, of_token) = (change(consumer), change(token));
        let both = joined(&of_consumer.0, &of_token.0, once);
        keys.add(number < 2, Some(*cause), both);
        let of_one = joined(&of_consumer.0, token, once);
        keys.add(false, Some(*cause), of_one);
        let of_one = joined(consumer, &of_token.0, once);
        keys.add(false, Some(*cause), of_one);
    }
    let mut rare = |cause, text| keys.add(false, Some(cause), text);
    rare(Cause::KeyNoAmpersand, unseparated(consumer, "", once));
    rare(Cause::KeyNoAmpersand, unseparated(consumer, token, raw));
    rare(Cause::KeyNoAmpersand, unseparated(consumer, "", raw));
    for (cause, write) in [
        (Cause::KeyNotEncoded, raw as Writer),
        (Cause::KeyEncodedTwice, twice),
    ] {
        rare(cause, written(consumer, write, token, once));
        rare(cause, written(consumer, once, token, write));
    }
    // What languages write for a secret that is not there.
    for word in ["None", "null", "undefined", "nil"] {
        let cause = match token {
            "" => Cause::KeyTokenSecretExtra,
            _ => Cause::KeyNoTokenSecret,
        };
        rare(cause, joined(consumer, word, once));
    }
    for space in [" ", "\n", "\t", "\r\n"] {
        let behind = |text: &str| Secret([text, space].concat());
        let before = |text: &str| Secret([space, text].concat());
        for padded in [&behind, &before] as [&dyn Fn(&str) -> Secret; 2] {
            for write in [once as Writer, raw] {
                let text = joined(&padded(consumer).0, token, write);
                rare(Cause::KeyWhitespace, text);
                if !token.is_empty() {
                    let text = joined(consumer, &padded(token).0, write);
                    rare(Cause::KeyWhitespace, text);
                }
            }
        }
    }
    keys.0
}

struct Keys(Vec<Key>);

impl Keys {
    /// Keeps a key. What makes the right key is not a mistake, and a key that several mistakes make is
    /// tried once.
    fn add(&mut self, is_common: bool, cause: Option<Cause>, text: Secret) {
        let known = self.0.iter().position(|key| key.text.0 == text.0);
        match (known, cause) {
            (None, _) => self.0.push(Key {
                text,
                causes: cause.into_iter().collect(),
                is_common,
            }),
            (Some(at), Some(cause)) if at > 0 => {
                let causes = &mut self.0[at].causes;
                if !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
            (Some(_), _) => {}
        }
    }
}

/// Writes a secret into a key.
type Writer = fn(&str, &mut String);

/// Both secrets with `&` between them.
fn joined(consumer: &str, token: &str, write: Writer) -> Secret {
    written(consumer, write, token, write)
}

fn written(consumer: &str, write_consumer: Writer, token: &str, write_token: Writer) -> Secret {
    let mut key = empty(consumer, token);
    write_consumer(consumer, &mut key.0);
    key.0.push('&');
    write_token(token, &mut key.0);
    key
}

fn unseparated(consumer: &str, token: &str, write: Writer) -> Secret {
    let mut key = empty(consumer, token);
    write(consumer, &mut key.0);
    write(token, &mut key.0);
    key
}

/// Room for a key that is encoded twice: growing would leave copies that are never wiped.
fn empty(consumer: &str, token: &str) -> Secret {
    Secret(String::with_capacity(
        9 * (consumer.len() + token.len()) + "&".len(),
    ))
}

fn raw(secret: &str, key: &mut String) {
    key.push_str(secret);
}

fn once(secret: &str, key: &mut String) {
    crate::encode::push_encoded(secret, key);
}

fn twice(secret: &str, key: &mut String) {
    let mut encoded = Secret(String::with_capacity(3 * secret.len()));
    once(secret, &mut encoded.0);
    once(&encoded.0, key);
}

type Change = fn(&str) -> Secret;

/// What was done to a secret when it was pasted. The first two are usual.
const CHANGES: &[(Cause, Change)] = &[
    (Cause::KeyWhitespace, |secret| Secret(secret.trim().into())),
    (Cause::KeyEncodedTwice, decoded),
    (Cause::KeyWhitespace, visible),
];

fn visible(secret: &str) -> Secret {
    let mut visible = Secret(String::with_capacity(secret.len()));
    let is_visible = |character: &char| {
        !character.is_whitespace() && !['\u{feff}', '\u{200b}'].contains(character)
    };
    visible.0.extend(secret.chars().filter(is_visible));
    visible
}

fn decoded(secret: &str) -> Secret {
    match String::from_utf8(decode(secret.as_bytes())) {
        Ok(decoded) => Secret(decoded),
        Err(error) => {
            let mut bytes = error.into_bytes();
            let decoded = Secret(lossy(&bytes));
            bytes.fill(0);
            core::hint::black_box(&bytes);
            decoded
        }
    }
}

/// A key that has been hashed, to sign many texts.
pub(super) struct Signing {
    mac: Mac,
    pub(super) causes: Vec<Cause>,
    pub(super) is_common: bool,
    pub(super) hash: Hash,
}

enum Mac {
    Usual(Box<Keyed>),
    /// The text is the key, and this key the message.
    Swapped(Secret),
}

impl Signing {
    pub(super) fn sign(&self, text: &[u8]) -> super::mac::Bytes {
        match &self.mac {
            Mac::Usual(keyed) => keyed.sign(text),
            Mac::Swapped(key) => Keyed::new(self.hash, text).sign(key.0.as_bytes()),
        }
    }

    /// Every key that is tried with this hash, and the right one with the others. The right key is
    /// the first.
    pub(super) fn all(secrets: &Secrets, hash: Hash) -> Vec<Self> {
        let keys = all(secrets);
        let of = |key: &Key, hash, causes| Self {
            mac: Mac::Usual(Keyed::new(hash, key.text.0.as_bytes()).into()),
            causes,
            is_common: key.is_common,
            hash,
        };
        let mut signing: Vec<_> = keys
            .iter()
            .map(|key| of(key, hash, key.causes.clone()))
            .collect();
        let Some(right) = keys.first() else {
            return signing;
        };
        let others = Hash::ALL.iter().filter(|other| **other != hash);
        let others = others.map(|other| Self {
            is_common: false,
            ..of(right, *other, vec![Cause::HashOther])
        });
        let swapped = Self {
            mac: Mac::Swapped(right.text.clone()),
            causes: vec![Cause::HmacSwapped],
            is_common: true,
            hash,
        };
        signing.extend(others.chain([swapped]).collect::<Vec<_>>());
        signing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn causes(consumer: &str, token: Option<&str>, key: &str) -> Option<Vec<Cause>> {
        let secret = |text: &str| Secret(text.into());
        let secrets = Secrets {
            consumer: secret(consumer),
            token: token.map(secret),
        };
        let keys = all(&secrets);
        let found = keys.into_iter().find(|found| found.text.0 == key);
        found.map(|found| found.causes)
    }

    #[test]
    fn each_mistake_makes_its_key() {
        for (consumer, token, key, cause) in [
            ("c", None, "c", Cause::KeyNoAmpersand),
            ("c", Some("t"), "ct", Cause::KeyNoAmpersand),
            ("c", Some("t"), "c", Cause::KeyNoAmpersand),
            ("c", Some("t"), "c&", Cause::KeyNoTokenSecret),
            ("c", Some("t"), "t&c", Cause::KeySwapped),
            ("c=", Some("t"), "c=&t", Cause::KeyNotEncoded),
            ("c=", Some("t"), "c%253D&t", Cause::KeyEncodedTwice),
            ("c%3D", Some("t"), "c%3D&t", Cause::KeyNotEncoded),
            (" c", Some("t"), "c&t", Cause::KeyWhitespace),
            ("c", Some("t\n"), "c&t", Cause::KeyWhitespace),
        ] {
            let causes = causes(consumer, token, key).unwrap_or_default();
            assert!(causes.contains(&cause), "{cause}: {causes:?}");
        }
    }

    #[test]
    fn the_right_key_is_not_a_mistake() {
        assert_eq!(causes("c", None, "c&"), Some(vec![]));
        assert_eq!(causes("a b", Some("t"), "a%20b&t"), Some(vec![]));
        assert_eq!(causes("c", Some("t"), "other"), None);
    }

    #[test]
    fn two_mistakes_may_make_the_same_key() {
        let both = vec![Cause::KeyNotEncoded, Cause::KeyEncodedTwice];
        assert_eq!(causes("W%2Bp", None, "W%2Bp&"), Some(both));
    }
}
