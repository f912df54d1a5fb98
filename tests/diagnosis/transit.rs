//! Signatures that were damaged on their way, in each place where they can be seen.

use base64::{Engine, engine::general_purpose::STANDARD};
use oauth1_signer::{
    Consumer, Token,
    diagnosis::{Certainty, Diagnosis, Evidence, Message},
    encode,
    response::Response,
};

/// What happens to a signature, and the code of it. It has a `+`, a `/` and a `=`.
const DAMAGE: [(&str, Damage); 11] = [
    ("", |right| right.into()),
    ("signature-plus-lost", |right| right.replace('+', " ")),
    ("signature-encoded-twice", |right| encode(right)),
    ("signature-padding-lost", |right| right.replace('=', "")),
    ("signature-padding-lost", |right| {
        match right.strip_suffix('=') {
            Some(shorter) => shorter.into(),
            None => right.replace('=', ""),
        }
    }),
    ("signature-quotes", |right| format!("\"{right}\"")),
    ("signature-quotes", |right| format!("'{right}'")),
    ("signature-newline", |right| format!("{right}\n")),
    ("signature-newline", |right| format!("{right}\r\n")),
    ("signature-missing", |_| String::new()),
    ("signature-missing", |_| " ".into()),
];

type Damage = fn(&str) -> String;

#[test]
fn a_blank_behind_a_received_signature_is_of_the_log() {
    for (method, right) in signatures() {
        if !right.ends_with('=') {
            continue;
        }
        let evidence = Evidence::new().our_base_string(base_string(method));
        let logged = evidence
            .our_signature(&*right)
            .received_signature(format!("{right} "));
        assert_eq!(codes(&logged.diagnose()), "", "{method}");
        let body = format!("Invalid signature ours= {right} yours= {right} \n");
        let answer = Evidence::new().response(&Response::new(401, &body));
        assert_eq!(codes(&answer.diagnose()), "", "{method}");
    }
}

#[test]
fn damage_is_seen_in_what_was_received() {
    for (method, right) in signatures() {
        for (code, damage) in DAMAGE {
            let received = damage(&right);
            let with_ours = Evidence::new()
                .our_signature(&*right)
                .received_signature(&*received);
            let expected = Evidence::new()
                .expected_signature(&*right)
                .received_signature(&*received);
            let alone = Evidence::new()
                .our_base_string(base_string(method))
                .received_signature(&*received);
            for evidence in [with_ours, expected, alone] {
                assert_eq!(codes(&evidence.diagnose()), code, "{method} {received:?}");
            }
        }
    }
}

#[test]
fn damage_is_seen_in_what_a_server_answers() {
    for (_, right) in signatures() {
        for (code, damage) in &DAMAGE[..3] {
            let received = damage(&right);
            let body = format!("Expected value \"{right}\". Received value \"{received}\"");
            let evidence = Evidence::new().response(&Response::new(401, &body));
            assert_eq!(codes(&evidence.diagnose()), *code, "{body}");
        }
    }
}

#[test]
fn damage_is_seen_on_the_wire() {
    for (method, right) in signatures() {
        for (code, damage) in DAMAGE {
            for sent in sent(method, &encode(damage(&right))) {
                let alone = Evidence::new().sent(sent.clone());
                let with_ours = alone.clone().our_signature(&*right);
                for evidence in [alone, with_ours] {
                    assert_eq!(codes(&evidence.diagnose()), code, "{sent:?}");
                }
            }
        }
    }
}

#[test]
fn a_signature_is_encoded_on_the_wire() {
    for (method, right) in signatures() {
        for raw in [
            right.clone(),
            encode(&right).replace("%2B", "+"),
            encode(&right).replace("%2F", "/"),
            encode(&right).replace("%3D", "="),
        ] {
            for sent in sent(method, &raw) {
                let evidence = Evidence::new().sent(sent).our_signature(&*right);
                assert_eq!(
                    codes(&evidence.diagnose()),
                    "signature-not-encoded",
                    "{raw}"
                );
            }
        }
    }
}

#[test]
fn a_signature_may_already_be_computed_wrongly() {
    for (method, right) in signatures() {
        for (code, damage) in DAMAGE {
            let ours = damage(&right);
            let evidence = Evidence::new()
                .our_base_string(base_string(method))
                .our_signature(&*ours);
            // It may have been copied from the header.
            let is_copied = code == "signature-encoded-twice";
            let code = if is_copied { "" } else { code };
            assert_eq!(codes(&evidence.diagnose()), code, "{ours:?}");
            // If it arrived, it was printed in another way.
            let evidence = evidence.received_signature(&*right);
            let code = if code == "signature-missing" {
                code
            } else {
                ""
            };
            assert_eq!(codes(&evidence.diagnose()), code, "{ours:?}");
        }
    }
}

#[test]
fn hexadecimal_digits_are_no_base64() {
    for (method, right) in signatures() {
        let hex: String = STANDARD
            .decode(&right)
            .unwrap()
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        for hex in [hex.clone(), hex.to_uppercase(), STANDARD.encode(&hex)] {
            let string = Evidence::new().our_base_string(base_string(method));
            let ours = string.clone().our_signature(&*hex);
            let received = string.clone().received_signature(&*hex);
            let both = ours.clone().received_signature(&*hex);
            for evidence in [ours, received, both] {
                assert_eq!(codes(&evidence.diagnose()), "signature-hex", "{hex}");
            }
            for sent in sent(method, &encode(&hex)) {
                let evidence = Evidence::new().sent(sent);
                assert_eq!(codes(&evidence.diagnose()), "signature-hex", "{hex}");
            }
            // A log shows the bytes of what arrived.
            let logged = string.our_signature(&*right).received_signature(&*hex);
            assert_eq!(codes(&logged.diagnose()), "", "{hex}");
        }
    }
}

