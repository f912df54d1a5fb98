//! What somebody on the way may change.

use crate::message::Message;

/// A changed request, and what was changed.
pub(crate) type Change = (&'static str, Message);

/// The places where text with parameters stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    Header,
    Query,
    Form,
}

/// Every request that must be refused, made of one that is right.
pub(crate) fn of(message: &Message) -> Vec<Change> {
    let place = place_of_protocol(message);
    let mut changes = Vec::new();
    let mut protocol = |what, name, change: &dyn Fn(&str) -> String| {
        if let Some(changed) = with_value(message, place, name, change) {
            changes.push((what, changed));
        }
    };
    protocol("the signature's first character", "oauth_signature", &first);
    protocol("the signature's last character", "oauth_signature", &last);
    protocol("no signature", "oauth_signature", &|_| String::new());
    protocol("the consumer key", "oauth_consumer_key", &longer);
    protocol("the token", "oauth_token", &longer);
    protocol("no nonce", "oauth_nonce", &|_| String::new());

    let mut twice = message.clone();
    push_query(&mut twice, "oauth_nonce=another");
    changes.push(("a protocol parameter in two places", twice));
    if place == Place::Header {
        let mut twice = message.clone();
        let headers = message.headers.iter();
        twice.headers.extend(
            headers
                .filter(|(name, _)| is(name, "authorization"))
                .cloned(),
        );
        changes.push(("the header twice", twice));
    }
    if !is_plaintext(message, place) {
        changes.extend(of_signed(message, place));
    }
    changes
}

/// Changes of what a signature protects, and PLAINTEXT does not.
fn of_signed(message: &Message, place: Place) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut change = |what, change: &dyn Fn(&mut Message)| {
        let mut changed = message.clone();
        change(&mut changed);
        changes.push((what, changed));
    };
    change("the method", &|message| {
        message.method = if message.method == "PUT" {
            "POST"
        } else {
            "PUT"
        }
        .into();
    });
    change("the path", &|message| {
        let end = message.target.find('?').unwrap_or(message.target.len());
        message.target.insert(end, 'x');
    });
    change("another parameter in the query", &|message| {
        push_query(message, "added=1");
    });
    if let Some((start, query)) = message.target.split_once('?') {
        for (what, changed) in of_pairs(query) {
            let target = format!("{start}?{changed}");
            change(what, &|message| message.target.clone_from(&target));
        }
    }
    if is_form(message) {
        for (what, changed) in of_pairs(&form(message)) {
            change(what, &|message| message.body = changed.clone().into());
        }
        change("another parameter in the form", &|message| {
            let separator = if message.body.is_empty() { "" } else { "&" };
            message.body.extend(format!("{separator}added=1").bytes());
        });
        if !message.body.is_empty() {
            change("no type of the form", &|message| {
                message
                    .headers
                    .retain(|(name, _)| !is(name, "content-type"));
            });
        }
    }

    let mut protocol = |what, name, change: &dyn Fn(&str) -> String| {
        changes.extend(with_value(message, place, name, change).map(|changed| (what, changed)));
    };
    protocol("the nonce", "oauth_nonce", &longer);
    protocol("the timestamp", "oauth_timestamp", &|value| {
        value
            .parse::<u64>()
            .map_or(String::new(), |time| (time + 1).to_string())
    });
    protocol(
        "another method",
        "oauth_signature_method",
        &|value| match value {
            "HMAC-SHA1" => "HMAC-SHA256".into(),
            "RSA-SHA1" => "RSA-SHA256".into(),
            _ => value[..4]
                .replace("HMAC", "HMAC-SHA1")
                .replace("RSA-", "RSA-SHA1"),
        },
    );
    protocol("PLAINTEXT instead", "oauth_signature_method", &|_| {
        "PLAINTEXT".into()
    });
    protocol("the callback", "oauth_callback", &longer);
    protocol("the verification code", "oauth_verifier", &longer);
    protocol("the hash of the body", "oauth_body_hash", &first);
    if text(message, place).contains("oauth_body_hash=") {
        let mut changed = message.clone();
        changed.body.push(b' ');
        changes.push(("the body", changed));
    }
    changes
}

/// A query or a form with one of its pairs changed, and without it. Protocol parameters are changed
/// elsewhere.
fn of_pairs(text: &str) -> Vec<(&'static str, String)> {
    let pairs: Vec<_> = text.split('&').collect();
    let ours = |pair: &&str| !pair.starts_with("oauth_") && !pair.is_empty();
    let Some(place) = pairs.iter().rposition(ours) else {
        return Vec::new();
    };
    let with = |replaced: Option<String>| {
        let mut pairs: Vec<_> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        match replaced {
            Some(pair) => pairs[place] = pair,
            None => drop(pairs.remove(place)),
        }
        pairs.join("&")
    };
    vec![
        ("a longer value", with(Some(format!("{}x", pairs[place])))),
        ("a pair twice", with(Some(format!("{0}&{0}", pairs[place])))),
        ("no such pair", with(None)),
    ]
}

fn place_of_protocol(message: &Message) -> Place {
    if message.header("authorization").is_some() {
        Place::Header
    } else if message.target.contains("oauth_signature=") {
        Place::Query
    } else {
        Place::Form
    }
}

fn text(message: &Message, place: Place) -> String {
    match place {
        Place::Header => message.header("authorization").unwrap_or_default().into(),
        Place::Query => message.target.clone(),
        Place::Form => form(message),
    }
}

/// The message with another value of a protocol parameter, as it stands on the wire.
fn with_value(
    message: &Message,
    place: Place,
    name: &str,
    change: &dyn Fn(&str) -> String,
) -> Option<Message> {
    let text = text(message, place);
    let start = text.find(&format!("{name}="))? + name.len() + 1;
    let start = start + usize::from(text[start..].starts_with('"'));
    let length = text[start..]
        .find(['"', '&', ','])
        .unwrap_or(text.len() - start);
    let value = change(&text[start..start + length]);
    let text = format!("{}{value}{}", &text[..start], &text[start + length..]);
    let mut changed = message.clone();
    match place {
        Place::Header => {
            let mut headers = changed.headers.iter_mut();
            headers.find(|(name, _)| is(name, "authorization"))?.1 = text;
        }
        Place::Query => changed.target = text,
        Place::Form => changed.body = text.into(),
    }
    Some(changed)
}

fn is_plaintext(message: &Message, place: Place) -> bool {
    text(message, place).contains("PLAINTEXT")
}

fn is_form(message: &Message) -> bool {
    let content_type = message.header("content-type").unwrap_or_default();
    content_type.starts_with("application/x-www-form-urlencoded")
}

fn form(message: &Message) -> String {
    String::from_utf8_lossy(&message.body).into_owned()
}

fn push_query(message: &mut Message, pair: &str) {
    let separator = if message.target.contains('?') {
        '&'
    } else {
        '?'
    };
    message.target.push(separator);
    message.target.push_str(pair);
}

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

fn longer(value: &str) -> String {
    format!("{value}x")
}

fn first(value: &str) -> String {
    let other = if value.starts_with('A') { 'B' } else { 'A' };
    format!("{other}{}", value.get(1..).unwrap_or_default())
}

/// Changes the last character that is not padding.
fn last(value: &str) -> String {
    let inner = value
        .trim_end_matches("%3D")
        .trim_end_matches("%3d")
        .trim_end_matches('=');
    let mut changed = inner.to_owned();
    let other = if changed.pop() == Some('A') { 'B' } else { 'A' };
    changed.push(other);
    changed + &value[inner.len()..]
}
