//! What a server accepts.

use oauth1_signer::{
    Consumer, Placement, Request, Signer, Stamp, TargetError,
    signature_method::{BodyHash, SharedSecrets},
    verifier::{Body, MemoryNonces, Policy, Refusal, Verifier},
};

use crate::wire::{Key, NOW, Wire, verifier};

#[test]
fn timestamps_are_accepted_on_both_sides_of_the_clock_and_no_further() {
    let wire = Wire::get();
    let at = |now| wire.verify_at(Policy::new(), now);
    for now in [NOW - 300, NOW - 1, NOW, NOW + 1, NOW + 300] {
        assert_eq!(at(now), Ok(()));
    }
    for now in [1, NOW - 301, NOW + 301, NOW + 86_400, u64::MAX] {
        let timestamp = Refusal::Timestamp {
            earliest: now.saturating_sub(300),
            latest: now.saturating_add(300),
        };
        assert_eq!(at(now), Err(timestamp));
    }
    assert_eq!(wire.verify_at(Policy::new().window(0), NOW), Ok(()));
    assert!(wire.verify_at(Policy::new().window(0), NOW + 1).is_err());
}

#[test]
fn nonces_have_1_to_255_bytes() {
    let with_nonce = |nonce: String| {
        let request = Request::get("https://api.example.com/").unwrap();
        let signer = Signer::new(&Consumer::new("key", "secret"), None);
        let signed = signer.sign(&request, Stamp::new(nonce, NOW));
        let call = signed.call(Placement::Header);
        Wire::of(&call, Key::Secrets("secret".into(), String::new()))
    };
    let refused = |least, most| Err(Refusal::NonceLength { least, most });
    for length in [1, 255] {
        assert_eq!(with_nonce("n".repeat(length)).verify(), Ok(()));
    }
    assert_eq!(with_nonce(String::new()).verify(), refused(1, 255));
    assert_eq!(with_nonce("n".repeat(256)).verify(), refused(1, 255));
    // They are counted decoded.
    assert_eq!(with_nonce("ü".repeat(127)).verify(), Ok(()));
    assert_eq!(with_nonce("ü".repeat(128)).verify(), refused(1, 255));
    let policy = Policy::new().nonce_bytes(8..=16);
    assert_eq!(with_nonce("nonce".into()).verify_by(policy), refused(8, 16));
}

#[test]
fn plaintext_is_for_those_who_ask_for_it_and_for_https() {
    let secure = Request::get("https://api.example.com/").unwrap();
    let wire = Wire::signed(&secure, "PLAINTEXT");
    assert_eq!(wire.verify_by(Policy::new()), Err(Refusal::SignatureMethod));
    assert_eq!(wire.verify_by(Policy::new().allow_plaintext()), Ok(()));
    assert_eq!(wire.verify_by(Policy::new().methods(["PLAINTEXT"])), Ok(()));

    let mut wire = wire;
    wire.url = wire.url.replace("https", "http");
    let allowed = Policy::new().allow_plaintext();
    assert_eq!(wire.verify_by(allowed), Err(Refusal::InsecureTransport));
    let allowed = Policy::new().allow_plaintext_over_insecure_transport();
    assert_eq!(wire.verify_by(allowed), Ok(()));
}

#[test]
fn plaintext_can_do_without_nonce_and_timestamp_and_nothing_else_can() {
    let header = |method: &str, rest: &str| {
        format!("OAuth oauth_consumer_key=\"key\", oauth_signature_method=\"{method}\"{rest}")
    };
    let signature = ", oauth_signature=\"secret%26ts\"";
    let nonces = MemoryNonces::new();
    let verify = |header: &str| {
        let verifier = verifier(Policy::new().allow_plaintext());
        let incoming = verifier.read("GET", "/", Some(header), Body::none())?;
        let key = Key::Secrets("secret".into(), "ts".into()).verifying();
        verifier.verify(&incoming, [key], NOW)?.accept(&nonces)?;
        Ok::<_, Refusal>(())
    };
    for _ in 0..2 {
        assert_eq!(verify(&header("PLAINTEXT", signature)), Ok(()));
    }
    assert!(nonces.is_empty());
    let wrong = verify(&header("PLAINTEXT", ", oauth_signature=\"secret%26\""));
    assert_eq!(wrong, Err(Refusal::Signature));
    let missing = verify(&header("HMAC-SHA1", signature)).unwrap_err();
    assert_eq!(missing.to_string(), "oauth_timestamp is missing");

    // A nonce that is there is remembered.
    let stamp = format!(", oauth_nonce=\"n\", oauth_timestamp=\"{NOW}\"{signature}");
    assert_eq!(verify(&header("PLAINTEXT", &stamp)), Ok(()));
    assert_eq!(
        verify(&header("PLAINTEXT", &stamp)),
        Err(Refusal::NonceUsed)
    );
}

