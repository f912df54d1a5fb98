//! Are the mistakes avoided that others have made?

use oauth1_signer::signature_method::{HmacSha1, SigningKey};
use oauth1_signer::{
    BaseString, Callback, Consumer, Parameters, Place, Realm, Request, RequestError, Signer, Stamp,
    Target, Token,
};
use support::samples::stamp;

fn signer() -> Signer {
    Signer::new(&Consumer::new("key", "cs"), &Token::new("token", "ts")).without_version()
}

fn signed_url(url: &str) -> String {
    let request = Request::get(url).unwrap();
    signer().sign(&request, stamp()).query().to_url()
}

fn base_string(request: &Request) -> String {
    signer().sign(request, stamp()).base_string().to_string()
}

/// RFC 5849, sections 3.1 and 3.4.1. The RFC prints another signature; errata 2550 corrects it.
#[test]
fn example_of_the_rfc_at_every_stage() {
    let url = "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b";
    let normalized = concat!(
        "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2",
        "&oauth_nonce=7d8f3e4a&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201",
        "&oauth_token=kkk9d7dh3k39sjv7",
    );
    let base_string = concat!(
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da",
        "%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2",
        "%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1",
        "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
    );
    let signature = "r6/TJjbCOr97/+UU0NsvSne7s5g=";

    let target = Target::try_from(url).unwrap();
    assert_eq!(target.base_uri(), "http://example.com/request");

    let all = concat!(
        "b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q&oauth_token=kkk9d7dh3k39sjv7",
        "&oauth_consumer_key=9djdj82h48djs9d2&oauth_signature_method=HMAC-SHA1",
        "&oauth_timestamp=137131201&oauth_nonce=7d8f3e4a&oauth_signature=left%20out",
    );
    let parameters = Parameters::from_form_urlencoded(all.as_bytes()).unwrap();
    assert_eq!(parameters.to_string(), normalized);
    let by_hand = BaseString::new("post", &target, parameters);
    assert_eq!(by_hand.to_string(), base_string);

    let key = HmacSha1::new("j49sk3j29djd", "dh893hdasih9");
    for base_string in [by_hand, BaseString::from_text(base_string)] {
        let Ok(by_key) = key.sign(&base_string);
        assert_eq!(by_key.expose_secret(), signature);
    }

    let consumer = Consumer::new("9djdj82h48djs9d2", "j49sk3j29djd");
    let token = Token::new("kkk9d7dh3k39sjv7", "dh893hdasih9");
    let signer = Signer::new(&consumer, &token)
        .without_version()
        .with_realm(Realm::new("Example").unwrap());
    let request = Request::post(url).unwrap().form_bytes("c2&a3=2+q").unwrap();
    let signed = signer.sign(&request, Stamp::new("7d8f3e4a", 137_131_201));
    assert_eq!(signed.parameters().to_string(), normalized);
    assert_eq!(signed.base_string().to_string(), base_string);
    assert_eq!(signed.signature().expose_secret(), signature);
    assert_eq!(
        signed.authorization_header().to_string(),
        concat!(
            r#"OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", "#,
            r#"oauth_nonce="7d8f3e4a", oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D", "#,
            r#"oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", "#,
            r#"oauth_token="kkk9d7dh3k39sjv7""#,
        )
    );
    assert_eq!(request.form_body().to_string(), "c2&a3=2+q");
}

/// Flickr documents this request. Whoever signs another host than is asked gets another signature.
#[test]
fn host_is_signed_as_it_is_asked() {
    let consumer = Consumer::new("768fe946d252b119746fda82e1599980", "1a3c208e172d3edc");
    let signer = Signer::new(&consumer, None);
    let signature = |url: &str| {
        let request = Request::get(url).unwrap();
        let request = request.callback(Callback::Url("http://www.wackylabs.net/oauth/test"));
        let stamp = Stamp::new("C2F26CD5C075BA9050AD8EE90644CF29", 1_316_657_628);
        signer
            .sign(&request, stamp)
            .signature()
            .expose_secret()
            .to_owned()
    };
    assert_eq!(
        signature("http://www.flickr.com/services/oauth/request_token"),
        "0fhNGlzpFNAsTme/hDfUb5HPB5U="
    );
    assert_eq!(
        signature("http://flickr.com/services/oauth/request_token"),
        "S+TOrSQZgMGtxxEvjITmr3eqFb4="
    );
    // The same host, written differently.
    assert_eq!(
        signature("HTTP://WWW.flickr.com:80/services/oauth/request_token#top"),
        "0fhNGlzpFNAsTme/hDfUb5HPB5U="
    );
}

#[test]
fn url_that_is_signed_already_is_refused() {
    for url in [
        "https://example.com",
        "https://example.com/?a=b",
        "https://example.com/?z&#top",
    ] {
        let again = signed_url(url);
        assert_eq!(
            Request::get(&again).unwrap_err(),
            RequestError::ProtocolParameter {
                name: "oauth_consumer_key".into(),
                place: Place::Query
            }
        );
    }
    let request = Request::post("https://example.com/").unwrap();
    let body = signer().sign(&request, stamp()).form_body().to_string();
    assert!(request.form_bytes(&body).is_err());
}

