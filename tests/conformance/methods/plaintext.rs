//! PLAINTEXT: its signature is the secrets, and it must not travel in the clear.

use oauth1_signer::signature_method::{
    MethodError, Plaintext, SignatureMethod, SigningError, SigningKey,
};
use oauth1_signer::{Consumer, Request, Signer, Token};
use support::samples::stamp;

#[test]
fn plaintext_is_for_https_unless_allowed() {
    let consumer = Consumer::new("key", "secret");
    let signer = Signer::plaintext(&consumer, None);
    let secure = Request::get("https://example.com/").unwrap();
    let insecure = Request::get("http://example.com/").unwrap();
    assert!(signer.try_sign(&secure, stamp()).is_ok());
    assert!(signer.sign_without_stamp(&secure).is_ok());
    for refused in [
        signer.try_sign(&insecure, stamp()),
        signer.sign_without_stamp(&insecure),
    ] {
        let error = refused.unwrap_err();
        assert_eq!(error, SigningError::InsecureTransport);
        assert_eq!(
            error.to_string(),
            "PLAINTEXT would send the secrets unprotected over http: use https, or allow it with `allow_insecure_transport` or `plaintext_over_insecure_transport`"
        );
    }
    let key = Plaintext::new("secret", "").allow_insecure_transport();
    let signer = Signer::with_key("key", None, key);
    assert!(signer.try_sign(&insecure, stamp()).is_ok());
    assert!(signer.sign_without_stamp(&insecure).is_ok());
    // Whoever boxes the key does not get around it.
    let boxed: Box<dyn SigningKey<Error = SigningError>> = Box::new(Plaintext::new("secret", ""));
    let signer = Signer::with_key("key", None, boxed);
    assert!(signer.try_sign(&insecure, stamp()).is_err());
}

#[test]
fn plaintext_is_encoded_once_more_in_every_place() {
    let signer = Signer::plaintext(&Consumer::new("k", "a&b"), &Token::new("t", "c%"));
    let request = Request::post("https://example.com/").unwrap();
    let signed = signer.sign_without_stamp(&request).unwrap();
    assert_eq!(signed.signature().expose_secret(), "a%26b&c%25");
    let sent = "a%2526b%26c%2525";
    assert_eq!(
        signed.authorization_header().to_value(),
        format!(
            "OAuth oauth_consumer_key=\"k\", oauth_signature=\"{sent}\", \
             oauth_signature_method=\"PLAINTEXT\", oauth_token=\"t\", oauth_version=\"1.0\""
        )
    );
    let pairs = format!(
        "oauth_consumer_key=k&oauth_signature={sent}&oauth_signature_method=PLAINTEXT\
         &oauth_token=t&oauth_version=1.0"
    );
    assert_eq!(signed.query().to_string(), pairs);
    assert_eq!(signed.form_body().to_string(), pairs);
    let parameters = signed.parameters().to_string();
    assert!(!parameters.contains("oauth_signature="), "{parameters}");
    assert!(!parameters.contains("oauth_nonce"), "{parameters}");
    assert!(!parameters.contains("oauth_timestamp"), "{parameters}");
}

/// It would go past the check of the transport.
#[test]
fn plaintext_does_not_sign_in_two_steps() {
    assert_eq!(
        Signer::with_key_elsewhere("key", None, "PLAINTEXT").unwrap_err(),
        MethodError::Secrets {
            name: "PLAINTEXT".into()
        }
    );
}

/// Only PLAINTEXT may leave nonce and timestamp out, also where the method is chosen at run time.
#[test]
fn a_method_that_is_chosen_at_run_time_signs_without_a_stamp_only_with_plaintext() {
    let consumer = Consumer::new("key", "secret");
    let request = Request::get("https://api.example.com/").unwrap();
    let signer = Signer::with_method(&SignatureMethod::plaintext(), &consumer, None);
    let signed = signer.sign_without_stamp(&request).unwrap();
    assert_eq!(signed.protocol_parameters().get("oauth_timestamp"), None);
    let signer = Signer::with_method(&SignatureMethod::hmac_sha1(), &consumer, None);
    let error = signer.sign_without_stamp(&request).unwrap_err();
    assert_eq!(error, SigningError::StampNeeded);
    assert_eq!(
        error.to_string(),
        "only PLAINTEXT signs without nonce and timestamp"
    );

    let request = Request::get("http://api.example.com/").unwrap();
    let refused = Signer::with_method(&SignatureMethod::plaintext(), &consumer, None);
    let error = refused.sign_without_stamp(&request).unwrap_err();
    assert_eq!(error, SigningError::InsecureTransport);
    let allowed = SignatureMethod::plaintext_over_insecure_transport();
    let allowed = Signer::with_method(&allowed, &consumer, None);
    assert!(allowed.sign_without_stamp(&request).is_ok());
}
