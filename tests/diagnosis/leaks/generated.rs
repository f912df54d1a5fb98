//! Requests with a mistake, of which every value is known.

use oauth1_signer::{
    Consumer, Placement, Request, Signer, Stamp, Token,
    diagnosis::{Evidence, Message},
    encode,
    response::Response,
};
use proptest::{prelude::*, sample::select};

use super::Hidden;

proptest! {
    #![proptest_config(support::cases(128))]

    #[test]
    fn no_report_of_a_mistake_shows_a_secret(
        values in prop::collection::vec("[a-zA-Z0-9]{8}[ +/&=%é!*~,a-z]{1,6}[a-zA-Z0-9]{8}", 7),
        path in "[a-z]{1,4}",
        mistakes in prop::collection::vec((select(MISTAKES), any::<prop::sample::Index>()), 0..3),
        is_theirs in any::<bool>(),
        is_plaintext in any::<bool>(),
        placement in select(&[Placement::Header, Placement::Query, Placement::Body][..]),
        pieces in any::<[bool; 8]>(),
    ) {
        let [key, consumer_secret, token, token_secret, password, title, tag] = &values[..] else {
            panic!("there are seven");
        };
        let consumer = Consumer::new(key, consumer_secret);
        let access = Token::new(token, token_secret);
        let url = format!("https://api.example.com/photos/{path}?tag={}", encode(tag));
        let form = [("title", title), ("x_auth_password", password), ("tag", title)];
        let request = Request::post(&*url).unwrap().form(form).unwrap();
        let stamp = || Stamp::new("nonce-of-one-request", 1_316_657_628);
        let plaintext = Signer::plaintext(&consumer, &access);
        let hmac = Signer::new(&consumer, &access);
        let signed = if is_plaintext {
            plaintext.try_sign(&request, stamp()).unwrap()
        } else {
            hmac.sign(&request, stamp())
        };
        let swapped = Signer::new(
            &Consumer::new(key, token_secret),
            &Token::new(token, consumer_secret),
        );
        let other = swapped.sign(&request, stamp());
        let signature = signed.signature().expose_secret();
        let other = other.signature().expose_secret();

        let right = signed.base_string().to_string();
        let wrong = mistakes.iter().fold(right.clone(), |text, (mistake, at)| mistake(&text, *at));
        let (ours, theirs) = if is_theirs { (right, wrong) } else { (wrong, right) };
        let answer = format!(
            "Invalid signature ours= {other} yours= {}\ndebug_sbs={theirs}",
            signature.replace('+', " "),
        );

        let mut evidence = Evidence::new().our_base_string(&ours);
        if pieces[0] {
            evidence = evidence.their_base_string(&theirs);
        }
        if pieces[1] {
            evidence = evidence.request(&signed);
        }
        if pieces[2] {
            let call = signed.call(placement);
            evidence = evidence.sent(&call);
            if pieces[3] {
                let url = call.url().replace("api.", "www.").replace("%20", "+");
                let sent = Message::new("PUT", url).body(call.body());
                evidence = evidence.sent(sent.content_type("application/x-www-form-urlencoded"));
            }
        }
        if pieces[4] {
            evidence = evidence.response(&Response::new(401, &answer));
        }
        if pieces[5] {
            evidence = evidence.credentials(&consumer, &access);
        }
        if pieces[6] {
            evidence = evidence.our_signature(signature).expected_signature(other);
        }
        if pieces[7] {
            evidence = evidence.received_signature(signature.replace('=', ""));
        }

        let mut hidden = Hidden::default();
        hidden.secret.extend([consumer_secret, token_secret].map(String::clone));
        // Nobody can tell what `x_auth_pxassword` is.
        let is_told = pieces[1] || pieces[2] || pieces[0] && theirs.contains("password");
        if is_told || ours.contains("password") {
            hidden.secret.insert(password.clone());
        }
        hidden.secret.extend([signature, other].map(String::from));
        hidden.confidential.extend([key, token, title, tag, password].map(String::clone));
        hidden.check("generated", &evidence);
    }
}

type Mistake = fn(&str, prop::sample::Index) -> String;

/// What a mistake makes of a base string, at some place of it.
const MISTAKES: &[Mistake] = &[
    |text, _| text.replace("%2520", "%2B"),
    |text, _| text.replace("%25", "%"),
    |text, _| text.replace("%25", "%2525"),
    |text, _| text.replace("%3D", "=").replace("%26", "&"),
    |text, _| text.replace("%26", "%2C"),
    |text, _| text.replace("%3D", "%"),
    |text, _| text.replace("%3D", ""),
    |text, _| text.replacen('&', "", 1),
    |text, _| text.replace('&', "\\u0026"),
    |text, _| text.replace('&', "&amp;"),
    |text, _| encode(text),
    |text, _| text.to_lowercase(),
    |text, _| text.replacen("https", "http", 1),
    |text, _| text.replacen("api.", "www.", 1),
    |text, _| text.replacen("&title", "%3Ftitle", 1),
    |text, _| text.replace("oauth_", "auth_"),
    |text, at| {
        let mut parts: Vec<_> = text.split("%26").collect();
        parts.remove(at.index(parts.len()));
        parts.join("%26")
    },
    |text, at| {
        let mut parts: Vec<_> = text.split("%26").collect();
        parts.push(parts[at.index(parts.len())]);
        parts.join("%26")
    },
    |text, at| {
        let mut parts: Vec<_> = text.split("%26").collect();
        let middle = at.index(parts.len());
        parts.rotate_left(middle);
        parts.join("%26")
    },
    |text, at| {
        let at = at.index(text.len());
        [&text[..at], &text[at + 1..]].concat()
    },
    |text, at| {
        let at = at.index(text.len());
        [&text[..at], "x", &text[at..]].concat()
    },
];