/// The protocol parameters are appended, with one separator, and nothing else changes.
#[test]
fn query_is_only_appended_to() {
    #[track_caller]
    fn becomes(url: &str, before: &str) {
        let signed = signed_url(url);
        let rest = signed.strip_prefix(before).expect(&signed);
        let rest = rest.strip_prefix("oauth_consumer_key=key&").expect(&signed);
        assert!(rest.ends_with("&oauth_token=token"), "{signed}");
    }
    becomes("https://example.com", "https://example.com/?");
    becomes("https://example.com/?", "https://example.com/?");
    becomes("https://example.com/?#", "https://example.com/?");
    becomes("https://example.com/?a", "https://example.com/?a&");
    becomes("https://example.com/?a=b&", "https://example.com/?a=b&");
    becomes("https://example.com/?&&", "https://example.com/?&&");
    becomes("https://example.com/?a=%26", "https://example.com/?a=%26&");
    becomes(
        "https://example.com/?q=a+b%2f~;",
        "https://example.com/?q=a+b%2f~;&",
    );
    becomes("https://example.com/x#top", "https://example.com/x?");
    becomes(
        "https://example.com/x?a=b#t?u&v",
        "https://example.com/x?a=b&",
    );
    becomes("http://example.com:443/?a", "http://example.com:443/?a&");
}

#[test]
fn form_body_is_only_appended_to() {
    for (body, before) in [
        ("", ""),
        ("a", "a&"),
        ("a=b+c&", "a=b+c&"),
        ("&", "&"),
        ("a=%c3+%C3", "a=%c3+%C3&"),
    ] {
        let request = Request::post("https://example.com/").unwrap();
        let request = request.form_bytes(body).unwrap();
        let signed = signer().sign(&request, stamp()).form_body().to_string();
        let start = format!("{before}oauth_consumer_key=key&");
        assert!(signed.starts_with(&start), "{signed}");
    }
}

#[test]
fn user_information_is_neither_sent_nor_signed() {
    let with = "https://user:pass%40@example.com:8443/x?a=b";
    let without = "https://example.com:8443/x?a=b";
    let (with_request, without_request) =
        (Request::get(with).unwrap(), Request::get(without).unwrap());
    assert_eq!(base_string(&with_request), base_string(&without_request));
    assert_eq!(
        with_request.target().base_uri(),
        "https://example.com:8443/x"
    );
    assert_eq!(with_request.url(), without);
    assert_eq!(signed_url(with), signed_url(without));
}

#[test]
fn realm_is_first_escaped_and_not_signed() {
    let request = Request::get("https://example.com/").unwrap();
    for (realm, written) in [
        ("", r#"OAuth realm="", "#),
        ("Photos", r#"OAuth realm="Photos", "#),
        (r"a, b=%20\", r#"OAuth realm="a, b=%20\\", "#),
        (r#""x""#, r#"OAuth realm="\"x\"", "#),
        ("http://x/", r#"OAuth realm="http://x/", "#),
    ] {
        let signer = signer().with_realm(Realm::new(realm).unwrap());
        let signed = signer.sign(&request, stamp());
        let plain = self::signer()
            .sign(&request, stamp())
            .authorization_header()
            .to_value();
        assert_eq!(
            signed.authorization_header().to_value(),
            plain.replacen("OAuth ", written, 1)
        );
        assert_eq!(signed.base_string().to_string(), base_string(&request));
        assert!(!signed.query().to_url().contains("realm"));
        assert!(!signed.form_body().to_string().contains("realm"));
    }
}

/// An ordinary parameter, except in a header.
#[test]
fn realm_in_a_query_is_signed() {
    let request = Request::get("https://example.com/?realm=x").unwrap();
    let signer = signer().with_realm(Realm::new("y").unwrap());
    let signed = signer.sign(&request, stamp());
    assert!(signed.parameters().to_string().ends_with("&realm=x"));
}

/// No token and an empty one are different requests.
#[test]
fn empty_token_is_sent() {
    let request = Request::get("https://example.com/").unwrap();
    let consumer = Consumer::new("key", "cs");
    let none = Signer::new(&consumer, None);
    let empty = Signer::new(&consumer, &Token::new("", ""));
    let (none, empty) = (none.sign(&request, stamp()), empty.sign(&request, stamp()));
    assert!(!none.base_string().to_string().contains("oauth_token"));
    assert!(
        empty
            .base_string()
            .to_string()
            .contains("%26oauth_token%3D%26")
    );
    assert!(
        empty
            .authorization_header()
            .to_value()
            .contains(r#", oauth_token="", "#)
    );
    assert!(
        !none
            .authorization_header()
            .to_value()
            .contains("oauth_token")
    );
}

/// Some iterators say that they have no end before they end.
#[test]
fn a_list_that_promises_too_much_is_taken_for_what_it_is() {
    struct Promising<'a>(std::slice::Iter<'a, (&'static str, &'static str)>);
    impl<'a> Iterator for Promising<'a> {
        type Item = &'a (&'static str, &'static str);

        fn next(&mut self) -> Option<Self::Item> {
            self.0.next()
        }

        fn size_hint(&self) -> (usize, Option<usize>) {
            (usize::MAX, None)
        }
    }
    let pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")];
    let request = Request::post("https://example.com/").unwrap();
    let request = request.form(Promising(pairs.iter())).unwrap();
    assert_eq!(request.form_body().to_string(), "a=1&b=2&c=3&d=4");
    let request = Request::post("https://example.com/").unwrap();
    assert!(request.signed_elsewhere(Promising(pairs.iter())).is_ok());
}
