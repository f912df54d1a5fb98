//! Signatures that must not depend on the byte order of the machine.
//!
//! Sorting compares the first eight bytes of a name as one number, and encoding looks up eight bytes
//! at a time. `.ci/run` runs these tests under Miri on s390x, which is big-endian, so they are few,
//! read no files and have no random input.

#![allow(clippy::unwrap_used)] // A test that cannot go on has failed.

use std::fmt::Write;

use oauth1_signer::{Callback, Consumer, Request, Signer, Stamp, Token};

/// `flickr-request-token` in `tests/vectors/sign_published.json`.
#[test]
fn flickrs_request_for_temporary_credentials() {
    let consumer = Consumer::new("768fe946d252b119746fda82e1599980", "1a3c208e172d3edc");
    let request = Request::get("http://www.flickr.com/services/oauth/request_token")
        .unwrap()
        .callback(Callback::Url("http://www.wackylabs.net/oauth/test"));
    let stamp = Stamp::new("C2F26CD5C075BA9050AD8EE90644CF29", 1_316_657_628);
    let signer = Signer::new(&consumer, None);
    let signed = signer.sign(&request, stamp);

    assert_eq!(
        signed.base_string().to_string(),
        "GET&http%3A%2F%2Fwww.flickr.com%2Fservices%2Foauth%2Frequest_token\
         &oauth_callback%3Dhttp%253A%252F%252Fwww.wackylabs.net%252Foauth%252Ftest\
         %26oauth_consumer_key%3D768fe946d252b119746fda82e1599980\
         %26oauth_nonce%3DC2F26CD5C075BA9050AD8EE90644CF29\
         %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1316657628\
         %26oauth_version%3D1.0"
    );
    assert_eq!(
        signed.signature().expose_secret(),
        "0fhNGlzpFNAsTme/hDfUb5HPB5U="
    );
    assert_eq!(
        signed.authorization_header().to_string(),
        "OAuth oauth_callback=\"http%3A%2F%2Fwww.wackylabs.net%2Foauth%2Ftest\", \
         oauth_consumer_key=\"768fe946d252b119746fda82e1599980\", \
         oauth_nonce=\"C2F26CD5C075BA9050AD8EE90644CF29\", \
         oauth_signature=\"0fhNGlzpFNAsTme%2FhDfUb5HPB5U%3D\", \
         oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1316657628\", \
         oauth_version=\"1.0\""
    );
}

/// `twitter-1.1` in `tests/vectors/sign_published.json`.
#[test]
fn twitters_status_update_with_query_and_form() {
    let consumer = Consumer::new(
        "xvz1evFS4wEEPTGEFPHBog",
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    );
    let token = Token::new(
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    );
    let fields = [(
        "status",
        "Hello Ladies + Gentlemen, a signed OAuth request!",
    )];
    let url = "https://api.twitter.com/1.1/statuses/update.json?include_entities=true";
    let request = Request::post(url).unwrap().form(&fields).unwrap();
    let stamp = Stamp::new("kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", 1_318_622_958);
    let signer = Signer::new(&consumer, &token);
    let signed = signer.sign(&request, stamp);

    assert_eq!(
        signed.parameters().to_string(),
        "include_entities=true&oauth_consumer_key=xvz1evFS4wEEPTGEFPHBog\
         &oauth_nonce=kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg\
         &oauth_signature_method=HMAC-SHA1&oauth_timestamp=1318622958\
         &oauth_token=370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb&oauth_version=1.0\
         &status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21"
    );
    assert_eq!(
        signed.signature().expose_secret(),
        "hCtSmYh+iHYCEqBWrE7C7hYmtUk="
    );
}

/// `plaintext-secrets-encoded-twice` in `tests/vectors/sign_edge.json`.
#[test]
fn plaintext_encodes_the_secrets() {
    let signer = Signer::plaintext(&Consumer::new("ck", "&"), &Token::new("tk", "&"));
    let request = Request::get("https://api.example.com/resource").unwrap();
    let signed = signer
        .try_sign(&request, Stamp::new("n0nce", 1_234_567_890))
        .unwrap();

    assert_eq!(signed.signature().expose_secret(), "%26&%26");
    let header = signed.authorization_header().to_string();
    assert!(
        header.contains("oauth_signature=\"%2526%26%2526\""),
        "{header}"
    );
}

/// The expected values are from a Python script that encodes all pairs, then sorts them.
#[test]
fn names_that_differ_before_at_and_after_the_eighth_byte() {
    let url = "https://api.example.com/resource?oauty=1&abcdefgh=2&abcdefg=3&abcdefgi=4\
               &abcdefghi=5&abcdefg%C3%A9=6&a=7&z%7B=8&abcdefgh=10&%61bcdefgh%2B=9&abcdefga=0";
    let fields = [
        ("abcdefghé", "10"),
        ("é", "11"),
        ("hgfedcba", "12"),
        ("abcdefgh", "1"),
        ("nxu", "13"),
        ("p", "Zürich ☃"),
        ("abcdefgz", "14"),
        ("zz", ""),
    ];
    let request = Request::post(url).unwrap().form(&fields).unwrap();
    let signer = Signer::new(&Consumer::new("ck", "cs"), &Token::new("tk", "ts"));
    let signed = signer.sign(&request, Stamp::new("n0nce", 1_234_567_890));

    assert_eq!(
        signed.parameters().to_string(),
        "%C3%A9=11&a=7&abcdefg=3&abcdefg%C3%A9=6&abcdefga=0&abcdefgh=1&abcdefgh=10&abcdefgh=2\
         &abcdefgh%2B=9&abcdefgh%C3%A9=10&abcdefghi=5&abcdefgi=4&abcdefgz=14&hgfedcba=12&nxu=13\
         &oauth_consumer_key=ck&oauth_nonce=n0nce&oauth_signature_method=HMAC-SHA1\
         &oauth_timestamp=1234567890&oauth_token=tk&oauth_version=1.0&oauty=1\
         &p=Z%C3%BCrich%20%E2%98%83&z%7B=8&zz="
    );
    assert_eq!(
        signed.signature().expose_secret(),
        "0Gcyxp7CuXNihPcbLtRKAlPkjaY="
    );
}

#[test]
fn every_byte_is_encoded_once_and_twice() {
    let (mut url, mut once) = ("https://example.com/?".to_owned(), String::new());
    for byte in 0..=u8::MAX {
        write!(url, "%{byte:02x}").unwrap();
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            once.push(char::from(byte));
        } else {
            write!(once, "%{byte:02X}").unwrap();
        }
    }
    let request = Request::get(&url).unwrap();
    let signer = Signer::new(&Consumer::new("ck", "cs"), None);
    let signed = signer.sign(&request, Stamp::new("n0nce", 1_234_567_890));

    let parameters = signed.parameters().to_string();
    assert!(
        parameters.starts_with(&format!("{once}=&oauth_")),
        "{parameters}"
    );
    let twice = once.replace('%', "%25");
    let text = signed.base_string().to_string();
    assert!(text.contains(&format!("&{twice}%3D%26oauth_")), "{text}");
}