#[test]
fn names_of_methods_are_matched_exactly() {
    for name in ["hmac-sha1", "HMACSHA1", "HMAC-SHA1 ", "HMAC-MD5", ""] {
        let wire = Wire::with_authorization(|header| {
            header.replace(
                "\"HMAC-SHA1\"",
                &format!("\"{}\"", oauth1_signer::encode(name)),
            )
        });
        assert_eq!(wire.verify(), Err(Refusal::SignatureMethod), "{name:?}");
    }
    let policy = Policy::new().methods(["HMAC-SHA256"]);
    assert_eq!(Wire::get().verify_by(policy), Err(Refusal::SignatureMethod));
}

fn with_body(body: &str, hash: Option<&BodyHash>) -> Wire {
    let mut request = Request::post("https://api.example.com/outcomes").unwrap();
    if let Some(hash) = hash {
        request = request.body_hash(hash).unwrap();
    }
    let mut wire = Wire::signed(&request, "HMAC-SHA1");
    wire.content_type = Some("application/xml".into());
    wire.body = body.into();
    wire
}

#[test]
fn the_hash_of_a_body_is_checked_when_it_is_there() {
    let hash = BodyHash::sha1("<score>0.9</score>");
    assert_eq!(
        with_body("<score>0.9</score>", Some(&hash)).verify(),
        Ok(())
    );
    for body in ["<score>1.0</score>", "", "<score>0.9</score>\n"] {
        assert_eq!(
            with_body(body, Some(&hash)).verify(),
            Err(Refusal::BodyHash)
        );
    }
    // A body that becomes a form is other parameters.
    let mut wire = with_body("", Some(&BodyHash::sha1("")));
    wire.content_type = Some("application/x-www-form-urlencoded".into());
    assert_eq!(wire.verify(), Ok(()));
    wire.body = "a=b".into();
    assert_eq!(wire.verify(), Err(Refusal::Signature));
}