#[test]
fn the_length_of_a_signature_tells_its_hash() {
    for (named, _) in signatures() {
        for (method, right) in signatures() {
            let string = Evidence::new().our_base_string(base_string(named));
            let code = if named == method { "" } else { "hash-other" };
            // An RSA key of 512 bits makes as many bytes as SHA-512.
            let code = if (named, method) == ("RSA-SHA1", "HMAC-SHA512") {
                ""
            } else {
                code
            };
            for evidence in [
                string.clone().our_signature(&*right),
                string.clone().received_signature(&*right),
                string.clone().expected_signature(&*right),
            ] {
                assert_eq!(codes(&evidence.diagnose()), code, "{named} {right}");
            }
            let sent = sent(named, &encode(&right));
            for sent in sent {
                let evidence = Evidence::new().sent(sent);
                assert_eq!(codes(&evidence.diagnose()), code, "{named} {right}");
            }
        }
        let key = Evidence::new()
            .our_base_string(base_string(named))
            .our_signature("s&t");
        assert_eq!(codes(&key.diagnose()), "hash-other", "{named}");
    }
}

/// The signature is made of the secrets, which may look like anything.
#[test]
fn plaintext_is_no_base64() {
    for (consumer, token) in [
        ("secret", ""),
        ("a+b/c==", "x y"),
        ("d1f84d1a5ce914d02c4e67bf8437d46f91cf0795", "%2B"),
        ("0fhNGlzpFNAsTme/hDfUb5HPB5U=", "\"q\"\n"),
        ("", ""),
    ] {
        let right = [encode(consumer), encode(token)].join("&");
        let secrets = (Consumer::new("key", consumer), Token::new("token", token));
        for sent in sent("PLAINTEXT", &encode(&right)) {
            let evidence = Evidence::new()
                .our_signature(&*right)
                .sent(sent)
                .received_signature(&*right)
                .credentials(&secrets.0, &secrets.1);
            assert_eq!(evidence.diagnose().findings(), [], "{right:?}");
        }
        for (code, damage) in DAMAGE {
            let damaged = damage(&right);
            if damaged == right {
                continue;
            }
            let evidence = Evidence::new()
                .our_base_string(base_string("PLAINTEXT"))
                .our_signature(&*right)
                .received_signature(&*damaged);
            assert_eq!(codes(&evidence.diagnose()), code, "{damaged:?}");
            for sent in sent("PLAINTEXT", &encode(&damaged)) {
                let evidence = Evidence::new().our_signature(&*right).sent(sent);
                assert_eq!(codes(&evidence.diagnose()), code, "{damaged:?}");
            }
        }
    }
}

#[test]
fn a_message_without_a_signature_is_told_if_it_is_signed_otherwise() {
    let header = r#"OAuth oauth_consumer_key="key", oauth_signature_method="HMAC-SHA1""#;
    let sent = Message::new("GET", "https://e.com/").authorization(header);
    let evidence = Evidence::new().sent(sent.clone());
    assert_eq!(codes(&evidence.diagnose()), "signature-missing");
    let hash = format!(r#"{header}, oauth_body_hash="2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D""#);
    let evidence = Evidence::new().sent(sent.authorization(hash));
    assert_eq!(codes(&evidence.diagnose()), "signature-missing");
    let body = "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_signature";
    let evidence = Evidence::new().response(&Response::new(401, body));
    assert_eq!(codes(&evidence.diagnose()), "signature-missing");
    // The header is not known.
    let evidence = Evidence::new().sent(Message::new("GET", "https://e.com/?a=b"));
    assert_eq!(codes(&evidence.diagnose()), "");
}

/// The codes of what is proven or likely about the signature.
fn codes(diagnosis: &Diagnosis) -> String {
    let sure = diagnosis.findings().iter();
    let sure = sure.filter(|finding| finding.certainty() > Certainty::Possible);
    let codes = sure.map(|finding| finding.cause().code());
    let codes: Vec<_> = codes.filter(|code| *code != "key-wrong").collect();
    codes.join(" ")
}

/// A signature of each length, with all characters that have to be encoded.
fn signatures() -> Vec<(&'static str, String)> {
    let methods = [
        ("HMAC-SHA1", 20),
        ("HMAC-SHA256", 32),
        ("HMAC-SHA512", 64),
        ("RSA-SHA1", 256),
    ];
    let signature = |length| {
        let bytes = [0xf8, 0x00, 0x3f].into_iter().chain(1..).cycle();
        STANDARD.encode(bytes.take(length).collect::<Vec<u8>>())
    };
    let signatures = methods.map(|(method, length)| (method, signature(length)));
    signatures.into()
}

fn base_string(method: &str) -> String {
    format!("GET&https%3A%2F%2Fe.com%2F&oauth_signature_method%3D{method}")
}

/// A message in each placement, with a signature as it stands there.
fn sent(method: &str, raw: &str) -> [Message; 3] {
    let parameters = format!(
        "oauth_consumer_key=key&oauth_signature_method={method}&oauth_signature={raw}&oauth_nonce=n"
    );
    let header = format!(
        "OAuth oauth_consumer_key=\"key\", oauth_signature_method=\"{method}\", \
         oauth_signature=\"{raw}\""
    );
    let url = "https://e.com/";
    [
        Message::new("GET", url).authorization(header),
        Message::new("GET", format!("{url}?{parameters}")),
        Message::new("POST", url)
            .content_type("application/x-www-form-urlencoded")
            .body(parameters),
    ]
}