/// What oauthlib 4.0.1 signs: `Client("key", "secret", "token", "ts", signature_method="HMAC-SHA256",
/// nonce="nonce", timestamp="1316657628").sign("https://api.example.com/posts", "POST", BODY, JSON)`.
#[cfg(feature = "sha2")]
#[test]
fn a_policy_can_allow_the_sha1_hash_that_oauthlib_sends_with_every_method() {
    let header = concat!(
        r#"OAuth oauth_nonce="nonce", oauth_timestamp="1316657628", oauth_version="1.0", "#,
        r#"oauth_signature_method="HMAC-SHA256", oauth_consumer_key="key", oauth_token="token", "#,
        r#"oauth_body_hash="nDpY2rd0ycviUhcmxuSIqtBywUg%3D", "#,
        r#"oauth_signature="x8Q%2B2D8E6WRfivBC24j7xCw86uwiBAiBizCFT8OzMgU%3D""#,
    );
    let with = |body: &str| Wire {
        method: "POST".into(),
        url: "https://api.example.com/posts".into(),
        authorization: Some(header.into()),
        content_type: Some("application/json".into()),
        body: body.into(),
        key: Key::Secrets("secret".into(), "ts".into()),
    };
    let (body, changed) = (
        with(r#"{"title": "Hello!"}"#),
        with(r#"{"title": "Goodbye"}"#),
    );
    assert_eq!(body.verify(), Err(Refusal::BodyHashSha1));
    assert_eq!(changed.verify(), Err(Refusal::BodyHash));
    let allowed = || Policy::new().require_body_hash().allow_sha1_body_hash();
    assert_eq!(body.verify_by(allowed()), Ok(()));
    assert_eq!(changed.verify_by(allowed()), Err(Refusal::BodyHash));

    // The hash that goes with the method stays good, and no other one becomes so.
    let hashed = |hash: BodyHash| {
        let request = Request::post("https://api.example.com/posts").unwrap();
        let mut wire = Wire::signed(&request.body_hash(&hash).unwrap(), "HMAC-SHA256");
        wire.body = "{}".into();
        wire
    };
    let (sha256, sha512) = (
        hashed(BodyHash::sha256("{}")),
        hashed(BodyHash::sha512("{}")),
    );
    for policy in [Policy::new(), allowed()] {
        assert_eq!(sha256.verify_by(policy.clone()), Ok(()));
        assert_eq!(sha512.verify_by(policy), Err(Refusal::BodyHash));
    }
}

#[test]
fn a_policy_can_require_that_bodies_are_signed() {
    let required = || Policy::new().require_body_hash();
    let hash = BodyHash::sha1("{}");
    assert_eq!(with_body("{}", None).verify(), Ok(()));
    assert_eq!(
        with_body("{}", None).verify_by(required()),
        Err(Refusal::BodyHashMissing)
    );
    assert_eq!(with_body("{}", Some(&hash)).verify_by(required()), Ok(()));
    assert_eq!(with_body("", None).verify_by(required()), Ok(()));
    let form = Request::post("https://api.example.com/")
        .unwrap()
        .form([("a", "b")])
        .unwrap();
    assert_eq!(
        Wire::signed(&form, "HMAC-SHA1").verify_by(required()),
        Ok(())
    );
}

#[test]
fn a_program_learns_whether_the_body_is_signed() {
    let is_body_signed = |wire: &Wire| {
        let incoming = wire.incoming().unwrap();
        let policy = Policy::new().allow_plaintext().allow_sha1_body_hash();
        let genuine = verifier(policy).verify(&incoming, [wire.key.verifying()], NOW);
        let verified = genuine.unwrap().accept(&MemoryNonces::new()).unwrap();
        let is_signed = verified.is_body_signed();
        assert_eq!(verified.into_owned().is_body_signed(), is_signed);
        is_signed
    };
    let post = || Request::post("https://api.example.com/").unwrap();
    let form = || post().form([("a", "b")]).unwrap();
    let hash = BodyHash::sha1("{}");

    assert!(is_body_signed(&Wire::get()));
    assert!(is_body_signed(&Wire::signed(&form(), "HMAC-SHA1")));
    assert!(is_body_signed(&with_body("", None)));
    assert!(is_body_signed(&with_body("{}", Some(&hash))));
    assert!(!is_body_signed(&with_body("{}", None)));
    // A body where nobody expects one is a body.
    let mut get = Wire::get();
    get.body = "{}".into();
    assert!(!is_body_signed(&get));

    for request in [post(), form()] {
        assert!(!is_body_signed(&Wire::signed(&request, "PLAINTEXT")));
    }
    let mut wire = Wire::signed(&post().body_hash(&hash).unwrap(), "PLAINTEXT");
    wire.body = "{}".into();
    assert!(!is_body_signed(&wire));
    #[cfg(feature = "sha2")]
    {
        let mut wire = Wire::signed(&post().body_hash(&hash).unwrap(), "HMAC-SHA256");
        wire.body = "{}".into();
        assert!(is_body_signed(&wire));
    }
}

#[test]
fn the_origin_is_the_one_that_clients_see() {
    let wire = Wire::get();
    let key = SharedSecrets::new("secret", "ts");
    let read = |origin: &str, path: &str| {
        let verifier = Verifier::new(origin).unwrap();
        let authorization = wire.authorization.as_deref();
        let incoming = verifier.read("GET", path, authorization, Body::none())?;
        verifier
            .verify(&incoming, [&key], NOW)?
            .accept(&MemoryNonces::new())?;
        Ok::<_, Refusal>(())
    };
    for (origin, path) in [
        ("https://api.example.com", "/photos?size=original"),
        ("https://API.example.com:443/", "/photos?size=original"),
        ("https://api.example.com/photos?x=1", "?size=original"),
    ] {
        let read = read(origin, path);
        if path.starts_with('/') {
            assert_eq!(read, Ok(()), "{origin} {path}");
        } else {
            assert!(read.is_err());
        }
    }
    for (origin, path) in [
        ("http://api.example.com", "/photos?size=original"),
        ("https://api.example.com:8443", "/photos?size=original"),
        ("https://api.example.com/v1", "/photos?size=original"),
        ("https://api.example.com", "/x/../photos?size=original"),
        ("https://api.example.com", "//photos?size=original"),
    ] {
        assert_eq!(
            read(origin, path),
            Err(Refusal::Signature),
            "{origin} {path}"
        );
    }
    // What stands behind it is not signed, and some servers hand it to the program.
    let fragment = read(
        "https://api.example.com",
        "/photos?size=original#&admin=true",
    );
    assert_eq!(
        fragment,
        Err(Refusal::Incoming(TargetError::Fragment.into()))
    );
    let below = Request::get("https://api.example.com/v1/photos").unwrap();
    let below = Wire::signed(&below, "HMAC-SHA1");
    let verifier = Verifier::new("https://api.example.com/v1/").unwrap();
    assert_eq!(verifier.origin(), "https://api.example.com/v1");
    let incoming = verifier.read(
        "GET",
        "/photos",
        below.authorization.as_deref(),
        Body::none(),
    );
    assert!(verifier.verify(&incoming.unwrap(), [&key], NOW).is_ok());
}
